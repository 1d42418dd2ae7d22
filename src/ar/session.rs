//! One session while it runs: searching until the product is placed, then moving it.

use super::gesture::Gestures;
use super::item::{Item, Shape};
use super::motion::{sound_pose, sound_ray};
use super::search::Search;
use super::tracking::Watch;
use super::{Effect, Event, Hint, Placement, Reticle};
use crate::math::{Aabb, Pose, Ray};

/// A picture that comes later than this after the one before counts as this late, in milliseconds: after a pause
/// nothing jumps to its goal.
const LONGEST_FRAME_MS: f64 = 100.0;
/// How long the hint after placing stays, in milliseconds.
const PLACED_HINT_MS: f32 = 8000.0;

/// What is known while a session runs.
#[derive(Clone, Debug)]
pub(super) struct Session {
    placement: Placement,
    shape: Shape,
    reduced_motion: bool,
    watch: Watch,
    search: Search,
    item: Option<Item>,
    gestures: Gestures,
    /// Fingers that went down while searching; lifting one places the product.
    taps: Vec<u32>,
    viewer: Option<Pose>,
    last_ms: Option<f64>,
    /// The last one told; the room tells the first.
    hint: Hint,
    /// How long the hint after placing is still worth showing.
    placed_hint_ms: f32,
}

impl Session {
    /// Nothing seen yet; the hint to search is told.
    pub fn new(bounds: Aabb, placement: Placement, reduced_motion: bool) -> Self {
        Self {
            placement,
            shape: Shape::new(bounds),
            reduced_motion,
            watch: Watch::default(),
            search: Search::default(),
            item: None,
            gestures: Gestures::default(),
            taps: Vec::new(),
            viewer: None,
            last_ms: None,
            hint: Hint::Search(placement),
            placed_hint_ms: 0.0,
        }
    }

    /// Takes one event; what concerns the session as a whole is the room's.
    pub fn update(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Frame { now_ms, world_from_viewer, hits } => {
                self.frame(now_ms, world_from_viewer.and_then(sound_pose), &sound_hits(hits), effects);
            }
            Event::PressStart { id, ray } => self.press_start(id, sound_ray(ray)),
            Event::PressMove { id, ray, hits } => self.press_move(id, sound_ray(ray), &sound_hits(hits)),
            Event::PressEnd { id } => self.press_end(id),
            Event::PressCancel { id } => {
                self.taps.retain(|tap| *tap != id);
                self.gestures.cancel(id);
            }
            Event::Place => self.place_or_say_why_not(effects),
            Event::Move { right_m, forward_m } => self.nudge(right_m, forward_m),
            Event::Turn { degrees } => self.turn(degrees),
            Event::Remove => self.remove(),
            Event::SpaceReset { old_from_new } => self.space_reset(old_from_new.and_then(sound_pose)),
            Event::Started { .. } | Event::Ended { .. } | Event::Refused { .. } | Event::BridgeFailed => {}
        }
        self.tell_hint(effects);
    }

    /// The placed product.
    pub fn item(&self) -> Option<&Item> {
        self.item.as_ref()
    }

    /// The product as a tap would place it now.
    pub fn preview(&self) -> Option<Item> {
        let spot = self.search.spot().filter(|_| self.item.is_none() && !self.watch.is_lost())?;
        Some(Item::placed(self.shape, spot, self.viewer?))
    }

    /// Where a tap would place the product now.
    pub fn reticle(&self) -> Option<Reticle> {
        let spot = self.search.spot().filter(|_| self.item.is_none() && !self.watch.is_lost())?;
        Some(spot.reticle(self.shape.radius_m(spot.surface)))
    }

    fn frame(&mut self, now_ms: f64, viewer: Option<Pose>, hits: &[Pose], effects: &mut Vec<Effect>) {
        let elapsed_ms = self.elapsed_ms(now_ms);
        effects.extend(self.watch.frame(viewer.is_some()).map(Effect::Tracking));
        self.viewer = viewer.or(self.viewer);
        self.placed_hint_ms = (self.placed_hint_ms - elapsed_ms).max(0.0);
        match &mut self.item {
            Some(item) => item.frame(elapsed_ms),
            // A device that does not know where it is has no hits worth following.
            None if viewer.is_some() => self.search.frame(hits, self.placement, elapsed_ms, self.reduced_motion),
            None => {}
        }
    }

    fn elapsed_ms(&mut self, now_ms: f64) -> f32 {
        if !now_ms.is_finite() {
            return 0.0;
        }
        let before_ms = self.last_ms.replace(now_ms).unwrap_or(now_ms);
        (now_ms - before_ms).clamp(0.0, LONGEST_FRAME_MS) as f32
    }

    fn press_start(&mut self, id: u32, ray: Option<Ray>) {
        match (&self.item, self.viewer, ray) {
            (None, _, _) => self.taps.push(id),
            (Some(item), Some(viewer), Some(ray)) => self.gestures.start(item, viewer, id, ray),
            _ => {}
        }
        // A finger that never ends must not fill the memory.
        self.taps.truncate(16);
    }

    fn press_move(&mut self, id: u32, ray: Option<Ray>, hits: &[Pose]) {
        let (Some(item), Some(viewer), Some(ray)) = (&mut self.item, self.viewer, ray) else { return };
        if self.gestures.moved(item, viewer, id, ray, hits) {
            self.placed_hint_ms = 0.0;
        }
    }

    fn press_end(&mut self, id: u32) {
        if self.taps.contains(&id) {
            self.taps.retain(|tap| *tap != id);
            self.place();
        } else if let (Some(item), Some(viewer)) = (&mut self.item, self.viewer) {
            self.gestures.end(item, viewer, id, self.reduced_motion);
        }
    }

    fn place(&mut self) {
        if let Some(item) = self.preview() {
            self.item = Some(item);
            self.placed_hint_ms = PLACED_HINT_MS;
            self.taps.clear();
            self.gestures.clear();
        }
    }

    fn place_or_say_why_not(&mut self, effects: &mut Vec<Effect>) {
        if self.item.is_none() {
            self.place();
            if self.item.is_none() && !self.watch.is_lost() {
                effects.push(Effect::Hint(Hint::NoPlaceYet(self.placement)));
            }
        }
    }

    fn nudge(&mut self, right_m: f32, forward_m: f32) {
        if let (Some(item), Some(viewer)) = (&mut self.item, self.viewer) {
            item.nudge(right_m, forward_m, viewer);
            self.placed_hint_ms = 0.0;
        }
    }

    fn turn(&mut self, degrees: f32) {
        if let Some(item) = &mut self.item {
            item.turn(degrees.to_radians());
            self.placed_hint_ms = 0.0;
        }
    }

    fn remove(&mut self) {
        self.item = None;
        self.search = Search::default();
        self.taps.clear();
        self.gestures.clear();
    }

    fn space_reset(&mut self, old_from_new: Option<Pose>) {
        self.search = Search::default();
        self.gestures.clear();
        self.viewer = None;
        match (&mut self.item, old_from_new) {
            (Some(item), Some(old_from_new)) => item.moved_space(old_from_new),
            // Better no product than one somewhere in the wall.
            (item, _) => *item = None,
        }
    }

    /// Tells the hint when it is another one than before.
    fn tell_hint(&mut self, effects: &mut Vec<Effect>) {
        let hint = self.wanted_hint();
        if hint != self.hint {
            self.hint = hint;
            effects.push(Effect::Hint(hint));
        }
    }

    fn wanted_hint(&self) -> Hint {
        match &self.item {
            _ if self.watch.is_lost() => Hint::TrackingLost,
            Some(item) if self.placed_hint_ms > 0.0 => Hint::Placed(item.surface()),
            Some(_) => Hint::None,
            None if self.search.spot().is_some() => Hint::TapToPlace,
            None if self.search.only_wrong_surfaces() => Hint::WrongSurface(self.placement),
            None => Hint::Search(self.placement),
        }
    }
}

fn sound_hits(hits: Vec<Pose>) -> Vec<Pose> {
    hits.into_iter().filter_map(sound_pose).collect()
}
