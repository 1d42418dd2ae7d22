// Measuring for the shopper: what to measure, the answer in words, dimension lines, and whether it gets through the door.

import { make } from "../panels/make.js";
import { fill } from "../words.js";
import type { RoomWords } from "./room-words.js";
import { Sheet } from "./sheet.js";

/** What the tools ask of the element. */
export interface MeasureOwner {
  readonly words: RoomWords;
  /** A verb of the viewer's. */
  act(name: string, detail?: unknown): void;
  /** `cm` or `in`: in what the shopper writes. */
  unit(): "cm" | "in";
  /** Asks whether it gets through a doorway of this size; answered by `fits`. */
  doorway(width_m: number, height_m: number): void;
  showLines(areShown: boolean): void;
}

/** Metres in one of the shopper's units. */
const METRES = { cm: 0.01, in: 0.0254 };

/** One per overlay. */
export class MeasureSheet {
  readonly sheet: Sheet;
  /** Over the camera picture while two points are taken. */
  readonly bar: HTMLElement;
  /** What was measured last, and whether the product fits. */
  readonly #answer = make("p", { role: "status", class: "hint", part: "ar-measurement", hidden: true });
  readonly #said = make("p", { role: "status" });

  constructor(readonly owner: MeasureOwner) {
    const { words } = owner;
    const pill = (label: string, part: string, press: () => void) => make("button", { type: "button", class: "pill", part, onclick: press }, label);
    this.bar = make("div", { class: "line", part: "ar-measure-bar", hidden: true },
      pill(words.pointHere, "ar-point-button", () => owner.act("ar-place")), pill(words.cancel, "ar-measure-cancel-button", () => this.#cancel()));
    this.sheet = new Sheet(words.tools, words.close, "ar-measure");
    const kinds = (["gap", "wall", "table", "doorway"] as const).map((kind) => pill(words[kind], `ar-measure-${kind}-button`, () => this.#begin(kind)));
    const lines = make("input", { type: "checkbox", onchange: (event) => owner.showLines((event.target as HTMLInputElement).checked) });
    this.sheet.body.append(make("p", {}, words.measureWhat), make("div", { class: "line" }, ...kinds),
      make("label", { class: "check" }, lines, words.lines), this.#door(),
      pill(words.clear, "ar-measure-clear-button", () => this.#clear()));
  }

  /** In the head of the overlay. */
  get answer(): HTMLElement {
    return this.#answer;
  }

  /** Two points are taken: this is between them, in the words that are given back. */
  measured({ text, answer }: { text: string; answer: string }): string {
    const words = [text, answer].filter(Boolean).join(". ");
    this.bar.hidden = true;
    this.#answer.textContent = words;
    this.#answer.hidden = false;
    return words;
  }

  /** The answer about a doorway whose size was written. */
  fits(answer: string): void {
    this.#said.textContent = answer;
  }

  reset(): void {
    this.bar.hidden = true;
    this.#answer.hidden = true;
    this.sheet.root.hidden = true;
  }

  #begin(kind: string): void {
    this.sheet.close();
    this.bar.hidden = false;
    this.#answer.hidden = true;
    this.owner.act("ar-measure", { step: "begin", kind });
    this.bar.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  #cancel(): void {
    this.bar.hidden = true;
    this.owner.act("ar-measure", { step: "cancel" });
  }

  #clear(): void {
    this.#answer.hidden = true;
    this.owner.act("ar-measure", { step: "clear" });
  }

  /** For those who have measured the door with a rule, or cannot tap it. */
  #door(): HTMLElement {
    const { words } = this.owner;
    const unit = this.owner.unit();
    const field = (name: string, label: string) => make("label", {}, fill(label, { unit }), make("input", { name, inputmode: "decimal", autocomplete: "off", required: true, size: 6 }));
    const check = (event: Event) => {
      event.preventDefault();
      const form = new FormData(event.target as HTMLFormElement);
      const metres = (name: string) => Number(String(form.get(name)).trim().replace(",", ".") || NaN) * METRES[unit];
      const [width_m, height_m] = [metres("width"), metres("height")];
      if (width_m > 0 && height_m > 0) this.owner.doorway(width_m, height_m);
      else this.fits(words.doorUnread);
    };
    return make("form", { novalidate: true, onsubmit: check }, make("strong", {}, words.door),
      make("div", { class: "line" }, field("width", words.doorWidth), field("height", words.doorHeight)),
      make("div", { class: "line" }, make("button", { type: "submit", class: "pill", part: "ar-doorway-button" }, words.doorCheck), this.#said));
  }
}

/** Style of the tools; joined to the element's own. */
export const measureStyle = `
.sheet .check{display:flex;gap:10px;align-items:center;min-height:44px}
.sheet .check input{width:20px;min-height:20px}
`;
