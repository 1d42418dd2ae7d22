// Ring, earrings and necklace, with landmarks that are known: where they are worn, what the body hides of them, how they hang.

import assert from "node:assert/strict";
import { test } from "node:test";
import { face, fingerAt, hand, ownTracker, pose } from "./support/body.mjs";
import { assertClean } from "./support/browser.mjs";
import { DROP, JEWELS, NECKLACE, RING } from "./support/jewels.mjs";
import { before, projected, seated, turnedBy, worn } from "./support/mirror-page.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();
const put = (attributes, sighting, options = {}) => before(stage, attributes, ownTracker, sighting, { routes: JEWELS, ...options });
const apart = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);
const see = (page, sighting) => page.evaluate((sighting) => (window.sightings = [sighting]), sighting);

test("a ring is round the chosen finger, seen on its back and hidden behind it, and moves to another finger", async () => {
  const shown = pose({ at: [0, -0.04, -0.3], up: 0.55 });
  const opened = await put(`src="/made/ring.glb" try-on="ring" try-on-hand="left" try-on-finger="middle"`, hand(shown));
  const { page, told, covered, account, close } = opened;
  const { radius, thick } = RING;
  const onFinger = (told, finger) => apart(projected(told, [0, 0, 0]), fingerAt(shown, finger));
  assert.ok(onFinger(told, "middle") < 6, `${onFinger(told, "middle")} px beside the middle finger`);
  const [front, behind] = [[-0.3, 0, 0.3], [-0.3, 0, 0.3]].map((angles, at) => angles.map((angle) => [Math.sin(angle) * radius, 0, (at ? -1 : 1) * Math.cos(angle) * (radius + thick)]));
  assert.ok(apart(projected(told, front[1]), projected(told, behind[1])) > 12, "front and back are apart in the picture");
  assert.ok(front.every((point) => covered(point) > 40), `its front is seen: ${front.map((point) => covered(point))}`);
  assert.ok(behind.every((point) => covered(point) < 8), `its back is hidden by the finger: ${behind.map((point) => covered(point))}`);

  await page.evaluate(() => document.querySelector("vitrine-view").setAttribute("try-on-finger", "index"));
  const moved = await seated(page);
  assert.ok(onFinger(moved, "index") < 6, `${onFinger(moved, "index")} px beside the first finger`);
  assert.ok(moved.worn[0].scale > 0.6 && moved.worn[0].scale !== 1, "in the size that fits the finger");
  assertClean(account);
  await close();
});

/** The way down along each earring, in camera space, of length 1. */
const arms = (told) => told.worn.map((_, which) => turnedBy(told.worn[which], [0, -1, 0]));

test("earrings hang by gravity when the head tilts, outer side out, and lie on the cheek that leans over", async () => {
  const { told, covered, account, close } = await put(`src="/made/earring.glb" try-on="earrings"`, face(pose({ at: [0, 0, -0.45], tilt: 0.3 })));
  assert.equal(told.worn.length, 2);
  // Tilted with its left side up: the right ear hangs free, the left earring would hang into the cheek.
  const [left, right] = arms(told);
  assert.ok(right[1] < -0.999, `straight down beside the lowered ear: ${right}`);
  const outward = [Math.cos(0.3), Math.sin(0.3), 0];
  const out = left.reduce((sum, value, axis) => sum + value * outward[axis], 0);
  assert.ok(out < 0.001 && out > -0.15 && left[1] < -0.9, `on the cheek beside the raised ear: ${left}`);
  for (const [which, sign] of [[0, 1], [1, -1]]) {
    const [x, , z] = turnedBy(told.worn[which], [1, 0, 0]);
    assert.ok(x * sign > 0.8 && Math.abs(z) < 0.5, "X points away from the head");
  }
  const tip = [DROP.thick / 2, -DROP.length + 0.004, DROP.thick];
  for (const which of [0, 1]) assert.ok(covered(tip, which) > 40, `earring ${which} is seen: ${covered(tip, which)}`);
  assertClean(account);
  await close();
});

test("at a turned head the far earring is gone and the near one is there", async () => {
  for (const side of [1, -1]) {
    const { told, covered, account, close } = await put(`src="/made/earring.glb" try-on="earrings"`, face(pose({ at: [0, 0, -0.45], aside: side * 0.7 })));
    const seen = told.worn.map(({ opacity }, which) => which).filter((which) => told.worn[which].opacity > 0.5);
    assert.equal(seen.length, 1, "one is seen");
    // Turned to the picture's right, the wearer's right ear is the near one.
    const [which] = seen;
    assert.equal(Math.sign(worn(told, [0, 0, 0], which)[0]), -side, "the near one");
    // The soft edge of the ear takes some of its hook.
    const down = [0.2, 0.5, 0.9].map((share) => [0, -DROP.length * share, 0]);
    assert.ok(down.every((point) => covered(point, which) > 40), `seen all along: ${down.map((point) => covered(point, which))}`);
    assertClean(account);
    await close();
  }
});

test("a necklace lies on neck and shoulders, its back hidden by the neck, and stays there when the head nods", async () => {
  const place = { at: [0, 0.09, -0.6] };
  const { page, told, covered, account, close } = await put(`src="/made/necklace.glb" try-on="necklace"`, face(pose(place)));
  const { side, front, behind } = NECKLACE;
  const sides = [side, [-side[0], side[1], side[2]]];
  assert.ok([front, ...sides].every((point) => covered(point) > 40), `front and sides are seen: ${[front, ...sides].map((point) => covered(point))}`);
  const back = [-0.02, 0, 0.02].map((x) => [x, behind[1], behind[2]]);
  assert.ok(back.every((point) => covered(point) < 8), `the back is hidden: ${back.map((point) => covered(point))}`);
  const [middle] = [worn(told, [0, 0, 0])];
  assert.ok(middle[1] < place.at[1] - 0.12 && middle[1] > place.at[1] - 0.22, `under the chin: ${middle}`);

  await see(page, face(pose({ ...place, up: -0.3 })));
  const nodded = await seated(page);
  const up = turnedBy(nodded.worn[0], [0, 1, 0]);
  assert.ok(up[1] > 0.999, `upright while the head nods: ${up}`);
  await see(page, face(pose({ ...place, aside: 0.5 })));
  const [x, , z] = turnedBy((await seated(page)).worn[0], [0, 0, 1]);
  assert.ok(Math.atan2(x, z) > 0.05 && Math.atan2(x, z) < 0.25, `shoulders turn a little with the head: ${Math.atan2(x, z)}`);
  assertClean(account);
  await close();
});

/** Runs in the page: keeps how far an earring leans from straight down, in degrees, now and at most. */
function watchLean() {
  window.lean = { now: 0, most: 0, calm: 0 };
  const look = () => {
    const [placed] = document.querySelector("vitrine-view").query("mirror").worn;
    const [x, , z] = placed?.orientation ?? [0, 0, 0];
    const now = (Math.acos(1 - 2 * (x * x + z * z)) * 180) / Math.PI;
    window.lean = { now, most: Math.max(window.lean.most, now), calm: now < 0.3 ? window.lean.calm + 1 : 0 };
    requestAnimationFrame(look);
  };
  look();
  setInterval(window.camera.draw, 40); // a quicker camera shows more of a swing
}

test("earrings swing when the head moves and come to rest, and hang still for those who want less motion", async () => {
  for (const reducedMotion of ["no-preference", "reduce"]) {
    const [here, there] = [0, 0.05].map((x) => face(pose({ at: [x, 0, -0.45] })));
    const { page, account, close } = await put(`src="/made/earring.glb" try-on="earrings"`, here, { reducedMotion });
    await page.evaluate(watchLean);
    for (const sighting of [there, here, there, here, there, here]) {
      const answers = await page.evaluate(() => window.answers);
      await see(page, sighting);
      // However slow the machine is, this move is seen and drawn.
      await page.waitForFunction((answers) => window.answers > answers + 2, answers);
    }
    const most = await page.evaluate(() => window.lean.most);
    if (reducedMotion === "reduce") assert.ok(most < 0.1, `it hangs still: ${most} degrees`);
    else assert.ok(most > 0.8 && most < 80, `it swings: ${most} degrees`);
    await page.waitForFunction(() => window.lean.calm > 20);
    assertClean(account);
    await close();
  }
});
