// What the phone knows of the room's reflections is seen in polished metal where a mirror would show it, slowly and within its
// bound; matt things keep the shop's colours; one attribute switches it off; all of it stays on the phone.

import assert from "node:assert/strict";
import { usePhones } from "./support/xr-browser.mjs";

const on = usePhones({ isQuiet: true });

/** Linear: the walls, and a window before a blue sky. */
const WALL = [0.4, 0.4, 0.4];
const WINDOW = [0.25, 0.5, 1];
/** Even light of brightness 0.35, the least that the room may have: what is mirrored is not cut off then. */
const LIGHT = { around: [1.2407, 1.2407, 1.2407], direction: [0, 1, 0], intensity: [0, 0, 0] };
/** `src/ar/reflections.rs` and `src/ar/light.rs` state these bounds. */
const [MIRRORED, CHROMA] = [0.6, 0.08];
/** Two points of the product's front, to the left and to the right of its middle, in its own space. */
const SIDES = [[-0.2, 0.45, 0.15], [0.2, 0.45, 0.15]];

const METAL = { src: "/metal.glb" };
const WAYS = [{ build: "webgpu", light: "srgba8" }, { build: "webgl", way: "direct", opaque: "1", light: "rgba16f" }];

for (const way of WAYS) {
  on(`polished metal mirrors the window where it is, and follows it: ${Object.values(way).join(", ")}`, { ...way, ...METAL }, async (room) => {
    await furnish(room, "left");
    const { wall, window } = expected();
    // Behind the shopper to the left is what the left half of the front mirrors.
    await shows(room, [window, wall]);
    await reflect(room, "right");
    const [soon] = await pixels(room);
    assert.ok(distance(soon, window) < distance(soon, wall), `at once it is ${soon}: it does not jump`);
    await shows(room, [wall, window]);
    assert.deepEqual(await room.page.evaluate(() => window.faults), []);
    await room.page.evaluate(() => window.viewer.set("ar-light", "none"));
    await room.phone("frames", 3);
    for (const pixel of await pixels(room)) assert.ok(offWhite(pixel) < 0.02, `switched off it mirrors the page's studio, not ${pixel}`);
    await room.page.evaluate(() => window.viewer.set("ar-light", "auto"));
    await shows(room, [wall, window]);
  });
}

on("the device is asked no more often than once a second, whatever it tells", { ...WAYS[0], ...METAL }, async (room) => {
  await furnish(room, "left");
  await room.page.evaluate(() => (window.asked.length = 0));
  for (let time = 0; time < 30; time += 1) {
    await reflect(room, time % 2 ? "left" : "right");
    await room.page.waitForTimeout(100);
  }
  const asked = await room.page.evaluate(() => window.asked);
  assert.ok(asked.length >= 2 && asked.length < 15, `asked ${asked.length} times for 30 news`);
  asked.slice(1).forEach((at, index) => assert.ok(at - asked[index] > 900, `${at - asked[index]} ms after the one before`));
});

on("matt things keep the shop's colours within the bound", { ...WAYS[0], lit: "1" }, async (room) => {
  await furnish(room, "everywhere");
  await room.phone("frames", 30);
  for (const pixel of await pixels(room)) {
    assert.ok(offWhite(pixel) <= CHROMA + 0.02, `white is ${pixel}`);
    assert.ok(pixel[0] > 60, `it is lit: ${pixel}`);
  }
});

/** The product stands in a room that is lit, with the window on this side. */
async function furnish(room, side) {
  await room.place();
  await room.page.evaluate((light) => (window.light = light), LIGHT);
  await reflect(room, side);
  // Light is followed slowly, and no picture counts for more than a tenth of a second.
  await room.page.waitForTimeout(1500);
  await room.phone("frames", 40);
}

/** The room, from where the window is: in the lower half of the face behind the shopper, or all of it. */
async function reflect(room, side) {
  await room.page.evaluate(([side, wall, pane]) => {
    const isPane = (face, column, row) => side === "everywhere" || (face === 4 && row >= 8 && column < 8 === (side === "left"));
    const face = (face) => Array.from({ length: 256 }, (_, at) => (isPane(face, at % 16, Math.floor(at / 16)) ? pane : wall));
    window.reflect(Array.from({ length: 6 }, (_, index) => face(index)));
  }, [side, WALL, WINDOW]);
}

async function pixels(room) {
  return room.phone("pixelsAt", await Promise.all(SIDES.map((point) => room.world(point))));
}

/** Waits until the sides show these colours. */
async function shows(room, colors) {
  const end = Date.now() + 30_000;
  let seen = [];
  while (Date.now() < end) {
    seen = await pixels(room);
    if (seen.every((pixel, side) => distance(pixel, colors[side]) <= 5)) return;
    await room.phone("frames", 5);
  }
  assert.fail(`the sides show ${JSON.stringify(seen)}, not ${JSON.stringify(colors)}`);
}

/** What a mirror shows of both: on average as bright as the light from all around, each colour within its bound. */
function expected() {
  // A quarter of one face of six, whose quarters are all seen alike.
  const part = 1 / 24;
  const mean = luminance(WINDOW) * part + luminance(WALL) * (1 - part);
  const shown = (color) => {
    const off = color.map((channel) => channel / luminance(color) - 1);
    const scale = Math.min(1, MIRRORED / Math.max(...off.map(Math.abs)));
    return off.map((channel) => encoded(0.35 * (1 + channel * scale) * (luminance(color) / mean)));
  };
  return { wall: shown(WALL), window: shown(WINDOW) };
}

const luminance = ([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const distance = (pixel, color) => Math.max(...color.map((channel, index) => Math.abs(channel - pixel[index])));
const encoded = (linear) => 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.min(linear, 1) ** (1 / 2.4) - 0.055);
const linear = (byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
/** How far a channel is from the brightness, as a share. */
function offWhite(pixel) {
  const color = pixel.slice(0, 3).map(linear);
  return Math.max(...color.map((channel) => Math.abs(channel / luminance(color) - 1)));
}
