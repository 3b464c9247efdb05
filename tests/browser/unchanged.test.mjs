// A month in which nothing has changed: few screens, few presses, nothing typed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { awaitAuthorities, begin, button, field, goToSign, heading, link, logIn, mainText, path, reference, signAtProvider } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

/** The most screens after the login, the one after it among them, and the most presses. */
const SCREENS = 6;
const PRESSES = 8;
/** The highest that a page of such a month may be on a narrow phone, in CSS pixels. */
const HEIGHT = 2_000;

/** Presses and pages from now on, with how high each page is. */
async function counted(visitor) {
  const walked = { presses: 0, screens: [] };
  const seen = async () => {
    const height = await visitor.page.evaluate(() => document.documentElement.scrollHeight);
    // A page that has been loaded again is the same screen, as it is then.
    if (walked.screens.at(-1)?.path === path(visitor)) walked.screens.pop();
    walked.screens.push({ path: path(visitor), height });
  };
  const press = visitor.press.bind(visitor);
  visitor.press = async (locator) => {
    walked.presses += 1;
    await press(locator);
    await seen();
  };
  await seen();
  walked.seen = seen;
  return walked;
}

for (const javaScript of [true, false]) {
  test(`an unchanged month with scripts ${javaScript ? "on" : "off"}`, async () => {
    const name = javaScript ? "Anna Lindqvist" : "Amir Rahimi";
    const visitor = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
    await logIn(visitor, opened.here, name);
    const walked = await counted(visitor);
    await begin(visitor);
    assert.equal(await heading(visitor), "Som i november?");
    if (javaScript) await awaitAuthorities(visitor, "Allt stämmer, gå vidare");
    await walked.seen();
    walked.presses += 1;
    await field(visitor, javaScript ? "Ja, som planerat" : "Jag ska inte söka jobb nu").check();
    await visitor.press(button(visitor, "Allt stämmer, gå vidare"));
    assert.match(await mainText(visitor), /Dina egna inkomster och utgifter är som i november\./);
    await goToSign(visitor);
    await signAtProvider(visitor);
    await reference(visitor);
    const { presses, screens } = walked;
    assert.ok(presses <= PRESSES, `${presses} presses`);
    assert.ok(screens.length <= SCREENS, JSON.stringify(screens));
    const high = screens.filter(({ path, height }) => !path.startsWith("/authorize") && height > HEIGHT);
    assert.deepEqual(high, [], "no page is higher");
    await visitor.press(link(visitor, "Se det som är underskrivet"));
    assert.match(await mainText(visitor), /Som i ansökan för november 2026/);
    await visitor.leave();
  });
}
