//! The product in the room: the session's events in, the room's picture out.

use super::effect::{Effect, Notice};
use super::{Drawing, Viewer};
use crate::ar;
use crate::math::{Aabb, Affine3A, Pose, Vec3};
use crate::scene::frame::{Background, Frame, Mark, Reticle, View};
use crate::scene::{Look, Scene};
use serde_json::{Value, json};

/// On a real floor a product without a shadow floats: this much is always there.
const LEAST_SHADOW: f32 = 0.6;
/// The ring around what is selected, where there is more than one thing; linear.
const SELECTED: Vec3 = Vec3::new(0.1, 0.45, 1.0);
/// The same around what is selected and in the way of something; linear.
const IN_THE_WAY: Vec3 = Vec3::new(1.0, 0.2, 0.05);
/// A ring closer to the product than this is hidden by it, in metres.
const RING_MARGIN_M: f32 = 0.05;

/// How high over the floor surroundings are taken as a rule, in metres.
const EYE_HEIGHT_M: f32 = 1.6;
/// A showroom is no more than a mood: its panorama was not made to be stood in.
const SHOWROOM_BLUR: f32 = 0.3;

impl Viewer {
    /// The session runs: the room learns what is to be placed.
    pub(super) fn room_started(&mut self, mode: ar::Mode, device: ar::Device) -> Vec<Effect> {
        (self.is_showroom, self.room_device) = (mode == ar::Mode::Vr, device);
        let item = self.scene.items.first();
        self.in_room(ar::Event::Started {
            bounds: item.map_or(Aabb::EMPTY, |item| item.bounds),
            placement: self.placement(self.settings.ar_placement, item),
            mode,
            reduced_motion: self.settings.reduced_motion,
        })
    }

    /// Something happened in the room.
    pub(super) fn room_event(&mut self, event: ar::Event) -> Vec<Effect> {
        if self.room.is_presenting() || matches!(event, ar::Event::Refused { .. }) {
            return self.in_room(event);
        }
        // Nothing happens in a room that nobody is in; its code may not even be there.
        Vec::new()
    }

    #[inline(never)] // in the browser it comes later than the rest
    fn in_room(&mut self, event: ar::Event) -> Vec<Effect> {
        let was_presenting = self.room.is_presenting();
        let mut effects = match event {
            ar::Event::Frame { now_ms, .. } => {
                let seconds = self.clock.go_on(now_ms);
                self.animate(seconds as f32)
            }
            _ => Vec::new(),
        };
        if matches!(event, ar::Event::Caption(Some(_))) {
            effects.push(Effect::UploadCaption);
        }
        let begins = matches!(event, ar::Event::Started { .. });
        let answers = self.room.update(event);
        if was_presenting != self.room.is_presenting() {
            self.is_stale = true;
            self.clock.is_running = false;
            self.clock.touched_ms = self.clock.now_ms;
            self.show_scene();
        }
        let device = self.room_device;
        effects.extend(answers.into_iter().map(|answer| room_effect(answer, device)));
        if begins {
            effects.extend(self.room_event(ar::Event::Set(self.settings.ar)));
            effects.extend(self.bring_list());
        }
        effects.extend(self.news_of_items());
        effects
    }

    /// The draw list in the room: everything at its place there, over the camera picture.
    #[inline(never)] // in the browser it comes later than the rest
    pub(super) fn room_frame(&self, views: &[View], frame: &mut Frame, drawing: &mut Drawing) {
        let mut items = std::mem::take(&mut drawing.items);
        items.extend(self.room.items().iter().filter_map(|placed| self.room_item(placed)));
        let mut scene = Scene { items, look: self.scene.look, reticle: self.ring() };
        if self.is_showroom {
            show_room(&mut scene.look);
        } else {
            scene.look.background = Background::Room;
        }
        scene.look.shadow_intensity = scene.look.shadow_intensity.max(LEAST_SHADOW);
        scene.frame_into(&self.models, views, frame, &mut drawing.scratch);
        self.light_by_room(frame);
        frame.caption =
            self.room.caption().map(|(pose, size_m)| pose.to_affine() * Affine3A::from_scale(size_m.extend(1.0) * 0.5));
        drawing.items = scene.items;
        // Copies that stay would make the next change of a pose a copy of all of it.
        drawing.items.clear();
    }

    /// Around the place of what waits for one; else around what is selected, so that the shopper sees on what the buttons act.
    fn ring(&self) -> Option<Reticle> {
        if let Some(reticle) = self.room.reticle() {
            let world_from_reticle = reticle.world_from_reticle.to_affine();
            return Some(Reticle { world_from_reticle, radius: reticle.radius_m, color: Vec3::ONE, mark: Mark::Ring });
        }
        let items = self.room.items();
        let selected = items.iter().find(|item| item.is_selected && !item.is_ghost)?;
        if items.len() < 2 && selected.problem.is_none() {
            return None;
        }
        let size = self.room_item(selected)?.bounds.size() * selected.scale;
        // Of the face that touches: a wall is touched by the back.
        let across = if selected.surface == ar::Surface::Wall { size.x.max(size.y) } else { size.x.max(size.z) };
        Some(Reticle {
            world_from_reticle: selected.support.to_affine(),
            radius: across * 0.5 + RING_MARGIN_M,
            color: if selected.problem.is_some() { IN_THE_WAY } else { SELECTED },
            mark: Mark::Ring,
        })
    }

    /// Where things are, for the page's own tests and tools; nothing of it leaves the page.
    pub(super) fn room_query(&self) -> Value {
        if self.room.is_presenting() { self.room_places() } else { json!({ "status": self.room.status().as_str() }) }
    }

    #[inline(never)] // in the browser it comes later than the rest
    fn room_places(&self) -> Value {
        let place =
            |pose: Pose| json!({ "position": pose.position.to_array(), "orientation": pose.orientation.to_array() });
        let item = |item: &ar::RoomItem| {
            json!({
                "id": item.id.0,
                "position": item.pose.position.to_array(),
                "orientation": item.pose.orientation.to_array(),
                "placed": !item.is_ghost,
                "selected": item.is_selected,
            })
        };
        json!({
            "status": self.room.status().as_str(),
            "item": self.room.item_pose().map(place),
            "items": self.room.items().iter().map(item).collect::<Vec<Value>>(),
            "reticle": self.room.reticle().is_some(),
        })
    }
}

/// A showroom around the product: its surroundings, laid on the floor where the page does not say how.
fn show_room(look: &mut Look) {
    look.background = Background::Environment;
    if look.sky_height <= 0.0 {
        (look.sky_height, look.sky_blur) = (EYE_HEIGHT_M, look.sky_blur.max(SHOWROOM_BLUR));
    }
}

/// What the room says, for the page or the session.
fn room_effect(effect: ar::Effect, device: ar::Device) -> Effect {
    match effect {
        ar::Effect::Status { status, reason } => {
            Notice::effect("ar-status", json!({ "status": status.as_str(), "reason": reason }))
        }
        ar::Effect::Tracking(tracking) => Notice::effect("ar-tracking", json!({ "status": tracking.as_str() })),
        ar::Effect::Hint(hint) => Notice::effect(
            "ar-hint",
            json!({ "code": hint.code(), "about": hint.about(), "device": device.word(), "text": hint.words(device) }),
        ),
        ar::Effect::Selected(item) => Notice::effect("room-selected", json!({ "id": item.map(|item| item.0) })),
        ar::Effect::Layout { json, link } => Notice::effect("room-layout", json!({ "json": json, "link": link })),
        ar::Effect::Measured(measurement) => Notice::effect(
            "room-measured",
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
                "detail": { "item": event.item.map(|item| item.0), "seconds": event.seconds, "items": event.items },
            }),
        ),
        ar::Effect::EndSession => Effect::EndSession,
        for_session => Effect::InSession(for_session),
    }
}
