// The room list: what the shopper brings along into the room beside the element's own product, in the page's memory, however
// often the viewer is opened anew.

import type { Viewer } from "../boundary.js";
import type { ItemOptions, RoomItem } from "../room-types.js";
import { CodedError } from "../loader.js";

/** What the list asks of the element. */
export interface ListOwner {
  readonly host: HTMLElement;
  viewer(): Viewer | undefined;
  /** Brings the viewer's code for rooms. */
  later(): Promise<void>;
  /** The list is another now. */
  changed(): void;
}

/** The element's own product has this number in the room. */
export const OWN = 0;

/** A place in the room, as the viewer's answer to `room` has it. */
export interface Place {
  position: number[];
  orientation: number[];
}

/** An item as the list keeps it. */
interface Entry {
  item: RoomItem;
  settle: { resolve(item: RoomItem): void; reject(error: Error): void } | undefined;
}

/** What the viewer says of one item (`room-item`). */
export interface ItemNotice {
  id: number;
  status: "ready" | "failed";
  code: string;
  message: string;
  variants: string[];
  variant: string | null;
}

/** One per element, from the first item on. */
export class RoomList {
  #entries: Entry[] = [];
  #lastId = OWN;
  #viewer: Viewer | undefined;

  constructor(readonly owner: ListOwner) {}

  /** Copies, in the order in which they came. */
  get items(): RoomItem[] {
    return this.#entries.map(({ item }) => ({ ...item, variants: [...item.variants] }));
  }

  get(id: number): RoomItem | undefined {
    return this.#entries.find(({ item }) => item.id === id)?.item;
  }

  /** One more. Resolves when its product is there; rejects, and forgets it, when it does not come. */
  add(src: string, options: ItemOptions = {}, place?: Place): Promise<RoomItem> {
    const { variant = "", placement = "", itemId = "", name = "", price = "" } = options;
    const item: RoomItem = { id: ++this.#lastId, src: new URL(src, document.baseURI).href, variant, placement, itemId, name, price, variants: [], isReady: false };
    return new Promise((resolve, reject) => {
      this.#entries.push({ item, settle: { resolve, reject } });
      void this.#bring(item, place);
      this.owner.changed();
    });
  }

  /** One more of the same, beside it in a running session. The element's own product is `OWN`. */
  duplicate(id: number, own: Omit<RoomItem, "id">): void {
    const original = id === OWN ? own : this.get(id);
    if (!original) return;
    const item = { ...original, variants: [...original.variants], id: ++this.#lastId };
    this.#entries.push({ item, settle: undefined });
    this.#tell("duplicate-item", { id, new_id: item.id });
    this.owner.changed();
  }

  /** False when there is no such item. */
  remove(id: number): boolean {
    const at = this.#entries.findIndex(({ item }) => item.id === id);
    if (at < 0 && id !== OWN) return false;
    const [entry] = at < 0 ? [] : this.#entries.splice(at, 1);
    entry?.settle?.reject(new CodedError("removed", "The item was removed before it was there."));
    this.#tell("remove-item", { id });
    this.owner.changed();
    return true;
  }

  setVariant(id: number, variant: string): void {
    const item = this.get(id);
    if (!item) return;
    item.variant = variant;
    this.#tell("item-variant", { id, variant });
    this.owner.changed();
  }

  /** What the viewer says of one of them. */
  heard(notice: ItemNotice): void {
    const at = this.#entries.findIndex(({ item }) => item.id === notice.id);
    const entry = this.#entries[at];
    if (!entry) return;
    const { item, settle } = entry;
    entry.settle = undefined;
    if (notice.status === "failed") {
      this.#entries.splice(at, 1);
      settle?.reject(new CodedError(notice.code, notice.message));
    } else {
      item.isReady = true;
      item.variants = notice.variants;
      settle?.resolve({ ...item });
    }
    this.owner.changed();
  }

  /** A fresh viewer knows nothing of the list yet. */
  opened(): void {
    for (const { item } of this.#entries) {
      item.isReady = false;
      void this.#bring(item);
    }
  }

  /** The viewer's code for rooms is there: a session runs. */
  entered(): void {
    this.#viewer = this.owner.viewer();
  }

  /** Puts the element's own product back into a running session. */
  bringOwn(place: Place | undefined): void {
    this.#tell("add-item", { id: OWN, place });
  }

  /** The viewer takes the list only once its code for rooms is there. */
  async #bring({ id, src, variant, placement }: RoomItem, place?: Place): Promise<void> {
    if (!this.owner.viewer()) return; // the list is brought when it opens
    try {
      await this.owner.later();
    } catch (error) {
      return this.heard({ id, status: "failed", code: "module-failed", message: (error as Error).message, variants: [], variant: null });
    }
    this.#viewer = this.owner.viewer();
    if (this.get(id)) this.#tell("add-item", { id, src, variant, placement, place });
  }

  /** Only a viewer whose code for rooms is there; another hears of the list when its own is. */
  #tell(verb: string, detail: object): void {
    const viewer = this.owner.viewer();
    if (viewer && viewer === this.#viewer) viewer.roomList(verb, JSON.stringify(detail));
  }
}
