// The other language, by the button in the header: it is kept through the login and on every page after.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, heading, mainText } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

for (const javaScript of [true, false]) {
  test(`the start and home pages in English, with scripts ${javaScript ? "on" : "off"}`, async () => {
    const anna = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
    const language = () => anna.page.locator("html").getAttribute("lang");
    await anna.goto(`${opened.service.addresses.exempelby}/`);
    assert.equal(await language(), "sv");
    await anna.press(button(anna, "English"));
    assert.equal(await language(), "en");
    assert.equal(await heading(anna), "Apply again for economic assistance");
    await anna.press(button(anna, "Log in"));
    assert.equal(await language(), "en");
    await anna.press(button(anna, "Anna Lindqvist"));
    assert.equal(await heading(anna), "Hello Anna");
    assert.match(await mainText(anna), /Apply for December/);
    await anna.press(button(anna, "Svenska"));
    assert.equal(await heading(anna), "Hej Anna");
    await anna.leave();
  });
}
