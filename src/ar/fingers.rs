//! Fingers, rays of controllers and buttons: what they do depends on whether something waits, is measured or stands.

use super::gesture::{Did, DragEnd, Landing};
use super::ground::Found;
use super::measure::{self, Sighting};
use super::search::Spot;
use super::session::Session;
use super::surface::normal;
use super::{Effect, Hint, ItemId, MeasureStep, Surface};
use crate::math::{Pose, Ray, Vec3};

/// How long a word about a single action stays, in milliseconds.
const WORD_MS: f32 = 3000.0;
/// Nobody has more fingers; one that never ends must not fill the memory.
const MOST_TAPS: usize = 16;

/// A finger that is down while something waits for a place or is measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tap {
    id: u32,
    ray: Option<Ray>,
    /// The surface that the device has seen under it.
    point: Option<Vec3>,
}

impl Session {
    pub(super) fn press_start(&mut self, id: u32, ray: Option<Ray>) {
        if self.tape.is_measuring() || self.items.waiting().is_some() {
            self.taps.push(Tap { id, ray, point: None });
            self.taps.truncate(MOST_TAPS);
            return;
        }
        let (Some(viewer), Some(ray)) = (self.viewer, ray) else { return };
        if let Some((picked, _)) = self.items.pick(ray).filter(|_| self.gestures.is_idle()) {
            self.items.select(Some(picked));
        }
        if let Some(item) = self.items.selected_item() {
            self.gestures.start(item, viewer, id, ray);
        }
    }

    pub(super) fn press_move(&mut self, id: u32, ray: Option<Ray>, hits: &[Pose]) {
        if let Some(tap) = self.taps.iter_mut().find(|tap| tap.id == id) {
            tap.ray = ray.or(tap.ray);
            tap.point = hits.first().map(|hit| hit.position);
            return;
        }
        let (Some(selected), Some(viewer), Some(ray)) = (self.items.selected(), self.viewer, ray) else { return };
        let landing = self.landing(selected, ray, hits, viewer);
        let gestures = &mut self.gestures;
        let did = self.items.change(selected, |item| gestures.moved(item, viewer, id, ray, landing));
        match did {
            Some(Did::Dragged) => {
                self.settle(selected);
                self.has_found_out();
            }
            Some(Did::Turned) => self.has_found_out(),
            Some(Did::Pinched(factor)) => self.scale(factor),
            Some(Did::Nothing) | None => {}
        }
    }

    pub(super) fn press_end(&mut self, id: u32, effects: &mut Vec<Effect>) {
        if let Some(at) = self.taps.iter().position(|tap| tap.id == id) {
            let tap = self.taps.remove(at);
            if self.tape.is_measuring() {
                let seen = || self.ground.first_point(tap.ray?, &[]);
                return self.take_point(tap.point.or_else(seen), effects);
            }
            return self.place(effects);
        }
        let (Some(selected), Some(viewer)) = (self.items.selected(), self.viewer) else { return };
        let (gestures, reduced_motion) = (&mut self.gestures, self.reduced_motion);
        let ended = self.items.change(selected, |item| gestures.end(item, viewer, id, reduced_motion));
        if ended.is_some_and(|ended| ended != DragEnd::NotYet) {
            self.settle(selected);
        }
        if let Some(entry) = self.items.get(selected).filter(|_| ended == Some(DragEnd::Refused)) {
            self.say(Hint::WrongSurface(entry.placement), WORD_MS);
        }
    }

    pub(super) fn press_cancel(&mut self, id: u32) {
        self.taps.retain(|tap| tap.id != id);
        self.gestures.cancel(id);
    }

    pub(super) fn nudge(&mut self, right_m: f32, forward_m: f32) {
        if let Some(viewer) = self.viewer {
            self.change_selected(|item| item.nudge(right_m, forward_m, viewer));
        }
    }

    /// Larger or smaller, where the page allows it.
    pub(super) fn scale(&mut self, factor: f32) {
        if self.options.may_scale {
            self.change_selected(|item| item.shape = item.shape.times(factor));
        } else if self.items.selected().is_some() {
            self.say(Hint::TrueSize, WORD_MS);
        }
    }

    pub(super) fn measure(&mut self, step: MeasureStep) {
        self.taps.clear();
        self.gestures.clear();
        match step {
            MeasureStep::Begin(kind) => self.tape.begin(kind),
            MeasureStep::Cancel => self.tape.cancel(),
            MeasureStep::Clear => {
                self.tape.clear();
                self.shown.measurements.clear();
            }
        }
    }

    /// One point of a measurement; the second tells the length.
    pub(super) fn take_point(&mut self, point: Option<Vec3>, effects: &mut Vec<Effect>) {
        let (Some(point), Some(viewer)) = (point, self.viewer) else { return self.say(Hint::NoPointHere, WORD_MS) };
        let sighting = Sighting { point, distance_m: point.distance(viewer.position) };
        let wish = self.items.selected_item().map(|item| item.shape.size());
        let table = self.ground.plane_at(point, Vec3::Y).filter(|plane| plane.surface() == Some(Surface::Table));
        let elapsed_ms = self.tape.elapsed_ms;
        if let Some(measurement) = self.tape.take(sighting, wish, table, self.options.unit) {
            measure::keep(&mut self.shown.measurements, measurement.clone());
            effects.push(Effect::Measured(measurement));
            self.note("ar-measure", self.items.selected(), elapsed_ms, effects);
            self.say(Hint::Measured, WORD_MS);
        }
    }

    /// The first surface along a finger's ray, and whether the product may be there. What lies behind it is not what the
    /// finger means.
    fn landing(&self, id: ItemId, ray: Ray, hits: &[Pose], viewer: Pose) -> Option<Landing> {
        let entry = self.items.get(id)?;
        let shape = entry.placed.map_or(entry.shape, |item| item.shape);
        let first = hits.get(..1).unwrap_or_default();
        let found = self.ground.look(ray, first, viewer, &self.items, (id, shape, entry.placement));
        if let Found::Spot(spot) = found {
            return Some(Landing { spot, fits: true });
        }
        let hit = first.first()?;
        let spot = Spot { surface: Surface::of(hit)?, position: hit.position, normal: normal(hit), carrier: None };
        Some(Landing { spot, fits: false })
    }

    /// Corrects a product that was dragged to where it is meant to be.
    fn settle(&mut self, id: ItemId) {
        let Some(mut item) = self.items.get(id).and_then(|entry| entry.placed) else { return };
        self.snap(id, &mut item);
        self.items.change(id, |placed| *placed = item);
    }
}
