// What one official does not decide alone, and who opens a case that is not theirs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, field, heading, link, logIn, logInStaff, mainText, meetErrors, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();
/** With hard spaces as ordinary ones. */
const said = async (visitor) => (await mainText(visitor)).replaceAll("\u00a0", " ");

const IN_FULL = { outcome: "Bifall", reason: "Dina inkomster räcker inte till normen och dina godkända utgifter." };
const IN_PART = { outcome: "Delvis bifall", reason: "En eller flera utgifter är högre än vad som är skäligt." };

for (const [javaScript, width, name, decision] of [
  [true, WIDTHS.desk, "Mehmet Yilmaz", IN_PART],
  [false, WIDTHS.phone, "Linnea Wikström", IN_FULL],
]) {
  const how = `with scripts ${javaScript ? "on" : "off"} at ${width} px`;

  test(`a colleague's case is opened for a purpose, and a sum far from the rules takes two, ${how}`, async () => {
    const maja = await opened.browser.visitor({ javaScript, width });
    await logInStaff(maja, opened.here, "Maja Holm");
    await maja.press(link(maja, name));
    assert.match(await heading(maja), /^Öppna ärende EKB-/);
    assert.match(await said(maja), /David Nilsson ansvarar för ärendet/);
    maja.expects(/422/);
    await meetErrors(maja, "Öppna utan att ta ärendet", { purpose: "Välj varför du öppnar ärendet." });
    await field(maja, "Hjälper en kollega").check();
    await field(maja, "Mer om varför").fill("David är på kurs.");
    await maja.press(button(maja, "Öppna utan att ta ärendet"));

    await maja.press(link(maja, "Till beslut"));
    assert.match(await said(maja), /Du beslutar själv om bifall upp till 15 000 kr/);
    const dental = maja.page.getByRole("group", { name: /^Tandvård/ });
    if (await dental.count() > 0) await dental.getByLabel("Räknas, kronor").fill("880");
    await maja.page.locator("summary", { hasText: "Ändra en annan rad" }).click();
    await maja.page.locator('[name="line-norm-shared"]').fill("900000");
    await maja.page.locator('[name="why-norm-shared"]').fill("Enligt överenskommelse.");
    await field(maja, decision.outcome).check();
    await field(maja, "Skäl").selectOption({ label: decision.reason });
    await maja.press(button(maja, "Fatta beslutet"));
    assert.match(await said(maja), /Det här har ändrats sedan sidan visades/, "the sum is seen first");
    await maja.press(button(maja, "Fatta beslutet"));
    assert.match(await said(maja), /Du föreslog det här beslutet[^]*Det som beviljas är mer än 15 000 kr[^]*satta för hand/);

    const rut = await opened.browser.visitor({ javaScript, width });
    await logInStaff(rut, opened.here, "Rut Alm");
    await rut.press(link(rut, /^Förslag/));
    assert.match(await said(rut), /Maja Holm föreslår beslut/);
    await rut.press(link(rut, name));
    await rut.press(link(rut, "Till beslut"));
    assert.match(await said(rut), /Maja Holm föreslog det här beslutet[^]*inte delegerat till dig/);
    await rut.page.locator("summary", { hasText: "Lämna tillbaka förslaget" }).click();
    rut.expects(/422/);
    await meetErrors(rut, "Lämna tillbaka", { words: "Skriv vad som behöver ändras." });
    await field(rut, "Vad behöver ändras?").fill("Hushållskostnaderna är inte 900 000 kr.");
    await rut.press(button(rut, "Lämna tillbaka"));
    assert.equal(path(rut), "/staff/inbox", "there is nothing more to do with the case");
    await rut.press(link(rut, /^Läsningar/));
    assert.match(await said(rut), /Maja Holm öppnade ärende EKB-\d{4}-\d{4} utan att ansvara för det/);
    await rut.leave();

    await maja.press(link(maja, /^Aviseringar/));
    await maja.press(link(maja, new RegExp(`^Ditt förslag för ${name}`)));
    assert.equal(path(maja).endsWith("/decide"), true);
    assert.match(await said(maja), /Hushållskostnaderna är inte 900 000 kr/);
    await maja.leave();

    const citizen = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
    await logIn(citizen, opened.here, name);
    await citizen.press(link(citizen, "Vem har tittat i ditt ärende?"));
    assert.match(await said(citizen), /Maja Holm\s+Hjälper en kollega\s+David är på kurs/);
    await citizen.leave();
  });
}
