//! How large the face is in truth: the mean face has a scale, and this is what multiplies it.
//!
//! Two witnesses that know nothing of each other: the visible iris, 11.7 ± 0.5 mm wide in nearly everybody (Hashemi et al. 2009,
//! White-to-white corneal diameter), measured over pictures; and the spread of adults' faces, 5 %. A known pupil distance or a
//! card takes the place of both.

use super::face::EYE_ARM_MM;
use super::landmarks::{FaceLandmarks, LEFT_IRIS, RIGHT_IRIS};
use super::solve::{Sight, solve};
use super::view::View;
use crate::math::{Pose, Vec2, Vec3};

/// The iris, in metres, and how much it differs among people, as a share.
const IRIS_M: f32 = 0.0117;
const IRIS_SPREAD: f32 = 0.043;
/// How much adults' faces differ in size, as a share.
const FACE_SPREAD: f32 = 0.05;
/// How far off one picture's iris may be, and all of them together, as shares.
const PICTURE_SPREAD: f32 = 0.04;
const TRACKER_SPREAD: f32 = 0.012;
/// How far off a pupil distance or a card may be, as a share.
const TOLD_SPREAD: f32 = 0.012;
/// So many pictures count at most: whoever comes nearer is measured anew.
const PICTURES: f32 = 400.0;
/// Turned farther than this, in radians, the eyes look past the camera.
const TURNED: f32 = 0.45;
/// Smaller irises are not measured, in pixels.
const LEAST_PX: f32 = 5.0;
/// ISO/IEC 7810 ID-1, in metres.
const CARD_M: Vec2 = Vec2::new(0.0856, 0.05398);
/// From the point about which an eye turns to its pupil, in metres.
const EYE_ARM_M: f32 = EYE_ARM_MM * 1e-3;

/// The scale as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruler {
    /// Mean logarithm of the iris in the mean face's scale, and how many pictures it is the mean of.
    iris: f32,
    pictures: f32,
    /// The logarithm of a scale that the shopper told.
    told: Option<f32>,
    /// What is used: glides, so that nothing jumps.
    shown: Option<f32>,
}

impl Ruler {
    /// Nothing measured.
    pub const NEW: Self = Self { iris: 0.0, pictures: 0.0, told: None, shown: None };

    /// Multiplies the mean face to the true one.
    pub fn scale(&self) -> f32 {
        self.shown.unwrap_or(0.0).exp()
    }

    /// How far off it may be, as a share.
    pub fn doubt(&self) -> f32 {
        if self.told.is_some() { TOLD_SPREAD } else { self.precision().sqrt().recip() }
    }

    /// Takes a picture whose pose is solved; `pupil` is the left one's place on the mean face's scale.
    pub fn measure(&mut self, face: &FaceLandmarks, view: View, pose: Pose, pupil: Vec3) {
        let turned = (pose.orientation * Vec3::Z).angle_between(-pose.position);
        if turned < TURNED {
            for (iris, side) in [(LEFT_IRIS, 1.0), (RIGHT_IRIS, -1.0)] {
                let eye = pose.orientation * (pupil * Vec3::new(side, 1.0, 1.0)) + pose.position;
                if let Some(width) = width(face, view, iris, eye.length()) {
                    self.pictures = (self.pictures + 0.5).min(PICTURES);
                    let share = 0.5 / self.pictures;
                    // The first one is believed; later ones that differ much are blinks.
                    let bound = if share < 1.0 { 0.3 } else { f32::INFINITY };
                    self.iris += share * (width.ln() - self.iris).clamp(-bound, bound);
                }
            }
        }
        let target = self.target();
        let shown = self.shown.get_or_insert(target);
        *shown += 0.06 * (target - *shown);
    }

    /// The shopper knows the distance between the pupils, looking far; `apart` is that of the face as it is seen, on the mean
    /// face's scale, `distance` how far away it is, on the same scale.
    pub fn tell_pupils(&mut self, told_m: f32, apart: f32, distance: f32) {
        // Eyes that look into the camera turn towards each other.
        let scale = told_m / apart;
        let near = 1.0 - EYE_ARM_M / (distance * scale).max(0.1);
        self.told = Some((scale * near).ln()).filter(|told| told.abs() < 0.4);
    }

    /// A card lies on the forehead, whose place on the mean face's scale is `forehead`, in camera space.
    pub fn tell_card(&mut self, corners: [Vec2; 4], view: View, forehead: Vec3) {
        let signs = [Vec2::new(-1.0, 1.0), Vec2::new(1.0, 1.0), Vec2::new(1.0, -1.0), Vec2::new(-1.0, -1.0)];
        let sight = |(sign, corner): (Vec2, Vec2)| Sight {
            body: (CARD_M * 0.5 * sign).extend(0.0),
            seen: view.slope_from_picture(corner),
            sigma: 0.002,
            leaning: None,
        };
        let sights: Vec<Sight> = signs.into_iter().zip(corners).map(sight).collect();
        let start = Pose { position: forehead, ..Pose::IDENTITY };
        let Some(card) = solve(&sights, Some(start)).filter(|card| card.misfit < 8.0) else { return };
        self.told = Some((card.pose.position.length() / forehead.length()).ln()).filter(|told| told.abs() < 0.4);
    }

    /// The iris tells again.
    pub fn forget_told(&mut self) {
        self.told = None;
    }

    fn precision(&self) -> f32 {
        1.0 / (FACE_SPREAD * FACE_SPREAD) + self.iris_precision()
    }

    fn iris_precision(&self) -> f32 {
        if self.pictures == 0.0 {
            return 0.0;
        }
        let per_picture = PICTURE_SPREAD * PICTURE_SPREAD / self.pictures;
        1.0 / (IRIS_SPREAD * IRIS_SPREAD + TRACKER_SPREAD * TRACKER_SPREAD + per_picture)
    }

    fn target(&self) -> f32 {
        self.told.unwrap_or_else(|| (IRIS_M.ln() - self.iris) * self.iris_precision() / self.precision())
    }
}

/// How wide an iris is at that distance: the angle between its two sides. Lids cover its upper and lower edge, not these.
fn width(face: &FaceLandmarks, view: View, [_, one, _, other, _]: [usize; 5], distance: f32) -> Option<f32> {
    let side = |index: usize| {
        let mark = face.points.get(index).filter(|mark| mark.is_sound())?;
        Some(Vec2::new(mark.x, mark.y))
    };
    let (one, other) = (side(one)?, side(other)?);
    let pixels = (one - other) * Vec2::new(view.size_px[0] as f32, view.size_px[1] as f32);
    let ray = |mark: Vec2| view.slope_from_picture(mark).extend(-1.0);
    let width = ray(one).angle_between(ray(other)) * distance;
    (pixels.length() > LEAST_PX && width.is_finite() && width > 0.004).then_some(width)
}
