// Jewels built by code, with their seats as src/tryon/wear.rs names them, in plain colours: a ring, an earring and a necklace.

import { glb } from "./model.mjs";

const [GOLD, RED, GREEN] = [[0.7, 0.4, 0.02], [0.7, 0.02, 0.02], [0.02, 0.5, 0.02]];

/** The ring: its tube's middle and its thickness, in metres. It lies round Y. */
export const RING = { radius: 0.010, thick: 0.0015 };
/** The earring's length; its outer half is red, the one towards the head green. */
export const DROP = { length: 0.045, thick: 0.003 };
/** Points on the necklace's line: where it lies on the neck's sides, behind, and in front. */
export const NECKLACE = { side: [0.088, 0, 0.01], behind: [0, 0.02, -0.075], front: [0, -0.06, 0.108] };

/** A tube along a closed line, `at` of 0 to 1 its points. */
function tube(at, thick, color) {
  const [LONG, ROUND] = [96, 12];
  const positions = [];
  for (let step = 0; step < LONG; step += 1) {
    const [here, next] = [at(step / LONG), at((step + 1) / LONG)];
    const along = unit(here.map((value, axis) => next[axis] - value));
    const aside = unit(cross(along, Math.abs(along[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0]));
    const up = cross(aside, along);
    for (let turn = 0; turn < ROUND; turn += 1) {
      const angle = (2 * Math.PI * turn) / ROUND;
      positions.push(here.map((value, axis) => value + thick * (aside[axis] * Math.cos(angle) + up[axis] * Math.sin(angle))));
    }
  }
  const corner = (step, turn) => (step % LONG) * ROUND + (turn % ROUND);
  const indices = [];
  for (let step = 0; step < LONG; step += 1) {
    for (let turn = 0; turn < ROUND; turn += 1) {
      const [a, b, c, d] = [corner(step, turn), corner(step, turn + 1), corner(step + 1, turn), corner(step + 1, turn + 1)];
      indices.push(a, c, b, b, c, d);
    }
  }
  return { positions, indices, color };
}

function box([x0, y0, z0], [x1, y1, z1], color) {
  const positions = [0, 1, 2, 3, 4, 5, 6, 7].map((corner) => [corner & 1 ? x1 : x0, corner & 2 ? y1 : y0, corner & 4 ? z1 : z0]);
  const sides = [[0, 2, 1, 3], [4, 5, 6, 7], [0, 1, 4, 5], [2, 6, 3, 7], [0, 4, 2, 6], [1, 3, 5, 7]];
  return { positions, indices: sides.flatMap(([a, b, c, d]) => [a, b, c, c, b, d]), color };
}

const unit = (way) => way.map((value) => value / Math.hypot(...way));
const cross = ([ax, ay, az], [bx, by, bz]) => [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];

/** A file of such parts, without light of their own, with a seat in the middle. */
function jewel(seat, parts) {
  const [pieces, bufferViews, accessors] = [[], [], []];
  let byteOffset = 0;
  const add = (bytes, more) => {
    bufferViews.push({ buffer: 0, byteOffset, byteLength: bytes.length });
    pieces.push(bytes);
    byteOffset += bytes.length;
    return accessors.push({ bufferView: bufferViews.length - 1, ...more }) - 1;
  };
  const primitives = parts.map(({ positions, indices }, material) => {
    const over = (choose) => [0, 1, 2].map((axis) => choose(...positions.map((point) => Math.fround(point[axis]))));
    const POSITION = add(Buffer.from(Float32Array.from(positions.flat()).buffer), { componentType: 5126, count: positions.length, type: "VEC3", min: over(Math.min), max: over(Math.max) });
    return { attributes: { POSITION }, indices: add(Buffer.from(Uint32Array.from(indices).buffer), { componentType: 5125, count: indices.length, type: "SCALAR" }), material };
  });
  return glb({
    asset: { version: "2.0", generator: "tests/web" }, extensionsUsed: ["KHR_materials_unlit"], scene: 0, scenes: [{ nodes: [0, 1] }],
    nodes: [{ mesh: 0 }, { name: seat }], meshes: [{ primitives }], accessors, bufferViews, buffers: [{ byteLength: byteOffset }],
    materials: parts.map(({ color }) => ({ doubleSided: true, pbrMetallicRoughness: { baseColorFactor: [...color, 1] }, extensions: { KHR_materials_unlit: {} } })),
  }, Buffer.concat(pieces));
}

const around = (share) => [Math.sin(2 * Math.PI * share), Math.cos(2 * Math.PI * share)];

function ring() {
  const line = (share) => around(share).map((value) => value * RING.radius);
  return jewel("wear:ring", [tube((share) => [line(share)[0], 0, line(share)[1]], RING.thick, GOLD)]);
}

function earring() {
  const { length, thick } = DROP;
  return jewel("wear:earring", [box([0, -length, -thick], [thick, 0, thick], RED), box([-thick, -length, -thick], [0, 0, thick], GREEN)]);
}

/** A loop through the four places, smooth between them. */
function necklace() {
  const { side, behind, front } = NECKLACE;
  const line = (share) => {
    const [across, forward] = around(share);
    const toward = forward > 0 ? front : behind;
    const much = forward * forward;
    return [across * side[0], side[1] + (toward[1] - side[1]) * much, side[2] + (toward[2] - side[2]) * Math.abs(forward)];
  };
  return jewel("wear:necklace", [tube(line, 0.003, GOLD)]);
}

/** Playwright routes for `/made/…`. */
export const JEWELS = Object.fromEntries(Object.entries({ ring: ring(), earring: earring(), necklace: necklace() }).map(([name, body]) =>
  [`**/made/${name}.glb`, (route) => route.fulfill({ contentType: "model/gltf-binary", body })]));
