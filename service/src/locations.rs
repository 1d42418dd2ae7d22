//! `POST /locations/search`: which stores there are, nearest first. UCP's names; coordinates come in the body, not the address.

use crate::capabilities::MAX_LOCATIONS;
use crate::clock::utc_text;
use crate::distance::{self, Point};
use crate::hours::Hours;
use crate::problem::{Problem, json_response};
use crate::routes::{App, Body};
use crate::stock;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};
use sqlx::Row as _;
use std::collections::BTreeSet;

/// Longest text searched for.
const LONGEST_QUERY: usize = 100;

/// A store out of the tables.
pub struct Location {
    pub id: String,
    pub point: Point,
    /// The seed's object without its stock.
    pub document: Value,
}

/// Every store, in the seed's order.
pub async fn all(app: &App) -> Result<Vec<Location>, Problem> {
    let rows = sqlx::query("SELECT id, latitude, longitude, document FROM locations ORDER BY position")
        .fetch_all(&app.pool)
        .await?;
    rows.into_iter()
        .map(|row| {
            let document: String = row.try_get("document")?;
            let point = Point { latitude: row.try_get("latitude")?, longitude: row.try_get("longitude")? };
            Ok(Location {
                id: row.try_get("id")?,
                point,
                document: serde_json::from_str(&document).unwrap_or(Value::Null),
            })
        })
        .collect()
}

/// Structured conditions combine; text never loosens them.
pub async fn search(State(app): State<App>, Body(body): Body) -> Result<Response, Problem> {
    let now_ms = app.clock.now_ms();
    let mut found = all(&app).await?;
    let mut centre = centre(&body)?;
    if let Some((point, _)) = centre {
        // Two decimals, about a kilometre: a log line must not say where somebody stands.
        app.log(&format!("search near {:.2},{:.2}", point.latitude, point.longitude));
    }
    let query = query(&body)?;
    let mut messages = Vec::new();
    if let Some(text) = &query {
        match place(&app, text).await? {
            Some(point) => centre = centre.or(Some((point, None))),
            None => {
                found.retain(|location| mentions(&location.document, text));
                if found.is_empty() {
                    messages.push(json!({ "type": "info", "code": "place_not_found", "content": "No place or store of that name is known." }));
                }
            }
        }
    }
    keep_with_items(&app, &body, &mut found, now_ms).await?;
    keep_with_amenities(&body, &mut found);
    keep_open(&body, &mut found)?;
    let mut found: Vec<(Option<f64>, Location)> = found
        .into_iter()
        .map(|location| (centre.map(|(point, _)| distance::metres(point, location.point)), location))
        .collect();
    if let Some((_, Some(most_m))) = centre {
        found.retain(|(metres, _)| metres.is_some_and(|metres| metres <= most_m));
    }
    found.sort_by(|a, b| a.0.unwrap_or(0.0).total_cmp(&b.0.unwrap_or(0.0)));
    let (skip, take) = page(&body)?;
    let more = found.len() > skip + take;
    let locations: Vec<Value> =
        found.iter().skip(skip).take(take).map(|(metres, location)| shown(location, *metres, now_ms)).collect();
    let cursor = more.then(|| (skip + take).to_string());
    Ok(json_response(
        200,
        &json!({
            "version": "1", "as_of": utc_text(now_ms), "locations": locations,
            "pagination": { "has_next_page": more, "cursor": cursor }, "messages": messages,
        }),
    ))
}

/// The public part of a store.
fn shown(location: &Location, metres: Option<f64>, now_ms: i64) -> Value {
    let mut out = serde_json::Map::new();
    for name in [
        "id",
        "name",
        "address",
        "geo",
        "timezone",
        "hours",
        "exception_hours",
        "amenities",
        "phone",
        "url",
        "pickup_types",
    ] {
        if let Some(value) = location.document.get(name) {
            out.insert(name.into(), value.clone());
        }
    }
    // Two additions to UCP's Location: the way there, and the clock's offset now, for pages without a time zone table.
    if let Some(metres) = metres {
        out.insert("distance_m".into(), (metres.round() as i64).into());
    }
    if let Ok(hours) = Hours::read(&location.document) {
        out.insert("utc_offset".into(), hours.offset_text(now_ms).into());
    }
    Value::Object(out)
}

fn centre(body: &Value) -> Result<Option<(Point, Option<f64>)>, Problem> {
    let Some(distance) = body.get("distance").filter(|value| !value.is_null()) else { return Ok(None) };
    let degrees = |name: &str, most: f64| {
        let number = distance.get("center").and_then(|center| center.get(name)).and_then(Value::as_f64);
        let pointer = format!("/distance/center/{name}");
        number
            .filter(|number| number.abs() <= most)
            .ok_or_else(|| Problem::invalid(&pointer, format!("Give a number from -{most} to {most} degrees.")))
    };
    let point = Point { latitude: degrees("latitude", 90.0)?, longitude: degrees("longitude", 180.0)? };
    let most_m = match distance.get("max") {
        None | Some(Value::Null) => None,
        Some(value) => {
            let metres = value.as_f64().filter(|metres| (0.0..=20_100_000.0).contains(metres));
            Some(metres.ok_or_else(|| Problem::invalid("/distance/max", "Give metres, from 0 to 20100000."))?)
        }
    };
    Ok(Some((point, most_m)))
}

fn query(body: &Value) -> Result<Option<String>, Problem> {
    match body.get("query") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= LONGEST_QUERY => {
            let text = text.trim().to_lowercase();
            Ok((!text.is_empty()).then_some(text))
        }
        Some(_) => Err(Problem::invalid("/query", format!("Give a text of at most {LONGEST_QUERY} characters."))),
    }
}

/// The point of a known town or postal code: the longest postal prefix wins.
async fn place(app: &App, text: &str) -> Result<Option<Point>, Problem> {
    let rows = sqlx::query("SELECT name, postal_prefix, latitude, longitude FROM places").fetch_all(&app.pool).await?;
    let packed = text.replace(' ', "");
    let mut best: Option<(usize, Point)> = None;
    for row in rows {
        let (name, prefix): (String, String) = (row.try_get("name")?, row.try_get("postal_prefix")?);
        let is_code = packed.starts_with(|letter: char| letter.is_ascii_digit());
        let match_length = if name.to_lowercase() == text {
            usize::MAX
        } else if is_code && !prefix.is_empty() && packed.starts_with(&prefix) {
            prefix.len()
        } else {
            continue;
        };
        if best.as_ref().is_none_or(|(length, _)| match_length > *length) {
            best = Some((
                match_length,
                Point { latitude: row.try_get("latitude")?, longitude: row.try_get("longitude")? },
            ));
        }
    }
    Ok(best.map(|(_, point)| point))
}

fn mentions(document: &Value, text: &str) -> bool {
    let address = document.get("address").and_then(Value::as_object);
    let parts = address.into_iter().flat_map(|address| address.values()).chain(document.get("name"));
    parts.filter_map(Value::as_str).any(|part| part.to_lowercase().contains(text))
}

/// `filters.items`: ids, or objects with `id` and `quantity`; only stores that can provide all of them stay.
async fn keep_with_items(app: &App, body: &Value, found: &mut Vec<Location>, now_ms: i64) -> Result<(), Problem> {
    let Some(items) = body.get("filters").and_then(|filters| filters.get("items")) else { return Ok(()) };
    let wrong = || {
        Problem::invalid("/filters/items", format!("Give 1 to {} different item ids.", crate::capabilities::MAX_ITEMS))
    };
    let items = items
        .as_array()
        .filter(|items| (1..=crate::capabilities::MAX_ITEMS).contains(&items.len()))
        .ok_or_else(wrong)?;
    let mut seen = BTreeSet::new();
    for item in items {
        let id = item.as_str().or(item.get("id").and_then(Value::as_str)).ok_or_else(wrong)?;
        let quantity = item.get("quantity").and_then(Value::as_i64).unwrap_or(1);
        if !seen.insert(id) || !(1..=99).contains(&quantity) {
            return Err(wrong());
        }
        let levels = stock::levels(&app.pool, id, now_ms).await?;
        let has: BTreeSet<&str> =
            levels.iter().filter(|level| level.saleable >= quantity).map(|level| level.location_id.as_str()).collect();
        found.retain(|location| has.contains(location.id.as_str()));
    }
    Ok(())
}

fn keep_with_amenities(body: &Value, found: &mut Vec<Location>) {
    let wanted = body.get("filters").and_then(|filters| filters.get("amenities")).and_then(Value::as_array);
    for amenity in wanted.into_iter().flatten().filter_map(Value::as_str) {
        found.retain(|location| {
            location.document.get("amenities").and_then(|amenities| amenities.get(amenity)).is_some()
        });
    }
}

fn keep_open(body: &Value, found: &mut Vec<Location>) -> Result<(), Problem> {
    let open_at = body.get("filters").and_then(|filters| filters.get("hours")).and_then(|hours| hours.get("open_at"));
    let Some(open_at) = open_at else { return Ok(()) };
    let at: Option<jiff::Timestamp> = open_at.as_str().and_then(|text| text.parse().ok());
    let at = at.ok_or_else(|| Problem::invalid("/filters/hours/open_at", "Give a time as RFC 3339 with an offset."))?;
    found.retain(|location| {
        Hours::read(&location.document).is_ok_and(|hours| hours.is_open(at.as_millisecond()) == Some(true))
    });
    Ok(())
}

fn page(body: &Value) -> Result<(usize, usize), Problem> {
    let page = body.get("pagination").unwrap_or(&Value::Null);
    let skip = match page.get("cursor") {
        None | Some(Value::Null) => Some(0),
        Some(cursor) => cursor.as_str().and_then(|text| text.parse().ok()).filter(|skip| *skip <= 100_000),
    };
    let take = match page.get("limit") {
        None | Some(Value::Null) => Some(MAX_LOCATIONS),
        Some(limit) => {
            limit.as_u64().filter(|limit| (1..=MAX_LOCATIONS as u64).contains(limit)).map(|limit| limit as usize)
        }
    };
    let skip = skip.ok_or_else(|| Problem::invalid("/pagination/cursor", "Give the cursor of the page before."))?;
    Ok((skip, take.ok_or_else(|| Problem::invalid("/pagination/limit", format!("Give 1 to {MAX_LOCATIONS}.")))?))
}
