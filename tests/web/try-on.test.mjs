// Try-on with the real tracker on a camera made of a portrait: where the glasses are, that they follow, and that nothing leaves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean } from "./support/browser.mjs";
import { portrait, seenAt } from "./support/camera.mjs";
import { assertKept } from "./support/golden.mjs";
import { apart, cameraAt, known, mirroredAt, openMirror, projected, said, seated } from "./support/mirror-page.mjs";
import { pictureOf } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();
const { bytes, skip } = portrait();
if (skip) console.log(`SKIPPED: ${skip}`);

/** Where the pupils are in the portrait, in its pixels, marked by hand: the right one, then the left. */
const PUPILS = [[203.5, 101], [247, 103.5]];
/** The middles of the lenses in the product's own space, the wearer's right one first; dev/products/src/goods/sunglasses.rs. */
const LENSES = [[-0.0348, -0.0035, 0], [0.0348, -0.0035, 0]];
const GLASSES = `src="/products/sunglasses.glb" try-on="glasses" store-url="/api/v1" item-id="SUNGLASSES-01"
  try-on-sizes='[{"name":"M","item":"SUNGLASSES-01","frameWidth":143},{"name":"XL","item":"NONE","frameWidth":190}]'`;

const hand = (page) => page.evaluate(() => ({ ...window.camera, canvas: undefined, stream: undefined, draw: undefined }));

/** The lenses are before the eyes: those of this frame are wider apart than the pupils, each by half of that. */
async function assertBeforeTheEyes(page, told) {
  const camera = await hand(page);
  const pupils = PUPILS.map((pupil) => seenAt(camera, pupil));
  const lenses = LENSES.map((lens) => projected(told, lens));
  const between = ([a, b]) => Math.hypot(b[0] - a[0], b[1] - a[1]);
  const share = (between(lenses) / between(pupils) - 1) / 2;
  const [across, down] = [pupils[1][0] - pupils[0][0], pupils[1][1] - pupils[0][1]];
  pupils.forEach(([x, y], side) => {
    const outward = (side ? 1 : -1) * share;
    const off = Math.hypot(lenses[side][0] - x - outward * across, lenses[side][1] - y - outward * down);
    assert.ok(off < 3, `lens ${side} is ${off.toFixed(1)} px from the iris: ${lenses} ${pupils}`);
  });
  assert.ok(share > 0.02 && share < 0.12, `69.6 mm between the lenses are ${(1 + 2 * share).toFixed(2)} pupil distances`);
  return pupils;
}

test("glasses sit on the eyes in the mirror, found by the real tracker, and nothing leaves the page", { skip }, async () => {
  const { page, account, close } = await openMirror(stage, bytes, GLASSES);
  assert.deepEqual(await page.evaluate(() => window.camera.asked), [], "no camera before the click");
  await page.click("[part=try-on-camera-button]");
  await said(page, "live");
  assert.ok(await page.locator("[part=try-on-sign]").isVisible(), "the camera's sign");
  const told = await seated(page);
  const pupils = await assertBeforeTheEyes(page, told);

  const picture = await pictureOf(page, "[part=try-on]");
  for (const pupil of pupils) assert.ok(Math.max(...mirroredAt(picture, pupil)) < 120, `a dark lens over the eye: ${mirroredAt(picture, pupil)}`);
  let mirrored = 0;
  for (const place of [[60, 300], [600, 300], [330, 330], [150, 150], [490, 150]]) {
    const [camera, screen, other] = [await cameraAt(page, place), mirroredAt(picture, place), mirroredAt(picture, [640 - place[0], place[1]])];
    assert.ok(apart(camera, screen) < 14, `the camera's picture, mirrored, at ${place}: ${screen} instead of ${camera}`);
    if (apart(camera, other) > 30) mirrored += 1;
  }
  assert.ok(mirrored >= 2, "left and right of the picture differ, so that the mirror is one");
  await assertKept("try-on-glasses", await page.screenshot({ clip: { x: 120, y: 60, width: 400, height: 300 } }), { alike: -14, mostBytes: 180_000 });
  assert.ok(told.measures.face.width.plusMinus > 0, "no measure without its uncertainty");
  assert.match(told.fit.words, /^(M|XL) .*: your face is \d+ ± \d+ mm, this frame \d+ mm$/);

  await page.evaluate(() => Object.assign(window.camera, { x: 390, y: 215, scale: 1.9, turn: 0.2 }));
  await assertBeforeTheEyes(page, await seated(page));

  await page.getByRole("button", { name: "Freeze" }).click();
  await said(page, "still");
  assert.ok(!await page.locator("[part=try-on-sign]").isVisible(), "a frozen mirror has its camera off");
  assert.deepEqual(await page.evaluate(() => window.camera.stream.getTracks().map((track) => track.readyState)), ["ended"]);
  await assertBeforeTheEyes(page, await known(page));
  await page.getByRole("button", { name: "Go on" }).click();
  await said(page, "live", undefined, 2);
  await assertBeforeTheEyes(page, await seated(page));

  await page.click("[part=try-on-close-button]");
  await said(page, "closed");
  assert.equal(await known(page), null, "nothing is left of the shopper");
  assert.deepEqual(await page.evaluate(() => window.camera.stream.getTracks().map((track) => track.readyState)), ["ended"]);
  const kept = () => Promise.all([localStorage.length, sessionStorage.length, indexedDB.databases().then((all) => all.length), caches.keys().then((all) => all.length)]);
  assert.deepEqual(await page.evaluate(kept), [0, 0, 0, 0], "nothing is stored");
  assert.deepEqual(account.sent, [], "only GETs of plain addresses");
  assertClean(account);
  await close();
});
