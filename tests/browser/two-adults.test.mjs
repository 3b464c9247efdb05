// Two adults of a household before anything is signed: each applies by an act of their own, and neither keeps the other from applying.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { begin, button, link, logIn, mainText, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

test("what one began is left to them, and taken back", async () => {
  const sara = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(sara, opened.here, "Sara Berg");
  await begin(sara);

  const erik = await opened.browser.visitor({ width: WIDTHS.phone, javaScript: false });
  await logIn(erik, opened.here, "Erik Berg");
  assert.match(await mainText(erik), /Sara har börjat ansökan för december/);
  await erik.press(button(erik, "Jag söker också"));
  assert.match(await mainText(erik), /Du söker också/);
  assert.equal(await button(erik, "Jag söker också").count(), 0);
  assert.match(await mainText(erik), /när det har gått en timme sedan Sara senast skrev/);
  await erik.goto(`${opened.here}/renewal/take-over`);
  assert.equal(path(erik), "/home", "she writes in it now");

  await sara.press(link(sara, "Ta tillbaka ansökan"));
  assert.match(await mainText(sara), /Erik får veta det/);
  await sara.press(button(sara, "Ta tillbaka ansökan"));
  assert.equal(path(sara), "/home");
  await sara.leave();

  await erik.goto(`${opened.here}/home`);
  assert.match(await mainText(erik), /Sara har tagit tillbaka ansökan för december/);
  await begin(erik);
  await erik.goto(`${opened.here}/home`);
  assert.ok(!/tagit tillbaka/.test(await mainText(erik)), "his own is newer");
  await erik.leave();
});
