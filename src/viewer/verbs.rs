//! The page's verbs: one word and a JSON detail each, checked here.

use super::Viewer;
use super::camera::Look;
use super::effect::{Effect, Notice};
use crate::ar::{self, MeasureKind, MeasureStep};
use crate::math::{Vec2, Vec3};
use crate::scene::Orbit;
use serde_json::{Map, Value, json};

impl Viewer {
    /// Does something once.
    pub(super) fn act(&mut self, name: &str, detail: &str) -> Vec<Effect> {
        let detail = match serde_json::from_slice(if detail.is_empty() { b"{}" } else { detail.as_bytes() }) {
            Ok(Value::Object(detail)) => detail,
            _ => return vec![Notice::warning("verb", format!("The detail of {name} is not a JSON object."))],
        };
        let done = match name {
            "reset-view" => Some(self.reset_view()),
            "reload" => Some(self.change_source()),
            "keep-view" => self.keep_view(&detail),
            "jump-camera" => Some(self.jump_camera()),
            "play" | "pause" | "seek" | "time-scale" => Some(self.animation_verb(name, &detail)),
            name if name.starts_with("ar-") && self.room.is_presenting() => {
                room_verb(name, &detail).map(|event| self.room_event(event))
            }
            // Those of a room that nobody is in.
            name if name.starts_with("ar-") || self.is_half => None,
            _ => self.change_part(name, &detail),
        };
        let unknown =
            || vec![Notice::warning("verb", format!("There is no verb {name} with such a detail, or not now."))];
        done.unwrap_or_else(unknown)
    }

    pub(super) fn reset_view(&mut self) -> Vec<Effect> {
        self.camera.turntable = 0.0;
        self.camera.follow(&self.settings);
        self.place_item_on_page();
        self.clock.touched_ms = self.clock.now_ms;
        self.is_stale = true;
        vec![Notice::effect("announce", json!({ "text": "The view is back at its start" }))]
    }

    /// The next product is looked at as the answer to the question `camera` said; for the time after a loss of the card.
    fn keep_view(&mut self, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let target = detail.get("target")?.as_object()?;
        let orbit =
            Orbit { theta: number(detail, "theta")?, phi: number(detail, "phi")?, radius: number(detail, "radius")? };
        let target = Vec3::new(number(target, "x")?, number(target, "y")?, number(target, "z")?);
        self.camera.keep(Look { orbit, target, turntable: number(detail, "turntable")? });
        Some(Vec::new())
    }

    fn jump_camera(&mut self) -> Vec<Effect> {
        self.camera.jump_to_goal();
        self.is_stale = true;
        vec![self.camera_notice("none")]
    }
}

fn number(detail: &Map<String, Value>, key: &str) -> Option<f32> {
    detail.get(key).and_then(Value::as_f64).map(|number| number as f32)
}

/// Buttons for those who cannot gesture.
#[inline(never)] // in the browser it comes later than the rest
fn room_verb(name: &str, detail: &Map<String, Value>) -> Option<ar::Event> {
    match name {
        "ar-place" => Some(ar::Event::Place),
        "ar-move" => {
            Some(ar::Event::Move { right_m: number(detail, "right_m")?, forward_m: number(detail, "forward_m")? })
        }
        "ar-turn" => Some(ar::Event::Turn { degrees: number(detail, "degrees")? }),
        "ar-remove" => Some(ar::Event::Remove),
        "ar-scale" => Some(ar::Event::Scale { factor: number(detail, "factor")? }),
        "ar-caption" => Some(ar::Event::Caption(caption_size(detail))),
        "ar-measure" => Some(ar::Event::Measure(measure_step(detail)?)),
        _ => None,
    }
}

/// Without a size there is none.
fn caption_size(detail: &Map<String, Value>) -> Option<Vec2> {
    Some(Vec2::new(number(detail, "width_m")?, number(detail, "height_m")?))
}

fn measure_step(detail: &Map<String, Value>) -> Option<MeasureStep> {
    let word = |key: &str| detail.get(key).and_then(Value::as_str);
    let kind = |word: &str| match word {
        "gap" => Some(MeasureKind::Gap),
        "wall" => Some(MeasureKind::Wall),
        "table" => Some(MeasureKind::Table),
        "doorway" => Some(MeasureKind::Doorway),
        _ => None,
    };
    match word("step")? {
        "begin" => Some(MeasureStep::Begin(kind(word("kind")?)?)),
        "cancel" => Some(MeasureStep::Cancel),
        "clear" => Some(MeasureStep::Clear),
        _ => None,
    }
}
