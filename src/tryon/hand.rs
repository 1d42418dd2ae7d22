//! The hand that wears the products: the palm's pose, the fingers' directions, steadied.
//!
//! The mean hand is own work: 180 mm from the wrist's crease to the middle finger's tip, 84 mm broad (means of women and men
//! after Greiner 1991, Hand anthropometry of US Army personnel), its joints where Buchholz, Armstrong and Goldstein 1992 have them.
//! Nothing in a hand has the same size in everybody: its scale is the mean's, and its uncertainty says so.

use super::landmarks::{HandLandmarks, Landmark, Side, hand};
use super::length::{HandMeasures, Length};
use super::presence::Presence;
use super::solve::{Sight, Solution, solve};
use super::steady::{Steady, Tremble};
use super::view::View;
use super::wear::Finger;
use crate::math::{Mat3, Pose, Quat, Vec2, Vec3};

/// The palm's rigid points on a left hand in hand space, in metres; the thumb is to +X.
const PALM: [(usize, Vec3); 6] = [
    (hand::WRIST, Vec3::new(0.0, 0.0, 0.0)),
    (hand::THUMB_ROOT, Vec3::new(0.026, 0.021, -0.012)),
    (hand::KNUCKLES[1], Vec3::new(0.024, 0.088, 0.001)),
    (hand::KNUCKLES[2], Vec3::new(0.002, 0.090, 0.005)),
    (hand::KNUCKLES[3], Vec3::new(-0.017, 0.083, 0.002)),
    (hand::KNUCKLES[4], Vec3::new(-0.034, 0.072, -0.004)),
];
/// How far off a tracker and a person's own hand put them, in metres: the thumb's root is the loosest.
const LOOSE_M: [f32; 6] = [0.004, 0.006, 0.003, 0.003, 0.003, 0.003];
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
/// How far off a tracker's depths are, in shares of the palm's length.
const DEPTH_SPREAD: f32 = 0.12;
/// A hand that is explained worse than this is none.
const WORST_MISFIT: f32 = 8.0;
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
}

impl Hand {
    /// Takes the tracker's answer; false when it is no hand that can be explained.
    pub fn see(&mut self, seen: &HandLandmarks, view: View, time_ms: f64) -> bool {
        if seen.points.len() < hand::COUNT {
            return false;
        }
        let near = self.raw.filter(|_| self.steady.as_ref().is_some_and(|steady| time_ms - steady.time_ms() < 200.0));
        let side = seen.side.unwrap_or(self.side);
        let Some(solution) = palm(seen, side, view, near) else { return false };
        if side != self.side {
            (self.steady, self.fingers) = (None, Default::default());
        }
        self.side = side;
        let pose = solution.pose;
        let size = 0.09 / -pose.position.z;
        let tremble = Tremble { slope: TREMBLE.slope * size, ..TREMBLE };
        follow(&mut self.steady, pose, tremble, time_ms);
        for (finger, steady) in self.fingers.iter_mut().enumerate() {
            if let Some(pose) = finger_pose(seen, finger, side, view, pose) {
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

fn on(side: Side, left: Vec3) -> Vec3 {
    left * Vec3::new(side.sign(), 1.0, 1.0)
}

fn slope_of(mark: &Landmark, view: View) -> Vec2 {
    view.slope_from_picture(Vec2::new(mark.x, mark.y))
}

/// The palm's pose. It is nearly flat, so two poses explain it almost as well, one the other's reflection: the tracker's depths
/// and the picture before decide.
fn palm(seen: &HandLandmarks, side: Side, view: View, near: Option<Pose>) -> Option<Solution> {
    let mut sights = Vec::with_capacity(PALM.len());
    let size = palm_size(seen, view);
    let wrist_z = seen.points.get(hand::WRIST).map_or(0.0, |mark| mark.z);
    let tells_depth = seen.points.iter().any(|mark| mark.z != wrist_z);
    for ((index, left), loose_m) in PALM.into_iter().zip(LOOSE_M) {
        let Some(mark) = seen.points.get(index).filter(|mark| mark.is_sound()) else { continue };
        let sigma = (loose_m / 0.09 * size).max(1e-5) / mark.confidence.clamp(0.05, 1.0).sqrt();
        // Depths come in picture widths, which are as many slopes as the picture is wide at depth 1.
        let lean = (mark.z - wrist_z) * view.aspect() / view.focal();
        let leaning = tells_depth.then_some((lean, DEPTH_SPREAD * size));
        sights.push(Sight { body: on(side, left), seen: slope_of(mark, view), sigma, leaning });
    }
    let first = solve(&sights, near)?;
    let second = solve(&sights, Some(reflected(first.pose, &sights)));
    let score = |solution: &Solution| {
        let back = near.map_or(0.0, |near| near.orientation.angle_between(solution.pose.orientation));
        solution.misfit + 6.0 * disagreement(seen, side, solution.pose) + 1.5 * back
    };
    let best = match second {
        Some(second) if score(&second) < score(&first) => second,
        _ => first,
    };
    Some(best).filter(|best| best.misfit < WORST_MISFIT)
}

fn palm_size(seen: &HandLandmarks, view: View) -> f32 {
    let at = |index: usize| seen.points.get(index).map_or(Vec2::ZERO, |mark| slope_of(mark, view));
    let along = at(hand::WRIST).distance(at(hand::KNUCKLES[2]));
    let across = at(hand::KNUCKLES[1]).distance(at(hand::KNUCKLES[4])) * 1.5;
    along.max(across).max(1e-3)
}

/// The same points with front and back changed, about the line of sight to their middle.
fn reflected(pose: Pose, sights: &[Sight]) -> Pose {
    let middle_body = sights.iter().map(|sight| sight.body).sum::<Vec3>() / sights.len().max(1) as f32;
    let middle = pose.orientation * middle_body + pose.position;
    let sight = middle.normalize_or_zero();
    let mirror = |direction: Vec3| direction - sight * (2.0 * direction.dot(sight));
    // A flat body's normal is what a reflection turns round; its plane stays.
    let (right, up) = (mirror(pose.orientation * Vec3::X), mirror(pose.orientation * Vec3::Y));
    let orientation = Quat::from_mat3(&Mat3::from_cols(right, up, right.cross(up))).normalize();
    Pose { position: middle - orientation * middle_body, orientation }
}

/// How badly a pose agrees with the depths that the tracker tells: 0 well .. 1 the other way round; 0 without depths.
fn disagreement(seen: &HandLandmarks, side: Side, pose: Pose) -> f32 {
    let points = PALM.iter().filter_map(|(index, left)| {
        let mark = seen.points.get(*index)?;
        Some((mark.z, -(pose.orientation * on(side, *left)).z))
    });
    let points: Vec<(f32, f32)> = points.collect();
    let count = points.len().max(1) as f32;
    let (told, solved) = points.iter().fold((0.0, 0.0), |(told, solved), point| (told + point.0, solved + point.1));
    let (mut both, mut told_square, mut solved_square) = (0.0, 0.0, 0.0);
    for (z, depth) in points {
        let (z, depth) = (z - told / count, depth - solved / count);
        (both, told_square, solved_square) = (both + z * depth, told_square + z * z, solved_square + depth * depth);
    }
    let length = (told_square * solved_square).sqrt();
    if length > 1e-9 { 0.5 - 0.5 * both / length } else { 0.0 }
}

/// A finger's first bone: its joint lies on its line of sight as far from the knuckle as the bone is long, on the side that the
/// tracker's depths tell.
fn finger_pose(seen: &HandLandmarks, finger: usize, side: Side, view: View, palm: Pose) -> Option<Pose> {
    let index = hand::KNUCKLES[finger];
    let (knuckle_mark, joint_mark) = (seen.points.get(index)?, seen.points.get(index + 1)?);
    (knuckle_mark.is_sound() && joint_mark.is_sound()).then_some(())?;
    let depth = match PALM.iter().find(|(point, _)| *point == index) {
        Some((_, left)) => -(palm.orientation * on(side, *left) + palm.position).z,
        None => -palm.position.z,
    };
    let knuckle = slope_of(knuckle_mark, view).extend(-1.0) * depth;
    let ray = slope_of(joint_mark, view).extend(-1.0).normalize_or_zero();
    let (along, bone) = (ray.dot(knuckle), FIRST_BONE_M[finger]);
    let reach = bone * bone - (knuckle - ray * along).length_squared();
    let half = reach.max(0.0).sqrt();
    let farther = joint_mark.z > knuckle_mark.z;
    let joint = ray * (along + if farther { half } else { -half });
    let up = (joint - knuckle).try_normalize()?;
    let back = palm.orientation * Vec3::Z;
    let back = (back - up * back.dot(up)).try_normalize()?;
    let orientation = Quat::from_mat3(&Mat3::from_cols(up.cross(back), up, back)).normalize();
    Some(Pose { position: knuckle.lerp(joint, RING_SHARE), orientation })
}
