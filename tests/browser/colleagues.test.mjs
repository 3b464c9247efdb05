// Between colleagues: who stands in, whose a case is, and whom one is close to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, field, heading, link, logInStaff, mainText, meetErrors, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();
/** With hard spaces as ordinary ones. */
const said = async (visitor) => (await mainText(visitor)).replaceAll("\u00a0", " ");

test("a case is handed over, a substitute is named, and a conflict of interest is told", async () => {
  const david = await opened.browser.visitor({ width: WIDTHS.desk });
  await logInStaff(david, opened.here, "David Nilsson");
  await david.press(link(david, "Ersättare"));
  david.expects(/422/);
  await meetErrors(david, "Lägg till", {
    substitute: "Välj vem som ska ersätta dig.",
    from: "Skriv vilken dag det gäller, till exempel 24/11.",
    until: "Skriv vilken dag det gäller, till exempel 1/12.",
  });
  await field(david, "Vem?").selectOption({ label: "Maja Holm" });
  await field(david, "Från och med").fill("2026-11-24");
  await field(david, "Till och med").fill("2026-11-30");
  await david.press(button(david, "Lägg till"));
  assert.match(await said(david), /Maja Holm ersätter dig\s+24 november 2026 till och med 30 november 2026/);

  const maja = await opened.browser.visitor({ width: WIDTHS.phone, javaScript: false });
  await logInStaff(maja, opened.here, "Maja Holm");
  await maja.press(link(maja, "Mehmet Yilmaz"));
  assert.match(await heading(maja), /^Mehmet Yilmaz/, "no purpose is asked of a substitute");
  await maja.press(link(maja, "Jäv"));
  maja.expects(/422/);
  await meetErrors(maja, "Lägg till", {
    number: "Skriv personnumret med tolv siffror, till exempel 19900602-2397.",
    kind: "Välj hur du känner personen.",
  });
  await maja.leave();

  await david.press(david.page.locator(".back").getByRole("link"));
  await david.press(link(david, "Mehmet Yilmaz"));
  await david.press(link(david, "Lämna över till en kollega"));
  await field(david, "Till vem?").selectOption({ label: "Rut Alm" });
  await david.press(button(david, "Lämna över"));
  assert.equal(path(david), "/staff/inbox");
  await david.press(link(david, "Mehmet Yilmaz"));
  assert.match(await heading(david), /^Öppna ärende/);
  await david.leave();
});
