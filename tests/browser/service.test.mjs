// The service stands in its demo world, shows its first page to everyone, and comes back after being killed.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { WIDTHS, openBrowser } from "./harness.mjs";
import { startService } from "./service.mjs";

let browser;
let service;

before(async () => {
  service = await startService();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await service?.stop();
});

for (const municipality of ["exempelby", "grannby"]) {
  for (const [device, width] of Object.entries(WIDTHS)) {
    for (const javaScript of [true, false]) {
      test(`the start page of ${municipality} on a ${device} with scripts ${javaScript ? "on" : "off"}`, async () => {
        const visitor = await browser.visitor({ javaScript, width });
        const response = await visitor.goto(service.addresses[municipality]);
        assert.equal(response.status(), 200);
        await visitor.picture(`start-${municipality}-${device}-${javaScript ? "scripts" : "plain"}`);
        await visitor.leave();
      });
    }
  }
}

test("killed and started again, it stands at the same address", async () => {
  const before = service.addresses;
  await service.kill();
  await service.start();
  assert.deepEqual(service.addresses, before);

  const visitor = await browser.visitor();
  await visitor.goto(service.addresses.exempelby);
  await visitor.leave();
});
