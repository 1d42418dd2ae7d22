// A room kept on this device or put into a link: which products stand where, relative to each other. No picture and no scan of
// the room is in either.

import type { Viewer } from "../boundary.js";
import { fill } from "../words.js";
import { OWN, type RoomList } from "./room-list.js";
import type { RoomWords } from "./room-words.js";

/** What is kept: the products, and how they stand as the viewer wrote it. */
interface Kept {
  version: 1;
  items: KeptItem[];
  /** As `ar-layout` told it; empty when nothing has stood anywhere yet. */
  layout: string;
}

/** The parts of an item that are worth keeping; `id` is its name in the layout. */
interface KeptItem {
  id: number;
  src: string;
  variant: string;
  placement: string;
  itemId: string;
  name: string;
  price: string;
}

/** What the keeper asks of the element. */
export interface KeeperOwner {
  readonly host: HTMLElement;
  readonly words: RoomWords;
  readonly list: RoomList;
  viewer(): Viewer | undefined;
  isInSession(): boolean;
  /** The element's own product as an item; its `src` is a whole address. */
  own(): Omit<KeptItem, "id">;
  /** Something for the shop's developer, and the same in the shopper's words. */
  warn(message: string, words: string): void;
}

/** The part of an address that holds a room. */
const MARK = "vitrine-room=";
/** More than that is no room of ours. */
const LONGEST_LINK = 20_000;
const MOST_ITEMS = 24;

/** One per element. */
export class RoomKeeper {
  /** The layout as the viewer last told it. */
  #layout: { json: string; link: string } = { json: "", link: "" };
  #asked: (() => void)[] = [];
  /** A layout that waits for the next session, and which item has which name in it. */
  #waiting: { layout: string; ids: Record<string, number> } | undefined;
  /** The shopper has kept the room in this session: anchors whose names come later are kept with it. */
  #isKeeping = false;

  constructor(readonly owner: KeeperOwner) {}

  /** Keeps the room on this device. False where the browser keeps nothing. */
  async save(): Promise<boolean> {
    await this.#ask(true);
    this.#isKeeping = this.#write();
    return this.#isKeeping;
  }

  /** Brings the kept room back. False when there is none that can be read. */
  async restore(): Promise<boolean> {
    const text = this.#stored();
    return text !== null && this.#bring(text, false);
  }

  /** A room is kept on this device. */
  get isKept(): boolean {
    return this.#stored() !== null;
  }

  forget(): void {
    const anchors = anchorsIn(this.#stored());
    this.#isKeeping = false;
    try {
      localStorage.removeItem(this.#key());
    } catch {
      // Storage is off: nothing was kept.
    }
    this.#forgetAnchors(anchors);
  }

  /** The session is over; what the next one says is about another room. */
  ended(): void {
    this.#isKeeping = false;
  }

  /** The address of this page with the room in it. */
  async link(): Promise<string> {
    await this.#ask(false);
    const link = new URL(location.href);
    link.hash = MARK + toBase64(JSON.stringify(this.#room(this.#layout.link)));
    return link.href;
  }

  /** Restores the room of the page's own address, if there is one. */
  async open(): Promise<boolean> {
    const text = roomInAddress();
    return text !== "" && text.length <= LONGEST_LINK && this.#bring(fromBase64(text), true);
  }

  /** The viewer wrote the layout down: because it was asked, or because the device has named an anchor. */
  heard({ json, link }: { json: unknown; link: string }): void {
    this.#layout = { json: JSON.stringify(json), link };
    const asked = this.#asked.splice(0);
    for (const answer of asked) answer();
    if (asked.length === 0 && this.#isKeeping) this.#write();
  }

  /** A session runs and its items are there: they go to where they stood. */
  settle(): void {
    const waiting = this.#waiting;
    const isHere = (id: number) => id === OWN || this.owner.list.get(id)?.isReady !== false;
    if (!waiting || !this.owner.isInSession() || !Object.values(waiting.ids).every(isHere)) return;
    this.#waiting = undefined;
    const ids = Object.fromEntries(Object.entries(waiting.ids).filter(([, id]) => id === OWN || this.owner.list.get(id)));
    this.owner.viewer()?.roomList("restore-layout", JSON.stringify({ layout: waiting.layout, ids }));
  }

  /** The layout of this moment; what was told last when no session runs. With `anchors` the browser keeps them, too. */
  #ask(anchors: boolean): Promise<void> {
    const viewer = this.owner.viewer();
    if (!viewer || !this.owner.isInSession()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      viewer.roomList("save-layout", JSON.stringify({ anchors }));
    });
  }

  /** What is kept, as it was written; `null` where nothing is. */
  #stored(): string | null {
    try {
      return localStorage.getItem(this.#key());
    } catch {
      return null; // Storage is off.
    }
  }

  /** Writes the room over the one that was kept; devices have few anchors to keep, and get those back that it no longer names. */
  #write(): boolean {
    const stored = this.#stored();
    const before = anchorsIn(stored);
    const text = JSON.stringify(this.#layout.json === "" ? this.#asBefore(stored) : this.#room(this.#layout.json));
    try {
      localStorage.setItem(this.#key(), text);
    } catch {
      return false;
    }
    const now = anchorsIn(text);
    this.#forgetAnchors(before.filter((handle) => !now.includes(handle)));
    return true;
  }

  #forgetAnchors(handles: string[]): void {
    if (handles.length > 0 && this.owner.isInSession()) this.owner.viewer()?.roomList("forget-anchors", JSON.stringify({ handles }));
  }

  #room(layout: string): Kept {
    const items = this.owner.list.items.map(({ id, src, variant, placement, itemId, name, price }) => ({ id, src, variant, placement, itemId, name, price }));
    return { version: 1, items: [{ id: OWN, ...this.owner.own() }, ...items], layout };
  }

  /** Before a session nobody has told how things stand: those that wait to go where they stood, or were kept, still stand so. */
  #asBefore(stored: string | null): Kept {
    const kept = read(stored ?? "");
    const room = this.#room(this.#waiting?.layout ?? kept?.layout ?? "");
    if (room.layout === "") return room;
    // An item keeps the name that the layout has for it; others get names that it has for nothing.
    const names = new Map(Object.entries(this.#waiting?.ids ?? {}).map(([name, id]) => [id, Number(name)]));
    const taken = new Set([...names.values(), ...(kept?.items ?? []).map(({ id }) => id)]);
    for (const { id, src } of this.#waiting ? [] : room.items) {
      const same = kept?.items.find((item) => item.src === src && ![...names.values()].includes(item.id));
      if (same) names.set(id, same.id);
    }
    let last = Math.max(0, ...taken);
    return { ...room, items: room.items.map((item) => ({ ...item, id: names.get(item.id) ?? ++last })) };
  }

  /** Adds the items of a room that are not here yet; `isForeign` when somebody else may have written it. */
  async #bring(text: string, isForeign: boolean): Promise<boolean> {
    const room = read(text);
    if (!room) return false;
    const { list, words } = this.owner;
    const own = this.owner.own();
    const ids: Record<string, number> = {};
    const isFree = (id: number) => !Object.values(ids).includes(id);
    const added = room.items.map(async (item) => {
      const { id, src, ...options } = item;
      if (src === own.src && isFree(OWN)) {
        ids[id] = OWN;
        if (item.variant) this.owner.host.setAttribute("variant-name", item.variant);
        return;
      }
      const here = list.items.find((here) => here.src === src && isFree(here.id));
      if (here) {
        ids[id] = here.id;
        if (here.variant !== item.variant) list.setVariant(here.id, item.variant);
        return;
      }
      // A link must not make this page fetch from anywhere else.
      if (isForeign && ![location.origin, new URL(own.src || location.href).origin].includes(new URL(src).origin)) {
        return this.owner.warn(`A thing in the shared room is not from this shop and is left out: ${src}`, words.foreign);
      }
      const coming = list.add(src, options);
      const added = list.items.at(-1);
      if (added) ids[id] = added.id;
      const name = item.name || src;
      await coming.catch(({ message }: Error) => this.owner.warn(`${name}: ${message}`, fill(words.failed, { name, message })));
    });
    if (room.layout) this.#waiting = { layout: room.layout, ids };
    await Promise.all(added);
    this.settle();
    return true;
  }

  #key(): string {
    return `vitrine-room ${this.owner.host.id}`;
  }
}

/** What stands in the page's own address, or "". */
export function roomInAddress(): string {
  const at = location.hash.indexOf(MARK);
  return at < 0 ? "" : location.hash.slice(at + MARK.length);
}

/** Strict: whoever may have written it. */
function read(text: string): Kept | undefined {
  try {
    const room = JSON.parse(text) as Partial<Kept>;
    if (room.version !== 1 || !Array.isArray(room.items) || room.items.length > MOST_ITEMS) return undefined;
    const word = (value: unknown) => (typeof value === "string" ? value.slice(0, 500) : "");
    const items = room.items.map((item: Partial<KeptItem>) => ({
      id: Number(item.id) | 0, src: address(item.src), variant: word(item.variant), placement: word(item.placement),
      itemId: word(item.itemId), name: word(item.name), price: word(item.price),
    }));
    return { version: 1, items: items.filter(({ src }) => src !== ""), layout: typeof room.layout === "string" ? room.layout : "" };
  } catch {
    return undefined;
  }
}

/** The names by which the device finds the anchors of a kept room again. */
function anchorsIn(text: string | null): string[] {
  try {
    const { items } = JSON.parse(read(text ?? "")?.layout || "{}") as { items?: { anchor?: unknown }[] };
    return (items ?? []).flatMap(({ anchor }) => (typeof anchor === "string" ? [anchor] : []));
  } catch {
    return []; // It was not ours.
  }
}

/** A whole address of the web, or "". */
function address(value: unknown): string {
  const url = typeof value === "string" && URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : undefined;
  return url && ["http:", "https:"].includes(url.protocol) ? url.href : "";
}

/** RFC 4648 section 5: base64 for addresses. */
function toBase64(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The text, or "" where it is none. */
function fromBase64(text: string): string {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
  } catch {
    return "";
  }
}
