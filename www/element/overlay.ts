// What is drawn over the camera picture in a room session: hint, exit, buttons for those who cannot gesture, variants, stores.

import { make } from "../panels/make.js";
import { VariantChooser, variantsStyle } from "../panels/variants.js";
import type { Words } from "../words.js";
import type { RoomWords } from "./room-words.js";
import { icon } from "./shadow.js";

/** One press of a button moves by this much. */
const STEP_M = 0.1;
/** One press of a button turns by this much. */
const STEP_DEGREES = 15; // counter-clockwise seen from above
/** One press of a button shows it this much larger. */
const STEP_SCALE = 1.1;

/** What the overlay asks of the element. */
export interface OverlayOwner {
  readonly words: Words;
  readonly room: RoomWords;
  /** Made elsewhere, laid out here. */
  readonly parts: { lines: HTMLElement; answer: HTMLElement; bar: HTMLElement; sheets: HTMLElement[] };
  act(name: string, detail?: unknown): void;
  exit(): void;
  /** Whether the product is offered in stores. */
  hasStore(): boolean;
  /** Opens the store panel inside the overlay, for the selected product. */
  openStore(): void;
  /** The same for everything in the room. */
  openStoreForAll(): void;
  openList(): void;
  openMeasure(): void;
  takePhoto(): void;
  /** Products may be shown larger or smaller than they are. */
  mayScale(): boolean;
  chooseVariant(name: string): void;
}

const paths: Record<string, string> = {
  exit: "M6 6l12 12M18 6L6 18",
  turnLeft: "M4 4v6h6M4.6 10A8 8 0 1112 20",
  turnRight: "M20 4v6h-6M19.4 10A8 8 0 1012 20",
  farther: "M12 19V5M6 11l6-6 6 6",
  nearer: "M12 5v14M6 13l6 6 6-6",
  left: "M19 12H5M11 6l-6 6 6 6",
  right: "M5 12h14M13 6l6 6-6 6",
  remove: "M12 16V4M7 9l5-5 5 5M5 20h14",
  smaller: "M5 12h14",
  larger: "M12 5v14M5 12h14",
};

/** Fills the overlay's root while a session runs. */
export class Overlay {
  readonly #hint = make("p", { class: "hint", part: "ar-hint", role: "status", "aria-live": "polite" });
  /** Words about what is missing, until the session is left. */
  readonly #warning = make("p", { class: "hint", part: "ar-warning", role: "status", hidden: true });
  readonly #tracking = make("p", { class: "hint lost", hidden: true });
  readonly #variants: VariantChooser;
  readonly #moves: HTMLElement;
  readonly #place: HTMLElement;
  readonly #list: HTMLElement;
  readonly #all: HTMLElement;
  readonly #scales: HTMLElement[];

  constructor(readonly root: HTMLElement, readonly owner: OverlayOwner) {
    const { words } = owner;
    this.#variants = new VariantChooser(words.view.variants, "ar-variant", "ar-variants", (name) => owner.chooseVariant(name));
    this.#place = make("button", { type: "button", class: "pill", part: "ar-place-button", onclick: () => owner.act("ar-place") }, words.ar.place);
    this.#scales = [this.#round("smaller", owner.room.smaller, () => owner.act("ar-scale", { factor: 1 / STEP_SCALE })),
      this.#round("larger", owner.room.larger, () => owner.act("ar-scale", { factor: STEP_SCALE }))];
    this.#moves = this.#moveButtons(words);
    this.#list = make("button", { type: "button", class: "pill", part: "ar-list-button", onclick: () => owner.openList() });
    this.#all = make("button", { type: "button", class: "pill", part: "ar-store-all-button", onclick: () => owner.openStoreForAll() }, owner.room.reserveAll);
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && root.hasAttribute("data-on")) owner.exit();
    });
    // A tap on a button must not also place the product: the browser asks first.
    root.addEventListener("beforexrselect", (event) => {
      if (event.composedPath()[0] !== root) event.preventDefault();
    });
  }

  /** Shows the overlay; `isPage` where the browser did not lift it over the camera picture itself. */
  open(isPage: boolean): void {
    const { words } = this.owner;
    const exit = this.#round("exit", words.ar.exit, () => this.owner.exit());
    exit.setAttribute("part", "default-exit-webxr-ar-button");
    this.#tracking.textContent = words.ar.lost;
    const store = this.owner.hasStore() && make("button", { type: "button", class: "pill", part: "ar-store-button", onclick: () => this.owner.openStore() }, words.store.open);
    const { lines, answer, bar, sheets } = this.owner.parts;
    const measure = make("button", { type: "button", class: "pill", part: "ar-measure-button", onclick: () => this.owner.openMeasure() }, this.owner.room.tools);
    const photo = make("button", { type: "button", class: "pill", part: "ar-photo-button", onclick: () => this.owner.takePhoto() }, this.owner.room.photoTake);
    for (const button of this.#scales) button.hidden = !this.owner.mayScale();
    const foot = make("div", { class: "foot" }, this.#variants.root, bar, this.#moves, make("div", { class: "line" }, this.#place, this.#list, measure, photo, store, store && this.#all));
    this.root.replaceChildren(lines, make("div", { class: "head" }, make("div", { class: "hints" }, this.#hint, this.#tracking, this.#warning, answer), make("slot", { name: "exit-webxr-ar-button", onclick: () => this.owner.exit() }, exit)), foot, ...sheets);
    this.root.setAttribute("data-on", "");
    if (isPage) this.#lift();
    this.placed(false);
    exit.focus({ preventScroll: true });
  }

  close(): void {
    if (this.root.hasAttribute("data-page")) {
      this.root.hidePopover?.();
      this.root.removeAttribute("popover");
      this.root.removeAttribute("data-page");
    }
    this.root.removeAttribute("data-on");
    this.root.replaceChildren();
    this.warn("");
  }

  get isOpen(): boolean {
    return this.root.hasAttribute("data-on");
  }

  /** So many things are in the room. */
  things(count: number): void {
    this.#list.textContent = `${this.owner.room.list} (${count})`;
    this.#all.hidden = count < 2;
  }

  hint(text: string): void {
    this.#hint.textContent = text;
    this.#hint.hidden = text === "";
  }

  warn(text: string): void {
    this.#warning.textContent = text;
    this.#warning.hidden = text === "";
  }

  tracking(isTracking: boolean): void {
    this.#tracking.hidden = isTracking;
  }

  /** Moving and turning make sense once something is selected that stands somewhere; placing, while something waits. */
  placed(isPlaced: boolean, isWaiting = !isPlaced): void {
    this.#moves.hidden = !isPlaced;
    this.#place.hidden = !isWaiting;
  }

  variants(names: string[], chosen: string): void {
    this.#variants.render(names, chosen);
  }

  /** Into the top layer of the page, above an emulated camera picture. */
  #lift(): void {
    this.root.setAttribute("data-page", "");
    this.root.setAttribute("popover", "manual");
    this.root.showPopover?.();
  }

  #moveButtons(words: Words): HTMLElement {
    const move = (right_m: number, forward_m: number) => () => this.owner.act("ar-move", { right_m, forward_m });
    const turn = (degrees: number) => () => this.owner.act("ar-turn", { degrees });
    return make("div", { class: "moves", part: "ar-moves", role: "toolbar", "aria-label": words.ar.move },
      this.#round("turnLeft", words.ar.turnLeft, turn(STEP_DEGREES)), this.#round("left", words.ar.left, move(-STEP_M, 0)),
      this.#round("farther", words.ar.farther, move(0, STEP_M)), this.#round("nearer", words.ar.nearer, move(0, -STEP_M)),
      this.#round("right", words.ar.right, move(STEP_M, 0)), this.#round("turnRight", words.ar.turnRight, turn(-STEP_DEGREES)),
      ...this.#scales, this.#round("remove", words.ar.remove, () => this.owner.act("ar-remove")));
  }

  #round(path: string, label: string, press: () => void): HTMLElement {
    return make("button", { type: "button", class: "pill round", "aria-label": label, title: label, onclick: press }, icon(paths[path] ?? ""));
  }
}

/** Style of the overlay and of the variants in it; joined to the element's own. */
export const overlayStyles = [variantsStyle, `
.overlay .head{position:absolute;inset:max(12px,env(safe-area-inset-top)) 12px auto;display:flex;gap:12px;align-items:start}
.overlay .head,.overlay .foot,.overlay .line,.overlay .hints{pointer-events:none}
.overlay button,.overlay label,.overlay .panel{pointer-events:auto}
.overlay .hints{flex:1;display:grid;gap:8px;justify-items:start}
.hint{margin:0;padding:10px 16px;border-radius:22px;background:color-mix(in srgb,var(--_surface) 88%,transparent);max-width:32rem}
.hint.lost{background:#7a2e1fe6;color:#fff}
.overlay .foot{position:absolute;inset:auto 12px max(16px,env(safe-area-inset-bottom));display:grid;gap:10px;justify-items:center}
.overlay .line,.moves{display:flex;flex-wrap:wrap;gap:8px;justify-content:center}
.overlay .order{list-style:none;margin:0;padding:0 20px 10px;display:grid;gap:6px;font-size:14px}
.overlay .order li{display:flex;gap:10px;justify-content:space-between}
.pill.round{width:44px;padding:0;justify-content:center}
`];
