// Two adults of a household before anything is signed: each applies by an act of their own, and neither keeps the other from applying.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import {
  begin, beginByParts, button, fillIncomes, heading, link, logIn, logInStaff, mainText, open, PARTS, path, WAGE,
} from "./steps.mjs";
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
  assert.equal(await heading(erik), "Din del av ansökan för december 2026");
  assert.match(await mainText(erik), /Sara läser inte vad du skriver/);
  await fillIncomes(erik, WAGE);
  await erik.goto(`${opened.here}/home`);
  assert.match(await mainText(erik), /Du söker också/);
  assert.equal(await button(erik, "Jag söker också").count(), 0);
  assert.equal(await link(erik, "Fortsätt med din del").count(), 1);
  assert.match(await mainText(erik), /när det har gått en timme sedan Sara senast skrev/);
  await erik.goto(`${opened.here}/renewal/take-over`);
  assert.equal(path(erik), "/home", "she writes in it now");

  // The authorities have answered meanwhile, and the page has shown it.
  await sara.look();
  await sara.press(link(sara, "Ta tillbaka ansökan"));
  assert.match(await mainText(sara), /Erik får veta det/);
  await sara.press(button(sara, "Ta tillbaka ansökan"));
  assert.equal(path(sara), "/home");
  await sara.leave();

  await erik.goto(`${opened.here}/home`);
  assert.match(await mainText(erik), /Sara har tagit tillbaka ansökan för december/);
  await beginByParts(erik);
  await open(erik, PARTS.incomes);
  assert.match(await mainText(erik), /4\s650/, "what he wrote of his own is there");
  await erik.goto(`${opened.here}/home`);
  assert.ok(!/tagit tillbaka/.test(await mainText(erik)), "his own is newer");
  await erik.leave();
});

test("they have moved apart: neither sees the other, and a wrong word is put right", async () => {
  const sara = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(sara, opened.here, "Sara Berg");
  await sara.press(link(sara, "Vi har flyttat isär"));
  assert.match(await mainText(sara), /Du har kvar ditt ärende[^]*Erik ser det vid nästa inloggning/);
  await sara.press(button(sara, "Ja, vi har flyttat isär"));
  assert.match(await mainText(sara), /är ditt ärende inte längre gemensamt/);
  assert.equal(await link(sara, "Vi har flyttat isär").count(), 0);
  await sara.leave();

  const erik = await opened.browser.visitor({ width: WIDTHS.phone, javaScript: false });
  await logIn(erik, opened.here, "Erik Berg");
  assert.equal(await heading(erik), "Ditt tidigare bistånd");
  assert.match(await mainText(erik), /Den du sökte tillsammans med har sagt att ni har flyttat isär/);
  await erik.press(button(erik, "Det stämmer inte"));
  assert.match(await mainText(erik), /Du har skrivit att det inte stämmer/);
  await erik.press(link(erik, "Beslut"));
  assert.match(await mainText(erik), /Ansökan för november\s2026/);
  await erik.leave();

  const maja = await opened.browser.visitor();
  await logInStaff(maja, opened.here, "Maja Holm");
  await maja.goto(`${opened.here}/staff/notices`);
  await maja.press(maja.page.getByRole("link", { name: /Vi har inte flyttat isär/ }).first());
  await maja.press(button(maja, "Lägg tillbaka Erik i ärendet"));
  assert.match(await mainText(maja), /Erik lades tillbaka i ärendet/);
  await maja.leave();

  const back = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(back, opened.here, "Erik Berg");
  assert.match(await mainText(back), /Hej Erik/);
  await back.leave();
});
