// The cube, packed in every way that needs a decoder. No encoder is at hand, so each stream is the plainest of its kind.

import { glb } from "./model.mjs";

/** Corners, normals and coordinates of a cube of one metre on the floor. */
function cube() {
  const [positions, normals, uvs, indices] = [[], [], [], []];
  for (const axis of [0, 1, 2]) for (const sign of [1, -1]) {
    const first = positions.length / 3;
    const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
    for (const [a, b] of [[-1, -1], [1, -1], [1, 1], [-1, 1]]) {
      const point = [0, 0, 0];
      [point[axis], point[u], point[v]] = [sign * 0.5, a * 0.5 * sign, b * 0.5];
      point[1] += 0.5;
      positions.push(...point);
      normals.push(...[0, 1, 2].map((other) => (other === axis ? sign : 0)));
      uvs.push((a + 1) / 2, (b + 1) / 2);
    }
    indices.push(...[0, 1, 2, 0, 2, 3].map((corner) => first + corner));
  }
  const floats = (numbers) => Buffer.from(new Float32Array(numbers).buffer);
  return { positions: floats(positions), normals: floats(normals), uvs: floats(uvs), indices: Buffer.from(new Uint16Array(indices).buffer), corners: indices, count: positions.length / 3 };
}

/** A file of views, one for each part; `change` may pack them. `picture` is the base colour. */
function file({ change = () => {}, picture, mimeType } = {}) {
  const shape = cube();
  const parts = [shape.positions, shape.normals, shape.uvs, shape.indices];
  const json = {
    asset: { version: "2.0", generator: "tests/web" }, scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, NORMAL: 1, TEXCOORD_0: 2 }, indices: 3, material: 0 }] }],
    materials: [{ pbrMetallicRoughness: { baseColorFactor: [0.8, 0.3, 0.2, 1], metallicFactor: 0 }, extensions: { KHR_materials_unlit: {} } }],
    extensionsUsed: ["KHR_materials_unlit"],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 24, type: "VEC3", min: [-0.5, 0, -0.5], max: [0.5, 1, 0.5] },
      { bufferView: 1, componentType: 5126, count: 24, type: "VEC3" }, { bufferView: 2, componentType: 5126, count: 24, type: "VEC2" },
      { bufferView: 3, componentType: 5123, count: 36, type: "SCALAR" },
    ],
  };
  if (picture) {
    parts.push(picture);
    Object.assign(json, { images: [{ bufferView: 4, mimeType }], textures: [{ source: 0 }] });
    json.materials[0].pbrMetallicRoughness = { baseColorTexture: { index: 0 }, metallicFactor: 0 };
  }
  json.bufferViews = parts.map((part) => ({ buffer: 0, byteLength: part.length }));
  change(json, parts, shape);
  let at = 0;
  const bytes = parts.map((part, index) => {
    const place = json.bufferViews[index].extensions?.EXT_meshopt_compression ?? json.bufferViews[index];
    Object.assign(place, { byteOffset: at, byteLength: part.length });
    const padded = Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4)]);
    at += padded.length;
    return padded;
  });
  json.buffers = [{ byteLength: at }, ...(json.buffers ?? [])];
  return glb(json, Buffer.concat(bytes));
}

export const plain = () => file();

/** Draco: sequential, indices and numbers as they are. */
export const draco = () => file({ change(json, parts, shape) {
  const head = [...Buffer.from("DRACO"), 2, 2, 1, 0, 0, 0, shape.corners.length / 3, shape.count, 1, ...shape.corners, 1, 3];
  // Kind (position, normal, coordinates), floats, width, not normalised, unique id.
  const about = [0, 9, 3, 0, 7, 1, 9, 3, 0, 8, 3, 9, 2, 0, 9, 0, 0, 0];
  parts.splice(0, 4, Buffer.concat([Buffer.from([...head, ...about]), shape.positions, shape.normals, shape.uvs]));
  json.bufferViews = [{ buffer: 0 }];
  for (const accessor of json.accessors) delete accessor.bufferView;
  json.meshes[0].primitives[0].extensions = { KHR_draco_mesh_compression: { bufferView: 0, attributes: { POSITION: 7, NORMAL: 8, TEXCOORD_0: 9 } } };
  json.extensionsUsed.push("KHR_draco_mesh_compression");
  json.extensionsRequired = ["KHR_draco_mesh_compression"];
} });

/** Meshopt: version 0, every group of sixteen differences as plain bytes; the buffer that stands for it is never there. */
export const meshopt = () => file({ change(json, parts, shape) {
  [12, 12, 8].forEach((stride, index) => {
    json.bufferViews[index] = { buffer: 1, byteOffset: 0, byteLength: shape.count * stride, byteStride: stride,
      extensions: { EXT_meshopt_compression: { buffer: 0, byteStride: stride, count: shape.count, mode: "ATTRIBUTES" } } };
    parts[index] = attributes(parts[index], shape.count, stride);
  });
  json.buffers = [{ byteLength: 1 << 16, extensions: { EXT_meshopt_compression: { fallback: true } } }];
  json.extensionsUsed.push("EXT_meshopt_compression");
  json.extensionsRequired = ["EXT_meshopt_compression"];
} });

function attributes(bytes, count, stride) {
  const padded = Math.ceil(count / 16) * 16;
  const out = [0xa0];
  for (let byte = 0; byte < stride; byte += 1) {
    const groups = padded / 16;
    for (let first = 0; first < groups; first += 4) out.push(0xff);
    for (let vertex = 0; vertex < padded; vertex += 1) {
      const [here, before] = [vertex, vertex - 1].map((at) => bytes[Math.min(Math.max(at, 0), count - 1) * stride + byte]);
      const difference = (here - before) & 0xff;
      out.push(difference & 0x80 ? ((~difference & 0x7f) << 1) | 1 : difference << 1);
    }
  }
  const tail = Buffer.alloc(Math.max(stride, 32));
  bytes.copy(tail, tail.length - stride, 0, stride);
  return Buffer.concat([Buffer.from(out), tail]);
}

/** A KTX2 picture in UASTC: green and blue squares of four pixels, with as many smaller levels as wanted. */
export const ktx2 = (levels = 5) => file({ picture: picture(16, levels), mimeType: "image/ktx2", change(json) {
  json.textures = [{ extensions: { KHR_texture_basisu: { source: 0 } } }];
  json.extensionsUsed.push("KHR_texture_basisu");
  json.extensionsRequired = ["KHR_texture_basisu"];
} });

function picture(size, levels) {
  const descriptorAt = 80 + 24 * levels;
  const dataAt = Math.ceil((descriptorAt + 44) / 16) * 16;
  const head = Buffer.alloc(dataAt);
  head.write("\xABKTX 20\xBB\r\n\x1A\n", 0, "latin1");
  [0, 1, size, size, 0, 0, 1, levels, 0, descriptorAt, 44].forEach((word, index) => head.writeUInt32LE(word, 12 + index * 4));
  const blocks = [];
  let at = dataAt;
  for (let level = 0; level < levels; level += 1) {
    const side = Math.max(1, (size >> level) / 4);
    for (let block = 0; block < side * side; block += 1) blocks.push(solid((block + Math.floor(block / side)) % 2 ? [0, 160, 0, 255] : [0, 0, 200, 255]));
    [at, side * side * 16, side * side * 16].forEach((word, index) => head.writeUInt32LE(word, 80 + level * 24 + index * 8));
    at += side * side * 16;
  }
  [44, 0, 2 | (40 << 16), 166 | (1 << 8) | (1 << 16), 3 | (3 << 8), 16, 0, (3 << 24) | (127 << 16), 0, 0, 0xffffffff]
    .forEach((word, index) => head.writeUInt32LE(word >>> 0, descriptorAt + index * 4));
  return Buffer.concat([head, ...blocks]);
}

/** UASTC's mode for one colour, and the same colour as ETC1 would have it. */
function solid([r, g, b, a]) {
  const color = BigInt(r) | (BigInt(g) << 8n) | (BigInt(b) << 16n) | (BigInt(a) << 24n);
  const etc1 = 1n | (2n << 4n) | (BigInt(r >> 3) << 6n) | (BigInt(g >> 3) << 11n) | (BigInt(b >> 3) << 16n);
  const block = Buffer.alloc(16);
  block.writeBigUInt64LE((0b10111n | (color << 5n) | (etc1 << 37n)) & 0xffffffffffffffffn);
  return block;
}

/** A cube with this encoded picture. */
export const pictured = (bytes, mimeType) => file({ picture: bytes, mimeType });

/** A cube whose normal map has no tangents to stand on. */
export const bumpy = (bytes) => file({ picture: bytes, mimeType: "image/png", change(json) {
  delete json.materials[0].extensions;
  json.materials[0].normalTexture = { index: 0 };
} });
