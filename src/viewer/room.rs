//! The product in the room: the session's events in, the room's picture out.

use super::Viewer;
use super::effect::{Effect, Notice};
use crate::ar::{self, Surface};
use crate::math::{Affine3A, Vec3};
use crate::scene::frame::{Background, Frame, Reticle, View};
use serde_json::{Value, json};

/// On a real floor a product without a shadow floats: this much is always there.
const LEAST_SHADOW: f32 = 0.6;

impl Viewer {
    /// The session runs: the room learns what is to be placed.
    pub(super) fn room_started(&mut self) -> Vec<Effect> {
        let bounds = self.scene.items.first().map(|item| item.bounds).unwrap_or(crate::math::Aabb::EMPTY);
        self.room_event(ar::Event::Started {
            bounds,
            placement: self.settings.ar_placement,
            mode: ar::Mode::Ar,
            reduced_motion: self.settings.reduced_motion,
        })
    }

    /// Something happened in the room.
    pub(super) fn room_event(&mut self, event: ar::Event) -> Vec<Effect> {
        let was_presenting = self.room.is_presenting();
        let begins = matches!(event, ar::Event::Started { .. } | ar::Event::Refused { .. });
        if !was_presenting && !begins {
            // Nothing happens in a room that nobody is in; its code may not even be there.
            return Vec::new();
        }
        let mut effects = match event {
            ar::Event::Frame { now_ms, .. } => {
                let seconds = self.clock.go_on(now_ms);
                self.animate(seconds as f32)
            }
            _ => Vec::new(),
        };
        let answers = self.room.update(event);
        if was_presenting != self.room.is_presenting() {
            self.is_stale = true;
            self.clock.is_running = false;
            self.clock.touched_ms = self.clock.now_ms;
        }
        effects.extend(answers.into_iter().map(room_effect));
        effects
    }

    /// The draw list in the room: the same product at its place there, over the camera picture.
    pub(super) fn room_frame(&self, views: &[View]) -> Frame {
        let mut scene = self.scene.clone();
        let pose = self.room.item_pose().or_else(|| self.room.preview_pose());
        let on_wall = matches!(self.room.support(), Some((Surface::Wall, _)));
        for item in &mut scene.items {
            item.visible = pose.is_some();
            item.grounded = !on_wall;
            item.world_from_item = pose.map_or(Affine3A::IDENTITY, |pose| pose.to_affine());
        }
        scene.look.background = Background::Room;
        scene.look.shadow_intensity = scene.look.shadow_intensity.max(LEAST_SHADOW);
        scene.reticle = self.room.reticle().map(|reticle| Reticle {
            world_from_reticle: reticle.world_from_reticle.to_affine(),
            radius: reticle.radius_m,
            color: Vec3::ONE,
        });
        scene.frame(&self.models, views)
    }

    /// Where things are, for the page's own tests and tools; nothing of it leaves the page.
    pub(super) fn room_query(&self) -> Value {
        let pose = self.room.item_pose();
        json!({
            "status": self.room.status().as_str(),
            "item": pose.map(|pose| json!({
                "position": pose.position.to_array(),
                "orientation": pose.orientation.to_array(),
            })),
            "reticle": self.room.reticle().is_some(),
        })
    }
}

/// What the room says, for the page or the session.
#[inline(never)] // in the browser it comes later than the rest
fn room_effect(effect: ar::Effect) -> Effect {
    match effect {
        ar::Effect::Status { status, reason } => {
            Notice::effect("ar-status", json!({ "status": status.as_str(), "reason": reason }))
        }
        ar::Effect::Tracking(tracking) => Notice::effect("ar-tracking", json!({ "status": tracking.as_str() })),
        ar::Effect::Hint(hint) => Notice::effect("ar-hint", json!({ "code": hint.code(), "text": hint.text() })),
        ar::Effect::Selected(item) => Notice::effect("ar-select", json!({ "item": item.map(|item| item.0) })),
        ar::Effect::Layout { json, link } => Notice::effect("ar-layout", json!({ "json": json, "link": link })),
        ar::Effect::Measured(measurement) => Notice::effect(
            "ar-measure",
            json!({
                "text": measurement.label,
                "answer": measurement.answer,
                "length_m": measurement.length_m,
                "uncertainty_m": measurement.uncertainty_m,
            }),
        ),
        ar::Effect::Analytics(event) => Notice::effect(
            "analytics",
            json!({
                "name": event.name,
                "item": event.item.map(|item| item.0),
                "seconds": event.seconds,
                "items": event.items,
            }),
        ),
        ar::Effect::EndSession => Effect::EndSession,
        for_session => Effect::InSession(for_session),
    }
}
