//! Animations on the page and in the room: which plays, what the page asks of it, and what it is told.

use super::Viewer;
use super::effect::{Effect, Notice};
use crate::model::Model;
use crate::scene::{Beat, Repeat};
use serde_json::{Map, Value, json};

impl Viewer {
    /// Another animation by the attribute: what plays goes over to it. One that never played starts if the page says
    /// `autoplay`, unless the shopper wants less motion; else it stays at rest until it is asked for.
    pub(super) fn change_animation(&mut self) -> Vec<Effect> {
        let name = self.settings.animation_name.clone();
        let Some(model) = self.model_on_show() else { return Vec::new() };
        let mut effects = Vec::new();
        let known = |name: &String| model.animations.iter().any(|animation| animation.name == *name);
        if let Some(name) = name.filter(|name| !known(name)) {
            let message = format!("The product has no animation \"{name}\". It has: {}.", names(model).join(", "));
            effects.push(Notice::warning("animation", message));
        }
        if self.player.animation().is_some() {
            self.choose_animation(Repeat::default());
            effects.extend(self.pose_item());
        } else if self.settings.autoplay && !self.settings.reduced_motion {
            effects.extend(self.play(Repeat::default()));
        }
        effects
    }

    /// The verbs of animations. Details that they cannot have count as absent.
    pub(super) fn animation_verb(&mut self, name: &str, detail: &Map<String, Value>) -> Vec<Effect> {
        let number = |key: &str| detail.get(key).and_then(Value::as_f64).map(|number| number as f32);
        match name {
            "play" => {
                let times = number("repetitions").map(|times| times.max(1.0) as u32);
                let pingpong = detail.get("pingpong").and_then(Value::as_bool).unwrap_or(false);
                self.play(Repeat { times, pingpong })
            }
            "pause" if self.player.is_paused => Vec::new(),
            "pause" => {
                self.player.is_paused = true;
                vec![Notice::effect("pause", json!({}))]
            }
            "seek" => {
                let seconds = number("seconds").unwrap_or(0.0);
                if self.player.animation().is_none() {
                    self.choose_animation(Repeat::default());
                }
                self.player.seek(seconds);
                self.pose_item()
            }
            _ => {
                self.player.time_scale = number("factor").unwrap_or(1.0);
                Vec::new()
            }
        }
    }

    /// Time goes on.
    pub(super) fn animate(&mut self, seconds: f32) -> Vec<Effect> {
        if !self.player.moves() {
            return Vec::new();
        }
        let beat = self.player.step(seconds);
        let mut effects = self.pose_item();
        effects.extend(beat.map(|beat| match beat {
            Beat::Loop(count) => Notice::effect("loop", json!({ "count": count })),
            Beat::Finished => Notice::effect("finished", json!({})),
        }));
        effects
    }

    /// What plays, for the page.
    pub(super) fn animation_query(&self) -> Value {
        let model = self.model_on_show();
        let name = model.and_then(|model| Some(model.animations.get(self.player.animation()?)?.name.as_str()));
        json!({
            "names": model.map(names).unwrap_or_default(),
            "name": name,
            "time": self.player.time_s(),
            "duration": self.player.duration_s(),
            "paused": self.player.is_paused,
            "timeScale": self.player.time_scale,
        })
    }

    fn play(&mut self, repeat: Repeat) -> Vec<Effect> {
        if !self.choose_animation(repeat) {
            return Vec::new();
        }
        self.player.is_paused = false;
        let mut effects = self.pose_item();
        effects.push(Notice::effect("play", json!({})));
        effects
    }

    /// Takes the animation of the attribute, else the first. False when there is none.
    fn choose_animation(&mut self, repeat: Repeat) -> bool {
        let Some(model) = self.scene.items.first().and_then(|item| self.models.get(item.model)) else { return false };
        let name = self.settings.animation_name.as_deref();
        let named = model.animations.iter().position(|animation| Some(animation.name.as_str()) == name);
        let index = named.unwrap_or(0);
        let Some(animation) = model.animations.get(index) else { return false };
        // What stands still has nothing to fade from.
        let fade_s = if self.player.is_paused { 0.0 } else { self.settings.animation_crossfade_ms * 0.001 };
        self.player.choose(index, animation, repeat, fade_s);
        true
    }

    /// Brings the product to where its animation is.
    fn pose_item(&mut self) -> Vec<Effect> {
        let Some(item) = self.scene.items.first_mut() else { return Vec::new() };
        let id = item.model;
        let Some(model) = self.models.get_mut(id) else { return Vec::new() };
        item.set_pose(|pose| self.player.pose(model, pose));
        self.is_stale = true;
        let changed = model.animate(&item.pose().properties);
        changed.into_iter().map(|material| Effect::UpdateMaterial { model: id, material }).collect()
    }

    fn model_on_show(&self) -> Option<&Model> {
        self.scene.items.first().and_then(|item| self.models.get(item.model))
    }
}

/// The animations that a product has, by name.
pub(super) fn names(model: &Model) -> Vec<&str> {
    model.animations.iter().map(|animation| animation.name.as_str()).collect()
}
