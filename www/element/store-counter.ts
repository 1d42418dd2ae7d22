// Joins the store to the element: its module and panel come on first use, the panel moves into the room session, the receipt is kept.

import { attributes } from "../attributes.js";
import type { Counter } from "../boundary.js";
import { loadStore } from "../loader.js";
import type { Snapshot } from "../snapshot.js";
import type { StorePanel } from "../panels/store.js";
import type { Words } from "../words.js";

/** What the counter asks of the element. */
export interface CounterOwner {
  readonly words: Words;
  /** Folder address of the wasm modules where they do not lie beside the element's script. */
  base(): string | undefined;
  notice(name: string, detail: unknown): void;
  failed(message: string): void;
  addStyle(text: string): void;
}

/** The store's own attributes, and the look, which may be an item of its own. */
const ATTRIBUTES = [...attributes.filter((row) => row.to === "store").map((row) => row.name), "variant-name"];

/** From this width on, in CSS pixels, panel and product stand side by side. */
const WIDE = 700;

/** One per element. */
export class StoreCounter {
  #panel: StorePanel | undefined;
  /** The store's module, once it is there. */
  counter: Counter | undefined;
  #opening: Promise<void> | undefined;
  /** As the store last told it. */
  snapshot: Snapshot | undefined;
  /** Hears what is done in the panel. */
  also: ((name: string, detail?: unknown) => void) | undefined;
  #isOpen = false;

  constructor(readonly host: HTMLElement, readonly root: ShadowRoot, readonly stage: HTMLElement, readonly owner: CounterOwner) {}

  /** True when the page names a store service and an item. */
  get isOffered(): boolean {
    return this.host.hasAttribute("store-url") && this.host.hasAttribute("item-id");
  }

  /** The snapshot as the store last told it; `null` before that. */
  get shown(): unknown {
    return this.counter ? JSON.parse(this.counter.shown()) : null;
  }

  open(): void {
    this.#isOpen = true;
    void Promise.all([this.panel(), this.start()]).then(([panel]) => {
      if (!this.#isOpen || !this.counter) return;
      panel.open(this.snapshot);
      this.#makeRoom();
      this.act("open");
    });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#panel?.close();
    this.#makeRoom();
    this.act("close");
  }

  /** Gives everything back; what is still reserved is found again by its receipt. */
  stop(): void {
    this.close();
    this.counter?.close();
    this.counter = undefined;
    this.#opening = undefined;
    this.snapshot = undefined;
  }

  /** An attribute changed. */
  set(name: string, value: string | null): void {
    if (ATTRIBUTES.includes(name)) this.counter?.set(name, value ?? undefined);
  }

  /** Tells the store something by its name (see src/store/snapshot.md); nothing while it is not there. */
  act(name: string, detail?: unknown): void {
    this.counter?.act(name, detail === undefined ? "" : JSON.stringify(detail));
    this.also?.(name, detail);
  }

  render(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    if (this.#isOpen) this.#panel?.render(snapshot);
  }

  /** The network is back: what was unavailable is asked again, as by the panel's own button. */
  online(): void {
    if (this.snapshot?.actions.some((action) => action.event === "retry" && action.enabled)) this.act("retry");
  }

  /** Into the overlay of a room session, or back into the element. */
  moveTo(overlay: HTMLElement | undefined): void {
    if (!this.#panel) return;
    const wasOpen = this.#isOpen;
    if (wasOpen) this.#panel.close();
    (overlay ?? this.root).append(this.#panel.root);
    if (wasOpen) this.#panel.open(this.snapshot);
    this.#makeRoom();
  }

  /** The receipt of a reservation lives as long as the tab: nobody finds it on a shared device tomorrow. */
  remember(receipt: unknown): void {
    try {
      sessionStorage.setItem(this.#key(), JSON.stringify(receipt));
    } catch {
      // Storage is off: the reservation is still shown until the page goes.
    }
  }

  forget(): void {
    try {
      sessionStorage.removeItem(this.#key());
    } catch {
      // Storage is off: nothing was kept.
    }
  }

  /** After a reload: what is still held is shown again. */
  resume(): void {
    const receipt = this.isOffered ? this.#receipt() : undefined;
    if (receipt) void this.start().then(() => this.act("restore", receipt));
  }

  /** In a wide element the product steps aside, so that both are seen. */
  #makeRoom(): void {
    const isInPage = this.#panel?.root.parentNode === this.root;
    this.stage.toggleAttribute("data-beside", this.#isOpen && isInPage && this.host.clientWidth >= WIDE);
  }

  async panel(): Promise<StorePanel> {
    const { StorePanel, storeStyle } = await import("../panels/store.js");
    if (!this.#panel) {
      this.owner.addStyle(storeStyle);
      this.#panel = new StorePanel({ host: this.host, words: this.owner.words, act: (name, detail) => this.act(name, detail), close: () => this.close() });
      const overlay = this.root.querySelector<HTMLElement>(".overlay[data-on]");
      (overlay ?? this.root).append(this.#panel.root);
    }
    return this.#panel;
  }

  /** Once: the store's module, told what the page says. A failed load is said, and tried anew the next time. */
  start(): Promise<void> {
    this.#opening ??= this.#connect().catch((error: Error) => {
      this.#opening = undefined;
      this.#isOpen = false;
      this.owner.failed(error.message);
    });
    return this.#opening;
  }

  async #connect(): Promise<void> {
    const { Counter } = await loadStore(this.owner.base());
    const counter = new Counter((name, detail) => this.owner.notice(name, JSON.parse(detail)));
    this.tell(counter);
    this.counter = counter;
  }

  /** Tells a counter what the attributes say. */
  tell(counter: Counter): void {
    for (const name of ATTRIBUTES) counter.set(name, this.host.getAttribute(name) ?? undefined);
    if (!this.host.hasAttribute("locale")) counter.set("locale", document.documentElement.lang || navigator.language);
  }

  #receipt(): unknown {
    try {
      const receipt = sessionStorage.getItem(this.#key());
      return receipt === null ? undefined : JSON.parse(receipt);
    } catch {
      this.forget();
      return undefined;
    }
  }

  #key(): string {
    return `vitrine-reservation ${this.host.getAttribute("store-url") ?? ""}`;
  }
}
