// The case of somebody with protected identity: nobody meets it by chance, and what was sent before is read with a reason.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, field, heading, link, logInStaff, mainText, meetErrors, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();
const NUMBER = "EKB-2026-0031";

for (const javaScript of [true, false]) {
  test(`it is opened with a reason, which a supervisor reads, with scripts ${javaScript ? "on" : "off"}`, async () => {
    const maja = await opened.browser.visitor({ javaScript, width: WIDTHS.desk });
    await logInStaff(maja, opened.here, "Maja Holm");
    assert.equal(await link(maja, "Skyddade ärenden").count(), 0);
    assert.ok(!(await mainText(maja)).includes("Skyddad"), "she is responsible for it, and it is in no list of hers");
    await maja.leave();

    const eva = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
    await logInStaff(eva, opened.here, "Eva Lindgren");
    assert.ok(!(await mainText(eva)).includes("Skyddad Person"));
    await eva.press(link(eva, "Skyddade ärenden"));
    assert.ok(!(await mainText(eva)).includes("Skyddad Person"), "no name before a reason");
    await eva.press(link(eva, `${NUMBER} Ansökan för december 2026`));
    assert.equal(await heading(eva), `Öppna ärende ${NUMBER}`);
    eva.expects(/422/);
    await meetErrors(eva, "Öppna ärendet", { reason: "Skriv varför du behöver läsa ärendet." });
    await field(eva, "Varför behöver du läsa ärendet?").fill("Ansökan för december ska beslutas.");
    await eva.press(button(eva, "Öppna ärendet"));
    assert.match(path(eva), /^\/staff\/renewals\//);
    assert.match(await mainText(eva), /Skyddad Person/);
    const renewal = eva.page.url();
    await eva.press(link(eva, "Till beslut"));
    await eva.leave();

    const rut = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
    await logInStaff(rut, opened.here, "Rut Alm");
    await rut.press(rut.page.getByRole("link", { name: /^Läsningar/ }));
    assert.match(await mainText(rut), new RegExp(`Eva Lindgren öppnade ärende ${NUMBER}`));
    assert.match(await mainText(rut), /Ansökan för december ska beslutas\./);
    await rut.press(button(rut, "Markera som granskade"));
    assert.equal(await rut.page.getByRole("link", { name: "Läsningar", exact: true }).count(), 1, "nothing is new");
    await rut.goto(renewal);
    assert.equal(await heading(rut), `Öppna ärende ${NUMBER}`, "each gives their own reason");
    await rut.leave();
  });
}
