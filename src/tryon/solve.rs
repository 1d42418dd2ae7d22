//! Where a rigid set of points is, from where a camera sees them: iteratively reweighted Gauss-Newton on the reprojection.
//!
//! The heart of the mirror. Camera: at the origin, looking along -Z; what it sees is a slope (x and y at depth 1). The start is
//! a weak-perspective fit, closed-form; then damped steps on rotation and translation, points that fit badly counting less
//! (Geman and McClure's weights). See Hartley and Zisserman, Multiple View Geometry, appendix 6.

use super::linear::{Symmetric, add_outer};
use crate::math::{Mat3, Pose, Quat, Vec2, Vec3};

/// A point of the body and where it is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sight {
    /// In the body's space.
    pub body: Vec3,
    /// Slope: x to the right and y up, at depth 1.
    pub seen: Vec2,
    /// How far off that may be: one standard deviation, as a slope.
    pub sigma: f32,
    /// Where the tracker tells depths: how much farther away than the body's origin, as a share of the origin's distance, and how
    /// far off that may be.
    pub leaning: Option<(f32, f32)>,
}

/// A pose and how well it explains what is seen.
#[derive(Clone, Debug)]
pub(super) struct Solution {
    /// camera_from_body.
    pub pose: Pose,
    /// The robust mean of the squared residuals in standard deviations; about 1 when all is as expected.
    pub misfit: f32,
}

/// Residuals of so many standard deviations count a quarter.
const DOUBT: f32 = 3.0;
/// Few steps are needed from a good start; so many are the most.
const STEPS: usize = 12;
/// A step that moves less than this share of the distance, and turns less than this, ends it.
const ENOUGH: f32 = 2e-6;

/// The pose that explains all sights best. `start` is a pose known to be near, of the picture before for instance. `None` where
/// there are fewer than four points, or nothing in front of the camera explains them.
pub(super) fn solve(sights: &[Sight], start: Option<Pose>) -> Option<Solution> {
    if sights.len() < 4 {
        return None;
    }
    let start = start.or_else(|| weak_perspective(sights))?;
    let (mut pose, mut damping) = (start, 1e-6);
    let mut cost = robust_cost(sights, pose)?;
    for _ in 0..STEPS {
        let (information, gradient) = normal_equations(sights, pose);
        let Some(step) = information.damped(damping).solve(gradient) else { break };
        let next = stepped(pose, step);
        match robust_cost(sights, next) {
            Some(better) if better <= cost => {
                (pose, cost, damping) = (next, better, (damping * 0.1).max(1e-9));
                let turn = Vec3::new(step[0], step[1], step[2]).length();
                let way = Vec3::new(step[3], step[4], step[5]).length() / pose.position.length().max(1e-6);
                if turn < ENOUGH && way < ENOUGH {
                    break;
                }
            }
            _ => damping = (damping * 30.0).max(1e-4),
        }
        if damping > 1e3 {
            break;
        }
    }
    let is_sound = pose.position.is_finite() && pose.orientation.is_finite() && pose.position.z < 0.0;
    is_sound.then(|| Solution { pose, misfit: cost / (2 * sights.len()) as f32 })
}

/// Where a point in camera space is seen, as a slope; `None` behind the camera.
pub(super) fn slope(point: Vec3) -> Option<Vec2> {
    (point.z < -1e-6).then(|| point.truncate() / -point.z)
}

/// Geman and McClure's weight for a residual in standard deviations, squared.
pub(super) fn weight(squared: f32) -> f32 {
    let falloff = 1.0 + squared / (DOUBT * DOUBT);
    1.0 / (falloff * falloff)
}

fn robust_cost(sights: &[Sight], pose: Pose) -> Option<f32> {
    let robust = |squared: f32| squared / (1.0 + squared / (DOUBT * DOUBT));
    let mut cost = 0.0;
    for sight in sights {
        let arm = pose.orientation * sight.body;
        cost += robust(((slope(arm + pose.position)? - sight.seen) / sight.sigma).length_squared());
        if let Some((told, sigma)) = sight.leaning {
            let off = (told - arm.z / pose.position.z) / sigma;
            cost += robust(off * off);
        }
    }
    Some(cost).filter(|cost| cost.is_finite())
}

/// How a sight's slope changes when its point moves in camera space: one row for x, one for y.
pub(super) fn slope_rows(point: Vec3) -> [Vec3; 2] {
    let depth = -point.z;
    [Vec3::new(1.0, 0.0, point.x / depth) / depth, Vec3::new(0.0, 1.0, point.y / depth) / depth]
}

/// How that slope changes with the pose: rotation about the camera's axes, then translation.
pub(super) fn pose_row(arm: Vec3, row: Vec3) -> [f32; 6] {
    let turn = arm.cross(row);
    [turn.x, turn.y, turn.z, row.x, row.y, row.z]
}

fn normal_equations(sights: &[Sight], pose: Pose) -> (Symmetric<6>, [f32; 6]) {
    let (mut information, mut gradient) = (Symmetric::ZERO, [0.0; 6]);
    for sight in sights {
        let arm = pose.orientation * sight.body;
        let point = arm + pose.position;
        let Some(seen) = slope(point) else { continue };
        let residual = sight.seen - seen;
        let precision = 1.0 / (sight.sigma * sight.sigma);
        let weight = precision * weight(residual.length_squared() * precision);
        let mut add = |row: [f32; 6], residual: f32, weight: f32| {
            add_outer(&mut information, &row, weight);
            for (sum, entry) in gradient.iter_mut().zip(row) {
                *sum += weight * residual * entry;
            }
        };
        for (row, residual) in slope_rows(point).into_iter().zip(residual.to_array()) {
            add(pose_row(arm, row), residual, weight);
        }
        if let Some((told, sigma)) = sight.leaning {
            let lean = arm.z / pose.position.z;
            let turn = arm.cross(Vec3::Z / pose.position.z);
            let off = (told - lean) / sigma;
            let row = [turn.x, turn.y, turn.z, 0.0, 0.0, -lean / pose.position.z];
            add(row, told - lean, self::weight(off * off) / (sigma * sigma));
        }
    }
    (information, gradient)
}

pub(super) fn stepped(pose: Pose, step: [f32; 6]) -> Pose {
    let [x, y, z, right, up, back] = step;
    let turn = Quat::from_scaled_axis(Vec3::new(x, y, z));
    let orientation = (turn * pose.orientation).normalize();
    Pose { position: pose.position + Vec3::new(right, up, back), orientation }
}

/// A pose as if all points were equally far away: an affine fit, then the nearest rotation and the distance that its size asks
/// for.
fn weak_perspective(sights: &[Sight]) -> Option<Pose> {
    let share = 1.0 / sights.len() as f32;
    let body_middle: Vec3 = sights.iter().map(|sight| sight.body * share).sum();
    let seen_middle: Vec2 = sights.iter().map(|sight| sight.seen * share).sum();
    let (mut spread, mut by_x, mut by_y) = (Mat3::ZERO, Vec3::ZERO, Vec3::ZERO);
    for sight in sights {
        let (body, seen) = (sight.body - body_middle, sight.seen - seen_middle);
        spread += Mat3::from_cols(body * body.x, body * body.y, body * body.z);
        by_x += body * seen.x;
        by_y += body * seen.y;
    }
    // Flat sets, a palm for instance, have no depth to fit: a little of their size keeps it solvable.
    let size = spread.x_axis.x + spread.y_axis.y + spread.z_axis.z;
    let spread = spread + Mat3::from_diagonal(Vec3::splat(1e-3 * size));
    let inverse = spread.inverse();
    let (row_x, row_y) = (inverse * by_x, inverse * by_y);
    let scale = (row_x.length() * row_y.length()).sqrt();
    let right = row_x.try_normalize()?;
    let back = right.cross(row_y).try_normalize()?;
    // The two rows share the error of not being square to each other.
    let up = back.cross(right);
    let half = (row_y.normalize_or_zero().dot(right) * 0.5).clamp(-0.7, 0.7);
    let (right, up) = ((right + up * half).try_normalize()?, (up + right * half).try_normalize()?);
    let up = (up - right * up.dot(right)).try_normalize()?;
    let orientation = Quat::from_mat3(&Mat3::from_cols(right, up, right.cross(up)).transpose());
    let depth = 1.0 / scale;
    let middle = (seen_middle * depth).extend(-depth);
    (scale > 0.0 && depth.is_finite() && orientation.is_finite())
        .then(|| Pose { position: middle - orientation * body_middle, orientation })
}
