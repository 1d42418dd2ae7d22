//! What is a person's own beyond the ways in which faces differ: each landmark's way from its usual place, learned over pictures,
//! and where head space lies in such a face.
//!
//! Each landmark is followed for itself, the poses taken as solved (resection and intersection in turn, as in Triggs et al. 2000,
//! Bundle Adjustment, section 7): three unknowns, a Gaussian belief. What that leaves open, a turn of all landmarks together with
//! all poses, is settled by definition: head space is that in which the face lies best on the mean one (Gower 1975, Generalized
//! Procrustes Analysis).

use super::face::{MARKS, Mark, PUPILS, marks};
use crate::math::{Mat3, Pose, Quat, Vec2, Vec3};

/// How far off a tracker puts a landmark from picture to picture, in millimetres, its habits on this face taken out.
pub(super) const TRACKER_MM: f32 = 1.0;
/// How far a landmark may be from its usual place, in shares of how loose it is: one standard deviation.
const SPREAD: f32 = 0.8;
/// It never is farther away than so many of them.
const FARTHEST: f32 = 3.0;

/// How far a landmark is from its usual place, in millimetres.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnPlace {
    information: Mat3,
    vector: Vec3,
    believed_mm: Vec3,
    /// As it is shown.
    pub away_mm: Vec3,
}

/// What one picture says of a landmark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glimpse {
    /// How its slope's two coordinates change when the landmark moves by a millimetre.
    pub rows: [Vec3; 2],
    /// How far it is seen from where it is shown, as a slope.
    pub residual: Vec2,
    /// How much that counts.
    pub weight: f32,
}

impl OwnPlace {
    /// At its usual place.
    pub const USUAL: Self =
        Self { information: Mat3::ZERO, vector: Vec3::ZERO, believed_mm: Vec3::ZERO, away_mm: Vec3::ZERO };

    /// Takes a picture, which counts for a `share` of one; `kept` of what was known before still holds.
    pub fn take(&mut self, mark: Mark, glimpse: Glimpse, share: f32, kept: f32) {
        let weight = glimpse.weight * share;
        self.information *= kept;
        self.vector *= kept;
        for (row, residual) in glimpse.rows.into_iter().zip(glimpse.residual.to_array()) {
            self.information += outer(row) * weight;
            // What is told is told around what is shown.
            self.vector += row * (weight * (residual + row.dot(self.away_mm)));
        }
        let spread = SPREAD * mark.loose_mm;
        let usual = Mat3::from_diagonal(Vec3::splat(1.0 / (spread * spread)));
        let believed = (self.information + usual).inverse() * self.vector;
        if believed.is_finite() {
            self.believed_mm = believed.clamp_length_max(FARTHEST * spread);
        }
    }

    /// Shows it nearer to what is believed, by that share of the way.
    pub fn glide(&mut self, share: f32) {
        self.away_mm += (self.believed_mm - self.away_mm) * share;
    }
}

/// Where head space lies in a face as it was learned.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeadSpace {
    /// head_from_face.
    turn: Quat,
    /// The middle between the pupils, in the learned face.
    middle_mm: Vec3,
}

impl HeadSpace {
    /// That of the mean face.
    pub const USUAL: Self = Self { turn: Quat::IDENTITY, middle_mm: Vec3::ZERO };

    /// From the learned face into head space, in millimetres.
    pub fn place(&self, face_mm: Vec3) -> Vec3 {
        self.turn * (face_mm - self.middle_mm)
    }

    /// camera_from_face, in metres, of a head's pose.
    pub fn face_pose(&self, camera_from_head: Pose) -> Pose {
        let orientation = camera_from_head.orientation * self.turn;
        Pose { orientation, position: camera_from_head.position - orientation * (self.middle_mm * 1e-3) }
    }

    /// Lays head space into another face, one that differs little from the one before: by one small turn, least squares.
    pub fn follow(&mut self, face_mm: &[Vec3; MARKS]) {
        let count = marks().count() as f32;
        let mean_middle = marks().map(Mark::mean_mm).sum::<Vec3>() / count;
        let middle = marks().map(|mark| face_mm[mark.number]).sum::<Vec3>() / count;
        let (mut torque, mut inertia) = (Vec3::ZERO, Mat3::ZERO);
        for mark in marks() {
            let goal = mark.mean_mm() - mean_middle;
            let at = self.turn * (face_mm[mark.number] - middle);
            torque += at.cross(goal);
            inertia += Mat3::from_diagonal(Vec3::splat(at.length_squared())) - outer(at);
        }
        let step = inertia.inverse() * torque;
        if step.is_finite() {
            self.turn = (Quat::from_scaled_axis(step) * self.turn).normalize();
        }
        self.middle_mm = (face_mm[2 * PUPILS] + face_mm[2 * PUPILS + 1]) * 0.5;
    }
}

fn outer(row: Vec3) -> Mat3 {
    Mat3::from_cols(row * row.x, row * row.y, row * row.z)
}
