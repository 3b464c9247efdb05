// Two who apply together: the first signature sends the renewal, the other adults' is given or declined under a login of their own.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { WIDTHS } from "./harness.mjs";
import {
  button, fillIncomes, fillShortest, heading, leaveEmpty, link, logIn, logInStaff, mainText, PARTS, passAuthorities, path, reference,
  sign, signAtProvider, WAGE, way,
} from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

describe("the second signs", () => {
  const step = way();
  let sara;
  let erik;
  let given;

  step("the first signature sends the renewal", async () => {
    sara = await opened.browser.visitor({ width: WIDTHS.phone });
    await logIn(sara, opened.service.addresses.exempelby, "Sara Berg");
    await fillShortest(sara);
    given = await sign(sara);
    assert.match(await mainText(sara), /Erik skriver under/);
    assert.match(await mainText(sara), /Erik har inte skrivit under än/);
  });

  step("the other is asked, and sees what was signed", async () => {
    erik = await opened.browser.visitor({ width: WIDTHS.phone });
    await logIn(erik, opened.service.addresses.exempelby, "Erik Berg");
    assert.match(await mainText(erik), /Sara har skrivit under/);
    await erik.press(link(erik, "Läs ansökan"));
    assert.equal(await heading(erik), "Läs och skriv under ansökan för december 2026");
    const text = await mainText(erik);
    for (const line of [/Sara Berg, 19910717-2380, sökande/, /Erik Berg, 19900602-2397, medsökande/, /på heder och samvete/i]) {
      assert.match(text, line);
    }
    assert.doesNotMatch(text, /Barnbidrag/, "what was fetched about Sara is hers");
  });

  step("says of himself what is his own", async () => {
    await erik.press(button(erik, "Skriv det som är ditt"));
    assert.equal(await heading(erik), "Din del av ansökan för december 2026");
    await fillIncomes(erik, WAGE);
    assert.equal(await link(erik, "Läs och skriv under").count(), 0, "it is not whole");
    await erik.goto(`${opened.service.addresses.exempelby}/renewal/cosign`);
    assert.match(await mainText(erik), /Egna utgifter/);
    assert.equal(await button(erik, "Skriv under med e-legitimation").count(), 0);
    await erik.goto(`${opened.service.addresses.exempelby}/renewal`);
    await passAuthorities(erik);
    await leaveEmpty(erik, PARTS.expenses);
    assert.equal(path(erik), "/renewal/cosign", "nothing is left");
    assert.match(await mainText(erik), /Det du själv uppger[^]*4\s650/);
  });

  step("changes their mind at the eID, and signs after all", async () => {
    await erik.press(button(erik, "Skriv under med e-legitimation"));
    await erik.press(button(erik, "Avbryt"));
    assert.equal(path(erik), "/renewal/cosign");
    assert.match(await mainText(erik), /Din underskrift blev inte klar, och inget har skickats/);
    await erik.press(button(erik, "Skriv under igen"));
    await signAtProvider(erik);
    assert.equal(await reference(erik), given, "one renewal, one number");
    assert.match(await mainText(erik), /Du och Sara har skrivit under/);
    await erik.leave();
  });

  step("the first sees that both have signed", async () => {
    await sara.goto(`${opened.service.addresses.exempelby}/home`);
    assert.match(await mainText(sara), /Du och Erik har skrivit under/);
    await sara.leave();
  });

  step("the caseworker sees both names", async () => {
    const maja = await opened.browser.visitor();
    await logInStaff(maja, opened.service.addresses.exempelby, "Maja Holm");
    const row = maja.page.getByRole("row", { name: /Sara Berg/ });
    assert.match(await row.innerText(), /Erik Berg[^]*Sara \+ Erik/);
    await maja.press(link(maja, "Sara Berg"));
    assert.match(await mainText(maja), /Sara: giltig underskrift[^]*Erik: giltig underskrift/);
    assert.match(await mainText(maja), /Lön, Erik[^]*4\s650/);
    await maja.leave();
  });
});

describe("the second declines, in the other municipality", () => {
  const step = way();

  step("the first signs", async () => {
    const daniel = await opened.browser.visitor();
    await logIn(daniel, opened.service.addresses.grannby, "Daniel Nyberg");
    await fillShortest(daniel);
    await sign(daniel);
    await daniel.leave();
  });

  step("the other declines, and is asked no more", async () => {
    const julia = await opened.browser.visitor();
    await logIn(julia, opened.service.addresses.grannby, "Julia Nyberg");
    await julia.press(link(julia, "Läs ansökan"));
    await julia.page.getByText("Jag vill inte skriva under").click();
    await julia.look();
    assert.match(await mainText(julia), /Daniel och handläggaren ser att du har avstått/);
    await julia.press(button(julia, "Avstå från att skriva under"));
    assert.equal(path(julia), "/home");
    assert.equal(await link(julia, "Läs ansökan").count(), 0);
    await julia.goto(`${opened.service.addresses.grannby}/renewal/cosign`);
    assert.match(await mainText(julia), /Julia Nyberg[^]*Har avstått/, "it can still be read");
    await julia.leave();
  });

  step("the caseworker is told, and sees it in the inbox", async () => {
    const omar = await opened.browser.visitor();
    await logInStaff(omar, opened.service.addresses.grannby, "Omar Haddad");
    assert.match(await omar.page.getByRole("row", { name: /Daniel Nyberg/ }).innerText(), /Julia har avböjt/);
    await omar.goto(`${opened.service.addresses.grannby}/staff/notices`);
    assert.match(await mainText(omar), /Julia Nyberg har valt att inte skriva under ansökan för december/);
    await omar.leave();
  });
});
