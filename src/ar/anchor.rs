//! What keeps one product where it is: when its anchor is made anew, and how a correction of the device moves it.

use super::item::Item;
use super::motion::wrap;
use crate::math::Pose;

/// A product that was not touched for so long has come to rest, in milliseconds.
const REST_MS: f32 = 300.0;
/// Corrections below this are the device's tremor: a product that followed them would creep. Metres and radians.
const TREMOR: (f32, f32) = (0.001, 0.002);
/// Corrections up to this are glided over; larger ones, after the device had lost itself, are made at once. Metres and radians.
const GLIDE: (f32, f32) = (0.25, 0.26);

/// One product's anchor.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// Moved since it was made; an anchor's old place means nothing meanwhile.
    outdated: Option<Outdated>,
    /// Asked for, and not dropped.
    pub is_made: bool,
    /// The layout was saved while there was none: the next one is for the next visit.
    pub is_to_keep: bool,
    /// By which the next visit finds it.
    pub handle: Option<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Outdated {
    /// The shopper moved it, for this long until the last touch. `None`: it was put there.
    moved_ms: Option<f32>,
    rest_ms: f32,
}

impl Anchor {
    /// The product has been put somewhere.
    pub fn put(&mut self) {
        self.outdated = Some(Outdated::default());
    }

    /// The product has been moved a little on.
    pub fn touched(&mut self) {
        let before = self.outdated.unwrap_or_default();
        self.outdated =
            Some(Outdated { moved_ms: Some(before.moved_ms.unwrap_or(0.0) + before.rest_ms), rest_ms: 0.0 });
    }

    /// Takes one picture. `Some` when the product has come to rest, so that its anchor is to be made anew; in it, for how
    /// many milliseconds it was moved.
    pub fn frame(&mut self, elapsed_ms: f32) -> Option<Option<f32>> {
        let outdated = self.outdated.as_mut()?;
        outdated.rest_ms += elapsed_ms;
        if outdated.rest_ms < REST_MS {
            return None;
        }
        let moved_ms = outdated.moved_ms;
        *self = Self { is_made: true, is_to_keep: self.is_to_keep, ..Self::default() };
        Some(moved_ms)
    }

    /// True while its place is older than the product's.
    pub fn is_outdated(&self) -> bool {
        self.outdated.is_some()
    }
}

/// The product as its anchor has it, and whether it glides there; `None` for a tremor.
pub(super) fn corrected(item: &Item, world_from_anchor: Pose) -> Option<(Item, bool)> {
    let mut goal = Item::at(item.shape, item.surface(), world_from_anchor);
    goal.carrier = item.carrier;
    let moved_m = goal.contact().distance(item.contact());
    let turned_rad = wrap(goal.yaw_rad() - item.yaw_rad()).abs();
    if moved_m < TREMOR.0 && turned_rad < TREMOR.1 {
        return None;
    }
    Some((goal, moved_m <= GLIDE.0 && turned_rad <= GLIDE.1))
}
