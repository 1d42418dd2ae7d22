//! Scripts against the store's state machine: from the form to the end of a hold. No network and no clock.

mod store_page;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use store_page::{Page, problem, reservation};
use vitrine::store::Effect;

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
    assert_eq!(
        (page.at("/reservation/code"), page.at("/reservation/code_spelled")),
        ("K7M4QZ".into(), "K 7 M 4 Q Z".into())
    );
    assert_eq!(page.at("/reservation/countdown/text"), "2 h 0 min left");
    assert_eq!(page.at("/reservation/ready/text"), "Ready today from 16:15");
    assert!(page.at("/reservation/qr/path").starts_with("M4,4h7v1h-7z"));
    assert!(
        page.effects
            .contains(&Effect::Remember { reservation_id: "r_0123".into(), access_token: "secret-token".into() })
    );
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
    assert_eq!(
        (page.phase(), page.at("/error/code"), page.at("/message/key")),
        ("unavailable".into(), "timeout".into(), "error_not_confirmed".into())
    );
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
    for (pointer, value) in [
        ("/location_id", json!("loc_b")),
        ("/lines/0/item_id", json!("LAMP")),
        ("/lines/0/quantity_held", json!(2)),
        ("/access_token", json!(null)),
        ("/status", json!("maybe")),
    ] {
        let mut page = Page::reserving();
        let mut body = reservation("held");
        *body.pointer_mut(pointer).unwrap() = value;
        page.answer(201, json!({}), &body);
        assert_eq!(
            (page.phase(), page.at("/error/code")),
            ("unavailable".into(), "malformed_response".into()),
            "{pointer}"
        );
    }
}

#[test]
fn a_refusal_offers_other_stores_and_a_new_key() {
    let mut page = Page::reserving();
    let alternatives = json!({ "alternatives": [{ "location_id": "loc_b", "status": "in_stock" }, { "location_id": "loc_unknown", "status": "in_stock" }] });
    page.answer(409, json!({}), &problem("insufficient_stock", alternatives));
    assert_eq!(
        (page.phase(), page.at("/refusal/text/text")),
        ("refused".into(), "Alpha has just sold its last one".into())
    );
    assert_eq!(page.shown()["refusal"]["alternatives"].as_array().unwrap().len(), 1);
    assert_eq!(
        (page.at("/refusal/alternatives/0/location_id"), page.at("/refusal/alternatives/0/status")),
        ("loc_b".into(), "in_stock".into())
    );
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
    assert_eq!(
        (page.phase().as_str(), page.last().url.as_str()),
        ("cancelling", "https://stores.example/api/v1/reservations/r_0123/cancel")
    );
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
