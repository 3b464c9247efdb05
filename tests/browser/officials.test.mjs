// An administrator says who may decide what, and who comes in; an official who has left is out at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, field, heading, link, logInStaff, mainText, meetErrors, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();
const GRANTED = "Får besluta om bifall upp till, kronor";
const PARTLY = "Får besluta om delvis bifall upp till, kronor";
const REJECTED = "Får besluta om avslag";
/** With hard spaces as ordinary ones. */
const said = async (visitor) => (await mainText(visitor)).replaceAll("\u00a0", " ");
const within = (visitor, legend, answer) => visitor.page.getByRole("group", { name: legend }).getByLabel(answer, { exact: true });

for (const [javaScript, width] of [[true, WIDTHS.desk], [false, WIDTHS.phone], [true, WIDTHS.phone], [false, WIDTHS.desk]]) {
  const how = `with scripts ${javaScript ? "on" : "off"} at ${width} px`;

  test(`an administrator delegates, and sets up to where one decides alone, ${how}`, async () => {
    const petra = await opened.browser.visitor({ javaScript, width });
    await logInStaff(petra, opened.here, "Petra Sund");
    await petra.press(link(petra, "Handläggare"));
    assert.equal(await heading(petra), "Handläggare och behörigheter");
    const rut = petra.page.getByRole("row", { name: /^Rut Alm/ });
    assert.match((await rut.innerText()).replaceAll("\u00a0", " "), /bifall upp till 50 000 kr[^]*Arbetsledare/);
    await petra.press(link(petra, "Öppna Maja Holm"));
    await field(petra, GRANTED).fill("femton tusen");
    await field(petra, PARTLY).fill("0");
    petra.expects(/422/);
    await meetErrors(petra, "Spara", {
      granted: "Skriv beloppet med siffror, till exempel 1 250 eller 1250,50.",
      "partly-granted": "Skriv ett belopp som är större än 0. Lämna fältet tomt om det inte är delegerat.",
    });
    await field(petra, GRANTED).fill("8 000");
    await field(petra, PARTLY).fill("");
    await within(petra, REJECTED, "Nej").check();
    await petra.press(button(petra, "Spara"));
    assert.match(await said(petra), /Gäller nu\s+Får besluta\s+bifall upp till 8 000 kr, avvisning/);
    await field(petra, GRANTED).fill("15000");
    await field(petra, PARTLY).fill("15000");
    await within(petra, REJECTED, "Ja").check();
    await petra.press(button(petra, "Spara"));
    assert.match(await said(petra), /bifall upp till 15 000 kr, delvis bifall upp till 15 000 kr, avslag, avvisning/);

    await petra.press(link(petra, "Beslut av två"));
    assert.match(await said(petra), /Beviljar ensam upp till\s+15 000 kr/);
    await field(petra, "Upp till så mycket som beviljas, kronor").fill("12 000,50");
    await meetErrors(petra, "Spara", { amount: "Skriv beloppet i hela kronor, utan ören." });
    await field(petra, "Upp till så mycket som beviljas, kronor").fill("12 000");
    await petra.press(button(petra, "Spara"));
    assert.match(await said(petra), /Beviljar ensam upp till\s+12 000 kr[^]*av Petra Sund/);
    await field(petra, "Upp till så mycket som beviljas, kronor").fill("15000");
    await petra.press(button(petra, "Spara"));
    assert.match(await said(petra), /Beviljar ensam upp till\s+15 000 kr/);
    await petra.leave();
  });

  test(`who has left is out at once, and comes in again only when let in, ${how}`, async () => {
    const david = await opened.browser.visitor({ javaScript, width });
    await logInStaff(david, opened.here, "David Nilsson");
    assert.equal(path(david), "/staff/inbox");
    const petra = await opened.browser.visitor({ javaScript, width });
    await logInStaff(petra, opened.here, "Petra Sund");
    await petra.press(link(petra, "Handläggare"));
    await petra.press(link(petra, "Öppna Petra Sund"));
    assert.match(await said(petra), /Det här är du\. Du kan inte avsluta din egen behörighet\./);
    assert.equal(await link(petra, "Avsluta behörigheten").count(), 0);
    await petra.press(link(petra, "Handläggare och behörigheter"));
    await petra.press(link(petra, "Öppna David Nilsson"));
    await petra.press(link(petra, "Avsluta behörigheten"));
    assert.equal(await heading(petra), "Vill du avsluta behörigheten för David Nilsson?");
    await petra.press(button(petra, "Avsluta behörigheten"));
    assert.match(await said(petra), /David Nilsson kan inte logga in, och får inte besluta om något\./);
    await petra.press(link(petra, "Handläggare"));
    assert.match(await petra.page.getByRole("row", { name: /^David Nilsson/ }).innerText(), /inget[^]*Avslutad/);

    david.expects(/401/);
    await david.goto(`${opened.here}/staff/inbox`);
    assert.equal(await heading(david), "Du har loggats ut");
    david.expects(/403/);
    await logInStaff(david, opened.here, "David Nilsson");
    assert.equal(await heading(david), "Du finns inte med bland våra handläggare");

    const maja = await opened.browser.visitor({ javaScript, width, looks: false });
    await logInStaff(maja, opened.here, "Maja Holm");
    await maja.press(maja.page.getByRole("link", { name: /^Oplockade/ }));
    assert.match(await mainText(maja), /Linnea Wikström[^]*ingen än/, "his cases wait for whoever takes them");
    await maja.leave();

    await petra.press(link(petra, "Öppna David Nilsson"));
    await petra.press(button(petra, "Låt logga in igen"));
    assert.match(await said(petra), /Får besluta\s+inget/, "nothing is delegated to him");
    await logInStaff(david, opened.here, "David Nilsson");
    assert.equal(path(david), "/staff/inbox");
    for (const visitor of [david, petra]) await visitor.leave();
  });
}
