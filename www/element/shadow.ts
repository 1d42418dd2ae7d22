// Builds the element's shadow tree: the stage with its canvas, the poster, the progress bar, the buttons and the live region.

import { make, makeSvg } from "../panels/make.js";
import type { Words } from "../words.js";
import { style } from "./style.js";

/** The nodes that the element moves later. */
export interface Shadow {
  /** Takes focus, pointer, wheel and keys; holds the canvas. */
  stage: HTMLElement;
  poster: HTMLElement;
  posterImage: HTMLImageElement;
  bar: HTMLElement;
  mask: HTMLElement;
  /** Starts a view that waits for a press (`reveal="interaction"`). */
  startButton: HTMLButtonElement;
  arSlot: HTMLSlotElement;
  storeSlot: HTMLSlotElement;
  row: HTMLElement;
  /** Error or recovery words; empty and hidden otherwise. */
  message: HTMLElement;
  /** What a screen reader says while the shopper turns the product. */
  live: HTMLElement;
  /** Root of the DOM overlay in a room session. */
  overlay: HTMLElement;
}

/** A cube in a frame: place it in the room. */
const arIcon = "M12 7l5 2.8v5L12 17.6 7 14.8v-5zm0 0v0M7 9.8l5 2.8 5-2.8M12 12.6v5M3 8V4a1 1 0 011-1h4M16 3h4a1 1 0 011 1v4M21 16v4a1 1 0 01-1 1h-4M8 21H4a1 1 0 01-1-1v-4";
/** A pin: a store on the map. */
const storeIcon = "M12 21s7-6.2 7-11.2A7 7 0 005 9.8C5 14.8 12 21 12 21zM12 12.4a2.4 2.4 0 100-4.8 2.4 2.4 0 000 4.8z";

/** Fills `root` and gives the nodes that matter. */
export function buildShadow(root: ShadowRoot, words: Words): Shadow {
  const stage = make("div", { class: "stage", part: "stage" });
  const posterImage = make("img", { part: "poster", alt: "", decoding: "async", hidden: true });
  const poster = make("div", { class: "poster" }, make("slot", { name: "poster" }, posterImage));
  const mask = make("div", { class: "mask", part: "default-progress-mask" });
  const bar = make("div", { role: "progressbar", "aria-label": words.view.loading, "aria-valuemin": 0, "aria-valuemax": 100, "data-away": true, class: "bar", part: "default-progress-bar" }, mask);
  const startButton = make("button", { type: "button", class: "pill", part: "default-start-button", hidden: true }, words.view.start);
  const arSlot = button("ar-button", "pill ar", "default-ar-button", arIcon, words.ar.enter);
  const storeSlot = button("store-button", "pill", "default-store-button", storeIcon, words.store.open);
  const row = make("div", { class: "row", part: "controls" }, startButton, make("span", { class: "grow" }), storeSlot, arSlot);
  const message = make("div", { class: "message", part: "message", role: "alert", hidden: true });
  const live = make("div", { class: "unseen", role: "status", "aria-live": "polite" });
  const overlay = make("div", { class: "overlay", part: "ar-overlay" });
  root.append(stage, poster, make("slot", { name: "progress-bar" }, bar), make("slot"), row, message, live,
    make("div", { class: "unseen", id: "keys" }, words.view.keys), overlay);
  return { stage, poster, posterImage, bar, mask, startButton, arSlot, storeSlot, row, message, live, overlay };
}

/** Says what the stage is to those who do not see it; one that can be turned takes the keyboard's focus. */
export function dressStage(stage: HTMLElement, canTurn: boolean, label: string, role: string): void {
  stage.setAttribute("role", canTurn ? "application" : "img");
  stage.setAttribute("aria-label", label);
  stage.tabIndex = canTurn ? 0 : -1;
  stage.ariaRoleDescription = canTurn ? role : null;
  if (canTurn) stage.setAttribute("aria-describedby", "keys");
  else stage.removeAttribute("aria-describedby");
}

/** Puts the style sheet on; again after the element moved to another document, since sheets do not move along. */
export function adoptStyle(root: ShadowRoot, ...texts: string[]): void {
  const view = root.ownerDocument.defaultView ?? window;
  root.adoptedStyleSheets = [style, ...texts].map((text) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}

/** A line drawing of 24 by 24. */
export function icon(path: string): SVGElement {
  const lines = makeSvg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return makeSvg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, lines);
}

function button(slot: string, kind: string, part: string, path: string, label: string): HTMLSlotElement {
  return make("slot", { name: slot, hidden: true }, make("button", { type: "button", class: kind, part }, icon(path), label));
}
