// A hat by the real tracker: kept as a picture on the portrait of a live camera, its back hidden where the head is lifted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean } from "./support/browser.mjs";
import { portrait, seenAt } from "./support/camera.mjs";
import { assertKept } from "./support/golden.mjs";
import { openMirror, overCamera, projected, said, seated } from "./support/mirror-page.mjs";
import { useStage } from "./support/stage.mjs";
import { drawTurned, turnedHead } from "./support/turned.mjs";

const stage = useStage();
const { bytes, skip } = portrait();
if (skip) console.log(`SKIPPED: ${skip}`);

/** Places of the portrait, in its pixels, marked by hand: between the brows, and the hair's line over the forehead. */
const [BROWS, HAIRLINE] = [[226, 92], [226, 78]];
/** Points of the hat in its own space, dev/products/src/goods/hat.rs: the crown's front, its band, the brim's front edge and back. */
const [CROWN, BAND, BRIM] = [[0, 0.095, 0.08], [0, 0.02, 0.104], [0, -0.022, 0.162]];
const BACK = [-0.05, 0, 0.05].map((x) => [x, 0.012, -0.15]);

test("a hat sits on the skull before the forehead, and the lifted head hides its back", { skip }, async () => {
  const { page, account, close } = await openMirror(stage, bytes, `src="/products/hat.glb" try-on="hat"`);
  const camera = await page.evaluate(() => {
    Object.assign(window.camera, { y: 265, scale: 1.7 });
    return { ...window.camera, canvas: undefined, draw: undefined };
  });
  await page.click("[part=try-on-camera-button]");
  await said(page, "live");
  const told = await seated(page);
  const [[, brows], [, hairline]] = [BROWS, HAIRLINE].map((place) => seenAt(camera, place));
  const [[x, brim], [, crown]] = [BRIM, CROWN].map((point) => projected(told, point));
  assert.ok(brim < brows && brim > hairline - 30, `the brim is before the forehead: ${brim}, brows ${brows}, hair ${hairline}`);
  assert.ok(crown < hairline && Math.abs(x - seenAt(camera, BROWS)[0]) < 12, "the crown is over the forehead's middle");
  const seen = await overCamera(page, told, [CROWN, BAND]);
  assert.ok(seen.every((far) => far > 25), `crown and band are seen: ${seen}`);
  await assertKept("try-on-hat", await page.screenshot({ clip: { x: 120, y: 60, width: 400, height: 300 } }), { alike: -14, mostBytes: 180_000 });

  const straight = await page.evaluate(() => window.sighting);
  const { triangles } = turnedHead(straight, camera, { up: 0.45 });
  await page.evaluate(drawTurned, triangles);
  const lifted = await seated(page);
  const hidden = await overCamera(page, lifted, BACK);
  assert.ok(hidden.every((far) => far < 14), `the head hides the back of the brim: ${hidden}`);
  assert.ok((await overCamera(page, lifted, [CROWN]))[0] > 25, "the crown is seen");
  assertClean(account);
  await close();
});
