//! The reservation's state machine: `update(event) -> effects`, and what it remembers in between.

use super::answer::{Capabilities, Level, Place, Stock};
use super::effect::Effect;
use super::event::{Config, Event, Near};
use super::flight::{Flight, Kind};
use super::reservation::{Asked, Reservation};
use serde_json::{Value, json};

/// A shopper clicks through the fabrics faster than stores should be asked.
const ITEM_PAUSE_MS: i64 = 250;

/// Where the shopper stands. Closed is not a phase of its own here: the panel may be hidden in any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reads are on their way and there is nothing to show yet.
    Loading,
    /// The stores.
    List,
    /// One store chosen, the form open.
    Contact,
    /// The write is on its way.
    Reserving,
    /// It is held.
    Held,
    /// The store said no.
    Refused,
    /// The cancellation is on its way.
    Cancelling,
    /// Called off.
    Cancelled,
    /// The hold has run out.
    Expired,
    /// Something failed and the shopper must decide.
    Unavailable,
}

/// One wish of the shopper, sent with one key until there is a final answer.
#[derive(Clone, Debug)]
pub struct Intent {
    /// Idempotency key.
    pub key: String,
    /// JSON text, the same to the letter in every send.
    pub body: String,
    /// What the answer must be about.
    pub asked: Asked,
}

/// Why the store said no.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The contract's problem code.
    pub code: String,
    /// Largest quantity, for `quantity_limit`.
    pub limit: Option<i64>,
    /// Other stores the service named, with their status.
    pub alternatives: Vec<(String, &'static str)>,
}

/// A write that ended without a final answer, to be sent again with the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Of the reservation.
    Reserve,
    /// Of the cancellation.
    Cancel,
}

/// What the shopper typed. Kept in memory only.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// First name or nickname.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

/// A body kept for `If-None-Match`.
#[derive(Clone, Debug)]
pub struct Cached {
    /// Full URL.
    pub url: String,
    /// The service's tag for it.
    pub etag: String,
    /// The body it belongs to.
    pub body: String,
}

/// Can I have it here, today: everything the panel knows.
#[derive(Debug)]
pub struct Store {
    pub(super) config: Option<Config>,
    pub(super) now_ms: i64,
    pub(super) open: bool,
    pub(super) phase: Phase,
    pub(super) capabilities: Option<Capabilities>,
    pub(super) near: Near,
    pub(super) denied: bool,
    pub(super) places: Vec<Place>,
    pub(super) places_for: Option<Near>,
    pub(super) stocks: Vec<Stock>,
    pub(super) item_known: String,
    pub(super) stocks_got_ms: i64,
    pub(super) max_age_ms: i64,
    /// The service's clock minus ours.
    pub(super) skew_ms: i64,
    pub(super) cached: Vec<Cached>,
    pub(super) read_error: Option<&'static str>,
    pub(super) read_again_ms: i64,
    pub(super) chosen: Option<String>,
    pub(super) contact: Contact,
    pub(super) consent_ms: Option<i64>,
    pub(super) show_form_errors: bool,
    pub(super) intent: Option<Intent>,
    pub(super) cancel_key: Option<String>,
    pub(super) unresolved: Option<Unresolved>,
    pub(super) reservation: Option<Reservation>,
    pub(super) token: Option<(String, String)>,
    pub(super) restoring: bool,
    pub(super) poll_at_ms: Option<i64>,
    pub(super) refusal: Option<Refusal>,
    pub(super) error: Option<&'static str>,
    pub(super) viewed: bool,
    pub(super) flights: Vec<Flight>,
    pub(super) next_request_id: u64,
    pub(super) effects: Vec<Effect>,
    pub(super) wake_ms: Option<i64>,
}

impl Default for Store {
    fn default() -> Store {
        Store {
            config: None,
            now_ms: 0,
            open: false,
            phase: Phase::Loading,
            capabilities: None,
            near: Near::Nowhere,
            denied: false,
            places: Vec::new(),
            places_for: None,
            stocks: Vec::new(),
            item_known: String::new(),
            stocks_got_ms: i64::MIN,
            max_age_ms: 0,
            skew_ms: 0,
            cached: Vec::new(),
            read_error: None,
            read_again_ms: 0,
            chosen: None,
            contact: Contact::default(),
            consent_ms: None,
            show_form_errors: false,
            intent: None,
            cancel_key: None,
            unresolved: None,
            reservation: None,
            token: None,
            restoring: false,
            poll_at_ms: None,
            refusal: None,
            error: None,
            viewed: false,
            flights: Vec::new(),
            next_request_id: 1,
            effects: Vec::new(),
            wake_ms: None,
        }
    }
}

impl Store {
    /// Takes one event and gives what is to be done, in order.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Configure(config) => self.configure(config),
            Event::Restore { reservation_id, access_token } => self.restore(reservation_id, access_token),
            Event::Open => self.show(),
            Event::Close => self.hide(),
            Event::ItemChanged { item_id, gtin } => self.change_item(item_id, gtin),
            Event::Near(near) => self.look_near(near),
            Event::LocationDenied => self.denied = true,
            Event::Choose(location_id) => self.choose(location_id),
            Event::Back => self.back(),
            Event::ShowReservation => self.show_reservation(),
            Event::Contact { name, email, phone } => self.fill_in(name, email, phone),
            Event::Consent(given) => self.consent_ms = given.then(|| self.consent_ms.unwrap_or(self.now_ms)),
            Event::Reserve { idempotency_key } => self.reserve(idempotency_key),
            Event::Cancel { idempotency_key } => self.cancel(idempotency_key),
            Event::Retry => self.retry(),
            Event::Answer(answer) => self.answered(answer),
            Event::Failed { request_id, kind } => self.failed(request_id, kind),
            Event::Tick(now_ms) => self.now_ms = now_ms,
        }
        self.pass_time();
        self.read_what_is_missing();
        self.ask_to_be_woken();
        std::mem::take(&mut self.effects)
    }

    /// How far this shop goes, once known.
    pub(super) fn level(&self) -> Option<Level> {
        self.capabilities.as_ref().map(|capabilities| capabilities.level)
    }

    pub(super) fn notify(&mut self, name: &'static str, detail: Value) {
        self.effects.push(Effect::Notify { name, detail });
    }

    /// Item and store of a notification; nothing about the person.
    pub(super) fn asked_detail(asked: &Asked) -> Value {
        json!({ "item_id": asked.item_id, "location_id": asked.location_id, "quantity": asked.quantity })
    }

    fn configure(&mut self, config: Config) {
        let before = self.config.replace(config);
        let (Some(before), Some(now)) = (before, self.config.as_ref()) else {
            if let Some((id, token)) = self.token.take() {
                self.restore(id, token);
            }
            return;
        };
        if before.base_url != now.base_url {
            self.drop_reads();
            self.capabilities = None;
            self.cached.clear();
            self.places_for = None;
            self.forget_item(0);
        } else if (&before.item_id, before.quantity) != (&now.item_id, now.quantity) {
            self.forget_item(0);
        }
    }

    fn show(&mut self) {
        self.open = true;
        self.read_again_ms = 0;
        self.poll_at_ms = self.poll_at_ms.map(|_| self.now_ms);
        self.viewed = false;
        let fresh_start = matches!(self.phase, Phase::Unavailable | Phase::Refused | Phase::Cancelled | Phase::Expired);
        if fresh_start && self.unresolved.is_none() {
            self.go_to_list();
        }
    }

    /// Reads are broken off; a write goes on, since the shopper meant it.
    fn hide(&mut self) {
        self.open = false;
        self.drop_reads();
    }

    fn change_item(&mut self, item_id: String, gtin: Option<String>) {
        let Some(config) = self.config.as_mut() else { return };
        if config.item_id == item_id {
            return;
        }
        config.item_id = item_id;
        config.gtin = gtin;
        self.forget_item(ITEM_PAUSE_MS);
    }

    /// What was read about the item before is no answer for this one.
    fn forget_item(&mut self, pause_ms: i64) {
        self.drop_reads();
        self.stocks.clear();
        self.stocks_got_ms = i64::MIN;
        self.read_error = None;
        self.read_again_ms = self.now_ms + pause_ms;
        self.viewed = false;
        if !matches!(self.phase, Phase::Reserving | Phase::Held | Phase::Cancelling) {
            self.unresolved = None;
            self.go_to_list();
        }
    }

    fn look_near(&mut self, near: Near) {
        self.denied = false;
        if self.near == near {
            return;
        }
        self.near = near;
        self.drop_reads();
        self.stocks_got_ms = i64::MIN;
        self.read_again_ms = 0;
        self.viewed = false;
        if matches!(self.phase, Phase::List | Phase::Unavailable) && self.unresolved.is_none() {
            self.phase = Phase::Loading;
            self.error = None;
        }
    }

    fn choose(&mut self, location_id: String) {
        if !matches!(self.phase, Phase::List | Phase::Refused | Phase::Contact) {
            return;
        }
        let Some(status) = self.choosable(&location_id) else { return };
        let item = self.config.as_ref().map(|config| config.item_id.clone());
        self.notify("store_select", json!({ "item_id": item, "location_id": location_id, "status": status }));
        self.chosen = Some(location_id);
        self.show_form_errors = false;
        self.refusal = None;
        self.phase = if self.level() == Some(Level::Reservation) { Phase::Contact } else { Phase::List };
    }

    /// The store's status when it may be chosen.
    fn choosable(&self, location_id: &str) -> Option<&'static str> {
        let stock = self.stocks.iter().find(|stock| stock.location_id == location_id);
        let known = stock.is_some() || self.places.iter().any(|place| place.id == location_id);
        match self.level()? {
            Level::Reservation => stock.filter(|stock| stock.reservable).map(|stock| stock.status),
            Level::Handoff => known.then(|| stock.map_or("unknown", |stock| stock.status)),
            Level::None => None,
        }
    }

    fn back(&mut self) {
        if !matches!(self.phase, Phase::Loading | Phase::Reserving | Phase::Cancelling) {
            // An unresolved wish keeps its key: the same wish sent again is still the same wish.
            self.unresolved = None;
            self.go_to_list();
        }
    }

    pub(super) fn go_to_list(&mut self) {
        self.phase = if self.stocks_got_ms == i64::MIN { Phase::Loading } else { Phase::List };
        self.chosen = None;
        self.refusal = None;
        self.error = None;
        if self.reservation.as_ref().is_some_and(Reservation::is_final) {
            self.reservation = None;
        }
    }

    fn show_reservation(&mut self) {
        if self.reservation.is_some()
            && matches!(self.phase, Phase::List | Phase::Contact | Phase::Refused | Phase::Unavailable)
        {
            self.phase = Phase::Held;
            self.error = None;
        }
    }

    fn fill_in(&mut self, name: Option<String>, email: Option<String>, phone: Option<String>) {
        for (field, typed) in
            [(&mut self.contact.name, name), (&mut self.contact.email, email), (&mut self.contact.phone, phone)]
        {
            if let Some(typed) = typed {
                *field = typed;
            }
        }
    }

    fn retry(&mut self) {
        self.read_again_ms = 0;
        match self.unresolved.take() {
            Some(Unresolved::Reserve) => self.send_reserve(),
            Some(Unresolved::Cancel) => self.send_cancel(),
            None if matches!(self.phase, Phase::List | Phase::Unavailable | Phase::Loading) => {
                self.error = None;
                self.drop_reads();
                if self.stocks_got_ms != i64::MIN {
                    self.stocks_got_ms = 0;
                }
                self.go_to_list();
            }
            None => {}
        }
    }

    /// What the clock alone decides. A hold is over when its time is, whether or not anybody says so.
    fn pass_time(&mut self) {
        let server_ms = self.now_ms + self.skew_ms;
        if let Some(reservation) = self.reservation.as_mut()
            && reservation.can_cancel()
            && reservation.expires_at.is_some_and(|at| at.unix_ms <= server_ms)
            && self.phase != Phase::Cancelling
        {
            reservation.status = "expired";
            self.reservation_ended();
        }
        self.send_what_is_due();
        self.poll_if_due();
    }

    fn ask_to_be_woken(&mut self) {
        let hold_end = self.reservation.as_ref().filter(|held| held.can_cancel()).and_then(|held| held.expires_at);
        let hold_end_ms = hold_end.map(|at| at.unix_ms - self.skew_ms);
        let waiting = self.flights.iter().filter_map(Flight::due_ms);
        let reads = self.next_read_ms();
        let poll = self.poll_at_ms.filter(|_| self.open && !self.has_flight(Kind::Poll));
        let next_ms = waiting.chain(reads).chain(poll).chain(hold_end_ms).min();
        if next_ms != self.wake_ms {
            self.wake_ms = next_ms;
            self.effects.extend(next_ms.map(|at_ms| Effect::RetryAt { at_ms }));
        }
    }
}
