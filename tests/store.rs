//! Scripts against the store's state machine: events in, effects and snapshots out, no network and no clock.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use vitrine::store::{Effect, Event, Request, Store, words};

/// 2026-11-22T14:00:00Z, a Sunday, 15:00 in Berlin.
const NOW_MS: i64 = 1_795_356_000_000;

/// The page round the machine: keeps what was asked of it.
struct Page {
    store: Store,
    now_ms: i64,
    sent: Vec<Request>,
    effects: Vec<Effect>,
}

impl Page {
    fn configured() -> Page {
        let mut page = Page { store: Store::default(), now_ms: NOW_MS, sent: Vec::new(), effects: Vec::new() };
        page.tell(json!({ "type": "tick", "now_ms": NOW_MS }));
        page.tell(json!({ "type": "configure", "base_url": "https://stores.example/api/v1", "item_id": "CHAIR", "locale": "de-DE", "page_url": "https://shop.example/chair" }));
        page
    }

    /// Open, with the list shown.
    fn listed() -> Page {
        let mut page = Page::configured();
        page.tell(json!({ "type": "open" }));
        page.answer_reads();
        assert_eq!(page.phase(), "list");
        page
    }

    fn contact() -> Page {
        let mut page = Page::listed();
        page.tell(json!({ "type": "choose", "location_id": "loc_a" }));
        page.tell(json!({ "type": "contact", "name": "Ada" }));
        page.tell(json!({ "type": "consent", "given": true }));
        page
    }

    fn reserving() -> Page {
        let mut page = Page::contact();
        page.reserve(1);
        page
    }

    fn held() -> Page {
        let mut page = Page::reserving();
        page.answer(201, json!({}), &reservation("held"));
        assert_eq!(page.phase(), "held");
        page
    }

    fn tell(&mut self, event: Value) {
        let effects = self.store.update(Event::from_json(&event).unwrap());
        for effect in &effects {
            if let Effect::Http(request) = effect {
                self.sent.push(request.clone());
            }
        }
        self.effects.extend(effects);
    }

    fn reserve(&mut self, number: u32) {
        self.tell(json!({ "type": "reserve", "idempotency_key": format!("00000000-0000-4000-8000-{number:012}") }));
    }

    fn pass(&mut self, ms: i64) {
        self.now_ms += ms;
        self.tell(json!({ "type": "tick", "now_ms": self.now_ms }));
    }

    /// Passes time to the wake-up asked for last.
    fn wake(&mut self) {
        let at = self.effects.iter().rev().find_map(|effect| if let Effect::RetryAt { at_ms } = effect { Some(*at_ms) } else { None });
        let at = at.expect("nobody asked to be woken");
        self.pass((at - self.now_ms).max(0));
    }

    fn last(&self) -> &Request {
        self.sent.last().unwrap()
    }

    fn answer_text(&mut self, status: u16, headers: Value, body: &str) {
        let id = self.last().request_id;
        self.tell(json!({ "type": "answer", "request_id": id, "status": status, "headers": headers, "body": body }));
    }

    fn answer(&mut self, status: u16, headers: Value, body: &Value) {
        self.answer_text(status, headers, &body.to_string());
    }

    fn fail(&mut self, kind: &str) {
        let id = self.last().request_id;
        self.tell(json!({ "type": "failed", "request_id": id, "kind": kind }));
    }

    fn answer_reads(&mut self) {
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

    fn shown(&self) -> Value {
        self.store.snapshot(self.now_ms)
    }

    fn phase(&self) -> String {
        self.at("/phase")
    }

    fn at(&self, pointer: &str) -> String {
        let shown = self.shown();
        shown.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer} in {shown:#}")).to_owned()
    }

    fn notes(&self) -> Vec<&str> {
        self.effects.iter().filter_map(|effect| if let Effect::Notify { name, .. } = effect { Some(*name) } else { None }).collect()
    }

    fn actions(&self) -> Vec<String> {
        self.shown()["actions"].as_array().unwrap().iter().map(|action| action["event"].as_str().unwrap().to_owned()).collect()
    }
}

fn capabilities() -> Value {
    json!({ "version": "1", "locations": true, "availability": "status", "geo": "point", "hold": "reservation", "hold_binding": true,
        "cancel": true, "contact": "required", "pickup_types": ["in_store"], "max_locations": 50 })
}

fn places() -> Value {
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

fn stock_row(id: &str, status: &str, as_of: &str) -> Value {
    let available = matches!(status, "in_stock" | "limited");
    json!({ "location_id": id, "availability": { "available": available, "status": status, "quantity": 4, "quantity_precision": "at_least", "as_of": as_of },
        "pickup": { "method": if available { "reserve" } else { "not_supported" }, "ready_by": "2026-11-23T11:00:00+01:00" } })
}

fn stock() -> Value {
    json!({ "version": "1", "as_of": "2026-11-22T14:00:00Z", "max_age_s": 60, "items": [{ "item_id": "CHAIR", "quantity": 1, "locations": [
        stock_row("loc_a", "in_stock", "2026-11-22T14:00:00Z"),
        stock_row("loc_b", "limited", "2026-11-22T10:30:00Z"),
        stock_row("loc_c", "out_of_stock", "2026-11-22T14:00:00Z"),
    ] }] })
}

fn reservation(status: &str) -> Value {
    json!({ "id": "r_0123", "status": status, "binding": true, "version": 1, "as_of": "2026-11-22T14:00:00Z", "location_id": "loc_a",
        "lines": [{ "item_id": "CHAIR", "quantity_requested": 1, "quantity_held": 1, "quantity_ready": 0 }],
        "hold": { "expires_at": "2026-11-22T17:00:00+01:00" },
        "pickup": { "ready_by": "2026-11-22T16:15:00+01:00", "pickup_by": "2026-11-22T17:00:00+01:00", "code": "K7M4QZ", "id_required": false },
        "payment": "pay_in_store", "access_token": "secret-token", "messages": [] })
}

fn problem(code: &str, members: Value) -> Value {
    let mut body = json!({ "type": format!("https://vitrine.example/problems/{code}"), "title": code });
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body
}

#[test]
fn opening_reads_in_order_and_nothing_before() {
    let mut page = Page::configured();
    assert!(page.sent.is_empty() && page.phase() == "closed");
    page.tell(json!({ "type": "open" }));
    assert_eq!((page.phase().as_str(), page.last().url.as_str()), ("loading", "https://stores.example/api/v1/capabilities"));
    page.answer_reads();
    let urls: Vec<&str> = page.sent.iter().map(|request| request.url.rsplit("/v1").next().unwrap()).collect();
    assert_eq!(urls, ["/capabilities", "/locations/search", "/availability?item=CHAIR&quantity=1&location=loc_b&location=loc_a&location=loc_c"]);
    assert_eq!(page.notes(), ["store_availability_view"]);
}

#[test]
fn the_headline_is_the_nearest_store_that_has_it() {
    let page = Page::listed();
    assert_eq!(page.at("/headline/location_id"), "loc_a");
    assert_eq!(page.at("/headline/text/text"), "In stock at Alpha, 820 m away");
    let names: Vec<String> = page.shown()["stores"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["Gamma", "Alpha", "Beta"], "nearest first, stock or not");
}

#[test]
fn words_follow_age_and_buckets_hide_numbers() {
    let page = Page::listed();
    assert_eq!(page.at("/stores/1/stock/text"), "In stock");
    assert_eq!(page.at("/stores/2/stock/text"), "Was in stock 3 h ago — reserve to confirm");
    assert_eq!(page.at("/stores/0/stock/text"), "Not in stock");
    assert_eq!(page.at("/stores/1/pickup/text"), "Ready tomorrow from 11:00");
    assert_eq!(page.at("/stores/1/opening/text/text"), "Closed, opens tomorrow at 10:00");
    assert_eq!(page.shown()["stores"][0]["can_choose"], false);
}

#[test]
fn unknown_and_assigned_say_ask_and_exact_numbers_only_where_exact() {
    let mut page = Page::configured();
    page.tell(json!({ "type": "open" }));
    page.answer(200, json!({}), &capabilities());
    page.answer(200, json!({}), &places());
    let mut body = stock();
    let rows = &mut body["items"][0]["locations"];
    rows[0]["availability"]["quantity_precision"] = json!("exact");
    rows[1]["availability"]["status"] = json!("assigned");
    rows[2]["availability"]["status"] = json!("<script>");
    page.answer(200, json!({}), &body);
    assert_eq!(page.at("/stores/1/stock/text"), "4 in stock");
    assert_eq!((page.at("/stores/2/stock/text"), page.at("/stores/2/tone")), ("Ask in store".into(), "ask".into()));
    assert_eq!((page.at("/stores/0/stock/text"), page.at("/stores/0/status")), ("Ask in store".into(), "unknown".into()));
    assert_eq!(page.shown()["stores"][2]["can_choose"], false);
}

#[test]
fn coordinates_leave_with_two_decimals_and_in_the_body() {
    let mut page = Page::listed();
    page.tell(json!({ "type": "near", "latitude": 52.523_456_78, "longitude": 13.411_999 }));
    assert_eq!(page.phase(), "loading");
    assert!(!page.last().url.contains("52"));
    let body: Value = serde_json::from_str(page.last().body.as_ref().unwrap()).unwrap();
    assert_eq!(body["distance"]["center"], json!({ "latitude": 52.52, "longitude": 13.41 }));
    assert!(!page.last().body.as_ref().unwrap().contains("3456"));
    page.tell(json!({ "type": "near", "place": "10119" }));
    assert!(page.last().body.as_ref().unwrap().contains("\"query\":\"10119\""));
    assert!(Event::from_json(&json!({ "type": "near", "latitude": 91, "longitude": 0 })).is_err());
    page.tell(json!({ "type": "location_denied" }));
    assert_eq!((page.at("/near/kind"), page.shown()["near"]["can_locate"].clone()), ("denied".into(), json!(false)));
}

#[test]
fn answers_to_older_questions_are_dropped() {
    let mut page = Page::listed();
    page.tell(json!({ "type": "near", "place": "one" }));
    let old = page.last().request_id;
    page.tell(json!({ "type": "near", "place": "two" }));
    assert!(page.effects.contains(&Effect::Abort { request_id: old }));
    let before = page.sent.len();
    page.tell(json!({ "type": "answer", "request_id": old, "status": 200, "headers": {}, "body": json!({ "locations": [] }).to_string() }));
    page.tell(json!({ "type": "failed", "request_id": old, "kind": "timeout" }));
    assert_eq!((page.sent.len(), page.phase().as_str()), (before, "loading"));
}

#[test]
fn clicking_through_variants_asks_once() {
    let mut page = Page::listed();
    let before = page.sent.len();
    for item in ["RUST", "INK", "SAGE"] {
        page.tell(json!({ "type": "item_changed", "item_id": item }));
        page.pass(100);
    }
    assert_eq!(page.sent.len(), before);
    page.wake();
    assert_eq!(page.sent.len(), before + 1);
    assert!(page.last().url.contains("item=SAGE"));
}

#[test]
fn an_old_list_is_read_again_with_its_tag_and_kept_when_that_fails() {
    let mut page = Page::listed();
    page.pass(61_000);
    assert!(page.last().headers.contains(&("If-None-Match", "\"1\"".to_owned())));
    page.answer_text(304, json!({}), "");
    assert_eq!((page.phase().as_str(), page.at("/stores/1/stock/text")), ("list", "In stock".into()));
    page.pass(61_000);
    for _ in 0..3 {
        page.fail("offline");
        page.wake();
    }
    page.pass(5 * 60_000);
    assert_eq!(page.phase(), "list");
    assert_eq!(page.at("/notice/key"), "notice_stale");
    assert!(page.at("/stores/1/stock/text").starts_with("Was in stock"), "{}", page.at("/stores/1/stock/text"));
    assert!(page.at("/headline/text/text").starts_with("Was in stock at Alpha"));
}

#[test]
fn reads_back_off_obey_the_service_and_give_up() {
    let mut page = Page::configured();
    page.tell(json!({ "type": "open" }));
    page.answer_text(429, json!({ "retry-after": "7" }), "");
    let at = page.now_ms;
    page.wake();
    assert!(page.now_ms - at >= 7_000, "{}", page.now_ms - at);
    page.fail("timeout");
    page.wake();
    page.answer_text(503, json!({}), "<html>");
    assert_eq!((page.phase(), page.at("/error/code")), ("unavailable".into(), "upstream_unavailable".into()));
    assert_eq!(page.actions(), ["retry", "handoff"]);
    let sent = page.sent.len();
    page.tell(json!({ "type": "retry" }));
    assert_eq!((page.sent.len(), page.phase().as_str()), (sent + 1, "loading"));
    page.answer_reads();
    assert_eq!(page.phase(), "list");
}

#[test]
fn nonsense_is_a_clear_state() {
    let bodies = ["", "<html>", "[]", "null", "{}", "{\"items\":3}", "{\"items\":[]}", "{\"items\":[{\"item_id\":\"CHAIR\"}]}", &"[".repeat(9000)];
    for body in bodies {
        let mut page = Page::configured();
        page.tell(json!({ "type": "open" }));
        page.answer(200, json!({}), &capabilities());
        page.answer(200, json!({}), &places());
        page.answer_text(200, json!({}), body);
        assert_eq!((page.phase(), page.at("/error/code")), ("unavailable".into(), "malformed_response".into()), "{body}");
    }
    let mut page = Page::configured();
    page.tell(json!({ "type": "open" }));
    page.answer_text(302, json!({}), "");
    assert_eq!(page.at("/error/code"), "malformed_response");
}

#[test]
fn hostile_text_is_text_and_hostile_links_are_gone() {
    let mut page = Page::configured();
    page.tell(json!({ "type": "open" }));
    page.answer(200, json!({}), &capabilities());
    let mut body = places();
    body["locations"][1]["name"] = json!(format!("<img src=x onerror=alert(1)>\u{202e}{}", "x".repeat(500)));
    body["locations"][1]["url"] = json!("javascript:alert(1)");
    body["locations"][1]["phone"] = json!("{store}<b>");
    body["locations"][0]["url"] = json!("http://evil.example/");
    body["locations"][0]["distance_m"] = json!(1e300);
    page.answer(200, json!({}), &body);
    page.answer(200, json!({}), &stock());
    let name = page.at("/stores/1/name");
    assert!(name.starts_with("<img src=x") && name.chars().count() == 200 && !name.contains('\u{202e}'));
    for row in page.shown()["stores"].as_array().unwrap() {
        assert!(row["page"].is_null() || row["name"] == "Gamma", "{row}");
    }
    assert!(page.shown()["stores"][1]["phone"].is_null());
    for url in ["ftp://x", "//evil.example/api", "http://evil.example", "javascript:1", "", "/api?x=1"] {
        assert!(Event::from_json(&json!({ "type": "configure", "base_url": url, "item_id": "A" })).is_err(), "{url}");
    }
    for url in ["/api/v1", "https://a.example", "http://localhost:8080/api", "http://127.0.0.1:80/x", "http://[::1]:80/x"] {
        assert!(Event::from_json(&json!({ "type": "configure", "base_url": url, "item_id": "A" })).is_ok(), "{url}");
    }
}

#[test]
fn the_form_asks_for_what_the_service_needs() {
    let mut page = Page::listed();
    page.tell(json!({ "type": "choose", "location_id": "loc_c" }));
    assert_eq!(page.phase(), "list", "a store without stock cannot be chosen");
    page.tell(json!({ "type": "choose", "location_id": "loc_a" }));
    let sent = page.sent.len();
    page.reserve(1);
    assert_eq!((page.sent.len(), page.at("/form/fields/0/error/key")), (sent, "error_contact".into()));
    page.tell(json!({ "type": "contact", "email": "ada(at)example" }));
    assert_eq!(page.at("/form/fields/1/error/key"), "error_email");
    page.tell(json!({ "type": "contact", "email": "ada@example.org" }));
    assert_eq!(page.at("/form/consent/error/key"), "error_consent");
    page.tell(json!({ "type": "consent", "given": true }));
    page.reserve(2);
    let body: Value = serde_json::from_str(page.last().body.as_ref().unwrap()).unwrap();
    assert_eq!(body["contact"], json!({ "email": "ada@example.org", "notify": ["email"] }));
    assert_eq!(body["consent"], json!({ "text_id": "consent-1", "at": "2026-11-22T14:00:00Z" }));
    assert_eq!((page.phase().as_str(), page.last().method), ("reserving", "POST"));
}

#[test]
fn a_hold_shows_code_picture_and_time_left() {
    let mut page = Page::held();
    assert_eq!((page.at("/reservation/code"), page.at("/reservation/code_spelled")), ("K7M4QZ".into(), "K 7 M 4 Q Z".into()));
    assert_eq!(page.at("/reservation/countdown/text"), "2 h 0 min left");
    assert_eq!(page.at("/reservation/ready/text"), "Ready today from 16:15");
    assert!(page.at("/reservation/qr/path").starts_with("M4,4h7v1h-7z"));
    assert!(page.effects.contains(&Effect::Remember { reservation_id: "r_0123".into(), access_token: "secret-token".into() }));
    assert_eq!(page.notes()[1..], ["store_select", "reserve_start", "reserve_confirm"]);
    page.pass(119 * 60_000 + 30_000);
    assert_eq!(page.at("/reservation/countdown/text"), "30 s left");
    page.pass(30_000);
    assert_eq!(page.phase(), "expired");
    assert_eq!(page.shown()["reservation"]["code"], Value::Null);
    assert!(page.effects.contains(&Effect::Forget));
}

#[test]
fn the_hold_follows_the_services_clock() {
    let mut page = Page::reserving();
    let mut body = reservation("held");
    // Our clock is 90 minutes behind: the service says half past three UTC when we have two.
    body["as_of"] = json!("2026-11-22T15:30:00Z");
    page.answer(201, json!({}), &body);
    assert_eq!(page.at("/reservation/countdown/text"), "30 min left");
}

#[test]
fn one_wish_keeps_its_key_through_every_failure() {
    let mut page = Page::reserving();
    let first = page.last().clone();
    for _ in 0..20 {
        if page.phase() != "reserving" {
            break;
        }
        page.fail("timeout");
        if page.phase() == "reserving" {
            page.wake();
        }
    }
    assert_eq!((page.phase(), page.at("/error/code"), page.at("/message/key")), ("unavailable".into(), "timeout".into(), "error_not_confirmed".into()));
    let sends = page.sent.iter().filter(|request| request.url.ends_with("/reservations"));
    let keys: BTreeSet<_> = sends.clone().map(|request| (request.headers.clone(), request.body.clone())).collect();
    assert!(sends.clone().count() > 3 && keys.len() == 1);
    page.tell(json!({ "type": "retry" }));
    assert_eq!((page.last().headers.clone(), page.last().body.clone()), (first.headers.clone(), first.body.clone()));
    page.answer_text(500, json!({}), "");
    page.wake();
    page.answer(409, json!({ "retry-after": "1" }), &problem("idempotency_in_flight", json!({})));
    page.wake();
    page.answer(201, json!({}), &reservation("held"));
    assert_eq!(page.phase(), "held");
}

#[test]
fn the_same_wish_after_going_back_is_the_same_wish_and_another_is_not() {
    let key = |page: &Page| page.last().headers.iter().find(|(name, _)| *name == "Idempotency-Key").unwrap().1.clone();
    let mut page = Page::reserving();
    let first = key(&page);
    page.answer_text(200, json!({}), "no json");
    assert_eq!(page.at("/error/code"), "malformed_response");
    page.tell(json!({ "type": "back" }));
    page.tell(json!({ "type": "choose", "location_id": "loc_a" }));
    page.reserve(2);
    assert_eq!(key(&page), first);
    page.answer_text(200, json!({}), "no json");
    page.tell(json!({ "type": "back" }));
    page.tell(json!({ "type": "choose", "location_id": "loc_b" }));
    page.reserve(3);
    assert_ne!(key(&page), first);
}

#[test]
fn a_substituted_store_item_or_number_is_not_believed() {
    for (pointer, value) in [("/location_id", json!("loc_b")), ("/lines/0/item_id", json!("LAMP")), ("/lines/0/quantity_held", json!(2)), ("/access_token", json!(null)), ("/status", json!("maybe"))] {
        let mut page = Page::reserving();
        let mut body = reservation("held");
        *body.pointer_mut(pointer).unwrap() = value;
        page.answer(201, json!({}), &body);
        assert_eq!((page.phase(), page.at("/error/code")), ("unavailable".into(), "malformed_response".into()), "{pointer}");
    }
}

#[test]
fn a_refusal_offers_other_stores_and_a_new_key() {
    let mut page = Page::reserving();
    let alternatives = json!({ "alternatives": [{ "location_id": "loc_b", "status": "in_stock" }, { "location_id": "loc_unknown", "status": "in_stock" }] });
    page.answer(409, json!({}), &problem("insufficient_stock", alternatives));
    assert_eq!((page.phase(), page.at("/refusal/text/text")), ("refused".into(), "Alpha has just sold its last one".into()));
    assert_eq!(page.shown()["refusal"]["alternatives"].as_array().unwrap().len(), 1);
    assert_eq!((page.at("/refusal/alternatives/0/location_id"), page.at("/refusal/alternatives/0/status")), ("loc_b".into(), "in_stock".into()));
    assert!(page.last().url.contains("/availability"), "the refusal makes the list old");
    page.tell(json!({ "type": "choose", "location_id": "loc_b" }));
    page.reserve(9);
    assert!(page.last().headers.iter().any(|(_, value)| value.ends_with("009")));
    assert!(page.notes().contains(&"reserve_fail"));
}

#[test]
fn every_refusal_has_its_words() {
    for (status, code, phase, key) in [
        (422, "quantity_limit", "refused", "refused_limit"),
        (422, "pickup_not_offered", "refused", "refused_no_pickup"),
        (422, "outside_hours", "refused", "refused_hours"),
        (422, "id_required", "refused", "refused_identity"),
        (404, "item_not_found", "refused", "refused_not_found"),
        (403, "forbidden_origin", "unavailable", "error_unauthorized"),
        (422, "idempotency_conflict", "unavailable", "error_invalid_request"),
        (400, "invalid_request", "unavailable", "error_invalid_request"),
        (410, "reservation_expired", "unavailable", "error_already_final"),
    ] {
        let mut page = Page::reserving();
        page.answer(status, json!({}), &problem(code, json!({ "limit": 2 })));
        assert_eq!((page.phase().as_str(), page.at("/message/key").as_str()), (phase, key), "{code}");
        assert!(page.notes().contains(&"reserve_fail"));
    }
    let mut page = Page::reserving();
    page.answer(422, json!({}), &problem("contact_required", json!({})));
    assert_eq!(page.phase(), "contact");
}

#[test]
fn cancelling_is_sure_or_says_that_it_is_not() {
    let mut page = Page::held();
    page.tell(json!({ "type": "cancel", "idempotency_key": "c" }));
    assert_eq!((page.phase().as_str(), page.last().url.as_str()), ("cancelling", "https://stores.example/api/v1/reservations/r_0123/cancel"));
    assert!(page.last().headers.contains(&("Authorization", "Bearer secret-token".to_owned())));
    page.answer(200, json!({}), &reservation("canceled"));
    assert_eq!(page.phase(), "cancelled");
    assert!(page.effects.contains(&Effect::Forget) && page.notes().contains(&"reserve_cancel"));
    page.tell(json!({ "type": "back" }));
    page.answer_reads();
    assert_eq!((page.phase().as_str(), page.shown()["reservation"].clone()), ("list", Value::Null));

    let mut page = Page::held();
    page.tell(json!({ "type": "cancel", "idempotency_key": "c" }));
    page.answer_text(200, json!({}), "nonsense");
    assert_eq!((page.phase(), page.at("/message/key")), ("unavailable".into(), "error_not_cancelled".into()));
    page.tell(json!({ "type": "retry" }));
    page.answer(410, json!({}), &problem("reservation_expired", json!({})));
    assert_eq!(page.phase(), "expired");
}

#[test]
fn a_held_reservation_is_looked_after_while_the_panel_is_open() {
    let mut page = Page::held();
    let sent = page.sent.len();
    page.pass(30_000);
    assert_eq!((page.sent.len(), page.last().method), (sent + 1, "GET"));
    page.answer(200, json!({ "retry-after": "90" }), &reservation("ready_for_pickup"));
    assert_eq!(page.at("/message/text"), "Ready for you at Alpha");
    page.pass(60_000);
    assert_eq!(page.sent.len(), sent + 1, "the service asked for 90 seconds");
    page.pass(30_000);
    page.answer(200, json!({}), &reservation("rejected"));
    assert_eq!((page.phase(), page.at("/refusal/text/text")), ("refused".into(), "Alpha could not find it".into()));

    let mut page = Page::held();
    page.tell(json!({ "type": "close" }));
    let sent = page.sent.len();
    page.pass(300_000);
    assert_eq!((page.sent.len(), page.phase().as_str()), (sent, "closed"));
    page.tell(json!({ "type": "open" }));
    assert!(page.last().url.ends_with("/reservations/r_0123"));
}

#[test]
fn a_reservation_survives_a_reload() {
    let mut page = Page::configured();
    page.tell(json!({ "type": "restore", "reservation_id": "r_0123", "access_token": "secret-token" }));
    let mut body = reservation("held");
    body.as_object_mut().unwrap().remove("access_token");
    page.answer(200, json!({}), &body);
    page.tell(json!({ "type": "open" }));
    assert_eq!((page.phase(), page.at("/reservation/code")), ("held".into(), "K7M4QZ".into()));
    let mut page = Page::configured();
    page.tell(json!({ "type": "restore", "reservation_id": "r_0123", "access_token": "secret-token" }));
    page.answer(404, json!({}), &problem("reservation_not_found", json!({})));
    assert!(page.effects.contains(&Effect::Forget));
}

#[test]
fn a_write_goes_on_when_the_panel_closes_and_reads_do_not() {
    let mut page = Page::configured();
    page.tell(json!({ "type": "open" }));
    let read = page.last().request_id;
    page.tell(json!({ "type": "close" }));
    assert!(page.effects.contains(&Effect::Abort { request_id: read }));
    let mut page = Page::reserving();
    page.tell(json!({ "type": "close" }));
    page.answer(201, json!({}), &reservation("held"));
    page.tell(json!({ "type": "open" }));
    assert_eq!(page.phase(), "held");
}

#[test]
fn shops_without_reservations_hand_over() {
    let mut page = Page::configured();
    page.tell(json!({ "type": "open" }));
    let mut can = capabilities();
    can["hold"] = json!("checkout");
    page.answer(200, json!({}), &can);
    page.answer_reads();
    assert_eq!(page.at("/level"), "handoff");
    assert_eq!(page.at("/stores/2/stock/text"), "Was in stock 3 h ago — ask the store");
    page.tell(json!({ "type": "choose", "location_id": "loc_c" }));
    assert_eq!(page.phase(), "list");
    let links: Vec<Value> = page.shown()["actions"].as_array().unwrap().iter().map(|action| action["href"].clone()).collect();
    assert_eq!(links, [json!("https://shop.example/stores/1"), json!("tel:+493023125101"), json!("https://shop.example/chair")]);
}

#[test]
fn nothing_personal_is_told_or_put_into_an_address() {
    let mut page = Page::contact();
    page.tell(json!({ "type": "contact", "name": "Zaphod Quux", "email": "z@quux.example" }));
    page.reserve(1);
    page.answer(201, json!({}), &reservation("held"));
    page.tell(json!({ "type": "cancel", "idempotency_key": "c" }));
    for effect in &page.effects {
        let text = effect.to_json().to_string();
        let may = matches!(effect, Effect::Http(request) if request.method == "POST" && request.url.ends_with("/reservations"));
        assert!(may || !(text.contains("Quux") || text.contains("quux")), "{text}");
        if let Effect::Http(request) = effect {
            assert!(!request.url.contains("token") && !request.url.contains("quux"));
        }
    }
    assert!(!page.shown().to_string().contains("Quux"), "the form is emptied once it has served");
}

#[test]
fn events_that_make_no_sense_are_refused_or_ignored() {
    for event in [json!({}), json!({ "type": "fly" }), json!({ "type": "choose" }), json!({ "type": "tick" }), json!({ "type": "tick", "now_ms": "x" }), json!({ "type": "answer" }), json!(7)] {
        assert!(Event::from_json(&event).is_err(), "{event}");
    }
    let mut store = Store::default();
    for event in ["open", "close", "retry", "back", "show_reservation", "location_denied"] {
        let effects = store.update(Event::from_json(&json!({ "type": event })).unwrap());
        assert!(effects.is_empty(), "{event} {effects:?}");
    }
    store.snapshot(0);
    let mut page = Page::listed();
    let sent = page.sent.len();
    page.reserve(1);
    page.tell(json!({ "type": "cancel", "idempotency_key": "c" }));
    page.tell(json!({ "type": "choose", "location_id": "nowhere" }));
    assert_eq!((page.sent.len(), page.phase().as_str()), (sent, "list"));
}

#[test]
fn hours_and_times_at_their_edges() {
    use vitrine::store::hours::{Opening, opening};
    use vitrine::store::time::{parse_duration_s, parse_moment, write_utc};
    let at = |text: &str| parse_moment(text).unwrap().unix_ms;
    assert_eq!(write_utc(at("2026-11-22T16:15:00.25+01:00")), "2026-11-22T15:15:00Z");
    for wrong in ["2026-11-22", "2026-11-22T16:15:00", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T16:15:00+1:00", "2026-11-22T16:15:00.Z", "x".repeat(25).as_str(), "2026-11-2２T16:15:00Z"] {
        assert_eq!(parse_moment(wrong), None, "{wrong}");
    }
    assert_eq!([parse_duration_s("PT2H"), parse_duration_s("P1DT30M"), parse_duration_s("P2W"), parse_duration_s("P"), parse_duration_s("P1M")], [Some(7200), Some(88_200), Some(1_209_600), None, None]);
    let bar = json!({ "hours": [{ "day": "saturday", "opens": "20:00", "closes": "03:00" }, { "day": "Monday", "opens": "00:00", "closes": "23:59" }],
        "exception_hours": [{ "valid_from": "2026-11-28", "valid_through": "2026-11-28" }] });
    assert_eq!(opening(&bar, 60, at("2026-11-22T02:30:00+01:00")), Opening::Open(Some(at("2026-11-22T03:00:00+01:00"))));
    assert_eq!(opening(&bar, 60, at("2026-11-22T04:00:00+01:00")), Opening::Closed(Some(at("2026-11-23T00:00:00+01:00"))));
    assert_eq!(opening(&bar, 60, at("2026-11-28T22:00:00+01:00")), Opening::Closed(Some(at("2026-11-30T00:00:00+01:00"))));
    assert_eq!(opening(&json!({}), 60, NOW_MS), Opening::Unknown);
    assert_eq!(opening(&json!({ "hours": [{ "day": "sunday", "opens": "10:00", "closes": "10:00" }] }), 60, NOW_MS), Opening::Closed(None));
}

#[test]
fn distances_are_said_in_the_countrys_measure() {
    let said = |metres: f64, locale: &str| words::distance(metres, locale)["text"].as_str().unwrap().to_owned();
    assert_eq!([said(3.0, "de"), said(824.0, "de"), said(996.0, "de"), said(3449.0, "fr-FR"), said(12_600.0, "de")], ["10 m", "820 m", "1.0 km", "3.4 km", "13 km"]);
    assert_eq!([said(100.0, "en-US"), said(3449.0, "en-GB")], ["0.1 mi", "2.1 mi"]);
}

#[test]
fn every_key_has_english() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut keys = 0;
    for file in ["snapshot.rs", "rows.rs", "words.rs"] {
        let source = std::fs::read_to_string(folder.join(file)).unwrap();
        for quoted in source.split("say(\"").skip(1) {
            let key = quoted.split('"').next().unwrap();
            assert!(words::has(key), "{file} says \"{key}\", which words.rs lacks");
            keys += 1;
        }
    }
    assert!(keys > 60, "the search itself is broken: {keys}");
}

/// The front page's example of each phase is what the machine really gives. `SNAPSHOT=update` writes them anew.
#[test]
fn the_documented_snapshots_are_true() {
    let mut refused = Page::reserving();
    refused.answer(409, json!({}), &problem("insufficient_stock", json!({ "alternatives": [{ "location_id": "loc_b", "status": "limited" }] })));
    let mut cancelling = Page::held();
    cancelling.tell(json!({ "type": "cancel", "idempotency_key": "c" }));
    let mut cancelled = Page::held();
    cancelled.tell(json!({ "type": "cancel", "idempotency_key": "c" }));
    cancelled.answer(200, json!({}), &reservation("canceled"));
    let mut expired = Page::held();
    expired.pass(7_200_000);
    let mut loading = Page::configured();
    loading.tell(json!({ "type": "open" }));
    let mut unavailable = Page::reserving();
    unavailable.answer_text(200, json!({}), "nonsense");
    let pages = [
        Page::configured(), loading, Page::listed(), Page::contact(), Page::reserving(), Page::held(), refused, cancelling, cancelled, expired, unavailable,
    ];
    let mut written = String::new();
    for page in pages {
        let mut shown = page.shown();
        if let Some(path) = shown.pointer_mut("/reservation/qr/path") {
            let start: String = path.as_str().unwrap().chars().take(24).collect();
            *path = json!(format!("{start}…"));
        }
        written.push_str(&format!("## {}\n\n```json\n{}\n```\n\n", page.phase(), compact(&shown, 0)));
    }
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/snapshot.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let (front, examples) = text.split_once("# One example per phase\n\n").unwrap();
    if std::env::var("SNAPSHOT").as_deref() == Ok("update") {
        std::fs::write(&file, format!("{front}# One example per phase\n\n{}\n", written.trim_end())).unwrap();
    } else {
        assert_eq!(examples.trim_end(), written.trim_end(), "run with SNAPSHOT=update and look at the change");
    }
}

/// JSON with short objects on one line.
fn compact(value: &Value, indent: usize) -> String {
    let line = value.to_string();
    let inner = " ".repeat(indent + 2);
    match value {
        _ if line.chars().count() + indent < 140 => line,
        Value::Object(fields) => {
            let parts: Vec<String> = fields.iter().map(|(name, value)| format!("{inner}\"{name}\": {}", compact(value, indent + 2))).collect();
            format!("{{\n{}\n{}}}", parts.join(",\n"), " ".repeat(indent))
        }
        Value::Array(list) => {
            let parts: Vec<String> = list.iter().map(|value| format!("{inner}{}", compact(value, indent + 2))).collect();
            format!("[\n{}\n{}]", parts.join(",\n"), " ".repeat(indent))
        }
        _ => line,
    }
}
