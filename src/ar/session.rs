//! One session while it runs: what waits finds its place, what stands is moved.

use super::gesture::Gestures;
use super::item::{Item, Shape};
use super::items::{Entry, Items};
use super::motion::{sound_pose, sound_ray};
use super::room::Shown;
use super::search::Search;
use super::tracking::Watch;
use super::{Effect, Event, Hint, ItemId, Mode, Options, Placement, Plane, RoomItem};
use crate::math::{Aabb, Pose, Ray};

/// A picture that comes later than this after the one before counts as this late, in milliseconds: after a pause
/// nothing jumps to its goal.
const LONGEST_FRAME_MS: f64 = 100.0;
/// How long the hint after placing stays, in milliseconds.
const PLACED_HINT_MS: f32 = 8000.0;

/// What is known while a session runs.
#[derive(Clone, Debug)]
pub(super) struct Session {
    mode: Mode,
    options: Options,
    reduced_motion: bool,
    is_suspended: bool,
    floor_m: Option<f32>,
    planes: Vec<Plane>,
    watch: Watch,
    search: Search,
    items: Items,
    gestures: Gestures,
    /// Fingers that went down while searching; lifting one places the product.
    taps: Vec<u32>,
    viewer: Option<Pose>,
    last_ms: Option<f64>,
    /// The last one told; the room tells the first.
    hint: Hint,
    /// How long the hint after placing is still worth showing.
    placed_hint_ms: f32,
    shown: Shown,
    told_selected: Option<ItemId>,
}

impl Session {
    /// Nothing seen yet; the hint to search is told.
    pub fn new(bounds: Aabb, placement: Placement, mode: Mode, reduced_motion: bool) -> Self {
        let mut items = Items::default();
        items.add(Entry { id: ItemId::FIRST, shape: Shape::new(bounds), placement, placed: None });
        Self {
            mode,
            options: Options::default(),
            reduced_motion,
            is_suspended: false,
            floor_m: None,
            planes: Vec::new(),
            watch: Watch::default(),
            search: Search::default(),
            items,
            gestures: Gestures::default(),
            taps: Vec::new(),
            viewer: None,
            last_ms: None,
            hint: Hint::Search(placement),
            placed_hint_ms: 0.0,
            shown: Shown::default(),
            told_selected: None,
        }
    }

    /// Takes one event; what concerns the session as a whole is the room's.
    pub fn update(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Set(options) => self.options = options,
            Event::FloorHeight(height_m) => self.floor_m = height_m.is_finite().then_some(height_m),
            Event::Frame { now_ms, world_from_viewer, hits } => {
                self.frame(now_ms, world_from_viewer.and_then(sound_pose), &sound_hits(hits), effects);
            }
            Event::Planes(planes) => self.planes = planes.into_iter().filter_map(Plane::sound).collect(),
            Event::Suspended(is_suspended) => self.suspend(is_suspended),
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
            Event::Remove => self.take_up(),
            Event::SpaceReset { old_from_new } => self.space_reset(old_from_new.and_then(sound_pose)),
            event => self.change_items(event),
        }
        self.show();
        self.tell_selected(effects);
        self.tell_hint(effects);
    }

    /// What the next picture shows.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Something stands in the room.
    pub fn is_furnished(&self) -> bool {
        self.items.placed().next().is_some()
    }

    /// Products come, go and become others.
    fn change_items(&mut self, event: Event) {
        match event {
            Event::AddItem { id, bounds, placement, pose } => {
                let shape = Shape::new(bounds);
                let placed = pose.and_then(sound_pose).map(|pose| Item::at(shape, placement.usual_surface(), pose));
                self.items.add(Entry { id, shape, placement, placed });
            }
            Event::SelectItem(id) => self.items.select(id),
            Event::RemoveItem(id) => {
                self.items.remove(id);
                self.gestures.clear();
            }
            Event::DuplicateItem { id, new_id } => {
                if let Some(entry) = self.items.get(id).filter(|_| id != new_id).cloned() {
                    let placed = entry.placed.map(|item| item.beside());
                    self.items.add(Entry { id: new_id, placed, ..entry });
                    self.items.select(Some(new_id));
                }
            }
            Event::ReplaceItem { id, bounds } => {
                if let Some(entry) = self.items.get_mut(id) {
                    entry.shape = Shape::new(bounds);
                    if let Some(item) = &mut entry.placed {
                        item.replace(entry.shape);
                    }
                }
            }
            _ => {}
        }
    }

    /// The waiting product as a tap would place it now.
    fn preview(&self) -> Option<(ItemId, Item)> {
        let entry = self.items.waiting().filter(|_| !self.watch.is_lost())?;
        Some((entry.id, Item::placed(entry.shape, self.search.spot()?, self.viewer?)))
    }

    fn frame(&mut self, now_ms: f64, viewer: Option<Pose>, hits: &[Pose], effects: &mut Vec<Effect>) {
        let elapsed_ms = self.elapsed_ms(now_ms);
        effects.extend(self.watch.frame(viewer.is_some()).map(Effect::Tracking));
        self.viewer = viewer.or(self.viewer);
        self.placed_hint_ms = (self.placed_hint_ms - elapsed_ms).max(0.0);
        for item in self.items.iter_mut().filter_map(|entry| entry.placed.as_mut()) {
            item.frame(elapsed_ms);
        }
        // A device that does not know where it is has no hits worth following.
        if let Some(entry) = self.items.waiting().filter(|_| viewer.is_some()) {
            self.search.frame(hits, entry.placement, elapsed_ms, self.reduced_motion);
        }
    }

    fn elapsed_ms(&mut self, now_ms: f64) -> f32 {
        if !now_ms.is_finite() {
            return 0.0;
        }
        let before_ms = self.last_ms.replace(now_ms).unwrap_or(now_ms);
        (now_ms - before_ms).clamp(0.0, LONGEST_FRAME_MS) as f32
    }

    fn suspend(&mut self, is_suspended: bool) {
        self.is_suspended = is_suspended;
        self.taps.clear();
        self.gestures.clear();
    }

    fn press_start(&mut self, id: u32, ray: Option<Ray>) {
        if self.items.waiting().is_some() {
            self.taps.push(id);
            // A finger that never ends must not fill the memory.
            self.taps.truncate(16);
            return;
        }
        let (Some(viewer), Some(ray)) = (self.viewer, ray) else { return };
        if let Some((picked, _)) = self.items.pick(ray).filter(|_| self.gestures.is_idle()) {
            self.items.select(Some(picked));
        }
        if let Some(item) = self.items.selected_mut() {
            self.gestures.start(item, viewer, id, ray);
        }
    }

    fn press_move(&mut self, id: u32, ray: Option<Ray>, hits: &[Pose]) {
        let (Some(item), Some(viewer), Some(ray)) = (self.items.selected_mut(), self.viewer, ray) else { return };
        if self.gestures.moved(item, viewer, id, ray, hits) {
            self.placed_hint_ms = 0.0;
        }
    }

    fn press_end(&mut self, id: u32) {
        if self.taps.contains(&id) {
            self.taps.retain(|tap| *tap != id);
            self.place();
        } else if let (Some(item), Some(viewer)) = (self.items.selected_mut(), self.viewer) {
            self.gestures.end(item, viewer, id, self.reduced_motion);
        }
    }

    fn place(&mut self) {
        if let Some((id, item)) = self.preview()
            && let Some(entry) = self.items.get_mut(id)
        {
            entry.placed = Some(item);
            self.items.select(Some(id));
            self.placed_hint_ms = PLACED_HINT_MS;
            self.search = Search::default();
            self.taps.clear();
            self.gestures.clear();
        }
    }

    fn place_or_say_why_not(&mut self, effects: &mut Vec<Effect>) {
        let Some(placement) = self.items.waiting().map(|entry| entry.placement) else { return };
        if self.preview().is_some() {
            self.place();
        } else if !self.watch.is_lost() {
            effects.push(Effect::Hint(Hint::NoPlaceYet(placement)));
        }
    }

    fn nudge(&mut self, right_m: f32, forward_m: f32) {
        if let (Some(item), Some(viewer)) = (self.items.selected_mut(), self.viewer) {
            item.nudge(right_m, forward_m, viewer);
            self.placed_hint_ms = 0.0;
        }
    }

    fn turn(&mut self, degrees: f32) {
        if let Some(item) = self.items.selected_mut() {
            item.turn(degrees.to_radians());
            self.placed_hint_ms = 0.0;
        }
    }

    fn take_up(&mut self) {
        if let Some(id) = self.items.selected() {
            self.items.take_up(id);
        }
        self.search = Search::default();
        self.taps.clear();
        self.gestures.clear();
    }

    fn space_reset(&mut self, old_from_new: Option<Pose>) {
        self.search = Search::default();
        self.gestures.clear();
        self.viewer = None;
        for entry in self.items.iter_mut() {
            match (&mut entry.placed, old_from_new) {
                (Some(item), Some(old_from_new)) => item.moved_space(old_from_new),
                // Better no product than one somewhere in the wall.
                (placed, _) => *placed = None,
            }
        }
    }

    /// Makes what the next picture shows.
    fn show(&mut self) {
        let preview = self.preview();
        let selected = self.items.selected();
        let shown = |id: ItemId, item: &Item, is_ghost: bool| RoomItem {
            id,
            pose: item.pose(),
            scale: 1.0,
            is_ghost,
            is_selected: selected == Some(id),
            overlaps: false,
            surface: item.surface(),
            support: item.support(),
            problem: None,
        };
        self.shown.items.clear();
        self.shown.items.extend(self.items.placed().map(|(entry, item)| shown(entry.id, item, false)));
        self.shown.items.extend(preview.map(|(id, item)| shown(id, &item, true)));
        self.shown.reticle = self.search.spot().filter(|_| preview.is_some()).and_then(|spot| {
            let shape = self.items.waiting()?.shape;
            Some(spot.reticle(shape.radius_m(spot.surface)))
        });
    }

    fn tell_selected(&mut self, effects: &mut Vec<Effect>) {
        let selected = self.items.selected();
        if self.told_selected != selected {
            self.told_selected = selected;
            effects.push(Effect::Selected(selected));
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
        match self.items.waiting() {
            _ if self.watch.is_lost() => Hint::TrackingLost,
            Some(_) if self.search.spot().is_some() => Hint::TapToPlace,
            Some(entry) if self.search.only_wrong_surfaces() => Hint::WrongSurface(entry.placement),
            Some(entry) => Hint::Search(entry.placement),
            None => match self.items.placed().last().filter(|_| self.placed_hint_ms > 0.0) {
                Some((_, item)) => Hint::Placed(item.surface()),
                None => Hint::None,
            },
        }
    }
}

fn sound_hits(hits: Vec<Pose>) -> Vec<Pose> {
    hits.into_iter().filter_map(sound_pose).collect()
}
