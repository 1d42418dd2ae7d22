// The element's side of a room session: the states on the element, the overlay, and where the store panel goes meanwhile.

import type { Viewer } from "../boundary.js";
import type { Words } from "../words.js";
import type { ArStatus, ArTracking } from "../events.js";
import type { Overlay } from "./overlay.js";
import type { StoreCounter } from "./store-counter.js";

/** What the room asks of the element. */
export interface RoomOwner {
  readonly words: Words;
  readonly store: StoreCounter;
  viewer(): Viewer | undefined;
  /** Brings the viewer's code for rooms. */
  later(): Promise<void>;
  act(name: string, detail?: unknown): void;
  addStyle(text: string): void;
  fail(code: string, message: string): void;
  chooseVariant(name: string): void;
}

/** One per element; runs at most one session at a time. */
export class Room {
  isSupported = false;
  #overlay: Overlay | undefined;
  #status: ArStatus = "not-presenting";
  #variants: [string[], string] = [[], ""];

  constructor(readonly host: HTMLElement, readonly root: HTMLElement, readonly owner: RoomOwner) {}

  /** Whether the device can place things in a room; asks nobody but the browser. Resolves when the answer is acted on. */
  async ask(): Promise<void> {
    const { xr } = navigator as Navigator & { xr?: { isSessionSupported(mode: string): Promise<boolean> } };
    await this.supported((await xr?.isSessionSupported("immersive-ar").catch(() => false)) ?? false);
  }

  /** It is offered once the overlay's and the viewer's code for it, loaded only then, is there. */
  async supported(isSupported: boolean): Promise<void> {
    if (isSupported) await Promise.all([this.#loadOverlay(), this.owner.later()]);
    this.isSupported = isSupported;
  }

  async #loadOverlay(): Promise<void> {
    const { Overlay, overlayStyles } = await import("./overlay.js");
    if (this.#overlay) return;
    const { words, store } = this.owner;
    for (const style of overlayStyles) this.owner.addStyle(style);
    this.#overlay = new Overlay(this.root, {
      words,
      act: (name, detail) => this.owner.act(name, detail),
      exit: () => this.owner.viewer()?.endAr(),
      openStore: () => store.open(),
      hasStore: () => store.isOffered,
      chooseVariant: (name) => this.owner.chooseVariant(name),
    });
  }

  /** Within a click: the browser asks for the camera only then. */
  enter(): void {
    const viewer = this.owner.viewer();
    if (viewer && this.isSupported) viewer.startAr(this.root);
    else this.#refused("ar-not-supported");
  }

  status(status: ArStatus, reason?: string): void {
    const wasIn = this.#isIn();
    this.#status = status;
    this.host.setAttribute("ar-status", status);
    if (!wasIn && this.#isIn()) this.#begin();
    if (wasIn && !this.#isIn()) this.#end();
    this.#overlay?.placed(status === "object-placed");
    if (status === "failed") this.#refused(reason ?? "ar-refused");
  }

  tracking(status: ArTracking): void {
    this.host.setAttribute("ar-tracking", status);
    this.#overlay?.tracking(status === "tracking");
  }

  hint(text: string): void {
    this.#overlay?.hint(text);
  }

  variants(names: string[], chosen: string): void {
    this.#variants = [names, chosen];
    this.#overlay?.variants(names, chosen);
  }

  /** The viewer is gone, and its session with it. */
  reset(): void {
    if (this.#isIn()) this.#end();
    this.#status = "not-presenting";
    this.isSupported = false;
    this.host.removeAttribute("ar-status");
    this.host.removeAttribute("ar-tracking");
  }

  #refused(code: string): void {
    this.owner.fail(code, this.owner.words.errors[code] ?? code);
  }

  #isIn(): boolean {
    return this.#status === "session-started" || this.#status === "object-placed";
  }

  #begin(): void {
    // A browser that knows DOM overlays has made the root fill the screen by now; an emulator leaves it in the page.
    this.#overlay?.open(!this.root.matches(":fullscreen"));
    this.#overlay?.variants(...this.#variants);
    this.owner.store.moveTo(this.root);
  }

  #end(): void {
    this.#overlay?.close();
    this.owner.store.moveTo(undefined);
  }
}
