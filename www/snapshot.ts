// The store panel's snapshot as the wasm module gives it; every field is explained in src/store/snapshot.md.

/** Words for people: ready English, and a key with values for a page in another language. */
export interface Text {
  key: string;
  text: string;
  values: Record<string, string>;
}

/** A checked address with its words. */
export interface Link {
  text: string;
  href: string;
}

/** One store. */
export interface Row {
  location_id: string;
  name: string;
  address: string;
  distance_m: number | null;
  distance: Text | null;
  status: string;
  tone: "good" | "some" | "none" | "ask";
  stock: Text;
  stale: boolean;
  pickup: Text | null;
  incoming: Text | null;
  opening: { state: "open" | "closed" | "unknown"; text: Text };
  shelf: string | null;
  price: Text | null;
  phone: Link | null;
  page: Link | null;
  can_choose: boolean;
  chosen: boolean;
}

/** One input of the form. */
export interface Field {
  name: "name" | "email" | "phone";
  label: Text;
  kind: string;
  autocomplete: string;
  value: string;
  required: boolean;
  error: Text | null;
}

/** A reservation that is held, or was. */
export interface Reservation {
  id: string;
  status: string;
  tone: string;
  heading: Text;
  store: { location_id: string; name: string; address: string; phone: Link | null; page: Link | null };
  item_id: string;
  quantity: number;
  code: string | null;
  code_spelled: string | null;
  qr: { path: string; size: number } | null;
  expires_at_ms: number | null;
  expires_in_s: number | null;
  countdown: Text | null;
  ready: Text | null;
  collect_by: Text | null;
  payment: Text | null;
  instructions: Text | null;
  binding: boolean;
  id_required: boolean;
  can_cancel: boolean;
}

/** A button that the store machine offers, or a link where `href` is given. */
export interface Action {
  event: string;
  label: Text;
  enabled: boolean;
  primary: boolean;
  href: string | null;
}

/** All that the panel shows. */
export interface Snapshot {
  phase: string;
  level: string | null;
  item: { item_id: string; gtin: string | null; quantity: number };
  title: Text;
  message: Text | null;
  notice: Text | null;
  error: { code: string; text: Text; retry_at_ms: number | null } | null;
  busy: boolean;
  near: { kind: string; place: string | null; label: Text; can_locate: boolean; can_name_place: boolean };
  headline: { text: Text; location_id: string } | null;
  stores: Row[];
  chosen: Row | null;
  form: { fields: Field[]; consent: { given: boolean; required: boolean; label: Text }; hint: Text | null } | null;
  reservation: Reservation | null;
  refusal: { code: string; text: Text; alternatives: Row[] } | null;
  actions: Action[];
  wake_at_ms: number | null;
}
