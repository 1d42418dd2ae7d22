// What is worn where, with landmarks that are known: the page brings its own tracker, and pixels tell what the body hides.

import assert from "node:assert/strict";
import { test } from "node:test";
import { face, hand, ownTracker, pose } from "./support/body.mjs";
import { assertClean } from "./support/browser.mjs";
import { before, worn } from "./support/mirror-page.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();
const put = (attributes, sighting) => before(stage, attributes, ownTracker, sighting);

test("at a turned head the near temple is seen and the far one is hidden behind the head", async () => {
  for (const side of [1, -1]) {
    // Nodding, the far temple stands higher in the picture than the near one, clear of the frame.
    const { covered, told, account, close } = await put(`src="/products/sunglasses.glb" try-on="glasses"`, face(pose({ aside: side * 0.85, up: -0.45 })));
    const temple = (side, depths) => depths.map((deep) => [side * 0.0685, 0.0118, -deep]);
    const [near, far] = [temple(-side, [0.05, 0.06, 0.07]), temple(side, [0.07, 0.08, 0.09])];
    assert.ok(worn(told, near[0])[2] > worn(told, far[0])[2] + 0.05, "which one is nearer");
    assert.ok(near.every((point) => covered(point) > 20), `the near temple is seen: ${near.map((point) => covered(point))}`);
    assert.ok(far.every((point) => covered(point) < 8), `the far temple is hidden: ${far.map((point) => covered(point))}`);
    assertClean(account);
    await close();
  }
});

test("a hat sits on the skull, the back of its brim hidden behind the lifted head", async () => {
  const { covered, told, account, close } = await put(`src="/products/hat.glb" try-on="hat"`, face(pose({ at: [0, -0.05, -0.6], up: 0.4 })));
  assert.ok(covered([0, 0.06, 0.095]) > 20, "the crown is seen");
  for (const x of [-0.03, 0, 0.03]) assert.ok(covered([x, 0.002, -0.15]) < 8, `the back of the brim is hidden: ${covered([x, 0.002, -0.15])}`);
  assert.ok(told.measures.face.head.plusMinus > 5, "a head is measured with doubt");
  assertClean(account);
  await close();
});

test("a watch sits on the wrist, its strap hidden behind it", async () => {
  const { covered, told, account, close } = await put(`src="/products/wrist-watch.glb" try-on="watch" try-on-hand="left"`, hand(pose({ at: [0, 0.02, -0.4], up: 0.7 })));
  assert.ok(covered([0, 0, 0.032]) > 20, `the dial is seen: ${covered([0, 0, 0.032])}`);
  for (const y of [-0.006, 0, 0.006]) assert.ok(covered([0, y, -0.0255]) < 8, `the strap behind the wrist is hidden: ${covered([0, y, -0.0255])}`);
  assert.ok(told.measures.hand.wrist.plusMinus > 0, "no measure without its uncertainty");
  assertClean(account);
  await close();
});
