//! Hands: a mean one bent by chance into another one each time, its fingers a little bent.

use crate::alignment::best_turn;
use crate::camera::Camera;
use crate::random::Random;
use vitrine::math::{Pose, Quat, Vec3};
use vitrine::tryon::{HandLandmarks, Side};

/// Joints of a left hand in millimetres of hand space, after Buchholz, Armstrong and Goldstein 1992 for a hand of 180 mm: wrist, then
/// knuckle and first bone of each finger from the thumb on.
const WRIST: Vec3 = Vec3::new(0.0, 0.0, 0.0);
const THUMB: [Vec3; 2] = [Vec3::new(25.0, 22.0, -13.0), Vec3::new(44.0, 50.0, -20.0)];
const KNUCKLES: [Vec3; 4] =
    [Vec3::new(24.5, 87.0, 0.0), Vec3::new(1.5, 90.5, 5.5), Vec3::new(-17.5, 82.0, 3.0), Vec3::new(-34.5, 71.0, -5.0)];
const BONES: [[f32; 3]; 5] =
    [[34.0, 27.0, 0.0], [43.0, 25.0, 21.0], [48.0, 30.0, 22.0], [44.5, 28.0, 22.0], [35.5, 20.0, 20.0]];

/// What is rigid of it.
const PALM: [usize; 6] = [0, 1, 5, 9, 13, 17];

/// Somebody's left hand.
pub struct Hand {
    points: Vec<(usize, Vec3)>,
    /// How large it is: 1 for the mean hand.
    pub size: f32,
}

impl Hand {
    /// Another one with each call. Spreads: size 5.5 %; 2 mm at each joint; fingers spread by up to 8 degrees and bent by up to 25.
    pub fn new(random: &mut Random) -> Self {
        let size = 1.0 + 0.055 * random.normal();
        let mut points = vec![(0, WRIST), (1, THUMB[0])];
        let roots = [THUMB[1], KNUCKLES[0], KNUCKLES[1], KNUCKLES[2], KNUCKLES[3]];
        for (finger, root) in roots.into_iter().enumerate() {
            let aside = if finger == 0 { -0.7 } else { -root.x / 300.0 } + 0.14 * random.between(-1.0, 1.0);
            let mut at = root;
            points.push((2 + 4 * finger - usize::from(finger > 0), at));
            let mut bend = random.between(0.05, 0.44);
            for (joint, bone) in BONES[finger].into_iter().enumerate() {
                let direction = Quat::from_rotation_z(aside) * Quat::from_rotation_x(-bend) * Vec3::Y;
                at += direction * bone;
                bend += random.between(0.02, 0.3);
                if finger > 0 || joint < 2 {
                    points.push((3 + 4 * finger + joint - usize::from(finger > 0), at));
                }
            }
        }
        let usual = points.clone();
        for (index, at) in &mut points {
            *at += if *index == 0 { Vec3::ZERO } else { random.normal3() * 2.0 };
        }
        // His hand space is that in which his palm lies best on the usual one.
        let palm = points.iter().zip(&usual).filter(|((index, _), _)| PALM.contains(index));
        let turn = best_turn(palm.map(|(own, usual)| (usual.1, own.1)));
        for (_, at) in &mut points {
            *at = turn * *at * size * 1e-3;
        }
        Self { points, size }
    }

    /// What a tracker sees of it. Its noise is a face's; a palm's length stands for the pupils' distance.
    pub fn seen(&self, camera: &Camera, camera_from_hand: Pose, random: &mut Random) -> HandLandmarks {
        let place =
            |(index, at): &(usize, Vec3)| (*index, camera_from_hand.orientation * *at + camera_from_hand.position);
        let points: Vec<(usize, Vec3)> = self.points.iter().map(place).collect();
        HandLandmarks { side: Some(Side::Left), points: camera.track(&points, 21, 0.09 * self.size, random) }
    }
}
