// An emulated phone in a synthetic room (IWER and SEM), with a pad to walk and look; for localhost, from development packages.

import { make } from "./panels/make.js";

/** The parts of IWER that are used here. */
interface Vector { x: number; y: number; z: number; set(x: number, y: number, z: number): void }
interface Quaternion { x: number; y: number; z: number; w: number; set(x: number, y: number, z: number, w: number): void }
interface Controller {
  connected: boolean;
  position: Vector;
  quaternion: Quaternion;
  inputSource: object;
  updateButtonValue(button: string, value: number): void;
}
interface Device {
  position: Vector;
  quaternion: Quaternion;
  fovy: number;
  controllers: { left?: Controller; right?: Controller };
  canvasContainer: HTMLElement;
  installRuntime(options: { forceInstall: boolean }): void;
  installSEM(module: unknown): void;
  sem: { loadEnvironment(room: unknown): void };
}
interface InputEvent extends Event { frame: object; inputSource: object }
interface Globals {
  XRSession: { prototype: EventTarget };
  XRInputSourceEvent: new (name: string, init: { frame: object; inputSource: object }) => Event;
  IWER: { XRDevice: new (config: object, options: object) => Device; metaQuest3: { controllerConfig: object } };
  IWER_SEM: { SyntheticEnvironmentModule: unknown };
}

/** The phone's handles, also for tests as `window.vitrineEmulator`. Screen points are CSS pixels of the window. */
export interface VitrineEmulator {
  readonly device: Device;
  /** Touches and lets go; resolves when the session has seen both. */
  tap(x: number, y: number): Promise<void>;
  press(x: number, y: number): Promise<void>;
  moveTo(x: number, y: number): Promise<void>;
  release(): Promise<void>;
  /** Steps in metres, seen from where the phone looks. */
  walk(right: number, forward: number): void;
  /** Turns in degrees: positive to the left and up. */
  look(yaw: number, pitch: number): void;
}

declare global {
  interface Window {
    vitrineEmulator?: VitrineEmulator;
  }
}

/** Vertical view of a phone held upright. */
const FOV_Y = (62 * Math.PI) / 180;
const STEP_M = 0.25;
const TURN_DEGREES = 12;

/** Installs the phone once per page; the WebXR of the browser is replaced by it. */
export async function installEmulator(room = "living_room"): Promise<VitrineEmulator> {
  window.vitrineEmulator ??= await build(room);
  return window.vitrineEmulator;
}

async function build(room: string): Promise<VitrineEmulator> {
  const base = new URL("./emulator/", document.baseURI);
  await import(new URL("iwer.min.js", base).href);
  await import(new URL("iwer-sem.min.js", base).href);
  const answer = await fetch(new URL(`${room}.json`, base));
  if (!answer.ok) throw new Error(`the room ${room} answered ${answer.status}`);
  const { IWER, IWER_SEM } = globalThis as unknown as Globals;
  const device = new IWER.XRDevice(phone(IWER.metaQuest3.controllerConfig), { stereoEnabled: false, fovy: FOV_Y });
  device.installRuntime({ forceInstall: true });
  selectWhenLetGo();
  showOverlay();
  device.installSEM(IWER_SEM.SyntheticEnvironmentModule);
  device.sem.loadEnvironment(await answer.json());
  return handles(device);
}

/** By the standard a session says how it shows the overlay (WebXR DOM Overlays, section 2.2); the emulator shows it and says nothing. */
function showOverlay(): void {
  const { XRSession } = globalThis as unknown as Globals;
  Object.defineProperty(XRSession.prototype, "domOverlayState", { value: { type: "screen" } });
}

/** The emulator says `select` when the finger goes down; by the standard, and on phones, it comes when it is let go. */
function selectWhenLetGo(): void {
  const { XRSession, XRInputSourceEvent } = globalThis as unknown as Globals;
  const dispatch = EventTarget.prototype.dispatchEvent;
  XRSession.prototype.dispatchEvent = function (event) {
    if (event.type === "select") return true;
    if (event.type === "selectend") {
      const { frame, inputSource } = event as InputEvent;
      dispatch.call(this, new XRInputSourceEvent("select", { frame, inputSource }));
    }
    return dispatch.call(this, event);
  };
}

function phone(controllerConfig: object): object {
  return {
    name: "Emulated phone", controllerConfig, supportedSessionModes: ["inline", "immersive-ar"],
    supportedFeatures: ["viewer", "local", "local-floor", "hit-test", "anchors", "plane-detection", "dom-overlay", "depth-sensing"],
    supportedFrameRates: [60], isSystemKeyboardSupported: false, internalNominalFrameRate: 60,
    environmentBlendModes: { "immersive-ar": "alpha-blend" }, interactionMode: "screen-space", userAgent: navigator.userAgent,
  };
}

function handles(device: Device): VitrineEmulator {
  const finger = device.controllers.right!;
  device.controllers.left!.connected = false;
  finger.connected = false;
  // A finger on a screen points from the camera; only phones call it so.
  Object.defineProperty(finger.inputSource, "targetRayMode", { value: "screen" });
  let yaw = 0;
  let pitch = -42;
  const emulator: VitrineEmulator = {
    device,
    async press(x, y) {
      aim(device, finger, x, y);
      finger.connected = true;
      await frames(2);
      finger.updateButtonValue("trigger", 1);
      await frames(2);
    },
    async moveTo(x, y) {
      aim(device, finger, x, y);
      await frames(1);
    },
    async release() {
      finger.updateButtonValue("trigger", 0);
      await frames(2);
      finger.connected = false;
      await frames(1);
    },
    async tap(x, y) {
      await emulator.press(x, y);
      await emulator.release();
    },
    walk(right, forward) {
      const angle = radians(yaw);
      const { x, y, z } = device.position;
      device.position.set(x + right * Math.cos(angle) - forward * Math.sin(angle), y, z - right * Math.sin(angle) - forward * Math.cos(angle));
    },
    look(left, up) {
      yaw += left;
      pitch = Math.max(-85, Math.min(60, pitch + up));
      turn(device.quaternion, radians(yaw), radians(pitch));
    },
  };
  emulator.look(0, 0);
  touchThePicture(emulator);
  showPad(emulator);
  return emulator;
}

/** Yaw about the upright axis, then pitch. */
function turn(quaternion: Quaternion, yaw: number, pitch: number): void {
  const [sy, cy, sp, cp] = [Math.sin(yaw / 2), Math.cos(yaw / 2), Math.sin(pitch / 2), Math.cos(pitch / 2)];
  quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
}

/** The ray from the camera through a point of the screen. */
function aim(device: Device, finger: Controller, x: number, y: number): void {
  const high = Math.tan(device.fovy / 2);
  const right = ((x / innerWidth) * 2 - 1) * high * (innerWidth / innerHeight);
  const up = (1 - (y / innerHeight) * 2) * high;
  const { position, quaternion: q } = device;
  finger.position.set(position.x, position.y, position.z);
  // Turn within the camera's own axes: first sideways, then up.
  const local = { x: 0, y: 0, z: 0, w: 1, set(x: number, y: number, z: number, w: number) { Object.assign(this, { x, y, z, w }); } };
  turn(local, -Math.atan(right), Math.atan2(up, Math.hypot(1, right)));
  finger.quaternion.set(
    q.w * local.x + q.x * local.w + q.y * local.z - q.z * local.y,
    q.w * local.y - q.x * local.z + q.y * local.w + q.z * local.x,
    q.w * local.z + q.x * local.y - q.y * local.x + q.z * local.w,
    q.w * local.w - q.x * local.x - q.y * local.y - q.z * local.z);
}

/** Fingers on the camera picture are fingers on the phone. */
function touchThePicture(emulator: VitrineEmulator): void {
  const { canvasContainer } = emulator.device;
  let isDown = false;
  canvasContainer.addEventListener("pointerdown", (event) => {
    isDown = true;
    canvasContainer.setPointerCapture(event.pointerId);
    void emulator.press(event.clientX, event.clientY);
  });
  canvasContainer.addEventListener("pointermove", (event) => {
    if (isDown) void emulator.moveTo(event.clientX, event.clientY);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvasContainer.addEventListener(end, () => {
      if (isDown) void frames(4).then(() => emulator.release());
      isDown = false;
    });
  }
}

/** Shown while the room is: arrows to walk, arrows to look. */
function showPad(emulator: VitrineEmulator): void {
  const key = (label: string, name: string, press: () => void) => make("button", { type: "button", title: name, "aria-label": name, onclick: press }, label);
  const pad = make("div", { class: "emulator-pad", role: "group", "aria-label": "The emulated phone", hidden: true },
    make("span", {}, "Walk"), key("←", "Step left", () => emulator.walk(-STEP_M, 0)), key("↑", "Step forward", () => emulator.walk(0, STEP_M)),
    key("↓", "Step back", () => emulator.walk(0, -STEP_M)), key("→", "Step right", () => emulator.walk(STEP_M, 0)),
    make("span", {}, "Look"), key("⟲", "Look left", () => emulator.look(TURN_DEGREES, 0)), key("△", "Look up", () => emulator.look(0, TURN_DEGREES)),
    key("▽", "Look down", () => emulator.look(0, -TURN_DEGREES)), key("⟳", "Look right", () => emulator.look(-TURN_DEGREES, 0)));
  document.body.append(pad);
  document.addEventListener("ar-status", (event) => {
    const { status } = (event as CustomEvent<{ status: string }>).detail;
    pad.hidden = status !== "session-started" && status !== "object-placed";
  });
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** Waits for frames of the page, which the emulated session shares. */
async function frames(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await new Promise((done) => requestAnimationFrame(done));
}
