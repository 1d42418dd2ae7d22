// The list of what is in the room: select, one more, take away and put back, another variant; keep and share all of it.

import { make } from "../panels/make.js";
import { morph } from "../panels/morph.js";
import { fill } from "../words.js";
import type { RoomWords } from "./room-words.js";
import { icon } from "./shadow.js";
import { Sheet } from "./sheet.js";

/** One line of the list. */
export interface Thing {
  id: number;
  name: string;
  variants: string[];
  variant: string;
  price: string;
  /** Its number in the stores. */
  itemId: string;
  /** Its model is there. */
  isReady: boolean;
  /** It has a place in the room. */
  isPlaced: boolean;
  isSelected: boolean;
  /** What is wrong with its place, in words. */
  problem: string;
}

/** What the list asks of the element. */
export interface SheetOwner {
  readonly words: RoomWords;
  things(): Thing[];
  select(id: number): void;
  duplicate(id: number): void;
  /** Gives what puts it back. */
  remove(id: number): () => void;
  setVariant(id: number, variant: string): void;
  isKept(): boolean;
  keep(): Promise<boolean>;
  bring(): Promise<boolean>;
  forget(): void;
  link(): Promise<string>;
}

const more = "M12 5v14M5 12h14";
const away = "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13";

/** One per overlay. */
export class ItemSheet {
  readonly sheet: Sheet;
  readonly #list = make("ul", { class: "things" });
  readonly #said = make("p", { role: "status" });
  readonly #undo: HTMLElement;
  readonly #bring: HTMLElement;
  readonly #forget: HTMLElement;
  #putBack: (() => void) | undefined;

  constructor(readonly owner: SheetOwner) {
    const { words } = owner;
    this.sheet = new Sheet(words.list, words.close, "ar-list");
    const pill = (label: string, part: string, press: () => void) => make("button", { type: "button", class: "pill", part, onclick: press }, label);
    this.#undo = pill(words.undo, "ar-undo-button", () => this.#restore());
    this.#bring = pill(words.bring, "ar-bring-button", () => void this.#bringBack());
    this.#forget = pill(words.forget, "ar-forget-button", () => {
      owner.forget();
      this.#say(words.forgotten);
      this.render();
    });
    this.#undo.hidden = true;
    // One listener for all lines: they come and go.
    this.#list.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("button");
      if (button) this.#press(button.dataset.act, Number(button.dataset.id));
    });
    this.#list.addEventListener("change", (event) => {
      const select = event.target as HTMLSelectElement;
      owner.setVariant(Number(select.dataset.id), select.value);
    });
    this.sheet.body.append(this.#list, make("div", { class: "line" }, this.#said, this.#undo),
      make("div", { class: "line" }, pill(words.keep, "ar-keep-button", () => void this.#keep()), this.#bring, this.#forget, pill(words.share, "ar-share-button", () => void this.#share())),
      make("p", { class: "soft" }, words.keepNote));
  }

  open(): void {
    this.#say("");
    this.render();
    this.sheet.open();
  }

  render(): void {
    morph(this.#list, make("ul", { class: "things" }, ...this.owner.things().map((thing) => this.#line(thing))));
    this.#bring.hidden = this.#forget.hidden = !this.owner.isKept();
  }

  #line(thing: Thing): HTMLElement {
    const { words } = this.owner;
    const { id, name, variants, variant, isSelected } = thing;
    const label = (text: string) => ({ "aria-label": fill(text, { name }), title: fill(text, { name }) });
    const round = (text: string, path: string, act: string) => make("button", { type: "button", class: "pill round", "data-act": act, "data-id": id, ...label(text) }, icon(path));
    const state = thing.problem || (!thing.isReady ? words.loading : !thing.isPlaced ? words.waiting : isSelected ? words.selected : "");
    return make("li", { class: "thing", "data-key": id, "data-selected": isSelected },
      make("button", { type: "button", class: "name", "data-act": "select", "data-id": id, "aria-pressed": String(isSelected), "aria-label": `${fill(words.select, { name })}${state && `, ${state}`}` },
        make("strong", {}, name), make("span", { class: thing.problem ? "wrong" : "soft" }, [thing.price, state].filter(Boolean).join(" · "))),
      variants.length > 1 && make("select", { "data-id": id, ...label(words.variant) },
        ...variants.map((each) => make("option", { value: each, selected: each === (variant || variants[0]) }, each))),
      round(words.duplicate, more, "duplicate"), round(words.remove, away, "remove"));
  }

  #press(act: string | undefined, id: number): void {
    if (act === "select") this.owner.select(id);
    if (act === "duplicate") this.owner.duplicate(id);
    if (act === "remove") {
      const name = this.owner.things().find((thing) => thing.id === id)?.name ?? "";
      this.#putBack = this.owner.remove(id);
      this.#say(fill(this.owner.words.removed, { name }));
      this.#undo.hidden = false;
      this.#undo.focus({ preventScroll: true });
    }
  }

  #restore(): void {
    this.#putBack?.();
    this.#say("");
    this.#list.querySelector<HTMLElement>(".name")?.focus({ preventScroll: true });
  }

  async #keep(): Promise<void> {
    const { words } = this.owner;
    this.#say((await this.owner.keep()) ? words.kept : words.notKept);
    this.render();
  }

  async #bringBack(): Promise<void> {
    const { words } = this.owner;
    this.#say((await this.owner.bring()) ? words.brought : words.notBrought);
  }

  /** By the system's own sheet where there is one, else into the clipboard, else to be copied by hand. */
  async #share(): Promise<void> {
    const { words } = this.owner;
    const url = await this.owner.link();
    try {
      if (navigator.canShare?.({ url })) await navigator.share({ title: words.shareTitle, url });
      else {
        await navigator.clipboard.writeText(url);
        this.#say(words.shared);
      }
    } catch (problem) {
      if ((problem as Error).name === "AbortError") return;
      this.#say(words.notShared);
      this.#said.append(make("input", { readonly: true, value: url, "aria-label": words.share }));
    }
  }

  /** What was done; what could be put back no longer can. */
  #say(text: string): void {
    this.#said.textContent = text;
    this.#undo.hidden = true;
  }
}
