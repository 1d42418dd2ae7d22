// What goes wrong before the mirror: each trouble has its words and a way on, and the mirror forgets whoever was there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { face, ownTracker, pose } from "./support/body.mjs";
import { assertClean } from "./support/browser.mjs";
import { known, openMirror, said, seated } from "./support/mirror-page.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();
const GLASSES = `src="/products/sunglasses.glb" try-on="glasses"`;
const REFUSALS = [["NotAllowedError", "camera-denied", /not allowed/], ["NotFoundError", "camera-none", /No camera was found/], ["NotReadableError", "camera-busy", /Another program/]];

/** The trouble is said aloud, in these words, with a photo as another way. */
async function assertTrouble(page, words) {
  const alert = page.locator("[part=try-on] [role=alert]");
  assert.match(await alert.textContent(), words);
  assert.ok(await page.locator("[part=try-on-photo-button]").isVisible(), "a photo instead");
  assert.ok(!await page.locator("[part=try-on-sign]").isVisible(), "no sign of a camera that is off");
}

const focused = (page) => page.evaluate(() => document.querySelector("vitrine-view").shadowRoot.activeElement?.getAttribute("part"));
const status = (page, status) => page.waitForSelector(`[part=try-on][data-status=${status}]`);
const see = (page, sightings) => page.evaluate((sightings) => (window.sightings = sightings), sightings);

test("a camera that is refused, missing, busy, dark, covered or unplugged is said in words, and there is a way on", async () => {
  const { page, account, close } = await openMirror(stage, undefined, GLASSES, ownTracker);
  for (const [name, code, words] of REFUSALS) {
    await page.evaluate((name) => (window.camera.refuse = name), name);
    await page.locator("[part=try-on-camera-button]:visible, [part=try-on-retry-button]:visible").click();
    await said(page, "failed", code);
    await assertTrouble(page, words);
    assert.equal(await focused(page), "try-on-retry-button", "the way on has the focus");
  }
  await page.evaluate(() => (window.camera.refuse = undefined));
  await page.keyboard.press("Enter");
  await said(page, "live");
  await status(page, "searching");
  assert.equal(await page.locator("[part=try-on] .said").textContent(), "Look into the camera.");

  await see(page, [face(pose({}))]);
  await status(page, "found");
  await see(page, []);
  await status(page, "lost");
  await see(page, [face(pose({ at: [0, 0, -2.6] }))]);
  await status(page, "too-far");
  await see(page, []);
  await page.evaluate(() => (window.camera.dark = 1));
  await status(page, "too-dark");
  assert.match(await page.locator("[part=try-on] .said").textContent(), /too dark to see you, or the camera is covered/);

  await page.evaluate(() => window.camera.stream.getVideoTracks()[0].dispatchEvent(new Event("mute")));
  await said(page, "failed", "camera-mute");
  await assertTrouble(page, /switch or cover/);
  await page.evaluate(() => (window.camera.dark = 0));
  await page.click("[part=try-on-retry-button]");
  await said(page, "live", undefined, 2);
  await page.evaluate(() => window.camera.stream.getVideoTracks()[0].dispatchEvent(new Event("ended")));
  await said(page, "failed", "camera-ended");
  await assertTrouble(page, /unplugged/);

  await page.keyboard.press("Escape");
  await said(page, "closed");
  assert.equal(await focused(page), "default-try-on-button", "the focus is back");
  assert.equal(await page.evaluate(() => window.trackersClosed), 1, "the tracker was given back");
  assertClean(account);
  await close();
});

test("a phone that is turned, and a camera of another size, go on", async () => {
  const { page, account, close } = await openMirror(stage, undefined, GLASSES, ownTracker);
  await see(page, [face(pose({}))]);
  await page.click("[part=try-on-camera-button]");
  await said(page, "live");
  await seated(page);
  await page.setViewportSize({ width: 480, height: 640 });
  await page.evaluate(() => ([window.camera.canvas.width, window.camera.canvas.height] = [480, 640]));
  await see(page, [face(pose({}), [480, 640])]);
  await page.waitForFunction(() => document.querySelector("vitrine-view").query("mirror").view.size.join() === "480,640");
  const told = await seated(page);
  assert.equal(told.worn.length, 1, "it is still on");
  assert.deepEqual(await page.locator("[part=try-on] canvas").first().evaluate(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]), [480, 640]);
  assertClean(account);
  await close();
});

test("a tracker whose files are missing is said, and tried again when they are there", async () => {
  const { page, account, close } = await openMirror(stage, undefined, `${GLASSES} try-on-tracker="/elsewhere/"`);
  await page.click("[part=try-on-camera-button]");
  await said(page, "failed", "tracker-failed");
  await assertTrouble(page, /could not be loaded/);
  assert.deepEqual(await page.evaluate(() => window.camera.stream.getTracks().map((track) => track.readyState)), ["ended"], "no camera runs for nothing");
  await page.evaluate(`(${ownTracker})(); dispatchEvent(new Event("DOMContentLoaded"))`);
  await see(page, [face(pose({}))]);
  await page.click("[part=try-on-retry-button]");
  await said(page, "live");
  await seated(page);
  await page.click("[part=try-on-close-button]");
  assert.equal(await known(page), null);
  assertClean(account);
  await close();
});
