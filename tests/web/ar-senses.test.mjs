// What a phone knows of its room reaches the picture: depth hides, light lights, anchors hold, the camera lends its picture.
// All of it stays on the phone.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { usePhones } from "./support/xr-browser.mjs";
import { SIZE, faceCenter } from "./support/xr-product.mjs";

const on = usePhones({ isQuiet: true });

const WAYS = [{ build: "webgpu" }, { build: "webgl", way: "direct" }];
const nameOf = (way) => Object.values(way).join(", ");

describe("depth", () => {
  for (const way of WAYS) {
    on(`the table hides what stands behind it, and nothing of what stands before it: ${nameOf(way)}`, { ...way, depth: "cpu" }, hides);
  }
  for (const way of [...WAYS, { build: "webgl", way: "direct", opaque: "1" }]) {
    on(`depth that comes as a texture does the same: ${nameOf(way)}`, { ...way, depth: "gpu" }, async (room) => {
      await hides(room);
      assert.deepEqual(await room.page.evaluate(() => window.faults), []);
    });
  }
  on("the line of contact does not flicker, whatever the depth says of the floor", { build: "webgl", depth: "cpu" }, async (room) => {
    await room.place();
    const low = await room.world([0, 0.02, SIZE[2] / 2]);
    for (let picture = 0; picture < 6; picture += 1) {
      await room.page.evaluate(noise, picture % 2 ? 0.97 : 1.03);
      const [pixel] = await room.phone("pixelsAt", [low]);
      assert.ok(isRed(pixel), `3 % ${picture % 2 ? "nearer" : "farther"} the floor leaves ${pixel} of the foot`);
    }
  });
});

describe("light", () => {
  on("the room's light colours the product and its shadow falls away from it", { build: "webgl", lit: "1", light: "1" }, async (room) => {
    await room.place();
    const front = await room.world(faceCenter("front"));
    const [beside] = await lightFrom(room, [1, 1, 0.2], [front]);
    const [facing] = await lightFrom(room, [0, 0.5, 1], [front]);
    assert.ok(facing[0] > beside[0] + 20, `lit from the side the front is ${beside}, from ahead ${facing}`);
    const foot = (await room.query("room")).item.position;
    const sides = [-1, 1].map((side) => [foot[0] + side * (SIZE[0] / 2 + 0.1), foot[1], foot[2]]);
    const fromRight = (await lightFrom(room, [1, 1, 0], sides)).map((pixel) => pixel[3]);
    const fromLeft = (await lightFrom(room, [-1, 1, 0], sides)).map((pixel) => pixel[3]);
    assert.ok(fromRight[0] > fromRight[1] + 5, `light from the right darkens left and right by ${fromRight}`);
    assert.ok(fromLeft[1] > fromLeft[0] + 5, `light from the left darkens left and right by ${fromLeft}`);
  });
});

describe("anchors", () => {
  on("a product goes where the phone corrects its anchor to, and comes back when it was lost", { build: "webgl", anchors: "1" }, async (room) => {
    await room.place();
    await room.page.waitForFunction(() => window.anchors.length > 0);
    const before = (await room.query("room")).item.position;
    await room.page.evaluate(() => (window.correction = [0.12, 0, -0.05]));
    await room.page.waitForFunction((x) => Math.abs(JSON.parse(window.viewer.query("room")).item.position[0] - x) < 0.002, before[0] + 0.12);
    await room.page.evaluate(() => (window.areAnchorsLost = true));
    await room.phone("frames", 5);
    assert.ok((await room.query("room")).item, "it stays where it was seen last");
    await room.page.evaluate(() => (window.areAnchorsLost = false));
    await room.phone("frames", 5);
    const [x, y, z] = (await room.query("room")).item.position;
    assert.ok(Math.hypot(x - before[0] - 0.12, y - before[1], z - before[2] + 0.05) < 0.003, `it stands at ${[x, y, z]}`);
  });
});

describe("a photo", () => {
  for (const way of [{ build: "webgpu", opaque: "1" }, { build: "webgl", way: "direct", opaque: "1" }]) {
    on(`shows the product over the camera's picture: ${nameOf(way)}`, { ...way, camera: "1", "ar-camera": "auto" }, async (room) => {
      const { at, photo } = await photograph(room);
      assert.equal(photo.hasCamera, true);
      assert.ok(isRed(at.product), `the product is ${at.product}`);
      assert.deepEqual(at.above.slice(0, 3), [0, 0, 255], "the camera's sky");
      assert.deepEqual(at.below.slice(0, 3), [0, 255, 0], "the camera's floor");
      assert.deepEqual(await room.page.evaluate(() => window.faults), []);
      const [pixel] = await room.phone("pixelsAt", [await room.world(faceCenter("front"))]);
      assert.ok(isRed(pixel), `the next picture has ${pixel}`);
    });
  }
  on("leaves a phone's camera alone unless the shop asks for it", { build: "webgpu", camera: "1" }, async (room) => {
    const { photo } = await photograph(room);
    assert.equal(photo.hasCamera, false);
    assert.ok(!(await room.page.evaluate(() => window.phone.device.activeSession.enabledFeatures)).includes("camera-access"));
  });
  on("without the camera's picture shows the product on white, and says so", { build: "webgpu" }, async (room) => {
    const { at, photo } = await photograph(room);
    assert.equal(photo.hasCamera, false);
    assert.ok(isRed(at.product), `the product is ${at.product}`);
    assert.deepEqual(at.above, [255, 255, 255, 255]);
  });
});

describe("a headset without the room's picture", () => {
  for (const way of WAYS) {
    on(`shows the product in a showroom: ${nameOf(way)}`, { ...way, vr: "1", stereo: "1" }, async (room) => {
      await room.enter();
      await room.notice("ar-status", { status: "session-started" });
      await room.phone("frames", 4);
      const { share } = await room.phone("coverage");
      assert.ok(share > 0.99, `the showroom covers ${share} of the picture`);
      if (!(await room.query("room")).item) await room.act("ar-place");
      await room.notice("ar-status", { status: "object-placed" });
      const front = await room.world(faceCenter("front"));
      for (const pixel of await room.page.evaluate((front) => window.phone.pixelsOfEyes(front), front)) assert.ok(isRed(pixel), `an eye sees ${pixel}`);
    });
  }
});

/** The product moves behind the table and out again, and is looked at from before the table. */
async function hides(room) {
  await room.place();
  await room.act("ar-move", { right_m: -1, forward_m: 0.55 });
  await room.phone("stand", -1, 0, 0, -20);
  const probes = async () => {
    // Behind the table's top as seen from eye height; above it.
    const points = [await room.world([0, 0.4, SIZE[2] / 2]), await room.world([0, 0.74, SIZE[2] / 2])];
    return room.phone("pixelsAt", points);
  };
  await room.phone("frames", 3);
  const [behind, above] = await probes();
  assert.ok(behind[3] < 40, `behind the table it is ${behind}`);
  assert.ok(isRed(above), `above the table it is ${above}`);
  await room.act("ar-move", { right_m: 0, forward_m: -1.5 });
  await room.phone("stand", -1, 0, 0, -35);
  await room.phone("frames", 3);
  for (const pixel of await probes()) assert.ok(isRed(pixel), `before the table it is ${pixel}`);
}

/** The phone takes everything for this much farther away than it is. */
function noise(factor) {
  window.depthOf ??= XRFrame.prototype.getDepthInformation;
  XRFrame.prototype.getDepthInformation = function (view) {
    const info = window.depthOf.call(this, view);
    if (info) Object.defineProperty(info, "rawValueToMeters", { configurable: true, value: factor });
    return info;
  };
}

/** Pixels at points once the room is lit from this side. */
async function lightFrom(room, direction, points) {
  await room.page.evaluate((direction) => (window.light = { around: [1.2, 1.2, 1.2], direction, intensity: [2, 2, 2] }), direction);
  // Light is followed slowly, so that it does not jump, and no picture counts for more than a tenth of a second.
  await room.page.waitForTimeout(2000);
  await room.phone("frames", 20);
  return room.phone("pixelsAt", points);
}

/** A photo, with pixels of the product's front, above it and below. */
async function photograph(room) {
  await room.place();
  const front = await room.world(faceCenter("front"));
  const place = await room.page.evaluate((front) => window.phone.placeOf(front), front);
  return room.page.evaluate(async ([x, y]) => {
    const photo = await window.viewer.photo();
    const pixel = (across, down) => {
      const at = 4 * (Math.floor(down * photo.height) * photo.width + Math.floor(across * photo.width));
      return [...photo.pixels.slice(at, at + 4)];
    };
    return { photo: { hasCamera: photo.hasCamera, width: photo.width }, at: { product: pixel(x, y), above: pixel(0.02, 0.02), below: pixel(0.02, 0.98) } };
  }, place);
}

function isRed([red, green, blue, alpha]) {
  return red > 245 && green < 10 && blue < 10 && alpha > 245;
}
