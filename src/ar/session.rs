//! One session while it runs: each event goes to the part that it concerns; then the next picture is made.

use super::caption::Caption;
use super::gesture::Gestures;
use super::ground::Ground;
use super::item::Item;
use super::items::{Entry, Items};
use super::light::LightFilter;
use super::lines;
use super::measure::Tape;
use super::motion::{sound_pose, sound_ray};
use super::reflections::ReflectionFilter;
use super::restore::Restoring;
use super::room::Shown;
use super::search::Search;
use super::shape::Shape;
use super::tracking::Watch;
use super::{Analytics, Effect, Event, Hint, ItemId, Mode, Options, Placement, Plane};
use crate::math::{Aabb, Pose, Vec3};

/// A picture that comes later than this after the one before counts as this late, in milliseconds: after a pause
/// nothing jumps to its goal.
const LONGEST_FRAME_MS: f64 = 100.0;

/// What is known while a session runs.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub options: Options,
    pub reduced_motion: bool,
    is_suspended: bool,
    pub ground: Ground,
    pub watch: Watch,
    pub search: Search,
    pub items: Items,
    pub gestures: Gestures,
    /// Fingers that went down while something waits or is measured; lifting one places or measures.
    pub taps: Vec<super::fingers::Tap>,
    pub tape: Tape,
    pub restoring: Option<Restoring>,
    light: LightFilter,
    pub reflections: ReflectionFilter,
    pub viewer: Option<Pose>,
    pub caption: Option<Caption>,
    /// The first point straight ahead.
    pub ahead: Option<Vec3>,
    last_ms: Option<f64>,
    started_ms: Option<f64>,
    /// The last one told; the room tells the first.
    hint: Hint,
    /// A hint about what has just happened, and how long it is still worth showing.
    notice: (Hint, f32),
    pub shown: Shown,
    told_selected: Option<ItemId>,
    /// What the page called the products when it last saved the layout.
    pub names: Option<Vec<(ItemId, String)>>,
    /// Lists of hits that have done their work, for their memory.
    pub spare_hits: Vec<Vec<Pose>>,
}

impl Session {
    /// Nothing seen yet; the hint to search is told.
    pub fn new(bounds: Aabb, placement: Placement, mode: Mode, reduced_motion: bool) -> Self {
        let mut items = Items::default();
        items.add(Entry::new(ItemId::FIRST, Shape::new(bounds), placement, None));
        Self {
            options: Options::default(),
            reduced_motion,
            is_suspended: false,
            ground: Ground::new(mode),
            watch: Watch::default(),
            search: Search::default(),
            items,
            gestures: Gestures::default(),
            taps: Vec::new(),
            tape: Tape::default(),
            restoring: None,
            light: LightFilter::default(),
            reflections: ReflectionFilter::default(),
            viewer: None,
            caption: None,
            ahead: None,
            last_ms: None,
            started_ms: None,
            hint: Hint::Search(placement),
            notice: (Hint::None, 0.0),
            shown: Shown::default(),
            told_selected: None,
            names: None,
            spare_hits: Vec::new(),
        }
    }

    /// Takes one event; what concerns the session as a whole is the room's.
    pub fn update(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Set(options) => self.set(options),
            Event::FloorHeight(height_m) => self.ground.floor_m = height_m.is_finite().then_some(height_m),
            Event::Frame { now_ms, world_from_viewer, hits } => {
                let hits = sound_hits(hits);
                self.frame(now_ms, world_from_viewer.and_then(sound_pose), &hits, effects);
                self.spare_hits.push(hits);
            }
            Event::Planes(planes) => self.ground.planes = planes.into_iter().filter_map(Plane::sound).collect(),
            Event::Light(estimate) => self.light.take(&estimate),
            Event::Reflections(told) => self.reflections.take(told),
            Event::Suspended(is_suspended) => self.suspend(is_suspended),
            Event::PressStart { id, ray } => self.press_start(id, sound_ray(ray)),
            Event::PressMove { id, ray, hits } => {
                let hits = sound_hits(hits);
                self.press_move(id, sound_ray(ray), &hits);
                self.spare_hits.push(hits);
            }
            Event::PressEnd { id } => self.press_end(id, effects),
            Event::PressCancel { id } => self.press_cancel(id),
            Event::Place => self.place_or_say_why_not(effects),
            Event::Move { right_m, forward_m } => self.nudge(right_m, forward_m),
            Event::Turn { degrees } => self.change_selected(|item| item.turn(degrees.to_radians())),
            Event::Scale { factor } => self.scale(factor),
            Event::Caption(size_m) => {
                self.caption = size_m.and_then(Caption::new).map(|caption| caption.in_place_of(self.caption));
            }
            Event::Measure(step) => self.measure(step),
            Event::PhotoTaken => self.note("ar-photo", None, 0.0, effects),
            Event::AnchorMoved { item, world_from_anchor } => self.anchor_moved(item, world_from_anchor),
            Event::AnchorKept { item, handle } => self.anchor_kept(item, handle, effects),
            Event::SaveLayout { names, keeps_anchors } => self.save_layout(names, keeps_anchors, effects),
            Event::ForgetAnchors { handles } => self.forget_anchors(handles, effects),
            Event::RestoreLayout { layout, ids } => self.restore_layout(layout, ids, effects),
            Event::SpaceReset { old_from_new } => self.space_reset(old_from_new.and_then(sound_pose)),
            event => self.change_items(event, effects),
        }
        self.items.seat();
        self.show();
        self.tell_selected(effects);
        self.tell_hint(effects);
        self.renew_anchors(effects);
    }

    /// Something stands in the room.
    pub fn is_furnished(&self) -> bool {
        self.items.placed().next().is_some()
    }

    /// The session's length so far, for the last entry of what may be counted.
    pub fn end(&self, effects: &mut Vec<Effect>) {
        let elapsed_ms = self.last_ms.zip(self.started_ms).map_or(0.0, |(last, started)| last - started);
        self.note("ar-end", None, elapsed_ms.max(0.0) as f32, effects);
    }

    /// One entry of what may be counted.
    pub fn note(&self, name: &'static str, item: Option<ItemId>, elapsed_ms: f32, effects: &mut Vec<Effect>) {
        effects.push(Analytics::effect(name, item, elapsed_ms, self.items.placed().count()));
    }

    /// Says something about what has just happened, for a while.
    pub fn say(&mut self, hint: Hint, for_ms: f32) {
        self.notice = (hint, for_ms);
    }

    /// The shopper has found out what the hint about a new product says.
    pub fn has_found_out(&mut self) {
        if matches!(self.notice.0, Hint::Placed(_) | Hint::PlacedInFront(_)) {
            self.notice = (Hint::None, 0.0);
        }
    }

    /// Moves or turns the selected product.
    pub fn change_selected(&mut self, change: impl FnOnce(&mut Item)) {
        if let Some(id) = self.items.selected()
            && self.items.change(id, change).is_some()
        {
            self.has_found_out();
        }
    }

    fn set(&mut self, options: Options) {
        if options.unit != self.options.unit {
            self.shown.lines.clear();
        }
        self.options = options;
        if !options.may_scale {
            self.lock_size();
        }
    }

    /// All products have their true size again.
    pub fn lock_size(&mut self) {
        let ids: Vec<ItemId> = self.items.iter().map(|entry| entry.id).collect();
        for id in ids {
            self.items.change(id, |item| item.shape = item.shape.scaled(1.0));
            if let Some(entry) = self.items.get_mut(id) {
                entry.shape = entry.shape.scaled(1.0);
            }
        }
    }

    fn frame(&mut self, now_ms: f64, viewer: Option<Pose>, hits: &[Pose], effects: &mut Vec<Effect>) {
        let elapsed_ms = self.elapsed_ms(now_ms);
        effects.extend(self.watch.frame(viewer.is_some()).map(Effect::Tracking));
        self.viewer = viewer.or(self.viewer);
        self.notice.1 = (self.notice.1 - elapsed_ms).max(0.0);
        self.tape.elapsed_ms += elapsed_ms;
        if let Some((caption, viewer)) = self.caption.as_mut().zip(viewer) {
            caption.follow(viewer, elapsed_ms, self.reduced_motion);
        }
        self.light.frame(elapsed_ms);
        self.reflections.frame(elapsed_ms);
        for entry in self.items.iter_mut() {
            entry.waited_ms += elapsed_ms;
            if let Some(item) = &mut entry.placed {
                item.frame(elapsed_ms);
            }
        }
        self.rest_anchors(elapsed_ms, viewer.is_some());
        // A device that does not know where it is has no hits worth following.
        let Some(viewer) = viewer.filter(|_| !self.is_suspended) else { return };
        self.ground.see(hits);
        self.go_on_restoring(elapsed_ms);
        self.seek(viewer, hits, elapsed_ms, effects);
    }

    fn elapsed_ms(&mut self, now_ms: f64) -> f32 {
        if !now_ms.is_finite() {
            return 0.0;
        }
        self.started_ms = self.started_ms.or(Some(now_ms));
        let before_ms = self.last_ms.replace(now_ms).unwrap_or(now_ms);
        (now_ms - before_ms).clamp(0.0, LONGEST_FRAME_MS) as f32
    }

    fn suspend(&mut self, is_suspended: bool) {
        self.is_suspended = is_suspended;
        self.taps.clear();
        self.gestures.clear();
    }

    /// Products come, go and become others.
    fn change_items(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::AddItem { id, bounds, placement, pose } => {
                let shape = Shape::new(bounds);
                let placed = pose.and_then(sound_pose).map(|pose| Item::at(shape, placement.usual_surface(), pose));
                self.drop_anchor(id, effects);
                self.items.add(Entry::new(id, shape, placement, placed));
            }
            Event::SelectItem(id) => self.items.select(id),
            Event::RemoveItem(id) => {
                self.drop_anchor(id, effects);
                self.items.remove(id);
                self.has_found_out();
                self.look_anew();
            }
            Event::Remove => {
                if let Some(id) = self.items.selected() {
                    self.drop_anchor(id, effects);
                    self.items.take_up(id);
                }
                self.look_anew();
            }
            Event::DuplicateItem { id, new_id } => {
                if let Some(entry) = self.items.get(id).filter(|_| id != new_id) {
                    let placed = entry.placed.map(|item| item.beside());
                    self.items.add(Entry::new(new_id, entry.shape, entry.placement, placed));
                    self.items.select(Some(new_id));
                }
            }
            Event::ReplaceItem { id, bounds } => {
                let shape = |old: Shape| Shape::new(bounds).scaled(old.scale());
                self.items.change(id, |item| item.shape = shape(item.shape));
                if let Some(entry) = self.items.get_mut(id) {
                    entry.shape = shape(entry.shape);
                }
            }
            _ => {}
        }
    }

    /// The search begins anew, and fingers that are down mean nothing any more.
    pub fn look_anew(&mut self) {
        self.search = Search::default();
        self.taps.clear();
        self.gestures.clear();
    }

    fn space_reset(&mut self, old_from_new: Option<Pose>) {
        self.look_anew();
        self.ground.forget();
        self.tape.cancel();
        match old_from_new {
            Some(old_from_new) => self.shown.measurements.iter_mut().for_each(|done| done.moved_space(old_from_new)),
            None => self.shown.measurements.clear(),
        }
        self.viewer = None;
        self.caption.iter_mut().for_each(Caption::forget_place);
        for entry in self.items.iter_mut() {
            match (&mut entry.placed, old_from_new) {
                (Some(item), Some(old_from_new)) => item.moved_space(old_from_new),
                // Better no product than one somewhere in the wall; its anchor may still bring it back.
                (placed, _) => {
                    entry.shape = placed.map_or(entry.shape, |item| item.shape);
                    *placed = None;
                }
            }
        }
        self.items.select(self.items.selected().filter(|id| self.items.get(*id).is_some_and(|e| e.placed.is_some())));
    }

    /// Makes what the next picture shows.
    fn show(&mut self) {
        let preview = self.preview();
        self.show_items(preview);
        self.shown.light = self.light.shown().filter(|_| self.options.light);
        let item = self.items.selected_item();
        lines::update(&mut self.shown.lines, item, self.ground.walls(), self.options.unit);
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
        let (notice, left_ms) = self.notice;
        match self.items.waiting() {
            _ if self.is_suspended => Hint::Suspended,
            _ if self.watch.is_lost() => Hint::TrackingLost,
            _ if notice == Hint::NoPointHere && left_ms > 0.0 => notice,
            _ if self.tape.is_measuring() && self.tape.first().is_some() => Hint::MeasureTo,
            _ if self.tape.is_measuring() => Hint::MeasureFrom,
            Some(_) if self.search.spot().is_some() => Hint::TapToPlace,
            Some(entry) if self.search.only_wrong_surfaces() && self.search.is_too_small() => {
                Hint::TooSmall(entry.placement)
            }
            Some(entry) if self.search.only_wrong_surfaces() => Hint::WrongSurface(entry.placement),
            Some(entry) => Hint::Search(entry.placement),
            None if left_ms > 0.0 => notice,
            None if self.restoring.is_some() => Hint::Restoring,
            None if !self.is_furnished() => Hint::Empty,
            None => Hint::None,
        }
    }
}

fn sound_hits(mut hits: Vec<Pose>) -> Vec<Pose> {
    hits.retain_mut(|hit| sound_pose(*hit).map(|sound| *hit = sound).is_some());
    hits
}
