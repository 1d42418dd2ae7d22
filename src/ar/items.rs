//! The products of a session: those that stand in the room, and those that wait for a place.

use super::anchor::Anchor;
use super::item::Item;
use super::motion::wrap;
use super::search::Spot;
use super::shape::Shape;
use super::upright::UprightBox;
use super::{Placement, Surface};
use crate::math::{Quat, Ray, Vec2, Vec3};

/// Names a product for as long as it is in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemId(pub u32);

impl ItemId {
    /// The product with which each session begins.
    pub const FIRST: Self = Self(0);
}

/// A room holds so many products; more are not added.
pub(super) const MOST_ITEMS: usize = 64;
/// A product may be so much larger than the top of the one that carries it, in metres.
const TOP_M: f32 = 0.02;
/// What is put this near to a product's top stands on it, in metres.
const SEAT_M: f32 = 0.05;
/// Products that reach less deep into each other only touch, in metres.
const TOUCH_M: f32 = 0.005;

/// One product, placed or not.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub id: ItemId,
    /// While it waits; what stands has its own.
    pub shape: Shape,
    pub placement: Placement,
    /// Where it stands; `None` while it waits.
    pub placed: Option<Item>,
    pub anchor: Anchor,
    /// It has just come to rest: for how many milliseconds it was moved, if it was; see [`Anchor::frame`].
    pub rested: Option<Option<f32>>,
    /// No surface was found for it.
    pub is_guess: bool,
    /// Its place comes from a saved layout, not from its turn.
    pub is_restoring: bool,
    /// Since it waits for its turn, in milliseconds.
    pub waited_ms: f32,
}

impl Entry {
    /// Waiting, or placed already.
    pub fn new(id: ItemId, shape: Shape, placement: Placement, placed: Option<Item>) -> Self {
        let mut anchor = Anchor::default();
        if placed.is_some() {
            anchor.put();
        }
        Self {
            id,
            shape,
            placement,
            placed,
            anchor,
            rested: None,
            is_guess: false,
            is_restoring: false,
            waited_ms: 0.0,
        }
    }
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
        if entry.placed.is_none() {
            self.selected = self.selected.filter(|selected| *selected != entry.id);
        }
        if let Some(old) = self.get_mut(entry.id) {
            *old = entry;
        } else if self.list.len() < MOST_ITEMS {
            self.list.push(entry);
        }
    }

    /// Goes for good. Something else is selected, so that the buttons have something to act on; what stood on it stays.
    pub fn remove(&mut self, id: ItemId) {
        self.list.retain(|entry| entry.id != id);
        self.let_go(id);
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
        self.list.iter().find(|entry| entry.placed.is_none() && !entry.is_restoring)
    }

    /// On which the buttons act.
    pub fn selected(&self) -> Option<ItemId> {
        self.selected
    }

    /// The selected product, if it stands in the room.
    pub fn selected_item(&self) -> Option<&Item> {
        self.get(self.selected?)?.placed.as_ref()
    }

    /// Selects one that stands in the room, or none.
    pub fn select(&mut self, id: Option<ItemId>) {
        if id.is_none_or(|id| self.get(id).is_some_and(|entry| entry.placed.is_some())) {
            self.selected = id;
        }
    }

    /// Moves or turns one; what stands on it comes along.
    pub fn change<T>(&mut self, id: ItemId, change: impl FnOnce(&mut Item) -> T) -> Option<T> {
        let entry = self.get_mut(id)?;
        let item = entry.placed.as_mut()?;
        let before = *item;
        let answer = change(item);
        let now = *item;
        if before.resting_pose() != now.resting_pose() || before.shape != now.shape {
            entry.anchor.touched();
            entry.is_guess = false;
            self.carry(id, before, now, false);
        }
        Some(answer)
    }

    /// The device has corrected one; what stands on it comes along.
    pub fn correct(&mut self, id: ItemId, goal: Item, glides: bool) {
        let Some(item) = self.get_mut(id).and_then(|entry| entry.placed.as_mut()) else { return };
        let before = *item;
        item.become_again(goal, glides);
        let now = *item;
        self.carry(id, before, now, glides);
    }

    fn carry(&mut self, id: ItemId, before: Item, now: Item, glides: bool) {
        let turned_rad = wrap(now.yaw_rad() - before.yaw_rad());
        let turn = Quat::from_rotation_y(turned_rad);
        let rise = Vec3::Y * (now.shape.size().y - before.shape.size().y);
        let riders: Vec<ItemId> =
            self.placed().filter(|(_, item)| item.carrier == Some(id)).map(|(e, _)| e.id).collect();
        for rider in riders {
            let Some(entry) = self.get_mut(rider) else { continue };
            let Some(item) = &mut entry.placed else { continue };
            let item_before = *item;
            let mut goal = item_before;
            goal.turn(turned_rad);
            goal.shift(now.contact() + turn * (goal.contact() - before.contact()) + rise - goal.contact());
            item.become_again(goal, glides);
            let item_now = *item;
            if !glides {
                entry.anchor.touched();
            }
            // Nothing stands on what stands on it: see `pick_carrier`.
            self.carry(rider, item_before, item_now, glides);
        }
    }

    fn let_go(&mut self, carrier: ItemId) {
        for item in self.list.iter_mut().filter_map(|entry| entry.placed.as_mut()) {
            item.carrier = item.carrier.filter(|id| *id != carrier);
        }
    }

    /// Takes a product up: it waits for a place again, before all others.
    pub fn take_up(&mut self, id: ItemId) {
        let Some(at) = self.list.iter().position(|entry| entry.id == id) else { return };
        let old = self.list.remove(at);
        let shape = old.placed.map_or(old.shape, |item| item.shape);
        self.list.insert(0, Entry::new(id, shape, old.placement, None));
        self.let_go(id);
        self.selected = self.selected.filter(|selected| *selected != id);
    }

    /// The nearest product along a ray, with where the ray meets its box.
    pub fn pick(&self, ray: Ray) -> Option<(ItemId, Vec3)> {
        self.pick_among(ray, |_, _| true)
    }

    /// The same among those on which this one could stand.
    pub fn pick_carrier(&self, ray: Ray, rider: ItemId) -> Option<(ItemId, Vec3)> {
        self.pick_among(ray, |id, _| id != rider && !self.stands_on(id, rider))
    }

    fn pick_among(&self, ray: Ray, may_be: impl Fn(ItemId, &Item) -> bool) -> Option<(ItemId, Vec3)> {
        let among = self.placed().filter(|(entry, item)| may_be(entry.id, item));
        let met = among.filter_map(|(entry, item)| Some((entry.id, item.meets(ray)?)));
        met.min_by(|(_, a), (_, b)| a.distance_squared(ray.origin).total_cmp(&b.distance_squared(ray.origin)))
    }

    /// Whether one stands on another, directly or on what stands on it.
    fn stands_on(&self, upper: ItemId, lower: ItemId) -> bool {
        let carrier = |id: ItemId| self.get(id)?.placed.as_ref()?.carrier;
        std::iter::successors(Some(upper), |id| carrier(*id)).take(MOST_ITEMS).skip(1).any(|id| id == lower)
    }

    /// The place on top of a product nearest to a point; `None` where this shape is too large for it.
    pub fn top_of(&self, carrier: ItemId, near: Vec3, shape: Shape) -> Option<Spot> {
        let upright = self.get(carrier)?.placed.as_ref()?.upright();
        let (long, short) = shape.face_sides_m(Surface::Item);
        let top = Vec2::new(upright.half.x, upright.half.z);
        if long > 2.0 * top.max_element() + TOP_M || short > 2.0 * top.min_element() + TOP_M {
            return None;
        }
        let most = (top - long * 0.5).max(Vec2::ZERO);
        let at = upright.local(near).clamp(-most, most);
        let position = upright.center + upright.right() * at.x + upright.front() * at.y + Vec3::Y * upright.half.y;
        Some(Spot { surface: Surface::Item, position, normal: Vec3::Y, carrier: Some(carrier) })
    }

    /// What was put on top of another by its pose alone stands on it from now on.
    pub fn seat(&mut self) {
        let is_loose =
            |entry: &&Entry| entry.placed.is_some_and(|i| i.surface() == Surface::Item && i.carrier.is_none());
        while let Some((id, carrier)) = self.list.iter().filter(is_loose).find_map(|entry| self.seat_of(entry)) {
            if let Some(item) = self.get_mut(id).and_then(|entry| entry.placed.as_mut()) {
                item.carrier = Some(carrier);
            }
        }
    }

    fn seat_of(&self, loose: &Entry) -> Option<(ItemId, ItemId)> {
        let contact = loose.placed?.contact();
        let mut below = self.placed().filter(|(entry, _)| entry.id != loose.id && !self.stands_on(entry.id, loose.id));
        let carrier = below.find(|(_, item)| {
            let upright = item.upright();
            let is_within = upright.local(contact).abs().cmple(Vec2::new(upright.half.x, upright.half.z)).all();
            is_within && (upright.center.y + upright.half.y - contact.y).abs() < SEAT_M
        });
        Some((loose.id, carrier?.0.id))
    }

    /// How far a product's foot reaches over the edge of the product that carries it, in metres.
    pub fn over_carrier_m(&self, item: &Item) -> f32 {
        let carrier = item.carrier.and_then(|id| self.get(id)?.placed.as_ref()).map(Item::upright);
        let over = |upright: UprightBox| {
            let top = Vec2::new(upright.half.x, upright.half.z);
            item.upright()
                .foot()
                .iter()
                .map(|corner| (upright.local(*corner).abs() - top).max_element())
                .fold(0.0, f32::max)
        };
        carrier.map_or(0.0, over)
    }

    /// Whether one reaches into another.
    pub fn overlaps(&self, id: ItemId, item: &Item) -> bool {
        let upright = item.upright();
        self.placed().any(|(entry, other)| entry.id != id && upright.overlap_m(&other.upright()) > TOUCH_M)
    }

    /// Whether something that is not among them would reach into one of them.
    pub fn overlaps_any(&self, item: &Item) -> bool {
        let upright = item.upright();
        self.placed().any(|(_, other)| upright.overlap_m(&other.upright()) > TOUCH_M)
    }
}
