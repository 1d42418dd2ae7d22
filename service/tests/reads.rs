//! The reads over HTTP: capabilities, stores by distance, stock in buckets with its age and tag.

mod common;

use common::{body, problem, start, text};
use serde_json::{Value, json};

fn ids(body: &Value) -> Vec<String> {
    body["locations"].as_array().unwrap().iter().map(|location| text(location, "/id")).collect()
}

#[tokio::test]
async fn capabilities_name_a_binding_reservation() {
    let service = start().await;
    let (status, body) = body(service.get("/capabilities").send().await.unwrap()).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&body["hold"], &body["hold_binding"], &body["contact"]),
        (&json!("reservation"), &json!(true), &json!("required"))
    );
}

#[tokio::test]
async fn stores_come_nearest_first_with_metres_and_offset() {
    let service = start().await;
    let near = json!({ "distance": { "center": { "latitude": 52.61, "longitude": 13.4 } } });
    let (_, found) = body(service.post("/locations/search", &near).send().await.unwrap()).await;
    assert_eq!(ids(&found), ["middle", "near", "far"]);
    // 0.01 degrees of latitude at 52.6 degrees north are 1112.7 m on the ellipsoid.
    let metres = found["locations"][0]["distance_m"].as_f64().unwrap();
    assert!((metres - 1112.7).abs() < 2.0, "{metres}");
    assert_eq!(found["locations"][0]["utc_offset"], "+01:00");
    assert_eq!(found["locations"][0].get("stock"), None);
}

#[tokio::test]
async fn the_radius_is_inclusive_and_not_clamped() {
    let service = start().await;
    let search = |max: Value| json!({ "distance": { "center": { "latitude": 52.52, "longitude": 13.4 }, "max": max } });
    let (_, zero) = body(service.post("/locations/search", &search(json!(0))).send().await.unwrap()).await;
    assert_eq!(ids(&zero), ["near"]);
    let (_, ten) = body(service.post("/locations/search", &search(json!(10_000))).send().await.unwrap()).await;
    assert_eq!(ids(&ten), ["near", "middle"]);
    let (code, _) = problem(service.post("/locations/search", &search(json!(-1))).send().await.unwrap(), 400).await;
    assert_eq!(code, "invalid_request");
}

#[tokio::test]
async fn a_postal_code_is_a_place_and_other_text_is_searched_for() {
    let service = start().await;
    for query in ["101 15", "mitte", "Mitte"] {
        let (_, found) =
            body(service.post("/locations/search", &json!({ "query": query })).send().await.unwrap()).await;
        assert_eq!(ids(&found), ["near", "middle", "far"], "{query}");
        assert!(found["locations"][0]["distance_m"].is_number());
    }
    let (_, named) =
        body(service.post("/locations/search", &json!({ "query": "store far" })).send().await.unwrap()).await;
    assert_eq!(ids(&named), ["far"]);
    let (_, none) =
        body(service.post("/locations/search", &json!({ "query": "<b>x</b>' OR 1=1 --" })).send().await.unwrap()).await;
    assert!(ids(&none).is_empty());
    assert_eq!(none["messages"][0]["code"], "place_not_found");
}

#[tokio::test]
async fn filters_combine_and_pages_follow_one_another() {
    let service = start().await;
    let with = json!({ "filters": { "items": [{ "id": "CHAIR", "quantity": 2 }, "LAMP"] } });
    let (_, found) = body(service.post("/locations/search", &with).send().await.unwrap()).await;
    assert_eq!(ids(&found), ["near", "far"]);
    let open = json!({ "filters": { "hours": { "open_at": "2026-11-22T12:00:00+01:00" } } });
    let (_, sunday) = body(service.post("/locations/search", &open).send().await.unwrap()).await;
    assert!(ids(&sunday).is_empty(), "closed on Sunday, and unknown hours are not open");
    let (_, first) =
        body(service.post("/locations/search", &json!({ "pagination": { "limit": 2 } })).send().await.unwrap()).await;
    let next = json!({ "pagination": { "limit": 2, "cursor": first["pagination"]["cursor"] } });
    let (_, second) = body(service.post("/locations/search", &next).send().await.unwrap()).await;
    assert_eq!((ids(&first).len(), ids(&second)), (2, vec!["far".to_owned()]));
}

#[tokio::test]
async fn stock_comes_in_buckets_with_the_safety_stock_applied() {
    let service = start().await;
    let (_, body) =
        body(service.get("/availability?item=CHAIR&item=LAMP&location=near&location=middle").send().await.unwrap())
            .await;
    let at = |item: usize, location: usize| body["items"][item]["locations"][location].clone();
    assert_eq!(at(0, 0)["availability"]["status"], "in_stock");
    assert_eq!(
        (&at(0, 0)["availability"]["quantity"], &at(0, 0)["availability"]["quantity_precision"]),
        (&json!(4), &json!("at_least"))
    );
    assert_eq!(at(0, 0)["pickup"]["method"], "reserve");
    assert_eq!(at(0, 0)["pickup"]["ready_by"], "2026-11-24T13:00:00+01:00");
    assert_eq!(
        (at(0, 1)["availability"]["status"].clone(), at(0, 1)["pickup"]["method"].clone()),
        (json!("ship_to_store"), json!("ship_to_store"))
    );
    // Three on hand, two kept back: one can be promised.
    assert_eq!(
        (at(1, 0)["availability"]["status"].clone(), at(1, 0)["availability"]["threshold_applied"].clone()),
        (json!("limited"), json!(true))
    );
    assert_eq!(at(1, 0)["in_store_location"], "Bay 4");
    assert_eq!(
        (at(1, 1)["availability"]["available"].clone(), at(1, 1)["availability"]["incoming"]["expected_at"].clone()),
        (json!(false), json!("2026-11-26"))
    );
}

#[tokio::test]
async fn an_item_is_found_by_its_gtin_and_unknown_ones_are_said() {
    let service = start().await;
    let (_, found) = body(service.get("/availability?item=9521234543213").send().await.unwrap()).await;
    assert_eq!(found["items"][0]["item_id"], "CHAIR");
    assert_eq!(problem(service.get("/availability?item=NOPE").send().await.unwrap(), 404).await.0, "item_not_found");
    assert_eq!(
        problem(service.get("/availability?item=CHAIR&location=nope").send().await.unwrap(), 404).await.0,
        "location_not_found"
    );
    for query in [
        "",
        "?item=CHAIR&quantity=0",
        "?item=CHAIR&quantity=x",
        "?item=a&item=b&item=c&item=d&item=e&item=f",
        "?item=%ff",
    ] {
        let response = service.get(&format!("/availability{query}")).send().await.unwrap();
        assert!([400, 404].contains(&response.status().as_u16()), "{query}");
    }
}

#[tokio::test]
async fn an_unchanged_shelf_is_not_sent_again() {
    let service = start().await;
    // Off the full five minutes, at which the promise takes its next step and the tag rightly changes.
    service.clock.advance_ms(1_000);
    let first = service.get("/availability?item=CHAIR").send().await.unwrap();
    let tag = first.headers().get("etag").unwrap().clone();
    assert_eq!(first.headers().get("cache-control").unwrap(), "max-age=30");
    service.clock.advance_ms(20_000);
    let same = service.get("/availability?item=CHAIR").header("If-None-Match", &tag).send().await.unwrap();
    assert_eq!((same.status().as_u16(), same.headers().get("etag")), (304, Some(&tag)));
    service.held(3).await;
    let changed = service.get("/availability?item=CHAIR").header("If-None-Match", &tag).send().await.unwrap();
    assert_eq!(changed.status(), 200);
}

#[tokio::test]
async fn wrong_addresses_methods_and_media_types_are_problems_too() {
    let service = start().await;
    assert_eq!(problem(service.get("/nothing").send().await.unwrap(), 404).await.0, "not_found");
    problem(service.http.delete(service.url("/reservations")).send().await.unwrap(), 405).await;
    let text = service.http.post(service.url("/locations/search")).body("{}").send().await.unwrap();
    problem(text, 415).await;
    for broken in ["", "{", "[]", "\"x\"", "null", &"[".repeat(5000)] {
        let sent = service
            .http
            .post(service.url("/locations/search"))
            .header("Content-Type", "application/json")
            .body(broken.to_owned());
        assert_eq!(problem(sent.send().await.unwrap(), 400).await.0, "invalid_request");
    }
    let long = json!({ "query": "x".repeat(20_000) });
    problem(service.post("/locations/search", &long).send().await.unwrap(), 413).await;
}

#[tokio::test]
async fn the_product_list_is_the_seeds() {
    let service = start().await;
    let (_, body) = body(service.get("/products").send().await.unwrap()).await;
    assert_eq!((body["products"].as_array().unwrap().len(), body["shop"]["currency"].clone()), (2, json!("EUR")));
}
