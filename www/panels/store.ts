// The store panel: shows the snapshot as it is and sends back what the shopper does. It decides nothing itself.

import { fill, type Words } from "../words.js";
import { make } from "./make.js";
import { morph } from "./morph.js";
import type { Snapshot, Text } from "../snapshot.js";
import { fitting, SizeRow } from "./sizes.js";
import { renderBody, SEARCHING } from "./store-body.js";

export { storeStyle } from "./store-style.js";

/** What the panel asks of the element. */
export interface PanelOwner {
  /** Whose product it is. */
  readonly host: HTMLElement;
  readonly words: Words;
  act(name: string, detail?: unknown): void;
  close(): void;
}

/** What the panel knows beside the snapshot. */
export interface PanelState {
  words: Words;
  isLocating: boolean;
  /** A text in the page's language. */
  say(text: Text): string;
}

/** `accuracyMode` asks the browser itself to be vague; browsers that do not know it ignore it. */
const POSITION: PositionOptions & { accuracyMode: "approximate" } = { accuracyMode: "approximate", maximumAge: 600_000, timeout: 15_000 };

/** A dialog beside the product; the page stays usable while it is open. */
export class StorePanel {
  readonly root: HTMLElement;
  readonly #body: HTMLElement;
  readonly #title: HTMLElement;
  readonly #state: PanelState;
  readonly #sizes: SizeRow;
  #snapshot: Snapshot | undefined;
  #opener: HTMLElement | null = null;

  constructor(readonly owner: PanelOwner) {
    const { words } = owner;
    this.#sizes = new SizeRow(owner.host, words.sizes);
    this.#state = { words, isLocating: false, say: (text) => (words.storeTexts[text.key] ? fill(words.storeTexts[text.key]!, text.values) : text.text) };
    this.#title = make("h2", { id: "store-title", tabindex: -1 });
    this.#body = make("div", { class: "body" });
    const close = make("button", { type: "button", class: "close", part: "store-close-button", "aria-label": words.store.close, title: words.store.close, onclick: () => owner.close() }, "×");
    this.root = make("section", { class: "panel", part: "store-panel", role: "dialog", "aria-labelledby": "store-title", hidden: true },
      make("header", {}, this.#title, close), this.#sizes.root, this.#body);
    this.#listen();
  }

  open(snapshot: Snapshot | undefined): void {
    const root = this.root.getRootNode() as ShadowRoot;
    this.#opener = root.activeElement as HTMLElement | null;
    this.root.hidden = false;
    if (snapshot && snapshot.phase !== "closed") this.render(snapshot);
    else this.#title.textContent = this.owner.words.store.open;
    this.#title.focus({ preventScroll: true });
  }

  close(): void {
    const hadFocus = this.root.contains((this.root.getRootNode() as ShadowRoot).activeElement);
    this.root.hidden = true;
    fitting.delete(this.owner.host);
    if (hadFocus && this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
  }

  render(snapshot: Snapshot): void {
    const before = this.#snapshot?.phase;
    this.#snapshot = snapshot;
    this.root.setAttribute("data-phase", snapshot.phase);
    this.#title.textContent = this.#state.say(snapshot.title);
    this.#sizes.render(SEARCHING.has(snapshot.phase));
    morph(this.#body, renderBody(snapshot, this.#state));
    const isStep = before !== undefined && before !== snapshot.phase && before !== "loading" && before !== "closed";
    if (isStep && !snapshot.busy && !this.root.hidden) {
      this.#body.scrollTop = 0;
      this.#title.focus({ preventScroll: true });
    }
  }

  /** One listener per kind of event on the root: the nodes below come and go. */
  #listen(): void {
    this.root.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-act]");
      if (button?.dataset.act === "locate") this.#locate();
      else if (button?.dataset.act) this.#act(button.dataset.act, button.dataset.location);
    });
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      if (form.dataset.form === "near") this.owner.act("near", { place: new FormData(form).get("place") });
      else this.#act("reserve");
    });
    this.root.addEventListener("input", (event) => this.#typed(event.target as HTMLInputElement));
    this.root.addEventListener("keydown", (event) => {
      event.stopPropagation(); // arrow keys in a field do not turn the product
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.owner.close();
    });
  }

  #act(name: string, location?: string): void {
    const action = this.#snapshot?.actions.find((action) => action.event === name);
    if (action && !action.enabled) return;
    this.owner.act(name, location === undefined ? undefined : { location_id: location });
  }

  #typed(input: HTMLInputElement): void {
    const form = input.form;
    if (form?.dataset.form !== "contact") return;
    if (input.type === "checkbox") this.owner.act("consent", { given: input.checked });
    else this.owner.act("contact", { [input.name]: input.value });
  }

  /** Asks the device only after this press, and rounds before anything else sees the place. */
  #locate(): void {
    if (this.#state.isLocating || !this.#snapshot) return;
    const done = (name: string, detail?: unknown) => {
      this.#state.isLocating = false;
      this.owner.act(name, detail);
      if (this.#snapshot) this.render(this.#snapshot);
    };
    this.#state.isLocating = true;
    this.render(this.#snapshot);
    const round = (degrees: number) => Math.round(degrees * 100) / 100;
    if (!("geolocation" in navigator)) return done("location-denied");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done("near", { latitude: round(coords.latitude), longitude: round(coords.longitude) }),
      () => done("location-denied"), POSITION);
  }
}
