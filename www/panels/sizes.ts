// The sizes that a product comes in, in the store panel: the stores are asked about the one chosen, which the mirror may have found.

import { fill } from "../words.js";
import { make } from "./make.js";
import { VariantChooser } from "./variants.js";

/** What the row says; a page overrides it with `VitrineView.words.sizes`. */
export const sizeWords = {
  size: "Size",
  fits: "{size} is the size that fits you. Reserve it to try it on in the store.",
};

/** A size with a number of its own in the stores, as `try-on-sizes` has it. */
export interface Size {
  name: string;
  item: string;
}

/** The item that fits, by element: told by the mirror on the shopper's click, forgotten when the panel closes. */
export const fitting = new WeakMap<HTMLElement, string>();

/** One per store panel. */
export class SizeRow {
  readonly root = make("div", { class: "sizes", hidden: true });
  readonly #words: typeof sizeWords;
  readonly #note = make("p", { class: "notice", part: "store-size-note", hidden: true });
  readonly #chooser: VariantChooser;

  constructor(readonly host: HTMLElement, own: Partial<typeof sizeWords>) {
    this.#words = { ...sizeWords, ...own };
    this.#chooser = new VariantChooser(this.#words.size, "store-size", "store-sizes", (name) => this.#choose(name));
    this.root.append(this.#chooser.root, this.#note);
  }

  /** Shows what the element says now; the chooser only while another size can still be asked about. */
  render(isOpenToChoice: boolean): void {
    const sizes = sizesOf(this.host);
    const chosen = sizes.find(({ item }) => item === this.host.getAttribute("item-id"));
    this.root.hidden = !chosen;
    this.#chooser.render(sizes.map(({ name }) => name), chosen?.name ?? "");
    if (!isOpenToChoice) this.#chooser.root.hidden = true;
    this.#note.hidden = !chosen || fitting.get(this.host) !== chosen.item;
    this.#note.textContent = chosen ? fill(this.#words.fits, { size: chosen.name }) : "";
  }

  #choose(name: string): void {
    const size = sizesOf(this.host).find((size) => size.name === name);
    if (size) this.host.setAttribute("item-id", size.item);
    this.render(true);
  }
}

/** Those that the stores know; none where the attribute cannot be read, which the viewer explains. */
function sizesOf(host: HTMLElement): Size[] {
  try {
    const sizes: unknown = JSON.parse(host.getAttribute("try-on-sizes") || "[]");
    return Array.isArray(sizes) ? sizes.filter((size) => typeof size?.name === "string" && typeof size?.item === "string") : [];
  } catch {
    return [];
  }
}
