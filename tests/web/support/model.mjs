// Small products built by code: a cube whose sides have known colours, with variants, and files that are broken on purpose.

/** Linear base colours of the cube's sides, by the direction they face. */
export const SIDES = { right: [0.6, 0.05, 0.05], left: [0.05, 0.05, 0.6], top: [0.6, 0.6, 0.6], bottom: [0.2, 0.2, 0.2], front: [0.05, 0.5, 0.05], back: [0.6, 0.5, 0.05] };

/** A cube of one metre on the floor, without light of its own (unlit), with the variants Plain and Plum, in the scenes large and small. */
export function cube({ extensionsRequired = [] } = {}) {
  const normals = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]];
  const positions = Buffer.alloc(6 * 4 * 12);
  const directions = Buffer.alloc(6 * 4 * 12);
  const indices = Buffer.alloc(6 * 6 * 2);
  normals.forEach((normal, side) => {
    const axis = normal.findIndex((value) => value !== 0);
    const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
    const sign = normal[axis];
    [[-1, -1], [1, -1], [1, 1], [-1, 1]].forEach(([a, b], corner) => {
      const point = [0, 0, 0];
      [point[axis], point[u], point[v]] = [sign * 0.5, a * 0.5 * sign, b * 0.5];
      point[1] += 0.5;
      point.forEach((value, index) => positions.writeFloatLE(value, (side * 4 + corner) * 12 + index * 4));
      normal.forEach((value, index) => directions.writeFloatLE(value, (side * 4 + corner) * 12 + index * 4));
    });
    [0, 1, 2, 0, 2, 3].forEach((corner, index) => indices.writeUInt16LE(corner, (side * 6 + index) * 2));
  });
  const extensions = ["KHR_materials_unlit", "KHR_materials_variants"];
  const unlit = (name, color) => ({ name, pbrMetallicRoughness: { baseColorFactor: [...color, 1], metallicFactor: 0 }, extensions: { KHR_materials_unlit: {} } });
  const materials = [...Object.entries(SIDES).map(([name, color]) => unlit(name, color)), unlit("plum", [0.4, 0.03, 0.3])];
  const json = {
    asset: { version: "2.0", generator: "tests/web" }, extensionsUsed: [...extensions, ...extensionsRequired], extensionsRequired,
    extensions: { KHR_materials_variants: { variants: [{ name: "Plain" }, { name: "Plum" }] } },
    scene: 0, scenes: [{ name: "large", nodes: [0] }, { name: "small", nodes: [1] }],
    nodes: [{ mesh: 0, name: "cube" }, { mesh: 0, name: "small cube", scale: [0.5, 0.5, 0.5] }], materials,
    meshes: [{ primitives: normals.map((_, side) => ({
      attributes: { POSITION: side * 2, NORMAL: side * 2 + 1 }, indices: 12 + side, material: side,
      extensions: { KHR_materials_variants: { mappings: [{ material: side, variants: [0] }, { material: 6, variants: [1] }] } },
    })) }],
    accessors: [
      ...normals.flatMap((_, side) => [
        { bufferView: 0, byteOffset: side * 48, componentType: 5126, count: 4, type: "VEC3", ...bounds(positions, side) },
        { bufferView: 1, byteOffset: side * 48, componentType: 5126, count: 4, type: "VEC3" }]),
      ...normals.map((_, side) => ({ bufferView: 2, byteOffset: side * 12, componentType: 5123, count: 6, type: "SCALAR" })),
    ],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: positions.length },
      { buffer: 0, byteOffset: positions.length, byteLength: directions.length },
      { buffer: 0, byteOffset: positions.length + directions.length, byteLength: indices.length },
    ],
    buffers: [{ byteLength: positions.length + directions.length + indices.length }],
  };
  return glb(json, Buffer.concat([positions, directions, indices]));
}

function bounds(positions, side) {
  const points = [0, 1, 2, 3].map((corner) => [0, 1, 2].map((axis) => positions.readFloatLE((side * 4 + corner) * 12 + axis * 4)));
  const over = (choose) => [0, 1, 2].map((axis) => choose(...points.map((point) => point[axis])));
  return { min: over(Math.min), max: over(Math.max) };
}

/**
 * Squares of half a metre that face the viewer, unlit, with an animation of one second: a red one hangs on a joint that goes
 * from x -1 to 1, a green one is moved up by a metre by a morph target, and four blue ones at y -1 are copies of one.
 */
export function moving() {
  const numbers = [];
  const [accessors, bufferViews] = [[], []];
  const add = (type, ...values) => {
    const width = { SCALAR: 1, VEC3: 3, VEC4: 4 }[type];
    bufferViews.push({ buffer: 0, byteOffset: numbers.length * 4, byteLength: values.length * 4 });
    numbers.push(...values);
    return accessors.push({ bufferView: bufferViews.length - 1, componentType: 5126, count: values.length / width, type }) - 1;
  };
  const corners = [-0.25, -0.25, 0, 0.25, -0.25, 0, -0.25, 0.25, 0, 0.25, 0.25, 0];
  const position = add("VEC3", ...corners);
  accessors[position].min = [-0.25, -0.25, 0];
  accessors[position].max = [0.25, 0.25, 0];
  const weights = add("VEC4", ...[1, 2, 3, 4].flatMap(() => [1, 0, 0, 0]));
  const lift = add("VEC3", ...[1, 2, 3, 4].flatMap(() => [0, 1, 0]));
  const times = add("SCALAR", 0, 1);
  const along = add("VEC3", -1, 0, 0, 1, 0, 0);
  const share = add("SCALAR", 0, 1);
  const places = add("VEC3", ...[-1.5, -0.5, 0.5, 1.5].flatMap((x) => [x, -1, 0]));
  const bytes = Buffer.alloc(numbers.length * 4 + 16); // the joints are all 0
  numbers.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  bufferViews.push({ buffer: 0, byteOffset: numbers.length * 4, byteLength: 16 });
  const joints = accessors.push({ bufferView: bufferViews.length - 1, componentType: 5121, count: 4, type: "VEC4" }) - 1;
  const material = (color) => ({ pbrMetallicRoughness: { baseColorFactor: [...color, 1] }, extensions: { KHR_materials_unlit: {} } });
  const square = (material, attributes = {}, more = {}) => ({ primitives: [{ mode: 5, material, attributes: { POSITION: position, ...attributes }, ...more }] });
  return glb({
    asset: { version: "2.0", generator: "tests/web" }, extensionsUsed: ["KHR_materials_unlit", "EXT_mesh_gpu_instancing"],
    scene: 0, scenes: [{ nodes: [0, 1, 2, 3] }],
    nodes: [{ mesh: 0, skin: 0 }, { translation: [-1, 0, 0] }, { mesh: 1 },
      { mesh: 2, extensions: { EXT_mesh_gpu_instancing: { attributes: { TRANSLATION: places } } } }],
    skins: [{ joints: [1] }], materials: [[0.6, 0.02, 0.02], [0.02, 0.5, 0.02], [0.02, 0.02, 0.6]].map(material),
    meshes: [square(0, { JOINTS_0: joints, WEIGHTS_0: weights }), square(1, {}, { targets: [{ POSITION: lift }] }), square(2)],
    animations: [{ name: "go", samplers: [{ input: times, output: along }, { input: times, output: share }],
      channels: [{ sampler: 0, target: { node: 1, path: "translation" } }, { sampler: 1, target: { node: 2, path: "weights" } }] }],
    accessors, bufferViews, buffers: [{ byteLength: bytes.length }],
  }, bytes);
}

/** Joins JSON and bytes as GLB 2.0. */
export function glb(json, bytes) {
  const text = Buffer.from(JSON.stringify(json));
  const jsonChunk = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, " ")]);
  const binChunk = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  const head = (length, kind) => {
    const buffer = Buffer.alloc(8);
    buffer.writeUInt32LE(length, 0);
    buffer.write(kind, 4, "latin1");
    return buffer;
  };
  const file = Buffer.alloc(12);
  file.write("glTF", 0, "latin1");
  file.writeUInt32LE(2, 4);
  file.writeUInt32LE(12 + 16 + jsonChunk.length + binChunk.length, 8);
  return Buffer.concat([file, head(jsonChunk.length, "JSON"), jsonChunk, head(binChunk.length, "BIN\0"), binChunk]);
}

/** Playwright routes for `/made/…`: one good file and one per way to be broken. */
export const MADE = {
  "**/made/cube.glb": answer(cube()),
  "**/made/moving.glb": answer(moving()),
  "**/made/truncated.glb": answer(cube().subarray(0, 700)),
  "**/made/not-gltf.glb": answer(Buffer.from("<!doctype html><title>Sorry</title>We moved.")),
  "**/made/unknown-extension.glb": answer(cube({ extensionsRequired: ["ACME_molten_glass"] })),
  "**/made/missing.glb": (route) => route.fulfill({ status: 404, body: "no such file" }),
  "**/made/refused.glb": (route) => route.abort("connectionrefused"),
};

function answer(body) {
  return (route) => route.fulfill({ contentType: "model/gltf-binary", body });
}
