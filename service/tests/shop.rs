//! Start and stop, the seed and its mistakes, the demo shop's files and their headers.

mod common;

use common::{TUESDAY_NOON_MS, small_shop, start_with, text};
use serde_json::{Value, json};
use vitrine_service::distance::{Point, metres};
use vitrine_service::hours::Hours;
use vitrine_service::seed::Seed;
use vitrine_service::{Settings, serve};

#[test]
fn the_demo_shop_has_twelve_stores_and_nine_items() {
    let text = include_str!("../seed.json");
    Seed::read(text).unwrap();
    let seed: Value = serde_json::from_str(text).unwrap();
    let items: usize =
        seed["products"].as_array().unwrap().iter().map(|product| product["variants"].as_array().unwrap().len()).sum();
    assert_eq!(
        (seed["locations"].as_array().unwrap().len(), seed["products"].as_array().unwrap().len(), items),
        (12, 7, 9)
    );
}

#[test]
fn a_mistake_in_the_seed_names_its_place() {
    let with = |change: fn(&mut Value)| {
        let mut shop = small_shop();
        change(&mut shop);
        Seed::read(&shop.to_string()).unwrap_err()
    };
    assert!(Seed::read("{").unwrap_err().contains("not JSON"));
    assert!(Seed::read("{}").unwrap_err().contains("products is missing"));
    assert!(with(|shop| shop["locations"][1]["geo"]["latitude"] = json!(91)).contains("locations[1].geo.latitude"));
    assert!(with(|shop| shop["locations"][0]["timezone"] = json!("Berlin")).contains("IANA"));
    assert!(with(|shop| shop["locations"][0]["hours"][0]["opens"] = json!("25:00")).contains("HH:MM"));
    assert!(with(|shop| shop["locations"][0]["stock"]["CHIAR"] = json!(1)).contains("locations[0].stock.CHIAR"));
    assert!(with(|shop| shop["locations"][0]["stock"]["CHAIR"] = json!(-1)).contains("whole number"));
    assert!(with(|shop| shop["locations"][1]["id"] = json!("near")).contains("there twice"));
    assert!(with(|shop| shop["products"][0]["variants"][0]["price"] = json!(5)).contains("price.currency"));
}

#[tokio::test]
async fn a_start_that_cannot_work_says_why() {
    let settings = || Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        database: "sqlite::memory:".into(),
        quiet: true,
        ..Settings::default()
    };
    let no_seed = Settings { seed: Some("nowhere.json".into()), ..settings() };
    assert!(serve(no_seed).await.unwrap_err().contains("nowhere.json"));
    let no_www = Settings { www: Some("nowhere".into()), ..settings() };
    assert!(serve(no_www).await.unwrap_err().contains("--www"));
    let no_database = Settings { database: "sqlite:/nowhere/at/all.db".into(), ..settings() };
    assert!(serve(no_database).await.unwrap_err().contains("cannot be opened"));
    let running = serve(settings()).await.unwrap();
    let taken = Settings { listen: running.address, ..settings() };
    assert!(serve(taken).await.unwrap_err().contains("--listen"));
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn reservations_survive_a_restart_and_a_new_seed() {
    let service = start_with(|_| {}).await;
    let (id, token) = service.held(3).await;
    let common::Service { running, folder, clock, http } = service;
    running.shutdown().await.unwrap();
    let mut shop = small_shop();
    shop["locations"][0]["name"] = json!("Renamed");
    let seed = folder.path().join("seed.json");
    std::fs::write(&seed, shop.to_string()).unwrap();
    let database = format!("sqlite:{}", folder.path().join("store.db").display());
    let settings = Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        database,
        seed: Some(seed),
        clock: clock.clone(),
        quiet: true,
        ..Settings::default()
    };
    let service = common::Service { running: serve(settings).await.unwrap(), clock, http, folder };
    assert_eq!(service.read(&id, &token).await.1["status"], "held");
    assert_eq!(service.status_of("near", "CHAIR").await, "limited");
    let (_, found) =
        common::body(service.post("/locations/search", &json!({ "query": "renamed" })).send().await.unwrap()).await;
    assert_eq!(text(&found, "/locations/0/name"), "Renamed");
}

#[tokio::test]
async fn files_come_compressed_typed_and_under_strict_headers() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in
        [("index.html", "<p>"), ("a.wasm", "plain"), ("a.wasm.br", "small"), ("chair.glb", "glTF"), ("e.js", "1")]
    {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let www = folder.path().to_path_buf();
    let service = start_with(|settings| settings.www = Some(www)).await;
    let get = |path: &str| service.http.get(format!("http://{}{path}", service.running.address));
    let page = get("/").send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        page.status() == 200
            && policy.contains("default-src 'none'")
            && policy.contains("'wasm-unsafe-eval'")
            && !policy.contains("http")
    );
    assert!(page.headers()["permissions-policy"].to_str().unwrap().contains("xr-spatial-tracking=(self)"));
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    let wasm = get("/a.wasm").header("Accept-Encoding", "br").send().await.unwrap();
    assert_eq!(
        (&wasm.headers()["content-encoding"], &wasm.headers()["content-type"]),
        (&"br".parse().unwrap(), &"application/wasm".parse().unwrap())
    );
    assert_eq!(wasm.bytes().await.unwrap(), "small");
    assert_eq!(get("/chair.glb").send().await.unwrap().headers()["content-type"], "model/gltf-binary");
    assert_eq!(get("/e.js").send().await.unwrap().headers()["content-type"], "text/javascript");
    assert_eq!(get("/none.js").send().await.unwrap().status(), 404);
    assert_eq!(get("/..%2f..%2fetc/passwd").send().await.unwrap().status(), 404);
    assert_eq!(service.get("/capabilities").send().await.unwrap().status(), 200);
}

#[test]
fn distances_match_the_ellipsoid() {
    let at = |latitude, longitude| Point { latitude, longitude };
    // Flinders Peak to Buninyong, the worked example of Geoscience Australia: 54972.271 m.
    let known = metres(at(-37.951_033_42, 144.424_867_89), at(-37.652_821_14, 143.926_495_53));
    assert!((known - 54_972.271).abs() < 1.0, "{known}");
    // Over the antimeridian: 0.2 degrees on the equator.
    let across = metres(at(0.0, 179.9), at(0.0, -179.9));
    assert!((across - 22_263.9).abs() < 1.0, "{across}");
    assert_eq!(metres(at(52.5, 13.4), at(52.5, 13.4)), 0.0);
    assert!(metres(at(0.0, 0.0), at(0.0, 180.0)).is_finite() && metres(at(90.0, 0.0), at(-90.0, 0.0)).is_finite());
}

#[test]
fn hours_know_midnight_exceptions_and_the_change_of_the_clocks() {
    let ms = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    let bar = json!({ "timezone": "Europe/Berlin", "hours": [{ "day": "saturday", "opens": "20:00", "closes": "03:00" }, { "day": "sunday", "opens": "10:00", "closes": "12:00" }],
        "exception_hours": [{ "valid_from": "2026-11-28", "valid_through": "2026-11-28" }] });
    let bar = Hours::read(&bar).unwrap();
    // The night in which 02:30 comes twice: closing at 03:00 is after both.
    assert_eq!(bar.is_open(ms("2026-10-25T01:30:00Z")), Some(true));
    assert_eq!(bar.is_open(ms("2026-10-25T02:00:00Z")), Some(false));
    assert_eq!(bar.is_open(ms("2026-11-28T20:00:00Z")), Some(false), "an exception without times is closed");
    assert_eq!(bar.next_opening_ms(ms("2026-11-28T12:00:00Z")), Some(ms("2026-11-29T09:00:00Z")));
    // The night without 02:30: an opening in the gap is moved behind it, not lost.
    let early =
        json!({ "timezone": "Europe/Berlin", "hours": [{ "day": "sunday", "opens": "02:30", "closes": "12:00" }] });
    assert_eq!(
        Hours::read(&early).unwrap().next_opening_ms(ms("2026-03-28T22:00:00Z")),
        Some(ms("2026-03-29T01:30:00Z"))
    );
    let unknown = Hours::read(&json!({ "timezone": "Europe/Berlin" })).unwrap();
    assert_eq!(
        (unknown.is_open(TUESDAY_NOON_MS), unknown.ready_ms(TUESDAY_NOON_MS, 60)),
        (None, TUESDAY_NOON_MS + 3_600_000)
    );
    assert_eq!(unknown.offset_text(ms("2026-07-01T00:00:00Z")), "+02:00");
}
