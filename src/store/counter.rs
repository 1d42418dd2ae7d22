//! The store panel's whole state: what the page set, the reservation's machine, and what the page was last shown.

use super::{Effect, Event, Store};
use serde_json::{Map, Value, json};

/// One panel's state, as a page drives it: attributes and verbs in, effects out.
#[derive(Debug, Default)]
pub struct Counter {
    store: Store,
    store_url: Option<String>,
    item_id: Option<String>,
    quantity: Option<String>,
    locale: Option<String>,
    variant_name: Option<String>,
    variant_item_ids: Map<String, Value>,
    is_configured: bool,
    shown: Value,
    now_ms: i64,
}

/// What the page is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// What the machine asks.
    Store(Effect),
    /// The panel looks different: this is its snapshot.
    Show(Value),
    /// Something the shop's developer should know, in words.
    Warn(String),
}

impl Counter {
    /// What time it is, in unix ms; to be told before everything else that happens.
    pub fn tick(&mut self, now_ms: i64) -> Vec<Wish> {
        self.now_ms = now_ms;
        self.update(Event::Tick(now_ms))
    }

    /// An attribute of the element changed; `None` when it was removed. Attributes of others are ignored.
    pub fn set(&mut self, name: &str, value: Option<&str>) -> Vec<Wish> {
        let text = value.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match name {
            "store-url" => self.store_url = text,
            "item-id" => self.item_id = text,
            "quantity" => self.quantity = text,
            "locale" => self.locale = text,
            "variant-name" => self.variant_name = text,
            "variant-item-ids" => match text.as_deref().map_or(Some(Map::new()), item_ids) {
                Some(item_ids) => self.variant_item_ids = item_ids,
                None => {
                    let words = "variant-item-ids must be JSON like {\"Name of the look\": \"item id\"}.".to_owned();
                    return vec![Wish::Warn(words)];
                }
            },
            _ => return Vec::new(),
        }
        if name == "variant-name" && self.is_configured { self.change_item() } else { self.configure() }
    }

    /// A verb of the panel: `choose` with `{"location_id": ..}` and so on, as the table of events has them. `nonce` is
    /// a fresh UUID.
    pub fn act(&mut self, name: &str, detail: &str, nonce: &str) -> Vec<Wish> {
        let detail = serde_json::from_str(if detail.is_empty() { "{}" } else { detail });
        let Ok(Value::Object(mut event)) = detail else {
            return vec![Wish::Warn(format!("The detail of {name} is not a JSON object."))];
        };
        event.insert("type".to_owned(), json!(name.replace('-', "_")));
        event.insert("idempotency_key".to_owned(), json!(nonce));
        self.told(&Value::Object(event))
    }

    /// Something happened to the machine.
    pub fn update(&mut self, event: Event) -> Vec<Wish> {
        let mut wishes: Vec<Wish> = self.store.update(event).into_iter().map(Wish::Store).collect();
        let snapshot = self.store.snapshot(self.now_ms);
        if snapshot != self.shown {
            let wake = snapshot.get("wake_at_ms").and_then(Value::as_i64);
            wishes.extend(wake.map(|at_ms| Wish::Store(Effect::RetryAt { at_ms })));
            wishes.push(Wish::Show(snapshot.clone()));
            self.shown = snapshot;
        }
        wishes
    }

    /// The panel as the page was last shown it; null before that.
    pub fn shown(&self) -> &Value {
        &self.shown
    }

    /// Tells the machine where the store is and what is asked about, once both are known.
    fn configure(&mut self) -> Vec<Wish> {
        let (Some(base_url), Some(item_id)) = (&self.store_url, self.item()) else { return Vec::new() };
        let quantity = self.quantity.as_ref().and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
        let configure = json!({
            "type": "configure", "base_url": base_url, "item_id": item_id, "quantity": quantity, "locale": self.locale,
        });
        self.is_configured = true;
        self.told(&configure)
    }

    /// Another look may be another item.
    fn change_item(&mut self) -> Vec<Wish> {
        let Some(item_id) = self.item() else { return Vec::new() };
        let changed = json!({ "type": "item_changed", "item_id": item_id });
        self.told(&changed)
    }

    /// What the store calls the product in its present look.
    fn item(&self) -> Option<&str> {
        let special = self.variant_name.as_ref().and_then(|name| self.variant_item_ids.get(name));
        special.and_then(Value::as_str).or(self.item_id.as_deref())
    }

    fn told(&mut self, event: &Value) -> Vec<Wish> {
        match Event::from_json(event) {
            Ok(event) => self.update(event),
            Err(problem) => vec![Wish::Warn(problem.to_string())],
        }
    }
}

fn item_ids(text: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) if map.values().all(Value::is_string) => Some(map),
        _ => None,
    }
}
