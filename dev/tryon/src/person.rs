//! People: a tracked face, bent by chance into another one each time.

use crate::alignment::best_turn;
use crate::camera::Camera;
use crate::random::{Field, Random};
use vitrine::math::{Pose, Vec3};
use vitrine::tryon::FaceLandmarks;

/// A face as the tracker saw it (mean over pictures, both sides as they are, not symmetric), in millimetres of head space: the
/// pupils 63 apart, the irises' plane at z = 0. Own measurement.
const TRACKED: [(usize, [f32; 3]); 72] = [
    (0, [1.2, -55.7, 8.1]),
    (1, [0.2, -42.4, 28.2]),
    (2, [0.2, -46.1, 11.9]),
    (4, [0.2, -35.9, 30.8]),
    (5, [0.1, -26.9, 29.2]),
    (6, [-0.2, -5.1, 15.4]),
    (8, [-0.4, 10.6, 12.5]),
    (9, [-0.5, 18.7, 14.6]),
    (10, [-0.8, 49.3, 12.5]),
    (17, [0.9, -77.5, 2.1]),
    (21, [-64.6, 23.0, -32.6]),
    (33, [-44.1, -0.2, -10.2]),
    (50, [-49.6, -28.1, -7.6]),
    (54, [-59.3, 33.1, -19.9]),
    (58, [-60.3, -59.6, -61.6]),
    (61, [-30.3, -55.9, -15.7]),
    (67, [-35.6, 46.4, 4.3]),
    (70, [-55.0, 13.3, -9.0]),
    (93, [-66.5, -28.9, -65.8]),
    (98, [-19.6, -40.8, 4.6]),
    (105, [-39.6, 20.3, 5.8]),
    (107, [-14.4, 17.4, 14.0]),
    (109, [-19.6, 48.8, 10.8]),
    (116, [-61.6, -14.1, -23.9]),
    (122, [-5.8, -6.4, 12.8]),
    (123, [-61.8, -25.8, -23.8]),
    (127, [-68.2, -1.7, -57.7]),
    (129, [-22.8, -34.2, 1.6]),
    (132, [-64.2, -43.8, -65.1]),
    (133, [-17.2, -2.9, -5.4]),
    (145, [-31.9, -4.9, -3.8]),
    (151, [-0.6, 34.2, 14.0]),
    (152, [1.1, -110.0, -16.3]),
    (159, [-32.9, 4.8, -1.9]),
    (162, [-67.4, 12.1, -46.3]),
    (168, [-0.3, 3.0, 11.8]),
    (195, [0.0, -19.5, 24.3]),
    (196, [-5.4, -13.7, 18.2]),
    (197, [-0.1, -12.6, 19.7]),
    (199, [1.1, -98.7, -5.5]),
    (205, [-42.0, -37.0, -3.3]),
    (234, [-67.5, -15.1, -63.7]),
    (245, [-11.0, -5.1, 3.2]),
    (251, [62.7, 22.7, -32.3]),
    (263, [44.4, -0.2, -10.3]),
    (280, [50.4, -28.0, -7.7]),
    (284, [57.2, 32.9, -19.6]),
    (288, [61.2, -59.9, -61.7]),
    (291, [32.5, -54.3, -15.8]),
    (297, [33.9, 46.4, 4.4]),
    (300, [54.5, 13.0, -9.1]),
    (323, [66.3, -29.2, -65.7]),
    (327, [20.3, -40.7, 4.3]),
    (334, [40.6, 20.1, 5.7]),
    (336, [15.0, 17.1, 13.9]),
    (338, [18.2, 48.8, 10.8]),
    (345, [61.8, -14.2, -24.0]),
    (351, [5.5, -6.4, 12.8]),
    (352, [62.4, -25.9, -24.0]),
    (356, [67.1, -1.9, -57.4]),
    (358, [23.4, -34.0, 1.3]),
    (361, [64.7, -44.2, -65.1]),
    (362, [16.6, -2.8, -5.3]),
    (374, [31.3, -4.5, -3.7]),
    (386, [33.4, 5.4, -1.9]),
    (389, [65.7, 11.9, -46.0]),
    (419, [5.4, -13.6, 18.2]),
    (425, [43.1, -36.9, -3.5]),
    (454, [66.9, -15.3, -63.5]),
    (465, [9.8, -5.5, 3.2]),
    (468, [-31.7, -0.1, 0.0]),
    (473, [31.3, 0.1, 0.0]),
];
const PUPILS: [usize; 2] = [473, 468];
/// From the point about which an eye turns to its pupil, in millimetres.
const EYE_ARM: f32 = 10.5;

/// Somebody.
pub struct Person {
    /// In metres of head space: landmarks by index.
    points: Vec<(usize, Vec3)>,
    /// Between the pupils looking far, in metres.
    pub pupil_distance: f32,
    iris: f32,
}

impl Person {
    /// Another one with each call. Spreads: size 4.5 %; width and height 3.5 %, depth 5 % beyond that; 2.2 mm of smooth shape of his
    /// own; 0.8 mm at each landmark, where the tracker sees it on him; the iris 4.3 %.
    pub fn new(random: &mut Random) -> Self {
        let size = 1.0 + 0.045 * random.normal();
        let stretch = Vec3::ONE + Vec3::new(0.035, 0.035, 0.05) * random.normal3();
        let (shape, both_sides) = (Field::new(random, 45.0), Field::new(random, 45.0));
        let mut points = Vec::new();
        for (index, at) in TRACKED {
            let at = Vec3::from_array(at);
            let side = if at.x < 0.0 { -1.0 } else { 1.0 };
            // Two thirds of it are the same on both sides.
            let same = both_sides.at(at * Vec3::new(side, 1.0, 1.0)) * Vec3::new(side, 1.0, 1.0);
            let own = same * 1.8 + shape.at(at) * 1.25 + random.normal3() * 0.8;
            let on_axis = if at.x.abs() < 2.0 { Vec3::new(0.4, 1.0, 1.0) } else { Vec3::ONE };
            points.push((index, at * stretch + own * on_axis));
        }
        // His head space is that in which his face lies best on the tracked one, its middle between his pupils.
        let turn = best_turn(points.iter().zip(TRACKED).map(|(point, (_, at))| (Vec3::from_array(at), point.1)));
        for (_, at) in &mut points {
            *at = turn * *at;
        }
        let pupil = |index: usize| points.iter().find(|point| point.0 == index).map_or(Vec3::ZERO, |point| point.1);
        let (left, right) = (pupil(PUPILS[0]), pupil(PUPILS[1]));
        let middle = (left + right) * 0.5;
        for (_, at) in &mut points {
            *at = (*at - middle) * size * 1e-3;
        }
        let iris = 11.7e-3 * (1.0 + 0.043 * random.normal());
        Self { points, pupil_distance: left.distance(right) * size * 1e-3, iris }
    }

    /// What a tracker sees of him, who looks into the camera.
    pub fn seen(&self, camera: &Camera, camera_from_head: Pose, random: &mut Random) -> FaceLandmarks {
        let place = |at: Vec3| camera_from_head.orientation * at + camera_from_head.position;
        let mut points: Vec<(usize, Vec3)> = Vec::with_capacity(self.points.len() + 8);
        for (index, at) in &self.points {
            if !PUPILS.contains(index) {
                points.push((*index, place(*at)));
                continue;
            }
            let arm = EYE_ARM * 1e-3;
            let turning = place(*at - Vec3::Z * arm);
            let gaze = (-turning).normalize_or_zero();
            let pupil = turning + gaze * arm;
            points.push((*index, pupil));
            let right = (Vec3::Y.cross(gaze)).normalize_or_zero() * (self.iris * 0.5);
            let up = gaze.cross(right);
            for (edge, away) in [right, up, -right, -up].into_iter().enumerate() {
                points.push((index + 1 + edge, pupil + away));
            }
        }
        FaceLandmarks { points: camera.track(&points, 478, self.pupil_distance, random) }
    }
}
