// The emulated phone as the page under test sees it (runs in the browser): IWER is the device, SEM the room. What IWER
// does otherwise than the specifications say is set right here, each with the text it follows.

import { keepAnchors } from "/xr-anchors.js";
import { knowLight } from "/xr-light.js";
import { changePlanes, entities } from "/xr-room.js";

/** Vertical view of the phone's camera. */
const FOV_Y = Math.PI / 3;
/** Eye height, in metres. */
const EYE = 1.5;

/**
 * Installs the phone. `query` of the page: `deny`, `no-hit-test`, `no-floor`, `opaque`, `broken-bridge`; `depth` (`cpu` or
 * `gpu`), `light`
 * (with `srgba8` or `rgba16f` as the format of its reflections), `camera`, `planes`: what the phone can; `anchors`: it has some, with `kept` for the next visit, too; `origin`: its space
 * begins so far to the right, in metres; `vr`: it is a headset without the room's picture; `pointer`: it is a headset whose input
 * is of this kind (WebXR, "targetRayMode"), without an overlay; `stereo`: it has two eyes.
 */
export async function installPhone(query) {
  const isWorn = query.has("vr") || query.has("pointer");
  const features = ["viewer", "local"];
  if (!query.has("pointer")) features.push("dom-overlay");
  if (!query.has("no-hit-test")) features.push("hit-test");
  if (!query.has("no-floor")) features.push("local-floor");
  if (query.has("depth")) features.push("depth-sensing");
  if (query.has("anchors")) features.push("anchors");
  if (query.has("planes")) features.push("plane-detection");
  if (query.has("camera")) features.push("camera-access");
  const device = new IWER.XRDevice({
    name: "Phone", controllerConfig: IWER.metaQuest3.controllerConfig, supportedFeatures: features,
    supportedSessionModes: query.has("no-ar") ? ["inline"] : ["inline", query.has("vr") ? "immersive-vr" : "immersive-ar"],
    supportedFrameRates: [60], isSystemKeyboardSupported: false, internalNominalFrameRate: 60,
    environmentBlendModes: { "immersive-ar": "alpha-blend", "immersive-vr": "opaque" }, interactionMode: isWorn ? "world-space" : "screen-space", userAgent: navigator.userAgent,
  }, { stereoEnabled: query.has("stereo"), fovy: FOV_Y });
  device.installRuntime({ forceInstall: true });
  device.installSEM(IWER_SEM.SyntheticEnvironmentModule);
  device.sem.loadEnvironment({ type: "scene", version: 1, spatialEntities: entities(query.has("planes")) });
  if (!isWorn) showOverlay();
  selectWhenLetGo();
  knowFingers(device);
  watchPictures(query.has("opaque"));
  if (query.has("deny")) deny(query.get("deny"));
  if (query.has("broken-bridge")) breakBridge();
  rememberSpace(query.get("origin"));
  loseTracking();
  if (query.get("depth") === "gpu") onlyTextures();
  if (query.has("light")) knowLight(query.get("light"));
  if (query.has("camera")) lendCamera();
  if (query.has("anchors")) keepAnchors(query.get("anchors"));
  changePlanes();
  window.phone = handles(device, query.get("pointer") ?? "screen");
}

/** WebXR DOM Overlays, section 2.2: a session says how it shows the overlay. IWER grants one and says nothing. */
function showOverlay() {
  Object.defineProperty(XRSession.prototype, "domOverlayState", { value: { type: "screen" } });
}

/** WebXR, "select": fired after the primary action is complete, before `selectend`. IWER fires it when the finger goes down. */
function selectWhenLetGo() {
  const dispatch = EventTarget.prototype.dispatchEvent;
  XRSession.prototype.dispatchEvent = function (event) {
    if (event.type === "select") return true;
    if (event.type === "selectend" && !window.isActionCancelled) {
      dispatch.call(this, new XRInputSourceEvent("select", { frame: event.frame, inputSource: event.inputSource }));
    }
    return dispatch.call(this, event);
  };
}

/** WebXR Hit Test, section 3.4 and 4: hit tests along the ray of each transient input source. IWER has none. */
function knowFingers(device) {
  const sources = new WeakSet();
  XRSession.prototype.requestHitTestSourceForTransientInput = async function ({ profile }) {
    if (!this.enabledFeatures.includes("hit-test")) throw new DOMException("hit-test is not enabled", "NotSupportedError");
    if (profile !== "generic-touchscreen") throw new DOMException("no such profile", "NotSupportedError");
    const source = { cancel() {} };
    sources.add(source);
    return source;
  };
  XRFrame.prototype.getHitTestResultsForTransientInput = function (source) {
    if (!sources.has(source)) throw new DOMException("not a source of this session", "InvalidStateError");
    return [...this.session.inputSources].map((inputSource) => {
      const finger = Object.values(device.controllers).find((controller) => controller.inputSource === inputSource);
      const { position: { x, y, z }, quaternion: q } = finger;
      const { matrix } = new XRRigidTransform({ x, y, z, w: 1 }, { x: q.x, y: q.y, z: q.z, w: q.w });
      const results = device.sem.computeHitTestResults(matrix).map((hit) => ({ getPose: () => ({ transform: rigid(hit) }) }));
      return { inputSource, results };
    });
  };
}

/** A transform with no scale out of a matrix, column by column. */
function rigid(m) {
  const w = Math.sqrt(Math.max(0, 1 + m[0] + m[5] + m[10])) / 2;
  const copySign = (size, sign) => (sign < 0 ? -size : size);
  const x = copySign(Math.sqrt(Math.max(0, 1 + m[0] - m[5] - m[10])) / 2, m[6] - m[9]);
  const y = copySign(Math.sqrt(Math.max(0, 1 - m[0] + m[5] - m[10])) / 2, m[8] - m[2]);
  const z = copySign(Math.sqrt(Math.max(0, 1 - m[0] - m[5] + m[10])) / 2, m[1] - m[4]);
  return new XRRigidTransform({ x: m[12], y: m[13], z: m[14], w: 1 }, { x, y, z, w });
}

/** WebXR, "getViewerPose": null while the device does not know where it is. IWER always knows. */
function loseTracking() {
  const knows = XRFrame.prototype.getViewerPose;
  XRFrame.prototype.getViewerPose = function (space) {
    return window.isLost ? null : knows.call(this, space);
  };
}

/**
 * Looks at the layer after each callback of the session, as a device's compositor would. With `isOpaque` the layer gets
 * a frame buffer of its own. WebXR, "opaque framebuffer": its attachments cannot be changed, it is usable only inside
 * the callback, and it is cleared to 0 before it. IWER's layer has none (it draws into the canvas). `window.around` is
 * called in place of the callback, with it and the layer.
 */
function watchPictures(isOpaque) {
  window.faults = [];
  window.pictures = 0;
  const buffers = new WeakMap();
  const inside = { layer: null };
  if (isOpaque) guardOpaque(buffers, inside);
  const request = XRSession.prototype.requestAnimationFrame;
  XRSession.prototype.requestAnimationFrame = function (callback) {
    return request.call(this, (now, frame) => {
      const layer = this.renderState.baseLayer;
      if (isOpaque) clearOpaque(layer, buffers);
      inside.layer = layer;
      if (window.around) window.around(() => callback(now, frame), layer);
      else callback(now, frame);
      inside.layer = null;
      window.pictures += 1;
      window.look?.(layer, frame);
      if (isOpaque) showOpaque(layer, buffers);
    });
  };
}

function guardOpaque(buffers, inside) {
  Object.defineProperty(XRWebGLLayer.prototype, "framebuffer", {
    configurable: true,
    get() {
      if (!buffers.has(this)) buffers.set(this, makeOpaque(this.context));
      return buffers.get(this).framebuffer;
    },
  });
  const isOpaque = (framebuffer) => framebuffer?.isOpaque === true;
  const { prototype } = WebGL2RenderingContext;
  for (const name of ["framebufferTexture2D", "framebufferRenderbuffer", "framebufferTextureLayer"]) {
    const attach = prototype[name];
    prototype[name] = function (target, ...rest) {
      const bound = this.getParameter(target === this.READ_FRAMEBUFFER ? this.READ_FRAMEBUFFER_BINDING : this.DRAW_FRAMEBUFFER_BINDING);
      if (isOpaque(bound) && !window.isPhoneAtWork) return void window.faults.push(`${name} on the opaque frame buffer`);
      attach.call(this, target, ...rest);
    };
  }
  // Not `clear`: the emulator itself calls it before each picture, on whatever is bound.
  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced", "clearBufferfv"]) {
    const draw = prototype[name];
    prototype[name] = function (...rest) {
      if (isOpaque(this.getParameter(this.DRAW_FRAMEBUFFER_BINDING)) && !inside.layer && !window.isPhoneAtWork) {
        window.faults.push(`${name} on the opaque frame buffer outside the callback`);
      }
      draw.call(this, ...rest);
    };
  }
}

function makeOpaque(gl) {
  const framebuffer = gl.createFramebuffer();
  framebuffer.isOpaque = true;
  return { framebuffer, color: gl.createRenderbuffer(), width: 0, height: 0 };
}

function clearOpaque(layer, buffers) {
  if (!layer) return;
  const gl = layer.context;
  const { framebuffer } = layer;
  const buffer = buffers.get(layer);
  keepingState(gl, () => {
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    if (buffer.width !== width || buffer.height !== height) {
      gl.bindRenderbuffer(gl.RENDERBUFFER, buffer.color);
      gl.renderbufferStorage(gl.RENDERBUFFER, gl.RGBA8, width, height);
      gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, buffer.color);
      Object.assign(buffer, { width, height });
    }
    gl.disable(gl.SCISSOR_TEST);
    gl.colorMask(true, true, true, true);
    gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
  });
}

function showOpaque(layer, buffers) {
  const gl = layer?.context;
  const buffer = gl && buffers.get(layer);
  if (!buffer) return;
  keepingState(gl, () => {
    gl.disable(gl.SCISSOR_TEST);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, buffer.framebuffer);
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null);
    gl.blitFramebuffer(0, 0, buffer.width, buffer.height, 0, 0, buffer.width, buffer.height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
  });
}

/** The page must not notice that the phone used its context. */
function keepingState(gl, work) {
  const [read, draw, renderbuffer] = [gl.READ_FRAMEBUFFER_BINDING, gl.DRAW_FRAMEBUFFER_BINDING, gl.RENDERBUFFER_BINDING].map((name) => gl.getParameter(name));
  const scissor = gl.isEnabled(gl.SCISSOR_TEST);
  const mask = gl.getParameter(gl.COLOR_WRITEMASK);
  window.isPhoneAtWork = true;
  work();
  window.isPhoneAtWork = false;
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, read);
  gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, draw);
  gl.bindRenderbuffer(gl.RENDERBUFFER, renderbuffer);
  if (scissor) gl.enable(gl.SCISSOR_TEST);
  gl.colorMask(...mask);
}

/** WebXR Depth Sensing, "usagePreference": a device that has depth as textures only takes the page's other wish. */
function onlyTextures() {
  const request = navigator.xr.requestSession;
  navigator.xr.requestSession = function (mode, init) {
    const depthSensing = { ...init.depthSensing, usagePreference: init.depthSensing.usagePreference.filter((usage) => usage === "gpu-optimized") };
    return request.call(this, mode, { ...init, depthSensing });
  };
}

/**
 * WebXR Raw Camera Access: `XRView.camera` for sessions that were granted it, and its picture as a texture of the layer's
 * context. Green below, blue above.
 */
function lendCamera() {
  const isGranted = () => window.phone.device.activeSession.enabledFeatures.includes("camera-access");
  Object.defineProperty(XRView.prototype, "camera", { configurable: true, get: () => (isGranted() ? { width: 2, height: 2 } : null) });
  XRWebGLBinding.prototype.getCameraImage = () => {
    const gl = window.phone.device.activeSession.renderState.baseLayer.context;
    const texture = gl.createTexture();
    const before = gl.getParameter(gl.TEXTURE_BINDING_2D);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    const rows = [0, 255, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 255, 255];
    // A phone's picture does not come by way of what the page has set for its own uploads.
    const usual = [[gl.UNPACK_FLIP_Y_WEBGL, false], [gl.UNPACK_ROW_LENGTH, 0], [gl.UNPACK_ALIGNMENT, 4]];
    const found = usual.map(([name]) => [name, gl.getParameter(name)]);
    const buffer = gl.getParameter(gl.PIXEL_UNPACK_BUFFER_BINDING);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
    for (const [name, value] of usual) gl.pixelStorei(name, value);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 2, 2, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(rows));
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const [name, value] of found) gl.pixelStorei(name, value);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, buffer);
    gl.bindTexture(gl.TEXTURE_2D, before);
    return texture;
  };
}

/** WebXR, "requestSession": rejects with NotAllowedError when the shopper says no. IWER asks nobody. */
function deny(name) {
  navigator.xr.requestSession = () => Promise.reject(new DOMException("said the shopper", name));
}

/** A driver that hands over nothing when a canvas is taken as a texture: what the first-frame test is for. */
function breakBridge() {
  const take = WebGL2RenderingContext.prototype.texImage2D;
  WebGL2RenderingContext.prototype.texImage2D = function (...values) {
    const canvas = values.at(-1);
    if (!(canvas instanceof HTMLCanvasElement)) return take.apply(this, values);
    const [target, level, format] = values;
    const nothing = new Uint8Array(canvas.width * canvas.height * 4);
    take.call(this, target, level, format, canvas.width, canvas.height, 0, this.RGBA, this.UNSIGNED_BYTE, nothing);
  };
}

/** What a test does with the phone. */
function handles(device, pointer) {
  const fingers = [device.controllers.right, device.controllers.left];
  for (const finger of fingers) {
    finger.connected = false;
    // WebXR, "targetRayMode": a finger on a screen. IWER only has controllers.
    Object.defineProperty(finger.inputSource, "targetRayMode", { value: pointer });
  }
  const view = { yaw: 0, pitch: 0 };
  const phone = {
    device,
    /** Stands at x, z and looks yaw to the left and pitch up, in degrees. */
    stand(x, z, yaw, pitch) {
      Object.assign(view, { yaw: (yaw * Math.PI) / 180, pitch: (pitch * Math.PI) / 180 });
      device.position.set(x, EYE, z);
      device.quaternion.set(...turned(view.yaw, view.pitch));
    },
    /** Points a finger at a point of the world; without one, straight ahead. */
    aim(index, point) {
      const { position } = device;
      fingers[index].position.set(position.x, position.y, position.z);
      const [x, y, z] = point ? [point[0] - position.x, point[1] - position.y, point[2] - position.z] : [0, 0, 0];
      const pitch = point ? Math.atan2(y, Math.hypot(x, z)) : view.pitch;
      fingers[index].quaternion.set(...turned(point ? Math.atan2(-x, -z) : view.yaw, pitch));
    },
    /** A controller is held here and points there. */
    async hold(index, from, to) {
      const [x, y, z] = to.map((value, axis) => value - from[axis]);
      fingers[index].position.set(...from);
      fingers[index].quaternion.set(...turned(Math.atan2(-x, -z), Math.atan2(y, Math.hypot(x, z))));
      fingers[index].connected = true;
      await phone.frames(2);
    },
    async press(index, point) {
      phone.aim(index, point);
      fingers[index].connected = true;
      await phone.frames(1);
      fingers[index].updateButtonValue("trigger", 1);
      await phone.frames(2);
    },
    /** Each finger to its point, in the same picture. */
    async move(...points) {
      points.forEach((point, index) => phone.aim(index, point));
      await phone.frames(1);
    },
    async release(index) {
      fingers[index].updateButtonValue("trigger", 0);
      await phone.frames(2);
      fingers[index].connected = false;
      await phone.frames(1);
    },
    /** Waits for pictures of the session. */
    async frames(count) {
      const until = window.pictures + count;
      let [last, since] = [window.pictures, performance.now()];
      while (window.pictures < until) {
        if (window.pictures > last) [last, since] = [window.pictures, performance.now()];
        if (performance.now() > since + 20000) throw new Error("the session draws no pictures");
        await new Promise((done) => requestAnimationFrame(done));
      }
    },
    /** Pixels of the layer (red, green, blue, alpha) at points of the world, in the next picture. */
    pixelsAt(points) {
      return new Promise((done) => {
        window.look = (layer, frame) => {
          window.look = undefined;
          done(points.map((point) => pixelAt(layer, viewOf(frame), point)));
        };
      });
    },
    /** Where a point of the world is in the picture: shares of its width and height from the upper left corner. */
    placeOf(point) {
      return new Promise((done) => {
        window.look = (layer, frame) => {
          window.look = undefined;
          const [x, y] = clip(viewOf(frame), point);
          done([(x + 1) / 2, (1 - y) / 2]);
        };
      });
    },
    /** How much is drawn about points of the world, for each eye: the pixel of the highest alpha so many pixels around. */
    strongestOfEyes(points, around) {
      return new Promise((done) => {
        window.look = (layer, frame) => {
          window.look = undefined;
          const { views } = frame.getViewerPose(window.space);
          done(views.map((view) => points.map((point) => strongest(layer, view, point, around))));
        };
      });
    },
    /** The same of one point, seen by each eye. */
    pixelsOfEyes(point) {
      return new Promise((done) => {
        window.look = (layer, frame) => {
          window.look = undefined;
          done(frame.getViewerPose(window.space).views.map((view) => pixelAt(layer, view, point)));
        };
      });
    },
    /** What share of the layer is drawn on, and the layer's size. */
    coverage() {
      return new Promise((done) => {
        window.look = (layer) => {
          window.look = undefined;
          const gl = layer.context;
          const [width, height] = [layer.framebufferWidth, layer.framebufferHeight];
          const pixels = new Uint8Array(width * height * 4);
          keepingState(gl, () => {
            gl.bindFramebuffer(gl.FRAMEBUFFER, layer.framebuffer);
            gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
          });
          let drawn = 0;
          for (let at = 3; at < pixels.length; at += 4) drawn += pixels[at] > 0 ? 1 : 0;
          done({ share: drawn / (width * height), width, height });
        };
      });
    },
  };
  phone.stand(0, 0, 0, -35);
  return phone;
}

function viewOf(frame) {
  return frame.getViewerPose(window.space).views[0];
}

/** The space poses are told in is the one the viewer asks for; `origin`: it begins so far to the right, in metres. */
function rememberSpace(origin) {
  const ask = XRSession.prototype.requestReferenceSpace;
  XRSession.prototype.requestReferenceSpace = async function (kind) {
    const space = await ask.call(this, kind);
    if (kind === "viewer") return space;
    // IWER takes the transform's matrix, where the specification has the transform itself.
    window.space = origin ? space.getOffsetReferenceSpace(new XRRigidTransform({ x: Number(origin), y: 0, z: 0, w: 1 }).matrix) : space;
    return window.space;
  };
}

function clip(view, point) {
  const eye = multiply(view.transform.inverse.matrix, [...point, 1]);
  const [x, y, , w] = multiply(view.projectionMatrix, eye);
  return [x / w, y / w];
}

function pixelAt(layer, view, point) {
  return square(layer, view, point, 0)[0];
}

function strongest(layer, view, point, around) {
  return square(layer, view, point, around).reduce((most, pixel) => (pixel[3] > most[3] ? pixel : most));
}

/** The pixels up to `around` from a point of the world. */
function square(layer, view, point, around) {
  const gl = layer.context;
  const [x, y] = clip(view, point);
  const side = 2 * around + 1;
  const pixels = new Uint8Array(4 * side * side);
  const { x: left, y: low, width, height } = layer.getViewport(view);
  keepingState(gl, () => {
    gl.bindFramebuffer(gl.FRAMEBUFFER, layer.framebuffer);
    const corner = [left + ((x + 1) / 2) * width, low + ((y + 1) / 2) * height].map((place) => Math.floor(place) - around);
    gl.readPixels(...corner, side, side, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  });
  return Array.from({ length: side * side }, (_, at) => [...pixels.slice(4 * at, 4 * at + 4)]);
}

function multiply(m, [x, y, z, w]) {
  return [0, 1, 2, 3].map((row) => m[row] * x + m[row + 4] * y + m[row + 8] * z + m[row + 12] * w);
}

/** A quaternion that turns by yaw about Y, then by pitch. */
function turned(yaw, pitch) {
  const [sy, cy, sp, cp] = [Math.sin(yaw / 2), Math.cos(yaw / 2), Math.sin(pitch / 2), Math.cos(pitch / 2)];
  return [cy * sp, sy * cp, -sy * sp, cy * cp];
}
