// The steps that people take in the service, for the tests to put together. Each is what a person does with the page before them.

import assert from "node:assert/strict";
import { test } from "node:test";

export const button = (visitor, name) => visitor.page.getByRole("button", { name, exact: true });
export const link = (visitor, name) => visitor.page.getByRole("link", { name, exact: true });
export const field = (visitor, label) => visitor.page.getByLabel(label, { exact: true });
export const heading = (visitor) => visitor.page.getByRole("heading", { level: 1 }).innerText();
export const mainText = (visitor) => visitor.page.getByRole("main").innerText();
export const path = (visitor) => new URL(visitor.page.url()).pathname;

/** The parts of a renewal, as the task list names them. */
export const PARTS = {
  household: "Du och ditt hushåll",
  activity: "Arbete och aktiviteter",
  authorities: "Uppgifter från myndigheter",
  incomes: "Egna inkomster",
  expenses: "Egna utgifter",
  message: "Meddelande",
  check: "Kontrollera och skriv under",
};
/** What can have changed since the month before, as the page that asks names it. */
export const CHANGED = { household: "Hushållet, bostaden eller hur du nås", incomes: "Mina inkomster", expenses: "Mina utgifter" };
/** What an unchanged renewal of Anna Lindqvist tells. */
export const WAGE = { kind: "Lön", amount: "4 650", date: "2026-11-25" };
export const RENT = { kind: "Hyra eller avgift för bostaden", amount: "6850", date: "2026-12-30" };

/** The steps of one way, each a test: when one fails, those after it cannot be walked. */
export function way() {
  let walkable = true;
  return (name, step) =>
    test(name, async (context) => {
      if (!walkable) return context.skip("an earlier step failed");
      walkable = false;
      await step(context);
      walkable = true;
    });
}

/** Logs a citizen in with the demo's eID. */
export async function logIn(visitor, address, name) {
  await visitor.goto(`${address}/`);
  await visitor.press(button(visitor, "Logga in"));
  await visitor.press(button(visitor, name));
}

/** Logs a member of staff in. */
export async function logInStaff(visitor, address, name) {
  await visitor.goto(`${address}/staff`);
  await visitor.press(button(visitor, "Logga in"));
  await visitor.press(button(visitor, name));
}

/** Opens a case from the inbox by the applicant's name; says what for where it is another's. */
export async function openCase(visitor, name) {
  await visitor.press(link(visitor, name));
  if (path(visitor).startsWith("/staff/open/")) await statePurpose(visitor);
}

/** Says that one helps a colleague, on the page that asks why a case is opened. */
export async function statePurpose(visitor) {
  await field(visitor, "Hjälper en kollega").check();
  await visitor.press(button(visitor, "Öppna utan att ta ärendet"));
}

/** From the home page to the first page of a new renewal: the month before beside this one. */
export async function begin(visitor) {
  await visitor.press(button(visitor, "Börja ansökan"));
  assert.equal(path(visitor), "/renewal/month");
}

/** Says on the page of the month what has changed: only those parts are opened, and the first of them is shown. */
export async function change(visitor, ...parts) {
  await field(visitor, "Ja, som planerat").check();
  await visitor.press(button(visitor, "Något har ändrats"));
  for (const part of parts) await field(visitor, part).check();
  await visitor.press(button(visitor, "Fortsätt"));
}

/** From the home page to the list of parts, with all of them open. */
export async function beginByParts(visitor) {
  await begin(visitor);
  await change(visitor, ...Object.values(CHANGED));
  await visitor.press(link(visitor, "Alla delar"));
  assert.equal(path(visitor), "/renewal");
}

/** Into one of the parts of a renewal, over the list of them. */
export async function open(visitor, part) {
  if (path(visitor) !== "/renewal") await visitor.press(link(visitor, "Alla delar"));
  await visitor.press(link(visitor, part));
}

/** Says that the household is as the register has it. */
export async function fillHousehold(visitor) {
  await open(visitor, PARTS.household);
  await field(visitor, "Ja, inget har ändrats").check();
  await visitor.press(button(visitor, "Fortsätt"));
}

/** Goes on from what the authorities say, whether or not they have answered. */
export async function passAuthorities(visitor) {
  await open(visitor, PARTS.authorities);
  await visitor.press(button(visitor, "Fortsätt"));
}

/** Stays on the page until each authority has answered or failed to: the island shows it, or the link for those without script. */
export async function awaitAuthorities(visitor, leads = "Fortsätt") {
  const { page } = visitor;
  if (visitor.javaScript) {
    const whole = page.locator("main").filter({ hasNotText: "Väntar på svar." });
    await whole.getByRole("button", { name: leads }).waitFor();
    await visitor.look();
    return;
  }
  while (await link(visitor, "Visa nya svar").isVisible()) await visitor.press(link(visitor, "Visa nya svar"));
}

/** Adds one income in its part, which is left done. */
export async function fillIncomes(visitor, income) {
  await open(visitor, PARTS.incomes);
  await answer(visitor, "Ja");
  await typeItem(visitor, { kind: "Vad är det för inkomst?", amount: "Hur mycket var det?", date: "Vilken dag kom pengarna?" }, income);
  await visitor.press(button(visitor, "Spara inkomsten"));
  await answer(visitor, "Nej");
}

/** Adds one expense in its part, which is left done. */
export async function fillExpenses(visitor, expense) {
  await open(visitor, PARTS.expenses);
  await answer(visitor, "Ja");
  await typeItem(visitor, { kind: "Vad är det för utgift?", amount: "Hur mycket kostar det?", date: "Vilken dag ska det betalas?" }, expense);
  await visitor.press(button(visitor, "Spara utgiften"));
  await answer(visitor, "Nej");
}

/** Types an income or expense into its form, by the labels of the form. */
export async function typeItem(visitor, labels, { kind, amount, date }) {
  await field(visitor, labels.kind).selectOption(kind);
  await field(visitor, labels.amount).fill(amount);
  await field(visitor, labels.date).fill(date);
}

/** Says whether there is more to add to the list. */
export async function answer(visitor, yesOrNo) {
  await field(visitor, yesOrNo).check();
  await visitor.press(button(visitor, "Fortsätt"));
}

/** Says that there is nothing to add to a list. */
export async function leaveEmpty(visitor, part) {
  await open(visitor, part);
  await answer(visitor, "Nej");
}

/** From the home page to the check page, where all is as it was the month before. */
export async function fillShortest(visitor) {
  await begin(visitor);
  await field(visitor, "Ja, som planerat").check();
  await visitor.press(button(visitor, "Allt stämmer, gå vidare"));
  assert.equal(path(visitor), "/renewal/check");
}

/** From the check page to the eID, which shows the text. */
export async function goToSign(visitor) {
  await visitor.press(button(visitor, "Skriv under med e-legitimation"));
}

/** Signs at the eID. */
export async function signAtProvider(visitor) {
  await visitor.press(button(visitor, "Skriv under"));
}

/** From the check page to the receipt. Resolves to the reference number. */
export async function sign(visitor) {
  await goToSign(visitor);
  await signAtProvider(visitor);
  return reference(visitor);
}

/** The number on the receipt. */
export async function reference(visitor) {
  assert.equal(path(visitor), "/renewal/receipt");
  return visitor.page.locator(".reference").innerText();
}

/**
 * Presses a button of a form that has something wrong, and is told: in the summary, which has the focus, and at each field in the same
 * words, with all that was typed still there.
 */
export async function meetErrors(visitor, press, errors) {
  const { page } = visitor;
  const typed = await whatIsTyped(page);
  await visitor.press(button(visitor, press));
  assert.match(await page.title(), /^Fel: /);
  const summary = page.locator(".error-summary");
  assert.equal(await page.evaluate(() => document.activeElement?.className), await summary.getAttribute("class"), "the summary has the focus");
  assert.deepEqual(await summary.getByRole("link").allInnerTexts(), Object.values(errors));
  for (const [id, words] of Object.entries(errors)) {
    assert.equal((await page.locator(`#${id}-error`).textContent()).trim(), `Fel: ${words}`);
    await summary.getByRole("link", { name: words }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), id, "the link leads to the field");
  }
  assert.deepEqual(await whatIsTyped(page), typed);
}

/** What stands in the fields of the page's forms. The room for what is new has names of its own on each page. */
const whatIsTyped = (page) =>
  page.locator("main").evaluate((main) => {
    const fields = [...main.querySelectorAll("input:not([type=hidden]), textarea, select")];
    return fields.map(({ name, value, checked }) => [name.replace(/-[0-9a-f-]{36}$/, ""), value, checked]);
  });
