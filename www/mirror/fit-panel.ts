// The panel with the shopper's measures and the size that fits; each length with its uncertainty.

import { make } from "../panels/make.js";
import { fill } from "../words.js";
import type { Known, Length } from "./try-on.js";
import type { MirrorWords } from "./words.js";

/** What the panel asks of the mirror. */
export interface FitActs {
  pupilDistance(mm: number): void;
  store(size: number | undefined): void;
}

/** Opens beside the mirror; empty until something is measured. */
export class FitPanel {
  readonly root: HTMLElement;
  readonly #answer = make("p", { class: "answer", role: "status" });
  readonly #list = make("ul", {});
  readonly #pupil = make("input", { type: "number", min: 40, max: 80, step: 0.5, inputmode: "decimal" });
  readonly #pupilRow: HTMLElement;
  readonly #store = make("button", { type: "button", class: "pill main", part: "try-on-store-button", hidden: true });
  #best: number | undefined;

  constructor(readonly words: MirrorWords, acts: FitActs) {
    this.#pupilRow = make("label", {}, `${words.pupil} `, this.#pupil, make("br"), make("small", {}, words.pupilNote));
    this.#pupil.addEventListener("change", () => acts.pupilDistance(this.#pupil.checkValidity() ? this.#pupil.valueAsNumber || 0 : 0));
    this.#store.addEventListener("click", () => acts.store(this.#best));
    this.root = make("section", { class: "fit", part: "try-on-fit", "aria-label": words.size, hidden: true },
      make("h2", { tabindex: -1 }, words.size), this.#answer, this.#list, this.#pupilRow, this.#store);
  }

  toggle(): void {
    this.root.hidden = !this.root.hidden;
    if (!this.root.hidden) this.root.querySelector("h2")?.focus();
  }

  hide(): void {
    this.root.hidden = true;
  }

  show(known: Known | null, sizes: { name: string; item?: string }[]): void {
    const { face, hand } = known?.measures ?? {};
    const fit = known?.fit;
    const text = fit?.words ?? (face || hand ? "" : this.words.measuring);
    if (this.#answer.textContent !== text) this.#answer.textContent = text;
    const lengths: [string, Length | undefined][] = face ? Object.entries(face) : hand ? [["wrist", hand.wrist]] : [];
    this.#list.replaceChildren(...lengths.filter(([, length]) => length).map(([name, length]) =>
      make("li", {}, `${this.words.lengths[name] ?? name}: ${Math.round(length!.mm)} ± ${Math.max(1, Math.ceil(length!.plusMinus))} mm`)));
    this.#pupilRow.hidden = !face;
    this.#best = fit?.verdict === "fits" ? fit.best : undefined;
    const size = this.#best === undefined ? undefined : sizes[this.#best];
    const host = (this.root.getRootNode() as ShadowRoot).host;
    this.#store.hidden = !fit || !host?.hasAttribute("store-url");
    this.#store.textContent = size ? fill(this.words.reserve, { size: size.name }) : this.words.stores;
  }

  /** Nothing of the shopper is left. */
  forget(): void {
    this.hide();
    this.#answer.textContent = "";
    this.#list.replaceChildren();
    this.#pupil.value = "";
    this.#best = undefined;
  }
}
