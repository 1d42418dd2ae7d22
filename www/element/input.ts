// Forwards pointer, wheel and keyboard from the stage to the viewer, and leaves to the page what the viewer does not use.

import type { Viewer } from "../boundary.js";

/** Scroll distance of one wheel "line" and one "page" in CSS pixels, where a browser counts in those. */
const PIXELS_PER_DELTA = [1, 18, 400];

/** Listens on `stage` until the signal ends; `viewer` gives the present one, if any. */
export function forwardInput(stage: HTMLElement, viewer: () => Viewer | undefined, signal: AbortSignal): void {
  const point = (phase: string) => (event: PointerEvent) => {
    const present = viewer();
    if (!present) return;
    const box = stage.getBoundingClientRect();
    if (phase === "down") stage.setPointerCapture(event.pointerId);
    else if (phase === "move" && !stage.hasPointerCapture(event.pointerId)) return;
    present.pointer(phase, event.pointerId, event.clientX - box.left, event.clientY - box.top, Math.max(event.button, 0),
      event.shiftKey || event.ctrlKey || event.metaKey, event.pointerType === "touch");
  };
  stage.addEventListener("pointerdown", point("down"), { signal });
  stage.addEventListener("pointermove", point("move"), { signal });
  stage.addEventListener("pointerup", point("up"), { signal });
  stage.addEventListener("pointercancel", point("cancel"), { signal });
  stage.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (viewer()?.key(event.key, event.shiftKey)) event.preventDefault();
  }, { signal });
}

/** The wheel zooms only with camera controls: a listener that may prevent scrolling costs every page that has it. */
export class Wheel {
  #listening: AbortController | undefined;

  constructor(readonly stage: HTMLElement, readonly viewer: () => Viewer | undefined) {}

  listen(listens: boolean): void {
    if (listens === (this.#listening !== undefined)) return;
    this.#listening?.abort();
    this.#listening = listens ? new AbortController() : undefined;
    if (!this.#listening) return;
    const { signal } = this.#listening;
    this.stage.addEventListener("wheel", (event) => {
      if (this.viewer()?.wheel(event.deltaY * (PIXELS_PER_DELTA[event.deltaMode] ?? 1))) event.preventDefault();
    }, { passive: false, signal });
    // The right button moves the product; its menu would come on release.
    this.stage.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  }
}
