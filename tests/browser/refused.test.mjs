// What the service refuses, and how it tells: kindly, without a word that reveals anything, and with nothing lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import {
  PARTS, beginByParts, button, field, fillShortest, goToSign, heading, link, logIn, logInStaff, mainText, meetErrors, open, path, reference,
  signAtProvider,
} from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

/** A visitor who is to be answered with this status somewhere. */
async function whoMeets(status, options) {
  const visitor = await opened.browser.visitor(options);
  visitor.expects(new RegExp(`status ${status}:|status of ${status} `));
  return visitor;
}

/** Holds the browser back from the callback that `act` leads to. Resolves to the callback's address. */
async function heldBack({ devtools }, act) {
  const paused = new Promise((resolve) => devtools.once("Fetch.requestPaused", resolve));
  await devtools.send("Fetch.enable", { patterns: [{ urlPattern: "*/login/callback?*" }] });
  await act();
  const { requestId, request } = await paused;
  await devtools.send("Fetch.failRequest", { requestId, errorReason: "Aborted" });
  await devtools.send("Fetch.disable");
  return request.url;
}

test("whoever may not use it lands on the same page, which says the same to all", async () => {
  const people = ["Emma Dahl", "Skyddad Person", "Peter Gustafsson"];
  const pages = [];
  for (const name of people) {
    const visitor = await whoMeets(401, { width: WIDTHS.phone, looks: name === people[0] });
    await logIn(visitor, opened.here, name);
    assert.equal(path(visitor), "/not-available");
    pages.push(await visitor.page.content());
    await visitor.goto(`${opened.here}/home`);
    assert.doesNotMatch(await mainText(visitor), /Hej/, "nobody is logged in");
    await visitor.leave();
  }
  assert.match(pages[0], /Du kan inte använda tjänsten just nu/);
  assert.deepEqual(pages.slice(1), Array(people.length - 1).fill(pages[0]));
});

test("whose case is closed reads what they had, and can begin nothing", async () => {
  const oskar = await opened.browser.visitor({ width: WIDTHS.phone, javaScript: false });
  await logIn(oskar, opened.here, "Oskar Persson");
  assert.equal(await heading(oskar), "Ditt tidigare bistånd");
  assert.match(await mainText(oskar), /Ärende EKB-2024-0415 avslutades 31\smars\s2026\./);
  await oskar.press(link(oskar, "Beslut"));
  await oskar.press(oskar.page.getByRole("link", { name: /^Ansökan för/ }).first());
  assert.match(path(oskar), /^\/decisions\//);
  await oskar.goto(`${opened.here}/home`);
  await oskar.press(link(oskar, "Utbetalningar"));
  await oskar.goto(`${opened.here}/messages`);
  assert.equal(await oskar.page.getByRole("textbox").count(), 0);
  await oskar.goto(`${opened.here}/renewal`);
  assert.equal(path(oskar), "/home");
  await oskar.leave();
});

test("an eID of a low level of assurance does not do", async () => {
  const anna = await whoMeets(403);
  await anna.goto(`${opened.here}/`);
  await anna.press(button(anna, "Logga in"));
  await anna.page.getByLabel(/Nivå 2/).check();
  await anna.press(button(anna, "Anna Lindqvist"));
  assert.equal(await heading(anna), "Den här e-legitimationen räcker inte");
  await anna.leave();
});

test("a cancelled login changes nothing and can be done again", async () => {
  const anna = await opened.browser.visitor();
  await anna.goto(`${opened.here}/`);
  await anna.press(button(anna, "Logga in"));
  await anna.press(button(anna, "Avbryt"));
  assert.equal(await heading(anna), "Du avbröt");
  await anna.press(link(anna, "Till startsidan"));
  await anna.press(button(anna, "Logga in"));
  await anna.press(button(anna, "Anna Lindqvist"));
  assert.equal(path(anna), "/home");
  await anna.leave();
});

test("a cancelled signature leaves the draft, with a way to sign again", async () => {
  const amir = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(amir, opened.here, "Amir Rahimi");
  await fillShortest(amir);
  await goToSign(amir);
  await amir.press(button(amir, "Avbryt"));
  assert.equal(path(amir), "/renewal/check");
  assert.match(await mainText(amir), /Underskriften blev inte klar[^]*Inget har skickats\. Allt du har skrivit finns kvar\./);
  await amir.press(button(amir, "Skriv under igen"));
  await signAtProvider(amir);
  await reference(amir);
  await amir.leave();
});

test("a callback that nobody asked for logs nobody in", async () => {
  const nobody = await whoMeets(400);
  for (const query of ["", "?state=unknown&code=unknown", "?code=unknown", "?error=access_denied", "?state=%00&code=x"]) {
    await nobody.goto(`${opened.here}/login/callback${query}`);
    assert.equal(await heading(nobody), "Vi kunde inte lita på svaret", query);
  }
  await nobody.leave();
});

test("a callback without its code, or with another issuer, is refused", async () => {
  for (const broken of [(url) => url.searchParams.delete("code"), (url) => url.searchParams.set("iss", "http://elsewhere.example")]) {
    const anna = await whoMeets(400);
    await anna.goto(`${opened.here}/`);
    await anna.press(button(anna, "Logga in"));
    const url = new URL(await heldBack(anna, () => button(anna, "Anna Lindqvist").click({ noWaitAfter: true })));
    broken(url);
    await anna.goto(url.href);
    assert.equal(await heading(anna), "Vi kunde inte lita på svaret");
    await anna.leave();
  }
});

test("a callback works in the browser that asked, and there once", async () => {
  const anna = await whoMeets(400);
  await anna.goto(`${opened.here}/`);
  await anna.press(button(anna, "Logga in"));
  const url = await heldBack(anna, () => button(anna, "Anna Lindqvist").click({ noWaitAfter: true }));

  const thief = await whoMeets(400);
  await thief.goto(url);
  assert.equal(await heading(thief), "Vi kunde inte lita på svaret");
  await thief.goto(`${opened.here}/`);
  await thief.press(button(thief, "Logga in"));
  await thief.goto(url);
  assert.equal(await heading(thief), "Vi kunde inte lita på svaret", "with an attempt of one's own begun too");
  await thief.leave();

  await anna.goto(url);
  assert.equal(path(anna), "/home");
  await anna.press(button(anna, "Logga ut"));
  await anna.goto(url);
  assert.doesNotMatch(await mainText(anna), /Hej/);
  await anna.leave();
});

test("a text that is too long is kept and told of", async () => {
  const johan = await opened.browser.visitor({ width: WIDTHS.phone });
  await logIn(johan, opened.here, "Karin Sandberg");
  await beginByParts(johan);
  await open(johan, PARTS.message);
  await field(johan, "Meddelande").fill("å".repeat(4_321));
  await meetErrors(johan, "Fortsätt", { message: "Korta texten till högst 4000 tecken. Nu är den 4321." });
  await johan.goto(`${opened.here}/home`);
  await johan.goto(`${opened.here}/renewal/message`);
  assert.equal((await field(johan, "Meddelande").inputValue()).length, 4_321, "also after having been away");
  await johan.leave();
});

test("a message to the caseworker without a subject is told of, and what was written is kept", async () => {
  const mehmet = await whoMeets(422);
  await logIn(mehmet, opened.here, "Mehmet Yilmaz");
  await mehmet.press(link(mehmet, "Skicka meddelande"));
  await field(mehmet, "Ditt meddelande").fill("Kan vi ses?");
  await meetErrors(mehmet, "Skicka meddelandet", { subject: "Välj vad det gäller." });
  await field(mehmet, "Boka ett möte").check();
  await mehmet.press(button(mehmet, "Skicka meddelandet"));
  assert.match(await mainText(mehmet), /Tidigare meddelanden[^]*Boka ett möte[^]*Kan vi ses\?/);
  await mehmet.leave();

  const david = await opened.browser.visitor();
  await logInStaff(david, opened.here, "David Nilsson");
  await david.goto(`${opened.here}/staff/notices`);
  await david.press(david.page.getByRole("link", { name: /Meddelande från Mehmet Yilmaz/ }).first());
  assert.match(await mainText(david), /Kan vi ses\?/);
  await david.leave();
});

test("a page that is not there shows a number that the log has", async () => {
  const visitor = await whoMeets(404);
  await visitor.goto(`${opened.here}/no/such/page`);
  assert.equal(await heading(visitor), "Sidan finns inte");
  const [, id] = (await mainText(visitor)).match(/Felets nummer:\s+(\S+)/);
  assert.ok(opened.service.log.includes(id), opened.service.log);
  await visitor.leave();
});

test("roles do not mix", async () => {
  const ways = [
    ["citizen", (visitor) => logIn(visitor, opened.here, "Oksana Kovalenko"), ["/staff/inbox", "/staff/notices", "/admin/sources"]],
    ["caseworker", (visitor) => logInStaff(visitor, opened.here, "Maja Holm"), ["/home", "/renewal/check", "/admin/sources"]],
    ["administrator", (visitor) => logInStaff(visitor, opened.here, "Petra Sund"), ["/home", "/staff/inbox", "/staff/notices"]],
  ];
  for (const [role, enter, closed] of ways) {
    const visitor = await whoMeets("40[134]", { looks: role === "citizen" });
    await enter(visitor);
    for (const address of closed) {
      const response = await visitor.goto(opened.here + address);
      assert.ok([401, 403, 404].includes(response.status()), `${role} at ${address}: ${response.status()}`);
    }
    await visitor.leave();
  }
});

test("a login opens nothing in the other municipality", async () => {
  const elin = await whoMeets(401);
  await logInStaff(elin, opened.here, "Maja Holm");
  const response = await elin.goto(`${opened.service.addresses.grannby}/staff/inbox`);
  assert.equal(response.status(), 401);
  await elin.leave();
});
