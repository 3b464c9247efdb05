// A month in which much has changed: told in few pages, signed, and read by the caseworker as it was told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { answer, awaitAuthorities, begin, button, change, CHANGED, field, goToSign, link, logIn, logInStaff, mainText, openCase, path, reference, signAtProvider, typeItem } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

/** The most pages from the month to the page that is signed. */
const PAGES = 12;

/** The blocks of one kind, below its name: those on the page and not folded away. */
const blocks = (visitor, name) => visitor.page.locator("details.fold").filter({ has: visitor.page.getByText(name, { exact: true }) });

for (const { name, javaScript, width } of [
  { name: "Anna Lindqvist", javaScript: false, width: WIDTHS.phone },
  { name: "Amir Rahimi", javaScript: true, width: WIDTHS.desk },
]) {
  test(`a month in which everything changed, with scripts ${javaScript ? "on" : "off"}`, async () => {
    const visitor = await opened.browser.visitor({ javaScript, width });
    await logIn(visitor, opened.here, name);
    await begin(visitor);
    await awaitAuthorities(visitor, "Allt stämmer, gå vidare");
    let pages = 0;
    const press = visitor.press.bind(visitor);
    visitor.press = async (locator) => {
      pages += 1;
      await press(locator);
    };
    await change(visitor, CHANGED.household, "Jobb, studier, sjukdom eller aktiviteter", CHANGED.incomes, CHANGED.expenses);

    assert.equal(path(visitor), "/renewal/household");
    await field(visitor, "Nej, något har ändrats").check();
    const moved = blocks(visitor, "Någon flyttar in, eller ett barn har fötts");
    await moved.getByText("Någon flyttar in, eller ett barn har fötts", { exact: true }).click();
    await moved.getByLabel("För- och efternamn").fill("Alva Ny");
    await moved.getByLabel("Barn", { exact: true }).check();
    await moved.getByLabel("Första dagen här, eller födelsedagen").fill("3/12");
    const home = blocks(visitor, "Ny bostad");
    await home.getByText("Ny bostad", { exact: true }).click();
    await home.getByLabel("Ny adress").fill("Storgatan 1\n123 45 Exempelby");
    await home.getByLabel("Hyr i andra hand").check();
    await visitor.press(button(visitor, "Fortsätt"));
    assert.equal(path(visitor), "/renewal/household", "the day of the move is not said");
    assert.equal(await link(visitor, "Skriv vilken dag det gäller, till exempel 1/12.").count(), 1, await mainText(visitor));
    await home.getByLabel("Vilken dag flyttade du?").fill("28 nov");
    await visitor.press(button(visitor, "Fortsätt"));

    assert.equal(path(visitor), "/renewal/activity");
    const ill = blocks(visitor, "Jag har varit sjuk");
    await ill.getByText("Jag har varit sjuk", { exact: true }).click();
    await ill.getByLabel("Första dagen").fill("3/11");
    await ill.getByLabel("Sista dagen, som du vet nu").fill("14/11");
    await ill.getByLabel("Halva dagen").check();
    await ill.getByLabel("Ja, och ni har det").check();
    await visitor.press(button(visitor, "Fortsätt"));

    assert.equal(path(visitor), "/renewal/incomes");
    await answer(visitor, "Ja");
    const income = { kind: "Vad är det för inkomst?", amount: "Hur mycket var det?", date: "Vilken dag kom pengarna?" };
    await typeItem(visitor, income, { kind: "Swish eller insättning från någon", amount: "500,-", date: "12/11" });
    await visitor.press(button(visitor, "Spara och lägg till en till"));
    await typeItem(visitor, income, { kind: "Sålda saker", amount: "1 200", date: "13/11" });
    await visitor.press(button(visitor, "Spara inkomsten"));
    await answer(visitor, "Nej");
    assert.equal(path(visitor), "/renewal/expenses");
    await answer(visitor, "Ja");
    const expense = { kind: "Vad är det för utgift?", amount: "Hur mycket kostar det?", date: "Vilken dag ska det betalas?" };
    await typeItem(visitor, expense, { kind: "Glasögon", amount: "1500", date: "4/12" });
    await visitor.press(button(visitor, "Spara utgiften"));
    await answer(visitor, "Nej");

    assert.equal(path(visitor), "/renewal/check");
    const told = [/Flyttar in 3\sdecember\s2026: Alva Ny/, /Storgatan 1, 123 45 Exempelby/, /Sjuk 3\snovember\s2026 till 14\snovember\s2026\. Halva dagen/];
    const check = await mainText(visitor);
    for (const seen of [...told, /Swish eller insättning/, /Glasögon/, /hushållet som det är registrerat/]) assert.match(check, seen);
    assert.ok(pages <= PAGES + 2, `${pages} presses`);
    await goToSign(visitor);
    await signAtProvider(visitor);
    await reference(visitor);
    await visitor.press(link(visitor, "Se det som är underskrivet"));
    const signed = await mainText(visitor);
    for (const seen of told) assert.match(signed, seen);
    await visitor.leave();

    const maja = await opened.browser.visitor({ javaScript, width: WIDTHS.desk });
    await logInStaff(maja, opened.here, "Maja Holm");
    await openCase(maja, name);
    const renewal = await mainText(maja);
    for (const seen of told) assert.match(renewal, seen);
    assert.doesNotMatch(renewal, /har varit sjuk/, "the board has the certificate");
    await maja.leave();
  });
}
