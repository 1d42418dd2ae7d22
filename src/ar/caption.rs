//! Words that hang before a shopper who sees nothing of the page: where they hang, and how they follow the head.

use super::motion::glide;
use crate::math::{Mat3, Pose, Quat, Vec2, Vec3};

/// How far away they hang, in metres.
const DISTANCE_M: f32 = 1.2;
/// So far below what is looked at, so that they do not hide it: 15 degrees.
const BELOW_RAD: f32 = 0.26;
/// Never higher or lower than this, from the eye's height: 50 degrees.
const STEEPEST_RAD: f32 = 0.87;
/// They stay where they are until they are so far from where they belong: words that swim with the head cannot be read.
const LEASH_RAD: f32 = 0.35;
/// The same for steps toward them or away.
const LEASH_M: f32 = 0.35;
/// So near to where they belong they rest again.
const SETTLED_RAD: f32 = 0.004;
/// The same for the distance.
const SETTLED_M: f32 = 0.005;
/// Gliding, a little more than a third of the way is left after so many milliseconds.
const GLIDE_MS: f32 = 150.0;
/// No side may be longer than this, in metres: it would hide the room.
const LONGEST_M: f32 = 2.0;
/// Looking closer to the zenith than this (as a share of a level look), the head's top says where ahead is.
const LEVEL: f32 = 0.1;

/// A picture of words in the room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caption {
    size_m: Vec2,
    /// Unknown until the eye is known.
    pose: Option<Pose>,
    is_following: bool,
}

impl Caption {
    /// `None` for a size that is none.
    pub fn new(size_m: Vec2) -> Option<Self> {
        let is_size = size_m.cmpgt(Vec2::ZERO).all() && size_m.cmple(Vec2::splat(LONGEST_M)).all();
        is_size.then_some(Self { size_m, pose: None, is_following: false })
    }

    /// Other words at the same place.
    pub fn in_place_of(self, before: Option<Self>) -> Self {
        before.map_or(self, |before| Self { size_m: self.size_m, ..before })
    }

    /// The reference space is another one.
    pub fn forget_place(&mut self) {
        self.pose = None;
    }

    /// One picture later; with `reduced_motion` it jumps instead of gliding.
    pub fn follow(&mut self, viewer: Pose, elapsed_ms: f32, reduced_motion: bool) {
        let eye = viewer.position;
        let goal = goal_direction(viewer.orientation);
        let Some(before) = self.pose else {
            self.pose = Some(facing(eye, eye + goal * DISTANCE_M));
            return;
        };
        let away = before.position - eye;
        let (direction, distance) = (away.try_normalize().unwrap_or(goal), away.length());
        let (off_rad, off_m) =
            (direction.cross(goal).length().atan2(direction.dot(goal)), (distance - DISTANCE_M).abs());
        let (leash_rad, leash_m) = if self.is_following { (SETTLED_RAD, SETTLED_M) } else { (LEASH_RAD, LEASH_M) };
        let is_off = off_rad > leash_rad || off_m > leash_m;
        self.is_following = is_off && !reduced_motion;
        let share = match (is_off, reduced_motion) {
            (false, _) => 0.0,
            (true, true) => 1.0,
            (true, false) => glide(elapsed_ms, GLIDE_MS),
        };
        // Around the head, never through it.
        let direction = direction.lerp(goal, share).try_normalize().unwrap_or(goal);
        let distance = distance + (DISTANCE_M - distance) * share;
        self.pose = Some(facing(eye, eye + direction * distance));
    }

    /// world_from_caption (X to the right, Y up, Z toward the reader), and its size.
    pub fn shown(&self) -> Option<(Pose, Vec2)> {
        Some((self.pose?, self.size_m))
    }
}

/// Where it belongs, seen from the eye.
fn goal_direction(orientation: Quat) -> Vec3 {
    let (ahead, top) = (orientation * Vec3::NEG_Z, orientation * Vec3::Y);
    let level = |direction: Vec3| Vec3::new(direction.x, 0.0, direction.z);
    let length = level(ahead).length();
    // Looking down, the top of the head points ahead; looking up, back.
    let heading = if length > LEVEL { level(ahead) } else { level(top) * -ahead.y };
    let elevation = (ahead.y.atan2(length) - BELOW_RAD).clamp(-STEEPEST_RAD, STEEPEST_RAD);
    let (rise, run) = elevation.sin_cos();
    heading.try_normalize().unwrap_or(Vec3::NEG_Z) * run + Vec3::Y * rise
}

/// Upright at a place, looking at the eye.
fn facing(eye: Vec3, place: Vec3) -> Pose {
    let toward = (eye - place).try_normalize().unwrap_or(Vec3::Z);
    let right = Vec3::Y.cross(toward).try_normalize().unwrap_or(Vec3::X);
    let axes = Mat3::from_cols(right, toward.cross(right), toward);
    Pose { position: place, orientation: Quat::from_mat3(&axes) }
}
