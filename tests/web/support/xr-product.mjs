// A product made of one box whose six faces have six plain colours, as a .glb: what is seen says which face is seen.

/** Width, height and depth in metres; the origin is the middle of its underside. */
export const SIZE = [0.5, 0.8, 0.3];

/** The faces by name: outward normal and linear colour. */
export const FACES = {
  front: { normal: [0, 0, 1], color: [1, 0, 0] },
  back: { normal: [0, 0, -1], color: [0, 1, 1] },
  right: { normal: [1, 0, 0], color: [0, 1, 0] },
  left: { normal: [-1, 0, 0], color: [1, 0, 1] },
  top: { normal: [0, 1, 0], color: [0, 0, 1] },
  bottom: { normal: [0, -1, 0], color: [1, 1, 0] },
};

/** The middle of a face, in the product's own space. */
export function faceCenter(name) {
  const { normal } = FACES[name];
  return normal.map((value, axis) => (value * SIZE[axis]) / 2 + (axis === 1 ? SIZE[1] / 2 : 0));
}

/** A box whose faces shine by themselves. */
export function boxGlb() {
  return glbOf(({ color }) => ({ pbrMetallicRoughness: { baseColorFactor: [...color, 1] }, extensions: { KHR_materials_unlit: {} } }));
}

/** The same box of matt white, so that what is seen is the light. */
export function litGlb() {
  return glbOf(() => ({ pbrMetallicRoughness: { baseColorFactor: [0.8, 0.8, 0.8, 1], metallicFactor: 0, roughnessFactor: 1 } }));
}

/** The same box of polished metal, a mirror. */
export function metalGlb() {
  return glbOf(() => ({ pbrMetallicRoughness: { baseColorFactor: [1, 1, 1, 1], metallicFactor: 1, roughnessFactor: 0 } }));
}

/** The file's bytes; `material` makes one for each face. */
function glbOf(material) {
  const faces = Object.values(FACES);
  const parts = faces.flatMap((face) => [positionsOf(face.normal), normalsOf(face.normal)]);
  const indices = new Uint16Array([0, 1, 2, 0, 2, 3]);
  const binary = Buffer.concat([...parts, indices].map((array) => Buffer.from(array.buffer)));
  const document = {
    asset: { version: "2.0" },
    extensionsUsed: ["KHR_materials_unlit"],
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{
      primitives: faces.map((_, index) => ({
        attributes: { POSITION: index * 2, NORMAL: index * 2 + 1 },
        indices: parts.length,
        material: index,
      })),
    }],
    materials: faces.map(material),
    accessors: [
      ...parts.map((part, index) => ({ bufferView: index, componentType: 5126, count: 4, type: "VEC3", ...boundsOf(part) })),
      { bufferView: parts.length, componentType: 5123, count: 6, type: "SCALAR" },
    ],
    bufferViews: [...parts, indices].map((array, index) => ({ buffer: 0, byteOffset: index * 48, byteLength: array.byteLength })),
    buffers: [{ byteLength: binary.length }],
  };
  return glb(JSON.stringify(document), binary);
}

function positionsOf(normal) {
  const axis = normal.findIndex((value) => value !== 0);
  // Two axes across the face, so that first × second = normal: the corners run counter-clockwise seen from outside.
  const [first, second] = normal[axis] > 0 ? [(axis + 1) % 3, (axis + 2) % 3] : [(axis + 2) % 3, (axis + 1) % 3];
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].flatMap(([along, across]) => {
    const corner = [...normal];
    corner[first] = along;
    corner[second] = across;
    return corner.map((value, index) => (value * SIZE[index]) / 2 + (index === 1 ? SIZE[1] / 2 : 0));
  });
  return new Float32Array(corners);
}

function normalsOf(normal) {
  return new Float32Array([normal, normal, normal, normal].flat());
}

function boundsOf(part) {
  const axis = (index) => [...part].filter((_, at) => at % 3 === index);
  return { min: [0, 1, 2].map((index) => Math.min(...axis(index))), max: [0, 1, 2].map((index) => Math.max(...axis(index))) };
}

/** glTF 2.0 section 4.4: header, then a JSON chunk padded with spaces, then a binary chunk padded with zeros. */
function glb(json, binary) {
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 4) * 4, " "));
  const bytes = Buffer.concat([binary, Buffer.alloc((4 - (binary.length % 4)) % 4)]);
  const chunk = (kind, content) => {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(content.length, 0);
    head.writeUInt32LE(kind, 4);
    return Buffer.concat([head, content]);
  };
  const chunks = Buffer.concat([chunk(0x4e4f534a, text), chunk(0x004e4942, bytes)]);
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0x46546c67, 0);
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(12 + chunks.length, 8);
  return Buffer.concat([head, chunks]);
}
