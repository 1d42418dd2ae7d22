//! The hand that wears the products: the palm's pose, the fingers' directions, steadied.
//!
//! Nothing in a hand has the same size in everybody: its scale is the mean hand's (palm.rs), and its uncertainty says so.

use super::landmarks::{HandLandmarks, Side, hand};
use super::length::{HandMeasures, Length};
use super::palm::{Palm, slope_of};
use super::presence::Presence;
use super::steady::{Steady, Tremble};
use super::view::View;
use super::wear::Finger;
use crate::math::{Mat3, Pose, Quat, Vec2, Vec3};

/// From each finger's knuckle to its next joint, in metres: thumb to little finger.
const FIRST_BONE_M: [f32; 5] = [0.034, 0.044, 0.048, 0.045, 0.036];
/// Where a ring sits on that bone, from the knuckle.
const RING_SHARE: f32 = 0.55;
/// Widths where a ring sits, of the mean hand: thumb to little finger, in metres.
const FINGER_M: [f32; 5] = [0.0205, 0.0185, 0.0185, 0.0175, 0.0155];
/// The wrist where a watch sits, of the mean hand: width, thickness, and how far behind the crease, in metres.
const WRIST_M: [f32; 3] = [0.057, 0.041, 0.022];
/// How much hands differ in size, and their wrists and fingers beyond that, as shares.
const HAND_SPREAD: f32 = 0.055;
const OWN_SPREAD: f32 = 0.05;
/// The pose's tremble per picture: shares of the palm's length across the picture, of the distance, radians.
const TREMBLE: Tremble = Tremble { slope: 0.008, depth: 0.014, turn: 0.06 };

/// A hand, once seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Hand {
    pub presence: Presence,
    side: Side,
    steady: Option<Steady>,
    /// The fingers' frames: on the first bone, Y to the tip, Z out of the back.
    fingers: [Option<Steady>; 5],
    raw: Option<Pose>,
    palm: Palm,
}

impl Hand {
    /// Takes the tracker's answer; false when it is no hand that can be explained.
    pub fn see(&mut self, seen: &HandLandmarks, view: View, time_ms: f64) -> bool {
        if seen.points.len() < hand::COUNT {
            return false;
        }
        let near = self.raw.filter(|_| self.steady.as_ref().is_some_and(|steady| time_ms - steady.time_ms() < 200.0));
        let side = seen.side.unwrap_or(self.side);
        if side != self.side {
            (self.steady, self.fingers, self.palm) = Default::default();
        }
        self.side = side;
        let Some(pose) = self.palm.find(seen, side, view, near) else { return false };
        let size = 0.09 / -pose.position.z;
        let tremble = Tremble { slope: TREMBLE.slope * size, ..TREMBLE };
        follow(&mut self.steady, pose, tremble, time_ms);
        for (finger, steady) in self.fingers.iter_mut().enumerate() {
            if let Some(pose) = finger_pose(seen, finger, &self.palm, view, pose) {
                follow(steady, pose, tremble, time_ms);
            }
        }
        self.raw = Some(pose);
        true
    }

    /// Which hand it is.
    pub fn side(&self) -> Side {
        self.side
    }

    /// camera_from_hand at a moment, in metres.
    pub fn at(&self, now_ms: f64) -> Option<Pose> {
        Some(self.steady.as_ref()?.at(now_ms))
    }

    /// Where a ring sits: Y to the finger's tip, Z out of the back of the hand.
    pub fn finger_at(&self, finger: Finger, now_ms: f64) -> Option<Pose> {
        Some(self.fingers.get(finger as usize)?.as_ref()?.at(now_ms))
    }

    /// How wide a finger is where a ring sits, in metres.
    pub fn finger_width(finger: Finger) -> f32 {
        FINGER_M[finger as usize]
    }

    /// How long a finger's first bone is, in metres.
    pub fn first_bone(finger: Finger) -> f32 {
        FIRST_BONE_M[finger as usize]
    }

    /// Where a watch sits, in hand space: Y to the fingers.
    pub fn wrist() -> Vec3 {
        Vec3::new(0.0, -WRIST_M[2], 0.0)
    }

    /// The wrist's width and thickness, in metres.
    pub fn wrist_size() -> Vec2 {
        Vec2::new(WRIST_M[0], WRIST_M[1])
    }

    /// What is known of the hand.
    pub fn measures(&self) -> Option<HandMeasures> {
        self.raw?;
        let spread = HAND_SPREAD.hypot(OWN_SPREAD);
        let length = |metres: f32| Length { mm: metres * 1e3, plus_minus_mm: metres * 1e3 * spread };
        let [width, thickness, _] = WRIST_M;
        Some(HandMeasures {
            wrist_width: length(width),
            wrist_circumference: length(around_ellipse(width, thickness)),
            finger_widths: FINGER_M.map(length),
        })
    }
}

/// The way around an ellipse of these two widths (Ramanujan's approximation).
pub(super) fn around_ellipse(width: f32, thickness: f32) -> f32 {
    let (a, b) = (width * 0.5, thickness * 0.5);
    std::f32::consts::PI * (3.0 * (a + b) - ((3.0 * a + b) * (a + 3.0 * b)).sqrt())
}

fn follow(steady: &mut Option<Steady>, pose: Pose, tremble: Tremble, time_ms: f64) {
    match steady {
        Some(steady) => steady.follow(pose, tremble, time_ms),
        None => *steady = Some(Steady::new(pose, tremble, time_ms)),
    }
}

/// A finger's first bone: its joint lies on its line of sight as far from the knuckle as the bone is long, on the side that the
/// tracker's depths tell.
fn finger_pose(seen: &HandLandmarks, finger: usize, palm: &Palm, view: View, pose: Pose) -> Option<Pose> {
    let index = hand::KNUCKLES[finger];
    let (knuckle_mark, joint_mark) = (seen.points.get(index)?, seen.points.get(index + 1)?);
    (knuckle_mark.is_sound() && joint_mark.is_sound()).then_some(())?;
    let depth = -(pose.orientation * palm.point(index) + pose.position).z;
    let knuckle = slope_of(knuckle_mark, view).extend(-1.0) * depth;
    let ray = slope_of(joint_mark, view).extend(-1.0).normalize_or_zero();
    let (along, bone) = (ray.dot(knuckle), FIRST_BONE_M[finger]);
    let reach = bone * bone - (knuckle - ray * along).length_squared();
    let half = reach.max(0.0).sqrt();
    let farther = joint_mark.z > knuckle_mark.z;
    let joint = ray * (along + if farther { half } else { -half });
    let up = (joint - knuckle).try_normalize()?;
    let back = pose.orientation * Vec3::Z;
    let back = (back - up * back.dot(up)).try_normalize()?;
    let orientation = Quat::from_mat3(&Mat3::from_cols(up.cross(back), up, back)).normalize();
    Some(Pose { position: knuckle.lerp(joint, RING_SHARE), orientation })
}
