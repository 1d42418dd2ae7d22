// The chooser of the product's variants: a group of radio buttons, so arrow keys and screen readers work as everywhere.

import { make } from "./make.js";

/** Shows the variants in `root` and calls `choose` with the name the shopper picks. */
export class VariantChooser {
  readonly root: HTMLElement;
  #names: string[] = [];
  readonly #group: string;

  constructor(label: string, group: string, part: string, readonly choose: (name: string) => void) {
    this.#group = group;
    this.root = make("div", { class: "variants", part, role: "radiogroup", "aria-label": label, hidden: true });
    this.root.addEventListener("change", (event) => this.choose((event.target as HTMLInputElement).value));
  }

  /** The names that the product has, and the one shown; fewer than two need no chooser. */
  render(names: string[], chosen: string): void {
    this.root.hidden = names.length < 2;
    if (names.join("\n") !== this.#names.join("\n")) {
      this.#names = [...names];
      this.root.replaceChildren(...names.map((name) => this.#choice(name)));
    }
    for (const input of this.root.querySelectorAll("input")) input.checked = input.value === (chosen || names[0]);
  }

  #choice(name: string): HTMLElement {
    const input = make("input", { type: "radio", name: this.#group, value: name, class: "unseen" });
    return make("label", { class: "variant", part: `variant ${partName(name)}` }, input, make("span", { class: "swatch", part: "swatch" }), make("span", {}, name));
  }
}

/** A name that `::part()` can say, so that a shop can give each variant its colour: "Moss green" is `variant-moss-green`. */
export function partName(name: string): string {
  return `variant-${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "")}`;
}

/** Style of the chooser; joined to the element's own. */
export const variantsStyle = `
.variants{display:flex;flex-wrap:wrap;gap:8px}
.variant{display:inline-flex;gap:8px;align-items:center;min-height:44px;padding:8px 14px;border:1px solid var(--_line);border-radius:999px;background:var(--_surface);color:var(--_ink);cursor:pointer;font-size:15px}
.variant:has(input:checked){border-color:var(--_accent);box-shadow:inset 0 0 0 1px var(--_accent)}
.variant:has(input:focus-visible){outline:3px solid var(--focus-color,#2b7fff);outline-offset:2px}
.swatch{display:var(--swatch-display,none);width:18px;height:18px;border-radius:50%;border:1px solid var(--_line)}
@media (forced-colors:active){.variant:has(input:checked){outline:2px solid Highlight}}
`;
