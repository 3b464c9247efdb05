// The way to the eID: by a page of ours that leads on by itself, and from the provider's address over another origin to the eID's own pages.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, fillShortest, goToSign, heading, link, logInStaff, mainText, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

/** Holds the browser back from the provider that `act` leads to. Resolves to the request that it would have made. */
async function heldBack({ devtools }, act) {
  const paused = new Promise((resolve) => devtools.once("Fetch.requestPaused", resolve));
  await devtools.send("Fetch.enable", { patterns: [{ urlPattern: "*/authorize?*" }] });
  await act();
  const { requestId, request } = await paused;
  await devtools.send("Fetch.failRequest", { requestId, errorReason: "Aborted" });
  await devtools.send("Fetch.disable");
  return request;
}

const ORIGINS = /^http:\/\/localhost:\d+$/;
const origin = (visitor) => new URL(visitor.page.url()).origin;

for (const javaScript of [true, false]) {
  describe(`with scripts ${javaScript ? "on" : "off"}`, () => {
    test("a provider may lead on over another origin, at a login and at a signature", async () => {
      const person = javaScript ? "Anna Lindqvist" : "Amir Rahimi";
      const citizen = await opened.browser.visitor({ javaScript });
      await citizen.goto(`${opened.here}/`);
      await citizen.press(button(citizen, "Logga in"));
      assert.match(origin(citizen), ORIGINS);
      await citizen.press(button(citizen, person));
      assert.equal(path(citizen), "/home");
      await fillShortest(citizen);
      await goToSign(citizen);
      assert.match(origin(citizen), ORIGINS);
      await citizen.press(button(citizen, "Avbryt"));
      assert.equal(path(citizen), "/renewal/check");
      await citizen.press(button(citizen, "Skriv under igen"));
      await citizen.press(button(citizen, "Skriv under"));
      assert.equal(path(citizen), "/renewal/receipt");
      await citizen.leave();
    });

    test("staff pass over another origin too, and the way back is the page before", async () => {
      const maja = await opened.browser.visitor({ javaScript });
      await maja.goto(`${opened.here}/staff`);
      await maja.press(button(maja, "Logga in"));
      assert.match(origin(maja), ORIGINS);
      await maja.page.goBack();
      await maja.look();
      assert.equal(path(maja), "/staff");
      await logInStaff(maja, opened.here, "Maja Holm");
      assert.equal(path(maja), "/staff/inbox");
      await maja.leave();
    });

    test("where the browser does not go on by itself there is a link, and another site learns the host at most", async () => {
      for (const [start, title, onwards] of [
        ["/", "Nu går du till e-legitimationen", "Gå till e-legitimationen"],
        ["/staff", "Nu går du till inloggningen", "Gå till inloggningen"],
      ]) {
        const visitor = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
        visitor.expects(/ERR_ABORTED/);
        await visitor.goto(opened.here + start);
        const asked = await heldBack(visitor, () => button(visitor, "Logga in").click({ noWaitAfter: true }));
        await visitor.look();
        assert.equal(await heading(visitor), title);
        assert.match(await mainText(visitor), /Sidan går vidare av sig själv\./);
        assert.equal(await link(visitor, onwards).getAttribute("href"), asked.url);
        const pressed = await heldBack(visitor, () => link(visitor, onwards).click({ noWaitAfter: true }));
        for (const { headers } of [asked, pressed]) {
          const [, referrer] = Object.entries(headers).find(([name]) => name.toLowerCase() === "referer") ?? [];
          assert.ok([undefined, `${opened.here}/`].includes(referrer), JSON.stringify(headers));
        }
        await visitor.press(link(visitor, onwards));
        assert.match(origin(visitor), ORIGINS);
        await visitor.leave();
      }
    });
  });
}

test("another language on the page between leads back to where one came from", async () => {
  const visitor = await opened.browser.visitor();
  visitor.expects(/ERR_ABORTED/);
  await visitor.goto(`${opened.here}/staff`);
  await heldBack(visitor, () => button(visitor, "Logga in").click({ noWaitAfter: true }));
  await visitor.look();
  await visitor.press(button(visitor, "English"));
  assert.equal(path(visitor), "/staff");
  await visitor.leave();
});
