//! A lens, and the noise of a real tracker.

use crate::random::Random;
use vitrine::math::{Vec2, Vec3};
use vitrine::tryon::{Event, Landmark, View};

/// Pixels that every picture has.
pub const SIZE_PX: [u32; 2] = [640, 480];

/// A camera without distortion.
#[derive(Clone, Copy, Debug)]
pub struct Camera {
    /// The lens.
    pub view: View,
}

/// The tracker's noise, measured with @mediapipe/face_mesh 0.4.1633559619 in headless Chromium on one photographed face, moved by
/// parts of pixels with the noise of a sensor (σ 4 of 255) on it, 640 × 480 pixels. Median over all 478 points: 0.24 pixels with the
/// picture still and 0.37 moving, pupils 65 pixels apart; 0.31 with pupils 30 apart. That is 0.25 pixels and 0.45 % of the pupils'
/// distance. 46 % of its power is one affine motion of all points. From picture to picture it is independent (correlation -0.1).
/// The iris's middle is half as noisy. The points on its edge are as noisy as the others.
const PIXELS: f32 = 0.25;
const SHARE_OF_EYES: f32 = 0.0045;
const SHIFT_POWER: f32 = 0.15;
const STRETCH_POWER: f32 = 0.31;

impl Camera {
    /// With that vertical field of view in degrees.
    pub fn new(vertical_fov_deg: f32) -> Self {
        let vertical_fov_rad = vertical_fov_deg.to_radians();
        Self { view: View { size_px: SIZE_PX, vertical_fov_rad, fov_plus_minus_rad: 0.0, mirrored: true } }
    }

    /// What the page tells the mirror.
    pub fn event(&self, told: Option<f32>) -> Event {
        Event::Camera { size_px: SIZE_PX, vertical_fov: told, mirrored: true }
    }

    /// Points in camera space as a tracker sees them; `eyes_m` apart are the pupils, or what is as large on a hand. The depths are
    /// those from the middle, in picture widths, with noise of their own.
    pub fn track(&self, points: &[(usize, Vec3)], count: usize, eyes_m: f32, random: &mut Random) -> Vec<Landmark> {
        let [width, height] = SIZE_PX.map(|side| side as f32);
        let middle = points.iter().map(|(_, at)| *at).sum::<Vec3>() / points.len().max(1) as f32;
        let to_px = self.view.focal() * height / -middle.z;
        let sigma = PIXELS.hypot(SHARE_OF_EYES * eyes_m * to_px);
        let shift = Vec2::new(random.normal(), random.normal()) * (sigma * SHIFT_POWER.sqrt());
        let spread = points.iter().map(|(_, at)| (*at - middle).truncate().length_squared()).sum::<f32>();
        let size = (spread / (2.0 * points.len().max(1) as f32)).sqrt();
        let stretch = sigma * (STRETCH_POWER / 2.0).sqrt() / size;
        let [a, b, c, d] = std::array::from_fn(|_| random.normal() * stretch);
        let own = sigma * (1.0 - SHIFT_POWER - STRETCH_POWER).sqrt();
        let mut marks = vec![Landmark::default(); count];
        for (index, at) in points {
            let Some(seen) = self.view.picture_from_camera(*at) else { continue };
            let away = *at - middle;
            let noise = Vec2::new(a * away.x + b * away.y, c * away.x + d * away.y)
                + shift
                + Vec2::new(random.normal(), random.normal()) * own;
            let z = -away.z * to_px / width * (1.0 + 0.15 * random.normal())
                + 0.1 * eyes_m * to_px / width * random.normal();
            if let Some(mark) = marks.get_mut(*index) {
                *mark = Landmark { x: seen.x + noise.x / width, y: seen.y + noise.y / height, z, confidence: 1.0 };
            }
        }
        marks
    }
}
