// The world that a file of journeys is walked in: one service and one browser.

import { after, before } from "node:test";
import { openBrowser } from "./harness.mjs";
import { startService } from "./service.mjs";

/**
 * Opens the world before the tests of this file or suite, and closes it after them.
 *
 * It is empty until then: read `service`, `browser` and `here`, the address of Exempelby, inside the tests.
 */
export function world(options) {
  const opened = {};
  before(async () => {
    [opened.service, opened.browser] = await Promise.all([startService(options), openBrowser()]);
    opened.here = opened.service.addresses.exempelby;
  });
  after(async () => {
    await opened.browser?.close();
    await opened.service?.stop();
  });
  return opened;
}
