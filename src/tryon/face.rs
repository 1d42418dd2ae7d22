//! The mean face in millimetres, by the tracker's landmarks: what a pose is solved against.

use super::landmarks::{FaceLandmarks, LEFT_IRIS, RIGHT_IRIS};
use super::solve::Sight;
use super::view::View;
use crate::math::{Vec2, Vec3};

/// A landmark of the mean face.
pub(super) struct HeadPoint {
    /// Its index on the wearer's left, or in the middle.
    pub left: usize,
    /// Its index on the wearer's right; the same for points in the middle.
    pub right: usize,
    /// Where the left one is in head space, in millimetres.
    pub at_mm: [f32; 3],
    /// How far off a tracker puts it, in millimetres: what moves with words and smiles, or slides along the outline, counts
    /// less.
    pub loose_mm: f32,
}

const fn pair(left: usize, right: usize, at_mm: [f32; 3], loose_mm: f32) -> HeadPoint {
    HeadPoint { left, right, at_mm, loose_mm }
}

const fn middle(index: usize, at_mm: [f32; 3], loose_mm: f32) -> HeadPoint {
    HeadPoint { left: index, right: index, at_mm, loose_mm }
}

/// The points that are read.
pub(super) const POINTS: [HeadPoint; 20] = [
    pair(473, 468, [31.5, 0.0, 0.0], 1.5),
    pair(263, 33, [45.0, 0.0, -12.0], 1.5),
    pair(362, 133, [16.5, -1.0, -4.0], 1.5),
    middle(168, [0.0, 5.0, 9.0], 1.5),
    middle(6, [0.0, -4.0, 10.0], 1.5),
    middle(197, [0.0, -14.0, 16.0], 1.5),
    middle(195, [0.0, -22.0, 22.0], 1.5),
    middle(5, [0.0, -30.0, 27.0], 1.5),
    middle(4, [0.0, -37.0, 30.0], 1.5),
    middle(1, [0.0, -41.0, 29.0], 1.5),
    middle(2, [0.0, -49.0, 18.0], 1.5),
    pair(327, 98, [14.0, -46.0, 10.0], 2.0),
    pair(356, 127, [70.0, 5.0, -55.0], 4.0),
    pair(454, 234, [72.0, -12.0, -62.0], 4.0),
    pair(300, 70, [52.0, 20.0, -10.0], 4.0),
    pair(336, 107, [15.0, 23.0, 6.0], 4.0),
    middle(9, [0.0, 20.0, 9.0], 2.0),
    middle(151, [0.0, 40.0, 8.0], 2.0),
    middle(10, [0.0, 65.0, 0.0], 4.0),
    middle(152, [0.0, -112.0, -4.0], 6.0),
];

/// All points of a face that are seen, with where they are seen.
pub(super) fn sights(face: &FaceLandmarks, view: View) -> Vec<Sight> {
    let focal = view.focal();
    let mut sights = Vec::with_capacity(2 * POINTS.len());
    let eyes = eye_distance(face, view).unwrap_or(0.1);
    for point in &POINTS {
        let at = Vec3::from_array(point.at_mm) * 1e-3;
        let mut see = |index: usize, body: Vec3| {
            let Some(mark) = face.points.get(index).filter(|mark| mark.is_sound()) else { return };
            let seen = view.slope_from_picture(Vec2::new(mark.x, mark.y));
            // Millimetres on a face as large as this one is seen.
            let sigma = point.loose_mm / 63.0 * eyes + 0.0003 / focal;
            sights.push(Sight { body, seen, sigma: sigma / mark.confidence.clamp(0.1, 1.0).sqrt() });
        };
        see(point.left, at);
        if point.right != point.left {
            see(point.right, at * Vec3::new(-1.0, 1.0, 1.0));
        }
    }
    sights
}

/// How far apart the eyes are seen, as a slope.
fn eye_distance(face: &FaceLandmarks, view: View) -> Option<f32> {
    let eye = |index: usize| face.points.get(index).map(|mark| view.slope_from_picture(Vec2::new(mark.x, mark.y)));
    Some(eye(263)?.distance(eye(33)?) * (63.0 / 90.0)).filter(|distance| *distance > 0.0)
}

/// How wide the irises are seen, in shares of the picture's height; `None` where the tracker has none.
pub(super) fn iris_widths(face: &FaceLandmarks, view: View) -> [Option<f32>; 2] {
    let at = |index: usize| {
        let mark = face.points.get(index).filter(|mark| mark.is_sound())?;
        Some(Vec2::new(mark.x * view.aspect(), mark.y))
    };
    [LEFT_IRIS, RIGHT_IRIS].map(|[_, a, b, c, d]| Some(at(a)?.distance(at(c)?).max(at(b)?.distance(at(d)?))))
}
