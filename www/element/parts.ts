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

  constructor(readonly stage: HTMLElement, readonly viewer: () => Viewer | undefined) {}

  /** Asks for the script beside the product's file. Without it the product is shown all the same. */
  async preload(): Promise<void> {
    script ??= await import("./product-model.js").catch(() => undefined);
  }

  /** The product is there: its first time, or again after a loss of the card. Calls back when `model` is ready. */
  loaded(ready: () => void): void {
    if (!script) return void this.preload().then(() => script ? this.loaded(ready) : ready());
    const viewer = this.viewer();
    if (this.model && viewer) this.model.restore(viewer);
    else this.model = this.#fresh(script.ProductModel);
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
