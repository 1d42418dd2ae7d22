// A sheet over the camera picture: a dialog from below with a heading and a way to close it; the room stays usable.

import { make } from "../panels/make.js";

/** Opened by a button, to which the focus goes back. */
export class Sheet {
  readonly root: HTMLElement;
  readonly body = make("div", { class: "body" });
  readonly #title: HTMLElement;
  #opener: HTMLElement | null = null;

  constructor(title: string, close: string, part: string) {
    this.#title = make("h2", { tabindex: -1, id: `${part}-title` }, title);
    const button = make("button", { type: "button", class: "close", "aria-label": close, title: close, onclick: () => this.close() }, "×");
    this.root = make("section", { class: "sheet", part, role: "dialog", "aria-labelledby": `${part}-title`, hidden: true }, make("header", {}, this.#title, button), this.body);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation(); // closes the sheet, not the room
      this.close();
    });
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  open(): void {
    this.#opener = (this.root.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    this.root.hidden = false;
    this.#title.focus({ preventScroll: true });
  }

  close(): void {
    const hadFocus = this.root.contains((this.root.getRootNode() as ShadowRoot).activeElement);
    this.root.hidden = true;
    if (hadFocus && this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
  }
}

/** Style of sheets; joined to the element's own. */
export const sheetStyle = `
.sheet{position:absolute;inset:auto 0 0;margin:auto;width:min(480px,100%);max-height:60%;display:flex;flex-direction:column;background:var(--_surface);color:var(--_ink);border:1px solid var(--_line);border-radius:var(--_radius) var(--_radius) 0 0;pointer-events:auto;z-index:1;font-size:15px}
.sheet[hidden]{display:none}
.sheet header{display:flex;align-items:center;padding:10px 8px 4px 18px}
.sheet h2{flex:1;margin:0;font-size:17px;outline:none}
.sheet .close{width:44px;height:44px;border:0;border-radius:50%;background:none;color:inherit;font:26px/1 system-ui;cursor:pointer}
.sheet .body{overflow:auto;overscroll-behavior:contain;padding:0 18px max(16px,env(safe-area-inset-bottom));display:grid;gap:10px}
.sheet p{margin:0}
.sheet .soft{color:var(--_soft);font-size:13px}
.sheet .things{list-style:none;margin:0;padding:0;display:grid;gap:8px}
.sheet .thing{display:flex;flex-wrap:wrap;gap:8px;align-items:center;border:1px solid var(--_line);border-radius:12px;padding:6px 6px 6px 12px}
.sheet .thing[data-selected]{border-color:var(--_accent);box-shadow:inset 0 0 0 1px var(--_accent)}
.sheet .name{flex:1;min-width:8rem;min-height:44px;border:0;background:none;color:inherit;font:inherit;text-align:start;cursor:pointer}
.sheet .name strong,.sheet .name span{display:block}
.sheet .wrong{color:light-dark(#9b2226,#ff9d95)}
.sheet select,.sheet input{min-height:44px;padding:6px 10px;border:1px solid color-mix(in srgb,var(--_ink) 40%,var(--_surface));border-radius:10px;background:var(--_surface);color:inherit;font:inherit;font-size:16px;max-width:100%;box-sizing:border-box}
.sheet .line{display:flex;flex-wrap:wrap;gap:8px}
.sheet :is(select,input,.name,.close):focus-visible{outline:3px solid var(--focus-color,#2b7fff);outline-offset:1px}
.sheet form{display:grid;gap:8px}
.sheet label{display:grid;gap:4px}
`;
