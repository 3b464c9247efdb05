// The instrument itself: a page without fault passes, and each kind of fault is seen, with scripts on and off.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { WIDTHS, openBrowser } from "./harness.mjs";

const page = (body) => `<!doctype html><html lang="sv"><head><title>Prov</title></head><body><main><h1>Prov</h1>${body}</main></body></html>`;

const PAGES = {
  "/sound": page('<p>Allt är väl.</p><p><a href="/other">Nästa sida</a></p><p><a href="#end">Till slutet</a></p><p id="end">Slut.</p>'),
  "/other": page("<p>En sida till.</p>"),
  "/unnamed-field": page('<form><input name="amount"></form>'),
  "/low-contrast": page('<link rel="stylesheet" href="/pale.css"><p class="pale">Syns knappt.</p>'),
  "/inline-style": page('<p style="color: red">Ostil.</p>'),
  "/foreign-form": page('<form method="post" action="http://elsewhere.localhost:9/"><button>Skicka</button></form>'),
  "/scripts": page('<noscript><p>Utan skript.</p></noscript><p id="ran"></p><script src="/runs.js"></script>'),
  "/broken-script": page('<script src="/broken.js"></script>'),
  "/missing-picture": page('<img src="/none.png" alt="Ingenting">'),
  "/wide": page('<link rel="stylesheet" href="/wide.css"><p class="wide">Bred.</p>'),
};
const FILES = {
  "/pale.css": ["text/css", ".pale { color: #bbb }"],
  "/wide.css": ["text/css", ".wide { inline-size: 2000px }"],
  "/favicon.ico": ["image/x-icon", ""],
  "/runs.js": ["text/javascript", "document.getElementById('ran').textContent = 'Med skript.'"],
  "/broken.js": ["text/javascript", "throw new Error('broken on purpose')"],
};
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'";

const site = createServer((request, response) => {
  const [type, body] = FILES[request.url] ?? ["text/html; charset=utf-8", PAGES[request.url]];
  if (body === undefined) return response.writeHead(404).end();
  return response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
});

let browser;
let here;
let elsewhere;

before(async () => {
  await once(site.listen(0, "127.0.0.1"), "listening");
  here = `http://exempelby.localhost:${site.address().port}`;
  elsewhere = `http://127.0.0.1:${site.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  site.close();
});

async function complaintsAbout(path, visit, options) {
  const visitor = await browser.visitor(options);
  await visitor.goto(here + path);
  await visit(visitor);
  await visitor.leave().catch(() => {});
  return visitor.complaints;
}

const nothingMore = async () => {};
const pressTheRefusedButton = async (visitor) => {
  // The browser may have other issues to tell of first.
  const refused = new Promise((resolve) => {
    visitor.devtools.on("Audits.issueAdded", ({ issue }) => issue.details.contentSecurityPolicyIssueDetails && resolve());
  });
  await visitor.page.getByRole("button").click({ noWaitAfter: true });
  await refused;
};

for (const javaScript of [true, false]) {
  describe(`with scripts ${javaScript ? "on" : "off"}`, () => {
    test("a page without fault passes", async () => {
      const visitor = await browser.visitor({ javaScript });
      await visitor.goto(`${here}/sound`);
      await visitor.page.getByRole("link", { name: "Till slutet" }).click();
      await visitor.press(visitor.page.getByRole("link", { name: "Nästa sida" }));
      await visitor.leave();
    });

    test("scripts run or do not, on every page", async () => {
      const visitor = await browser.visitor({ javaScript });
      for (const origin of [here, elsewhere]) {
        await visitor.goto(`${origin}/scripts`);
        assert.equal(await visitor.page.getByText("Med skript.").count(), javaScript ? 1 : 0);
        assert.equal(await visitor.page.locator("noscript p").isVisible(), !javaScript);
      }
      await visitor.leave();
    });

    const faults = [
      ["a field without a name", "/unnamed-field", nothingMore, /^\/unnamed-field: axe: label: .*input$/],
      ["text too pale to read", "/low-contrast", nothingMore, /axe: color-contrast/],
      ["a style that the policy forbids", "/inline-style", nothingMore, /CSP: style-src-attr/],
      ["a form that leads where the policy forbids", "/foreign-form", pressTheRefusedButton, /CSP: form-action/],
      ["a picture that is not there", "/missing-picture", nothingMore, /status 404: \/none\.png/],
    ];
    for (const [fault, path, visit, expected] of faults) {
      test(`${fault} is seen`, async () => {
        const complaints = await complaintsAbout(path, visit, { javaScript });
        assert.ok(complaints.some((complaint) => expected.test(complaint)), complaints.join("\n"));
      });
    }

    test("a page wider than a phone is seen", async () => {
      const complaints = await complaintsAbout("/wide", nothingMore, { javaScript, width: WIDTHS.phone });
      assert.deepEqual(complaints, ["/wide: sideways scroll: 2008 px on a screen of 360"]);
    });
  });
}

test("a script that breaks is seen", async () => {
  const complaints = await complaintsAbout("/broken-script", nothingMore);
  assert.deepEqual(complaints, ["/broken-script: script: broken on purpose"]);
});

test("a page that nobody looked at is seen", async () => {
  const visitor = await browser.visitor();
  await visitor.goto(`${here}/sound`);
  await visitor.page.goto(`${here}/other`);
  await assert.rejects(visitor.leave(), /never looked at: \/other/);
});

test("an expected complaint is none", async () => {
  const visitor = await browser.visitor();
  visitor.expects(/404/);
  await visitor.goto(`${here}/missing-picture`);
  await visitor.leave();
});
