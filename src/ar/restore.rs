//! A layout of products becomes a layout of a room, and back.

use super::item::Item;
use super::items::Items;
use super::motion::{sound_point, wrap};
use super::search::Spot;
use super::{Effect, ItemId, Layout, LayoutItem, Plane, Surface};
use crate::math::{Pose, Quat, Vec2, Vec3};

/// Anchors that have not come for so long do not come, in milliseconds.
const PATIENCE_MS: f32 = 4000.0;
/// Floors whose sides differ by less are the same, as a share.
const SAME_FLOOR: f32 = 0.1;

/// A layout on its way into the room.
#[derive(Clone, Debug)]
pub(super) struct Restoring {
    layout: Layout,
    ids: Vec<ItemId>,
    waited_ms: f32,
}

impl Restoring {
    /// The products wait for the layout, not for their turn. Asks for the anchors.
    pub fn begin(layout: Layout, ids: Vec<ItemId>, items: &mut Items, effects: &mut Vec<Effect>) -> Self {
        for (saved, id) in layout.items.iter().zip(&ids) {
            // An anchor knows better than whoever has put it somewhere meanwhile.
            if saved.handle.is_some() && items.get(*id).is_some_and(|entry| entry.placed.is_some()) {
                items.take_up(*id);
            }
            let Some(entry) = items.get_mut(*id).filter(|entry| entry.placed.is_none()) else { continue };
            entry.shape = entry.shape.scaled(saved.scale);
            entry.is_restoring = true;
            let ask = |handle: &String| Effect::RestoreAnchor { item: *id, handle: handle.clone() };
            effects.extend(saved.handle.as_ref().map(ask));
            entry.anchor.handle = saved.handle.clone();
        }
        Self { layout, ids, waited_ms: 0.0 }
    }

    /// Takes one picture. True when nothing is left to do: everything stands, or waits for its turn.
    pub fn frame(&mut self, elapsed_ms: f32, items: &mut Items, planes: &[Plane]) -> bool {
        self.waited_ms += elapsed_ms;
        let world_from_layout = self.by_product(items).or_else(|| self.by_floor(planes));
        if let Some(world_from_layout) = world_from_layout {
            self.place_all(world_from_layout, items);
            return true;
        }
        let has_anchors = self.layout.items.iter().any(|saved| saved.handle.is_some());
        let waits = |id: &ItemId| items.get(*id).is_some_and(|entry| entry.placed.is_none() && !entry.is_restoring);
        if (!has_anchors || self.waited_ms > PATIENCE_MS) && !self.ids.iter().any(waits) {
            // The shopper finds a place for the first, or when that is removed for the next, and the others go with it.
            if let Some(first) = self.ids.iter().find(|id| items.get(**id).is_some_and(|entry| entry.is_restoring))
                && let Some(entry) = items.get_mut(*first)
            {
                entry.is_restoring = false;
            }
        }
        !self.ids.iter().any(|id| items.get(*id).is_some_and(|entry| entry.is_restoring))
    }

    /// One that is saved.
    pub fn saved(&self, id: ItemId) -> Option<&LayoutItem> {
        let at = self.ids.iter().position(|other| *other == id)?;
        self.layout.items.get(at)
    }

    /// Those that stand nowhere yet, as they were saved.
    fn waiting<'a>(&'a self, items: &'a Items) -> impl Iterator<Item = (ItemId, &'a LayoutItem)> {
        let pairs = self.ids.iter().copied().zip(&self.layout.items);
        pairs.filter(|(id, _)| items.get(*id).is_some_and(|entry| entry.placed.is_none()))
    }

    /// From the first product of the layout that has a place.
    fn by_product(&self, items: &Items) -> Option<Pose> {
        self.layout.items.iter().zip(&self.ids).find_map(|(saved, id)| {
            let item = items.get(*id)?.placed.as_ref()?;
            let orientation = Quat::from_rotation_y(wrap(item.yaw_rad() - saved.yaw_rad));
            Some(Pose { position: item.contact() - orientation * saved.contact, orientation })
        })
    }

    /// From the floor, where the device knows all of it and it has the same size.
    fn by_floor(&self, planes: &[Plane]) -> Option<Pose> {
        let (long, short) = self.layout.floor_sides_m?;
        let (world_from_floor, sides) = floor(planes)?;
        let is_like = |now: f32, before: f32| (now - before).abs() <= SAME_FLOOR * before;
        (is_like(sides.0, long) && is_like(sides.1, short)).then_some(world_from_floor)
    }

    fn place_all(&self, world_from_layout: Pose, items: &mut Items) {
        let turn = wrap(2.0 * world_from_layout.orientation.y.atan2(world_from_layout.orientation.w));
        for (saved, id) in self.layout.items.iter().zip(&self.ids) {
            let Some(entry) = items.get_mut(*id).filter(|entry| entry.is_restoring) else { continue };
            entry.is_restoring = false;
            // What a page has made up itself may be no place: that one waits for its turn.
            let position = world_from_layout.position + world_from_layout.orientation * saved.contact;
            let Some(position) = sound_point(position) else { continue };
            let front = Quat::from_rotation_y(wrap(saved.yaw_rad + turn)) * Vec3::Z;
            let spot = Spot { surface: saved.surface, position, normal: Vec3::Y, carrier: None };
            entry.placed = Some(Item::new(entry.shape, spot, front));
            // What has an anchor waits for it, and is where the others have it meanwhile.
            if entry.anchor.handle.is_none() || self.waited_ms > PATIENCE_MS {
                entry.anchor.put();
            } else {
                entry.anchor.is_made = true;
            }
        }
        if items.selected().is_none() {
            items.select(self.ids.first().copied());
        }
    }
}

/// What stands where now. Products that the page does not name, and those that wait for their turn, are left out; what waits for
/// the place where it was saved is written down as it was.
pub(super) fn layout(
    items: &Items,
    names: &[(ItemId, String)],
    planes: &[Plane],
    restoring: Option<&Restoring>,
) -> Layout {
    let mut layout = standing(items, names, planes);
    let Some(restoring) = restoring else { return layout };
    if layout.items.is_empty() {
        layout.floor_sides_m = restoring.layout.floor_sides_m;
    }
    layout.items.extend(
        restoring
            .waiting(items)
            .filter_map(|(id, saved)| Some(LayoutItem { name: name_of(id, names)?, ..saved.clone() })),
    );
    layout
}

/// What the page calls a product.
fn name_of(id: ItemId, names: &[(ItemId, String)]) -> Option<String> {
    names.iter().find(|(named, _)| *named == id).map(|(_, name)| name.clone())
}

/// What stands, in the axes of the floor that the device knows as a whole, else from where the first stands.
fn standing(items: &Items, names: &[(ItemId, String)], planes: &[Plane]) -> Layout {
    let placed = items.placed().filter_map(|(entry, item)| Some((name_of(entry.id, names)?, entry, item)));
    let placed: Vec<_> = placed.collect();
    let floor = floor(planes);
    let first = placed.first().map(|(_, _, item)| Pose { position: item.contact(), orientation: Quat::IDENTITY });
    let Some(world_from_layout) = floor.map(|(pose, _)| pose).or(first) else { return Layout::default() };
    let layout_from_world = world_from_layout.orientation.inverse();
    let saved = placed.into_iter().map(|(name, entry, item)| {
        let front = layout_from_world * item.front();
        LayoutItem {
            name,
            contact: layout_from_world * (item.contact() - world_from_layout.position),
            yaw_rad: front.x.atan2(front.z),
            surface: item.surface(),
            scale: item.shape.scale(),
            handle: entry.anchor.handle.clone(),
        }
    });
    Layout { floor_sides_m: floor.map(|(_, sides)| sides), items: saved.collect() }
}

/// The first floor that the device knows as a whole: upright pose at its middle, and its sides.
fn floor(planes: &[Plane]) -> Option<(Pose, (f32, f32))> {
    let floor = planes.iter().find(|plane| plane.is_whole() && plane.surface() == Some(Surface::Floor))?;
    let corners = floor.polygon.iter().copied();
    let (low, high) =
        corners.fold((Vec2::INFINITY, Vec2::NEG_INFINITY), |(l, h), corner| (l.min(corner), h.max(corner)));
    let front = floor.world_from_plane.orientation * Vec3::Z;
    let orientation = Quat::from_rotation_y(front.x.atan2(front.z));
    Some((Pose { position: floor.to_world((low + high) * 0.5), orientation }, floor.sides_m()))
}
