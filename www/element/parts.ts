// The way from the element to the product's parts and materials: their script comes while the product does, and is waited for by `load` alone.

import type { Viewer } from "../boundary.js";
import type { Pick, Texture } from "../scene-graph.js";
import type { ProductModel } from "./product-model.js";

let script: typeof import("./product-model.js") | undefined;

/** What the card takes where no viewer says it, in pixels. */
const USUAL_LONGEST_SIDE = 4096;

/** One per element. */
export class Parts {
  /** The shown product's, once its script is there. */
  model: ProductModel | undefined;
  #shown = {};

  /** `later` brings the viewer's code for parts. */
  constructor(readonly stage: HTMLElement, readonly viewer: () => Viewer | undefined, readonly later: () => Promise<void>) {}

  /** Asks for the script beside the product's file. */
  async preload(): Promise<void> {
    script ??= await import("./product-model.js");
  }

  /**
   * The product is there: its first time, or again after a loss of the card. Calls back when `model` is ready, or cannot be had:
   * the product is shown all the same.
   */
  async loaded(ready: () => void): Promise<void> {
    const [viewer, shown] = [this.viewer(), this.#shown];
    const hasCode = await Promise.all([this.preload(), this.later()]).then(() => true, () => false);
    if (viewer !== this.viewer() || shown !== this.#shown) return; // another one comes, and is told when it is there
    if (this.model && viewer && hasCode) this.model.restore(viewer);
    else this.model = hasCode && script ? this.#fresh(script.ProductModel) : undefined;
    ready();
  }

  /** Another product comes: what a page still holds of this one's parts does nothing any more. */
  forget(): void {
    this.#shown = {};
    this.model = undefined;
  }

  /** What is under a point of the window. */
  pick(x: number, y: number): Pick | null {
    const box = this.stage.getBoundingClientRect();
    return this.model?.pick(x - box.left, y - box.top) ?? null;
  }

  async createTexture(source: string | URL | ImageBitmapSource, type: string): Promise<Texture> {
    const { makeTexture } = await import("./texture.js");
    const most = this.viewer()?.query("max-picture");
    return makeTexture(source, type, most ? Number(most) : USUAL_LONGEST_SIDE);
  }

  #fresh(Model: typeof ProductModel): ProductModel | undefined {
    const shown = this.#shown;
    return this.viewer() && new Model(() => this.#shown === shown ? this.viewer() : undefined);
  }
}
