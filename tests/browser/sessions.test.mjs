// Where somebody is logged in: two tabs, a reload, and sessions that are looked at and ended.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./harness.mjs";
import { button, heading, link, logIn, logInStaff, mainText, path } from "./steps.mjs";
import { world } from "./world.mjs";

const opened = world();

for (const javaScript of [true, false]) {
  const how = javaScript ? "with script" : "without script";

  test(`two tabs that both began a login both end at home, ${how}`, async () => {
    const anna = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
    await anna.goto(`${opened.here}/`);
    await anna.press(button(anna, "Logga in"));
    const other = await anna.context.newPage();
    await other.goto(`${opened.here}/`);
    await other.getByRole("button", { name: "Logga in", exact: true }).click();
    await other.getByRole("button", { name: "Anna Lindqvist", exact: true }).waitFor();

    await anna.press(button(anna, "Anna Lindqvist"));
    assert.equal(path(anna), "/home", "the first, after the second began");
    await other.getByRole("button", { name: "Anna Lindqvist", exact: true }).click();
    await other.waitForURL(/\/home$/);
    await other.goto(`${opened.here}/`);
    assert.equal(new URL(other.url()).pathname, "/home", "a further tab of somebody who is logged in");
    await other.close();
    await anna.goto(anna.page.url());
    assert.equal(path(anna), "/home", "loaded again");
    await anna.leave();
  });

  test(`everybody ends where else they are logged in, ${how}`, async () => {
    for (const [enter, name, list, home] of [
      [logIn, "Sara Berg", "/sessions", "/home"],
      [logInStaff, "David Nilsson", "/staff/sessions", "/staff/inbox"],
      [logInStaff, "Petra Sund", "/admin/sessions", "/admin/sources"],
    ]) {
      const lost = await opened.browser.visitor({ javaScript, looks: false });
      await enter(lost, opened.here, name);
      const visitor = await opened.browser.visitor({ javaScript, width: WIDTHS.phone });
      await enter(visitor, opened.here, name);
      await visitor.press(link(visitor, "Dina inloggningar"));
      assert.equal(path(visitor), list);
      assert.equal(await heading(visitor), "Dina inloggningar");
      await visitor.press(visitor.page.getByRole("button", { name: /^Avsluta inloggningen \d/ }));
      assert.match(await mainText(visitor), /ingen annanstans/);
      await lost.goto(`${opened.here}${home}`);
      assert.match(await mainText(lost), /logga in/i);
      await lost.leave();

      const again = await opened.browser.visitor({ javaScript, looks: false });
      await enter(again, opened.here, name);
      await visitor.goto(`${opened.here}${list}`);
      await visitor.press(button(visitor, "Avsluta alla andra"));
      await again.goto(`${opened.here}${home}`);
      assert.match(await mainText(again), /logga in/i);
      await again.leave();
      await visitor.goto(`${opened.here}${home}`);
      assert.equal(path(visitor), home, "this one lives on");
      await visitor.press(button(visitor, "Logga ut"));
      await visitor.leave();
    }
  });
}

test("an administrator finds no stopped job in a service that is well", async () => {
  const petra = await opened.browser.visitor({ width: WIDTHS.phone });
  await logInStaff(petra, opened.here, "Petra Sund");
  await petra.press(link(petra, "Jobb"));
  assert.equal(path(petra), "/admin/jobs");
  assert.match(await mainText(petra), /Inget jobb har stannat/);
  await petra.leave();
});
