// The figures that follow what is typed, in the service itself: what the browser says is what the server says once it is saved.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import {
  PARTS, RENT, WAGE, answer, awaitAuthorities, beginByParts, button, field, fillHousehold, link, logIn, logInStaff, mainText, open, sign, typeItem,
} from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

const kronor = (text) => Number(text.replace(/[^\d,−-]/g, "").replace(",", ".").replace("−", "-"));
/** What the page says while something is typed. */
const live = async (visitor) => {
  const amount = visitor.page.locator(".live bdi");
  await amount.waitFor();
  return kronor(await amount.innerText());
};
/** What the check page says that the renewal comes to. */
const payable = async (visitor) => kronor(await visitor.page.locator(".card", { hasText: "Preliminär beräkning" }).locator(".amount.big").innerText());

test("a citizen and a caseworker see while typing what comes of it", async () => {
  const anna = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(anna, opened.here, "Anna Lindqvist");
  await beginByParts(anna);
  await open(anna, PARTS.authorities);
  await awaitAuthorities(anna);
  await anna.press(button(anna, "Fortsätt"));
  await fillHousehold(anna);
  await open(anna, PARTS.incomes);
  await field(anna, "Ja").check();
  await anna.press(button(anna, "Fortsätt"));
  await typeItem(anna, { kind: "Vad är det för inkomst?", amount: "Hur mycket var det?", date: "Vilken dag kom pengarna?" }, WAGE);
  const withWage = await live(anna);
  await anna.look();
  await anna.press(button(anna, "Spara inkomsten"));
  await answer(anna, "Nej");
  await open(anna, PARTS.expenses);
  await anna.press(anna.page.getByRole("link", { name: /^Ändra utgift \d, Hyra/ }));
  await field(anna, "Hur mycket kostar det?").fill("6 900");
  const withMore = await live(anna);
  assert.equal(withMore - withWage, 50);
  const shown = await anna.page.locator(".live bdi").innerText();
  await field(anna, "Hur mycket kostar det?").fill(RENT.amount);
  await anna.page.waitForFunction((before) => document.querySelector(".live bdi").innerText !== before, shown);
  const withRent = await live(anna);
  assert.equal(withRent, withWage);
  await anna.press(button(anna, "Spara utgiften"));
  await answer(anna, "Nej");
  assert.equal(withRent, await payable(anna));
  await sign(anna);
  await anna.leave();

  const maja = await opened.browser.visitor();
  await logInStaff(maja, opened.here, "Maja Holm");
  await maja.press(link(maja, "Anna Lindqvist"));
  await maja.press(link(maja, "Till beslut"));
  const planned = async () => kronor(/Betalas ut vid bifall\s+([\d\s]+)kr/.exec(await mainText(maja))[1]);
  const before = await planned();
  await maja.page.locator("summary", { hasText: "Ändra en annan rad" }).click();
  const rent = maja.page.getByRole("group", { name: /^Hyra eller avgift/ });
  await rent.getByLabel("Räknas, kronor").pressSequentially("6 350");
  await rent.getByLabel("Varför").fill("Hyran är sänkt.");
  await maja.page.locator(".live bdi").waitFor();
  const typed = await live(maja);
  await maja.look();
  await maja.press(button(maja, "Räkna om"));
  assert.equal(typed, await planned());
  assert.equal(before - typed, 500);
  await maja.leave();
});
