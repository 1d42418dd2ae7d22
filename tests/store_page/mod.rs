//! The page round the store's state machine, and the answers of a small chain of three stores.
#![allow(dead_code)] // Each test file uses its part.

use serde_json::{Value, json};
use vitrine::store::{Effect, Event, Request, Store};

/// 2026-11-22T14:00:00Z, a Sunday, 15:00 in Berlin.
pub const NOW_MS: i64 = 1_795_356_000_000;

/// The page round the machine: keeps what was asked of it.
pub struct Page {
    pub store: Store,
    pub now_ms: i64,
    pub sent: Vec<Request>,
    pub effects: Vec<Effect>,
}

impl Page {
    pub fn configured() -> Page {
        let mut page = Page { store: Store::default(), now_ms: NOW_MS, sent: Vec::new(), effects: Vec::new() };
        page.tell(json!({ "type": "tick", "now_ms": NOW_MS }));
        page.tell(json!({ "type": "configure", "base_url": "https://stores.example/api/v1", "item_id": "CHAIR", "locale": "de-DE", "page_url": "https://shop.example/chair" }));
        page
    }

    /// Open, with the list shown.
    pub fn listed() -> Page {
        let mut page = Page::configured();
        page.tell(json!({ "type": "open" }));
        page.answer_reads();
        assert_eq!(page.phase(), "list");
        page
    }

    pub fn contact() -> Page {
        let mut page = Page::listed();
        page.tell(json!({ "type": "choose", "location_id": "loc_a" }));
        page.tell(json!({ "type": "contact", "name": "Ada" }));
        page.tell(json!({ "type": "consent", "given": true }));
        page
    }

    pub fn reserving() -> Page {
        let mut page = Page::contact();
        page.reserve(1);
        page
    }

    pub fn held() -> Page {
        let mut page = Page::reserving();
        page.answer(201, json!({}), &reservation("held"));
        assert_eq!(page.phase(), "held");
        page
    }

    pub fn tell(&mut self, event: Value) {
        let effects = self.store.update(Event::from_json(&event).unwrap());
        for effect in &effects {
            if let Effect::Http(request) = effect {
                self.sent.push(request.clone());
            }
        }
        self.effects.extend(effects);
    }

    pub fn reserve(&mut self, number: u32) {
        self.tell(json!({ "type": "reserve", "idempotency_key": format!("00000000-0000-4000-8000-{number:012}") }));
    }

    pub fn pass(&mut self, ms: i64) {
        self.now_ms += ms;
        self.tell(json!({ "type": "tick", "now_ms": self.now_ms }));
    }

    /// Passes time to the wake-up asked for last.
    pub fn wake(&mut self) {
        let at = self
            .effects
            .iter()
            .rev()
            .find_map(|effect| if let Effect::RetryAt { at_ms } = effect { Some(*at_ms) } else { None });
        let at = at.expect("nobody asked to be woken");
        self.pass((at - self.now_ms).max(0));
    }

    pub fn last(&self) -> &Request {
        self.sent.last().unwrap()
    }

    pub fn answer_text(&mut self, status: u16, headers: Value, body: &str) {
        let id = self.last().request_id;
        self.tell(json!({ "type": "answer", "request_id": id, "status": status, "headers": headers, "body": body }));
    }

    pub fn answer(&mut self, status: u16, headers: Value, body: &Value) {
        self.answer_text(status, headers, &body.to_string());
    }

    pub fn fail(&mut self, kind: &str) {
        let id = self.last().request_id;
        self.tell(json!({ "type": "failed", "request_id": id, "kind": kind }));
    }

    pub fn answer_reads(&mut self) {
        for _ in 0..3 {
            let url = self.last().url.clone();
            let body = if url.ends_with("/capabilities") {
                capabilities()
            } else if url.ends_with("/locations/search") {
                places()
            } else {
                stock()
            };
            self.answer(200, json!({ "etag": "\"1\"" }), &body);
            if self.phase() == "list" {
                break;
            }
        }
    }

    pub fn shown(&self) -> Value {
        self.store.snapshot(self.now_ms)
    }

    pub fn phase(&self) -> String {
        self.at("/phase")
    }

    pub fn at(&self, pointer: &str) -> String {
        let shown = self.shown();
        shown
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no text at {pointer} in {shown:#}"))
            .to_owned()
    }

    pub fn notes(&self) -> Vec<&str> {
        self.effects
            .iter()
            .filter_map(|effect| if let Effect::Notify { name, .. } = effect { Some(*name) } else { None })
            .collect()
    }

    pub fn actions(&self) -> Vec<String> {
        self.shown()["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| action["event"].as_str().unwrap().to_owned())
            .collect()
    }
}

pub fn capabilities() -> Value {
    json!({ "version": "1", "locations": true, "availability": "status", "geo": "point", "hold": "reservation", "hold_binding": true,
        "cancel": true, "contact": "required", "pickup_types": ["in_store"], "max_locations": 50 })
}

pub fn places() -> Value {
    let week: Vec<Value> = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        .iter()
        .map(|day| json!({ "day": day, "opens": "10:00", "closes": "20:00" }))
        .collect();
    let place = |id: &str, name: &str, distance: f64| {
        json!({ "id": id, "name": name, "distance_m": distance, "utc_offset": "+01:00", "hours": week, "phone": "+49 30 23125 101",
            "url": "https://shop.example/stores/1", "address": { "street_address": "Torstraße 112", "postal_code": "10119", "address_locality": "Berlin" } })
    };
    json!({ "version": "1", "locations": [place("loc_b", "Beta", 3400.0), place("loc_a", "Alpha", 820.0), place("loc_c", "Gamma", 40.0)] })
}

pub fn stock_row(id: &str, status: &str, as_of: &str) -> Value {
    let available = matches!(status, "in_stock" | "limited");
    json!({ "location_id": id, "availability": { "available": available, "status": status, "quantity": 4, "quantity_precision": "at_least", "as_of": as_of },
        "pickup": { "method": if available { "reserve" } else { "not_supported" }, "ready_by": "2026-11-23T11:00:00+01:00" } })
}

pub fn stock() -> Value {
    json!({ "version": "1", "as_of": "2026-11-22T14:00:00Z", "max_age_s": 60, "items": [{ "item_id": "CHAIR", "quantity": 1, "locations": [
        stock_row("loc_a", "in_stock", "2026-11-22T14:00:00Z"),
        stock_row("loc_b", "limited", "2026-11-22T10:30:00Z"),
        stock_row("loc_c", "out_of_stock", "2026-11-22T14:00:00Z"),
    ] }] })
}

pub fn reservation(status: &str) -> Value {
    json!({ "id": "r_0123", "status": status, "binding": true, "version": 1, "as_of": "2026-11-22T14:00:00Z", "location_id": "loc_a",
        "lines": [{ "item_id": "CHAIR", "quantity_requested": 1, "quantity_held": 1, "quantity_ready": 0 }],
        "hold": { "expires_at": "2026-11-22T17:00:00+01:00" },
        "pickup": { "ready_by": "2026-11-22T16:15:00+01:00", "pickup_by": "2026-11-22T17:00:00+01:00", "code": "K7M4QZ", "id_required": false },
        "payment": "pay_in_store", "access_token": "secret-token", "messages": [] })
}

pub fn problem(code: &str, members: Value) -> Value {
    let mut body = json!({ "type": format!("https://vitrine.example/problems/{code}"), "title": code });
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body
}
