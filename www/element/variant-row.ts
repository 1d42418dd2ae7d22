// The variants on the page: their chooser is loaded with the first product that has any.

import type { VariantChooser } from "../panels/variants.js";

/** What the chooser asks of the element. */
export interface VariantOwner {
  /** Where the chooser goes, as its first child. */
  readonly row: HTMLElement;
  readonly label: string;
  addStyle(text: string): void;
  choose(name: string): void;
}

/** One per element. */
export class VariantRow {
  #chooser: VariantChooser | undefined;
  #latest: [names: string[], chosen: string] = [[], ""];

  constructor(readonly owner: VariantOwner) {}

  /** Offers these variants; fewer than two need no chooser. */
  show(names: string[], chosen: string): void {
    this.#latest = [names, chosen];
    if (names.length < 2 && !this.#chooser) return;
    void import("../panels/variants.js").then(({ VariantChooser, variantsStyle }) => {
      if (!this.#chooser) {
        const { row, label, addStyle, choose } = this.owner;
        addStyle(variantsStyle);
        this.#chooser = new VariantChooser(label, "variant", "variants", choose);
        row.prepend(this.#chooser.root);
      }
      this.#chooser.render(...this.#latest);
    });
  }
}
