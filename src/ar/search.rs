//! Looking for a place: the reticle that follows the surface straight ahead.

use super::motion::glide;
use super::surface::normal;
use super::{Placement, Surface};
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

/// The search's state.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    spot: Option<Spot>,
    without_hit_ms: f32,
    wrong_ms: f32,
}

/// A place where the product would fit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub surface: Surface,
    pub position: Vec3,
    pub normal: Vec3,
}

impl Search {
    /// Takes the hits of one picture, nearest first. `elapsed_ms` since the picture before.
    pub fn frame(&mut self, hits: &[Pose], placement: Placement, elapsed_ms: f32, reduced_motion: bool) {
        match placement.choose(hits) {
            Some((surface, hit)) => {
                let share = if reduced_motion { 1.0 } else { glide(elapsed_ms, FOLLOW_MS) };
                self.follow(Spot { surface, position: hit.position, normal: normal(hit) }, share);
                (self.without_hit_ms, self.wrong_ms) = (0.0, 0.0);
            }
            None => {
                self.without_hit_ms += elapsed_ms;
                self.wrong_ms = if hits.is_empty() { 0.0 } else { self.wrong_ms + elapsed_ms };
                if self.without_hit_ms > KEEP_MS {
                    self.spot = None;
                }
            }
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

    /// Goes `share` of the way to `goal`.
    fn follow(&mut self, goal: Spot, share: f32) {
        self.spot = Some(match self.spot {
            Some(spot) if spot.surface == goal.surface && spot.position.distance(goal.position) < JUMP_M => Spot {
                surface: goal.surface,
                position: spot.position.lerp(goal.position, share),
                normal: spot.normal.lerp(goal.normal, share).try_normalize().unwrap_or(goal.normal),
            },
            _ => goal,
        });
    }
}

impl Spot {
    /// The ring for this place; `radius_m` is the product's.
    pub fn reticle(self, radius_m: f32) -> Reticle {
        // A ring larger than an arm is no mark any more, one smaller than a coin is not seen.
        let radius_m = radius_m.clamp(0.08, 0.35);
        let orientation = Quat::from_rotation_arc(Vec3::Y, self.normal);
        Reticle { world_from_reticle: Pose { position: self.position, orientation }, radius_m, surface: self.surface }
    }
}
