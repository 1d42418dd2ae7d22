// A headset whose sessions show nothing of the page: what the overlay would say hangs before the shopper, for both eyes, and
// comes along with the head.

import assert from "node:assert/strict";
import { useRooms } from "./support/room-page.mjs";

const { on } = useRooms();

const HEADSET = "?pointer=tracked-pointer&planes=1&stereo=1";
/** Where the shopper's eyes are. */
const EYE = [0, 1.5, 0];
/** The caption hangs so far away, and so far below the look. */
const [DISTANCE, BELOW] = [1.2, 14.9];
/** Degrees from the middle of two lines to where, each way, there are letters and still paper. */
const LINE = 1.2;
/** Points on the words: metres from their middle to each side, and degrees up and down. */
const ACROSS = Array.from({ length: 25 }, (_, index) => (index - 12) * 0.01);
const UP = Array.from({ length: 9 }, (_, index) => (index - 4) * 0.2);

on("words hang before both eyes, as the page says them, and go when there is nothing to say", HEADSET, async (room) => {
  await room.page.evaluate(() => (customElements.get("vitrine-view").words.room.headsetHints = { "search-floor": "Schauen Sie auf den Boden und bewegen Sie sich langsam, bis eine Stelle gefunden ist", placed: "Ziehen zum Verschieben" }));
  await enter(room, 0, 25);
  await room.hint(/^Schauen Sie auf den Boden und bewegen/);
  // Too long for one line: a paper for one ends nearer to its middle.
  for (const line of [LINE, -LINE]) await isWritten(room, 0, 25 + line);
  await isEmpty(room, 0, 45);
  await look(room, 0, -35);
  await room.hint(/^Pinch or press to place it here$/);
  await isWritten(room, 0, -35);
  await room.press("Place it here");
  await room.hint(/^Ziehen zum Verschieben$/);
  await look(room, 0, 25);
  await isWritten(room, 0, 25);
  await room.until(() => document.querySelector("vitrine-view").shadowRoot.querySelector("[part=ar-hint]").hidden);
  await isEmpty(room, 0, 25);
});

on("they stay for a glance aside and follow where the shopper turns", HEADSET, async (room) => {
  await enter(room, 0, 25);
  // What is said now is said until a point is taken.
  await room.press("Measure");
  await room.press("A gap");
  await room.hint(/^Pinch or press where the measurement begins$/);
  await isWritten(room, 0, 25);
  await look(room, 12, 25);
  await isWritten(room, 0, 25);
  await look(room, 70, 25);
  await isWritten(room, 70, 25);
});

on("a phone, which shows the page, has none", "?planes=1", async (room) => {
  await enter(room, 0, 25);
  await room.hint(/^Point the phone at the floor/);
  await isEmpty(room, 0, 25);
});

async function enter(room, yaw, pitch) {
  await room.page.setViewportSize({ width: 900, height: 300 });
  await room.enter();
  await look(room, yaw, pitch);
}

/** Turns the head, and gives what hangs before it the time to come along. */
async function look(room, yaw, pitch) {
  await room.phone("stand", 0, 0, yaw, pitch);
  // Longer than it takes, counted in pictures and in time.
  await Promise.all([room.phone("frames", 12), room.page.waitForTimeout(1200)]);
}

/** The pixels on the words that hang where one looks like this, for each eye. */
function words(room, yaw, pitch) {
  const middle = Math.max(-50, Math.min(50, pitch - BELOW));
  const points = UP.flatMap((up) => {
    const [turn, rise] = [yaw, middle + up].map((degrees) => (degrees * Math.PI) / 180);
    return ACROSS.map((aside) => [
      EYE[0] - Math.sin(turn) * Math.cos(rise) * DISTANCE + Math.cos(turn) * aside,
      EYE[1] + Math.sin(rise) * DISTANCE,
      EYE[2] - Math.cos(turn) * Math.cos(rise) * DISTANCE - Math.sin(turn) * aside,
    ]);
  });
  return room.phone("strongestOfEyes", points, 0);
}

/** Light letters on dark paper through which nothing is seen. */
async function isWritten(room, yaw, pitch) {
  const eyes = await words(room, yaw, pitch);
  assert.equal(eyes.length, 2, "two eyes");
  for (const pixels of eyes) {
    const light = pixels.filter(([red, green, blue]) => Math.min(red, green, blue) > 110).length;
    const dark = pixels.filter(([red, green, blue]) => Math.max(red, green, blue) < 70).length;
    assert.ok(pixels.every(([, , , alpha]) => alpha === 255), `something shows through: ${pixels.filter(([, , , alpha]) => alpha < 255).length} points`);
    assert.ok(light >= 20 && dark >= 60, `${light} light and ${dark} dark points`);
  }
}

async function isEmpty(room, yaw, pitch) {
  for (const pixels of await words(room, yaw, pitch)) assert.ok(pixels.every(([, , , alpha]) => alpha === 0), JSON.stringify(pixels));
}
