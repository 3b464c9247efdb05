// Two adults of a household before anything is signed: each applies by an act of their own, and neither keeps the other from applying.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { PARTS, begin, button, heading, link, logIn, mainText, open, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

test("what one began the other takes over, and takes back", async () => {
  const sara = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(sara, opened.here, "Sara Berg");
  await begin(sara);
  await open(sara, PARTS.message);
  await sara.page.getByRole("textbox").fill("Bara till handläggaren.");
  await sara.press(button(sara, "Fortsätt"));

  const erik = await opened.browser.visitor({ width: WIDTHS.phone, javaScript: false });
  await logIn(erik, opened.here, "Erik Berg");
  assert.match(await mainText(erik), /Sara har börjat ansökan för december/);
  await erik.press(button(erik, "Jag söker också"));
  assert.match(await mainText(erik), /Du söker också/);
  assert.equal(await button(erik, "Jag söker också").count(), 0);

  await erik.press(link(erik, "Ta över ansökan från Sara"));
  assert.equal(await heading(erik), "Ta över ansökan för december");
  await erik.press(button(erik, "Ta över och börja"));
  assert.equal(path(erik), "/renewal");
  await open(erik, PARTS.message);
  assert.ok(!(await erik.page.content()).includes("Bara till handläggaren."));

  await sara.goto(`${opened.here}/home`);
  assert.match(await mainText(sara), /Erik har tagit över ansökan för december/);
  await sara.leave();

  await erik.goto(`${opened.here}/renewal`);
  await erik.press(link(erik, "Ta tillbaka ansökan"));
  assert.match(await mainText(erik), /Sara får veta det/);
  await erik.press(button(erik, "Ta tillbaka ansökan"));
  assert.equal(path(erik), "/home");
  assert.equal(await button(erik, "Börja ansökan").count(), 1);
  await erik.leave();
});
