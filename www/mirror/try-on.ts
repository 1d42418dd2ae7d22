// The mirror of one element: opens and closes it, feeds pictures and landmarks to the viewer, and says what is going on.
// Everything about the shopper lives in here, and is forgotten when the mirror closes.

import type { Viewer } from "../boundary.js";
import { send } from "../events.js";
import type { Shadow } from "../element/shadow.js";
import { fitting } from "../panels/sizes.js";
import type { Sighting, Subject, Tracker, TrackerMaker } from "../trackers/tracker.js";
import type { Words } from "../words.js";
import { Camera, CameraError, type Facing } from "./camera.js";
import { type Box, lightOf } from "./light.js";
import { fileOf, type Look, MOST_LOOKS, photoOf, save, stillOf } from "./pictures.js";
import { MirrorStage, type MirrorState } from "./stage.js";
import { mirrorStyle } from "./style.js";
import { mirrorWords, type MirrorWords } from "./words.js";

/** What can be worn, in the order in which the viewer counts them. */
const KINDS = ["glasses", "hat", "earring", "necklace", "watch", "bracelet", "ring"];
const FINGERS = ["thumb", "index", "middle", "ring", "little"];
/** Longer sides of a photo are scaled down to it. */
const MOST_PIXELS = 1600;
/** A still picture is looked at so often, until pose and size are steady. */
const STILL_LOOKS = 8;
/** And counts as so many pictures of a camera, this far apart: products come softly, however quick the tracker is. */
const STILL_STEP_MS = 40;
/** What the mirror sees while somebody wears the product, if from too far or too near. */
const WORN = ["found", "too-far", "too-close", "at-the-edge"];
/** The attributes that say what is worn, and how. */
const WEARING = ["try-on", "try-on-hand", "try-on-finger", "try-on-sizes"];
/** How often the light is looked at. */
const LIGHT_MS = 400;

/** What the mirror asks of the element. */
export interface TryOnOwner {
  readonly words: Words;
  viewer(): Viewer | undefined;
  /** Draws now: the canvas can be read in the same task. */
  draw(): HTMLCanvasElement;
  /** Brings the viewer's code for the mirror. */
  later(): Promise<void>;
  addStyle(text: string): void;
  openStore(): void;
  /** The page's own tracker. */
  tracker(): TrackerMaker | undefined;
}

/** What the viewer knows of the shopper; see src/viewer/mirror.rs. */
export interface Known {
  status: string;
  view: { size: [number, number]; mirrored: boolean } | null;
  measures: { face: Record<string, Length> | null; hand: { wrist: Length; fingers: Length[] } | null };
  fit: { best: number; verdict: string; words: string } | null;
}

/** Millimetres. */
export interface Length {
  mm: number;
  plusMinus: number;
}

/** One per element; the button is there as long as the attribute `try-on` is. */
export class TryOn {
  readonly words: MirrorWords;
  readonly #stage: MirrorStage;
  #camera: Camera | undefined;
  #unwatch: (() => void) | undefined;
  #tracker: Promise<Tracker> | undefined;
  /** Counts what was begun: answers of something older are dropped. */
  #turn = 0;
  #isOpen = false;
  /** The viewer's code for the mirror is there. */
  #isReady = false;
  #device: string | undefined;
  #isFinding = false;
  /** The tracker's last answer. */
  #answer: Promise<unknown> = Promise.resolve();
  #isTaking = false;
  #restUntil = 0;
  #litAt = 0;
  #face: Box | undefined;
  #still: ImageBitmap | undefined;
  #isMirrored = false;
  /** How it is worn, as the attributes said it, and what is tracked for it. */
  #worn: string | undefined;
  #tracked: Subject | undefined;
  #size: [number, number] = [0, 0];
  #looks: Look[] = [];

  constructor(readonly host: HTMLElement, shadow: Shadow, readonly owner: TryOnOwner) {
    this.words = { ...mirrorWords, ...owner.words.mirror };
    owner.addStyle(mirrorStyle);
    this.#stage = new MirrorStage(shadow, this.words, {
      open: () => this.open(),
      close: () => this.close(),
      again: () => this.#again(),
      camera: (device) => void this.#useCamera(device ?? this.#device),
      photo: (file) => void this.#usePhoto(file),
      face: (address) => void this.#useFace(address),
      freeze: () => void this.#freeze(),
      keep: () => this.#keep(),
      remove: (index) => this.#remove(index),
      save: () => void this.#photo().then(save),
      share: () => void this.#share(),
      touch: (x, y) => this.#touch(x, y),
      pupilDistance: (mm) => this.#tell("pupil-distance", [mm]),
      store: (size) => this.#toStore(size),
    });
    host.addEventListener("load", (event) => event.target === host && this.#wear());
    host.addEventListener("error", ({ target, detail }: any) => target === host && detail?.type === "webglcontextlost" && this.close());
    addEventListener("pagehide", () => this.close());
  }

  /** Shows the button where there is something to put on, and wears it as the attributes say now. */
  dress(isLoaded: boolean): void {
    this.#stage.offer(isLoaded && this.#kind() >= 0);
    if (this.#worn === undefined || this.#worn === this.#asked()) return;
    if (this.#kind() < 0 || this.#subject() !== this.#tracked) return this.close();
    this.#wear();
    this.#stage.fit(this.#known(), this.#sizes());
  }

  /** Opens the mirror with words; the camera comes with the shopper's click on them. */
  open(): void {
    if (this.#isOpen || this.#kind() < 0 || !this.owner.viewer()) return;
    this.#isOpen = true;
    this.#stage.open(this.#subject(), this.#faces());
    this.#say("asking");
    void this.#ready().catch(() => undefined); // begun early; who needs it waits for it and says what failed
  }

  /** Ends everything and forgets everything. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#rest();
    void this.#tracker?.then((tracker) => tracker.close(), () => undefined);
    this.#tracker = undefined;
    // A question that was open gets no answer any more.
    [this.#isFinding, this.#answer] = [false, Promise.resolve()];
    this.#tell("close", []);
    this.#isReady = false;
    this.#looks = [];
    this.#face = undefined;
    this.#device = this.#worn = undefined;
    this.#stage.close();
    this.#say("closed");
  }

  /** What the viewer notices: the state of the mirror, a new measure, or a picture it could not take. */
  told(detail: { status?: string; measured?: boolean; problem?: string }): void {
    if (!this.#isOpen) return;
    if (detail.problem) return this.#fail("viewer-failed");
    const { status } = detail;
    if (status && this.#stage.state === "live") {
      this.#stage.hint(this.#subject() === "hand" ? { ...this.words.states, ...this.words.statesHand } : this.words.states, status);
      void this.#camera?.holdExposure(WORN.includes(status));
    }
    if (detail.measured || status) this.#stage.fit(this.#known(), this.#sizes());
  }

  #attribute(name: string): string {
    return this.host.getAttribute(name) ?? "";
  }

  #kind(): number {
    return KINDS.indexOf(this.#attribute("try-on").replace(/^earrings$/, "earring"));
  }

  #subject(): Subject {
    return this.#kind() >= KINDS.indexOf("watch") ? "hand" : "face";
  }

  /** Pictures of people who agreed to be shown: addresses with white space between them. */
  #faces(): string[] {
    return this.#attribute("try-on-faces").split(/\s+/).filter((address) => address !== "");
  }

  #sizes(): { name: string; item?: string }[] {
    try {
      const sizes: unknown = JSON.parse(this.#attribute("try-on-sizes") || "[]");
      return Array.isArray(sizes) ? sizes : [];
    } catch {
      return []; // the viewer says what is wrong with them
    }
  }

  #known(): Known | null {
    return JSON.parse(this.owner.viewer()?.query("mirror") ?? "null") as Known | null;
  }

  #tell(name: string, numbers: ArrayLike<number>, picture?: ImageBitmap): void {
    if (this.#isReady) this.owner.viewer()?.mirror(name, Float64Array.from(numbers), picture);
  }

  #say(status: "asking" | "starting" | "live" | "still" | "closed" | "failed", reason?: string): void {
    send(this.host, "try-on-status", reason === undefined ? { status } : { status, reason });
  }

  #state(state: MirrorState): void {
    this.#stage.show(state);
    if (state !== "ask" && state !== "compare") this.#say(state === "failed" ? "failed" : state);
  }

  #fail(code: string): void {
    this.#rest();
    this.#stage.fail(code);
    this.#say("failed", code);
  }

  #asked(): string {
    return WEARING.map((name) => this.#attribute(name)).join("\n");
  }

  /** Puts the product on, or another one. */
  #wear(): void {
    if (!this.#isOpen) return;
    [this.#worn, this.#tracked] = [this.#asked(), this.#subject()];
    const side = ["left", "right"].indexOf(this.#attribute("try-on-hand"));
    this.#tell("open", [this.#kind(), side, FINGERS.indexOf(this.#attribute("try-on-finger"))]);
    this.#tell(`sizes ${this.#attribute("try-on-sizes")}`, []);
  }

  /** The viewer's code and the tracker, which load while the shopper reads. */
  #ready(): Promise<Tracker> {
    this.#tracker ??= this.#startTracker().catch((cause: Error) => {
      this.#tracker = undefined;
      console.warn(`<vitrine-view>: ${cause.message}`);
      throw cause;
    });
    return this.#tracker;
  }

  async #startTracker(): Promise<Tracker> {
    const later = this.owner.later().then(() => (this.#isReady = true));
    return (await Promise.all([this.#makeTracker(), later]))[0];
  }

  async #makeTracker(): Promise<Tracker> {
    const own = this.owner.tracker();
    if (own) return own(this.#subject());
    const { startMediaPipe } = await import("../trackers/mediapipe.js");
    const address = (name: string) => new URL(this.#attribute(name), document.baseURI);
    const folder = this.host.hasAttribute("try-on-tracker") ? address("try-on-tracker") : new URL("./mediapipe/", import.meta.url);
    return startMediaPipe(this.#subject(), { folder, model: this.host.hasAttribute("try-on-model") ? address("try-on-model") : undefined });
  }

  /** Stops what runs; the mirror stays open. */
  #rest(): number {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#camera?.stop();
    this.#camera = undefined;
    this.#still?.close();
    this.#still = undefined;
    return (this.#turn += 1);
  }

  /** Back to the first words; the camera is off. */
  #again(): void {
    this.#rest();
    this.#stage.camera(false);
    this.#stage.show("ask");
    this.#say("asking");
  }

  async #useCamera(device?: string): Promise<void> {
    const turn = this.#rest();
    const isOver = () => turn !== this.#turn || !this.#isOpen;
    this.#state("starting");
    const facing: Facing = this.#subject() === "hand" ? "environment" : "user";
    try {
      const camera = await Camera.open(facing, device, (code) => !isOver() && this.#fail(code));
      if (isOver()) return camera.stop();
      this.#camera = camera;
      this.#device = camera.device;
      this.#stage.camera(true);
      this.#stage.say(this.words.loading);
      const tracker = await this.#ready();
      if (isOver()) return;
      this.#begin(camera.facing === "user");
      this.#stage.cameras(await Camera.all(), camera.device);
      this.#unwatch = camera.watch(() => void this.#frame(tracker, turn));
    } catch (cause) {
      if (!isOver()) this.#fail(cause instanceof CameraError ? cause.code : "tracker-failed");
    }
  }

  #begin(isMirrored: boolean): void {
    this.#isMirrored = isMirrored;
    this.#size = [0, 0];
    this.#stage.mirrored(isMirrored);
    this.#wear();
    this.#state("live");
    this.#stage.hint(this.words.states, "");
  }

  /** One picture of the camera: shown at once; looked at when the tracker has time. */
  async #frame(tracker: Tracker, turn: number): Promise<void> {
    const { video } = this.#camera ?? {};
    if (!video || this.#isTaking || this.#stage.state !== "live") return;
    this.#isTaking = true;
    const picture = await createImageBitmap(video).catch(() => undefined); // a camera that has just stopped has none
    this.#isTaking = false;
    if (!picture) return;
    if (turn !== this.#turn || this.#stage.state !== "live") return picture.close();
    const now = performance.now();
    this.#show(picture, now);
    if (this.#isFinding || now < this.#restUntil) return picture.close();
    this.#isFinding = true;
    try {
      const found = await this.#find(tracker, picture, now);
      if (turn === this.#turn) this.#seen(found, now);
    } catch {
      if (turn === this.#turn) this.#fail("tracker-failed");
    }
    this.#isFinding = false;
    // A device that takes long gets time to draw in between.
    this.#restUntil = performance.now() + Math.min((performance.now() - now) * 0.3, 200);
  }

  /** Asks when the last answer has come, also where the camera's picture was frozen while the tracker looked at it. */
  #find(tracker: Tracker, picture: ImageBitmap, now: number): Promise<Sighting[]> {
    const answer = this.#answer.then(() => tracker.find(picture, now));
    this.#answer = answer.catch(() => undefined);
    return answer;
  }

  /** The picture, and the light in it. */
  #show(picture: ImageBitmap, now: number): void {
    const { width, height } = picture;
    if (this.#size[0] !== width || this.#size[1] !== height) {
      this.#size = [width, height];
      this.#tell("camera", [width, height, NaN, Number(this.#isMirrored)]);
    }
    if (now - this.#litAt > LIGHT_MS) {
      this.#litAt = now;
      this.#tell("light", lightOf(picture, this.#face));
    }
    this.#tell("picture", [now], picture);
  }

  #seen(found: Sighting[], now: number): void {
    const isHand = this.#subject() === "hand";
    const count = (found[0]?.points.length ?? 0) / 4;
    const alike = found.filter(({ points }) => points.length === count * 4);
    const numbers = alike.flatMap(({ points, side }) => [...(isHand ? [side ? Number(side === "right") : -1] : []), ...points]);
    this.#face = isHand ? undefined : boxOf(alike[0]?.points);
    this.#tell(isHand ? "hands" : "faces", [now, count, ...numbers]);
  }

  async #usePhoto(file: Blob): Promise<void> {
    const turn = this.#rest();
    this.#state("starting");
    const picture = await stillOf(file, MOST_PIXELS).catch(() => undefined);
    if (turn !== this.#turn) return picture?.close();
    if (!picture) return this.#fail("photo-failed");
    await this.#useStill(picture, turn, false);
  }

  /** A picture of the page's own; the tracker sees it here, as it would a photo. */
  async #useFace(address: string): Promise<void> {
    const answer = await fetch(new URL(address, document.baseURI)).catch(() => undefined);
    if (answer?.ok) return this.#usePhoto(await answer.blob());
    this.#fail("photo-failed");
  }

  /** The camera's picture of this moment, in full rest: looked at until the product sits. */
  async #freeze(): Promise<void> {
    if (this.#stage.state === "still" && this.#camera === undefined) return void this.#useCamera(this.#device);
    const { video } = this.#camera ?? {};
    const picture = video && await createImageBitmap(video).catch(() => undefined);
    if (!picture) return;
    const isMirrored = this.#isMirrored;
    await this.#useStill(picture, this.#rest(), isMirrored, true);
  }

  async #useStill(picture: ImageBitmap, turn: number, isMirrored: boolean, isFrozen = false): Promise<void> {
    const isHand = this.#subject() === "hand";
    this.#stage.camera(false);
    this.#stage.say(isHand ? this.words.lookingHand : this.words.looking);
    try {
      const tracker = await this.#ready();
      if (turn !== this.#turn) return picture.close();
      if (!isFrozen) this.#begin(isMirrored);
      this.#still = picture;
      this.#stage.still(isFrozen);
      const begun = performance.now();
      for (let look = 0; look < STILL_LOOKS; look += 1) {
        const now = begun + look * STILL_STEP_MS;
        this.#show(picture, now);
        const found = await this.#find(tracker, await createImageBitmap(picture), now);
        if (turn !== this.#turn) return;
        if (!found.length) break;
        this.#seen(found, now);
      }
      this.#show(picture, begun + STILL_LOOKS * STILL_STEP_MS);
      this.#state("still");
      this.#stage.say(this.#known()?.status === "found" ? "" : isHand ? this.words.noneHand : this.words.none);
      this.#stage.fit(this.#known(), this.#sizes());
    } catch {
      if (turn === this.#turn) this.#fail("tracker-failed");
    }
  }

  #photo(): Promise<File> {
    return fileOf(photoOf(this.owner.draw(), this.#isMirrored), "try-on.jpg");
  }

  async #share(): Promise<void> {
    const file = await this.#photo();
    // The shopper may think better of it.
    await navigator.share({ files: [file] }).catch(() => undefined);
  }

  #keep(): void {
    if (this.#looks.length === MOST_LOOKS) return this.#stage.say(this.words.full);
    const name = this.host.getAttribute("variant-name") || this.words.look.replace("{number}", String(this.#looks.length + 1));
    this.#looks.push({ name, picture: photoOf(this.owner.draw(), this.#isMirrored) });
    this.#stage.looks(this.#looks);
    this.#stage.say(this.words.kept.replace("{count}", String(this.#looks.length)));
  }

  #remove(index: number): void {
    this.#looks.splice(index, 1);
    this.#stage.looks(this.#looks);
  }

  /** A touch on the canvas, in shares of it: on whom it is worn. */
  #touch(x: number, y: number): void {
    const [width, height] = this.#size;
    const canvas = this.#stage.canvasSize();
    if (!width || !canvas[1]) return;
    // The picture fills the canvas; what does not fit is cut off.
    const wider = width / height / (canvas[0] / canvas[1]);
    const across = ((this.#isMirrored ? 1 - x : x) - 0.5) / Math.max(wider, 1) + 0.5;
    this.#tell("touch", [across, (y - 0.5) / Math.max(1 / wider, 1) + 0.5]);
  }

  /** The size that fits becomes the item that the store is asked for. */
  #toStore(size: number | undefined): void {
    const item = size === undefined ? undefined : this.#sizes()[size]?.item;
    if (item) {
      this.host.setAttribute("item-id", item);
      fitting.set(this.host, item);
    }
    this.close();
    this.owner.openStore();
  }
}

function boxOf(points: Float32Array | undefined): Box | undefined {
  if (!points) return undefined;
  const box: Box = [1, 1, 0, 0];
  for (let at = 0; at + 3 < points.length; at += 4) {
    const [x, y] = [points[at]!, points[at + 1]!];
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}
