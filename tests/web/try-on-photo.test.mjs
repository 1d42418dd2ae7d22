// A photo in the mirror, for those without a camera: looks kept, compared, saved and shared, and forgotten when it closes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hand, ownTracker, pose } from "./support/body.mjs";
import { assertClean } from "./support/browser.mjs";
import { known, openMirror, said } from "./support/mirror-page.mjs";
import { solidPng } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();

test("without any camera a photo does: four looks side by side, one saved, one shared, all forgotten", async () => {
  const share = () => {
    navigator.canShare = () => true;
    navigator.share = async ({ files }) => (window.shared = files.map(({ name, type, size }) => [name, type, size > 1000]));
  };
  const { page, account, close } = await openMirror(stage, undefined, `src="/products/wrist-watch.glb" try-on="watch"`, `(${ownTracker})(); (${share})()`);
  await page.evaluate((sighting) => (window.sightings = [sighting]), hand(pose({ at: [0, 0.02, -0.4] }), [16, 16]));
  await page.locator("[part=try-on] [type=file]").setInputFiles({ name: "hand.png", mimeType: "image/png", buffer: solidPng([90, 120, 150]) });
  await said(page, "still");
  assert.equal((await known(page)).status, "found");
  assert.deepEqual(await page.evaluate(() => window.camera.asked), [], "no camera for a photo");
  assert.ok(!await page.locator("[part=try-on-sign]").isVisible(), "and no sign of one");
  for (const count of [1, 2, 3, 4]) {
    await page.click("[part=try-on-keep-button]");
    await page.getByText(`Kept: ${count} of 4`).waitFor();
  }
  // Its look says that it is disabled; it says why when it is pressed all the same.
  await page.click("[part=try-on-keep-button]", { force: true });
  await page.getByText("Remove one to keep another").waitFor();
  await page.click("[part=try-on-compare-button]");
  assert.equal(await page.locator("[part=try-on] figure canvas:visible").count(), 4, "four looks side by side");
  await page.getByRole("button", { name: "Remove Look 2" }).click();
  assert.equal(await page.locator("[part=try-on] figure:visible").count(), 3);
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[part=try-on-save-button]")]);
  assert.equal(download.suggestedFilename(), "try-on.jpg");
  await page.click("[part=try-on-share-button]");
  await page.waitForFunction(() => window.shared);
  assert.deepEqual(await page.evaluate(() => window.shared), [["try-on.jpg", "image/jpeg", true]]);
  await page.click("[part=try-on-close-button]");
  await said(page, "closed");
  assert.equal(await page.locator("[part=try-on] figure").count(), 0, "no look is kept");
  assert.equal(await page.evaluate(() => window.trackersClosed), 1, "the tracker was given back");
  assert.deepEqual(account.sent, [], "nothing was sent");
  assertClean(account);
  await close();
});
