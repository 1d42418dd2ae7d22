// Joins the store panel to the element: opens it (its code comes on first use), moves it into the room session, keeps the receipt.

import type { Snapshot } from "../snapshot.js";
import type { StorePanel } from "../panels/store.js";
import type { Words } from "../words.js";

/** What the counter asks of the element. */
export interface CounterOwner {
  readonly words: Words;
  act(name: string, detail?: unknown): void;
  addStyle(text: string): void;
}

/** From this width on, in CSS pixels, panel and product stand side by side. */
const WIDE = 700;

/** One per element. */
export class StoreCounter {
  #panel: StorePanel | undefined;
  #snapshot: Snapshot | undefined;
  #isOpen = false;

  constructor(readonly host: HTMLElement, readonly root: ShadowRoot, readonly stage: HTMLElement, readonly owner: CounterOwner) {}

  /** True when the page names a store service and an item. */
  get isOffered(): boolean {
    return this.host.hasAttribute("store-url") && this.host.hasAttribute("item-id");
  }

  open(): void {
    this.#isOpen = true;
    void this.#load().then((panel) => {
      if (!this.#isOpen) return;
      panel.open(this.#snapshot);
      this.#makeRoom();
      this.owner.act("store-open");
    });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#panel?.close();
    this.#makeRoom();
    this.owner.act("store-close");
  }

  render(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    if (this.#isOpen) this.#panel?.render(snapshot);
  }

  /** The network is back: what was unavailable is asked again, as by the panel's own button. */
  online(): void {
    if (this.#snapshot?.actions.some((action) => action.event === "retry" && action.enabled)) this.owner.act("store-retry");
  }

  /** Into the overlay of a room session, or back into the element. */
  moveTo(overlay: HTMLElement | undefined): void {
    if (!this.#panel) return;
    const wasOpen = this.#isOpen;
    if (wasOpen) this.#panel.close();
    (overlay ?? this.root).append(this.#panel.root);
    if (wasOpen) this.#panel.open(this.#snapshot);
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

  /** After a reload: shows again what is still held. */
  resume(): void {
    if (!this.isOffered) return;
    try {
      const receipt = sessionStorage.getItem(this.#key());
      if (receipt) this.owner.act("store-restore", JSON.parse(receipt));
    } catch {
      this.forget();
    }
    if (this.#isOpen) this.owner.act("store-open");
  }

  /** In a wide element the product steps aside, so that both are seen. */
  #makeRoom(): void {
    const isInPage = this.#panel?.root.parentNode === this.root;
    this.stage.toggleAttribute("data-beside", this.#isOpen && isInPage && this.host.clientWidth >= WIDE);
  }

  async #load(): Promise<StorePanel> {
    const { StorePanel, storeStyle } = await import("../panels/store.js");
    if (!this.#panel) {
      this.owner.addStyle(storeStyle);
      this.#panel = new StorePanel({ words: this.owner.words, act: (name, detail) => this.owner.act(name, detail), close: () => this.close() });
      const overlay = this.root.querySelector<HTMLElement>(".overlay[data-on]");
      (overlay ?? this.root).append(this.#panel.root);
    }
    return this.#panel;
  }

  #key(): string {
    return `vitrine-reservation ${this.host.getAttribute("store-url") ?? ""}`;
  }
}
