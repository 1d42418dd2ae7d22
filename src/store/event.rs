//! What the page tells the store: plain values, checked where they come in.

use super::text;
use serde_json::Value;
use std::fmt;

/// Where the shopper looks for stores.
#[derive(Clone, Debug, PartialEq)]
pub enum Near {
    /// Everywhere.
    Nowhere,
    /// Degrees in hundredths: cut to about a kilometre before anything leaves the page.
    Point {
        /// Latitude in hundredths of a degree, north positive.
        latitude_centi: i32,
        /// Longitude in hundredths of a degree, east positive.
        longitude_centi: i32,
    },
    /// A postal code or the name of a town.
    Place(String),
}

/// How the store is reached and what is asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the contract is served, without a slash at the end.
    pub base_url: String,
    /// The shop's item number.
    pub item_id: String,
    /// The world's item number.
    pub gtin: Option<String>,
    /// How many, 1 to 99.
    pub quantity: i64,
    /// BCP 47, for miles.
    pub locale: String,
    /// The store this screen stands in.
    pub store_id: Option<String>,
    /// Where to go on when there is no store service.
    pub page_url: Option<String>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// First, and when an attribute changes.
    Configure(Config),
    /// After a reload, what `Remember` gave.
    Restore {
        /// Opaque.
        reservation_id: String,
        /// Opaque.
        access_token: String,
    },
    /// The panel is shown.
    Open,
    /// The panel is hidden.
    Close,
    /// Another variant.
    ItemChanged {
        /// The shop's item number.
        item_id: String,
        /// The world's.
        gtin: Option<String>,
    },
    /// Look round here.
    Near(Near),
    /// The browser or the shopper refused the location.
    LocationDenied,
    /// This store.
    Choose(String),
    /// To the list.
    Back,
    /// To the reservation still held.
    ShowReservation,
    /// The form's fields; those left out keep their text.
    Contact {
        /// First name or nickname is enough.
        name: Option<String>,
        /// E-mail address.
        email: Option<String>,
        /// Telephone number.
        phone: Option<String>,
    },
    /// The box under the form.
    Consent(bool),
    /// Hold it; the key is used unless one for the same wish is still open.
    Reserve {
        /// A fresh UUID.
        idempotency_key: String,
    },
    /// Call it off.
    Cancel {
        /// A fresh UUID.
        idempotency_key: String,
    },
    /// Once more.
    Retry,
    /// A response arrived.
    Answer(Answer),
    /// No response arrived.
    Failed {
        /// Of the effect.
        request_id: u64,
        /// Why.
        kind: FailureKind,
    },
    /// The time, in unix ms.
    Tick(i64),
}

/// A response, whatever its status.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Of the effect.
    pub request_id: u64,
    /// HTTP status.
    pub status: u16,
    /// `Retry-After` in seconds.
    pub retry_after_s: Option<i64>,
    /// `ETag`.
    pub etag: Option<String>,
    /// The body as text.
    pub body: String,
}

/// Why no response arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// No network, or the service cannot be reached.
    Offline,
    /// It took too long.
    Timeout,
    /// The page itself broke it off.
    Aborted,
}

/// An event that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventError(
    /// What is wrong and what to do.
    pub String,
);

impl fmt::Display for EventError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Event {
    /// Reads `{ "type": ..., ... }`, see the table in the module's front page.
    pub fn from_json(value: &Value) -> Result<Event, EventError> {
        let optional = |name: &str| text::plain(value, name);
        let needed = |name: &str| {
            optional(name).ok_or_else(|| EventError(format!("the event lacks the text \"{name}\": give it")))
        };
        let typed = |name: &str| {
            value.get(name).and_then(Value::as_str).and_then(|typed| text::tidy(typed, 254)).unwrap_or_default()
        };
        let field = |name: &str| value.get(name).and_then(Value::as_str).map(|_| typed(name));
        Ok(match value.get("type").and_then(Value::as_str).unwrap_or_default() {
            "configure" => Event::Configure(config(value)?),
            "restore" => Event::Restore {
                reservation_id: needed("reservation_id")?,
                access_token: text::secret(value, "access_token")
                    .ok_or_else(|| EventError("the event lacks the text \"access_token\": give it".into()))?,
            },
            "open" => Event::Open,
            "close" => Event::Close,
            "item_changed" => Event::ItemChanged { item_id: needed("item_id")?, gtin: optional("gtin") },
            "near" => Event::Near(near(value)?),
            "location_denied" => Event::LocationDenied,
            "choose" => Event::Choose(needed("location_id")?),
            "back" => Event::Back,
            "show_reservation" => Event::ShowReservation,
            "contact" => Event::Contact { name: field("name"), email: field("email"), phone: field("phone") },
            "consent" => Event::Consent(value.get("given").and_then(Value::as_bool).unwrap_or(false)),
            "reserve" => Event::Reserve { idempotency_key: needed("idempotency_key")? },
            "cancel" => Event::Cancel { idempotency_key: needed("idempotency_key")? },
            "retry" => Event::Retry,
            "answer" => Event::Answer(response(value)?),
            "failed" => Event::Failed { request_id: request_id(value)?, kind: failure_kind(value) },
            "tick" => Event::Tick(whole(value, "now_ms")?),
            other => return Err(EventError(format!("\"{other}\" is no store event: see the table of events"))),
        })
    }
}

fn config(value: &Value) -> Result<Config, EventError> {
    let base_url = text::plain(value, "base_url").unwrap_or_default();
    if !text::is_base_url(&base_url) {
        let wish = "use an https address, http on localhost, or a path such as /api/v1";
        return Err(EventError(format!("the store address \"{base_url}\" cannot be asked: {wish}")));
    }
    let gtin = text::plain(value, "gtin");
    let item_id = text::plain(value, "item_id").or_else(|| gtin.clone());
    Ok(Config {
        base_url: base_url.trim_end_matches('/').to_owned(),
        item_id: item_id.ok_or_else(|| EventError("the store needs an item number: give item_id or gtin".into()))?,
        gtin,
        quantity: value.get("quantity").and_then(Value::as_i64).unwrap_or(1).clamp(1, 99),
        locale: text::plain(value, "locale").unwrap_or_default(),
        store_id: text::plain(value, "store_id"),
        page_url: value.get("page_url").and_then(Value::as_str).and_then(text::link),
    })
}

fn near(value: &Value) -> Result<Near, EventError> {
    if let Some(place) = value.get("place").and_then(Value::as_str) {
        return Ok(text::tidy(place, 80).map_or(Near::Nowhere, Near::Place));
    }
    let degrees = |name: &str, most: f64| {
        let number = value.get(name).and_then(Value::as_f64).filter(|number| number.abs() <= most);
        number.ok_or_else(|| EventError(format!("{name} must be a number between -{most} and {most} degrees")))
    };
    let (latitude, longitude) = (degrees("latitude", 90.0)?, degrees("longitude", 180.0)?);
    Ok(Near::Point {
        latitude_centi: (latitude * 100.0).round() as i32,
        longitude_centi: (longitude * 100.0).round() as i32,
    })
}

fn response(value: &Value) -> Result<Answer, EventError> {
    let nothing = Value::Null;
    let headers = value.get("headers").unwrap_or(&nothing);
    Ok(Answer {
        request_id: request_id(value)?,
        status: u16::try_from(whole(value, "status")?).unwrap_or(0),
        retry_after_s: text::plain(headers, "retry-after")
            .and_then(|seconds| seconds.parse().ok())
            .filter(|seconds| (0..=86_400).contains(seconds)),
        etag: text::plain(headers, "etag"),
        body: value.get("body").and_then(Value::as_str).unwrap_or_default().to_owned(),
    })
}

fn request_id(value: &Value) -> Result<u64, EventError> {
    whole(value, "request_id").map(i64::unsigned_abs)
}

fn failure_kind(value: &Value) -> FailureKind {
    match value.get("kind").and_then(Value::as_str) {
        Some("timeout") => FailureKind::Timeout,
        Some("aborted") => FailureKind::Aborted,
        _ => FailureKind::Offline,
    }
}

/// A whole number; JavaScript may write it as a float.
fn whole(value: &Value, name: &str) -> Result<i64, EventError> {
    let number = value.get(name).and_then(Value::as_f64).filter(|number| number.abs() < 9.0e15);
    number
        .map(|number| number as i64)
        .ok_or_else(|| EventError(format!("the event lacks the number \"{name}\": give it")))
}
