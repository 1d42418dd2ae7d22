//! Looking for a place: the reticle that follows the surface straight ahead.

use super::ground::Found;
use super::motion::glide;
use super::{ItemId, Surface};
use crate::math::{Pose, Quat, Vec3};

/// The ring that shows where a tap would place the product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reticle {
    /// Y is the surface's normal.
    pub world_from_reticle: Pose,
    /// Metres.
    pub radius_m: f32,
    /// What it lies on.
    pub surface: Surface,
}

/// How quickly the reticle follows a hit that shakes, in milliseconds.
const FOLLOW_MS: f32 = 70.0;
/// A hit farther away than this is another place: jump there, do not glide through the room. Metres.
const JUMP_M: f32 = 0.4;
/// Hits come and go; the reticle stays this long without one. Milliseconds.
const KEEP_MS: f32 = 250.0;
/// Surfaces of the wrong kind for this long are worth a word. Milliseconds.
const WRONG_AFTER_MS: f32 = 1000.0;

/// Where the shopper is not shown a place for this long, the product is put in front. Milliseconds.
const GIVE_UP_MS: f32 = 10_000.0;

/// The search's state.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    spot: Option<Spot>,
    without_hit_ms: f32,
    wrong_ms: f32,
    is_too_small: bool,
    /// How long there has been no place at all.
    lost_ms: f32,
}

/// A place where the product would fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub surface: Surface,
    pub position: Vec3,
    pub normal: Vec3,
    /// The product whose top it is.
    pub carrier: Option<ItemId>,
}

impl Search {
    /// Takes what one picture has found. `elapsed_ms` since the picture before.
    pub fn frame(&mut self, found: Found, elapsed_ms: f32, reduced_motion: bool) {
        if let Found::Spot(spot) = found {
            let share = if reduced_motion { 1.0 } else { glide(elapsed_ms, FOLLOW_MS) };
            self.follow(spot, share);
            (self.without_hit_ms, self.wrong_ms, self.lost_ms) = (0.0, 0.0, 0.0);
            return;
        }
        self.without_hit_ms += elapsed_ms;
        self.wrong_ms = if found == Found::Nothing { 0.0 } else { self.wrong_ms + elapsed_ms };
        self.is_too_small = found == Found::TooSmall;
        if self.without_hit_ms > KEEP_MS {
            self.spot = None;
        }
        if self.spot.is_none() {
            self.lost_ms += elapsed_ms;
        }
    }

    /// Where a tap would place the product now.
    pub fn spot(&self) -> Option<Spot> {
        self.spot
    }

    /// True when surfaces were in sight for a while and none fits.
    pub fn only_wrong_surfaces(&self) -> bool {
        self.wrong_ms >= WRONG_AFTER_MS
    }

    /// True when the last of them was one of the right kind.
    pub fn is_too_small(&self) -> bool {
        self.is_too_small
    }

    /// True when it is time to do without a surface.
    pub fn gives_up(&self) -> bool {
        self.lost_ms >= GIVE_UP_MS
    }

    /// Goes `share` of the way to `goal`.
    fn follow(&mut self, goal: Spot, share: f32) {
        self.spot = Some(match self.spot {
            Some(spot) if spot.is_like(goal) => Spot {
                position: spot.position.lerp(goal.position, share),
                normal: spot.normal.lerp(goal.normal, share).try_normalize().unwrap_or(goal.normal),
                ..goal
            },
            _ => goal,
        });
    }
}

impl Spot {
    /// Near enough on the same kind of surface to glide there.
    fn is_like(self, other: Self) -> bool {
        let is_same = self.surface == other.surface && self.carrier == other.carrier;
        is_same && self.position.distance(other.position) < JUMP_M
    }

    /// The ring for this place; `radius_m` is the product's.
    pub fn reticle(self, radius_m: f32) -> Reticle {
        // A ring larger than an arm is no mark any more, one smaller than a coin is not seen.
        let radius_m = radius_m.clamp(0.08, 0.35);
        let orientation = Quat::from_rotation_arc(Vec3::Y, self.normal);
        Reticle { world_from_reticle: Pose { position: self.position, orientation }, radius_m, surface: self.surface }
    }
}
