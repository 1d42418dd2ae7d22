// The camera: asked for, chosen, watched. Its pictures go nowhere but to whoever holds the stream.

/** Why there is no camera; stable. */
export type CameraTrouble = "camera-denied" | "camera-none" | "camera-busy" | "camera-ended" | "camera-mute" | "camera-insecure";

/** A camera that cannot be used. */
export class CameraError extends Error {
  constructor(readonly code: CameraTrouble, cause?: unknown) {
    super(code, { cause });
  }
}

/** Which way a camera looks: at the shopper, or away. */
export type Facing = "user" | "environment";

/** What is asked of the browser: enough for a face, little enough for a phone. */
const WANTED = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
/** A camera that is mute for so long is covered by its switch, not merely waking up. */
const MUTE_MS = 2500;

/** Light settings of a track, which TypeScript's library does not know. */
interface Exposure {
  exposureMode?: string;
  exposureTime?: number;
}

/** A camera that runs, until `stop`. */
export class Camera {
  readonly video = document.createElement("video");
  readonly #track: MediaStreamTrack;
  #mute: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;

  private constructor(readonly stream: MediaStream, readonly facing: Facing, failed: (code: CameraTrouble) => void) {
    this.#track = stream.getVideoTracks()[0]!;
    this.#track.addEventListener("ended", () => failed("camera-ended"));
    this.#track.addEventListener("mute", () => (this.#mute = setTimeout(() => failed("camera-mute"), MUTE_MS)));
    this.#track.addEventListener("unmute", () => clearTimeout(this.#mute));
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.srcObject = stream;
  }

  /** Asks for a camera; rejects with a `CameraError`. `failed` is told when it stops by itself. */
  static async open(facing: Facing, device: string | undefined, failed: (code: CameraTrouble) => void): Promise<Camera> {
    if (!navigator.mediaDevices) throw new CameraError("camera-insecure");
    const which = device ? { deviceId: { exact: device } } : { facingMode: { ideal: facing } };
    const stream = await ask({ ...WANTED, ...which }).catch((cause) => {
      // A camera that has gone, or one that cannot do what is wished: any will do.
      if ((cause as Error).name === "OverconstrainedError") return ask(true);
      throw cause;
    }).catch((cause) => {
      throw new CameraError(codeOf(cause), cause);
    });
    const told = stream.getVideoTracks()[0]?.getSettings().facingMode;
    const camera = new Camera(stream, told === "environment" || told === "user" ? told : device ? "user" : facing, failed);
    try {
      await camera.video.play();
    } catch (cause) {
      camera.stop();
      throw new CameraError("camera-busy", cause);
    }
    return camera;
  }

  /** The device in use. */
  get device(): string | undefined {
    return this.#track.getSettings().deviceId;
  }

  /** All cameras; their names are there once one of them was allowed. */
  static async all(): Promise<MediaDeviceInfo[]> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "");
  }

  /** Holds the exposure, so that colours stay while the shopper moves; or lets the camera find it again. */
  async holdExposure(isHeld: boolean): Promise<void> {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    const { exposureMode } = (this.#track.getCapabilities?.() ?? {}) as { exposureMode?: string[] };
    const { exposureTime } = this.#track.getSettings() as Exposure;
    const wanted = isHeld ? "manual" : "continuous";
    if (!exposureMode?.includes(wanted)) return;
    const exposure: Exposure = { exposureMode: wanted, ...(isHeld && exposureTime ? { exposureTime } : {}) };
    // A camera that refuses goes on as it was.
    await this.#track.applyConstraints({ advanced: [exposure as MediaTrackConstraintSet] }).catch(() => undefined);
  }

  /** Calls back before each new picture is shown, until the answer is called. */
  watch(seen: () => void): () => void {
    let isOver = false;
    const { video } = this;
    const next = () => {
      if (isOver) return;
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) seen();
      if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(next);
      else requestAnimationFrame(next);
    };
    next();
    return () => (isOver = true);
  }

  stop(): void {
    clearTimeout(this.#mute);
    for (const track of this.stream.getTracks()) track.stop();
    this.video.srcObject = null;
  }
}

function ask(video: MediaTrackConstraints | true): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

function codeOf(cause: unknown): CameraTrouble {
  switch ((cause as Error).name) {
    case "NotAllowedError": case "SecurityError": return "camera-denied";
    case "NotFoundError": case "OverconstrainedError": return "camera-none";
    default: return "camera-busy";
  }
}
