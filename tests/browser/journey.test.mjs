// The main path: a citizen renews, a caseworker decides, the citizen sees the decision and the payout; an administrator tests a source.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import {
  PARTS, RENT, WAGE, answer, awaitAuthorities, beginByParts, button, field, heading, link, logIn, logInStaff, mainText, meetErrors, open,
  path, reference, sign, way,
} from "./steps.mjs";
import { world } from "./world.mjs";

const INCOME = { kind: "Vad är det för inkomst?", amount: "Hur mycket var det?", date: "Vilken dag kom pengarna?" };
const EXPENSE = { kind: "Vad är det för utgift?", amount: "Hur mycket kostar det?", date: "Vilken dag ska det betalas?" };
/** With what means the service knows markup from text. */
const MESSAGE = "Hej Maja!\nJag kan börja </textarea><b>måndag</b> & tisdag.";

for (const javaScript of [true, false]) {
  describe(`the main path with scripts ${javaScript ? "on" : "off"}`, () => {
    const opened = world();
    let anna;
    let maja;
    const step = way();
    const width = javaScript ? WIDTHS.desk : WIDTHS.phone;

    before(async () => {
      anna = await opened.browser.visitor({ javaScript, width });
      maja = await opened.browser.visitor({ javaScript, width });
    });

    step("logs in and begins", async () => {
      await logIn(anna, opened.here, "Anna Lindqvist");
      assert.equal(await heading(anna), "Hej Anna");
      assert.match(await mainText(anna), /Din handläggare är Maja Holm/);
      await beginByParts(anna);
      assert.equal(await heading(anna), "Ansökan för december 2026");
      assert.equal(await link(anna, PARTS.check).count(), 0, "nothing can be signed yet");
    });

    step("is told of a wrong telephone number, and says that the household is the same", async () => {
      await open(anna, PARTS.household);
      assert.match(await mainText(anna), /19920601-2388/);
      assert.match(await mainText(anna), /Storgatan 4 B/);
      await field(anna, "Ja, inget har ändrats").check();
      await field(anna, "Telefon").fill("ring på dörren");
      await meetErrors(anna, "Fortsätt", {
        phone: "Skriv telefonnumret med siffror, till exempel 070-123 45 67. Du kan också lämna det tomt.",
      });
      await field(anna, "Telefon").fill("070-174 06 05");
      await anna.press(button(anna, "Fortsätt"));
      assert.equal(path(anna), "/renewal/incomes", "what comes next is opened");
    });

    step("sees what the authorities say", async () => {
      await open(anna, PARTS.authorities);
      await awaitAuthorities(anna);
      const card = anna.page.locator("section.card", { has: anna.page.getByRole("heading", { name: "Försäkringskassan" }) });
      const said = await card.innerText();
      assert.match(said, /Bostadsbidrag/);
      assert.match(said, /1\s900/);
      assert.match(said, /Hämtat 24\snovember/);
      await anna.press(button(anna, "Fortsätt"));
    });

    step("has another wage than the month before, after an amount in words", async () => {
      await open(anna, PARTS.incomes);
      await meetErrors(anna, "Fortsätt", { more: "Svara på om du har mer att lägga till." });
      await anna.press(link(anna, "Ändra inkomst 1, Lön"));
      await field(anna, INCOME.amount).fill("fyra tusen");
      await meetErrors(anna, "Spara inkomsten", { amount: "Skriv beloppet med siffror, till exempel 1 250 eller 1250,50." });
      await field(anna, INCOME.amount).fill(WAGE.amount);
      await anna.press(button(anna, "Spara inkomsten"));
      assert.match(await mainText(anna), /Lön[^]*4\s650/);
      await answer(anna, "Nej");
      assert.equal(path(anna), "/renewal/expenses", "what comes next is opened");
    });

    step("says when the rent is paid, after a day that does not exist", async () => {
      await open(anna, PARTS.expenses);
      await anna.press(anna.page.getByRole("link", { name: /^Ändra utgift \d, Hyra/ }));
      await field(anna, EXPENSE.date).fill("2026-11-31");
      await meetErrors(anna, "Spara utgiften", { date: "Den dagen finns inte. Månaden slutar 30\u00a0november 2026." });
      const hint = await anna.page.locator("#date-hint").innerText();
      await field(anna, EXPENSE.date).fill("i november");
      await meetErrors(anna, "Spara utgiften", { date: `${hint.split(". ").pop()}.` });
      await field(anna, EXPENSE.date).fill(RENT.date);
      await anna.press(button(anna, "Spara utgiften"));
      assert.match(await mainText(anna), /Hyra[^]*6\s850/);
      await answer(anna, "Nej");
      assert.equal(path(anna), "/renewal/check", "nothing is left");
    });

    step("writes to the caseworker, first too much", async () => {
      await open(anna, PARTS.message);
      await field(anna, "Meddelande").fill("a".repeat(4_001));
      await meetErrors(anna, "Fortsätt", { message: "Korta texten till högst 4000 tecken. Nu är den 4001." });
      await field(anna, "Meddelande").fill(MESSAGE);
      await anna.press(button(anna, "Fortsätt"));
    });

    let given;

    step("checks and signs; a second press gives the same receipt", async () => {
      await open(anna, PARTS.check);
      const answers = await mainText(anna);
      for (const told of [/Bostadsbidrag/, /4\s650/, /6\s850/, /<b>måndag<\/b>/, /Preliminär beräkning/, /slutar på 016/]) assert.match(answers, told);
      const other = await anna.context.newPage();
      await other.goto(`${opened.here}/renewal/check`);
      given = await sign(anna);
      assert.match(await heading(anna), /^Ansökan för december 2026 är skickad$/);
      await other.getByRole("button", { name: "Skriv under med e-legitimation" }).click();
      await other.waitForURL("**/renewal/receipt");
      assert.equal(await other.locator(".reference").innerText(), given);
      await other.close();
    });

    step("Back and reload repeat nothing", async () => {
      await anna.page.reload();
      await anna.look();
      assert.equal(await reference(anna), given);
      // Back is the eID's page, whose request has been used.
      anna.expects(/status 400: \/authorize$/);
      anna.expects(/^\/authorize: console: Failed to load resource/);
      await anna.page.goBack();
      await anna.look();
      await anna.goto(`${opened.here}/renewal/check`);
      assert.equal(await reference(anna), given);
      await anna.press(link(anna, "Se det som är underskrivet"));
      assert.match(await mainText(anna), /Jag försäkrar på heder och samvete/);
    });

    step("the caseworker is told of it and finds it once in the inbox", async () => {
      await logInStaff(maja, opened.here, "Maja Holm");
      assert.equal(path(maja), "/staff/inbox");
      const notices = maja.page.getByRole("navigation", { name: "Meny" }).getByRole("link", { name: /^Aviseringar/ });
      assert.match(await notices.innerText(), /\d+ ny/);
      await maja.press(notices);
      assert.match(await mainText(maja), /Anna Lindqvist har ansökt för december/);
      await maja.press(link(maja, "Inkorg"));
      const row = maja.page.getByRole("row", { name: /Anna Lindqvist/ });
      assert.equal(await row.count(), 1);
      assert.match(await row.innerText(), /19920601-2388/);
    });

    step("the caseworker opens it and tries another rent in the calculation", async () => {
      await maja.press(link(maja, "Anna Lindqvist"));
      const opened = await mainText(maja);
      for (const seen of [/Bostadsbidrag/, /4\s650/, /6\s850/, /<b>måndag<\/b>/, /giltig underskrift/]) assert.match(opened, seen);
      await maja.press(link(maja, "Till beslut"));
      const rent = async () => {
        const lines = maja.page.locator("details", { hasText: "Ändra en annan rad" });
        if ((await lines.getAttribute("open")) === null) await lines.locator("summary").click();
        return maja.page.getByRole("group", { name: /^Hyra eller avgift/ });
      };
      const planned = async () => /Betalas ut vid bifall\s+([\d\s]+)kr/.exec(await mainText(maja))[1].replace(/\s/g, "");
      const before = await planned();
      await (await rent()).getByLabel("Räknas, kronor").fill("6 350");
      await maja.press(button(maja, "Räkna om"));
      assert.match(await mainText(maja), /Skriv varför\./);
      await (await rent()).getByLabel("Varför").fill("Hyran är sänkt.");
      await maja.press(button(maja, "Räkna om"));
      assert.equal(Number(before) - Number(await planned()), 500);
      await (await rent()).getByLabel("Räknas, kronor").fill("");
      await (await rent()).getByLabel("Varför").fill("");
      await maja.press(button(maja, "Räkna om"));
      assert.equal(await planned(), before, "an emptied field lets the rules decide again");
    });

    step("the caseworker decides, after a decision without reason", async () => {
      await field(maja, "Avslag").check();
      await field(maja, "Motivering").fill("Din inkomst räcker inte till hyran.");
      await meetErrors(maja, "Fatta beslutet", { reason: "Välj minst ett skäl." });
      await field(maja, "Bifall").check();
      await field(maja, "Skäl").selectOption("Dina inkomster räcker inte till normen och dina godkända utgifter.");
      await maja.press(button(maja, "Fatta beslutet"));
      assert.match(await mainText(maja), /Beslutet är fattat[^]*Bifall/);
      await maja.page.reload();
      await maja.look();
      assert.equal(await button(maja, "Fatta beslutet").count(), 0, "it is decided once");
    });

    step("the citizen sees the decision, its calculation and the planned payout", async () => {
      await anna.goto(`${opened.here}/home`);
      const home = await mainText(anna);
      assert.match(home, /Beslut: bifall/);
      assert.match(home, /Planerad utbetalning/);
      await anna.press(anna.page.getByRole("link", { name: "Läs beslutet" }));
      assert.match(await mainText(anna), /Din inkomst räcker inte till hyran\./);
      await anna.press(link(anna, "Så räknade vi"));
      assert.match(await mainText(anna), /Riksnorm[^]*Lön[^]*4\s650/);
      await anna.press(link(anna, "Beslutet"));
      await anna.press(link(anna, "Till din sida"));
      await anna.press(link(anna, "Alla utbetalningar"));
      assert.match(await mainText(anna), /Planerade utbetalningar/);
      await anna.press(button(anna, "Logga ut"));
      await anna.leave();
      await maja.leave();
    });

    test("the administrator tests a source, switches it off and on", async () => {
      const petra = await opened.browser.visitor({ javaScript, width });
      await logInStaff(petra, opened.here, "Petra Sund");
      assert.equal(path(petra), "/admin/sources");
      await petra.press(link(petra, "Öppna Försäkringskassan"));
      await petra.press(button(petra, "Prova förbindelsen"));
      assert.match(await mainText(petra), /Förbindelsen fungerar[^]*Hitta adressen[^]*Nå fram[^]*Certifikat[^]*Få svar/);
      await petra.press(button(petra, "Stäng av"));
      assert.match(await mainText(petra), /Avstängd/);
      await petra.press(button(petra, "Slå på"));
      assert.equal(await button(petra, "Stäng av").count(), 1);
      await petra.leave();
    });
  });
}
