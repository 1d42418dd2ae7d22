// The words over the poster when something is wrong: what happened, what to do, and a button that tries again.

import { make } from "../panels/make.js";
import type { Words } from "../words.js";

/** Errors where trying again cannot help: the file or the browser has to change first. */
const FINAL = new Set(["no-webgl", "no-webgpu", "not-gltf", "unsupported-extension"]);

/** Fills the message node of the shadow tree. */
export class Message {
  isRecovering = false;

  constructor(readonly root: HTMLElement, readonly words: Words, readonly retry: () => void) {}

  /** Our own words for the code first, the module's exact ones below for those who look after the shop. */
  error(code: string, message: string, canRetry: boolean): void {
    const own = this.words.errors[code];
    const button = canRetry && !FINAL.has(code) && make("button", { type: "button", class: "pill", part: "retry-button", onclick: () => this.retry() }, this.words.view.retry);
    this.#show(make("p", {}, own ?? message), own && own !== message ? make("p", {}, message) : null, button || null);
    this.root.setAttribute("data-code", code);
  }

  /** The card was lost and is asked for again. */
  recovering(): void {
    this.say(this.words.view.recovering);
    this.isRecovering = true;
  }

  /** Plain words without a button. */
  say(text: string): void {
    this.#show(make("p", {}, text));
  }

  hide(): void {
    this.isRecovering = false;
    this.root.hidden = true;
    this.root.removeAttribute("data-code");
    this.root.replaceChildren();
  }

  #show(...children: (HTMLElement | null)[]): void {
    this.isRecovering = false;
    this.root.removeAttribute("data-code");
    this.root.replaceChildren(...children.filter((child) => child !== null));
    this.root.hidden = false;
  }
}
