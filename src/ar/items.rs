//! The products of a session: those that stand in the room, and those that wait for a place.

use super::item::{Item, Shape};
use super::{Placement, Surface};
use crate::math::{Pose, Ray, Vec3};

/// Names a product for as long as it is in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemId(pub u32);

impl ItemId {
    /// The product with which each session begins.
    pub const FIRST: Self = Self(0);
}

/// A room holds so many products; more are not added.
const MOST_ITEMS: usize = 64;

/// One product, placed or not.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub id: ItemId,
    pub shape: Shape,
    pub placement: Placement,
    /// Where it stands; `None` while it waits.
    pub placed: Option<Item>,
}

/// All products of a session, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    list: Vec<Entry>,
    selected: Option<ItemId>,
}

impl Items {
    /// One more, or another in place of the one with its id.
    pub fn add(&mut self, entry: Entry) {
        if let Some(old) = self.get_mut(entry.id) {
            *old = entry;
        } else if self.list.len() < MOST_ITEMS {
            self.list.push(entry);
        }
    }

    /// Goes for good. Something else is selected, so that the buttons have something to act on.
    pub fn remove(&mut self, id: ItemId) {
        self.list.retain(|entry| entry.id != id);
        if self.selected == Some(id) {
            self.selected = self.placed().last().map(|(entry, _)| entry.id);
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.list.iter()
    }

    /// All of them, to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.list.iter_mut()
    }

    /// One of them.
    pub fn get(&self, id: ItemId) -> Option<&Entry> {
        self.list.iter().find(|entry| entry.id == id)
    }

    /// One of them, to change.
    pub fn get_mut(&mut self, id: ItemId) -> Option<&mut Entry> {
        self.list.iter_mut().find(|entry| entry.id == id)
    }

    /// Those that stand in the room.
    pub fn placed(&self) -> impl DoubleEndedIterator<Item = (&Entry, &Item)> {
        self.list.iter().filter_map(|entry| Some((entry, entry.placed.as_ref()?)))
    }

    /// The one whose turn it is to find a place.
    pub fn waiting(&self) -> Option<&Entry> {
        self.list.iter().find(|entry| entry.placed.is_none())
    }

    /// On which the buttons act.
    pub fn selected(&self) -> Option<ItemId> {
        self.selected
    }

    /// Selects one that stands in the room, or none.
    pub fn select(&mut self, id: Option<ItemId>) {
        if id.is_none_or(|id| self.get(id).is_some_and(|entry| entry.placed.is_some())) {
            self.selected = id;
        }
    }

    /// The selected product, if it stands in the room.
    pub fn selected_mut(&mut self) -> Option<&mut Item> {
        self.get_mut(self.selected?)?.placed.as_mut()
    }

    /// Takes a product up: it waits for a place again, before all others.
    pub fn take_up(&mut self, id: ItemId) {
        let Some(at) = self.list.iter().position(|entry| entry.id == id) else { return };
        let mut entry = self.list.remove(at);
        entry.placed = None;
        self.list.insert(0, entry);
        self.selected = self.selected.filter(|selected| *selected != id);
    }

    /// The nearest product along a ray, with where the ray meets its box.
    pub fn pick(&self, ray: Ray) -> Option<(ItemId, Vec3)> {
        let met = self.placed().filter_map(|(entry, item)| Some((entry.id, item.meets(ray)?)));
        met.min_by(|(_, a), (_, b)| a.distance_squared(ray.origin).total_cmp(&b.distance_squared(ray.origin)))
    }
}

/// One product as the next picture shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomItem {
    /// Its name.
    pub id: ItemId,
    /// world_from_item, upright; see `scale`.
    pub pose: Pose,
    /// 1 is true size. It grows about the item's origin; `pose` allows for it.
    pub scale: f32,
    /// It waits for a place: draw it so that this shows.
    pub is_ghost: bool,
    /// Buttons act on it.
    pub is_selected: bool,
    /// It reaches into another product.
    pub overlaps: bool,
    /// What it is on.
    pub surface: Surface,
    /// The surface beneath, behind or above: its Y is the normal, its origin where the product touches it.
    pub support: Pose,
    /// What is wrong with where it is.
    pub problem: Option<Problem>,
}

/// What is wrong with where a product is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It reaches into another product.
    Overlaps,
    /// It reaches into a wall.
    InWall,
    /// What it stands on ends beneath it.
    OverEdge,
    /// No surface was found; it is where the shopper looked.
    NoSurface,
}

impl Problem {
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overlaps => "overlaps",
            Self::InWall => "in-wall",
            Self::OverEdge => "over-edge",
            Self::NoSurface => "no-surface",
        }
    }

    /// For people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Overlaps => "It reaches into another product",
            Self::InWall => "It reaches into the wall",
            Self::OverEdge => "It reaches over the edge",
            Self::NoSurface => "No surface was found here; drag it to where it belongs",
        }
    }
}
