// Something that an authority has given is wrong: it is said beside it, is signed, and is judged by a human.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { awaitAuthorities, begin, button, field, goToSign, heading, link, logIn, logInStaff, mainText, openCase, path, reference, signAtProvider } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();
const WHY = "De räknar med hyran på min gamla lägenhet.";

for (const { name, wrong, javaScript, width } of [
  { name: "Anna Lindqvist", wrong: /^Stämmer inte Bostadsbidrag/, javaScript: true, width: WIDTHS.desk },
  { name: "Amir Rahimi", wrong: /^Stämmer inte Studiemedel/, javaScript: false, width: WIDTHS.phone },
]) {
  test(`what is wrong is said, signed and judged, with scripts ${javaScript ? "on" : "off"}`, async () => {
    const visitor = await opened.browser.visitor({ javaScript, width });
    await logIn(visitor, opened.here, name);
    await begin(visitor);
    await awaitAuthorities(visitor, "Allt stämmer, gå vidare");
    await visitor.press(link(visitor, "Stämmer något inte? Se alla svar"));
    await visitor.press(visitor.page.getByRole("link", { name: wrong }).first());
    assert.equal(await heading(visitor), "Vad stämmer inte?");

    await field(visitor, "Beloppet eller dagen är fel").check();
    await field(visitor, "Varför stämmer det inte?").fill(WHY);
    await visitor.press(button(visitor, "Spara"));
    assert.equal(await link(visitor, "Skriv rätt belopp eller rätt dag.").count(), 1);
    assert.equal(await field(visitor, "Varför stämmer det inte?").inputValue(), WHY);
    await field(visitor, "Rätt belopp").fill("1.500,50");
    await visitor.press(button(visitor, "Spara"));
    assert.equal(path(visitor), "/renewal/authorities");
    assert.match(await mainText(visitor), /I stället: 1\s500,50\skr\./);

    await visitor.press(button(visitor, "Fortsätt"));
    assert.equal(path(visitor), "/renewal/month", "nothing has been said of the month yet");
    await field(visitor, "Ja, som planerat").check();
    await visitor.press(button(visitor, "Allt stämmer, gå vidare"));
    const check = await mainText(visitor);
    for (const seen of [/Stämmer inte/, /En rad kan bara en handläggare ta ställning till/]) assert.match(check, seen);
    await goToSign(visitor);
    await signAtProvider(visitor);
    await reference(visitor);
    await visitor.press(link(visitor, "Se det som är underskrivet"));
    assert.match(await mainText(visitor), /Rätt belopp: 1\s500,50\skr/);
    await visitor.leave();

    const maja = await opened.browser.visitor({ javaScript, width });
    await logInStaff(maja, opened.here, "Maja Holm");
    const row = maja.page.getByRole("row", { name });
    assert.match(await row.innerText(), /En uppgift sägs vara fel/);
    await openCase(maja, name);
    const renewal = await mainText(maja);
    for (const seen of [new RegExp(WHY), /I stället: 1\s500,50\skr\./, /inte stämmer\. Läs varför/]) assert.match(renewal, seen);
    await maja.leave();
  });
}
