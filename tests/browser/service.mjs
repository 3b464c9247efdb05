// The service and its demo world as a process of its own, on a free port and an empty folder.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SERVER = process.env.FORNYA_SERVER ?? fileURLToPath(new URL("../../target/debug/server", import.meta.url));
const KEPT_LINES = 40;

/**
 * Starts the demo and waits until it says that it is ready.
 *
 * The service, asked for JSON, writes one line to standard output when it can be visited: `{"ready": true, "addresses": {…}}`.
 * Its log goes to standard error.
 */
export async function startService({ args = [] } = {}) {
  const folder = mkdtempSync("/tmp/fornya-browser-");
  chmodSync(folder, 0o711); // the account that runs Postgres must get through
  const service = new Service(folder, args);
  try {
    await service.start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return service;
}

class Service {
  #process;
  #log = [];
  #listen = "127.0.0.1:0";

  constructor(folder, args) {
    this.folder = folder;
    this.args = args;
  }

  /**
   * Starts it, or starts it again after its end, at the same address and with the same data.
   *
   * With `fault` it kills itself at that point, as server/src/fault.rs says.
   */
  async start({ fault } = {}) {
    const args = ["demo", "--data", this.folder, "--listen", this.#listen, "--throwaway", "--json", ...this.args];
    // A database of its own, whatever the tests of the server use.
    const { DATABASE_URL: _, ...env } = process.env;
    if (fault) env.FORNYA_FAULT = fault;
    // Should these tests be killed, the service goes with them.
    this.#process = spawn("setpriv", ["--pdeathsig", "TERM", "--", SERVER, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    createInterface({ input: this.#process.stderr }).on("line", (line) => {
      this.#log.push(line);
      if (this.#log.length > KEPT_LINES) this.#log.shift();
    });
    const ready = await this.#readyLine();
    this.addresses = ready.addresses;
    this.#listen = ready.listen;
  }

  /** Stops it as an operator does, and throws its folder away. */
  async stop() {
    await this.#end("SIGTERM");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends it without warning; its data stay. */
  kill() {
    return this.#end("SIGKILL");
  }

  /** Waits until it has ended by itself. Resolves to the signal that ended it. */
  async ended() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, "exit");
    return this.#process.signalCode;
  }

  /** The last lines of its log. */
  get log() {
    return this.#log.join("\n");
  }

  async #readyLine() {
    for await (const line of createInterface({ input: this.#process.stdout })) {
      const said = JSON.parse(line);
      if (said.ready === true) return said;
    }
    throw new Error(`the service ended before it was ready:\n${this.log}`);
  }

  async #end(signal) {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill(signal);
    await ended;
  }
}
