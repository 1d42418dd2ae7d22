// A turned head by the real tracker: glasses stay before the eyes, the near temple is seen, the far one hides behind the head.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean } from "./support/browser.mjs";
import { portrait, seenAt } from "./support/camera.mjs";
import { openMirror, overCamera, projected, said, seated, turnedBy } from "./support/mirror-page.mjs";
import { useStage } from "./support/stage.mjs";
import { drawTurned, turnedHead } from "./support/turned.mjs";

const stage = useStage();
const { bytes, skip } = portrait();
if (skip) console.log(`SKIPPED: ${skip}`);

/** 28 degrees; and nodding a little, so that the far temple stands higher in the picture than the frame. */
const [ASIDE, NOD] = [0.49, -0.3];
/** Where the pupils are in the product's own space, the wearer's right one first: behind the lenses, as far apart as told. */
const pupils = ({ pupilDistance }) => [-1, 1].map((side) => [(side * pupilDistance.mm) / 2000, -0.0035, -0.0165]);
/** A temple's line in the product's own space, so far behind the front; dev/products/src/goods/sunglasses.rs. */
const temple = (side, depths) => depths.map((deep) => [side * 0.0685, 0.0118, -deep]);

test("on a head that is turned the near temple is seen, the far one hidden, and the lenses are before the eyes", { skip }, async () => {
  const { page, account, close } = await openMirror(stage, bytes, `src="/products/sunglasses.glb" try-on="glasses"`);
  await page.click("[part=try-on-camera-button]");
  await said(page, "live");
  await seated(page);
  const straight = await page.evaluate(() => window.sighting);
  const camera = await page.evaluate(() => ({ ...window.camera, canvas: undefined, stream: undefined, draw: undefined }));
  for (const side of [1, -1]) {
    const { triangles, irises } = turnedHead(straight, camera, { aside: side * ASIDE, up: NOD });
    await page.evaluate(drawTurned, triangles);
    const told = await seated(page);
    // The portrait is seen from afar, so it is turned by so much from the line of sight, wherever in the picture it is.
    const aside = ([x, , z]) => Math.atan2(x, z);
    const turned = aside(turnedBy(told.worn[0], [0, 0, 1])) - aside(told.worn[0].position.map((value) => -value));
    assert.ok(Math.abs(turned - side * ASIDE) < 0.07, `turned by ${turned} instead of ${side * ASIDE}`);
    irises.map((iris) => seenAt(camera, iris)).forEach((iris, eye) => {
      const lens = projected(told, pupils(told.measures.face)[eye]);
      const off = Math.hypot(lens[0] - iris[0], lens[1] - iris[1]);
      assert.ok(off < 7, `lens ${eye} is ${off.toFixed(1)} px beside its iris, which are 104 px apart on the straight face`);
    });
    // Turned to the picture's right, the wearer's right temple is the near one.
    const seen = await overCamera(page, told, [...temple(-side, [0.02, 0.03, 0.04]), ...temple(side, [0.08, 0.09, 0.1])]);
    const [near, far] = [seen.slice(0, 3), seen.slice(3)];
    assert.ok(near.every((much) => much > 25), `the near temple is seen: ${near}`);
    assert.ok(far.every((much) => much < 14), `the far temple is hidden: ${far}`);
  }
  assertClean(account);
  await close();
});
