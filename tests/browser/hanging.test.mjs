// The main path while no authority answers: it is told, and nothing waits for them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { begin, button, field, logIn, logInStaff, link, mainText, sign } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world({ args: ["--authorities", "hang"] });

for (const javaScript of [true, false]) {
  test(`a renewal without any answer, with scripts ${javaScript ? "on" : "off"}`, async () => {
    const here = opened.service.addresses.exempelby;
    const name = javaScript ? "Anna Lindqvist" : "Amir Rahimi";
    const citizen = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
    await logIn(citizen, here, name);
    await begin(citizen);
    assert.match(await mainText(citizen), /har inte svarat än\. Du kan vänta eller gå vidare\./);
    assert.match(await mainText(citizen), /Vi kan inte räkna än\./);
    await field(citizen, "Ja, som planerat").check();
    await citizen.press(button(citizen, "Allt stämmer, gå vidare"));
    assert.match(await mainText(citizen), /Försäkringskassan[^]*?(Väntar på svar|Svarade inte just nu)\./);
    await sign(citizen);
    await citizen.leave();

    const maja = await opened.browser.visitor({ javaScript });
    await logInStaff(maja, here, "Maja Holm");
    await maja.press(link(maja, name));
    assert.match(await mainText(maja), /Försäkringskassan\s+(väntar på svar|svarade inte)/);
    await maja.leave();
  });
}
