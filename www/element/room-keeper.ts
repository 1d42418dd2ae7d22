// A room kept on this device or put into a link: which products stand where, relative to each other. No picture and no scan of
// the room is in either.

import type { Viewer } from "../boundary.js";
import { OWN, type RoomList } from "./room-list.js";

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
  readonly list: RoomList;
  viewer(): Viewer | undefined;
  isInSession(): boolean;
  /** The element's own product as an item; its `src` is a whole address. */
  own(): Omit<KeptItem, "id">;
  warn(message: string): void;
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

  constructor(readonly owner: KeeperOwner) {}

  /** Keeps the room on this device. False where the browser keeps nothing. */
  async save(): Promise<boolean> {
    await this.#ask();
    try {
      localStorage.setItem(this.#key(), JSON.stringify(this.#room(this.#layout.json)));
      return true;
    } catch {
      return false;
    }
  }

  /** Brings the kept room back. False when there is none that can be read. */
  async restore(): Promise<boolean> {
    let text: string | null = null;
    try {
      text = localStorage.getItem(this.#key());
    } catch {
      // Storage is off: nothing was kept.
    }
    return text !== null && this.#bring(text, false);
  }

  /** A room is kept on this device. */
  get isKept(): boolean {
    try {
      return localStorage.getItem(this.#key()) !== null;
    } catch {
      return false;
    }
  }

  forget(): void {
    try {
      localStorage.removeItem(this.#key());
    } catch {
      // Storage is off: nothing was kept.
    }
  }

  /** The address of this page with the room in it. */
  async link(): Promise<string> {
    await this.#ask();
    const link = new URL(location.href);
    link.hash = MARK + toBase64(JSON.stringify(this.#room(this.#layout.link)));
    return link.href;
  }

  /** Restores the room of the page's own address, if there is one. */
  async open(): Promise<boolean> {
    const text = roomInAddress();
    return text !== "" && text.length <= LONGEST_LINK && this.#bring(fromBase64(text), true);
  }

  /** The viewer wrote the layout down. */
  heard({ json, link }: { json: unknown; link: string }): void {
    this.#layout = { json: JSON.stringify(json), link };
    for (const answer of this.#asked.splice(0)) answer();
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

  /** The layout of this moment; what was told last when no session runs. */
  #ask(): Promise<void> {
    const viewer = this.owner.viewer();
    if (!viewer || !this.owner.isInSession()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      viewer.roomList("save-layout", "{}");
    });
  }

  #room(layout: string): Kept {
    const items = this.owner.list.items.map(({ id, src, variant, placement, itemId, name, price }) => ({ id, src, variant, placement, itemId, name, price }));
    return { version: 1, items: [{ id: OWN, ...this.owner.own() }, ...items], layout };
  }

  /** Adds the items of a room; `isForeign` when somebody else may have written it. */
  async #bring(text: string, isForeign: boolean): Promise<boolean> {
    const room = read(text);
    if (!room) return false;
    const own = this.owner.own();
    const ids: Record<string, number> = {};
    const added = room.items.map(async (item) => {
      if (item.src === own.src && !Object.values(ids).includes(OWN)) {
        ids[item.id] = OWN;
        if (item.variant) this.owner.host.setAttribute("variant-name", item.variant);
        return;
      }
      // A link must not make this page fetch from anywhere else.
      if (isForeign && ![location.origin, new URL(own.src || location.href).origin].includes(new URL(item.src).origin)) {
        return this.owner.warn(`A thing in the shared room is not from this shop and is left out: ${item.src}`);
      }
      const { id, src, ...options } = item;
      const coming = this.owner.list.add(src, options);
      const here = this.owner.list.items.at(-1);
      if (here) ids[id] = here.id;
      await coming.catch((error: Error) => this.owner.warn(`${item.name || src}: ${error.message}`));
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
