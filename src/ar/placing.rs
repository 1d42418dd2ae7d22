//! A waiting product finds its place: the ghost, the tap, and the place in front when there is none.

use super::item::{Item, toward_shopper};
use super::items::Entry;
use super::search::Spot;
use super::session::Session;
use super::shape::Shape;
use super::snap::{self, snap};
use super::{Effect, Hint, ItemId, Mode, Placement, Problem, RoomItem, Surface};
use crate::math::{Pose, Ray, Vec3};

/// How long the hint after placing stays, in milliseconds.
const PLACED_HINT_MS: f32 = 8000.0;
/// A ghost without a surface is this far ahead, in metres; large products twice their half width.
const AHEAD_M: f32 = 1.0;
/// And not farther, in metres.
const FARTHEST_AHEAD_M: f32 = 4.0;
/// What does not stand is this far below the eye then, in metres.
const BELOW_EYE_M: f32 = 0.2;
/// Between products that are put side by side, in metres.
const APART_M: f32 = 0.1;
/// Over an edge by less is within the outline's error, in metres.
const EDGE_M: f32 = 0.03;

/// The waiting product: where it would be, and whether a tap would put it there.
pub(super) type Preview = Option<(ItemId, Item, bool)>;

impl Session {
    /// Looks for a place for what waits, and puts it in front when there has been none for too long.
    pub(super) fn seek(&mut self, viewer: Pose, hits: &[Pose], elapsed_ms: f32, effects: &mut Vec<Effect>) {
        let ahead = Ray { origin: viewer.position, direction: viewer.orientation * Vec3::NEG_Z };
        self.ahead = self.ground.first_point(ahead, hits);
        let Some(Entry { id, shape, placement, .. }) = self.items.waiting() else { return };
        let wish = (*id, *shape, *placement);
        let found = self.ground.look(ahead, hits, viewer, &self.items, wish);
        self.search.frame(found, elapsed_ms, self.reduced_motion);
        let is_showroom = self.ground.mode == Mode::Vr;
        if is_showroom || self.search.gives_up() {
            let item = self.beside_others(in_front(wish.1, wish.2, viewer, self.ground.floor_height_m(viewer)));
            self.put(wish.0, item, effects);
            if let Some(entry) = self.items.get_mut(wish.0) {
                entry.is_guess = !is_showroom;
            }
            self.say(Hint::PlacedInFront(item.surface()), PLACED_HINT_MS);
        }
    }

    /// What the waiting product's ghost shows; a real place lies against walls and neighbours.
    pub(super) fn preview(&self) -> Preview {
        let entry = self.items.waiting().filter(|_| !self.watch.is_lost())?;
        let viewer = self.viewer?;
        let Some(spot) = self.search.spot() else {
            let floor_m = self.ground.floor_height_m(viewer);
            return Some((entry.id, in_front(entry.shape, entry.placement, viewer, floor_m), false));
        };
        let mut item = Item::placed(entry.shape, spot, viewer);
        self.snap(entry.id, &mut item);
        Some((entry.id, item, true))
    }

    /// Against walls, along neighbours, and within the outline of what carries it.
    pub(super) fn snap(&self, id: ItemId, item: &mut Item) {
        let others = self.items.placed().filter(|(entry, _)| entry.id != id).map(|(_, other)| other);
        snap(item, self.ground.walls(), others);
        match (item.surface(), item.carrier) {
            (Surface::Item, Some(carrier)) => {
                if let Some(top) = self.items.top_of(carrier, item.contact(), item.shape) {
                    item.shift(top.position - item.contact());
                }
            }
            (Surface::Table, _) => {
                let Some(plane) = self.ground.plane_at(item.contact(), Vec3::Y) else { return };
                let at = plane.to_plane(item.contact());
                let corners = item.upright().foot().map(|corner| plane.to_plane(corner) - at);
                item.shift(plane.to_world(plane.keep_inside(at, &corners)) - plane.to_world(at));
            }
            _ => {}
        }
    }

    /// Puts the waiting product where its ghost is, if that is a place.
    pub(super) fn place(&mut self, effects: &mut Vec<Effect>) {
        if let Some((id, item, true)) = self.preview() {
            self.put(id, item, effects);
            self.say(Hint::Placed(item.surface()), PLACED_HINT_MS);
        }
    }

    /// The button.
    pub(super) fn place_or_say_why_not(&mut self, effects: &mut Vec<Effect>) {
        if self.tape.is_measuring() {
            return self.take_point(self.ahead, effects);
        }
        let Some(placement) = self.items.waiting().map(|entry| entry.placement) else { return };
        if self.preview().is_some_and(|(_, _, is_place)| is_place) {
            self.place(effects);
        } else if !self.watch.is_lost() {
            effects.push(Effect::Hint(Hint::NoPlaceYet(placement)));
        }
    }

    fn put(&mut self, id: ItemId, item: Item, effects: &mut Vec<Effect>) {
        let Some(entry) = self.items.get_mut(id) else { return };
        entry.placed = Some(item);
        entry.anchor.put();
        let waited_ms = std::mem::take(&mut entry.waited_ms);
        self.items.select(Some(id));
        self.note("ar-place", Some(id), waited_ms, effects);
        // What waits next has waited since now.
        if let Some(next) = self.items.waiting().map(|entry| entry.id)
            && let Some(next) = self.items.get_mut(next)
        {
            next.waited_ms = 0.0;
        }
        self.look_anew();
    }

    fn beside_others(&self, mut item: Item) -> Item {
        let step = item.upright().right() * (item.shape.size().x + APART_M);
        for _ in self.items.iter() {
            if !self.items.overlaps_any(&item) {
                break;
            }
            item.shift(step);
        }
        item
    }

    /// What the next picture shows of the products.
    pub(super) fn show_items(&mut self, preview: Preview) {
        let mut shown = std::mem::take(&mut self.shown.items);
        shown.clear();
        shown.extend(self.items.placed().map(|(entry, item)| self.shown_item(entry, item, false)));
        let ghost = preview.and_then(|(id, item, _)| Some(self.shown_item(self.items.get(id)?, &item, true)));
        shown.extend(ghost);
        self.shown.items = shown;
        self.shown.reticle = self.search.spot().filter(|_| preview.is_some()).and_then(|spot| {
            let shape = self.items.waiting()?.shape;
            Some(spot.reticle(shape.radius_m(spot.surface)))
        });
    }

    /// How far a product's foot reaches over the edge of what it stands on, in metres.
    fn over_edge_m(&self, item: &Item) -> f32 {
        match item.carrier {
            Some(_) => self.items.over_carrier_m(item),
            None => self.ground.over_edge_m(&item.upright()),
        }
    }

    fn shown_item(&self, entry: &Entry, item: &Item, is_ghost: bool) -> RoomItem {
        let overlaps = self.items.overlaps(entry.id, item);
        let problem = if overlaps {
            Some(Problem::Overlaps)
        } else if snap::reaches_into_wall(item, self.ground.walls()) {
            Some(Problem::InWall)
        } else if item.surface().is_level() && self.over_edge_m(item) > EDGE_M {
            Some(Problem::OverEdge)
        } else {
            entry.is_guess.then_some(Problem::NoSurface)
        };
        RoomItem {
            id: entry.id,
            pose: item.pose(),
            scale: item.shape.scale(),
            is_ghost,
            is_selected: self.items.selected() == Some(entry.id),
            overlaps,
            surface: item.surface(),
            support: item.support(),
            problem,
        }
    }
}

/// A product for which there is no surface, before the shopper: on the floor's height, or floating.
fn in_front(shape: Shape, placement: Placement, viewer: Pose, floor_m: f32) -> Item {
    let radius_m = shape.radius_m(Surface::Floor);
    let ahead_m = (AHEAD_M + radius_m).max(4.0 * radius_m).min(FARTHEST_AHEAD_M);
    let front = toward_shopper(viewer);
    let ahead = viewer.position - front * ahead_m;
    let stands = matches!(placement, Placement::Floor | Placement::Any);
    let (surface, height_m) =
        if stands { (Surface::Floor, floor_m) } else { (Surface::Air, viewer.position.y - BELOW_EYE_M) };
    let position = Vec3::new(ahead.x, height_m, ahead.z);
    Item::new(shape, Spot { surface, position, normal: Vec3::Y, carrier: None }, front)
}
