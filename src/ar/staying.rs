//! What keeps products where they are: anchors within a visit, layouts from one visit to the next.

use super::anchor;
use super::item::Item;
use super::motion::sound_pose;
use super::restore::{self, Restoring};
use super::session::Session;
use super::{Analytics, Effect, ItemId, Layout};
use crate::math::Pose;

impl Session {
    /// The product goes; so does its anchor.
    pub(super) fn drop_anchor(&mut self, id: ItemId, effects: &mut Vec<Effect>) {
        if self.items.get(id).is_some_and(|entry| entry.anchor.is_made) {
            effects.push(Effect::DropAnchor { item: id });
        }
    }

    /// Takes one picture: what nobody touches comes to rest.
    pub(super) fn rest_anchors(&mut self, elapsed_ms: f32, is_tracking: bool) {
        let held = self.items.selected().filter(|_| !self.gestures.is_idle());
        if is_tracking {
            for entry in self.items.iter_mut().filter(|entry| entry.placed.is_some() && Some(entry.id) != held) {
                entry.rested = entry.anchor.frame(elapsed_ms);
            }
        }
    }

    /// Asks for anchors where products have come to rest.
    pub(super) fn renew_anchors(&mut self, effects: &mut Vec<Effect>) {
        let items = self.items.placed().count();
        for entry in self.items.iter_mut() {
            let (Some(moved_ms), Some(item)) = (entry.rested.take(), &entry.placed) else { continue };
            effects.push(Effect::Anchor { item: entry.id, world_from_anchor: item.resting_pose() });
            if std::mem::take(&mut entry.anchor.is_to_keep) {
                effects.push(Effect::KeepAnchor { item: entry.id });
            }
            effects.extend(moved_ms.map(|moved_ms| Analytics::effect("ar-move", Some(entry.id), moved_ms, items)));
        }
    }

    /// The device has corrected itself, or found an anchor again.
    pub(super) fn anchor_moved(&mut self, id: ItemId, world_from_anchor: Option<Pose>) {
        let Some(pose) = world_from_anchor.and_then(sound_pose) else { return };
        let is_held = self.items.selected() == Some(id) && !self.gestures.is_idle();
        let saved = self.restoring.as_ref().and_then(|restoring| restoring.saved(id)).map(|saved| saved.surface);
        let Some(entry) = self.items.get_mut(id) else { return };
        match &entry.placed {
            Some(item) if !entry.anchor.is_outdated() && !is_held => {
                if let Some((goal, is_small)) = anchor::corrected(item, pose) {
                    self.items.correct(id, goal, is_small && !self.reduced_motion);
                }
            }
            None if entry.is_restoring || entry.anchor.is_made => {
                entry.placed = Some(Item::at(entry.shape, saved.unwrap_or(entry.placement.usual_surface()), pose));
                (entry.is_restoring, entry.anchor.is_made) = (false, true);
                self.items.select(self.items.selected().or(Some(id)));
            }
            _ => {}
        }
    }

    /// The next visit will know the anchor by this name.
    pub(super) fn anchor_kept(&mut self, id: ItemId, handle: String, effects: &mut Vec<Effect>) {
        let Some(entry) = self.items.get_mut(id).filter(|entry| entry.anchor.is_made) else { return };
        if !entry.anchor.is_outdated() {
            entry.anchor.handle = Some(handle);
            // The page has saved the layout without it.
            if let Some(names) = self.names.clone() {
                self.tell_layout(&names, effects);
            }
        }
    }

    /// Writes the layout; where it is for the next visit, asks for its anchors to be kept.
    pub(super) fn save_layout(&mut self, names: Vec<(ItemId, String)>, keeps_anchors: bool, effects: &mut Vec<Effect>) {
        let lasting = self.items.iter_mut().filter(|entry| entry.placed.is_some() && entry.anchor.handle.is_none());
        for entry in lasting.filter(|_| keeps_anchors) {
            if entry.anchor.is_made && !entry.anchor.is_outdated() {
                effects.push(Effect::KeepAnchor { item: entry.id });
            } else {
                entry.anchor.is_to_keep = true;
            }
        }
        self.tell_layout(&names, effects);
        if keeps_anchors {
            self.names = Some(names);
        }
    }

    /// With the browser's name for it the anchor itself goes: what still stands there gets another.
    pub(super) fn forget_anchors(&mut self, handles: Vec<String>, effects: &mut Vec<Effect>) {
        for entry in self.items.iter_mut() {
            if entry.anchor.handle.as_ref().is_some_and(|handle| handles.contains(handle)) {
                entry.anchor.handle = None;
                entry.anchor.put();
            }
        }
        effects.extend(handles.into_iter().map(|handle| Effect::ForgetAnchor { handle }));
    }

    fn tell_layout(&self, names: &[(ItemId, String)], effects: &mut Vec<Effect>) {
        let layout = restore::layout(&self.items, names, &self.ground.planes, self.restoring.as_ref());
        effects.push(Effect::Layout { json: layout.to_json(), link: layout.to_link() });
    }

    /// Products that were added wait for the layout.
    pub(super) fn restore_layout(&mut self, layout: Layout, ids: Vec<ItemId>, effects: &mut Vec<Effect>) {
        self.look_anew();
        self.restoring = Some(Restoring::begin(layout, ids, &mut self.items, effects));
        if !self.options.may_scale {
            self.lock_size();
        }
    }

    /// Takes one picture in which the device knows where it is.
    pub(super) fn go_on_restoring(&mut self, elapsed_ms: f32) {
        if let Some(restoring) = &mut self.restoring
            && restoring.frame(elapsed_ms, &mut self.items, &self.ground.planes)
        {
            self.restoring = None;
        }
    }
}
