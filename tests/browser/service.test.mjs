// The service stands in its demo world, shows its first page to everyone, and comes back after being killed.

import { test } from "node:test";
import assert from "node:assert/strict";
import { WIDTHS } from "./harness.mjs";
import { world } from "./world.mjs";

const opened = world();

for (const municipality of ["exempelby", "grannby"]) {
  for (const [device, width] of Object.entries(WIDTHS)) {
    for (const javaScript of [true, false]) {
      test(`the start page of ${municipality} on a ${device} with scripts ${javaScript ? "on" : "off"}`, async () => {
        const visitor = await opened.browser.visitor({ javaScript, width });
        const response = await visitor.goto(opened.service.addresses[municipality]);
        assert.equal(response.status(), 200);
        await visitor.picture(`start-${municipality}-${device}-${javaScript ? "scripts" : "plain"}`);
        await visitor.leave();
      });
    }
  }
}

test("killed and started again, it stands at the same address", async () => {
  const before = opened.service.addresses;
  await opened.service.kill();
  await opened.service.start();
  assert.deepEqual(opened.service.addresses, before);

  const visitor = await opened.browser.visitor();
  await visitor.goto(opened.service.addresses.exempelby);
  await visitor.leave();
});
