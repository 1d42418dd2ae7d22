//! `GET /availability`: what the asked stores have, in buckets, with its age, the promise and the length of the hold.

use crate::capabilities::{MAX_ITEMS, MAX_LOCATIONS};
use crate::clock::utc_text;
use crate::hours::Hours;
use crate::locations::{self, Location};
use crate::problem::{Problem, json_response};
use crate::routes::App;
use crate::secret;
use crate::stock::{self, Level};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use sqlx::Row as _;

/// How long an answer is vouched for, in seconds.
const MAX_AGE_S: i64 = 60;
/// Promises are rounded up to this many ms: nobody is punctual to the second, and the answer's tag stays the same longer.
const PROMISE_STEP_MS: i64 = 5 * 60_000;
/// Staff's time to fetch a thing where the seed says nothing, in minutes.
const READY_MINUTES: i64 = 120;

/// A question, out of the query string.
struct Question {
    items: Vec<String>,
    quantity: i64,
    locations: Vec<String>,
}

/// The query string, names repeated.
type Pairs = Vec<(String, String)>;

/// Answers with an ETag; the tag leaves out the clock, so that an unchanged shelf is a 304.
pub async fn read(
    State(app): State<App>,
    query: Result<Query<Pairs>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(pairs) = query.map_err(|_| Problem::invalid("", "The query string cannot be read."))?;
    let question = question(pairs)?;
    let now_ms = app.clock.now_ms();
    let asked = asked_locations(&app, &question).await?;
    let mut items = Vec::new();
    for item in &question.items {
        items.push(item_answer(&app, item, question.quantity, &asked, now_ms).await?);
    }
    let tag = tag(&items);
    let cache = [(header::CACHE_CONTROL, HeaderValue::from_static("max-age=30")), (header::ETAG, tag.clone())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| matches(known, &tag)) {
        return Ok((StatusCode::NOT_MODIFIED, cache).into_response());
    }
    let body =
        json!({ "version": "1", "as_of": utc_text(now_ms), "max_age_s": MAX_AGE_S, "items": items, "messages": [] });
    let mut response = json_response(200, &body);
    for (name, value) in cache {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// The id of an item asked for by its id or its GTIN, and how many one reservation may hold.
pub async fn item(app: &App, asked: &str) -> Result<(String, Option<String>, i64), Problem> {
    let row = sqlx::query("SELECT id, gtin, quantity_limit FROM items WHERE id = $1 OR gtin = $1")
        .bind(asked)
        .fetch_optional(&app.pool)
        .await?;
    let Some(row) = row else {
        return Err(Problem::new(404, "item_not_found", "No such item is sold here. Check the item number."));
    };
    Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))
}

/// When it will be ready, in unix ms.
pub fn ready_ms(location: &Value, now_ms: i64) -> i64 {
    let minutes = location.get("ready_minutes").and_then(Value::as_i64).unwrap_or(READY_MINUTES);
    let ready_ms = Hours::read(location).map_or(now_ms + minutes * 60_000, |hours| hours.ready_ms(now_ms, minutes));
    (ready_ms + PROMISE_STEP_MS - 1).div_euclid(PROMISE_STEP_MS) * PROMISE_STEP_MS
}

async fn item_answer(
    app: &App,
    asked: &str,
    quantity: i64,
    locations: &[Location],
    now_ms: i64,
) -> Result<Value, Problem> {
    let (item_id, gtin, _) = item(app, asked).await?;
    let levels = stock::levels(&app.pool, &item_id, now_ms).await?;
    let rows: Vec<Value> = locations
        .iter()
        .map(|location| match levels.iter().find(|level| level.location_id == location.id) {
            Some(level) => stock_answer(app, location, level, quantity, now_ms),
            None => json!({
                "location_id": location.id, "name": location.document.get("name"),
                "availability": { "available": false, "status": "out_of_stock", "quantity": 0, "quantity_precision": "exact",
                    "confidence": "high", "as_of": utc_text(now_ms), "threshold_applied": false },
                "pickup": { "method": "not_supported", "types": [] },
            }),
        })
        .collect();
    let mut answer = json!({ "item_id": item_id, "quantity": quantity, "locations": rows });
    if let (Some(answer), Some(gtin)) = (answer.as_object_mut(), gtin) {
        answer.insert("gtin".into(), gtin.into());
    }
    Ok(answer)
}

fn stock_answer(app: &App, location: &Location, level: &Level, quantity: i64, now_ms: i64) -> Value {
    let status = level.status(quantity);
    let here = matches!(status, "in_stock" | "limited");
    let lag_s = location.document.get("stock_lag_s").and_then(Value::as_i64).unwrap_or(0).max(0);
    let mut availability = json!({
        "available": if status == "unknown" { Value::Null } else { here.into() },
        "status": status, "quantity": level.at_least(quantity), "quantity_precision": "at_least",
        "confidence": if lag_s > 0 { "medium" } else { "high" },
        "as_of": utc_text(now_ms - lag_s * 1000), "threshold_applied": level.safety > 0,
    });
    if let (Some(fields), Some(incoming)) = (availability.as_object_mut(), incoming(&level.document, now_ms)) {
        fields.insert("incoming".into(), incoming);
    }
    let types = location.document.get("pickup_types").cloned().unwrap_or_else(|| json!(["in_store"]));
    let offered = types.as_array().is_some_and(|types| !types.is_empty());
    let method = match status {
        "in_stock" | "limited" if offered => "reserve",
        "ship_to_store" if offered => "ship_to_store",
        _ => "not_supported",
    };
    let mut pickup = json!({ "method": method, "types": types });
    if let Some(fields) = pickup.as_object_mut().filter(|_| method == "reserve") {
        let minutes = location.document.get("ready_minutes").and_then(Value::as_i64).unwrap_or(READY_MINUTES);
        let ready = Hours::read(&location.document).map(|hours| hours.local_text(ready_ms(&location.document, now_ms)));
        fields.insert("ready_in".into(), format!("PT{minutes}M").into());
        fields.insert("ready_by".into(), ready.unwrap_or_default().into());
        fields.insert("hold_for".into(), app.hold_for().into());
        fields.insert("price".into(), json!({ "amount": 0, "currency": app.currency.as_str() }));
    }
    let mut row = json!({
        "location_id": location.id, "name": location.document.get("name"), "availability": availability, "pickup": pickup,
    });
    if let (Some(fields), Some(shelf)) = (row.as_object_mut(), level.document.get("shelf").filter(|_| here)) {
        fields.insert("in_store_location".into(), shelf.clone());
    }
    row
}

fn incoming(document: &Value, now_ms: i64) -> Option<Value> {
    let incoming = document.get("incoming")?;
    let day = match incoming.get("in_days").and_then(Value::as_i64) {
        Some(days) => utc_text(now_ms + days * 86_400_000).get(..10)?.to_owned(),
        None => incoming.get("expected_at")?.as_str()?.to_owned(),
    };
    Some(json!({ "quantity": incoming.get("quantity"), "expected_at": day }))
}

async fn asked_locations(app: &App, question: &Question) -> Result<Vec<Location>, Problem> {
    let mut known = locations::all(app).await?;
    if question.locations.is_empty() {
        known.truncate(MAX_LOCATIONS);
        return Ok(known);
    }
    // In the order asked for, which is the order the page has them in.
    let mut asked = Vec::new();
    for id in &question.locations {
        match known.iter().position(|location| location.id == *id) {
            Some(at) => asked.push(known.swap_remove(at)),
            None => {
                return Err(Problem::new(
                    404,
                    "location_not_found",
                    "One of the asked stores does not exist. Search the stores again.",
                ));
            }
        }
    }
    Ok(asked)
}

fn question(pairs: Pairs) -> Result<Question, Problem> {
    let mut question = Question { items: Vec::new(), quantity: 1, locations: Vec::new() };
    for (name, value) in pairs {
        match name.as_str() {
            "item" if !question.items.contains(&value) => question.items.push(value),
            "location" if !question.locations.contains(&value) => question.locations.push(value),
            "quantity" => {
                let number = value.parse().ok().filter(|number| (1..=99).contains(number));
                question.quantity =
                    number.ok_or_else(|| Problem::invalid("?quantity", "Give a whole number from 1 to 99."))?;
            }
            _ => {}
        }
    }
    if !(1..=MAX_ITEMS).contains(&question.items.len()) {
        return Err(Problem::invalid("?item", format!("Name 1 to {MAX_ITEMS} items.")));
    }
    if question.locations.len() > MAX_LOCATIONS {
        return Err(Problem::invalid("?location", format!("Name at most {MAX_LOCATIONS} stores.")));
    }
    Ok(question)
}

fn tag(items: &[Value]) -> HeaderValue {
    let mut timeless = Value::from(items.to_vec());
    let rows = timeless
        .as_array_mut()
        .into_iter()
        .flatten()
        .filter_map(|item| item.get_mut("locations")?.as_array_mut())
        .flatten();
    for availability in rows.filter_map(|row| row.get_mut("availability")?.as_object_mut()) {
        availability.remove("as_of");
    }
    let hash = secret::hash(&timeless.to_string());
    HeaderValue::try_from(format!("\"{}\"", hash.get(..32).unwrap_or_default()))
        .unwrap_or(HeaderValue::from_static("\"0\""))
}

fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
}
