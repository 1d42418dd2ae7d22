//! The page's verbs: one word and a JSON detail each, checked here.

use super::Viewer;
use super::effect::{Effect, Notice};
use crate::ar;
use serde_json::{Map, Value, json};

impl Viewer {
    /// Does something once.
    pub(super) fn act(&mut self, name: &str, detail: &str) -> Vec<Effect> {
        let detail = match serde_json::from_slice(if detail.is_empty() { b"{}" } else { detail.as_bytes() }) {
            Ok(Value::Object(detail)) => detail,
            _ => return vec![Notice::warning("verb", format!("The detail of {name} is not a JSON object."))],
        };
        match name {
            "reset-view" => self.reset_view(),
            "reload" => self.change_source(),
            "play" | "pause" | "seek" | "time-scale" => self.animation_verb(name, &detail),
            _ => match room_verb(name, &detail) {
                Some(event) => self.room_event(event),
                None => vec![Notice::warning("verb", format!("There is no verb {name} with such a detail."))],
            },
        }
    }

    pub(super) fn reset_view(&mut self) -> Vec<Effect> {
        self.camera.turntable = 0.0;
        self.camera.follow(&self.settings);
        self.place_item_on_page();
        self.clock.touched_ms = self.clock.now_ms;
        self.is_stale = true;
        vec![Notice::effect("announce", json!({ "text": "The view is back at its start" }))]
    }
}

/// Buttons for those who cannot gesture.
fn room_verb(name: &str, detail: &Map<String, Value>) -> Option<ar::Event> {
    let number = |key: &str| detail.get(key).and_then(Value::as_f64).map(|number| number as f32);
    match name {
        "ar-place" => Some(ar::Event::Place),
        "ar-move" => Some(ar::Event::Move { right_m: number("right_m")?, forward_m: number("forward_m")? }),
        "ar-turn" => Some(ar::Event::Turn { degrees: number("degrees")? }),
        "ar-remove" => Some(ar::Event::Remove),
        _ => None,
    }
}
