// A `.task` model for tasks-vision, made of the models that the older packages carry: these lack only a word about their input.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

const PACKAGES = join(import.meta.dirname, "../../../node_modules/@mediapipe");

/** A hand landmarker: both models take colours of 0 to 1. */
export function handTask() {
  return bundle({
    "hand_detector.tflite": withInput(packed("hands/hands", "palm_detection_full.tflite"), 0, 255),
    "hand_landmarks_detector.tflite": withInput(readFileSync(join(PACKAGES, "hands/hand_landmark_full.tflite")), 0, 255),
  });
}

/** A file out of a package's one file of many: its script knows what lies where. */
function packed(name, file) {
  const script = readFileSync(join(PACKAGES, `${name}_solution_packed_assets_loader.js`), "utf8");
  const [, start, end] = script.match(new RegExp(`/${file}", "start": (\\d+), "end": (\\d+)`));
  return readFileSync(join(PACKAGES, `${name}_solution_packed_assets.data`)).subarray(Number(start), Number(end));
}

/**
 * A TensorFlow Lite model with metadata that says how colours become its input: less `mean`, over `deviation`. The new root is
 * put before the old file, into which its offsets lead. (tensorflow/lite/schema/schema.fbs, metadata_schema.fbs.)
 */
function withInput(model, mean, deviation) {
  const root = model.readUInt32LE(0);
  const vtable = root - model.readInt32LE(root);
  const count = (model.readUInt16LE(vtable) - 4) / 2;
  const field = (index) => {
    const offset = index < count ? model.readUInt16LE(vtable + 4 + 2 * index) : 0;
    return offset && root + offset;
  };
  const old = (at) => at && { old: at + model.readUInt32LE(at) };
  const buffers = field(4) + model.readUInt32LE(field(4));
  const oldBuffers = Array.from({ length: model.readUInt32LE(buffers) }, (_, index) => old(buffers + 4 + 4 * index));
  const normalize = { table: [1, { table: [{ floats: [mean] }, { floats: [deviation] }] }] };
  const input = { table: [{ text: "image" }, 0, 0, { table: [2, { table: [1] }] }, { list: [normalize] }] };
  const metadata = flatBuffer("M001", { table: [0, 0, 0, { list: [{ table: [0, 0, { list: [input] }] }] }] });
  const named = { table: [{ text: "TFLITE_METADATA" }, oldBuffers.length] };
  const fields = [model.readUInt32LE(field(0)), old(field(1)), old(field(2)), old(field(3)), { list: [...oldBuffers, { table: [{ bytes: metadata }] }] }, 0, { list: [named] }, old(field(7))];
  return flatBuffer("TFL3", { table: fields }, model);
}

/**
 * A flatbuffer of nodes: a number is a field of four bytes and 0 none, `{ table }` has fields, `{ list }` nodes, `{ floats }`,
 * `{ bytes }` and `{ text }` values; `{ old }` is a place in the buffer that goes behind.
 */
function flatBuffer(identifier, root, behind = Buffer.alloc(0)) {
  const head = Buffer.alloc(64 * 1024);
  const olds = [];
  let end = 8;
  const align = (more, to) => (end = Math.ceil((end + more) / to) * to - more);
  const take = (length) => (end += length) - length;
  const refer = (at, node) => {
    if (node.old === undefined) head.writeUInt32LE(place(node) - at, at);
    else olds.push([at, node.old]);
  };
  const vector = (values, size, write) => {
    align(4, 16);
    const at = take(4 + values.length * size);
    head.writeUInt32LE(values.length, at);
    values.forEach((value, index) => write(value, at + 4 + index * size));
    return at;
  };
  const place = ({ table, list, floats, bytes, text }) => {
    if (list) return vector(list, 4, (node, at) => refer(at, node));
    if (floats) return vector(floats, 4, (value, at) => head.writeFloatLE(value, at));
    if (bytes) return vector([...bytes], 1, (value, at) => head.writeUInt8(value, at));
    if (text) {
      const at = vector([...Buffer.from(text)], 1, (value, at) => head.writeUInt8(value, at));
      take(1);
      return at;
    }
    align(0, 4);
    const vtable = take(4 + 2 * table.length);
    align(0, 4);
    const at = take(4 + 4 * table.length);
    head.writeUInt16LE(4 + 2 * table.length, vtable);
    head.writeUInt16LE(4 + 4 * table.length, vtable + 2);
    head.writeInt32LE(at - vtable, at);
    table.forEach((value, index) => {
      if (!value) return;
      head.writeUInt16LE(4 + 4 * index, vtable + 4 + 2 * index);
      if (typeof value === "number") head.writeUInt32LE(value, at + 4 + 4 * index);
      else refer(at + 4 + 4 * index, value);
    });
    return at;
  };
  head.write(identifier, 4, "latin1");
  refer(0, root);
  const base = align(0, 64);
  for (const [at, old] of olds) head.writeUInt32LE(base + old - at, at);
  return Buffer.concat([head.subarray(0, base), behind]);
}

/** A ZIP of files as they are, which is what a `.task` file is. */
function bundle(files) {
  const [parts, directory] = [[], []];
  let at = 0;
  const words = (...values) => Buffer.concat(values.map(([value, size]) => {
    const bytes = Buffer.alloc(size);
    bytes.writeUIntLE(value, 0, size);
    return bytes;
  }));
  for (const [name, body] of Object.entries(files)) {
    const sizes = [[0, 4], [crc32(body), 4], [body.length, 4], [body.length, 4], [name.length, 2], [0, 2]];
    const local = Buffer.concat([words([0x04034b50, 4], [20, 2], [0, 2], [0, 2], ...sizes), Buffer.from(name), body]);
    directory.push(words([0x02014b50, 4], [20, 2], [20, 2], [0, 2], [0, 2], ...sizes, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), Buffer.from(name));
    parts.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const count = Object.keys(files).length;
  return Buffer.concat([...parts, entries, words([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [entries.length, 4], [at, 4], [0, 2])]);
}
