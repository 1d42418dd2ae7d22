//! A service of its own for each test: a fresh database file, a small shop, a clock that can be turned, real HTTP.
#![allow(dead_code)] // Each test file uses its part.

use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use vitrine_service::clock::Clock;
use vitrine_service::rate::Rate;
use vitrine_service::{Running, Settings, serve};

/// Tuesday 2026-11-24, 12:00 in Berlin, in unix ms.
pub const TUESDAY_NOON_MS: i64 = 1_795_518_000_000;
/// One hour in ms.
pub const HOUR_MS: i64 = 3_600_000;

pub struct Service {
    pub running: Running,
    pub clock: Clock,
    pub http: Client,
    pub folder: TempDir,
}

pub async fn start() -> Service {
    start_with(|_| {}).await
}

pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Service {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.json");
    std::fs::write(&seed, small_shop().to_string()).unwrap();
    let clock = Clock::fixed(TUESDAY_NOON_MS);
    let mut settings = Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        database: format!("sqlite:{}", folder.path().join("store.db").display()),
        seed: Some(seed),
        rate: Rate { requests: 1000, per_s: 60 },
        clock: clock.clone(),
        quiet: true,
        ..Settings::default()
    };
    change(&mut settings);
    Service { running: serve(settings).await.unwrap(), clock, http: Client::new(), folder }
}

/// Two stores and a third that never says its hours.
pub fn small_shop() -> Value {
    let week: Vec<Value> = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        .iter()
        .map(|day| json!({ "day": day, "opens": "10:00", "closes": "20:00" }))
        .collect();
    let store = |id: &str, latitude: f64, stock: Value| {
        json!({ "id": id, "name": format!("Store {id}"), "address": { "street_address": "Weg 1", "postal_code": "10115", "address_locality": "Berlin" },
            "geo": { "latitude": latitude, "longitude": 13.4 }, "timezone": "Europe/Berlin", "hours": week, "ready_minutes": 60, "stock": stock })
    };
    let mut far = store("far", 53.0, json!({ "CHAIR": 50, "LAMP": 1 }));
    far.as_object_mut().unwrap().remove("hours");
    json!({
        "version": "1", "shop": { "name": "Test", "currency": "EUR" },
        "products": [
            { "id": "chair", "name": "Chair", "quantity_limit": 3, "variants": [{ "item_id": "CHAIR", "gtin": "9521234543213", "price": { "amount": 100, "currency": "EUR" } }] },
            { "id": "lamp", "name": "Lamp", "variants": [{ "item_id": "LAMP", "price": { "amount": 100, "currency": "EUR" } }] },
        ],
        "locations": [
            store("near", 52.52, json!({ "CHAIR": 5, "LAMP": { "on_hand": 3, "safety": 2, "shelf": "Bay 4" } })),
            store("middle", 52.60, json!({ "CHAIR": { "on_hand": 0, "when_out": "ship_to_store" }, "LAMP": { "on_hand": 2, "safety": 2, "incoming": { "quantity": 4, "in_days": 2 } } })),
            far,
        ],
        "places": [{ "name": "Mitte", "postal_prefix": "101", "latitude": 52.53, "longitude": 13.39 }],
    })
}

impl Service {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.base_url())
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.http.post(self.url(path)).json(body)
    }

    pub fn reserve(&self, key: &str, body: &Value) -> RequestBuilder {
        self.post("/reservations", body).header("Idempotency-Key", key)
    }

    /// A hold that must succeed: id and token.
    pub async fn held(&self, quantity: i64) -> (String, String) {
        let response = self.reserve(&fresh_key(), &wish("near", quantity)).send().await.unwrap();
        assert_eq!(response.status(), 201);
        let body: Value = response.json().await.unwrap();
        (text(&body, "/id"), text(&body, "/access_token"))
    }

    pub async fn read(&self, id: &str, token: &str) -> (u16, Value) {
        body(self.get(&format!("/reservations/{id}")).bearer_auth(token).send().await.unwrap()).await
    }

    pub async fn cancel(&self, id: &str, token: &str) -> (u16, Value) {
        let url = self.url(&format!("/reservations/{id}/cancel"));
        body(self.http.post(url).bearer_auth(token).send().await.unwrap()).await
    }

    pub async fn status_of(&self, location: &str, item: &str) -> String {
        let (_, body) =
            body(self.get(&format!("/availability?item={item}&location={location}")).send().await.unwrap()).await;
        text(&body, "/items/0/locations/0/availability/status")
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }
}

pub fn wish(location: &str, quantity: i64) -> Value {
    json!({ "location_id": location, "lines": [{ "item_id": "CHAIR", "quantity": quantity }], "pickup_type": "in_store",
        "contact": { "name": "Ada" }, "consent": { "text_id": "consent-1", "at": "2026-11-24T11:00:00Z" } })
}

/// A key no other test uses.
pub fn fresh_key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("00000000-0000-4000-8000-{:012}", NEXT.fetch_add(1, Ordering::SeqCst))
}

pub async fn body(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

pub fn text(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
        .to_owned()
}

/// The problem's code, with its media type and status checked.
pub async fn problem(response: Response, status: u16) -> (String, Value) {
    assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
    let (got, body) = body(response).await;
    assert_eq!((got, body["status"].as_u64()), (status, Some(u64::from(status))), "{body}");
    (text(&body, "/type").rsplit('/').next().unwrap().to_owned(), body)
}
