// The store panel's content as a fresh tree, made from the snapshot alone: search, stores, form, reservation, refusal.

import { fill } from "../words.js";
import { make, makeSvg } from "./make.js";
import type { Action, Field, Link, Reservation, Row, Snapshot, Text } from "../snapshot.js";
import type { PanelState } from "./store.js";

/** Phases in which the shopper looks for a store. */
export const SEARCHING = new Set(["loading", "list", "unavailable"]);

/** All below the panel's heading. */
export function renderBody(snapshot: Snapshot, state: PanelState): HTMLElement {
  const { phase, message, notice, error, refusal, reservation, form, chosen, stores, busy } = snapshot;
  const line = (kind: string, text: Text | null | undefined) => text && make("p", { class: kind, "data-key": kind }, state.say(text));
  const isAfter = reservation !== null && !["list", "contact", "loading", "refused", "unavailable"].includes(phase);
  return make("div", { class: "body", "aria-busy": String(busy) },
    make("p", { class: "said", role: "status", "data-key": "said" }, message ? state.say(message) : state.isLocating ? state.words.store.locating : ""),
    busy && make("div", { class: "busy", "data-key": "busy", "aria-hidden": "true" }),
    line("notice", notice),
    error && make("p", { class: "wrong", role: "alert", "data-key": "error", "data-code": error.code }, state.say(error.text)),
    SEARCHING.has(phase) && near(snapshot, state),
    SEARCHING.has(phase) && stores.length > 0 && list(stores, state, "stores"),
    chosen && (form || phase === "reserving") && make("div", { class: "card picked", "data-key": "chosen" }, ...storeLines(chosen, state)),
    form && contact(form.fields, form, snapshot.actions, state),
    refusal && make("p", { class: "wrong", role: "alert", "data-key": "refusal", "data-code": refusal.code }, state.say(refusal.text)),
    refusal && refusal.alternatives.length > 0 && list(refusal.alternatives, state, "alternatives"),
    isAfter && receipt(reservation, state),
    !form && actions(snapshot.actions, state));
}

function near({ near }: Snapshot, { words, isLocating, say }: PanelState): HTMLElement {
  const { store } = words;
  const field = make("div", { class: "find" },
    make("input", { id: "place", name: "place", "aria-label": store.place, placeholder: store.place, autocomplete: "postal-code", enterkeyhint: "search", maxlength: 80, value: near.place ?? "", required: true }),
    make("button", { type: "submit", class: "pill", part: "store-search-button" }, store.search));
  return make("form", { "data-form": "near", "data-key": "near", class: "near", novalidate: true },
    near.can_name_place && field,
    near.can_locate && make("button", { type: "button", class: "link", part: "store-locate-button", "data-act": "locate", disabled: isLocating, "aria-describedby": "locate-note" }, store.here),
    near.can_locate && make("span", { class: "soft small", id: "locate-note" }, store.hereNote),
    make("p", { class: "soft small label" }, say(near.label)));
}

function list(rows: Row[], state: PanelState, key: string): HTMLElement {
  return make("ul", { class: "stores", "data-key": key, part: "store-list" }, ...rows.map((row) =>
    make("li", { class: "card", "data-key": row.location_id, "data-location": row.location_id, "data-tone": row.tone, part: "store" },
      ...storeLines(row, state),
      row.can_choose && make("button", { type: "button", class: "pill pick", part: "store-choose-button", "data-act": "choose", "data-location": row.location_id,
        "aria-label": fill(state.words.store.chooseAt, { store: row.name }) }, state.words.store.choose))));
}

function storeLines(row: Row, { say, words }: PanelState): (HTMLElement | null)[] {
  const soft = (text: Text | null) => text && make("span", {}, say(text));
  return [
    make("div", { class: "top" }, make("h3", {}, row.name), row.distance && make("span", { class: "soft" }, say(row.distance))),
    make("p", { class: "stock", "data-tone": row.tone, "data-status": row.status }, make("i", { "aria-hidden": "true" }), say(row.stock)),
    row.pickup && make("p", { class: "promise" }, say(row.pickup)),
    make("p", { class: "facts soft small" }, soft(row.incoming), soft(row.price), make("span", {}, row.address), soft(row.opening.text),
      row.shelf && make("span", {}, fill(words.store.shelf, { shelf: row.shelf })), link(row.phone), link(row.page)),
  ];
}

function link(to: Link | null): HTMLElement | null {
  return to && make("a", { href: to.href, target: to.href.startsWith("http") ? "_blank" : false, rel: "noopener" }, to.text);
}

function contact(fields: Field[], form: NonNullable<Snapshot["form"]>, list: Action[], state: PanelState): HTMLElement {
  const { say, words } = state;
  const { consent, hint } = form;
  return make("form", { class: "contact", "data-form": "contact", "data-key": "contact", novalidate: true },
    hint && make("p", { class: "soft small", id: "contact-hint" }, say(hint)),
    ...fields.map((field) => input(field, hint !== null, state)),
    make("label", { class: "consent", "data-key": "consent" },
      make("input", { type: "checkbox", name: "consent", checked: consent.given, required: consent.required }), make("span", {}, say(consent.label), consent.required ? "" : ` (${words.store.optional})`)),
    actions(list, state));
}

function input(field: Field, hasHint: boolean, { say, words }: PanelState): HTMLElement {
  const described = [field.error && `${field.name}-error`, hasHint && "contact-hint"].filter(Boolean).join(" ");
  return make("label", { class: "field", "data-key": field.name },
    make("span", {}, say(field.label), field.required || hasHint ? null : make("span", { class: "soft" }, ` (${words.store.optional})`)),
    make("input", { name: field.name, type: field.kind, autocomplete: field.autocomplete, value: field.value, required: field.required, maxlength: 200, "aria-invalid": field.error ? "true" : false, "aria-describedby": described || false }),
    field.error && make("span", { class: "wrong small", id: `${field.name}-error`, "data-key": "error" }, say(field.error)));
}

function actions(list: Action[], { say }: PanelState): HTMLElement | null {
  if (list.length === 0) return null;
  return make("div", { class: "actions", "data-key": "actions" }, ...list.map((action) => {
    const look = { class: action.primary ? "pill main" : "pill", part: `store-action store-${action.event.replaceAll("_", "-")}-button`, "data-key": action.event };
    if (action.href) return make("a", { ...look, href: action.href, rel: "noopener" }, say(action.label));
    // Not `disabled`: a button that keeps the focus can say why it does nothing.
    const isSubmit = action.event === "reserve";
    return make("button", { ...look, type: isSubmit ? "submit" : "button", "data-act": isSubmit ? false : action.event, "aria-disabled": action.enabled ? false : "true" }, say(action.label));
  }));
}

function receipt(reservation: Reservation, { say, words }: PanelState): HTMLElement {
  const { code, code_spelled, qr, store } = reservation;
  const line = (kind: string, text: Text | null) => text && make("p", { class: kind }, say(text));
  return make("div", { class: "card receipt", "data-key": "receipt", "data-tone": reservation.tone, "data-status": reservation.status, "data-reservation": reservation.id, part: "reservation" },
    make("h3", {}, say(reservation.heading)),
    code && make("div", { class: "ticket" },
      qr && makeSvg("svg", { class: "qr", part: "qr", viewBox: `0 0 ${qr.size} ${qr.size}`, role: "img", "aria-label": words.store.qr, "shape-rendering": "crispEdges" },
        makeSvg("rect", { width: qr.size, height: qr.size, fill: "#fff" }), makeSvg("path", { d: qr.path, fill: "#000" })),
      make("div", {}, make("span", { class: "soft small" }, words.store.code),
        make("span", { class: "unseen" }, code_spelled ?? code), make("strong", { class: "code", part: "code", "aria-hidden": "true" }, code),
        line("count", reservation.countdown))),
    line("promise", reservation.ready), line("", reservation.collect_by), line("", reservation.instructions), line("", reservation.payment),
    make("p", { class: "facts soft small" }, make("span", {}, store.name), make("span", {}, store.address), link(store.phone), link(store.page)));
}
