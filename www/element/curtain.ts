// What covers the product until it can be seen: the poster and the progress bar, and when they go and come back.

import { send, type VitrineEventMap } from "../events.js";
import type { Shadow } from "./shadow.js";

/** One per element. */
export class Curtain {
  /** The shopper or the page wants the product uncovered. */
  isRevealed = false;
  /** A frame with the product is on the screen. */
  isDrawn = false;

  constructor(readonly host: HTMLElement, readonly shadow: Shadow) {}

  /** True while the product is seen. */
  get isOpen(): boolean {
    return this.isDrawn && this.isRevealed;
  }

  /** 0 nothing .. 1 all of it; told to the page when there is a detail. */
  progress(totalProgress: number, detail?: VitrineEventMap["progress"]["detail"]): void {
    const { bar, mask } = this.shadow;
    bar.setAttribute("aria-valuenow", String(Math.round(totalProgress * 100)));
    bar.toggleAttribute("data-away", totalProgress >= 1);
    mask.style.transform = `scaleX(${totalProgress})`;
    if (detail) send(this.host, "progress", detail);
  }

  /** Brings the poster in line; `waits` while it waits for a press. Tells the page when the product comes into sight. */
  dress(waits: boolean): void {
    const { poster, startButton } = this.shadow;
    const wasAway = poster.hasAttribute("data-away");
    poster.toggleAttribute("data-press", waits);
    poster.toggleAttribute("data-away", this.isOpen);
    startButton.hidden = !waits;
    if (!this.isOpen || wasAway) return;
    send(this.host, "poster-dismissed", {});
    send(this.host, "model-visibility", { visible: true });
  }

  /** The page wants the poster back. */
  cover(): void {
    this.isRevealed = false;
    if (this.isDrawn) send(this.host, "model-visibility", { visible: false });
  }
}
