// A picture from a telephone is shown beside an expense, another is sent later, and the caseworker sees both.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { begin, button, CHANGED, change, field, goToSign, heading, link, logIn, logInStaff, mainText, openCase, path, reference, signAtProvider } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();
const heic = readFileSync(new URL("../../server/src/file/reading/fixtures/quarters.heic", import.meta.url));
const PICTURE = { name: "IMG_2041.HEIC", mimeType: "image/heic", buffer: heic };
const NOTE = { name: "anteckning.docx", mimeType: "application/octet-stream", buffer: Buffer.from("PK hej") };

/** Whether every picture of a file on the page has come, as something that a browser can draw. */
async function arePicturesDrawn(visitor) {
  const pictures = visitor.page.locator("img.file-picture");
  for (const picture of await pictures.all()) await picture.scrollIntoViewIfNeeded();
  return pictures.evaluateAll(async (all) => {
    await Promise.all(all.map((one) => one.decode().catch(() => {})));
    return all.length > 0 && all.every((one) => one.naturalWidth > 0);
  });
}

for (const { name, javaScript, width } of [
  { name: "Anna Lindqvist", javaScript: false, width: WIDTHS.phone },
  { name: "Amir Rahimi", javaScript: true, width: WIDTHS.desk },
]) {
  test(`proof goes with what is stated, with scripts ${javaScript ? "on" : "off"}`, async () => {
    const visitor = await opened.browser.visitor({ javaScript, width });
    await logIn(visitor, opened.here, name);
    await begin(visitor);
    await change(visitor, CHANGED.expenses);
    assert.equal(path(visitor), "/renewal/expenses");
    await visitor.press(visitor.page.getByRole("link", { name: /^Ändra .*Hyra/ }));
    await field(visitor, "Lägg till filer").setInputFiles([PICTURE, NOTE]);
    await field(visitor, "Vill du berätta mer?").fill("Hyran för december");
    await visitor.press(button(visitor, "Spara utgiften"));
    assert.equal(await heading(visitor), "Ändra utgiften");
    assert.equal(await visitor.page.getByRole("link", { name: /^anteckning\.docx kan vi inte ta emot/ }).count(), 1);
    assert.equal(await field(visitor, "Vill du berätta mer?").inputValue(), "Hyran för december", "nothing else is lost");
    assert.ok(await arePicturesDrawn(visitor), "the right one is there, as a picture that a browser draws");
    await visitor.press(button(visitor, "Spara utgiften"));
    assert.match(await mainText(visitor), /Underlag: IMG_2041\.HEIC/);

    await field(visitor, "Ja").check();
    await visitor.press(button(visitor, "Fortsätt"));
    await field(visitor, "Vad är det för utgift?").selectOption("Tandvård");
    await field(visitor, "Hur mycket kostar det?").fill("850");
    await field(visitor, "Vilken dag ska det betalas?").fill("2/12");
    await field(visitor, "Jag skickar underlag senare").check();
    await visitor.press(button(visitor, "Spara utgiften"));
    await field(visitor, "Nej").check();
    await visitor.press(button(visitor, "Fortsätt"));
    while (path(visitor) !== "/renewal/check") await visitor.press(button(visitor, "Fortsätt"));
    const check = await mainText(visitor);
    for (const seen of [/Underlag: IMG_2041\.HEIC/, /Underlag skickas senare/]) assert.match(check, seen);
    await goToSign(visitor);
    await signAtProvider(visitor);
    await reference(visitor);
    await visitor.press(link(visitor, "Se det som är underskrivet"));
    const signed = await mainText(visitor);
    for (const seen of [/IMG_2041\.HEIC, Bild, 1 sida/, /Tandvård, 850\skr: skickas senare/]) assert.match(signed, seen);

    await visitor.goto(`${opened.here}/home`);
    await visitor.press(link(visitor, "Skicka underlag"));
    assert.match(await mainText(visitor), /Tandvård, 850\skr/);
    await field(visitor, "Lägg till filer").setInputFiles([PICTURE]);
    await visitor.press(button(visitor, "Skicka underlag"));
    assert.equal(path(visitor), "/home");
    assert.equal(await link(visitor, "Skicka underlag").count(), 0);
    await visitor.leave();

    const maja = await opened.browser.visitor({ javaScript, width });
    await logInStaff(maja, opened.here, "Maja Holm");
    await openCase(maja, name);
    assert.equal(await maja.page.locator("img.file-picture").count(), 2);
    assert.ok(await arePicturesDrawn(maja));
    const [download] = await Promise.all([
      maja.page.waitForEvent("download"),
      maja.page.getByRole("link", { name: "IMG_2041.HEIC" }).first().click(),
    ]);
    assert.equal(download.suggestedFilename(), "IMG_2041.jpg", "it is saved, not shown, as what it is kept as");
    assert.deepEqual([...readFileSync(await download.path()).subarray(0, 3)], [0xff, 0xd8, 0xff]);
    await maja.leave();
  });
}
