// Landmarks of a face and a hand before a known camera, made from the mirror's own tables: a tracker that never errs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HEIGHT, WIDTH } from "./camera.mjs";

const source = (name) => readFileSync(join(import.meta.dirname, "../../../src/tryon", name), "utf8");
const numbers = (text) => text.split(",").map(Number);
/** The focal length in shares of the picture's longer side that the mirror takes for usual; see src/tryon/learn.rs. */
const FOCAL = 0.785;

/** Metres of head space by index of the landmark; the right side is the left one mirrored. */
const FACE = new Map();
for (const [, left, right, at] of source("face.rs").matchAll(/^ {4}pair\((\d+), (\d+), \[(.*?)\]/gm)) {
  const [x, y, z] = numbers(at).map((value) => value / 1000);
  FACE.set(Number(left), [x, y, z]).set(Number(right), [-x, y, z]);
}
for (const [, index, at] of source("face.rs").matchAll(/^ {4}middle\((\d+), \[(.*?)\]/gm)) FACE.set(Number(index), [0, ...numbers(at).map((value) => value / 1000)]);
// The irises' edges: towards the nose and away from it, above and below.
for (const middle of [468, 473]) {
  const [x, y, z] = FACE.get(middle);
  [[1, 0], [0, 1], [-1, 0], [0, -1]].forEach(([across, up], index) => FACE.set(middle + 1 + index, [x + across * 0.00585, y + up * 0.00585, z]));
}

const KNUCKLES = [2, 5, 9, 13, 17];
/** Metres of hand space, of a left hand, its fingers straight. */
const HAND = new Map();
for (const [, name, at] of source("palm.rs").matchAll(/^ {4}point\(hand::(\S+), \[(.*?)\]/gm)) {
  const index = { WRIST: 0, THUMB_ROOT: 1 }[name] ?? KNUCKLES[Number(name.match(/\d/)[0])];
  HAND.set(index, numbers(at).map((value) => value / 1000));
}
HAND.set(2, [0.045, 0.045, -0.012]);
for (const knuckle of KNUCKLES) {
  const [x, y, z] = HAND.get(knuckle);
  [0.045, 0.07, 0.09].forEach((along, index) => HAND.set(knuckle + 1 + index, [x, y + along, z]));
}

/** A pose: where the body's origin is, in metres of the camera's space, and how it is turned, in radians: up, then aside, then tilted, its left side up. */
export const pose = ({ at = [0, 0, -0.5], up = 0, aside = 0, tilt = 0 }) => ({ at, up, aside, tilt });

function placed({ at, up, aside, tilt }, [x, y, z]) {
  const [y1, z1] = [y * Math.cos(up) + z * Math.sin(up), z * Math.cos(up) - y * Math.sin(up)];
  const [x2, z2] = [x * Math.cos(aside) + z1 * Math.sin(aside), z1 * Math.cos(aside) - x * Math.sin(aside)];
  const [x3, y3] = [x2 * Math.cos(tilt) - y1 * Math.sin(tilt), x2 * Math.sin(tilt) + y1 * Math.cos(tilt)];
  return [x3 + at[0], y3 + at[1], z2 + at[2]];
}

function landmarks(points, count, pose, [width, height]) {
  const numbers = new Array(count * 4).fill(0);
  for (const [index, point] of points) {
    const at = placed(pose, point);
    const depth = ((pose.at[2] - at[2]) * FOCAL * Math.max(width, height)) / -at[2] / width;
    numbers.splice(index * 4, 4, ...inPicture(at, [width, height]), depth, 1);
  }
  return numbers;
}

const inPicture = ([x, y, z], [width, height]) => [0.5 + (x * FOCAL * Math.max(width, height)) / -z / width, 0.5 - (y * FOCAL * Math.max(width, height)) / -z / height];

/** Where a ring on a finger of a hand in that pose is seen, in pixels of the camera's picture. */
export function fingerAt(pose, finger) {
  const [x, y, z] = HAND.get(KNUCKLES[["thumb", "index", "middle", "ring", "little"].indexOf(finger)]);
  const [across, down] = inPicture(placed(pose, [x, y + 0.025, z]), [WIDTH, HEIGHT]);
  return [across * WIDTH, down * HEIGHT];
}

/** What a tracker says of a face in that pose, in a picture of that size. */
export const face = (pose, size = [WIDTH, HEIGHT]) => ({ points: landmarks(FACE, 478, pose, size) });
/** And of a left hand. */
export const hand = (pose, size = [WIDTH, HEIGHT]) => ({ points: landmarks(HAND, 21, pose, size), side: "left" });

/** Runs in the page: the page's own tracker, which sees what the test put into `window.sightings`. */
export function ownTracker() {
  window.sightings = [];
  window.trackersClosed = 0;
  addEventListener("DOMContentLoaded", () => {
    customElements.get("vitrine-view").tracker = async (subject) => ({
      find: async (picture) => {
        picture.close();
        await new Promise((done) => setTimeout(done, 30));
        window.answers += 1;
        return window.sightings.filter(({ points }) => points.length === (subject === "face" ? 478 : 21) * 4).map((sighting) => ({ ...sighting, points: Float32Array.from(sighting.points) }));
      },
      close: () => (window.trackersClosed += 1),
    });
  });
}
