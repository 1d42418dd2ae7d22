//! What the panel draws: one JSON object per moment, texts and permissions decided here. Fields: the module's front page.

use super::answer::{ContactRule, Level};
use super::event::Near;
use super::machine::{Phase, Store, Unresolved};
use super::qr;
use super::reservation::Reservation;
use super::rows::{Row, ready_words, store_json};
use super::words::{self, say, say_when};
use super::writes::FormError;
use serde_json::{Value, json};

impl Store {
    /// Everything the panel shows at `now_ms` (unix ms, not before the last tick).
    pub fn snapshot(&self, now_ms: i64) -> Value {
        let rows = self.rows();
        let loading = self.phase == Phase::Loading;
        let chosen = self.chosen.as_deref().and_then(|id| self.row(id));
        let headline = self.headline(&rows).filter(|_| self.phase == Phase::List);
        json!({
            "phase": if self.open { phase_word(self.phase) } else { "closed" },
            "level": self.level().map(level_word),
            "item": self.config.as_ref().map(|config| json!({ "item_id": config.item_id, "gtin": config.gtin, "quantity": config.quantity })),
            "title": self.title(chosen),
            "message": self.message(headline.as_ref()),
            "notice": self.notice(),
            "error": self.error.map(|code| self.error_json(code)),
            "busy": matches!(self.phase, Phase::Loading | Phase::Reserving | Phase::Cancelling),
            "near": self.near_json(),
            "headline": headline,
            "stores": if loading { Vec::new() } else { rows.iter().map(|row| self.row_json(*row, None)).collect() },
            "chosen": chosen.map(|row| self.row_json(row, None)),
            "form": (self.phase == Phase::Contact).then(|| self.form_json()),
            "reservation": self.reservation.as_ref().map(|reservation| self.reservation_json(reservation, now_ms)),
            "refusal": self.refusal_json(chosen),
            "actions": self.actions(chosen),
            "wake_at_ms": self.display_wake_ms(now_ms),
        })
    }

    fn title(&self, chosen: Option<Row>) -> Value {
        match self.phase {
            Phase::Contact | Phase::Reserving => {
                say("title_contact", &[("store", chosen.map_or("", |row| row.name()))])
            }
            Phase::Held | Phase::Cancelling => say("title_held", &[]),
            Phase::Refused => say("title_refused", &[]),
            Phase::Cancelled => say("title_cancelled", &[]),
            Phase::Expired => say("title_expired", &[]),
            Phase::Unavailable => say("title_unavailable", &[]),
            Phase::Loading | Phase::List => say("title_list", &[]),
        }
    }

    fn message(&self, headline: Option<&Value>) -> Option<Value> {
        let store = self.reservation.as_ref().map(|reservation| self.store_name(reservation));
        let about = |key: &str| store.as_deref().map(|store| say(key, &[("store", store)]));
        match self.phase {
            Phase::Loading => Some(say("loading", &[])),
            Phase::Reserving => Some(say("reserving", &[])),
            Phase::Cancelling => Some(say("cancelling", &[])),
            Phase::List => headline.and_then(|headline| headline.get("text").cloned()),
            Phase::Held => self.reservation.as_ref().and_then(|reservation| about(heading_key(reservation.status))),
            Phase::Cancelled => about("cancelled_heading"),
            Phase::Expired => about("expired_heading"),
            Phase::Refused => self.refusal_text(self.chosen.as_deref().and_then(|id| self.row(id))),
            Phase::Unavailable => self.error.map(|code| self.error_text(code)),
            Phase::Contact => None,
        }
    }

    fn notice(&self) -> Option<Value> {
        if self.phase != Phase::List {
            return None;
        }
        if self.places_for.is_some() && self.places.is_empty() && self.stocks.is_empty() {
            return Some(say("no_stores", &[]));
        }
        self.read_error.map(|_| say("notice_stale", &[]))
    }

    fn error_json(&self, code: &str) -> Value {
        let again = self.unresolved.is_none() && self.read_error.is_some() && self.phase == Phase::Unavailable;
        json!({ "code": code, "text": self.error_text(code), "retry_at_ms": again.then_some(self.read_again_ms) })
    }

    fn error_text(&self, code: &str) -> Value {
        match self.unresolved {
            Some(_) if code == "rate_limited" => say("error_rate_limited", &[]),
            Some(Unresolved::Reserve) => say("error_not_confirmed", &[]),
            Some(Unresolved::Cancel) => say("error_not_cancelled", &[]),
            None => say(error_key(code), &[]),
        }
    }

    fn near_json(&self) -> Value {
        let (kind, place) = match &self.near {
            _ if self.denied => ("denied", None),
            Near::Nowhere => ("none", None),
            Near::Point { .. } => ("point", None),
            Near::Place(place) => ("place", Some(place.as_str())),
        };
        let label = match kind {
            "denied" => say("near_denied", &[]),
            "point" => say("near_point", &[]),
            "place" => say("near_place", &[("place", place.unwrap_or_default())]),
            _ => say("near_none", &[]),
        };
        let can = self.capabilities.as_ref().filter(|capabilities| capabilities.locations);
        let (point, by_name) = can.map_or((false, false), |can| (can.by_point, can.by_place));
        json!({ "kind": kind, "place": place, "label": label, "can_locate": point && !self.denied, "can_name_place": by_name })
    }

    /// The nearest store *with stock*: a further store that has it is better news than a near one that has not.
    fn headline(&self, rows: &[Row]) -> Option<Value> {
        let here = self.config.as_ref().and_then(|config| config.store_id.as_deref());
        let locale = self.config.as_ref().map_or("", |config| config.locale.as_str());
        let has = |row: &&Row| {
            row.stock.is_some_and(|stock| {
                matches!(stock.status, "in_stock" | "limited") && stock.available == Some(true) && !stock.doubtful
            })
        };
        let fresh = |row: &&Row| has(row) && row.stock.is_some_and(|stock| !self.is_stale(stock));
        let Some((row, stock)) =
            rows.iter().find(fresh).or(rows.iter().find(has)).and_then(|row| Some((row, row.stock?)))
        else {
            let known = !rows.is_empty()
                && rows.iter().all(|row| row.stock.is_some_and(|stock| stock.available == Some(false)));
            let key = if known { "headline_none" } else { "headline_ask" };
            return (!rows.is_empty()).then(|| json!({ "text": say(key, &[]), "location_id": null }));
        };
        let text = if self.is_stale(stock) {
            say("headline_was", &[("store", row.name()), ("age", &words::age_words(self.age_ms(stock)))])
        } else if here == Some(row.id()) {
            say("headline_here", &[])
        } else if let Some(metres) = row.distance_m() {
            let distance = words::distance(metres, locale);
            let distance = distance.get("text").and_then(Value::as_str).unwrap_or_default();
            say("headline_stock", &[("store", row.name()), ("distance", distance)])
        } else {
            say("headline_stock_plain", &[("store", row.name())])
        };
        Some(json!({ "text": text, "location_id": row.id() }))
    }

    fn form_json(&self) -> Value {
        let rule = self.contact_rule();
        let errors = if self.show_form_errors { self.form_errors() } else { Vec::new() };
        let phone = self.capabilities.as_ref().is_some_and(|capabilities| capabilities.phone);
        let shown = [
            ("name", "text", "field_name", true),
            ("email", "email", "field_email", true),
            ("tel", "tel", "field_phone", phone),
        ];
        let fields = shown.into_iter().filter(|field| rule != ContactRule::None && field.3).map(
            |(autocomplete, kind, label, _)| {
                let (name, value, error) = match autocomplete {
                    "name" => ("name", &self.contact.name, (FormError::Contact, "error_contact")),
                    "email" => ("email", &self.contact.email, (FormError::Email, "error_email")),
                    _ => ("phone", &self.contact.phone, (FormError::Email, "")),
                };
                let wrong = !error.1.is_empty() && errors.contains(&error.0);
                json!({
                    "name": name, "label": say(label, &[]), "kind": kind, "autocomplete": autocomplete, "value": value,
                    "required": false, "error": wrong.then(|| say(error.1, &[])),
                })
            },
        );
        let hint = match rule {
            ContactRule::Required => Some(say("contact_hint", &[])),
            ContactRule::Optional => Some(say("contact_optional", &[])),
            ContactRule::None => None,
        };
        let consent = json!({
            "given": self.consent_ms.is_some(), "required": self.says_something_personal(), "label": say("consent", &[]),
            "error": errors.contains(&FormError::Consent).then(|| say("error_consent", &[])),
        });
        json!({ "fields": fields.collect::<Vec<_>>(), "consent": (rule != ContactRule::None).then_some(consent), "hint": hint })
    }

    fn reservation_json(&self, held: &Reservation, now_ms: i64) -> Value {
        let place = self.places.iter().find(|place| place.id == held.asked.location_id);
        let stock = self.stocks.iter().find(|stock| stock.location_id == held.asked.location_id);
        let mut store = store_json(Row { place, stock });
        let name = self.store_name(held);
        if let Some(fields) = store.as_object_mut() {
            fields.insert("location_id".into(), Value::from(held.asked.location_id.as_str()));
            fields.insert("name".into(), Value::from(name.as_str()));
        }
        let live = !held.is_final();
        let code = held.code.as_deref().filter(|_| live);
        let left_ms = held.expires_at.filter(|_| held.can_cancel()).map(|at| at.unix_ms - self.skew_ms - now_ms);
        let spelled = code.map(|code| code.chars().map(String::from).collect::<Vec<_>>().join(" "));
        let qr = held.qr.as_deref().or(code).filter(|_| live).and_then(qr::qr_path);
        json!({
            "id": held.id, "status": held.status, "tone": if live { "good" } else { "none" },
            "heading": say(heading_key(held.status), &[("store", &name)]),
            "store": store, "item_id": held.asked.item_id, "quantity": held.asked.quantity,
            "code": code, "code_spelled": spelled,
            "qr": qr.map(|qr| json!({ "path": qr.path, "size": qr.size })),
            "expires_at_ms": left_ms.map(|left| now_ms + left), "expires_in_s": left_ms.map(|left| left.max(0) / 1000),
            "countdown": left_ms.map(words::countdown),
            "ready": held.ready_by.filter(|_| live).map(|at| ready_words(at, now_ms)),
            "collect_by": held.pickup_by.filter(|_| live).map(|at| say_when(["collect_today", "collect_tomorrow", "collect_date"], at, now_ms)),
            "payment": (held.pay_in_store && live).then(|| say("pay_in_store", &[])),
            "instructions": code.map(|_| say(if held.id_required { "show_code_id" } else { "show_code" }, &[])),
            "binding": held.binding, "id_required": held.id_required,
            "can_cancel": self.phase != Phase::Cancelling && held.can_cancel() && self.capabilities.as_ref().is_none_or(|can| can.cancel),
        })
    }

    fn store_name(&self, held: &Reservation) -> String {
        let id = &held.asked.location_id;
        self.row(id).map_or(id.clone(), |row| row.name().to_owned())
    }

    fn refusal_json(&self, chosen: Option<Row>) -> Option<Value> {
        let refusal = self.refusal.as_ref().filter(|_| self.phase == Phase::Refused)?;
        let elsewhere = |row: &Row| Some(row.id()) != self.chosen.as_deref();
        let mut rows: Vec<Value> = Vec::new();
        // The write's own list is newer than our read; where there is none, the read has to do.
        for (id, status) in &refusal.alternatives {
            rows.extend(self.row(id).filter(elsewhere).map(|row| self.row_json(row, Some(status))));
        }
        if rows.is_empty() && refusal.code != "quantity_limit" {
            let other = self.rows().into_iter().filter(|row| elsewhere(row) && self.can_choose(*row)).take(3);
            rows = other.map(|row| self.row_json(row, None)).collect();
        }
        Some(json!({ "code": refusal.code, "text": self.refusal_text(chosen), "alternatives": rows }))
    }

    fn refusal_text(&self, chosen: Option<Row>) -> Option<Value> {
        let refusal = self.refusal.as_ref()?;
        let store = chosen.map_or("", |row| row.name());
        let limit = refusal.limit.map(|limit| limit.to_string()).unwrap_or_else(|| "1".into());
        let key = match refusal.code.as_str() {
            "insufficient_stock" => "refused_stock",
            "pickup_not_offered" => "refused_no_pickup",
            "outside_hours" => "refused_hours",
            "quantity_limit" => return Some(say("refused_limit", &[("limit", &limit)])),
            "id_required" => "refused_identity",
            "rejected" => "refused_rejected",
            _ => "refused_not_found",
        };
        Some(say(key, &[("store", store)]))
    }

    fn actions(&self, chosen: Option<Row>) -> Vec<Value> {
        let event = |name: &str, key: &str, enabled: bool, primary: bool| json!({ "event": name, "label": say(key, &[]), "enabled": enabled, "primary": primary, "href": null });
        let mut out = Vec::new();
        match self.phase {
            Phase::Contact => {
                let ready = !self.show_form_errors || self.form_errors().is_empty();
                out.extend([event("reserve", "reserve", ready, true), event("back", "back", true, false)]);
            }
            Phase::Held => {
                let can = self.reservation.as_ref().is_some_and(Reservation::can_cancel)
                    && self.capabilities.as_ref().is_none_or(|can| can.cancel);
                out.extend(can.then(|| event("cancel", "cancel", true, false)));
                out.push(event("back", "back", true, false));
            }
            Phase::Refused | Phase::Cancelled | Phase::Expired => out.push(event("back", "back", true, true)),
            Phase::Unavailable => {
                let hopeless =
                    matches!(self.error, Some("unauthorized" | "item_not_found" | "invalid_request" | "already_final"));
                out.extend((!hopeless).then(|| event("retry", "retry", true, true)));
                out.extend((!self.stocks.is_empty()).then(|| event("back", "back", true, false)));
                out.extend(self.handoff(chosen));
            }
            Phase::List if chosen.is_some() => out.extend(self.handoff(chosen)),
            Phase::List => out.extend(self.read_error.map(|_| event("retry", "retry", true, false))),
            Phase::Loading | Phase::Reserving | Phase::Cancelling => {}
        }
        let hidden = self.reservation.is_some()
            && matches!(self.phase, Phase::List | Phase::Contact | Phase::Refused | Phase::Unavailable);
        out.extend(hidden.then(|| event("show_reservation", "show_reservation", true, false)));
        out
    }

    /// Where to go on when there is nothing more to do here: the store's page, its telephone, the shop's page.
    fn handoff(&self, chosen: Option<Row>) -> Vec<Value> {
        let link = |label: Value, href: &str| json!({ "event": "handoff", "label": label, "enabled": true, "primary": false, "href": href });
        let place = chosen.and_then(|row| row.place);
        let call = place
            .and_then(|place| place.phone.as_deref())
            .and_then(|number| Some((number, super::text::telephone_link(number)?)));
        let shop = self.config.as_ref().and_then(|config| config.page_url.as_deref());
        let mut out = Vec::new();
        out.extend(place.and_then(|place| place.page.as_deref()).map(|page| link(say("handoff_store", &[]), page)));
        out.extend(call.map(|(number, href)| link(say("handoff_call", &[("phone", number)]), &href)));
        out.extend(shop.map(|page| link(say("handoff_page", &[]), page)));
        out
    }

    /// When words change by themselves: a countdown each second in its last two minutes, ages and opening each minute.
    fn display_wake_ms(&self, now_ms: i64) -> Option<i64> {
        if !self.open {
            return self.wake_ms;
        }
        let left = self.reservation.as_ref().filter(|held| held.can_cancel()).and_then(|held| held.expires_at);
        let left_ms = left.map(|at| at.unix_ms - self.skew_ms - now_ms);
        let step_ms = if left_ms.is_some_and(|left| left < 121_000) { 1_000 } else { 60_000 };
        let display = (now_ms.div_euclid(step_ms) + 1) * step_ms;
        let shown = matches!(self.phase, Phase::List | Phase::Contact | Phase::Held | Phase::Refused);
        [shown.then_some(display), self.wake_ms].into_iter().flatten().min()
    }
}

fn phase_word(phase: Phase) -> &'static str {
    match phase {
        Phase::Loading => "loading",
        Phase::List => "list",
        Phase::Contact => "contact",
        Phase::Reserving => "reserving",
        Phase::Held => "held",
        Phase::Refused => "refused",
        Phase::Cancelling => "cancelling",
        Phase::Cancelled => "cancelled",
        Phase::Expired => "expired",
        Phase::Unavailable => "unavailable",
    }
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Handoff => "handoff",
        Level::Reservation => "reservation",
    }
}

fn heading_key(status: &str) -> &'static str {
    match status {
        "pending" => "pending_heading",
        "processing" => "processing_heading",
        "ready_for_pickup" => "ready_heading",
        "collected" => "collected_heading",
        "canceled" => "cancelled_heading",
        "expired" => "expired_heading",
        "rejected" | "failed" => "rejected_heading",
        _ => "held_heading",
    }
}

fn error_key(code: &str) -> &'static str {
    match code {
        "network_offline" => "error_network_offline",
        "timeout" | "aborted" => "error_timeout",
        "malformed_response" => "error_malformed_response",
        "rate_limited" => "error_rate_limited",
        "unauthorized" => "error_unauthorized",
        "item_not_found" => "error_item_not_found",
        "already_final" => "error_already_final",
        "upstream_unavailable" => "error_upstream_unavailable",
        _ => "error_invalid_request",
    }
}
