// The islands by themselves, on pages that only this test has: `dev` writes them to target/trial-pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./harness.mjs";
import { field } from "./steps.mjs";

const target = (path) => fileURLToPath(new URL(`../../target/${path}`, import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'nonce-bm9uY2U' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'";
const TYPES = { css: "text/css", svg: "image/svg+xml", js: "text/javascript", wasm: "application/wasm" };

/** What the addresses that islands ask answer; a test sets it. */
const answers = { left: 0, longer: 0, pending: 2, revision: 3, over: false, silent: false, broken: false };
const asked = [];

const site = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://here");
  asked.push(`${request.method} ${pathname}`);
  if (pathname.startsWith("/asked/") && answers.silent) return undefined;
  if (pathname.startsWith("/asked/") && answers.broken) return response.writeHead(500).end();
  const json = (value) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  if (pathname === "/favicon.ico") return response.writeHead(204).end();
  if (pathname === "/asked/session" && answers.over) return response.writeHead(401).end();
  if (pathname === "/asked/session") return json({ left: request.method === "POST" ? answers.longer : answers.left });
  if (pathname === "/save" && !answers.over) return response.writeHead(303, { location: "/elsewhere?as=session" }).end();
  if (pathname === "/asked/pending") return json({ pending: answers.pending });
  if (pathname === "/asked/revision") return json({ revision: answers.revision });
  const built = JSON.parse(readFileSync(target("site/manifest.json"), "utf8"));
  const files = { "/style.css": `site/${built.css}`, "/icon.svg": `site/${built.icon}` };
  const file = files[pathname] ?? (pathname.startsWith("/assets/") ? `wasm-bindgen/${pathname.slice("/assets/".length)}` : undefined);
  const type = file ? TYPES[file.split(".").pop()] : "text/html; charset=utf-8";
  const over = pathname === "/save";
  const page = over ? "plain" : (searchParams.get("as") ?? pathname.slice(1));
  return response
    .writeHead(over ? 401 : 200, { "content-type": type, "content-security-policy": POLICY })
    .end(readFileSync(target(file ?? `trial-pages/${page}.html`)));
});

let browser;
let here;

before(async () => {
  await once(site.listen(0, "127.0.0.1"), "listening");
  here = `http://exempelby.localhost:${site.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  site.close();
});

const button = (visitor, name) => visitor.page.getByRole("button", { name, exact: true });
const text = (visitor, words) => visitor.page.getByText(words, { exact: true });

describe("islands in one another", () => {
  test("each wakes, keeps what the server wrote in it, and hears of the one that it lies in", async () => {
    const visitor = await browser.visitor();
    await visitor.goto(`${here}/nested`);
    await visitor.awake();
    await button(visitor, "Press a").click();
    await text(visitor, "a: 1 own, 0 heard").waitFor();
    await button(visitor, "Press one").click();
    await text(visitor, "one was pressed 1 times").waitFor();
    await text(visitor, "a: 1 own, 1 heard").waitFor();
    await text(visitor, "c: 0 own, 1 heard").waitFor();
    await text(visitor, "b: 0 own, 0 heard").waitFor();
    await button(visitor, "Press two").click();
    await text(visitor, "b: 0 own, 1 heard").waitFor();
    await button(visitor, "Press d").click();
    await visitor.page.getByText("d: 1 own").waitFor();
    await text(visitor, "Written by the server, in one").waitFor();
    await text(visitor, "Written by the server, in two").waitFor();
    await visitor.look();
    await visitor.leave();
  });

  test("without scripts all that they hold is there", async () => {
    const visitor = await browser.visitor({ javaScript: false });
    await visitor.goto(`${here}/nested`);
    for (const words of ["one was pressed 0 times", "Written by the server, in two", "b: 0 own, 0 heard", "d: 0 own, 0 heard"]) {
      assert.equal(await text(visitor, words).count(), 1, words);
    }
    await visitor.leave();
  });

  test("a page without an island loads no script", async () => {
    asked.length = 0;
    const visitor = await browser.visitor();
    await visitor.goto(`${here}/plain`);
    assert.equal(await visitor.page.locator("script").count(), 0);
    assert.ok(!asked.some((one) => /wasm|\.js/.test(one)), asked.join());
    await visitor.leave();
  });
});

describe("what is calculated in the browser", () => {
  test("every worked household comes to the same as on the server, to the last digit", async () => {
    const cases = JSON.parse(readFileSync(target("trial-pages/expected.json"), "utf8"));
    assert.ok(cases.filter(({ form }) => form.startsWith("lines-")).length >= 100);
    assert.ok(cases.filter(({ form }) => form.startsWith("item-")).length >= 100);
    const visitor = await browser.visitor({ looks: false });
    await visitor.goto(`${here}/calculating`);
    await visitor.awake();
    const wrong = await visitor.page.evaluate(async (cases) => {
      const found = [];
      for (const { form: id, typed, shown } of cases) {
        const form = document.getElementById(id);
        for (const [name, text] of Object.entries(typed)) form.elements[name].value = text;
        form.elements[Object.keys(typed)[0]].dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve));
        const amount = form.querySelector("bdi");
        const said = amount.parentElement.hidden ? "nothing" : amount.textContent;
        if (said !== shown) found.push(`${id} ${JSON.stringify(typed)}: ${said}, not ${shown}`);
        form.reset();
      }
      return found;
    }, cases);
    assert.deepEqual(wrong, []);
    await visitor.leave();
  });
});

describe("a session that ends", () => {
  test("it is said beforehand, and one press makes it longer, as often as it is pressed", async () => {
    Object.assign(answers, { left: 120, longer: 121 });
    const visitor = await browser.visitor();
    await visitor.page.clock.install();
    await visitor.goto(`${here}/session`);
    await visitor.awake();
    for (let press = 0; press < 10; press += 1) {
      await visitor.page.clock.fastForward(16_000);
      await button(visitor, "Fortsätt vara inloggad").waitFor();
      await field(visitor, "Note").focus();
      await button(visitor, "Fortsätt vara inloggad").click();
      await text(visitor, "Du är fortfarande inloggad.").waitFor();
      assert.ok(await field(visitor, "Note").evaluate((note) => note === document.activeElement), "where the person was");
    }
    await visitor.look();
    await visitor.leave();
  });

  test("it is said by the page's own clock where the server does not answer", async () => {
    Object.assign(answers, { left: 120, silent: true });
    const visitor = await browser.visitor({ looks: false });
    await visitor.page.clock.install();
    await visitor.goto(`${here}/session`);
    await visitor.awake();
    const asks = visitor.page.waitForRequest(/asked/);
    await visitor.page.clock.fastForward(16_000);
    await asks;
    await visitor.page.clock.fastForward(11_000);
    await button(visitor, "Fortsätt vara inloggad").waitFor();
    answers.silent = false;
    await visitor.leave();
  });

  test("where nothing makes it longer, that is said instead", async () => {
    Object.assign(answers, { left: 100, longer: 100 });
    const visitor = await browser.visitor();
    await visitor.goto(`${here}/session`);
    await button(visitor, "Fortsätt vara inloggad").click();
    await visitor.page.getByText("så länge som det går").waitFor();
    await button(visitor, "Fortsätt vara inloggad").waitFor({ state: "hidden" });
    await visitor.look();
    await visitor.leave();
  });

  test("one that was ended elsewhere is over at the press, and what was typed before is kept", async () => {
    Object.assign(answers, { left: 100, over: false });
    const visitor = await browser.visitor();
    visitor.expects(/asked\/session|401/);
    await visitor.goto(`${here}/form?as=session`);
    await button(visitor, "Fortsätt vara inloggad").waitFor();
    await field(visitor, "Note").fill("Written in time");
    answers.over = true;
    await button(visitor, "Fortsätt vara inloggad").click();
    await text(visitor, "Till inloggningen").waitFor();
    await visitor.look();
    Object.assign(answers, { left: 600, over: false });
    await visitor.goto(`${here}/form?as=session`);
    await visitor.page.getByText("står i fälten igen").first().waitFor();
    assert.equal(await field(visitor, "Note").inputValue(), "Written in time");
    await visitor.leave();
  });

  test("what was typed is given back to the same person at the same page, once", async () => {
    answers.left = 0;
    const visitor = await browser.visitor();
    await visitor.goto(`${here}/form?as=session-over`);
    await text(visitor, "Till inloggningen").waitFor();
    await field(visitor, "Note").fill("Written too late");
    await field(visitor, "Agree").check();
    await field(visitor, "Kind").selectOption("gift");
    await visitor.look();
    await visitor.goto(`${here}/elsewhere?as=session`);
    assert.equal(await field(visitor, "Note").inputValue(), "");
    answers.left = 600;
    await visitor.goto(`${here}/form?as=session`);
    await visitor.page.getByText("står i fälten igen").first().waitFor();
    assert.equal(await field(visitor, "Note").inputValue(), "Written too late");
    assert.ok(await field(visitor, "Agree").isChecked());
    assert.equal(await field(visitor, "Kind").inputValue(), "gift");
    await visitor.look();
    assert.equal(await visitor.page.evaluate(() => sessionStorage.length), 0);
    await visitor.leave();
  });

  test("what was sent into a session that had been ended elsewhere is given back in the next one", async () => {
    Object.assign(answers, { left: 600, over: true });
    const visitor = await browser.visitor({ looks: false });
    visitor.expects(/save|401/);
    await visitor.goto(`${here}/form?as=session`);
    await visitor.awake();
    await field(visitor, "Note").fill("Sent too late");
    await button(visitor, "Save").click();
    await visitor.page.waitForURL(/save/);
    answers.over = false;
    await visitor.goto(`${here}/form?as=session-anew`);
    await visitor.page.getByText("står i fälten igen").first().waitFor();
    assert.equal(await field(visitor, "Note").inputValue(), "Sent too late");
    await visitor.leave();
  });

  test("what was sent and answered is not given back", async () => {
    Object.assign(answers, { left: 600, over: false });
    const visitor = await browser.visitor({ looks: false });
    await visitor.goto(`${here}/form?as=session`);
    await visitor.awake();
    await field(visitor, "Note").fill("Sent in time");
    await button(visitor, "Save").click();
    await visitor.page.waitForURL(/elsewhere/);
    await visitor.page.waitForFunction(() => sessionStorage.length === 0);
    await visitor.goto(`${here}/form?as=session-anew`);
    await visitor.awake();
    assert.equal(await field(visitor, "Note").inputValue(), "");
    await visitor.leave();
  });

  test("what was typed is given to nobody else", async () => {
    answers.left = 0;
    const visitor = await browser.visitor();
    await visitor.goto(`${here}/form?as=session-over`);
    await text(visitor, "Till inloggningen").waitFor();
    await field(visitor, "Note").fill("Mine");
    await visitor.goto(`${here}/form?as=session-other`);
    await visitor.page.waitForFunction(() => sessionStorage.length === 0);
    assert.equal(await field(visitor, "Note").inputValue(), "");
    await visitor.leave();
  });
});

test("that a colleague has saved is said without touching what is typed", async () => {
  answers.revision = 3;
  const visitor = await browser.visitor();
  visitor.expects(/500/);
  await visitor.page.clock.install();
  await visitor.goto(`${here}/watched`);
  await visitor.awake();
  await field(visitor, "Note").fill("Under way");
  for (const broken of [true, false]) {
    answers.broken = broken;
    const answered = visitor.page.waitForResponse(/revision/);
    await visitor.page.clock.fastForward(21_000);
    await answered;
    assert.equal(await visitor.page.getByText("En kollega har sparat").count(), 0);
  }
  answers.revision = 4;
  await visitor.page.clock.fastForward(21_000);
  await visitor.page.getByText("En kollega har sparat").waitFor();
  assert.equal(await field(visitor, "Note").inputValue(), "Under way");
  await visitor.look();
  await visitor.leave();
});

test("answers that arrive are told of, however often the question was not answered", async () => {
  Object.assign(answers, { pending: 2, broken: true });
  const visitor = await browser.visitor({ looks: false });
  visitor.expects(/500/);
  await visitor.page.clock.install();
  await visitor.goto(`${here}/arriving`);
  await visitor.awake();
  for (const broken of [true, false]) {
    answers.broken = broken;
    const answered = visitor.page.waitForResponse(/pending/);
    await visitor.page.clock.fastForward(2_100);
    await answered;
    await text(visitor, "Waiting").waitFor();
  }
  answers.pending = 1;
  const again = visitor.page.waitForRequest(/arriving/);
  await visitor.page.clock.fastForward(2_100);
  await again;
  await visitor.leave();
});
