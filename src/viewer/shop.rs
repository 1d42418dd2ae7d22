//! The store's side of the viewer: which item is asked about, and what the panel shows.

use super::effect::{Effect, Notice};
use super::Viewer;
use crate::store;
use serde_json::{Value, json};

impl Viewer {
    /// An attribute that the store needs changed.
    pub(super) fn configure_store(&mut self) -> Vec<Effect> {
        let Some(base_url) = self.settings.store_url.clone() else { return Vec::new() };
        let Some(item_id) = self.store_item() else { return Vec::new() };
        let configure = json!({
            "type": "configure",
            "base_url": base_url,
            "item_id": item_id,
            "locale": self.settings.locale,
        });
        self.told_store(&configure)
    }

    /// Another look may be another item in the store.
    pub(super) fn tell_store_the_item(&mut self) -> Vec<Effect> {
        if self.settings.store_url.is_none() || self.settings.variant_item_ids.is_empty() {
            return Vec::new();
        }
        let Some(item_id) = self.store_item() else { return Vec::new() };
        self.told_store(&json!({ "type": "item_changed", "item_id": item_id }))
    }

    /// An event of the page, as JSON; what it should have been goes back as a warning.
    pub(super) fn told_store(&mut self, event: &Value) -> Vec<Effect> {
        match store::Event::from_json(event) {
            Ok(event) => self.store_event(event),
            Err(problem) => vec![Notice::warning("store", problem.to_string())],
        }
    }

    /// Something happened to the store. The page hears of it when the panel looks different.
    pub(super) fn store_event(&mut self, event: store::Event) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.store.update(event).into_iter().map(store_effect).collect();
        let snapshot = self.store.snapshot(self.unix_ms);
        if snapshot != self.shown_store {
            effects.extend(snapshot["wake_at_ms"].as_i64().map(|at_ms| Effect::WakeAt { unix_ms: at_ms }));
            effects.push(Notice::effect("store", snapshot.clone()));
            self.shown_store = snapshot;
        }
        effects
    }

    /// What the store calls the product in its present look.
    fn store_item(&self) -> Option<String> {
        let special = self.settings.variant_name.as_ref().and_then(|name| self.settings.variant_item_ids.get(name));
        special.and_then(Value::as_str).map(str::to_owned).or_else(|| self.settings.item_id.clone())
    }
}

/// What the store asks, for the page or the network.
fn store_effect(effect: store::Effect) -> Effect {
    match effect {
        store::Effect::Http(request) => Effect::Http(request),
        store::Effect::Abort { request_id } => Effect::AbortHttp { request_id },
        store::Effect::RetryAt { at_ms } => Effect::WakeAt { unix_ms: at_ms },
        store::Effect::Notify { name, detail } => {
            Notice::effect("analytics", json!({ "name": name, "detail": detail }))
        }
        store::Effect::Remember { reservation_id, access_token } => Notice::effect(
            "store-remember",
            json!({ "reservation_id": reservation_id, "access_token": access_token }),
        ),
        store::Effect::Forget => Notice::effect("store-forget", json!({})),
    }
}
