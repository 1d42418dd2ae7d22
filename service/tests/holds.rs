//! Holds: made, read, cancelled, ended by the clock, never more than there are.

mod common;

use common::{HOUR_MS, body, fresh_key, problem, start, start_with, text, wish};
use serde_json::{Value, json};
use vitrine_service::rate::Rate;

#[tokio::test]
async fn a_hold_says_what_when_and_where() {
    let service = start().await;
    let response = service.reserve(&fresh_key(), &wish("near", 2)).send().await.unwrap();
    let place = response.headers().get("location").unwrap().to_str().unwrap().to_owned();
    let (status, held) = body(response).await;
    assert_eq!((status, &held["status"], &held["binding"]), (201, &json!("held"), &json!(true)));
    assert_eq!(held["lines"][0]["quantity_held"], 2);
    assert_eq!(held["pickup"]["ready_by"], "2026-11-24T13:00:00+01:00");
    assert_eq!(held["hold"]["expires_at"], "2026-11-26T13:00:00+01:00");
    let code = text(&held, "/pickup/code");
    assert!(code.len() == 6 && code.chars().all(|letter| "23456789ACDEFGHJKMNPQRTVWXYZ".contains(letter)), "{code}");
    assert_eq!(place, format!("/api/v1/reservations/{}", text(&held, "/id")));
    let (status, read) = service.read(&text(&held, "/id"), &text(&held, "/access_token")).await;
    assert_eq!((status, &read["status"], read.get("access_token")), (200, &json!("held"), None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_buyers_and_five_chairs_make_five_holds() {
    let service = start().await;
    let tries = (0..30).map(|_| {
        let sending = service.reserve(&fresh_key(), &wish("near", 1)).send();
        tokio::spawn(sending)
    });
    let mut statuses = Vec::new();
    for sent in tries.collect::<Vec<_>>() {
        statuses.push(sent.await.unwrap().unwrap().status().as_u16());
    }
    let count = |status: u16| statuses.iter().filter(|got| **got == status).count();
    assert_eq!((count(201), count(409)), (5, 25), "{statuses:?}");
    assert_eq!(service.status_of("near", "CHAIR").await, "out_of_stock");
}

#[tokio::test]
async fn a_refusal_names_what_is_missing_and_who_has_it() {
    let service = start().await;
    service.held(3).await;
    let (code, body) = problem(service.reserve(&fresh_key(), &wish("near", 3)).send().await.unwrap(), 409).await;
    assert_eq!(code, "insufficient_stock");
    assert_eq!(body["lines"], json!([{ "item_id": "CHAIR", "available_quantity": 2 }]));
    assert_eq!(
        (&body["alternatives"][0]["location_id"], &body["alternatives"][0]["status"]),
        (&json!("far"), &json!("in_stock"))
    );
}

#[tokio::test]
async fn all_lines_are_held_or_none() {
    let service = start().await;
    let mut both = wish("near", 1);
    both["lines"] = json!([{ "item_id": "CHAIR", "quantity": 1 }, { "item_id": "LAMP", "quantity": 2 }]);
    assert_eq!(problem(service.reserve(&fresh_key(), &both).send().await.unwrap(), 409).await.0, "insufficient_stock");
    service.held(3).await;
    service.held(2).await;
}

#[tokio::test]
async fn a_hold_ends_when_its_time_does() {
    let service = start_with(|settings| settings.hold_s = Some(600)).await;
    let (id, token) = service.held(3).await;
    assert_eq!(service.status_of("near", "CHAIR").await, "limited");
    service.clock.advance_ms(599_000);
    assert_eq!(service.read(&id, &token).await.1["status"], "held");
    service.clock.advance_ms(1_000);
    assert_eq!(service.read(&id, &token).await.1["status"], "expired");
    assert_eq!(service.status_of("near", "CHAIR").await, "in_stock");
    let (status, gone) = service.cancel(&id, &token).await;
    assert_eq!((status, text(&gone, "/type").ends_with("reservation_expired")), (410, true));
    service.held(3).await;
}

#[tokio::test]
async fn cancelling_frees_at_once_and_twice_is_once() {
    let service = start().await;
    let (id, token) = service.held(3).await;
    let first = service.cancel(&id, &token).await;
    assert_eq!((first.0, &first.1["status"]), (200, &json!("canceled")));
    assert_eq!(service.status_of("near", "CHAIR").await, "in_stock");
    assert_eq!(service.cancel(&id, &token).await, first);
    let url = service.url(&format!("/reservations/{id}/cancel"));
    let old = service.http.post(url).bearer_auth(&token).header("If-Match", "\"1-held\"").send().await.unwrap();
    assert_eq!(problem(old, 412).await.0, "version_conflict");
}

#[tokio::test]
async fn only_the_bearer_of_the_token_sees_it() {
    let service = start().await;
    let (id, token) = service.held(1).await;
    let (other, _) = service.held(1).await;
    assert_eq!(problem(service.get(&format!("/reservations/{id}")).send().await.unwrap(), 401).await.0, "unauthorized");
    for (id, token) in [(other.as_str(), token.as_str()), (id.as_str(), "x"), ("r_none", token.as_str())] {
        let asked = service.get(&format!("/reservations/{id}")).bearer_auth(token).send().await.unwrap();
        assert_eq!(problem(asked, 404).await.0, "reservation_not_found");
        assert_eq!(service.cancel(id, token).await.0, 404);
    }
}

#[tokio::test]
async fn neither_token_nor_key_nor_cancelled_contact_lie_in_the_database() {
    let service = start().await;
    let key = fresh_key();
    let mut asked = wish("near", 1);
    asked["contact"] = json!({ "name": "Zaphod Quux", "email": "z@quux.example" });
    let (_, held) = body(service.reserve(&key, &asked).send().await.unwrap()).await;
    let (id, token) = (text(&held, "/id"), text(&held, "/access_token"));
    service.cancel(&id, &token).await;
    let database = service.database();
    let common::Service { running, folder, .. } = service;
    running.shutdown().await.unwrap();
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", database.display())).await.unwrap();
    let contact: Option<String> =
        sqlx::query_scalar("SELECT contact FROM reservations").fetch_one(&pool).await.unwrap();
    assert_eq!(contact, None);
    pool.close().await;
    let bytes = std::fs::read(&database).unwrap();
    let found = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(found(&id), "the row must be there, or this test proves nothing");
    assert!(!found(&token) && !found(&key));
    drop(folder);
}

#[tokio::test]
async fn after_closing_the_promise_waits_for_the_next_opening() {
    let service = start().await;
    for (hours_later, ready_by) in [
        (7, "2026-11-24T20:00:00+01:00"), // 19:00: an hour is enough before the doors close
        (8, "2026-11-25T11:00:00+01:00"), // 20:00: closed
        (4 * 24 + 9, "2026-11-30T11:00:00+01:00"), // Saturday 21:00: Sunday is closed
    ] {
        let service = if hours_later == 7 { &service } else { &start().await };
        service.clock.advance_ms(hours_later * HOUR_MS);
        let (_, held) = body(service.reserve(&fresh_key(), &wish("near", 1)).send().await.unwrap()).await;
        assert_eq!(text(&held, "/pickup/ready_by"), ready_by);
    }
}

#[tokio::test]
async fn each_mistake_in_a_wish_has_its_code() {
    let service = start().await;
    let changed = |change: fn(&mut Value)| {
        let mut body = wish("near", 1);
        change(&mut body);
        body
    };
    let cases: [(u16, &str, Value); 15] = [
        (404, "location_not_found", wish("nowhere", 1)),
        (404, "item_not_found", changed(|body| body["lines"][0]["item_id"] = json!("NOPE"))),
        (422, "quantity_limit", wish("near", 4)),
        (422, "contact_required", changed(|body| body["contact"] = Value::Null)),
        (422, "contact_required", changed(|body| body["contact"] = json!({ "name": "  " }))),
        (422, "pickup_not_offered", changed(|body| body["pickup_type"] = json!("locker"))),
        (422, "outside_hours", changed(|body| body["pickup_window"] = json!({ "start": "2026-11-29T12:00:00+01:00" }))),
        (400, "invalid_request", changed(|body| body["consent"] = Value::Null)),
        (400, "invalid_request", changed(|body| body["lines"] = json!([]))),
        (400, "invalid_request", changed(|body| body["lines"][0]["quantity"] = json!(0))),
        (400, "invalid_request", changed(|body| body["lines"][0]["quantity"] = json!(1.5))),
        (
            400,
            "invalid_request",
            changed(|body| {
                body["lines"] = json!([{ "item_id": "CHAIR", "quantity": 1 }, { "item_id": "CHAIR", "quantity": 1 }])
            }),
        ),
        (400, "invalid_request", changed(|body| body["contact"] = json!({ "email": "nobody" }))),
        (400, "invalid_request", changed(|body| body["contact"] = json!({ "name": "a\nb" }))),
        (400, "invalid_request", json!({})),
    ];
    for (status, code, body) in cases {
        let (got, document) = problem(service.reserve(&fresh_key(), &body).send().await.unwrap(), status).await;
        assert_eq!(got, code, "{body} {document}");
        if status == 400 {
            assert!(document["errors"][0]["pointer"].is_string());
        }
    }
    assert_eq!(service.status_of("near", "CHAIR").await, "in_stock");
}

#[tokio::test]
async fn too_many_wishes_have_to_wait() {
    let service = start_with(|settings| settings.rate = Rate { requests: 2, per_s: 60 }).await;
    service.held(1).await;
    service.held(1).await;
    let refused = service.reserve(&fresh_key(), &wish("near", 1)).send().await.unwrap();
    assert_eq!(refused.headers().get("retry-after").unwrap(), "30");
    assert_eq!(problem(refused, 429).await.0, "rate_limited");
    service.clock.advance_ms(30_000);
    service.held(1).await;
}

#[tokio::test]
async fn foreign_pages_may_not_reserve_unless_listed() {
    let service = start_with(|settings| settings.allow_origins = vec!["https://shop.example".into()]).await;
    let send = |origin: &'static str| service.reserve(&fresh_key(), &wish("near", 1)).header("Origin", origin).send();
    assert_eq!(problem(send("https://evil.example").await.unwrap(), 403).await.0, "forbidden_origin");
    let listed = send("https://shop.example").await.unwrap();
    assert_eq!(
        (listed.status().as_u16(), listed.headers()["access-control-allow-origin"].to_str().unwrap()),
        (201, "https://shop.example")
    );
    let own = format!("http://{}", service.running.address);
    let own = service.reserve(&fresh_key(), &wish("near", 1)).header("Origin", own).send().await.unwrap();
    assert_eq!(own.status(), 201);
}
