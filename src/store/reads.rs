//! The reads: capabilities, then stores, then their stock; whatever is missing or too old, one at a time.

use super::answer;
use super::event::{Answer, Near};
use super::flight::{Flight, Kind, Outcome, Sending};
use super::machine::{Cached, Phase, Store};
use super::text::encode;
use serde_json::{Value, json};

/// In ms. A list that is not there after this is asked for again.
const TIMEOUT_MS: u32 = 5_000;
/// In ms. A shown list is not asked for again more often.
const SHORTEST_AGE_MS: i64 = 30_000;
/// In ms. After a failure the stores are left alone so long, unless the shopper asks.
const PAUSE_MS: i64 = 60_000;
/// In metres. The contract wants a bound; this one holds a country's region.
const RADIUS_M: i64 = 200_000;
/// Answers kept for `If-None-Match`.
const MOST_CACHED: usize = 8;

impl Store {
    /// Sends the first read that is missing, if the panel is looked at and nothing is on its way.
    pub(super) fn read_what_is_missing(&mut self) {
        let wanted = self.open && self.config.is_some() && self.reads_in_this_phase();
        let on_the_way = [Kind::Capabilities, Kind::Places, Kind::Stock].into_iter().any(|kind| self.has_flight(kind));
        if !wanted || on_the_way || self.now_ms < self.read_again_ms {
            return;
        }
        let Some(capabilities) = self.capabilities.clone() else {
            return self.send_read(Kind::Capabilities, "GET", "/capabilities".into(), None);
        };
        if capabilities.locations && self.places_for.as_ref() != Some(&self.near) {
            let body = self.search_body();
            return self.send_read(Kind::Places, "POST", "/locations/search".into(), Some(body));
        }
        let nobody_to_ask = capabilities.locations && self.places.is_empty();
        if !capabilities.availability || nobody_to_ask {
            self.stocks.clear();
            self.stocks_got_ms = self.now_ms;
            self.max_age_ms = PAUSE_MS;
        } else if self.now_ms >= self.old_at_ms() {
            let path = self.availability_path(capabilities.max_locations);
            return self.send_read(Kind::Stock, "GET", path, None);
        }
        self.list_is_ready();
    }

    /// When a read falls due by itself.
    pub(super) fn next_read_ms(&self) -> Option<i64> {
        let idle = self.open && self.config.is_some() && self.reads_in_this_phase() && self.flights.is_empty();
        idle.then(|| self.read_again_ms.max(self.old_at_ms()))
    }

    pub(super) fn read_answered(&mut self, flight: &Flight, outcome: Outcome, answer: &Answer) {
        let body = match outcome {
            Outcome::Body(body) => body,
            Outcome::NotModified => match self.cached_body(flight.url()) {
                Some(body) => body,
                None => return self.read_failed("malformed_response", None),
            },
            Outcome::Problem(code, _) => return self.read_failed(read_code(&code), None),
            Outcome::Malformed | Outcome::Again(_) => return self.read_failed("malformed_response", None),
        };
        let taken = match flight.kind() {
            Kind::Capabilities => answer::capabilities(&body).map(|read| self.capabilities = Some(read)),
            Kind::Places => answer::places(&body).map(|places| {
                self.places = places;
                self.places_for = Some(self.near.clone());
            }),
            _ => self.take_stock(&body),
        };
        match taken {
            Err(answer::Malformed) => self.read_failed("malformed_response", None),
            Ok(()) => {
                self.read_error = None;
                if let Some(etag) = answer.etag.clone().filter(|_| answer.status == 200 && flight.kind() == Kind::Stock)
                {
                    self.cache(Cached { url: flight.url().to_owned(), etag, body: answer.body.clone() });
                }
            }
        }
    }

    pub(super) fn read_failed(&mut self, code: &'static str, retry_after_s: Option<i64>) {
        self.read_error = Some(code);
        self.read_again_ms = self.now_ms + PAUSE_MS.max(retry_after_s.unwrap_or(0) * 1000);
        let something_to_show = !self.stocks.is_empty() && !matches!(code, "item_not_found" | "unauthorized");
        if self.phase == Phase::Refused || (self.phase == Phase::List && something_to_show) {
            return;
        }
        if something_to_show {
            self.phase = Phase::List;
        } else {
            self.phase = Phase::Unavailable;
            self.error = Some(code);
        }
    }

    fn reads_in_this_phase(&self) -> bool {
        let idle_failure = self.phase == Phase::Unavailable && self.unresolved.is_none() && self.read_error.is_some();
        matches!(self.phase, Phase::Loading | Phase::List | Phase::Refused) || idle_failure
    }

    fn old_at_ms(&self) -> i64 {
        self.stocks_got_ms.saturating_add(self.max_age_ms.max(SHORTEST_AGE_MS))
    }

    fn list_is_ready(&mut self) {
        if matches!(self.phase, Phase::Loading | Phase::Unavailable) {
            self.phase = Phase::List;
            self.error = None;
        }
        if !self.viewed && self.phase == Phase::List {
            self.viewed = true;
            let with_stock = self.stocks.iter().filter(|stock| stock.available == Some(true)).count();
            let stores = self.places.len().max(self.stocks.len());
            let item = self.config.as_ref().map(|config| config.item_id.clone());
            self.notify(
                "store_availability_view",
                json!({ "item_id": item, "stores": stores, "with_stock": with_stock }),
            );
        }
    }

    fn take_stock(&mut self, body: &Value) -> Result<(), answer::Malformed> {
        let Some(config) = &self.config else { return Ok(()) };
        let read = answer::availability(body, &config.item_id)?;
        self.stocks = read.stocks;
        self.item_known = read.item_id;
        self.max_age_ms = read.max_age_ms;
        self.stocks_got_ms = self.now_ms;
        Ok(())
    }

    fn send_read(&mut self, kind: Kind, method: &'static str, path: String, body: Option<Value>) {
        let url = format!("{}{path}", self.config.as_ref().map_or("", |config| config.base_url.as_str()));
        let known = self.cached.iter().find(|cached| kind == Kind::Stock && cached.url == url);
        let headers = known.map(|cached| ("If-None-Match", cached.etag.clone())).into_iter().collect();
        let body = body.map(|body| body.to_string());
        self.send(Sending { kind, method, path, headers, body, timeout_ms: TIMEOUT_MS });
    }

    /// Coordinates go into the body, never into an address that lands in logs.
    fn search_body(&self) -> Value {
        match &self.near {
            Near::Nowhere => json!({}),
            Near::Place(text) => json!({ "query": text }),
            Near::Point { latitude_centi, longitude_centi } => json!({ "distance": {
                "center": { "latitude": degrees(*latitude_centi), "longitude": degrees(*longitude_centi) },
                "max": RADIUS_M,
            } }),
        }
    }

    fn availability_path(&self, most: usize) -> String {
        let (item, quantity) =
            self.config.as_ref().map_or(("", 1), |config| (config.item_id.as_str(), config.quantity));
        let mut path = format!("/availability?item={}&quantity={quantity}", encode(item));
        for place in self.places.iter().take(most) {
            path.push_str("&location=");
            path.push_str(&encode(&place.id));
        }
        path
    }

    fn cached_body(&self, url: &str) -> Option<Value> {
        let cached = self.cached.iter().find(|cached| cached.url == url)?;
        serde_json::from_str(&cached.body).ok()
    }

    fn cache(&mut self, entry: Cached) {
        self.cached.retain(|cached| cached.url != entry.url);
        if self.cached.len() >= MOST_CACHED {
            self.cached.remove(0);
        }
        self.cached.push(entry);
    }
}

/// Back from hundredths: dividing gives the nearest double to the two decimals, so no digit beyond them is written.
fn degrees(centi: i32) -> f64 {
    f64::from(centi) / 100.0
}

fn read_code(code: &str) -> &'static str {
    match code {
        "item_not_found" | "location_not_found" => "item_not_found",
        "unauthorized" | "forbidden_origin" => "unauthorized",
        "not_found" => "upstream_unavailable",
        _ => "invalid_request",
    }
}
