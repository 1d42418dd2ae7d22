// Other sources of the mirror's picture: faces that the shop supplies, another camera, and a camera whose exposure is held.

import assert from "node:assert/strict";
import { test } from "node:test";
import { face, ownTracker, pose } from "./support/body.mjs";
import { assertClean } from "./support/browser.mjs";
import { apart, known, mirroredAt, openMirror, said, seated, straightAt } from "./support/mirror-page.mjs";
import { pictureOf, solidPng } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();
const GLASSES = `src="/products/sunglasses.glb" try-on="glasses"`;
const see = (page, ...sightings) => page.evaluate((sightings) => (window.sightings = sightings), sightings);

test("a face that the shop supplies wears it without any camera; one that is missing is said", async () => {
  const blue = [60, 90, 200];
  const routes = {
    "**/faces/ann.png": (route) => route.fulfill({ contentType: "image/png", body: solidPng(blue) }),
    "**/faces/gone.png": (route) => route.fulfill({ status: 404, body: "" }),
  };
  const { page, account, close } = await openMirror(stage, undefined, `${GLASSES} try-on-faces="/faces/ann.png  /faces/gone.png"`, ownTracker, { routes });
  await see(page, face(pose({}), [16, 16]));
  await page.getByRole("button", { name: "Model 2" }).click();
  await said(page, "failed", "photo-failed");
  assert.match(await page.locator("[part=try-on] [role=alert]").textContent(), /cannot be read/);
  await page.keyboard.press("Escape");
  await said(page, "closed");

  await page.click("[part=default-try-on-button]");
  await page.getByRole("button", { name: "Model 1" }).click();
  await said(page, "still");
  const told = await known(page);
  assert.deepEqual([told.status, told.worn.length, told.view.mirrored], ["found", 1, false]);
  const picture = await pictureOf(page, "[part=try-on]");
  assert.ok(apart(straightAt(picture, [60, 300]), blue) < 14, `the supplied picture is shown: ${straightAt(picture, [60, 300])}`);
  assert.ok(apart(straightAt(picture, [285, 240]), blue) > 40, "with the glasses on");
  assert.ok(!await page.getByRole("button", { name: "Freeze" }).isVisible(), "it is still already");

  // Somebody else: back to the choice.
  await page.click("[part=try-on-another-button]");
  await see(page);
  await page.getByRole("button", { name: "Model 1" }).click();
  await page.getByText("No face is to be seen in this picture").waitFor();
  assert.deepEqual(await page.evaluate(() => window.camera.asked), [], "no camera for any of it");
  assert.deepEqual(account.sent, []);
  assertClean(account);
  await close();
});

test("another camera can be chosen, keeps its side, is kept over a frozen picture, and may go", async () => {
  const { page, account, close } = await openMirror(stage, undefined, GLASSES, ownTracker);
  const asked = () => page.evaluate(() => window.camera.asked.map(({ video }) => video.deviceId?.exact ?? video.facingMode?.ideal ?? "any"));
  const choice = page.getByRole("combobox", { name: "Camera" });
  await see(page, face(pose({ at: [0.06, 0, -0.5] })));
  await page.click("[part=try-on-camera-button]");
  await said(page, "live");
  const first = await seated(page);
  assert.deepEqual(await choice.locator("option").allTextContents(), ["Front", "Other"]);
  assert.equal(await choice.inputValue(), "Front");
  assert.ok(first.view.mirrored, "the camera that sees the shopper is a mirror");

  await page.evaluate(() => (window.firstTrack = window.camera.stream.getVideoTracks()[0]));
  await choice.selectOption("Other");
  await said(page, "live", undefined, 2);
  const other = await seated(page);
  assert.equal(await page.evaluate(() => window.firstTrack.readyState), "ended", "one camera at a time");
  assert.equal(await choice.inputValue(), "Other");
  assert.ok(!other.view.mirrored, "one that looks away is none");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const picture = await pictureOf(page, "[part=try-on]");
  // 6 cm to the right of the picture: 60 pixels.
  assert.ok(apart(straightAt(picture, [345, 240]), mirroredAt(picture, [345, 240])) > 25, "glasses on one side only");

  await page.getByRole("button", { name: "Freeze" }).click();
  await said(page, "still");
  await page.getByRole("button", { name: "Go on" }).click();
  await said(page, "live", undefined, 3);
  assert.deepEqual(await asked(), ["user", "Other", "Other"]);
  // It is unplugged: any other will do, which the choice then shows.
  await page.evaluate(() => {
    window.camera.devices = ["Front"];
    window.camera.stream.getVideoTracks()[0].dispatchEvent(new Event("ended"));
  });
  await said(page, "failed", "camera-ended");
  await page.click("[part=try-on-retry-button]");
  await said(page, "live", undefined, 4);
  assert.deepEqual((await asked()).slice(3), ["Other", "any"]);
  assert.ok((await seated(page)).view.mirrored, "the first camera again");
  assert.ok(!await choice.isVisible(), "there is no choice any more");
  assertClean(account);
  await close();
});

test("a camera's exposure is held while somebody wears something, and let go when nobody does", async () => {
  const { page, account, close } = await openMirror(stage, undefined, GLASSES, ownTracker);
  const modes = (count) => page.waitForFunction((count) => window.camera.exposures.length >= count, count).then(() => page.evaluate(() => window.camera.exposures));
  const status = (status) => page.waitForSelector(`[part=try-on][data-status=${status}]`);
  await see(page, face(pose({})));
  await page.click("[part=try-on-camera-button]");
  await said(page, "live");
  await seated(page);
  assert.deepEqual(await modes(1), [{ exposureMode: "manual", exposureTime: 156 }]);
  await see(page, face(pose({ at: [0, 0, -2.6] })));
  await status("too-far");
  await see(page, face(pose({})));
  await status("found");
  assert.equal((await modes(1)).length, 1, "held while it is worn, also from afar");
  await see(page);
  await status("lost");
  assert.deepEqual((await modes(2))[1], { exposureMode: "continuous" });
  await page.evaluate(() => (window.camera.isStubborn = true));
  await see(page, face(pose({})));
  await status("found");
  assert.equal((await modes(3))[2].exposureMode, "manual");
  await seated(page);
  assertClean(account); // a camera that refuses goes on as it was
  await close();
});
