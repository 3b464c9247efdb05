// The server is killed between the eID's answer and the receipt. What was acknowledged exists once; what was not exists at most once,
// and the person finds either the receipt or the unsigned draft with a way to sign again.

import assert from "node:assert/strict";
import { describe } from "node:test";
import {
  button, fillShortest, goToSign, heading, logIn, logInStaff, mainText, path, reference, sign, signAtProvider, way,
} from "./steps.mjs";
import { world } from "./world.mjs";

/** Where the server dies, who signs then, and whether the renewal was stored before. */
const DEATHS = [
  { fault: "attempt-used", name: "Anna Lindqvist", stored: false },
  { fault: "provider-answered", name: "Amir Rahimi", stored: false },
  { fault: "before-commit", name: "Marcus Lund", stored: false },
  { fault: "after-commit", name: "Karin Sandberg", stored: true },
];
const ACKNOWLEDGED = "Oksana Kovalenko";

describe("the server is killed while someone signs", () => {
  const step = way();
  const people = new Map();
  let receipt;

  const opened = world();

  step("all stand before their signature, and one has a receipt", async () => {
    for (const name of [...DEATHS.map((death) => death.name), ACKNOWLEDGED]) {
      const visitor = await opened.browser.visitor({ looks: false });
      people.set(name, visitor);
      await logIn(visitor, opened.here, name);
      await fillShortest(visitor);
    }
    receipt = await sign(people.get(ACKNOWLEDGED));
    await opened.service.kill();
  });

  for (const { fault, name } of DEATHS) {
    step(`it dies at ${fault}`, async () => {
      await opened.service.start({ fault });
      const visitor = people.get(name);
      await goToSign(visitor);
      const [signal] = await Promise.all([opened.service.ended(), button(visitor, "Skriv under").click({ noWaitAfter: true })]);
      assert.equal(signal, "SIGKILL");
    });
  }

  step("what was acknowledged is there", async () => {
    await opened.service.start();
    const visitor = people.get(ACKNOWLEDGED);
    await visitor.goto(`${opened.here}/renewal/receipt`);
    assert.equal(await reference(visitor), receipt);
  });

  for (const { fault, name, stored } of DEATHS) {
    step(`after ${fault} the person finds ${stored ? "the receipt" : "the draft, and signs again"}`, async () => {
      const visitor = people.get(name);
      await visitor.context.clearCookies();
      await logIn(visitor, opened.here, name);
      await visitor.goto(`${opened.here}/renewal/check`);
      if (!stored) {
        assert.equal(path(visitor), "/renewal/check");
        assert.match(await mainText(visitor), /Underskriften blev inte klar/);
        await visitor.press(button(visitor, "Skriv under igen"));
        await signAtProvider(visitor);
      }
      const given = await reference(visitor);
      assert.match(await heading(visitor), /är skickad$/);
      await visitor.goto(`${opened.here}/renewal/check`);
      assert.equal(await reference(visitor), given);
    });
  }

  step("each renewal stands in the inbox once", async () => {
    const maja = await opened.browser.visitor({ looks: false });
    await logInStaff(maja, opened.here, "Maja Holm");
    await maja.goto(`${opened.here}/staff/inbox?tab=all`);
    for (const name of people.keys()) assert.equal(await maja.page.getByRole("row", { name: new RegExp(name) }).count(), 1, name);
  });
});
