//! Scripts against the store's state machine: reads, their words and their failures. No network and no clock.

mod store_page;

use serde_json::{Value, json};
use store_page::{NOW_MS, Page, capabilities, places, problem, reservation, stock};
use vitrine::store::{Effect, Event, Store, words};

#[test]
fn opening_reads_in_order_and_nothing_before() {
    let mut page = Page::configured();
    assert!(page.sent.is_empty() && page.phase() == "closed");
    page.tell(json!({ "type": "open" }));
    assert_eq!(
        (page.phase().as_str(), page.last().url.as_str()),
        ("loading", "https://stores.example/api/v1/capabilities")
    );
    page.answer_reads();
    let urls: Vec<&str> = page.sent.iter().map(|request| request.url.rsplit("/v1").next().unwrap()).collect();
    assert_eq!(
        urls,
        [
            "/capabilities",
            "/locations/search",
            "/availability?item=CHAIR&quantity=1&location=loc_b&location=loc_a&location=loc_c"
        ]
    );
    assert_eq!(page.notes(), ["store_availability_view"]);
}

#[test]
fn the_headline_is_the_nearest_store_that_has_it() {
    let page = Page::listed();
    assert_eq!(page.at("/headline/location_id"), "loc_a");
    assert_eq!(page.at("/headline/text/text"), "In stock at Alpha, 820 m away");
    let names: Vec<String> =
        page.shown()["stores"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
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
    assert_eq!(
        (page.at("/stores/0/stock/text"), page.at("/stores/0/status")),
        ("Ask in store".into(), "unknown".into())
    );
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
    let bodies = [
        "",
        "<html>",
        "[]",
        "null",
        "{}",
        "{\"items\":3}",
        "{\"items\":[]}",
        "{\"items\":[{\"item_id\":\"CHAIR\"}]}",
        &"[".repeat(9000),
    ];
    for body in bodies {
        let mut page = Page::configured();
        page.tell(json!({ "type": "open" }));
        page.answer(200, json!({}), &capabilities());
        page.answer(200, json!({}), &places());
        page.answer_text(200, json!({}), body);
        assert_eq!(
            (page.phase(), page.at("/error/code")),
            ("unavailable".into(), "malformed_response".into()),
            "{body}"
        );
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
    for url in
        ["/api/v1", "https://a.example", "http://localhost:8080/api", "http://127.0.0.1:80/x", "http://[::1]:80/x"]
    {
        assert!(Event::from_json(&json!({ "type": "configure", "base_url": url, "item_id": "A" })).is_ok(), "{url}");
    }
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
    let links: Vec<Value> =
        page.shown()["actions"].as_array().unwrap().iter().map(|action| action["href"].clone()).collect();
    assert_eq!(
        links,
        [json!("https://shop.example/stores/1"), json!("tel:+493023125101"), json!("https://shop.example/chair")]
    );
}

#[test]
fn events_that_make_no_sense_are_refused_or_ignored() {
    for event in [
        json!({}),
        json!({ "type": "fly" }),
        json!({ "type": "choose" }),
        json!({ "type": "tick" }),
        json!({ "type": "tick", "now_ms": "x" }),
        json!({ "type": "answer" }),
        json!(7),
    ] {
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
    for wrong in [
        "2026-11-22",
        "2026-11-22T16:15:00",
        "2026-02-30T00:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T16:15:00+1:00",
        "2026-11-22T16:15:00.Z",
        "x".repeat(25).as_str(),
        "2026-11-2２T16:15:00Z",
    ] {
        assert_eq!(parse_moment(wrong), None, "{wrong}");
    }
    assert_eq!(
        [
            parse_duration_s("PT2H"),
            parse_duration_s("P1DT30M"),
            parse_duration_s("P2W"),
            parse_duration_s("P"),
            parse_duration_s("P1M")
        ],
        [Some(7200), Some(88_200), Some(1_209_600), None, None]
    );
    let bar = json!({ "hours": [{ "day": "saturday", "opens": "20:00", "closes": "03:00" }, { "day": "Monday", "opens": "00:00", "closes": "23:59" }],
        "exception_hours": [{ "valid_from": "2026-11-28", "valid_through": "2026-11-28" }] });
    assert_eq!(
        opening(&bar, 60, at("2026-11-22T02:30:00+01:00")),
        Opening::Open(Some(at("2026-11-22T03:00:00+01:00")))
    );
    assert_eq!(
        opening(&bar, 60, at("2026-11-22T04:00:00+01:00")),
        Opening::Closed(Some(at("2026-11-23T00:00:00+01:00")))
    );
    assert_eq!(
        opening(&bar, 60, at("2026-11-28T22:00:00+01:00")),
        Opening::Closed(Some(at("2026-11-30T00:00:00+01:00")))
    );
    assert_eq!(opening(&json!({}), 60, NOW_MS), Opening::Unknown);
    assert_eq!(
        opening(&json!({ "hours": [{ "day": "sunday", "opens": "10:00", "closes": "10:00" }] }), 60, NOW_MS),
        Opening::Closed(None)
    );
}

#[test]
fn distances_are_said_in_the_countrys_measure() {
    let said = |metres: f64, locale: &str| words::distance(metres, locale)["text"].as_str().unwrap().to_owned();
    assert_eq!(
        [said(3.0, "de"), said(824.0, "de"), said(996.0, "de"), said(3449.0, "fr-FR"), said(12_600.0, "de")],
        ["10 m", "820 m", "1.0 km", "3.4 km", "13 km"]
    );
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
        // Keys that are chosen first and said later.
        let starts = ["error_", "refused_", "status_", "ready_", "opens_", "collect_"];
        let is_key = |word: &&str| starts.iter().any(|start| word.starts_with(start)) || word.ends_with("_heading");
        for key in source.split('"').filter(is_key).filter(|word| {
            !word.contains([' ', '(', '.'])
                && !word.starts_with("ready_for")
                && !["ready_by", "ready_in", "collect_by"].contains(word)
        }) {
            assert!(words::has(key), "{file} names \"{key}\", which words.rs lacks");
            keys += 1;
        }
    }
    assert!(keys > 90, "the search itself is broken: {keys}");
}

/// The front page's example of each phase is what the machine really gives. `SNAPSHOT=update` writes them anew.
#[test]
fn the_documented_snapshots_are_true() {
    let mut refused = Page::reserving();
    refused.answer(
        409,
        json!({}),
        &problem("insufficient_stock", json!({ "alternatives": [{ "location_id": "loc_b", "status": "limited" }] })),
    );
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
        Page::configured(),
        loading,
        Page::listed(),
        Page::contact(),
        Page::reserving(),
        Page::held(),
        refused,
        cancelling,
        cancelled,
        expired,
        unavailable,
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
            let parts: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{inner}\"{name}\": {}", compact(value, indent + 2)))
                .collect();
            format!("{{\n{}\n{}}}", parts.join(",\n"), " ".repeat(indent))
        }
        Value::Array(list) => {
            let parts: Vec<String> =
                list.iter().map(|value| format!("{inner}{}", compact(value, indent + 2))).collect();
            format!("[\n{}\n{}]", parts.join(",\n"), " ".repeat(indent))
        }
        _ => line,
    }
}
