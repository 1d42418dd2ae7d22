// The words over the poster when something is wrong: what happened, what to do, and a button that tries again.

import { make } from "../panels/make.js";
import type { Words } from "../words.js";

/** Errors where trying again cannot help: the file or the browser has to change first. */
const FINAL = new Set(["no-webgl", "no-webgpu", "not-gltf", "invalid-gltf", "unsupported-extension"]);

/** Fills the message node of the shadow tree. */
export class Message {
  isRecovering = false;

  constructor(readonly root: HTMLElement, readonly words: Words, readonly retry: () => void) {}

  /**
   * Our own words for the code first, the module's exact ones below for those who look after the shop. What failed
   * beside a product that still stands (`canRetry` false) can be closed.
   */
  error(code: string, message: string, canRetry: boolean): void {
    const own = this.words.errors[code];
    const button = !canRetry ? this.#button("close-button", this.words.view.close, () => this.hide())
      : FINAL.has(code) ? null : this.#button("retry-button", this.words.view.retry, () => this.retry());
    this.#show(make("p", {}, own ?? message), own && own !== message ? make("p", {}, message) : null, button);
    this.root.setAttribute("data-code", code);
  }

  /** The card was lost and is asked for again. */
  recovering(): void {
    this.#show(make("p", {}, this.words.view.recovering));
    this.isRecovering = true;
  }

  /** Plain words, which the shopper may close. */
  say(text: string): void {
    this.#show(make("p", {}, text), this.#button("close-button", this.words.view.close, () => this.hide()));
  }

  hide(): void {
    this.isRecovering = false;
    this.root.hidden = true;
    this.root.removeAttribute("data-code");
    this.root.replaceChildren();
  }

  #button(part: string, label: string, press: () => void): HTMLElement {
    return make("button", { type: "button", class: "pill", part, onclick: press }, label);
  }

  #show(...children: (HTMLElement | null)[]): void {
    this.isRecovering = false;
    this.root.removeAttribute("data-code");
    this.root.replaceChildren(...children.filter((child) => child !== null));
    this.root.hidden = false;
  }
}
