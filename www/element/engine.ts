// One element's wasm viewer: opened, fed, closed, and opened again on a fresh canvas when the graphics card is lost.

import type { Viewer } from "../boundary.js";
import { type Build, chooseBuilds, CodedError, loadBuild, loadLater } from "../loader.js";

/** More losses than this within a minute mean that trying again makes it worse. */
const MAX_LOSSES_PER_MINUTE = 3;

/** What the engine asks of the element. */
export interface EngineOwner {
  /** Where the canvas goes. */
  readonly stage: HTMLElement;
  /** Folder address of the wasm builds where they do not lie beside the element's script. */
  base(): string | undefined;
  /** The attribute `backend`. */
  backend(): string;
  /** A viewer is open: feed it attributes and size. */
  opened(viewer: Viewer): void;
  notice(name: string, detail: unknown): void;
  failed(error: CodedError): void;
}

/** Holds at most one viewer; a generation number keeps late answers of an older one out. */
export class Engine {
  viewer: Viewer | undefined;
  /** The build in use, once open. */
  build: Build | undefined;
  /** True from `start` until `stop`, also while opening. */
  isStarted = false;
  #generation = 0;
  #canvas: HTMLCanvasElement | undefined;
  #losses: number[] = [];
  /** Set when WebGPU has shown that it cannot do something here. */
  #only: Build | undefined;

  constructor(readonly owner: EngineOwner) {}

  /** Opens a viewer unless one is open or opening. */
  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    void this.#open(++this.#generation);
  }

  /** Closes the viewer and takes its canvas away. */
  stop(): void {
    this.isStarted = false;
    this.#generation += 1;
    this.viewer?.close();
    this.viewer = undefined;
    this.#canvas?.remove();
    this.#canvas = undefined;
  }

  /** Draws now, for somebody who reads the canvas in the same task: later it may be empty. */
  draw(): HTMLCanvasElement {
    if (this.#canvas && this.viewer?.draw()) return this.#canvas;
    throw new Error("There is no picture now: wait for the load event, and for the end of a room session.");
  }

  /** Starts anew, from now on with `build` alone when it is given. */
  restart(build?: Build): void {
    this.#only = build ?? this.#only;
    this.stop();
    this.start();
  }

  /** The card was lost: starts anew and returns true, or gives up and returns false. */
  recover(now: number): boolean {
    this.#losses = this.#losses.filter((at) => now - at < 60_000);
    this.#losses.push(now);
    if (this.#losses.length > MAX_LOSSES_PER_MINUTE) {
      this.stop();
      return false;
    }
    this.restart();
    return true;
  }

  /** Brings what a first picture does without. */
  async later(): Promise<void> {
    await this.viewer?.later();
  }

  /** Forgets earlier losses: the shopper asked to try again. */
  forgive(): void {
    this.#losses = [];
  }

  async #open(generation: number): Promise<void> {
    try {
      const builds = this.#only ? [this.#only] : await chooseBuilds(this.owner.backend());
      for (const [index, build] of builds.entries()) {
        if (await this.#tryBuild(build, generation, index === builds.length - 1)) return;
      }
    } catch (cause) {
      if (generation !== this.#generation) return;
      this.isStarted = false;
      this.owner.failed(cause instanceof CodedError ? cause : new CodedError(codeOf(cause), messageOf(cause)));
    }
  }

  /** True when this build is open or nobody waits any more; false when the next one should be tried. */
  async #tryBuild(build: Build, generation: number, isLast: boolean): Promise<boolean> {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("part", "canvas");
    canvas.setAttribute("aria-hidden", "true");
    const tell = (name: string, detail: string) => {
      if (generation === this.#generation) this.owner.notice(name, detail === "" ? {} : JSON.parse(detail));
    };
    try {
      const module = await loadBuild(build, this.owner.base());
      if (generation !== this.#generation) return true;
      this.owner.stage.append(canvas);
      const unpack = async (decoder: string, parameters: Uint32Array, bytes: Uint8Array) =>
        (await import("../unpack.js")).unpack(decoder, parameters, bytes, this.owner.base());
      const later = () => loadLater(build, this.owner.base());
      const viewer = await module.Viewer.open(canvas, tell, unpack, later, pictureBytes());
      if (generation !== this.#generation) {
        viewer.close();
        canvas.remove();
        return true;
      }
      this.#canvas = canvas;
      this.viewer = viewer;
      this.build = build;
      this.owner.opened(viewer);
      return true;
    } catch (cause) {
      canvas.remove();
      if (isLast || generation !== this.#generation) throw cause;
      return false;
    }
  }
}

/** What this device has for a product's pictures: an eighth of its memory, of which few browsers tell up to 8 GB. */
function pictureBytes(): number {
  const { deviceMemory = matchMedia("(pointer: coarse)").matches ? 3 : 8 } = navigator as Navigator & { deviceMemory?: number };
  return deviceMemory * 128e6;
}

/** A card that gives no adapter or device to the last build is, for the shopper, a browser without 3D. */
function codeOf(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : "";
  return name === "no-adapter" || name === "no-device" || name === "no-canvas" ? "no-webgl" : name === "Error" || name === "" ? "module-failed" : name;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
