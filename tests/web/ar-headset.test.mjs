// A headset: what is held shows a beam to what it points at, and a mark that lies on it, for both eyes, over both ways.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { usePhones } from "./support/xr-browser.mjs";
import { faceCenter } from "./support/xr-product.mjs";

const on = usePhones({ isQuiet: true });

const WAYS = [{ build: "webgpu" }, { build: "webgl", way: "direct" }];
const nameOf = ({ build, way }) => [build, way].filter(Boolean).join(", ");
const HELD = { pointer: "tracked-pointer", planes: "1", stereo: "1" };

/** Where the shopper's eyes are, and a hand of theirs. */
const EYE = [0, 1.5, 0];
const HAND = [0.25, 1.1, -0.3];
/** A mark's radius at a metre, and where in it the ring is. */
const RADIUS = 0.014;
const RING = 0.88;
/** Alpha from which something is drawn: far away a beam is thinner than a pixel. */
const DRAWN = 6;

for (const way of WAYS) {
  describe(nameOf(way), () => {
    on("a controller's beam ends in a mark that lies on the wall, and both move with it", { ...way, ...HELD }, async (room) => {
      await enter(room, -10);
      for (const place of [[0.5, 1.3, -3], [-0.3, 1, -3]]) {
        await room.phone("hold", 0, HAND, place);
        await hasMark(room, place, [[1, 0, 0], [0, 1, 0]]);
        await hasBeam(room, place);
      }
      await isEmpty(room, [[0.5, 1.3, -3], along(HAND, [0.5, 1.3, -3], 0.7)]);
    });

    on("a picture of words hangs before both eyes until it is taken away", { ...way, ...HELD }, async (room) => {
      await enter(room, 15);
      await room.page.evaluate(() => {
        const canvas = new OffscreenCanvas(8, 4);
        const pen = canvas.getContext("2d", { alpha: false });
        for (const [color, x, y] of [["#f00", 0, 0], ["#0f0", 4, 0], ["#00f", 0, 2], ["#fff", 4, 2]]) {
          pen.fillStyle = color;
          pen.fillRect(x, y, 4, 2);
        }
        const picture = canvas.transferToImageBitmap();
        window.viewer.lend(picture, "ar-caption", JSON.stringify({ width_m: 0.4, height_m: 0.2 }));
        picture.close();
      });
      await room.phone("frames", 2);
      const corners = [[-0.15, 1.57, -1.2], [0.15, 1.57, -1.2], [-0.15, 1.43, -1.2], [0.15, 1.43, -1.2]];
      const wanted = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]];
      const eyes = await room.phone("strongestOfEyes", corners, 0);
      assert.equal(eyes.length, 2, "two eyes");
      for (const pixels of eyes) {
        const seen = pixels.map(([red, green, blue, alpha]) => [red, green, blue].map((channel) => (channel > 180 ? 1 : channel < 60 ? 0 : channel)).concat(alpha));
        assert.deepEqual(seen, wanted.map((color) => [...color, 255]));
      }
      await room.act("ar-caption");
      await room.phone("frames", 2);
      await isEmpty(room, corners);
    });

    on("on the floor it lies flat, on a product it stands before its face", { ...way, ...HELD }, async (room) => {
      await enter(room, -35);
      const floor = [0.45, 0, -1.6];
      await room.phone("hold", 0, HAND, floor);
      await hasMark(room, floor, [[1, 0, 0], [0, 0, 1]]);
      await hasBeam(room, floor);
      await place(room);
      const front = await room.world(faceCenter("front"));
      await room.phone("hold", 0, HAND, front);
      const [right, up] = [[1, 0, 0], [0, 1, 0]];
      for (const eye of await room.phone("strongestOfEyes", [front], 0)) assert.ok(isRed(eye[0]) && isWhitened(eye[0]), `the mark's middle is ${eye}`);
      const { radius } = sizeAt(front);
      const about = [right, up].map((axis) => beside(front, axis, 4 * radius));
      for (const eye of await room.phone("strongestOfEyes", about, 0)) for (const pixel of eye) assert.ok(isRed(pixel) && !isWhitened(pixel), `beside the mark it is ${pixel}`);
    });
  });
}

on("what meets nothing ends after two metres, without a mark", { build: "webgpu", ...HELD }, async (room) => {
  await enter(room, 20);
  const over = [0.25, 1.1 + 2.7 * 0.8, -3];
  await room.phone("hold", 0, HAND, over);
  const length = Math.hypot(0, 2.7 * 0.8, 2.7);
  await isDrawn(room, [0.7, 1.2, 1.9].map((metres) => along(HAND, over, metres / length)));
  await isEmpty(room, [along(HAND, over, 2.15 / length)]);
});

on("each hand has its own", { build: "webgpu", ...HELD }, async (room) => {
  await enter(room, -10);
  const places = [[0.5, 1.3, -3], [-0.5, 1.2, -3]];
  await room.phone("hold", 0, HAND, places[0]);
  await room.phone("hold", 1, [-0.25, 1.1, -0.3], places[1]);
  await isDrawn(room, [...places, along(HAND, places[0], 0.6), along([-0.25, 1.1, -0.3], places[1], 0.6)]);
});

on("gaze and pinch has the mark alone", { build: "webgpu", ...HELD, pointer: "transient-pointer" }, async (room) => {
  await enter(room, -10);
  const wall = [0.5, 1.3, -3];
  await room.phone("hold", 0, HAND, wall);
  await hasMark(room, wall, [[1, 0, 0], [0, 1, 0]]);
  await isEmpty(room, [0.3, 0.5, 0.8].map((share) => along(HAND, wall, share)));
});

/** In the room, looking so far up. */
async function enter(room, pitch) {
  // Each eye has half of it.
  await room.page.setViewportSize({ width: 560, height: 300 });
  await room.enter();
  await room.notice("ar-status", { status: "session-started" });
  await room.phone("stand", 0, 0, 0, pitch);
  // A plane is told within a few pictures.
  await room.phone("frames", 8);
}

async function place(room) {
  await room.notice("ar-hint", { code: "tap-to-place" });
  await room.act("ar-place");
  await room.notice("ar-status", { status: "object-placed" });
}

/** A ring about the place, in the plane of these two axes, and nothing farther out on the side that no beam comes from. */
async function hasMark(room, place, axes) {
  const { radius } = sizeAt(place);
  await isDrawn(room, [place, ...axes.flatMap((axis) => [RING, -RING].map((side) => beside(place, axis, side * radius)))]);
  await isEmpty(room, [beside(place, axes[0], -4 * radius), beside(place, axes[1], axes[1][1] * 4 * radius - axes[1][2] * 4 * radius)]);
}

/** Drawn on its way, and thin. */
async function hasBeam(room, place) {
  const way = [0.4, 0.6, 0.8].map((share) => along(HAND, place, share));
  await isDrawn(room, way);
  await isEmpty(room, way.map((point) => beside(point, [-1, 0, 0], 0.07)));
}

async function isDrawn(room, points) {
  const eyes = await room.phone("strongestOfEyes", points, 1);
  assert.equal(eyes.length, 2, "two eyes");
  eyes.forEach((pixels, eye) => pixels.forEach((pixel, index) => assert.ok(pixel[3] >= DRAWN, `eye ${eye} sees ${pixel} at ${points[index]}`)));
}

async function isEmpty(room, points) {
  for (const pixels of await room.phone("strongestOfEyes", points, 1)) pixels.forEach((pixel, index) => assert.equal(pixel[3], 0, `${pixel} at ${points[index]}`));
}

const along = (from, to, share) => from.map((value, axis) => value + (to[axis] - value) * share);
const beside = (point, axis, metres) => point.map((value, index) => value + axis[index] * metres);
const sizeAt = (point) => ({ radius: RADIUS * Math.hypot(...point.map((value, axis) => value - EYE[axis])) });
const isRed = ([red, , , alpha]) => red > 245 && alpha > 245;
const isWhitened = ([, green, blue]) => green > 25 && blue > 25;
