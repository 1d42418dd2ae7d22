//! One store as the panel shows it: status in words that follow the age of the answer, promise, opening, distance.

use super::answer::{Level, Place, Stock};
use super::hours::{self, Opening};
use super::machine::Store;
use super::text;
use super::time::{self, Moment};
use super::words::{self, say, say_when};
use serde_json::{Value, json};

/// A store's two halves, either of which may be missing.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub place: Option<&'a Place>,
    pub stock: Option<&'a Stock>,
}

impl<'a> Row<'a> {
    pub fn id(&self) -> &'a str {
        self.place
            .map(|place| place.id.as_str())
            .or(self.stock.map(|stock| stock.location_id.as_str()))
            .unwrap_or_default()
    }

    pub fn name(&self) -> &'a str {
        let named = self.stock.and_then(|stock| stock.name.as_deref());
        self.place.map(|place| place.name.as_str()).or(named).unwrap_or(self.id())
    }

    pub fn distance_m(&self) -> Option<f64> {
        self.place.and_then(|place| place.distance_m).or(self.stock.and_then(|stock| stock.distance_m))
    }
}

impl Store {
    /// The stores, the one this screen stands in first, then by distance, then as the service ordered them.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let stock_of = |id: &str| self.stocks.iter().find(|stock| stock.location_id == id);
        let mut rows: Vec<Row> =
            self.places.iter().map(|place| Row { place: Some(place), stock: stock_of(&place.id) }).collect();
        let listed = |stock: &&Stock| self.places.iter().any(|place| place.id == stock.location_id);
        rows.extend(
            self.stocks.iter().filter(|stock| !listed(stock)).map(|stock| Row { place: None, stock: Some(stock) }),
        );
        let here = self.config.as_ref().and_then(|config| config.store_id.as_deref());
        rows.sort_by(|a, b| {
            let key = |row: &Row| (Some(row.id()) != here, row.distance_m().unwrap_or(f64::MAX));
            let (a, b) = (key(a), key(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        rows
    }

    pub(super) fn row(&self, location_id: &str) -> Option<Row<'_>> {
        self.rows().into_iter().find(|row| row.id() == location_id)
    }

    /// Age of a statement about stock, now, in ms.
    pub(super) fn age_ms(&self, stock: &Stock) -> i64 {
        stock.age_ms.saturating_add(self.now_ms.saturating_sub(self.stocks_got_ms).max(0))
    }

    pub(super) fn is_stale(&self, stock: &Stock) -> bool {
        self.age_ms(stock) > self.max_age_ms.max(60_000)
    }

    pub(super) fn can_choose(&self, row: Row) -> bool {
        match self.level() {
            Some(Level::Reservation) => row.stock.is_some_and(|stock| stock.reservable),
            Some(Level::Handoff) => true,
            _ => false,
        }
    }

    pub(super) fn row_json(&self, row: Row, status: Option<&'static str>) -> Value {
        let locale = self.config.as_ref().map_or("", |config| config.locale.as_str());
        let word = status.or(row.stock.map(|stock| stock.status)).unwrap_or("unknown");
        let fee =
            row.stock.and_then(|stock| stock.fee.as_ref()).map(|(amount, currency)| words::fee(*amount, currency));
        let mut out = store_json(row);
        let more = json!({
            "distance_m": row.distance_m().map(f64::round),
            "distance": row.distance_m().map(|metres| words::distance(metres, locale)),
            "status": word,
            "tone": tone(row, word),
            "stock": self.stock_words(row, word),
            "stale": row.stock.is_some_and(|stock| self.is_stale(stock)),
            "pickup": row.stock.filter(|stock| stock.available == Some(true)).and_then(|stock| self.promise(stock)),
            "incoming": row.stock.and_then(|stock| stock.incoming_day).map(|day| say("incoming", &[("date", &words::date_words(day))])),
            "opening": self.opening_json(row),
            "shelf": row.stock.and_then(|stock| stock.shelf.as_deref()),
            "price": fee,
            "can_choose": self.can_choose(row),
            "chosen": self.chosen.as_deref() == Some(row.id()),
        });
        if let (Some(out), Value::Object(more)) = (out.as_object_mut(), more) {
            out.extend(more);
        }
        out
    }

    fn stock_words(&self, row: Row, word: &str) -> Value {
        let Some(stock) = row.stock.filter(|stock| stock.status == word) else {
            return say(plain_key(word), &[]);
        };
        let age = words::age_words(self.age_ms(stock));
        let has = matches!(word, "in_stock" | "limited");
        match (has, self.is_stale(stock)) {
            _ if stock.doubtful && !self.is_stale(stock) => say("status_ask", &[]),
            (true, true) if stock.reservable && self.level() == Some(Level::Reservation) => {
                say("status_was_reserve", &[("age", &age)])
            }
            (true, true) => say("status_was_ask", &[("age", &age)]),
            (true, false) => match stock.exact_quantity {
                Some(count) => say("status_exact", &[("count", &count.to_string())]),
                None => say(plain_key(word), &[]),
            },
            (false, true) if word == "out_of_stock" => say("status_was_out", &[("age", &age)]),
            _ => say(plain_key(word), &[]),
        }
    }

    fn promise(&self, stock: &Stock) -> Option<Value> {
        if let Some(at) = stock.ready_by {
            return Some(ready_words(at, self.now_ms));
        }
        let text = stock.ready_text.as_ref().map(|promise| say("ready_text", &[("promise", promise)]));
        text.or(stock.ready_in_s.map(words::ready_in))
    }

    fn opening_json(&self, row: Row) -> Value {
        let offset = row
            .place
            .and_then(|place| place.offset_min)
            .or(row.stock.and_then(|stock| stock.ready_by).map(|at| at.offset_min));
        let known = row.place.zip(offset);
        let opening = known.map_or(Opening::Unknown, |(place, offset)| hours::opening(&place.raw, offset, self.now_ms));
        let when = |unix_ms: i64| Moment { unix_ms, offset_min: offset.unwrap_or(0) };
        let (state, text) = match opening {
            Opening::Unknown => ("unknown", say("hours_unknown", &[])),
            Opening::Open(None) => ("open", say("open_always", &[])),
            Opening::Open(Some(until)) => {
                ("open", say_when(["open_until", "open_until", "open_until"], when(until), self.now_ms))
            }
            Opening::Closed(None) => ("closed", say("closed", &[])),
            Opening::Closed(Some(at)) => {
                ("closed", say_when(["opens_today", "opens_tomorrow", "opens_date"], when(at), self.now_ms))
            }
        };
        json!({ "state": state, "text": text })
    }
}

/// The promise to have it ready.
pub(super) fn ready_words(at: Moment, now_ms: i64) -> Value {
    // A promise that has passed is not a time any more; the store has it by now.
    let at = if at.unix_ms < now_ms { Moment { unix_ms: now_ms, ..at } } else { at };
    say_when(["ready_today", "ready_tomorrow", "ready_date"], rounded_up(at), now_ms)
}

/// Who and where, without stock.
pub(super) fn store_json(row: Row) -> Value {
    let phone = row.place.and_then(|place| place.phone.as_deref());
    let phone = phone.and_then(|number| Some(json!({ "text": number, "href": text::telephone_link(number)? })));
    let page = row.place.and_then(|place| place.page.as_deref());
    json!({
        "location_id": row.id(),
        "name": row.name(),
        "address": row.place.map_or("", |place| place.address.as_str()),
        "phone": phone,
        "page": page.map(|href| json!({ "text": text::host(href), "href": href })),
    })
}

/// To the next five minutes: a promise to the minute is not meant so.
fn rounded_up(at: Moment) -> Moment {
    let step_ms = 5 * time::MINUTE_MS;
    Moment {
        unix_ms: at.unix_ms.div_euclid(step_ms) * step_ms
            + if at.unix_ms.rem_euclid(step_ms) > 0 { step_ms } else { 0 },
        ..at
    }
}

fn tone(row: Row, word: &str) -> &'static str {
    let doubtful = row.stock.is_some_and(|stock| stock.doubtful);
    match word {
        _ if doubtful => "ask",
        "in_stock" => "good",
        "limited" | "backorder" | "preorder" | "on_display_to_order" | "ship_to_store" => "some",
        "out_of_stock" | "discontinued" => "none",
        _ => "ask",
    }
}

fn plain_key(word: &str) -> &'static str {
    match word {
        "in_stock" => "status_in_stock",
        "limited" => "status_limited",
        "out_of_stock" => "status_out_of_stock",
        "backorder" => "status_backorder",
        "preorder" => "status_preorder",
        "on_display_to_order" => "status_on_display_to_order",
        "ship_to_store" => "status_ship_to_store",
        "discontinued" => "status_discontinued",
        _ => "status_ask",
    }
}
