// A camera made of a portrait: pages get its stream from getUserMedia, and a test moves, darkens, unplugs or refuses it.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A free portrait that lies beside the checkout where tests with faces are to run; without it they say so and skip. */
const SHARED = process.env.VITRINE_SHARED ?? join(import.meta.dirname, "../../../../shared");
const PORTRAIT = join(SHARED, "media/astronaut.png");

/** The portrait's bytes, or a reason to skip. */
export function portrait() {
  try {
    return { bytes: readFileSync(PORTRAIT) };
  } catch {
    return { skip: "there is no portrait: media/astronaut.png of the folder `shared` is not here" };
  }
}

/** The camera's picture, in pixels. */
export const [WIDTH, HEIGHT] = [640, 480];
/** The portrait's point between the eyes, in its pixels: the camera's hand moves, scales and turns about it. */
const EYES = [226, 103];

/**
 * Gives a page such a camera before its scripts run; `bytes` is its portrait, without which it sees a grey wall.
 * `window.camera` is the test's hand on it: where the portrait is and how dark, which of two devices there are, which refuse, and
 * what was asked of them.
 */
export async function fakeCamera(page, bytes) {
  if (bytes) await page.route("**/portrait.png", (route) => route.fulfill({ contentType: "image/png", body: bytes }));
  await page.addInitScript(install, { WIDTH, HEIGHT, EYES, hasPortrait: bytes !== undefined });
}

/** Where a point of the portrait is in the camera's picture. */
export function seenAt({ x, y, scale, turn }, [px, py]) {
  const [across, down] = [(px - EYES[0]) * scale, (py - EYES[1]) * scale];
  return [x + across * Math.cos(turn) - down * Math.sin(turn), y + across * Math.sin(turn) + down * Math.cos(turn)];
}

/** Where a point of the camera's picture is in the portrait. */
export function portraitAt({ x, y, scale, turn }, [seenX, seenY]) {
  const [across, down] = [(seenX - x) / scale, (seenY - y) / scale];
  return [EYES[0] + across * Math.cos(turn) + down * Math.sin(turn), EYES[1] + down * Math.cos(turn) - across * Math.sin(turn)];
}

/** Runs in the page. */
function install({ WIDTH, HEIGHT, EYES, hasPortrait }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const portrait = hasPortrait ? fetch("/portrait.png").then((answer) => answer.blob()).then(createImageBitmap) : undefined;
  const camera = window.camera = { x: WIDTH / 2, y: HEIGHT / 2, scale: 2.4, turn: 0, dark: 0, refuse: undefined, asked: [], devices: ["Front", "Other"], exposures: [], isStubborn: false, canvas };
  camera.draw = async () => {
    const picture = camera.picture ?? await portrait;
    const [cosine, sine] = [Math.cos(camera.turn) * camera.scale, Math.sin(camera.turn) * camera.scale];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#888";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(cosine, sine, -sine, cosine, camera.x, camera.y);
    if (picture) context.drawImage(picture, -EYES[0], -EYES[1], (await portrait).width, (await portrait).height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = `rgb(0 0 0 / ${camera.dark})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
  setInterval(camera.draw, hasPortrait ? 500 : 250); // the real tracker needs the machine more than the picture does
  const facing = { Front: "user", Other: "environment" };
  navigator.mediaDevices.enumerateDevices = async () => camera.devices.map((label) => ({ kind: "videoinput", deviceId: label, label, groupId: "" }));
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    camera.asked.push(wanted);
    if (camera.refuse) throw new DOMException("refused by the test", camera.refuse);
    const { deviceId, facingMode } = wanted.video;
    if (deviceId && !camera.devices.includes(deviceId.exact)) throw new DOMException("no such camera", "OverconstrainedError");
    const device = deviceId?.exact ?? camera.devices.find((label) => facing[label] === facingMode?.ideal) ?? camera.devices[0];
    await camera.draw();
    camera.stream = canvas.captureStream();
    const [track] = camera.stream.getVideoTracks();
    const settings = { deviceId: device, facingMode: facing[device], exposureMode: "continuous", exposureTime: 156 };
    track.getSettings = () => settings;
    track.getCapabilities = () => ({ exposureMode: ["continuous", "manual"] });
    track.applyConstraints = async (constraints) => {
      camera.exposures.push(constraints.advanced[0]);
      if (camera.isStubborn) throw new DOMException("refused by the test", "OverconstrainedError");
    };
    return camera.stream;
  };
}
