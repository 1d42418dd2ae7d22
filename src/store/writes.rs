//! The writes: reserve, look after it, cancel. Only their answers are the truth; reads before them were a guess.

use super::answer::{self, ContactRule, Level};
use super::effect::Effect;
use super::flight::{Kind, Outcome, Sending};
use super::machine::{Intent, Phase, Refusal, Store, Unresolved};
use super::reservation::{Asked, Reservation};
use super::text::{self, encode};
use super::time;
use serde_json::{Map, Value, json};

/// In ms. A store's database may be slow; giving up early leaves doubt.
const TIMEOUT_MS: u32 = 10_000;
/// In ms. Between two looks at a reservation, unless the service wishes otherwise.
const POLL_MS: i64 = 30_000;
/// Which consent sentence was shown.
const CONSENT_TEXT: &str = "consent-1";

/// What is still missing in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// Neither name nor e-mail.
    Contact,
    /// Not an address.
    Email,
    /// Something was typed and the box is not ticked.
    Consent,
}

impl Store {
    /// What keeps the form from being sent.
    pub(super) fn form_errors(&self) -> Vec<FormError> {
        let mut errors = Vec::new();
        let rule = self.contact_rule();
        let email = self.contact.email.trim();
        if rule == ContactRule::Required && email.is_empty() && self.contact.name.trim().is_empty() {
            errors.push(FormError::Contact);
        }
        if rule != ContactRule::None && !email.is_empty() && !is_email(email) {
            errors.push(FormError::Email);
        }
        if self.says_something_personal() && self.consent_ms.is_none() {
            errors.push(FormError::Consent);
        }
        errors
    }

    pub(super) fn contact_rule(&self) -> ContactRule {
        self.capabilities.as_ref().map_or(ContactRule::None, |capabilities| capabilities.contact)
    }

    /// Whether consent is needed: only where there is something to consent to.
    pub(super) fn says_something_personal(&self) -> bool {
        let typed = [&self.contact.name, &self.contact.email, &self.contact.phone];
        self.contact_rule() != ContactRule::None && typed.iter().any(|text| !text.trim().is_empty())
    }

    pub(super) fn reserve(&mut self, fresh_key: String) {
        if self.phase == Phase::Unavailable && self.unresolved == Some(Unresolved::Reserve) {
            return self.retry_reserve();
        }
        if self.phase != Phase::Contact || self.level() != Some(Level::Reservation) {
            return;
        }
        self.show_form_errors = true;
        if !self.form_errors().is_empty() {
            return;
        }
        let Some((asked, body)) = self.reservation_body() else { return };
        // The same wish keeps its key until it has a final answer; another wish needs another key.
        if self.intent.as_ref().is_none_or(|intent| intent.body != body) {
            self.intent = Some(Intent { key: fresh_key, body, asked: asked.clone() });
        }
        self.notify("reserve_start", Store::asked_detail(&asked));
        self.send_reserve();
    }

    fn retry_reserve(&mut self) {
        self.unresolved = None;
        self.send_reserve();
    }

    pub(super) fn send_reserve(&mut self) {
        let Some(intent) = self.intent.clone() else { return self.go_to_list() };
        self.phase = Phase::Reserving;
        self.error = None;
        self.send(Sending {
            kind: Kind::Reserve,
            method: "POST",
            path: "/reservations".into(),
            headers: vec![("Idempotency-Key", intent.key)],
            body: Some(intent.body),
            timeout_ms: TIMEOUT_MS,
        });
    }

    pub(super) fn reserve_answered(&mut self, outcome: Outcome) {
        let body = match outcome {
            Outcome::Body(body) => body,
            Outcome::Problem(code, body) => return self.refused(code, &body),
            _ => return self.reserve_failed("malformed_response"),
        };
        let token = text::secret(&body, "access_token");
        let (Ok(reservation), Some(token)) = (Reservation::read(&body), token) else {
            return self.reserve_failed("malformed_response");
        };
        if !self.intent.as_ref().is_some_and(|intent| reservation.answers(&intent.asked)) {
            return self.reserve_failed("malformed_response");
        }
        self.intent = None;
        let mut detail = Store::asked_detail(&reservation.asked);
        if let Some(fields) = detail.as_object_mut() {
            fields.insert("reservation_id".into(), Value::from(reservation.id.as_str()));
        }
        self.notify("reserve_confirm", detail);
        self.effects.push(Effect::Remember { reservation_id: reservation.id.clone(), access_token: token.clone() });
        self.token = Some((reservation.id.clone(), token));
        self.contact = Default::default();
        self.consent_ms = None;
        self.stocks_got_ms = self.stocks_got_ms.min(0);
        self.phase = Phase::Held;
        self.take_reservation(reservation);
        self.poll_later(None);
    }

    /// No final answer: nobody knows whether it is held, so the key is kept.
    pub(super) fn reserve_failed(&mut self, code: &'static str) {
        self.fail_notice(code);
        self.unresolved = Some(Unresolved::Reserve);
        self.phase = Phase::Unavailable;
        self.error = Some(code);
    }

    fn refused(&mut self, code: String, body: &Value) {
        self.fail_notice(&code);
        self.intent = None;
        self.stocks_got_ms = self.stocks_got_ms.min(0);
        match code.as_str() {
            "contact_required" => {
                if let Some(capabilities) = self.capabilities.as_mut() {
                    capabilities.contact = ContactRule::Required;
                }
                self.phase = Phase::Contact;
            }
            "insufficient_stock" | "item_not_found" | "location_not_found" | "pickup_not_offered" | "outside_hours"
            | "quantity_limit" | "id_required" => {
                self.refusal = Some(Refusal {
                    limit: body.get("limit").and_then(Value::as_i64),
                    alternatives: alternatives(body),
                    code,
                });
                self.phase = Phase::Refused;
            }
            "unauthorized" | "forbidden_origin" => self.write_refused("unauthorized"),
            "already_final" | "reservation_expired" => self.write_refused("already_final"),
            _ => self.write_refused("invalid_request"),
        }
    }

    fn write_refused(&mut self, code: &'static str) {
        self.phase = Phase::Unavailable;
        self.error = Some(code);
        self.read_error = None;
    }

    fn fail_notice(&mut self, code: &str) {
        let asked = self.intent.as_ref().map(|intent| intent.asked.clone());
        let (item, store) = asked.map_or((None, None), |asked| (Some(asked.item_id), Some(asked.location_id)));
        self.notify("reserve_fail", json!({ "item_id": item, "location_id": store, "code": code }));
    }

    pub(super) fn cancel(&mut self, fresh_key: String) {
        let can = self.capabilities.as_ref().is_none_or(|capabilities| capabilities.cancel);
        let held = self.reservation.as_ref().is_some_and(Reservation::can_cancel);
        if can && held && matches!(self.phase, Phase::Held | Phase::Unavailable) {
            self.cancel_key.get_or_insert(fresh_key);
            self.send_cancel();
        }
    }

    pub(super) fn send_cancel(&mut self) {
        let (Some((id, token)), Some(key)) = (self.token.clone(), self.cancel_key.clone()) else {
            return self.go_to_list();
        };
        self.phase = Phase::Cancelling;
        self.error = None;
        self.send(Sending {
            kind: Kind::Cancel,
            method: "POST",
            path: format!("/reservations/{}/cancel", encode(&id)),
            headers: vec![("Authorization", format!("Bearer {token}")), ("Idempotency-Key", key)],
            body: None,
            timeout_ms: TIMEOUT_MS,
        });
    }

    pub(super) fn cancel_answered(&mut self, outcome: Outcome) {
        let read = match &outcome {
            Outcome::Body(body) => Reservation::read(body).ok().filter(|read| self.is_ours(read)),
            _ => None,
        };
        match (outcome, read) {
            (Outcome::Problem(code, _), _) => self.cancel_refused(&code),
            (_, Some(reservation)) if reservation.is_final() => {
                let detail =
                    json!({ "item_id": reservation.asked.item_id, "location_id": reservation.asked.location_id });
                self.notify("reserve_cancel", detail);
                self.take_reservation(reservation);
            }
            _ => self.cancel_failed("malformed_response"),
        }
    }

    pub(super) fn cancel_failed(&mut self, code: &'static str) {
        self.unresolved = Some(Unresolved::Cancel);
        self.phase = Phase::Unavailable;
        self.error = Some(code);
    }

    fn cancel_refused(&mut self, code: &str) {
        self.cancel_key = None;
        match code {
            "reservation_expired" | "reservation_not_found" | "not_found" | "unauthorized" => {
                if let Some(reservation) = self.reservation.as_mut() {
                    reservation.status = "expired";
                }
                self.reservation_ended();
            }
            _ => {
                self.phase = Phase::Held;
                self.error = Some("already_final");
                self.poll_at_ms = Some(self.now_ms);
            }
        }
    }

    pub(super) fn restore(&mut self, reservation_id: String, access_token: String) {
        self.token = Some((reservation_id, access_token));
        if self.config.is_some() {
            self.restoring = true;
            self.send_poll();
        }
    }

    pub(super) fn poll_if_due(&mut self) {
        if self.open
            && self.poll_at_ms.is_some_and(|at| at <= self.now_ms)
            && !self.has_flight(Kind::Poll)
            && self.phase != Phase::Cancelling
        {
            self.send_poll();
        }
    }

    pub(super) fn poll_later(&mut self, retry_after_s: Option<i64>) {
        let wait_ms = retry_after_s.map_or(POLL_MS, |seconds| seconds.max(1) * 1000);
        self.poll_at_ms = self.token.as_ref().map(|_| self.now_ms + wait_ms);
    }

    fn send_poll(&mut self) {
        let Some((id, token)) = self.token.clone() else { return };
        self.send(Sending {
            kind: Kind::Poll,
            method: "GET",
            path: format!("/reservations/{}", encode(&id)),
            headers: vec![("Authorization", format!("Bearer {token}"))],
            body: None,
            timeout_ms: TIMEOUT_MS,
        });
    }

    pub(super) fn poll_answered(&mut self, outcome: Outcome, retry_after_s: Option<i64>) {
        let restoring = std::mem::take(&mut self.restoring);
        match outcome {
            Outcome::Body(body) => match Reservation::read(&body).ok().filter(|read| self.is_ours(read)) {
                Some(reservation) if !matches!(self.phase, Phase::Cancelling) => {
                    if restoring && matches!(self.phase, Phase::Loading | Phase::List) && !reservation.is_final() {
                        self.phase = Phase::Held;
                    }
                    self.poll_later(retry_after_s);
                    self.take_reservation(reservation);
                }
                _ => self.poll_later(retry_after_s),
            },
            // Gone, or not ours any more: there is nothing left to show.
            Outcome::Problem(..) => {
                if let Some(reservation) = self.reservation.as_mut() {
                    reservation.status = "expired";
                }
                self.reservation_ended();
            }
            _ => self.poll_later(retry_after_s),
        }
    }

    fn is_ours(&self, reservation: &Reservation) -> bool {
        self.token.as_ref().is_some_and(|(id, _)| *id == reservation.id)
    }

    fn take_reservation(&mut self, reservation: Reservation) {
        if let Some(as_of_ms) = reservation.as_of_ms {
            self.skew_ms = as_of_ms - self.now_ms;
        }
        let over = reservation.is_final();
        self.reservation = Some(reservation);
        if over {
            self.reservation_ended();
        }
    }

    /// Whatever the end was: the token is of no more use, and the phase follows if the shopper was looking at it.
    pub(super) fn reservation_ended(&mut self) {
        self.effects.push(Effect::Forget);
        self.token = None;
        self.cancel_key = None;
        self.poll_at_ms = None;
        self.stocks_got_ms = self.stocks_got_ms.min(0);
        if self.unresolved == Some(Unresolved::Cancel) {
            self.unresolved = None;
        }
        let Some(reservation) = &self.reservation else { return };
        if !matches!(self.phase, Phase::Held | Phase::Cancelling) {
            self.reservation = None;
            return;
        }
        self.phase = match reservation.status {
            "canceled" => Phase::Cancelled,
            "expired" => Phase::Expired,
            "rejected" | "failed" => {
                self.chosen = Some(reservation.asked.location_id.clone());
                self.refusal = Some(Refusal { code: "rejected".into(), limit: None, alternatives: Vec::new() });
                Phase::Refused
            }
            _ => Phase::Held,
        };
    }

    fn reservation_body(&self) -> Option<(Asked, String)> {
        let (config, capabilities) = (self.config.as_ref()?, self.capabilities.as_ref()?);
        let item_id = if self.item_known.is_empty() { &config.item_id } else { &self.item_known };
        let asked = Asked { location_id: self.chosen.clone()?, item_id: item_id.clone(), quantity: config.quantity };
        let mut body = json!({
            "location_id": asked.location_id,
            "lines": [{ "item_id": asked.item_id, "quantity": asked.quantity, "substitution": "none" }],
            "allow_partial": false,
            "pickup_type": capabilities.pickup_type,
            "source": { "surface": if config.store_id.is_some() { "kiosk" } else { "pdp" } },
        });
        if let Some(fields) = body.as_object_mut().filter(|_| self.says_something_personal()) {
            fields.insert("contact".into(), self.contact_json());
            let at = self.consent_ms.map(time::write_utc);
            fields.insert("consent".into(), json!({ "text_id": CONSENT_TEXT, "at": at }));
        }
        Some((asked, body.to_string()))
    }

    fn contact_json(&self) -> Value {
        let mut fields = Map::new();
        for (name, typed) in
            [("name", &self.contact.name), ("email", &self.contact.email), ("phone", &self.contact.phone)]
        {
            if !typed.trim().is_empty() {
                fields.insert(name.into(), Value::from(typed.trim()));
            }
        }
        if fields.contains_key("email") {
            fields.insert("notify".into(), json!(["email"]));
        }
        Value::Object(fields)
    }
}

/// Loose on purpose: only the mail server knows. Catches a forgotten `@` or dot.
fn is_email(text: &str) -> bool {
    let Some((before, domain)) = text.rsplit_once('@') else { return false };
    let dotted =
        domain.split_once('.').is_some_and(|(name, rest)| !name.is_empty() && !rest.is_empty() && !rest.ends_with('.'));
    !before.is_empty() && dotted && !text.contains(char::is_whitespace)
}

fn alternatives(body: &Value) -> Vec<(String, &'static str)> {
    let list = body.get("alternatives").and_then(Value::as_array).into_iter().flatten();
    let read = |entry: &Value| {
        Some((text::plain(entry, "location_id")?, answer::status_word(entry.get("status").and_then(Value::as_str))))
    };
    list.filter_map(read).take(20).collect()
}
