//! One answer per key, whatever happens on the way.

mod common;

use common::{HOUR_MS, body, fresh_key, problem, start, text, wish};
use serde_json::{Value, json};

#[tokio::test]
async fn the_same_key_hears_the_same_answer_and_holds_once() {
    let service = start().await;
    let key = fresh_key();
    let (_, first) = body(service.reserve(&key, &wish("near", 3)).send().await.unwrap()).await;
    let replay = service.reserve(&key, &wish("near", 3)).send().await.unwrap();
    assert_eq!(
        (replay.status().as_u16(), replay.headers().get("idempotent-replayed").unwrap().to_str().unwrap()),
        (201, "true")
    );
    let (_, second) = body(replay).await;
    assert_eq!(first, second);
    assert_eq!(service.read(&text(&second, "/id"), &text(&second, "/access_token")).await.0, 200);
    service.held(2).await;
}

#[tokio::test]
async fn the_meaning_of_the_body_counts_and_not_its_letters() {
    let service = start().await;
    let key = fresh_key();
    let (_, first) = body(service.reserve(&key, &wish("near", 1)).send().await.unwrap()).await;
    let mut text_body = serde_json::to_string_pretty(&wish("near", 1)).unwrap();
    text_body = text_body.replace("\"quantity\": 1", "\"quantity\": 1.0e0");
    let other_letters =
        service.http.post(service.url("/reservations")).header("Content-Type", "application/json; charset=utf-8");
    let sent = other_letters.header("Idempotency-Key", &key).body(text_body).send().await.unwrap();
    // 1.0 is the same number, but a quantity must be written whole: the check comes before the key.
    assert_eq!(sent.status(), 400);
    let reordered = serde_json::to_string_pretty(&wish("near", 1)).unwrap();
    let sent = service.http.post(service.url("/reservations")).header("Content-Type", "application/json");
    let (_, again) = body(sent.header("Idempotency-Key", &key).body(reordered).send().await.unwrap()).await;
    assert_eq!(first["id"], again["id"]);
}

#[tokio::test]
async fn another_body_under_the_same_key_is_refused() {
    let service = start().await;
    let key = fresh_key();
    service.reserve(&key, &wish("near", 1)).send().await.unwrap();
    assert_eq!(
        problem(service.reserve(&key, &wish("near", 2)).send().await.unwrap(), 422).await.0,
        "idempotency_conflict"
    );
    let mut with_null = wish("near", 1);
    with_null["source"] = Value::Null;
    assert_eq!(problem(service.reserve(&key, &with_null).send().await.unwrap(), 422).await.0, "idempotency_conflict");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_key_at_once_holds_once() {
    let service = start().await;
    let key = fresh_key();
    let sends: Vec<_> = (0..20).map(|_| tokio::spawn(service.reserve(&key, &wish("near", 1)).send())).collect();
    let mut ids = std::collections::BTreeSet::new();
    for send in sends {
        let response = send.await.unwrap().unwrap();
        match response.status().as_u16() {
            201 => drop(ids.insert(text(&body(response).await.1, "/id"))),
            409 => {
                assert_eq!(response.headers().get("retry-after").unwrap(), "1");
                assert_eq!(problem(response, 409).await.0, "idempotency_in_flight");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(ids.len(), 1);
    service.held(3).await;
    service.held(1).await;
    assert_eq!(service.status_of("near", "CHAIR").await, "out_of_stock");
}

#[tokio::test]
async fn a_refusal_is_an_answer_too_and_a_mistake_is_not() {
    let service = start().await;
    let (id, token) = service.held(3).await;
    let key = fresh_key();
    assert_eq!(
        problem(service.reserve(&key, &wish("near", 3)).send().await.unwrap(), 409).await.0,
        "insufficient_stock"
    );
    service.cancel(&id, &token).await;
    let replay = service.reserve(&key, &wish("near", 3)).send().await.unwrap();
    assert_eq!(replay.headers().get("idempotent-replayed").unwrap(), "true");
    assert_eq!(problem(replay, 409).await.0, "insufficient_stock");
    let key = fresh_key();
    problem(service.reserve(&key, &json!({})).send().await.unwrap(), 400).await;
    assert_eq!(service.reserve(&key, &wish("near", 3)).send().await.unwrap().status(), 201);
}

#[tokio::test]
async fn a_key_is_needed_kept_a_day_and_not_too_short() {
    let service = start().await;
    let without = service.post("/reservations", &wish("near", 1)).send().await.unwrap();
    assert_eq!(problem(without, 400).await.0, "idempotency_key_required");
    for key in ["1", "has a space in the middle", &"x".repeat(256)] {
        assert_eq!(
            problem(service.reserve(key, &wish("near", 1)).send().await.unwrap(), 400).await.0,
            "invalid_request"
        );
    }
    let key = fresh_key();
    let (_, first) = body(service.reserve(&key, &wish("near", 1)).send().await.unwrap()).await;
    service.clock.advance_ms(23 * HOUR_MS);
    let (_, kept) = body(service.reserve(&key, &wish("near", 1)).send().await.unwrap()).await;
    assert_eq!(first["id"], kept["id"]);
    service.clock.advance_ms(HOUR_MS);
    let (_, later) = body(service.reserve(&key, &wish("near", 1)).send().await.unwrap()).await;
    assert_ne!(first["id"], later["id"]);
}

#[tokio::test]
async fn two_origins_may_meet_on_one_key() {
    let service = common::start_with(|settings| {
        settings.allow_origins = vec!["https://a.example".into(), "https://b.example".into()]
    })
    .await;
    let key = fresh_key();
    let mut ids = Vec::new();
    for origin in ["https://a.example", "https://b.example"] {
        let (status, held) =
            body(service.reserve(&key, &wish("near", 1)).header("Origin", origin).send().await.unwrap()).await;
        assert_eq!(status, 201);
        ids.push((text(&held, "/id"), text(&held, "/access_token")));
    }
    assert!(ids[0].0 != ids[1].0 && ids[0].1 != ids[1].1);
}
