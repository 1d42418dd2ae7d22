// The element's side of the mirror: its code is loaded where the attribute `try-on` asks for it, or the page.

import type { TryOn, TryOnOwner } from "../mirror/try-on.js";
import type { Shadow } from "./shadow.js";

/** One per element. */
export class TryOnDoor {
  #tryOn: TryOn | undefined;

  constructor(readonly host: HTMLElement, readonly shadow: Shadow, readonly owner: TryOnOwner) {}

  async open(): Promise<void> {
    (await this.#load()).open();
  }

  /** Shows the button where the product is there. */
  dress(isDrawn: boolean): void {
    if (this.#tryOn ?? this.host.hasAttribute("try-on")) void this.#load().then((tryOn) => tryOn.dress(isDrawn));
  }

  told(detail: Parameters<TryOn["told"]>[0]): void {
    this.#tryOn?.told(detail);
  }

  close(): void {
    this.#tryOn?.close();
  }

  async #load(): Promise<TryOn> {
    const { TryOn } = await import("../mirror/try-on.js");
    return (this.#tryOn ??= new TryOn(this.host, this.shadow, this.owner));
  }
}
