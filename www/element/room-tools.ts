// What the room needs beside the camera picture, in one download: overlay, room list, measuring, keeping and sharing.

import { Captions } from "./captions.js";
import { ItemSheet, type Thing } from "./item-sheet.js";
import { DimensionLines, type Line, linesStyle } from "./dimension-lines.js";
import { MeasureSheet, measureStyle } from "./measure-sheet.js";
import { Overlay, overlayStyles } from "./overlay.js";
import type { RoomOwner } from "./room.js";
import { RoomKeeper, roomInAddress } from "./room-keeper.js";
import { OWN, type Place, RoomList } from "./room-list.js";
import { PhotoSheet } from "./photo-sheet.js";
import { RoomOrder } from "./room-order.js";
import { type RoomWords, roomWords } from "./room-words.js";
import { sheetStyle } from "./sheet.js";

/** One item as the viewer's room has it (`room-items`). */
interface Placed {
  id: number;
  placed: boolean;
  selected: boolean;
  problem: string;
}

/** What the shopper is to do now (`ar-hint`), in English. */
interface Hint {
  code: string;
  /** The kind of surface that it is about, where it is about one. */
  about: string;
  device: "phone" | "headset";
  text: string;
}

/** The room of a page's address is brought in once, by the first element that asks. */
let isAddressRead = false;

/** One per element, from its first need of a room on. */
export class RoomTools {
  readonly words: RoomWords;
  readonly overlay: Overlay;
  readonly list: RoomList;
  readonly keeper: RoomKeeper;
  readonly #sheet: ItemSheet;
  readonly #measure: MeasureSheet;
  readonly #lines = new DimensionLines();
  readonly #captions: Captions;
  readonly #photo: PhotoSheet;
  readonly #order: RoomOrder;
  /** As the running session last told it. */
  #placed: Placed[] = [];
  /** The element's own product was taken out of the running session. */
  #isOwnOut = false;

  constructor(readonly host: HTMLElement, root: HTMLElement, readonly owner: RoomOwner) {
    this.words = { ...roomWords, ...owner.words.room };
    const { words } = this;
    const viewer = () => owner.viewer();
    const tell = (verb: string, detail: unknown) => viewer()?.roomList(verb, JSON.stringify(detail));
    for (const style of [...overlayStyles, sheetStyle, measureStyle, linesStyle]) owner.addStyle(style);
    this.#captions = new Captions(host, viewer);
    this.list = new RoomList({ host, viewer, later: () => owner.later(), changed: () => this.changed() });
    this.keeper = new RoomKeeper({
      host, words, viewer, list: this.list, isInSession: () => this.isInSession, own: () => this.#own(),
      warn: (message, words) => this.#warn(message, words),
    });
    this.#sheet = new ItemSheet({
      words, things: () => this.things,
      select: (id) => tell("select-item", { id }),
      duplicate: (id) => this.list.duplicate(id, { ...this.#own(), variants: owner.variants(), isReady: true }),
      remove: (id) => this.#remove(id),
      setVariant: (id, variant) => (id === OWN ? owner.chooseVariant(variant) : this.list.setVariant(id, variant)),
      isKept: () => this.keeper.isKept, keep: () => this.keeper.save(), bring: () => this.keeper.restore(), forget: () => this.keeper.forget(), link: () => this.keeper.link(),
    });
    this.#measure = new MeasureSheet({
      words, act: (name, detail) => owner.act(name, detail), unit: () => unitOf(host),
      doorway: (width_m, height_m) => tell("doorway", { width_m, height_m }),
      showLines: (areShown) => tell("show-lines", { shown: areShown }),
    });
    this.#order = new RoomOrder({ words, texts: owner.words.storeTexts, store: owner.store, storeUrl: () => host.getAttribute("store-url") ?? "", base: () => owner.base(), notice: (name, detail) => owner.notice(name, detail) });
    this.#photo = new PhotoSheet({ words, viewer });
    this.overlay = new Overlay(root, {
      words: owner.words, room: words,
      act: (name, detail) => owner.act(name, detail),
      exit: () => owner.viewer()?.endAr(),
      openStore: () => this.#openStore([]),
      openStoreForAll: () => this.#openStore(this.things),
      mayScale: () => host.getAttribute("ar-scale") === "auto",
      hasStore: () => owner.store.isOffered,
      chooseVariant: (name) => this.#chooseVariant(name),
      openList: () => this.#sheet.open(),
      openMeasure: () => this.#measure.sheet.open(),
      takePhoto: () => void this.#photo.take(),
      parts: { lines: this.#lines.root, answer: this.#measure.answer, bar: this.#measure.bar, sheets: [this.#sheet.sheet.root, this.#measure.sheet.root, this.#photo.sheet.root] },
    });
  }

  get isInSession(): boolean {
    return this.overlay.isOpen;
  }

  /** Everything in the room, the element's own product first. */
  get things(): Thing[] {
    const { variants, ...own } = { ...this.#own(), variants: this.owner.variants() };
    const all = [{ id: OWN, ...own, variants, isReady: true }, ...this.list.items];
    const isIn = (id: number) => id !== OWN || !this.#isOwnOut;
    return all.filter(({ id }) => isIn(id)).map(({ id, name, variants, variant, price, isReady, itemId, src }) => {
      const placed = this.#placed.find((placed) => placed.id === id);
      return {
        id, variants, variant, price, isReady, itemId, name: name || decodeURIComponent(src.split("/").pop() ?? ""),
        isPlaced: placed?.placed ?? false, isSelected: placed?.selected ?? false, problem: placed?.problem ?? "",
      };
    });
  }

  /** What the viewer says of the room. */
  heard(name: string, detail: any): void {
    switch (name) {
      case "room-item":
        this.list.heard(detail);
        if (detail.status === "failed") this.owner.notice("warning", detail);
        return;
      case "room-items":
        this.#placed = detail.items;
        this.keeper.settle();
        return this.changed();
      case "room-lines": return this.#drawLines(detail.lines);
      case "room-captions": return this.#captions.needed();
      case "room-layout": return this.keeper.heard(detail);
      case "room-unread": return this.#tell(this.words.unplaced);
      case "room-measured": return this.#captions.say("answer", this.#measure.measured(detail));
      case "room-fits": return this.#measure.fits(detail.answer);
      case "ar-hint": return this.#hint(detail);
    }
  }

  #drawLines(lines: Line[]): void {
    this.#lines.render(lines);
    this.#captions.say("lines", lines.map(({ label }) => label).join(" · "));
  }

  #hint({ code, about, device, text }: Hint): void {
    const { hints, headsetHints } = { ...this.words, ...this.owner.words.room };
    const said = (words: Record<string, string>) => words[`${code}-${about}`] ?? words[code];
    const hint = (device === "headset" ? said(headsetHints) : undefined) ?? said(hints) ?? text;
    this.overlay.hint(hint);
    this.#captions.say("hint", hint);
    if (code.startsWith("measure-")) this.#captions.say("answer", "");
  }

  /** Words about what is missing, until the session is left. */
  #tell(words: string): void {
    this.overlay.warn(words);
    this.#captions.say("warning", words);
  }

  /** A session begins; `isPage` where the browser did not lift the overlay over the camera picture itself. */
  begin(isPage: boolean): void {
    this.list.entered();
    this.owner.viewer()?.set("ar-units", unitOf(this.host));
    this.overlay.open(isPage);
    this.keeper.settle();
    this.changed();
  }

  end(): void {
    this.#measure.reset();
    this.#photo.forget();
    this.#lines.render([]);
    this.#captions.end();
    this.#order.close();
    this.#placed = [];
    this.#isOwnOut = false;
    this.keeper.ended();
    this.overlay.close();
  }

  /** Brings in the room of the page's address, if there is one and nobody has. */
  async readAddress(): Promise<void> {
    if (isAddressRead || roomInAddress() === "") return;
    isAddressRead = true;
    if (!(await this.keeper.open())) this.#warn("The room in this page's address cannot be read.", this.words.unread);
  }

  /** The shopper reads it over the camera picture, now or when a session begins. */
  #warn(message: string, words: string): void {
    this.owner.notice("warning", { code: "room", message });
    this.#tell(words);
  }

  #remove(id: number): () => void {
    const own = this.list.get(id);
    const room = this.owner.query("room") as { items?: ({ id: number } & Place)[] } | null;
    const place = room?.items?.find((item) => item.id === id);
    if (id === OWN) this.#isOwnOut = true;
    this.list.remove(id);
    return () => {
      if (id === OWN) {
        this.#isOwnOut = false;
        this.list.bringOwn(place);
      }
      // What cannot be loaded a second time is told by `room-item`.
      else if (own) this.list.add(own.src, own, place).catch(() => {});
    };
  }

  #selected(): Thing | undefined {
    const { things } = this;
    return things.find(({ isSelected }) => isSelected) ?? things[0];
  }

  /** Of the selected product, where stores know it, and of `others` with it. */
  #openStore(others: Thing[]): void {
    const isKnown = ({ itemId }: Thing) => itemId !== "";
    const leader = [this.#selected(), ...this.things].find((thing) => thing && isKnown(thing));
    if (leader) void this.#order.open(leader, others);
    else this.owner.store.open();
  }

  #chooseVariant(name: string): void {
    const id = this.#selected()?.id ?? OWN;
    if (id === OWN) this.owner.chooseVariant(name);
    else this.list.setVariant(id, name);
  }

  /** What is in the room, or how it looks, is another now. */
  changed(): void {
    if (!this.isInSession) return;
    const { things } = this;
    const selected = this.#selected();
    this.overlay.variants(selected?.variants ?? [], selected?.variant ?? "");
    this.overlay.things(things.length);
    this.overlay.placed(things.some(({ isSelected, isPlaced }) => isSelected && isPlaced), things.some(({ isReady, isPlaced }) => isReady && !isPlaced));
    this.#sheet.render();
  }

  #own() {
    const { host } = this;
    const text = (name: string) => host.getAttribute(name) ?? "";
    const variant = text("variant-name");
    return {
      src: new URL(text("src"), document.baseURI).href, variant, placement: text("ar-placement"), name: text("item-name") || text("alt") || this.words.own,
      itemId: variantItem(text("variant-item-ids"), variant) ?? text("item-id"), price: text("item-price"),
    };
  }
}

/** The item number of a look, where the page gives looks numbers of their own. */
function variantItem(json: string, variant: string): string | undefined {
  try {
    const number: unknown = JSON.parse(json)[variant];
    return typeof number === "string" ? number : undefined;
  } catch {
    return undefined;
  }
}

/** In what this shopper measures: as the page says, else inches only where the language's region uses them. */
function unitOf(host: HTMLElement): "cm" | "in" {
  const said = host.getAttribute("ar-units");
  if (said === "cm" || said === "in") return said;
  const region = new Intl.Locale(host.getAttribute("locale") || navigator.language).maximize().region;
  return region === "US" || region === "LR" || region === "MM" ? "in" : "cm";
}
