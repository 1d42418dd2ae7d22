// The emulated phone's light (runs in the browser), as WebXR Lighting Estimation has it. IWER knows none.

/** Texels along a face of the cube, as phones have it. */
const SIDE = 16;

/**
 * Sections 3 and 4: a probe and an estimate of it in each picture; `window.light` is what the room has. Section 3.2 and 5: what
 * mirrors show of it as a texture of the layer's context, +X -X +Y -Y +Z -Z, in the format that the page asks for with the probe
 * (`format` is the one that the phone prefers), and the event that tells of another one. `window.reflect` sets it: an array of
 * six faces, each of 256 linear colours.
 */
export function knowLight(format) {
  const formats = new WeakMap();
  let faces;
  let probe;
  Object.defineProperty(XRSession.prototype, "preferredReflectionFormat", { configurable: true, get: () => (format === "rgba16f" ? format : "srgba8") });
  XRSession.prototype.requestLightProbe = async ({ reflectionFormat = "srgba8" } = {}) => {
    if (!["srgba8", "rgba16f"].includes(reflectionFormat)) throw new TypeError(`no such format: ${reflectionFormat}`);
    probe = new EventTarget();
    formats.set(probe, reflectionFormat);
    return probe;
  };
  XRFrame.prototype.getLightEstimate = function (probe) {
    if (!formats.has(probe)) throw new DOMException("not a probe of this session", "InvalidStateError");
    if (!window.light) return null;
    const { around, direction, intensity } = window.light;
    const point = ([x, y, z], w) => new DOMPointReadOnly(x, y, z, w);
    return {
      sphericalHarmonicsCoefficients: new Float32Array([...around, ...new Array(24).fill(0)]),
      primaryLightDirection: point(direction, 0),
      primaryLightIntensity: point(intensity, 1),
    };
  };
  window.asked = [];
  XRWebGLBinding.prototype.getReflectionCubeMap = (probe) => {
    if (!formats.has(probe)) throw new DOMException("not a probe of this session", "InvalidStateError");
    window.asked.push(performance.now());
    return faces ? cubeOf(window.phone.device.activeSession.renderState.baseLayer.context, faces, formats.get(probe)) : null;
  };
  window.reflect = (room) => {
    faces = room;
    probe.dispatchEvent(new Event("reflectionchange"));
  };
}

function cubeOf(gl, faces, format) {
  const isFloat = format === "rgba16f";
  const texture = gl.createTexture();
  const before = gl.getParameter(gl.TEXTURE_BINDING_CUBE_MAP);
  // A phone's picture does not come by way of what the page has set for its own uploads.
  const usual = [[gl.UNPACK_FLIP_Y_WEBGL, false], [gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false], [gl.UNPACK_ROW_LENGTH, 0], [gl.UNPACK_ALIGNMENT, 4]];
  const found = usual.map(([name]) => [name, gl.getParameter(name)]);
  const buffer = gl.getParameter(gl.PIXEL_UNPACK_BUFFER_BINDING);
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
  for (const [name, value] of usual) gl.pixelStorei(name, value);
  gl.bindTexture(gl.TEXTURE_CUBE_MAP, texture);
  faces.forEach((face, index) => {
    const texels = face.flatMap((color) => (isFloat ? [...color, 1] : [...color.map(encoded), 255]));
    const [inside, kind, data] = isFloat ? [gl.RGBA16F, gl.FLOAT, new Float32Array(texels)] : [gl.SRGB8_ALPHA8, gl.UNSIGNED_BYTE, new Uint8Array(texels)];
    gl.texImage2D(gl.TEXTURE_CUBE_MAP_POSITIVE_X + index, 0, inside, SIDE, SIDE, 0, gl.RGBA, kind, data);
  });
  for (const [name, value] of found) gl.pixelStorei(name, value);
  gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, buffer);
  gl.bindTexture(gl.TEXTURE_CUBE_MAP, before);
  return texture;
}

/** IEC 61966-2-1: a byte of sRGB. */
function encoded(linear) {
  const value = Math.min(Math.max(linear, 0), 1);
  return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
}
