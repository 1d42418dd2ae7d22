// What is seen of the mirror: a dialog that takes the element's stage in, with words, buttons and panels around it.

import { make } from "../panels/make.js";
import { icon, type Shadow } from "../element/shadow.js";
import type { Subject } from "../trackers/tracker.js";
import { fill } from "../words.js";
import { FitPanel } from "./fit-panel.js";
import { canShare, type Look } from "./pictures.js";
import { oneStop } from "./toolbar.js";
import type { Known } from "./try-on.js";
import type { MirrorWords } from "./words.js";

/** What is on: words before the camera, on the way to it, the camera, a still picture, kept looks side by side, or trouble. */
export type MirrorState = "ask" | "starting" | "live" | "still" | "compare" | "failed";

/** What the shopper can do. */
export interface MirrorActs {
  open(): void;
  close(): void;
  /** Back to the first words. */
  again(): void;
  camera(device?: string): void;
  photo(file: File): void;
  face(address: string): void;
  freeze(): void;
  keep(): void;
  remove(index: number): void;
  save(): void;
  share(): void;
  /** In shares of the canvas as it is seen. */
  touch(x: number, y: number): void;
  pupilDistance(mm: number): void;
  store(size: number | undefined): void;
}

/** A face in a mirror. */
const tryOnIcon = "M4 4h16v14H4zM12 8.2a2.4 2.4 0 100 4.8 2.4 2.4 0 000-4.8zM7.5 18c.6-2.4 2.3-3.6 4.5-3.6s3.9 1.2 4.5 3.6M9 21h6";
const closeIcon = "M6 6l12 12M18 6L6 18";

/** Lifts the stage into a dialog and puts it back. */
export class MirrorStage {
  state: MirrorState = "ask";
  readonly #slot: HTMLSlotElement;
  readonly #dialog: HTMLDialogElement;
  readonly #sign = make("p", { class: "sign", part: "try-on-sign", hidden: true });
  readonly #said = make("p", { class: "said", role: "status", "aria-live": "polite" });
  readonly #sheet = make("div", { class: "sheet" });
  readonly #compare = make("div", { class: "sheet looks", hidden: true });
  readonly #tools = make("div", { class: "bar-bottom", role: "toolbar" });
  readonly #cameras = make("select", { hidden: true });
  readonly #file = make("input", { type: "file", accept: "image/*", hidden: true });
  readonly #fit: FitPanel;
  readonly #freeze: HTMLElement;
  readonly #compareButton: HTMLElement;
  readonly #keep: HTMLElement;
  #looks: Look[] = [];
  #before: MirrorState = "live";
  #ask: HTMLElement[] = [];

  constructor(readonly shadow: Shadow, readonly words: MirrorWords, readonly acts: MirrorActs) {
    const button = this.#button(words.enter, () => acts.open(), "default-try-on-button", tryOnIcon);
    button.classList.add("ar");
    this.#slot = make("slot", { name: "try-on-button", hidden: true }, button);
    shadow.row.insertBefore(this.#slot, shadow.storeSlot);
    this.#sign.textContent = words.on;
    this.#cameras.setAttribute("aria-label", words.other);
    this.#cameras.addEventListener("change", () => acts.camera(this.#cameras.value));
    this.#file.addEventListener("change", () => {
      const file = this.#file.files?.[0];
      this.#file.value = "";
      if (file) acts.photo(file);
    });
    this.#fit = new FitPanel(words, acts);
    this.#freeze = this.#button(words.freeze, () => acts.freeze(), "try-on-freeze-button");
    this.#keep = this.#button(words.keep, () => acts.keep(), "try-on-keep-button");
    this.#compareButton = this.#button(words.compare, () => this.show("compare"), "try-on-compare-button");
    this.#tools.append(this.#freeze, this.#keep, this.#compareButton, this.#button(words.save, () => acts.save(), "try-on-save-button"),
      ...(canShare() ? [this.#button(words.share, () => acts.share(), "try-on-share-button")] : []),
      this.#button(words.size, () => this.#fit.toggle(), "try-on-size-button"),
      this.#button(words.another, () => acts.again(), "try-on-another-button"), this.#cameras);
    this.#tools.setAttribute("aria-label", words.title);
    oneStop(this.#tools);
    const close = this.#button(words.close, () => acts.close(), "try-on-close-button", closeIcon);
    this.#dialog = make("dialog", { class: "mirror", part: "try-on", "aria-label": words.title },
      make("div", { class: "bar-top" }, this.#sign, make("span", { class: "space" }), close), this.#sheet, this.#compare,
      make("div", { class: "below" }, this.#said, this.#tools), this.#fit.root, this.#file);
    this.#dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (this.state === "compare") this.show(this.#before);
      else acts.close();
    });
    // Keys and fingers in the mirror do not turn the product.
    for (const name of ["keydown", "pointerdown", "wheel"]) this.#dialog.addEventListener(name, (event) => event.stopPropagation());
    shadow.row.getRootNode().appendChild(this.#dialog);
  }

  /** The button that leads here. */
  offer(isOffered: boolean): void {
    this.#slot.hidden = !isOffered;
  }

  open(subject: Subject, faces: string[]): void {
    const { words, acts, shadow } = this;
    this.#dialog.prepend(shadow.stage);
    shadow.stage.inert = true;
    shadow.stage.removeAttribute("data-beside");
    const portraits = faces.map((address, index) => make("button", { type: "button", class: "face", "aria-label": fill(words.face, { number: index + 1 }), onclick: () => acts.face(address) },
      make("img", { src: address, alt: "", loading: "lazy" })));
    this.#ask = [
      make("h2", { tabindex: -1 }, words.title), make("p", {}, subject === "hand" ? words.askHand : words.ask),
      make("div", { class: "line" }, this.#button(words.camera, () => acts.camera(), "try-on-camera-button", undefined, true), this.#photoButton()),
      make("p", {}, words.photoNote), ...(portraits.length ? [make("p", {}, words.faces), make("div", { class: "line" }, ...portraits)] : []),
    ];
    this.#dialog.addEventListener("click", this.#clicked);
    this.looks([]);
    this.show("ask");
    this.#dialog.showModal();
    this.#ask[0]!.focus();
  }

  close(): void {
    this.#dialog.close();
    this.#dialog.removeEventListener("click", this.#clicked);
    this.looks([]);
    this.#fit.forget();
    this.camera(false);
    this.say("");
    const root = this.#dialog.getRootNode() as ShadowRoot;
    this.shadow.stage.inert = false;
    root.prepend(this.shadow.stage);
    this.mirrored(false);
    this.#slot.querySelector("button")?.focus({ preventScroll: true });
  }

  show(state: MirrorState): void {
    if (state === "compare") this.#before = this.state;
    this.state = state;
    this.#dialog.setAttribute("data-state", state);
    const isSeen = state === "live" || state === "still";
    this.#sheet.hidden = isSeen || state === "compare";
    this.#compare.hidden = state !== "compare";
    this.#tools.hidden = !isSeen;
    this.#freeze.textContent = state === "still" ? this.words.goOn : this.words.freeze;
    if (state === "live") this.#freeze.hidden = false;
    if (!isSeen) this.#fit.hide();
    if (state === "ask") {
      this.#sheet.replaceChildren(...this.#ask);
      this.say("");
    }
    if (state === "starting") {
      this.#sheet.replaceChildren(make("p", {}, this.words.starting));
      this.camera(false);
    }
    if (isSeen && state === "live") this.say("");
    if (isSeen) this.#freeze.focus({ preventScroll: true });
  }

  /** Trouble in words, with ways on. */
  fail(code: string): void {
    this.show("failed");
    this.camera(false);
    this.say("");
    this.#dialog.setAttribute("data-code", code);
    const retry = this.#button(this.words.retry, () => this.acts.camera(), "try-on-retry-button", undefined, true);
    this.#sheet.replaceChildren(make("p", { role: "alert" }, this.words.troubles[code] ?? code),
      make("div", { class: "line" }, retry, this.#photoButton(), this.#button(this.words.close, () => this.acts.close(), "try-on-leave-button")));
    retry.focus({ preventScroll: true });
  }

  /** The sign that the camera is on. */
  camera(isOn: boolean): void {
    this.#sign.hidden = !isOn;
    if (!isOn) this.#cameras.hidden = true;
  }

  cameras(all: MediaDeviceInfo[], chosen: string | undefined): void {
    this.#cameras.replaceChildren(...all.map(({ deviceId, label }, index) => make("option", { value: deviceId, selected: deviceId === chosen }, label || `${this.words.other} ${index + 1}`)));
    this.#cameras.hidden = all.length < 2;
  }

  mirrored(isMirrored: boolean): void {
    this.#dialog.toggleAttribute("data-mirrored", isMirrored);
  }

  /** A picture that stays; a frozen one has its camera to go back to, and every other one its own way on. */
  still(isFrozen: boolean): void {
    this.#sheet.hidden = true;
    this.#dialog.setAttribute("data-state", "still");
    this.#freeze.hidden = !isFrozen;
  }

  say(text: string): void {
    if (this.#said.textContent !== text) this.#said.textContent = text;
    this.#dialog.removeAttribute("data-status");
  }

  /** What the mirror sees, in words. */
  hint(words: Record<string, string>, status: string): void {
    this.say(words[status] ?? "");
    if (status) this.#dialog.setAttribute("data-status", status);
  }

  fit(known: Known | null, sizes: { name: string; item?: string }[]): void {
    this.#fit.show(known, sizes);
  }

  looks(looks: Look[]): void {
    this.#looks = looks;
    this.#compareButton.hidden = looks.length < 2;
    this.#keep.setAttribute("aria-disabled", String(looks.length >= 4));
    const back = this.#button(this.words.back, () => this.show(this.#before), "try-on-back-button", undefined, true);
    const figures = this.#looks.map(({ name, picture }, index) => {
      const label = fill(this.words.remove, { name });
      return make("figure", {}, picture, make("figcaption", {}, name), this.#button(label, () => this.acts.remove(index), "try-on-remove-button"));
    });
    this.#compare.replaceChildren(...figures, make("div", { class: "line" }, back));
    if (this.state === "compare" && looks.length < 1) this.show(this.#before);
  }

  canvasSize(): [number, number] {
    return [this.shadow.stage.clientWidth, this.shadow.stage.clientHeight];
  }

  /** On the picture itself, not on what lies over it; the stage takes no input of its own here. */
  readonly #clicked = (event: MouseEvent): void => {
    if (event.target !== this.#dialog || (this.state !== "live" && this.state !== "still")) return;
    const { left, top, width, height } = this.#dialog.getBoundingClientRect();
    this.acts.touch((event.clientX - left) / width, (event.clientY - top) / height);
  };

  #photoButton(): HTMLElement {
    return this.#button(this.words.photo, () => this.#file.click(), "try-on-photo-button");
  }

  #button(label: string, press: () => void, part: string, path?: string, isMain = false): HTMLButtonElement {
    const isRound = path === closeIcon;
    const kind = `pill${isRound ? " round" : ""}${isMain ? " main" : ""}`;
    return make("button", { type: "button", class: kind, part, "aria-label": isRound && label, title: isRound && label, onclick: press }, path && icon(path), !isRound && label);
  }
}
