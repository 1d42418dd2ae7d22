// The element's side of a room session: the states on the element, the overlay, and where the store panel goes meanwhile.

import type { Viewer } from "../boundary.js";
import type { Words } from "../words.js";
import type { ArStatus, ArTracking } from "../events.js";
import type { RoomTools } from "./room-tools.js";
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
  /** Those of the element's own product. */
  variants(): string[];
  query(name: string): unknown;
  /** Folder address of the wasm modules where they do not lie beside the element's script. */
  base(): string | undefined;
  /** Something for the page, by the name of its event. */
  notice(name: string, detail: unknown): void;
}

/** One per element; runs at most one session at a time. */
export class Room {
  isSupported = false;
  /** Once loaded. */
  here: RoomTools | undefined;
  #loading: Promise<RoomTools> | undefined;
  #status: ArStatus = "not-presenting";
  /** `vr` where the device has a showroom only. */
  #mode: string | undefined;

  constructor(readonly host: HTMLElement, readonly root: HTMLElement, readonly owner: RoomOwner) {}

  /** Whether the device can place things in a room, the shopper's own or a showroom; asks nobody but the browser. Resolves when the answer is acted on. */
  async ask(): Promise<void> {
    const { xr } = navigator as Navigator & { xr?: { isSessionSupported(mode: string): Promise<boolean> } };
    if (location.hash.includes("vitrine-room=") && this.host.hasAttribute("ar")) void (await this.tools()).readAddress();
    const can = async (mode: string) => (await xr?.isSessionSupported(mode).catch(() => false)) ?? false;
    const hasRoom = await can("immersive-ar");
    this.#mode = hasRoom ? undefined : "vr";
    await this.supported(hasRoom || (await can("immersive-vr")));
  }

  /** It is offered once the overlay's and the viewer's code for it, loaded only then, is there. */
  async supported(isSupported: boolean): Promise<void> {
    if (isSupported) await Promise.all([this.tools(), this.owner.later()]);
    this.isSupported = isSupported;
  }

  /** Overlay, room list and what belongs to them, loaded when first needed. */
  tools(): Promise<RoomTools> {
    return (this.#loading ??= import("./room-tools.js").then(
      ({ RoomTools }) => (this.here = new RoomTools(this.host, this.root, this.owner)),
      (error) => {
        this.#loading = undefined; // tried anew the next time
        throw error;
      }));
  }

  /** Within a click: the browser asks for the camera only then. */
  enter(): void {
    const viewer = this.owner.viewer();
    if (viewer && this.isSupported) viewer.startAr(this.root, undefined, this.#mode);
    else this.#refused("ar-not-supported");
  }

  status(status: ArStatus, reason?: string): void {
    const wasIn = this.#isIn();
    this.#status = status;
    this.host.setAttribute("ar-status", status);
    if (!wasIn && this.#isIn()) this.#begin();
    if (wasIn && !this.#isIn()) this.#end();
    if (status === "failed") this.#refused(reason ?? "ar-refused");
  }

  tracking(status: ArTracking): void {
    this.host.setAttribute("ar-tracking", status);
    this.here?.overlay.tracking(status === "tracking");
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
    this.here?.begin(!this.root.matches(":fullscreen"));
    this.owner.store.moveTo(this.root);
  }

  #end(): void {
    this.here?.end();
    this.owner.store.moveTo(undefined);
  }
}
