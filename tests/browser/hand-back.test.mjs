// A caseworker takes a renewal up by saving something, and hands it back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, field, link, logInStaff, mainText, openCase } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

for (const javaScript of [true, false]) {
  test(`a renewal is taken up by the first saved change and can be handed back, with scripts ${javaScript ? "on" : "off"}`, async () => {
    const words = javaScript ? "Jag väntar på ett kvitto." : "Jag väntar på två kvitton.";
    const maja = await opened.browser.visitor({ width: WIDTHS.desk, javaScript });
    await logInStaff(maja, opened.here, "Maja Holm");
    await openCase(maja, "Mehmet Yilmaz");
    const handBack = button(maja, "Lämna tillbaka ansökan");
    assert.equal(await handBack.count(), 0, "to look changes nothing");

    await maja.press(link(maja, "Till beslut"));
    await field(maja, "Motivering").fill(words);
    await maja.press(button(maja, "Räkna om"));
    await maja.press(link(maja, "Till ansökan"));
    assert.match(await mainText(maja), /Ansökan är under handläggning/);
    await maja.press(handBack);
    assert.equal(await handBack.count(), 0);
    assert.match(await mainText(maja), /lämnade tillbaka/i);

    await maja.press(link(maja, "Till beslut"));
    assert.equal(await field(maja, "Motivering").inputValue(), words, "what was written is kept");
    await maja.leave();
  });
}
