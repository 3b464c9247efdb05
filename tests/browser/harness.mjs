// A person at a browser, who looks at every page they meet and complains of whatever is wrong with it.
//
//   const browser = await openBrowser();
//   const visitor = await browser.visitor({ javaScript: false, width: 360 });
//   await visitor.goto("http://exempelby.localhost:8080/");
//   await visitor.press(visitor.page.getByRole("link", { name: "Logga in" }));
//   await visitor.leave(); // fails if there was anything to complain of
//   await browser.close();

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PICTURES = fileURLToPath(new URL("../pictures/", import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** Milliseconds to wait for what a person would see at once, on a busy machine. */
const PATIENCE = 30_000;
/** With FORNYA_PICTURES set, every page that is looked at is kept as a picture at each width. */
const ALL_PICTURES = Boolean(process.env.FORNYA_PICTURES);
let pictured = 0;

/** The widths that every screen is looked at. */
export const WIDTHS = { phone: 360, desk: 1280 };

/** Opens Debian's Chromium with a new, empty profile. */
export async function openBrowser() {
  const sandbox = process.getuid() === 0 ? ["--no-sandbox"] : [];
  const chrome = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...sandbox] });
  return {
    visitor: (options) => Visitor.arrive(chrome, options),
    close: () => chrome.close(),
  };
}

/** One person with cookies of their own. */
class Visitor {
  complaints = [];
  #expected = [];
  #unlooked = null;
  #leadsOn = false;
  #isPassing = false;
  #lastAddress = "";

  /** With `looks: false` nothing is looked at: for a way that another test walks with open eyes. */
  static async arrive(chrome, { javaScript = true, width = WIDTHS.desk, locale = "sv-SE", looks = true } = {}) {
    const context = await chrome.newContext({
      javaScriptEnabled: javaScript,
      viewport: { width, height: 800 },
      locale,
      timezoneId: "Europe/Stockholm",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    await page.addInitScript(tellOfIslands);
    const visitor = new Visitor(context, page, { javaScript, looks }, await context.newCDPSession(page));
    page.on("response", (response) => visitor.#notePassing(response));
    page.on("framenavigated", (frame) => frame === page.mainFrame() && visitor.#noteArrival());
    if (looks) await visitor.#listen();
    return visitor;
  }

  constructor(context, page, { javaScript, looks }, devtools) {
    this.context = context;
    this.page = page;
    this.javaScript = javaScript;
    this.looks = looks;
    this.devtools = devtools;
  }

  /** From here on a complaint that matches is no fault: a test of a refused page expects its 403. */
  expects(pattern) {
    this.#expected.push(pattern);
  }

  /** Goes to an address and looks at the page. */
  async goto(address) {
    const response = await this.page.goto(address);
    await this.look();
    return response;
  }

  /** Waits until the islands of the page have woken. */
  async awake() {
    await this.page.waitForFunction(() => globalThis.islandsAreRead);
  }

  /** Presses a link or button that leads to another page, waits for that page and looks at it. Pages that lead on by themselves are passed. */
  async press(locator) {
    const arrived = this.page.waitForEvent("load");
    try {
      await Promise.all([arrived, locator.click()]);
      while (this.#isPassing) await this.page.waitForEvent("load");
      await this.page.waitForLoadState();
    } catch (error) {
      throw new Error(["no new page came", ...this.complaints].join("\n"), { cause: error });
    }
    await this.look();
  }

  /** Looks at the page as it stands: accessible by axe, nothing wider than the screen. Call it again after a change without a new page. */
  async look() {
    if (!this.looks) return;
    this.#unlooked = null;
    try {
      await this.#lookOnce();
    } catch (error) {
      // An island loaded the page again in the middle of it.
      if (!/Execution context was destroyed|axe is (undefined|not defined)/.test(error.message)) throw error;
      await this.page.waitForLoadState();
      await this.look();
    }
  }

  async #lookOnce() {
    for (const finding of await this.#axe()) this.#complain(finding);
    const title = await this.page.title();
    if (title.includes("<")) this.#complain(`markup in the title: ${title}`);
    const { wide, screen } = await this.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      screen: document.documentElement.clientWidth,
    }));
    if (wide > screen) this.#complain(`sideways scroll: ${wide} px on a screen of ${screen}`);
    if (ALL_PICTURES) await this.#pictureAtEachWidth();
  }

  /** Takes a picture of the whole page into tests/pictures. */
  async picture(name) {
    mkdirSync(PICTURES, { recursive: true });
    // With the caret as it is: hiding it would leave marks in the page, which others compare.
    await this.page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true, caret: "initial" });
  }

  async #pictureAtEachWidth() {
    const { width, height } = this.page.viewportSize();
    const screen = pathOf(this.page.url()).replaceAll(/[0-9a-f-]{36}/g, "id").replaceAll("/", "-");
    const number = String(++pictured).padStart(3, "0");
    for (const [name, width] of Object.entries(WIDTHS)) {
      await this.page.setViewportSize({ width, height });
      await this.picture(`${name}/${process.pid}-${number}${screen}`);
    }
    await this.page.setViewportSize({ width, height });
  }

  /** Closes the browser context; fails if there was anything to complain of. */
  async leave() {
    if (this.#unlooked !== null) this.#complain(`never looked at: ${this.#unlooked}`);
    await this.context.close();
    assert.deepEqual(this.complaints, []);
  }

  #complain(what) {
    const complaint = `${new URL(this.page.url()).pathname}: ${what}`;
    if (!this.#expected.some((pattern) => pattern.test(complaint))) this.complaints.push(complaint);
  }

  async #listen() {
    const { page, devtools } = this;
    page.on("console", (message) => message.type() === "error" && this.#complain(`console: ${message.text()}`));
    page.on("pageerror", (error) => this.#complain(`script: ${error.message}`));
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      // A navigation that the next one overtook, or an answer without a page, is no failure.
      if (why === "net::ERR_ABORTED") return;
      // With scripts off the browser itself refuses to fetch one beforehand, by this word.
      if (!this.javaScript && request.resourceType() === "script" && why === "csp") return;
      this.#complain(`request failed: ${request.method()} ${pathOf(request.url())}: ${why}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) this.#complain(`status ${response.status()}: ${pathOf(response.url())}`);
    });
    page.on("framenavigated", (frame) => frame === page.mainFrame() && this.#arrivedAt(frame.url()));
    devtools.on("Audits.issueAdded", ({ issue }) => {
      const csp = issue.details.contentSecurityPolicyIssueDetails;
      if (csp) this.#complain(`CSP: ${csp.violatedDirective} ${csp.blockedURL ?? csp.contentSecurityPolicyViolationType}`);
    });
    // The browser's own audits see a violation with scripts off too, where no event reaches the page.
    await devtools.send("Audits.enable");
  }

  /** Whether the page that comes leads on at once by itself: a browser tells of the answer before it shows the page. */
  #notePassing(response) {
    const request = response.request();
    if (request.isNavigationRequest() && request.frame() === this.page.mainFrame()) {
      this.#leadsOn = /^0;/.test(response.headers().refresh ?? "");
    }
  }

  /** The page that stands there now leads on or not: the answer of the next may have come while it still stands. */
  #noteArrival() {
    this.#isPassing = this.#leadsOn;
  }

  #arrivedAt(address) {
    const before = this.#lastAddress.split("#")[0];
    const samePage = address.includes("#") && address.split("#")[0] === before;
    this.#lastAddress = address;
    if (samePage || this.#leadsOn || address === "about:blank") return;
    // A page that loads itself again is the same page.
    if (this.#unlooked !== null && this.#unlooked !== pathOf(address)) this.#complain(`never looked at: ${this.#unlooked}`);
    this.#unlooked = pathOf(address);
  }

  async #axe() {
    await this.page.evaluate(AXE);
    const violations = await this.page.evaluate(async (timersRun) => {
      // With scripts off timers stand still, and axe waits for them between its steps; promises go on.
      if (!timersRun) globalThis.setTimeout = (step) => void Promise.resolve().then(step);
      const rules = { "target-size": { enabled: true } };
      const result = await globalThis.axe.run(document, { rules, resultTypes: ["violations", "incomplete"], preload: timersRun });
      // Words in the very colour of what they stand on axe leaves to people to judge.
      const isUnseen = ({ any }) => any.some(({ data }) => data?.messageKey === "equalRatio");
      const contrast = result.incomplete.filter(({ id }) => id === "color-contrast");
      const unseen = contrast.map((rule) => ({ ...rule, nodes: rule.nodes.filter(isUnseen) }));
      return [...result.violations, ...unseen];
    }, this.javaScript);
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `axe: ${id}: ${help}: ${node.target.join(" ")}`));
  }
}

/** In the page: islands wake in the same turn in which their code has been read, and nothing else tells when that was. */
function tellOfIslands() {
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...given) => {
    const read = await instantiate(...given);
    globalThis.islandsAreRead = true;
    return read;
  };
}

const pathOf = (address) => new URL(address).pathname;
