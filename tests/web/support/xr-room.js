// The emulated phone's room (runs in the browser): what stands in it, and what of it the phone knows as planes.

/** In metres: a floor at height 0, a wall at z = -3 and a table whose top is at 0.75. */
const ROOM = [
  { offset: [-4, -0.1, -4], size: [8, 0.1, 8] },
  { offset: [-4, 0, -3.1], size: [8, 2.6, 0.1] },
  { offset: [-1.4, 0.7, -2.2], size: [0.8, 0.05, 0.7] },
];
const LEVEL = { x: 0, y: 0, z: 0, w: 1 };
/** Its normal, a plane's Y, is along +Z. */
const UPRIGHT = { x: Math.SQRT1_2, y: 0, z: 0, w: Math.SQRT1_2 };
/** The faces of the same that a phone tells of: middle and sides. */
const PLANES = [
  { label: "FLOOR", middle: [0, 0, 0], sides: [8, 8], orientation: LEVEL },
  { label: "WALL_FACE", middle: [0, 1.3, -3], sides: [8, 2.6], orientation: UPRIGHT },
  { label: "TABLE", middle: [-1, 0.75, -1.85], sides: [0.8, 0.7], orientation: LEVEL },
];

/** What SEM loads. */
export function entities(knowsPlanes) {
  return [...ROOM.map(box), ...(knowsPlanes ? PLANES.map(plane) : [])];
}

function box({ offset: [x, y, z], size: [width, height, depth] }, index) {
  return {
    uuid: `00000000-0000-4000-8000-00000000000${index}`, semanticLabel_META: "OTHER",
    locatable_META: { position: { x: 0, y: 0, z: 0 }, orientation: LEVEL },
    bounded3D_META: { offset: { x, y, z }, extent: { width, height, depth } },
  };
}

function plane({ label, middle: [x, y, z], sides: [width, height], orientation }, index) {
  return {
    uuid: `00000000-0000-4000-8000-00000000001${index}`, semanticLabel_META: label,
    locatable_META: { position: { x, y, z }, orientation },
    bounded2D_META: { offset: { x: -width / 2, y: -height / 2 }, extent: { width, height } },
  };
}

/** WebXR Plane Detection, "lastChangedTime": of the last change of the plane. IWER's is that of the last picture. */
export function changePlanes() {
  const planes = Object.getOwnPropertyDescriptor(XRFrame.prototype, "detectedPlanes").get;
  Object.defineProperty(XRFrame.prototype, "detectedPlanes", {
    configurable: true,
    get() {
      const detected = planes.call(this);
      for (const plane of detected) {
        if (!Object.hasOwn(plane, "lastChangedTime")) Object.defineProperty(plane, "lastChangedTime", { value: performance.now() });
      }
      return detected;
    },
  });
}
