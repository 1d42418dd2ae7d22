//! The contract's answers read into plain values. Whatever does not fit is left out or refused whole; nothing is guessed.

use super::text::{self, plain};
use super::time::{self, Moment};
use serde_json::Value;

/// More stores than this are not taken from one answer.
const MOST_STORES: usize = 200;

/// An answer of the wrong shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// What this shop's service can do at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Only shows where the product is.
    None,
    /// The shopper goes on by link or phone.
    Handoff,
    /// Stock is held for the shopper.
    Reservation,
}

/// What a reservation must say about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactRule {
    /// Nothing is asked.
    None,
    /// May be left empty.
    Optional,
    /// A name or an e-mail address at least.
    Required,
}

/// `GET capabilities`.
#[derive(Clone, Debug)]
pub struct Capabilities {
    /// The store list can be searched.
    pub locations: bool,
    /// Stock can be read (otherwise every store says "ask").
    pub availability: bool,
    /// How far the flow goes.
    pub level: Level,
    /// Reservations can be cancelled here.
    pub cancel: bool,
    /// What is asked of the shopper.
    pub contact: ContactRule,
    /// A telephone number may be given too.
    pub phone: bool,
    /// A place name or postal code can be searched.
    pub by_place: bool,
    /// Coordinates can be searched.
    pub by_point: bool,
    /// Stores per availability request.
    pub max_locations: usize,
    /// `in_store` where offered, otherwise the first kind of pick-up the service names.
    pub pickup_type: String,
}

/// A store: UCP's Location.
#[derive(Clone, Debug)]
pub struct Place {
    /// The service's own id.
    pub id: String,
    /// As on its door.
    pub name: String,
    /// On one line.
    pub address: String,
    /// From the place searched for, in metres.
    pub distance_m: Option<f64>,
    /// Shown number.
    pub phone: Option<String>,
    /// Checked link.
    pub page: Option<String>,
    /// East of UTC, in minutes.
    pub offset_min: Option<i32>,
    /// The answer's object, for its opening hours.
    pub raw: Value,
}

/// One store's stock of one item.
#[derive(Clone, Debug)]
pub struct Stock {
    /// Of the store.
    pub location_id: String,
    /// The store's name, where the answer has it.
    pub name: Option<String>,
    /// In metres, where the answer has it.
    pub distance_m: Option<f64>,
    /// One of the contract's words, `unknown` for any other.
    pub status: &'static str,
    /// `None` where nobody knows.
    pub available: Option<bool>,
    /// Shown only where it is exact.
    pub exact_quantity: Option<i64>,
    /// How old the statement was when the answer was sent, in ms.
    pub age_ms: i64,
    /// The provider has doubts of its own.
    pub doubtful: bool,
    /// The service takes reservations for it.
    pub reservable: bool,
    /// When it can be collected.
    pub ready_by: Option<Moment>,
    /// The same as a length, in seconds.
    pub ready_in_s: Option<i64>,
    /// The same in the provider's words.
    pub ready_text: Option<String>,
    /// Day number on which more arrives.
    pub incoming_day: Option<i64>,
    /// Where in the store.
    pub shelf: Option<String>,
    /// Minor units and currency.
    pub fee: Option<(i64, String)>,
}

/// `GET availability`.
#[derive(Clone, Debug)]
pub struct Availability {
    /// The item's own number, where it was asked for by its GTIN.
    pub item_id: String,
    /// Per store.
    pub stocks: Vec<Stock>,
    /// For how long the provider vouches for it, in ms.
    pub max_age_ms: i64,
}

/// The contract's status words.
const STATUSES: [&str; 10] = [
    "in_stock",
    "limited",
    "out_of_stock",
    "backorder",
    "preorder",
    "on_display_to_order",
    "ship_to_store",
    "discontinued",
    "assigned",
    "unknown",
];

/// The contract's own word for a status, `unknown` for a foreign one.
pub fn status_word(text: Option<&str>) -> &'static str {
    STATUSES.into_iter().find(|word| Some(*word) == text).unwrap_or("unknown")
}

/// Reads `GET capabilities`.
pub fn capabilities(body: &Value) -> Result<Capabilities, Malformed> {
    // The hold decides the whole flow: without it the answer is not one of ours.
    let hold = body.get("hold").and_then(Value::as_str).ok_or(Malformed)?;
    let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let is_true = |name: &str| body.get(name).and_then(Value::as_bool).unwrap_or(false);
    let kinds = || body.get("pickup_types").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let pickup_type = kinds().find(|kind| *kind == "in_store").or_else(|| kinds().next()).unwrap_or("in_store");
    let mut fields = body.get("contact_fields").and_then(Value::as_array).into_iter().flatten();
    Ok(Capabilities {
        locations: is_true("locations"),
        availability: word("availability") != "none",
        level: match hold {
            "none" => Level::None,
            "reservation" => Level::Reservation,
            _ => Level::Handoff,
        },
        cancel: is_true("cancel"),
        contact: match word("contact") {
            "required" => ContactRule::Required,
            "none" => ContactRule::None,
            _ => ContactRule::Optional,
        },
        phone: fields.any(|field| field.as_str() == Some("phone")),
        by_place: matches!(word("geo"), "postal" | "point"),
        by_point: word("geo") == "point",
        max_locations: body.get("max_locations").and_then(Value::as_u64).unwrap_or(20).clamp(1, MOST_STORES as u64)
            as usize,
        pickup_type: text::tidy(pickup_type, 40).unwrap_or_default(),
    })
}

/// Reads `POST locations/search`.
pub fn places(body: &Value) -> Result<Vec<Place>, Malformed> {
    let list = body.get("locations").and_then(Value::as_array).ok_or(Malformed)?;
    Ok(list.iter().filter_map(place).take(MOST_STORES).collect())
}

/// Reads `GET availability` for `item_id`.
pub fn availability(body: &Value, item_id: &str) -> Result<Availability, Malformed> {
    let items = body.get("items").and_then(Value::as_array).ok_or(Malformed)?;
    let names_it = |item: &&Value| [item.get("item_id"), item.get("gtin")].contains(&Some(&Value::from(item_id)));
    let item = items.iter().find(names_it).ok_or(Malformed)?;
    let list = item.get("locations").and_then(Value::as_array).ok_or(Malformed)?;
    let as_of_ms = moment(body, "as_of").map(|at| at.unix_ms);
    let max_age_s = body.get("max_age_s").and_then(Value::as_i64).unwrap_or(60).clamp(0, 86_400);
    let stocks = list.iter().filter_map(|entry| stock(entry, as_of_ms)).take(MOST_STORES).collect();
    let item_id = plain(item, "item_id").unwrap_or_else(|| item_id.to_owned());
    Ok(Availability { item_id, stocks, max_age_ms: max_age_s * 1000 })
}

/// The RFC 3339 instant at `value[name]`.
pub fn moment(value: &Value, name: &str) -> Option<Moment> {
    value.get(name).and_then(Value::as_str).and_then(time::parse_moment)
}

fn place(entry: &Value) -> Option<Place> {
    let id = plain(entry, "id")?;
    Some(Place {
        name: plain(entry, "name").unwrap_or_else(|| id.clone()),
        address: entry.get("address").map(address).unwrap_or_default(),
        distance_m: distance(entry),
        phone: plain(entry, "phone"),
        page: entry.get("url").and_then(Value::as_str).and_then(text::link),
        offset_min: entry.get("utc_offset").and_then(Value::as_str).and_then(time::parse_offset),
        raw: entry.clone(),
        id,
    })
}

/// UCP writes the parts apart; older services one string.
fn address(value: &Value) -> String {
    if let Some(line) = value.as_str() {
        return text::tidy(line, text::LONGEST).unwrap_or_default();
    }
    let part = |names: [&str; 2]| names.iter().find_map(|name| plain(value, name)).unwrap_or_default();
    let (street, postal) = (part(["street_address", "address1"]), part(["postal_code", "zip"]));
    let town = part(["address_locality", "city"]);
    let second = [postal, town].join(" ");
    [street.as_str(), second.trim()].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

fn distance(entry: &Value) -> Option<f64> {
    entry.get("distance_m").and_then(Value::as_f64).filter(|metres| (0.0..2.1e7).contains(metres))
}

fn stock(entry: &Value, answer_ms: Option<i64>) -> Option<Stock> {
    let nothing = Value::Null;
    let (state, pickup) = (entry.get("availability").unwrap_or(&nothing), entry.get("pickup").unwrap_or(&nothing));
    let status = status_word(state.get("status").and_then(Value::as_str));
    let asks = matches!(status, "assigned" | "unknown");
    let exact = state.get("quantity_precision").and_then(Value::as_str) == Some("exact");
    let said_ms = moment(state, "as_of").map(|at| at.unix_ms).or(answer_ms);
    let available = state.get("available").and_then(Value::as_bool).filter(|_| !asks);
    let fee = pickup.get("price").and_then(|price| Some((price.get("amount")?.as_i64()?, plain(price, "currency")?)));
    Some(Stock {
        location_id: plain(entry, "location_id")?,
        name: plain(entry, "name"),
        distance_m: distance(entry),
        status,
        available,
        exact_quantity: state
            .get("quantity")
            .and_then(Value::as_i64)
            .filter(|count| exact && (1..100_000).contains(count)),
        age_ms: answer_ms.zip(said_ms).map_or(0, |(now, then)| now.saturating_sub(then).max(0)),
        doubtful: state.get("confidence").and_then(Value::as_str) == Some("low"),
        reservable: pickup.get("method").and_then(Value::as_str) == Some("reserve") && available == Some(true),
        ready_by: moment(pickup, "ready_by"),
        ready_in_s: pickup.get("ready_in").and_then(Value::as_str).and_then(time::parse_duration_s),
        ready_text: plain(pickup, "ready_text"),
        incoming_day: state
            .get("incoming")
            .and_then(|more| more.get("expected_at"))
            .and_then(Value::as_str)
            .and_then(|day| time::parse_date(day.get(..10)?)),
        shelf: plain(entry, "in_store_location"),
        fee: fee.filter(|(amount, _)| *amount > 0),
    })
}
