//! Requests on their way: one of each kind at most, so that a late answer to an older question finds nobody.

use super::effect::{Effect, Request};
use super::event::{Answer, FailureKind};
use super::machine::Store;
use super::retry::{self, Budget, Failure};
use serde_json::Value;

/// A longer answer is not read.
const LONGEST_BODY: usize = 1 << 20;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the service can do.
    Capabilities,
    /// Which stores there are.
    Places,
    /// What they have.
    Stock,
    /// Hold it.
    Reserve,
    /// How is the reservation.
    Poll,
    /// Call it off.
    Cancel,
}

/// A request in the air, or waiting to be sent again.
#[derive(Clone, Debug)]
pub struct Flight {
    kind: Kind,
    /// When to send again; `None` in the air.
    due_ms: Option<i64>,
    sent: u32,
    first_ms: i64,
    request: Request,
}

impl Flight {
    /// When it is to be sent again, if it waits.
    pub fn due_ms(&self) -> Option<i64> {
        self.due_ms
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        &self.request.url
    }
}

/// A request to be sent.
pub struct Sending {
    /// What for.
    pub kind: Kind,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Below the base URL, with a slash first.
    pub path: String,
    /// Beyond `Accept`.
    pub headers: Vec<(&'static str, String)>,
    /// JSON text.
    pub body: Option<String>,
    /// In ms.
    pub timeout_ms: u32,
}

/// What a response means, before anybody looks into it.
pub enum Outcome {
    /// JSON.
    Body(Value),
    /// What is cached still holds.
    NotModified,
    /// Worth another try; the code says why.
    Again(&'static str),
    /// The service refused, with the contract's code and its whole document.
    Problem(String, Value),
    /// Nonsense.
    Malformed,
}

impl Outcome {
    /// Reads status and body.
    pub fn of(answer: &Answer) -> Outcome {
        let fits = answer.body.len() <= LONGEST_BODY;
        let body = || serde_json::from_str::<Value>(&answer.body).ok().filter(|body| fits && body.is_object());
        match answer.status {
            200 | 201 => body().map_or(Outcome::Malformed, Outcome::Body),
            304 => Outcome::NotModified,
            429 => Outcome::Again("rate_limited"),
            408 | 425 | 500..=599 => Outcome::Again("upstream_unavailable"),
            400..=499 => {
                let body = body().unwrap_or(Value::Null);
                match problem_code(&body, answer.status) {
                    code if code == "idempotency_in_flight" => Outcome::Again("upstream_unavailable"),
                    code => Outcome::Problem(code, body),
                }
            }
            _ => Outcome::Malformed,
        }
    }
}

/// The last part of the problem's `type`, or what the bare status says.
fn problem_code(body: &Value, status: u16) -> String {
    let kind = body.get("type").and_then(Value::as_str).unwrap_or_default();
    let word = kind.rsplit('/').next().unwrap_or_default();
    if !word.is_empty() && word.len() < 40 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        return word.to_owned();
    }
    match status {
        401 | 403 => "unauthorized",
        404 => "not_found",
        410 => "reservation_expired",
        _ => "invalid_request",
    }
    .to_owned()
}

impl Store {
    /// Sends, in place of an older request of the same kind.
    pub(super) fn send(&mut self, sending: Sending) {
        let Some(config) = &self.config else { return };
        let mut headers = vec![("Accept", "application/json, application/problem+json".to_owned())];
        headers.extend(sending.headers);
        if sending.body.is_some() {
            headers.push(("Content-Type", "application/json".to_owned()));
        }
        let request = Request {
            request_id: 0,
            method: sending.method,
            url: format!("{}{}", config.base_url, sending.path),
            headers,
            body: sending.body,
            timeout_ms: sending.timeout_ms,
        };
        self.drop_flights(|kind| kind == sending.kind);
        self.launch(Flight { kind: sending.kind, due_ms: None, sent: 0, first_ms: self.now_ms, request });
    }

    /// Breaks reads off. Their answers, should they still come, are dropped.
    pub(super) fn drop_reads(&mut self) {
        self.drop_flights(|kind| matches!(kind, Kind::Capabilities | Kind::Places | Kind::Stock));
    }

    pub(super) fn has_flight(&self, kind: Kind) -> bool {
        self.flights.iter().any(|flight| flight.kind == kind)
    }

    /// Sends again what has waited long enough.
    pub(super) fn send_what_is_due(&mut self) {
        let now_ms = self.now_ms;
        let due: Vec<Flight> =
            self.flights.extract_if(.., |flight| flight.due_ms.is_some_and(|at| at <= now_ms)).collect();
        for flight in due {
            self.launch(flight);
        }
    }

    pub(super) fn answered(&mut self, answer: Answer) {
        let Some(flight) = self.landed(answer.request_id) else { return };
        match Outcome::of(&answer) {
            Outcome::Again(code) => self.again_or_give_up(flight, code, answer.retry_after_s),
            outcome => self.deliver(&flight, outcome, &answer),
        }
    }

    pub(super) fn failed(&mut self, request_id: u64, kind: FailureKind) {
        let Some(flight) = self.landed(request_id) else { return };
        let code = match kind {
            FailureKind::Offline => "network_offline",
            FailureKind::Timeout => "timeout",
            FailureKind::Aborted => "aborted",
        };
        self.again_or_give_up(flight, code, None);
    }

    fn deliver(&mut self, flight: &Flight, outcome: Outcome, answer: &Answer) {
        match flight.kind {
            Kind::Capabilities | Kind::Places | Kind::Stock => self.read_answered(flight, outcome, answer),
            Kind::Reserve => self.reserve_answered(outcome),
            Kind::Poll => self.poll_answered(outcome, answer.retry_after_s),
            Kind::Cancel => self.cancel_answered(outcome),
        }
    }

    fn again_or_give_up(&mut self, mut flight: Flight, code: &'static str, retry_after_s: Option<i64>) {
        let budget: Budget = match flight.kind {
            Kind::Reserve | Kind::Cancel => retry::WRITE,
            _ => retry::READ,
        };
        let failure = Failure {
            request_id: flight.request.request_id,
            sent: flight.sent,
            now_ms: self.now_ms,
            first_ms: flight.first_ms,
            retry_after_s,
        };
        if let Some(due_ms) = retry::next_ms(failure, budget) {
            flight.due_ms = Some(due_ms);
            self.flights.push(flight);
            return;
        }
        match flight.kind {
            Kind::Capabilities | Kind::Places | Kind::Stock => self.read_failed(code, retry_after_s),
            Kind::Reserve => self.reserve_failed(code),
            Kind::Poll => self.poll_later(retry_after_s),
            Kind::Cancel => self.cancel_failed(code),
        }
    }

    fn launch(&mut self, mut flight: Flight) {
        flight.request.request_id = self.next_request_id;
        self.next_request_id += 1;
        flight.due_ms = None;
        flight.sent += 1;
        self.effects.push(Effect::Http(flight.request.clone()));
        self.flights.push(flight);
    }

    fn landed(&mut self, request_id: u64) -> Option<Flight> {
        let in_air = |flight: &Flight| flight.due_ms.is_none() && flight.request.request_id == request_id;
        let position = self.flights.iter().position(in_air)?;
        Some(self.flights.remove(position))
    }

    fn drop_flights(&mut self, which: impl Fn(Kind) -> bool) {
        for flight in self.flights.extract_if(.., |flight| which(flight.kind)) {
            if flight.due_ms.is_none() {
                self.effects.push(Effect::Abort { request_id: flight.request.request_id });
            }
        }
    }
}

impl Flight {
    /// What it is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}
