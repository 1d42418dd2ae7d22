// From the mirror to the store: the size that fits is the one that the stores are asked about, and is reserved to be tried on there.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { face, ownTracker, pose } from "./support/body.mjs";
import { assertClean, launch } from "./support/browser.mjs";
import { openMirror, said, seated } from "./support/mirror-page.mjs";
import { otherShopper, startStores } from "./support/stores.mjs";

let service;
let browser;
before(async () => ([service, browser] = await Promise.all([startStores(), launch("webgpu")])));
after(async () => {
  await browser?.close();
  await service?.stop();
});

const focused = (page) => page.evaluate(() => document.querySelector("vitrine-view").shadowRoot.activeElement?.textContent);

/** S is a cube that the nearest store has, M one that only Middle has: the service knows no other goods here. */
const VIEW = `src="/products/sunglasses.glb" try-on="glasses" store-url="/api/v1" item-id="CUBE-PLAIN"
  try-on-sizes='[{"name":"S","item":"CUBE-PLAIN","frameWidth":112},{"name":"M","item":"CUBE-PLUM","frameWidth":137}]'`;

test("the size that fits is asked for in the stores, others can be, and it is reserved to be tried on", async () => {
  const { page, account, close } = await openMirror({ browser, url: service.url }, undefined, VIEW, ownTracker);
  await page.evaluate((sighting) => (window.sightings = [sighting]), face(pose({})));
  // By keyboard: the words have the focus, the camera's button comes next, then the mirror's tools.
  assert.equal(await focused(page), "Try it on");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Use the camera");
  await page.keyboard.press("Enter");
  await said(page, "live");
  assert.equal(await focused(page), "Freeze");
  await seated(page);
  // One stop for Tab, and from there by arrows, round and round.
  for (const [key, words] of [["ArrowRight", "Keep this look"], ["ArrowRight", "Save photo"], ["ArrowLeft", "Keep this look"], ["Home", "Freeze"],
    ["ArrowLeft", "FrontOther"], ["ArrowRight", "Freeze"], ["End", "FrontOther"], ["ArrowLeft", "Another picture"], ["ArrowLeft", "Your size"]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(page), words, key);
  }
  await page.keyboard.press("Tab");
  assert.notEqual(await focused(page), "FrontOther", "Tab leaves the tools");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(page), "Your size", "and comes back to where it left them");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Your size", "the panel's heading is read");
  await page.getByText(/^M fits: your face is \d+ ± \d+ mm, this frame 137 mm$/).waitFor();
  await page.getByRole("button", { name: "Try M on in a store" }).click();
  await said(page, "closed");

  const panel = page.locator("[part=store-panel]");
  const row = (id) => panel.locator(`li[data-location="${id}"]`);
  await row("middle").getByRole("button", { name: /^Choose/ }).waitFor();
  assert.equal(await row("near").getByRole("button", { name: /^Choose/ }).count(), 0, "Near has no M");
  assert.ok(await panel.getByRole("radio", { name: "M" }).isChecked(), "the size that fits is chosen");
  assert.match(await panel.locator("[part=store-size-note]").textContent(), /^M is the size that fits you\. Reserve it to try it on/);

  await panel.getByRole("radio", { name: "M" }).press("ArrowLeft");
  await row("near").getByRole("button", { name: /^Choose/ }).waitFor();
  assert.ok(!await panel.locator("[part=store-size-note]").isVisible(), "S is not said to fit");
  await panel.getByRole("radio", { name: "S" }).press("ArrowRight");
  await row("middle").getByRole("button", { name: /^Choose/ }).click();
  await panel.getByLabel("Name").fill("Ada Lovelace");
  assert.ok(!await panel.getByRole("radio", { name: "S" }).isVisible(), "the size stays as it was chosen");
  await panel.getByRole("checkbox").check();
  await panel.getByRole("button", { name: "Reserve", exact: true }).click();
  await panel.locator("[part=code]").waitFor();
  const receipt = await page.evaluate(() => JSON.parse(sessionStorage.getItem("vitrine-reservation /api/v1")));
  const { body } = await otherShopper(service.url).read(receipt);
  assert.deepEqual([body.status, body.location_id, body.lines.map(({ item_id }) => item_id)], ["held", "middle", ["CUBE-PLUM"]]);
  assert.doesNotMatch(JSON.stringify(body), /face|1\d\d mm/, "the store hears of a size, not of a face");

  await panel.getByRole("button", { name: "Close" }).click();
  await page.evaluate(() => document.querySelector("vitrine-view").openStore());
  await panel.locator("[part=code]").waitFor();
  assert.ok(!await panel.locator("[part=store-size-note]").isVisible(), "which size fits is forgotten with the panel");
  assertClean(account);
  await close();
});
