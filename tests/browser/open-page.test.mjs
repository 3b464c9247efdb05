// What a page tells while it is open: that its session ends, and that what it shows has been saved elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { PARTS, beginByParts, button, field, link, logIn, logInStaff, open , openCase } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

/** Lets so many minutes pass on the page, and waits for the question that it then asks. */
async function pass(visitor, minutes, address) {
  const answered = visitor.page.waitForResponse((response) => new URL(response.url()).pathname.endsWith(address));
  await visitor.page.clock.fastForward(minutes * 60_000);
  await answered;
}

test("what was typed after the session had ended is kept through the login", async () => {
  const anna = await opened.browser.visitor({ width: WIDTHS.phone });
  await anna.page.clock.install();
  await logIn(anna, opened.here, "Anna Lindqvist");
  await beginByParts(anna);
  await open(anna, PARTS.message);
  const box = anna.page.getByRole("textbox");
  await box.fill("Hej!");

  await pass(anna, 18.5, "/session");
  assert.equal(await button(anna, "Fortsätt vara inloggad").isVisible(), false, "the session had been used elsewhere");

  await anna.context.clearCookies();
  anna.expects(/401/);
  await pass(anna, 18.5, "/session");
  await link(anna, "Till inloggningen").waitFor();
  await box.fill("Hej! Jag har en fråga om hyran.");
  await anna.look();
  await anna.press(link(anna, "Till inloggningen"));
  await anna.press(button(anna, "Logga in"));
  await anna.press(button(anna, "Anna Lindqvist"));
  await anna.goto(`${opened.here}/renewal`);
  await open(anna, PARTS.message);
  await anna.page.getByText("står i fälten igen").waitFor();
  assert.equal(await box.inputValue(), "Hej! Jag har en fråga om hyran.");
  await anna.look();
  await anna.press(button(anna, "Fortsätt"));
  await open(anna, PARTS.message);
  assert.equal(await box.inputValue(), "Hej! Jag har en fråga om hyran.", "now it is saved");
  assert.equal(await anna.page.evaluate(() => sessionStorage.length), 0);
  await anna.leave();
});

test("what was sent after a logout in another window stands there again after the login", async () => {
  const maja = await opened.browser.visitor({ width: WIDTHS.desk });
  await logInStaff(maja, opened.here, "Maja Holm");
  await openCase(maja, "Mehmet Yilmaz");
  await maja.press(link(maja, "Till beslut"));
  const decide = maja.page.url();
  await maja.awake();
  await field(maja, "Motivering").fill("Hyran är högre sedan i somras.");

  const other = await maja.context.newPage();
  await other.goto(`${opened.here}/staff/inbox`);
  await other.getByRole("button", { name: "Logga ut" }).click();
  await other.waitForURL(/\/staff$/);
  await other.close();

  maja.expects(/401/);
  await maja.press(button(maja, "Räkna om"));
  await maja.look();
  await logInStaff(maja, opened.here, "Maja Holm");
  await maja.goto(decide);
  await maja.page.getByText("står i fälten igen").waitFor();
  assert.equal(await field(maja, "Motivering").inputValue(), "Hyran är högre sedan i somras.");
  await maja.look();
  await maja.press(button(maja, "Räkna om"));
  assert.equal(await field(maja, "Motivering").inputValue(), "Hyran är högre sedan i somras.", "now it is saved");
  await maja.page.waitForFunction(() => sessionStorage.length === 0);
  await maja.leave();
});

test("what was saved in another window is told in this one", async () => {
  const sara = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(sara, opened.here, "Sara Berg");
  await beginByParts(sara);
  await sara.page.clock.install();
  await open(sara, PARTS.message);
  const box = sara.page.getByRole("textbox");
  await box.fill("Under arbete");
  await pass(sara, 0.5, "/revision");
  assert.equal(await sara.page.getByText("i ett annat fönster").count(), 0);

  const other = await sara.context.newPage();
  await other.goto(sara.page.url());
  await other.getByRole("textbox").fill("Från den andra");
  await other.getByRole("button", { name: "Fortsätt" }).click();
  await other.waitForURL(/\/renewal\/household$/);
  await pass(sara, 0.5, "/revision");
  await sara.page.getByText("Ansökan har sparats i ett annat fönster sedan du öppnade sidan.").waitFor();
  await sara.look();
  const [tab] = await Promise.all([
    sara.context.waitForEvent("page"),
    link(sara, "Visa det som är sparat i en ny flik").click(),
  ]);
  assert.equal(await tab.getByRole("textbox").inputValue(), "Från den andra");
  assert.equal(await box.inputValue(), "Under arbete", "nothing typed goes away");
  await sara.leave();
});

test("what was typed is kept through a change of language", async () => {
  const erik = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(erik, opened.here, "Erik Berg");
  await erik.goto(`${opened.here}/messages`);
  await erik.awake();
  await erik.page.getByRole("textbox").fill("Hej! Jag har en fråga.");
  await erik.press(button(erik, "English"));
  await erik.page.getByText("What you had typed here is in the fields again.").waitFor();
  assert.equal(await erik.page.getByRole("textbox").inputValue(), "Hej! Jag har en fråga.");
  await erik.look();
  await erik.leave();
});

test("a caseworker is told that a colleague has saved", async () => {
  const maja = await opened.browser.visitor({ width: WIDTHS.desk });
  await logInStaff(maja, opened.here, "Maja Holm");
  await openCase(maja, "Mehmet Yilmaz");
  await maja.page.clock.install();
  await maja.page.reload();
  await pass(maja, 0.5, "/revision");
  assert.equal(await maja.page.getByText("En kollega har sparat").count(), 0);

  const colleague = await opened.browser.visitor({ looks: false });
  await logInStaff(colleague, opened.here, "David Nilsson");
  await colleague.goto(`${maja.page.url()}/decide`);
  await field(colleague, "Motivering").fill("Jag ringer i morgon.");
  await colleague.press(button(colleague, "Räkna om"));
  await colleague.leave();

  await pass(maja, 0.5, "/revision");
  await maja.page.getByText("En kollega har sparat här sedan du öppnade sidan.").waitFor();
  await maja.look();
  await maja.press(link(maja, "Visa det som är sparat"));
  assert.equal(await maja.page.getByText("En kollega har sparat").count(), 0);
  await maja.press(link(maja, "Till beslut"));
  assert.equal(await field(maja, "Motivering").inputValue(), "Jag ringer i morgon.");
  await maja.leave();
});
