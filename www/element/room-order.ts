// Stores and reservations within the room: for the selected item by the element's own panel, or for everything in the room, each
// item held on its own. The panel leads; what the shopper does in it is done for the other items, too.

import type { Counter } from "../boundary.js";
import { loadStore } from "../loader.js";
import { make } from "../panels/make.js";
import { morph } from "../panels/morph.js";
import type { Snapshot, Text } from "../snapshot.js";
import { fill } from "../words.js";
import type { Thing } from "./item-sheet.js";
import type { RoomWords } from "./room-words.js";
import type { StoreCounter } from "./store-counter.js";

/** What the order asks of the element. */
export interface OrderOwner {
  readonly words: RoomWords;
  /** The store's texts by their key, in the page's language. */
  readonly texts: Record<string, string>;
  readonly store: StoreCounter;
  storeUrl(): string;
  /** Folder address of the wasm modules where they do not lie beside the element's script. */
  base(): string | undefined;
  notice(name: string, detail: unknown): void;
}

/** One more item of the order, with a counter of its own: its hold has its own key, code and answer. */
interface Line {
  name: string;
  counter: Counter;
  snapshot: Snapshot | undefined;
}

/** The panel's verbs that mean every item of the order. */
const FOR_ALL = new Set(["near", "location-denied", "choose", "back", "contact", "consent", "reserve", "retry"]);

/** One per overlay. */
export class RoomOrder {
  readonly #root = make("ul", { class: "order", part: "store-order", "aria-live": "polite" });
  #lines: Line[] = [];
  /** Counts openings: a module that arrives late for an older one is not used. */
  #opening = 0;

  constructor(readonly owner: OrderOwner) {}

  /** Opens the panel for one item, and for `others` with it; things of one item number are asked about together. */
  async open(leader: Thing, others: Thing[]): Promise<void> {
    const { store } = this.owner;
    this.close();
    const opening = this.#opening;
    const count = (itemId: string) => others.filter((thing) => thing.itemId === itemId).length || 1;
    await store.start();
    const { counter } = store;
    if (!counter || opening !== this.#opening) return;
    ask(counter, leader.itemId, count(leader.itemId));
    store.also = (name, detail) => this.#act(name, detail);
    store.open();
    const wanted = new Map(others.filter(({ itemId }) => itemId !== "" && itemId !== leader.itemId).map((thing) => [thing.itemId, thing]));
    if (wanted.size === 0) return;
    const { Counter } = await loadStore(this.owner.base());
    if (opening !== this.#opening) return;
    this.#lines = [...wanted.values()].map((thing) => this.#line(thing, count(thing.itemId), Counter));
    this.#render();
    (await store.panel()).root.firstElementChild?.after(this.#root);
    for (const { counter } of this.#lines) counter.act("open", "");
  }

  /** Breaks off what is under way; what is held stays held. The panel is about the attributes' item again. */
  close(): void {
    this.#opening += 1;
    for (const { counter } of this.#lines) counter.close();
    this.#lines = [];
    this.#root.remove();
    const { store } = this.owner;
    if (!store.also || !store.counter) return;
    store.also = undefined;
    store.counter.set("quantity", undefined);
    store.tell(store.counter);
  }

  #line({ name, itemId }: Thing, quantity: number, Counter: new (notify: (name: string, detail: string) => void) => Counter): Line {
    const key = `vitrine-reservation ${this.owner.storeUrl()} ${itemId}`;
    const line: Line = {
      name: quantity > 1 ? `${quantity} × ${name}` : name, snapshot: undefined,
      counter: new Counter((notice, detail) => {
        if (notice === "store") this.#heard(line, JSON.parse(detail) as Snapshot);
        else if (notice === "store-remember") remember(key, detail);
        else if (notice === "store-forget") remember(key, null);
        else if (notice === "analytics" || notice === "warning") this.owner.notice(notice, JSON.parse(detail));
        this.#render();
      }),
    };
    this.owner.store.tell(line.counter);
    ask(line.counter, itemId, quantity);
    const receipt = remember(key);
    if (receipt) line.counter.act("restore", receipt);
    return line;
  }

  /** An item whose answer came after the shopper had chosen a store goes to that store, too. */
  #heard(line: Line, snapshot: Snapshot): void {
    line.snapshot = snapshot;
    const leader = this.owner.store.snapshot;
    const chosen = leader?.phase === "contact" ? leader.chosen?.location_id : undefined;
    const row = snapshot.phase === "list" && snapshot.stores.find(({ location_id }) => location_id === chosen);
    // A microtask later: the module is still in the call that told this.
    if (row && row.can_choose) queueMicrotask(() => line.counter.act("choose", JSON.stringify({ location_id: chosen })));
  }

  /** What the shopper does in the panel is meant for all. What is held already, or is not in that store, stays as it is. */
  #act(name: string, detail: unknown): void {
    if (name === "close") return this.close();
    if (!FOR_ALL.has(name)) return;
    for (const { counter } of this.#lines) counter.act(name, detail === undefined ? "" : JSON.stringify(detail));
  }

  /** A text of the store's in the page's language. */
  #say({ key, text, values }: Text): string {
    const own = this.owner.texts[key];
    return own ? fill(own, values) : text;
  }

  #render(): void {
    const { words } = this.owner;
    morph(this.#root, make("ul", { class: "order", part: "store-order", "aria-live": "polite" },
      make("li", { class: "soft", "data-key": "title" }, words.orderTitle), ...this.#lines.map((line, index) => {
        const { text, tone } = stateOf(line.snapshot, words, this.owner.store.snapshot?.chosen?.location_id, (text) => this.#say(text));
        return make("li", { "data-key": index, "data-tone": tone }, make("strong", {}, line.name), make("span", { class: tone === "none" ? "wrong" : "" }, text));
      })));
  }
}

/** The receipt of a hold, kept or forgotten where it is given; it lives as long as the tab. */
function remember(key: string, receipt?: string | null): string | null {
  try {
    if (receipt) sessionStorage.setItem(key, receipt);
    else if (receipt === null) sessionStorage.removeItem(key);
    return sessionStorage.getItem(key);
  } catch {
    return null; // Storage is off: the hold is shown until the panel closes.
  }
}

/** Asks a counter about this item, whatever the look. */
function ask(counter: Counter, itemId: string, quantity: number): void {
  counter.set("variant-item-ids", undefined);
  counter.set("quantity", String(quantity));
  counter.set("item-id", itemId);
}

/** How it is with one item, in the words of the store. */
function stateOf(snapshot: Snapshot | undefined, words: RoomWords, chosen: string | undefined, say: (text: Text) => string): { text: string; tone: string } {
  if (!snapshot || snapshot.phase === "loading") return { text: words.orderAsking, tone: "ask" };
  const { reservation, refusal, error } = snapshot;
  if (reservation && !refusal) return { text: [say(reservation.heading), reservation.code].filter(Boolean).join(" · "), tone: "good" };
  if (refusal) return { text: fill(words.orderFailed, { reason: say(refusal.text) }), tone: "none" };
  if (error) return { text: fill(words.orderFailed, { reason: say(error.text) }), tone: "none" };
  const row = snapshot.chosen ?? snapshot.stores.find(({ location_id }) => location_id === chosen);
  if (row) return { text: say(row.stock), tone: row.can_choose || row.chosen ? row.tone : "none" };
  return { text: snapshot.headline ? say(snapshot.headline.text) : words.orderNowhere, tone: snapshot.headline ? "some" : "none" };
}
