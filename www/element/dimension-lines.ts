// Dimension lines over the camera picture: drawn where the viewer says, in shares of the screen.

import { make, makeSvg } from "../panels/make.js";

/** One line with its words, as `ar-lines` tells it: points from the upper left corner, 0 to 1 across the screen. */
export interface Line {
  from: [number, number];
  to: [number, number];
  label: string;
}

/** Hidden from screen readers: they hear the same numbers as words. */
export class DimensionLines {
  readonly root = make("div", { class: "dimensions", part: "ar-dimensions", "aria-hidden": "true", hidden: true });
  readonly #svg = makeSvg("svg", { width: "100%", height: "100%" });
  readonly #labels = make("div", {});

  constructor() {
    this.root.append(this.#svg, this.#labels);
  }

  render(lines: Line[]): void {
    this.root.hidden = lines.length === 0;
    fit(this.#svg, lines.length, () => makeSvg("line", {}));
    fit(this.#labels, lines.length, () => make("span", {}));
    for (const [index, { from, to, label }] of lines.entries()) {
      const line = this.#svg.children[index]!;
      const share = (value: number) => `${value * 100}%`;
      for (const [name, value] of [["x1", from[0]], ["y1", from[1]], ["x2", to[0]], ["y2", to[1]]] as const) line.setAttribute(name, share(value));
      const word = this.#labels.children[index] as HTMLElement;
      if (word.textContent !== label) word.textContent = label;
      word.style.left = share((from[0] + to[0]) / 2);
      word.style.top = share((from[1] + to[1]) / 2);
    }
  }
}

/** Gives a node so many children. */
function fit(node: Element, count: number, fresh: () => Element): void {
  while (node.children.length < count) node.append(fresh());
  while (node.children.length > count) node.lastElementChild!.remove();
}

/** Style of the lines; joined to the element's own. */
export const linesStyle = `
.dimensions,.dimensions>*{position:absolute;inset:0;pointer-events:none;overflow:hidden}
.dimensions line{stroke:#fff;stroke-width:2;filter:drop-shadow(0 0 1px #000)}
.dimensions span{position:absolute;transform:translate(-50%,-50%);padding:2px 8px;border-radius:10px;background:#000b;color:#fff;font-size:13px;white-space:nowrap}
`;
