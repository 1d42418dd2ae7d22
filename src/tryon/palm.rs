//! The palm: where its rigid points are on this person, and its pose in a picture.
//!
//! The mean hand is own work: 180 mm from the wrist's crease to the middle finger's tip, 84 mm broad (means of women and men
//! after Greiner 1991, Hand anthropometry of US Army personnel), its joints where Buchholz, Armstrong and Goldstein 1992 have them.
//! A palm is nearly flat: how far it is turned shows in how short it looks, so a person's own palm is learned as it turns.

use super::landmarks::{HandLandmarks, Landmark, Side, hand};
use super::own::{BodySpace, Glimpse, OwnPlace, TRACKER_MM};
use super::solve::{Sight, Solution, slope, slope_rows, solve, weight};
use super::view::View;
use super::views::Views;
use crate::math::{Mat3, Pose, Quat, Vec2, Vec3};

/// A rigid point of the palm.
struct PalmPoint {
    index: usize,
    /// On a left hand in hand space, in millimetres; the thumb is to +X.
    at_mm: Vec3,
    /// How far off a tracker and a person's own hand put it, in millimetres: the thumb's root is the loosest.
    loose_mm: f32,
}

const fn point(index: usize, [x, y, z]: [f32; 3], loose_mm: f32) -> PalmPoint {
    PalmPoint { index, at_mm: Vec3::new(x, y, z), loose_mm }
}

const PALM: [PalmPoint; 6] = [
    point(hand::WRIST, [0.0, 0.0, 0.0], 4.0),
    point(hand::THUMB_ROOT, [26.0, 21.0, -12.0], 6.0),
    point(hand::KNUCKLES[1], [24.0, 88.0, 1.0], 3.0),
    point(hand::KNUCKLES[2], [2.0, 90.0, 5.0], 3.0),
    point(hand::KNUCKLES[3], [-17.0, 83.0, 2.0], 3.0),
    point(hand::KNUCKLES[4], [-34.0, 72.0, -4.0], 3.0),
];
/// From the wrist to the middle finger's knuckle, in millimetres: how large a palm is.
const LENGTH_MM: f32 = 90.0;
/// How far off a tracker's depths are, in shares of the palm's length.
const DEPTH_SPREAD: f32 = 0.12;
/// A hand that is explained worse than this is none.
const WORST_MISFIT: f32 = 8.0;
/// A pose that agrees with the tracker's depths worse than this may be the reflection of the true one: nothing is learned of it.
const DOUBTFUL: f32 = 0.25;
/// How much of what was known before a new view still holds after it.
const KEPT: f32 = 0.975;
/// How much of the way to what is believed is gone with each picture.
const GLIDE: f32 = 0.08;

/// Somebody's palm, as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct Palm {
    side: Side,
    views: Views,
    own: [OwnPlace; PALM.len()],
    hand: BodySpace,
}

impl Default for Palm {
    fn default() -> Self {
        let own = [OwnPlace::USUAL; PALM.len()];
        Self { side: Side::Left, views: Views::default(), own, hand: BodySpace::USUAL }
    }
}

impl Palm {
    /// camera_from_hand in a picture, `near` the pose of the picture before; `None` when it is no hand that can be explained.
    pub fn find(&mut self, seen: &HandLandmarks, side: Side, view: View, near: Option<Pose>) -> Option<Pose> {
        self.side = side;
        let size = size(seen, view);
        let solution = self.solved(seen, view, size, near)?;
        self.learn(seen, view, size, solution.pose);
        Some(solution.pose)
    }

    /// A point of the hand in hand space, in metres; the wrist for those that are not the palm's.
    pub fn point(&self, index: usize) -> Vec3 {
        PALM.iter().position(|point| point.index == index).map_or(Vec3::ZERO, |at| self.place(at))
    }

    fn learned_mm(&self, at: usize) -> Vec3 {
        PALM[at].at_mm + self.own[at].away_mm
    }

    fn place(&self, at: usize) -> Vec3 {
        self.on_its_side(self.hand.place(self.learned_mm(at))) * 1e-3
    }

    fn on_its_side(&self, left: Vec3) -> Vec3 {
        left * Vec3::new(self.side.sign(), 1.0, 1.0)
    }

    /// It is nearly flat, so two poses explain it almost as well, one the other's reflection: the tracker's depths and the picture
    /// before decide.
    fn solved(&self, seen: &HandLandmarks, view: View, size: f32, near: Option<Pose>) -> Option<Solution> {
        let (mut sights, mut known) = (Vec::with_capacity(PALM.len()), Vec::with_capacity(PALM.len()));
        let wrist_z = seen.points.get(hand::WRIST).map_or(0.0, |mark| mark.z);
        let tells_depth = seen.points.iter().any(|mark| mark.z != wrist_z);
        for (at, point) in PALM.iter().enumerate() {
            let Some(mark) = seen.points.get(point.index).filter(|mark| mark.is_sound()) else { continue };
            // Depths come in picture widths, which are as many slopes as the picture is wide at depth 1.
            let lean = (mark.z - wrist_z) * view.aspect() / view.focal();
            let leaning = tells_depth.then_some((lean, DEPTH_SPREAD * size));
            let sigma = sigma(point.loose_mm, size, mark);
            sights.push(Sight { body: self.place(at), seen: slope_of(mark, view), sigma, leaning });
            known.push(self.own[at].doubt.hypot(TRACKER_MM / point.loose_mm).min(1.0));
        }
        let first = solve(&sights, near)?;
        let second = solve(&sights, Some(reflected(first.pose, &sights)));
        let score = |solution: &Solution| {
            let back = near.map_or(0.0, |near| near.orientation.angle_between(solution.pose.orientation));
            solution.misfit + 6.0 * self.disagreement(seen, solution.pose) + 1.5 * back
        };
        let best = match second {
            Some(second) if score(&second) < score(&first) => second,
            _ => first,
        };
        let best = Some(best).filter(|best| best.misfit < WORST_MISFIT)?;
        // Near it, what was learned of this palm is trusted more.
        for (sight, known) in sights.iter_mut().zip(known) {
            sight.sigma *= known;
        }
        solve(&sights, Some(best.pose)).or(Some(best))
    }

    fn learn(&mut self, seen: &HandLandmarks, view: View, size: f32, pose: Pose) {
        let marks = || PALM.iter().filter_map(|point| seen.points.get(point.index).filter(|mark| mark.is_sound()));
        let is_new = self.views.is_new(marks().map(|mark| slope_of(mark, view) * view.focal()).collect());
        if self.views.tells() && self.disagreement(seen, pose) < DOUBTFUL {
            let (share, kept) = (self.views.share(), if is_new { KEPT } else { 1.0 });
            for (at, point) in PALM.iter().enumerate() {
                let mark = seen.points.get(point.index).filter(|mark| mark.is_sound());
                if let Some(glimpse) = mark.and_then(|mark| self.glimpse(at, mark, view, size, pose)) {
                    self.own[at].take(glimpse, point.loose_mm, share, kept);
                }
            }
        }
        for own in &mut self.own {
            own.glide(GLIDE);
        }
        let learned: [Vec3; PALM.len()] = std::array::from_fn(|at| self.learned_mm(at));
        self.hand.follow(PALM.iter().map(|point| point.at_mm).zip(learned), learned[0]);
    }

    /// What a picture says of a point of the palm.
    fn glimpse(&self, at: usize, mark: &Landmark, view: View, size: f32, pose: Pose) -> Option<Glimpse> {
        let point = pose.orientation * self.place(at) + pose.position;
        let residual = slope_of(mark, view) - slope(point)?;
        let loose = sigma(PALM[at].loose_mm, size, mark);
        let tracker = sigma(TRACKER_MM, size, mark);
        let from_camera = |row: Vec3| self.hand.back(self.on_its_side(pose.orientation.conjugate() * row)) * 1e-3;
        let weight = weight(residual.length_squared() / (loose * loose)) / (tracker * tracker);
        Some(Glimpse { rows: slope_rows(point).map(from_camera), residual, weight })
    }

    /// How badly a pose agrees with the depths that the tracker tells: 0 well .. 1 the other way round; 0 without depths.
    fn disagreement(&self, seen: &HandLandmarks, pose: Pose) -> f32 {
        let points = PALM.iter().enumerate().filter_map(|(at, point)| {
            let mark = seen.points.get(point.index)?;
            Some((mark.z, -(pose.orientation * self.place(at)).z))
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
}

/// Where a landmark is seen, as a slope.
pub(super) fn slope_of(mark: &Landmark, view: View) -> Vec2 {
    view.slope_from_picture(Vec2::new(mark.x, mark.y))
}

/// How large so many millimetres of the palm look, as a slope; more where the tracker doubts.
fn sigma(mm: f32, size: f32, mark: &Landmark) -> f32 {
    (mm / LENGTH_MM * size).max(1e-5) / mark.confidence.clamp(0.05, 1.0).sqrt()
}

/// How long the palm looks, as a slope.
fn size(seen: &HandLandmarks, view: View) -> f32 {
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
