// The whole walk through the room in a real browser, over every way into the device's layer: enter, find, place, see, drag,
// turn, leave, and go on with the page.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/xr-browser.mjs";
import { FACES, SIZE, faceCenter } from "./support/xr-product.mjs";

/** Build, way, and whether the layer has a frame buffer of its own (as on phones) or none (as in the emulator). */
const WAYS = [
  { build: "webgpu" },
  { build: "webgpu", opaque: "1" },
  { build: "webgl" },
  { build: "webgl", opaque: "1" },
  { build: "webgl", way: "direct" },
  { build: "webgl", way: "direct", opaque: "1" },
];

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

for (const way of WAYS) {
  describe(Object.entries(way).map(([name, value]) => `${name} ${value}`).join(", "), () => {
    let room;
    before(async () => (room = await browser.page(way)));
    after(() => room?.close());

    test("the product is placed at true size on the floor straight ahead", async () => {
      await room.enter();
      const search = { code: "search", about: "floor", device: "phone", text: "Point the phone at the floor and move it slowly" };
      assert.deepEqual(await room.notice("ar-hint", { code: "search" }), search);
      await room.notice("ar-hint", { code: "tap-to-place" });
      const alphas = async () => {
        const [{ position: [x, y, z] }] = (await room.query("room")).items;
        return (await room.phone("pixelsAt", [[x, y + SIZE[1] / 2, z + SIZE[2] / 2], [x, y + SIZE[1], z]])).map((pixel) => pixel[3]);
      };
      for (const alpha of await alphas()) assert.ok(Math.abs(alpha - 0.6 * 255) < 3, `a ghost is seen through: ${alpha}`);
      await room.tap();
      await room.notice("ar-status", { status: "object-placed" });
      assert.deepEqual(await alphas(), [255, 255], "what stands is not");
      // Looking 35 degrees down from 1.5 m, the floor is 1.5 / tan 35° ahead.
      const { item } = await room.query("room");
      near(item.position, [0, 0, -1.5 / Math.tan((35 * Math.PI) / 180)], 0.02);
      assert.equal((await room.notice("ar-tracking")).status, "tracking");
      assert.equal(await room.isDirect(), way.way === "direct", "the layer belongs to the context that was asked for");
    });

    test("its colours are in the layer where they belong, and nothing where the room is", async () => {
      await sees(room, { front: "front", top: "top" });
      const beside = await Promise.all([[SIZE[0], 0.4, 0.15], [-SIZE[0], 0.4, 0.15], [0, SIZE[1] * 1.4, 0]].map((point) => room.world(point)));
      for (const pixel of await room.phone("pixelsAt", beside)) assert.deepEqual(pixel, [0, 0, 0, 0], "the camera picture shines through");
      const { share, width, height } = await room.phone("coverage");
      assert.deepEqual([width, height], [240, 400]);
      // 0.5 by 0.8 m, seen from about 2.5 m through 60 degrees upright: a good tenth of the picture.
      assert.ok(share > 0.08 && share < 0.2, `the product covers ${share} of the picture`);
    });

    test("a finger drags it, and the grabbed point stays under the finger", async () => {
      const grabbed = await room.world(faceCenter("front"));
      await room.phone("press", 0, grabbed);
      const before = (await room.query("room")).item.position;
      const goal = [grabbed[0] + 0.3, grabbed[1], grabbed[2] + 0.4];
      // The first 2 cm only tell that this is a drag and not a tap.
      await room.phone("move", [grabbed[0] + 0.02, grabbed[1], grabbed[2]]);
      await room.phone("move", goal);
      await room.phone("release", 0);
      const moved = (await room.query("room")).item.position.map((value, axis) => value - before[axis]);
      near(moved, [0.28, 0, 0.4], 0.005);
      await sees(room, { front: "front", top: "top" });
    });

    test("two fingers turn it", async () => {
      const foot = (await room.query("room")).item.position;
      const at = (angle, side) => foot.map((value, axis) => value + side * 0.2 * [Math.sin(angle), 0, Math.cos(angle)][axis]);
      const radians = (degrees) => (degrees * Math.PI) / 180;
      await room.phone("press", 0, at(radians(90), 1));
      await room.phone("press", 1, at(radians(90), -1));
      for (let degrees = 96; degrees <= 180; degrees += 12) {
        await room.phone("move", at(radians(degrees), 1), at(radians(degrees), -1));
      }
      await room.phone("release", 0);
      await room.phone("release", 1);
      const { item } = await room.query("room");
      near(item.position, foot, 0.001);
      const turned = (2 * Math.atan2(item.orientation[1], item.orientation[3]) * 180) / Math.PI;
      // The first step only told that this is a turn.
      assert.ok(Math.abs(turned - 84) < 0.5, `turned by ${turned} degrees`);
      // Turned to the right of the shopper, its left side is seen.
      await sees(room, { left: "left", top: "top" });
    });

    test("buttons do what gestures do", async () => {
      const before = (await room.query("room")).item.position;
      await room.act("ar-move", { right_m: -0.1, forward_m: 0.2 });
      near((await room.query("room")).item.position, [before[0] - 0.1, before[1], before[2] - 0.2], 0.001);
      await room.act("ar-turn", { degrees: 180 });
      await sees(room, { right: "right" });
    });

    test("the exit ends the session and the page goes on", async () => {
      await room.page.evaluate(() => window.viewer.endAr());
      assert.equal((await room.notice("ar-status", { status: "not-presenting" })).reason, "shopper");
      const picture = await room.pagePicture();
      assert.deepEqual([picture.width, picture.height], [320, 240], "the canvas has the page's size again");
      looksLike([...picture.middle, 255], FACES.front.color, "the page's view");
      const frames = Number(await room.page.evaluate(() => window.viewer.query("frames")));
      await room.page.evaluate(() => window.viewer.key("ArrowLeft", false));
      await room.page.waitForFunction((frames) => Number(window.viewer.query("frames")) > frames, frames);
    });

    test("a second session begins anew, and the system may end it in the middle of a drag", async () => {
      await room.place();
      await room.phone("press", 0);
      await room.phone("move", [0.3, 0, -2]);
      await room.page.evaluate(() => window.phone.device.activeSession.end());
      assert.equal((await room.notice("ar-status", { status: "not-presenting", reason: "system" })).reason, "system");
      looksLike([...(await room.pagePicture()).middle, 255], FACES.front.color, "the page's view");
      assert.deepEqual(await room.page.evaluate(() => window.faults), [], "the layer's frame buffer was used as allowed");
      assert.deepEqual(room.page.problems, []);
    });
  });
}

/** The middles of these faces show these faces' colours in the layer. */
async function sees(room, faces) {
  const points = await Promise.all(Object.keys(faces).map((face) => room.world(faceCenter(face))));
  const pixels = await room.phone("pixelsAt", points);
  Object.values(faces).forEach((face, index) => looksLike(pixels[index], FACES[face].color, `the middle of the ${face} face`));
}

function looksLike([red, green, blue, alpha], color, what) {
  const seen = [red, green, blue];
  const is = seen.every((value, channel) => Math.abs(value - color[channel] * 255) <= 3) && alpha === 255;
  assert.ok(is, `${what} is ${[...seen, alpha]}, not ${color.map((value) => value * 255)} and opaque`);
}

function near(actual, expected, tolerance) {
  const off = Math.hypot(...actual.map((value, axis) => value - expected[axis]));
  assert.ok(off <= tolerance, `${actual} is ${off} m away from ${expected}`);
}
