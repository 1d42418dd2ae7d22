//! What is a person's own: each landmark's way from where it usually is on a face or palm, learned over pictures, and where head
//! or hand space lies among landmarks so learned.
//!
//! Each landmark is followed for itself, the poses taken as solved (resection and intersection in turn, as in Triggs et al. 2000,
//! Bundle Adjustment, section 7): three unknowns, a Gaussian belief. What that leaves open, a turn of all landmarks together with
//! all poses, is settled by definition: head space is that in which the face lies best on the mean one, hand space likewise (Gower
//! 1975, Generalized Procrustes Analysis).

use crate::math::{Mat3, Pose, Quat, Vec2, Vec3};

/// How far off a tracker puts a landmark from picture to picture, in millimetres, its habits on this person taken out.
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
    /// How far off what is believed may be, and what is shown, in shares of what it may before anything is seen.
    believed_doubt: f32,
    pub doubt: f32,
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
    pub const USUAL: Self = Self {
        information: Mat3::ZERO,
        vector: Vec3::ZERO,
        believed_mm: Vec3::ZERO,
        away_mm: Vec3::ZERO,
        believed_doubt: 1.0,
        doubt: 1.0,
    };

    /// Takes a picture of a landmark that is so loose, in millimetres. It counts for a `share` of one; `kept` of what was known
    /// before still holds.
    pub fn take(&mut self, glimpse: Glimpse, loose_mm: f32, share: f32, kept: f32) {
        let weight = glimpse.weight * share;
        self.information *= kept;
        self.vector *= kept;
        for (row, residual) in glimpse.rows.into_iter().zip(glimpse.residual.to_array()) {
            self.information += outer(row) * weight;
            // What is told is told around what is shown.
            self.vector += row * (weight * (residual + row.dot(self.away_mm)));
        }
        let spread = SPREAD * loose_mm;
        let usual = Mat3::from_diagonal(Vec3::splat(1.0 / (spread * spread)));
        let covariance = (self.information + usual).inverse();
        let believed = covariance * self.vector;
        if believed.is_finite() {
            self.believed_mm = believed.clamp_length_max(FARTHEST * spread);
            let variance = (covariance.x_axis.x + covariance.y_axis.y + covariance.z_axis.z) / 3.0;
            self.believed_doubt = variance.max(0.0).sqrt() / spread;
        }
    }

    /// Shows it nearer to what is believed, by that share of the way.
    pub fn glide(&mut self, share: f32) {
        self.away_mm += (self.believed_mm - self.away_mm) * share;
        self.doubt += (self.believed_doubt - self.doubt) * share;
    }
}

/// Where head or hand space lies among landmarks as they were learned.
#[derive(Clone, Copy, Debug)]
pub(super) struct BodySpace {
    /// From the learned landmarks' space.
    turn: Quat,
    origin_mm: Vec3,
}

impl BodySpace {
    /// That of the mean body.
    pub const USUAL: Self = Self { turn: Quat::IDENTITY, origin_mm: Vec3::ZERO };

    /// From the learned landmarks' space into the body's, in millimetres.
    pub fn place(&self, learned_mm: Vec3) -> Vec3 {
        self.turn * (learned_mm - self.origin_mm)
    }

    /// From the body's directions back to the learned landmarks'.
    pub fn back(&self, direction: Vec3) -> Vec3 {
        self.turn.conjugate() * direction
    }

    /// camera_from_learned, in metres, of a body's pose.
    pub fn learned_pose(&self, camera_from_body: Pose) -> Pose {
        let orientation = camera_from_body.orientation * self.turn;
        Pose { orientation, position: camera_from_body.position - orientation * (self.origin_mm * 1e-3) }
    }

    /// Follows landmarks that changed a little, each with where it is on the mean body: by one small turn, least squares.
    pub fn follow(&mut self, landmarks_mm: impl Iterator<Item = (Vec3, Vec3)> + Clone, origin_mm: Vec3) {
        let add = |(mean, at, count): (Vec3, Vec3, f32), (mean_mm, at_mm)| (mean + mean_mm, at + at_mm, count + 1.0);
        let (mean, middle, count) = landmarks_mm.clone().fold((Vec3::ZERO, Vec3::ZERO, 0.0), add);
        let (mut torque, mut inertia) = (Vec3::ZERO, Mat3::ZERO);
        for (mean_mm, at_mm) in landmarks_mm {
            let (goal, at) = (mean_mm - mean / count, self.turn * (at_mm - middle / count));
            torque += at.cross(goal);
            inertia += Mat3::from_diagonal(Vec3::splat(at.length_squared())) - outer(at);
        }
        let step = inertia.inverse() * torque;
        if step.is_finite() {
            self.turn = (Quat::from_scaled_axis(step) * self.turn).normalize();
        }
        self.origin_mm = origin_mm;
    }
}

fn outer(row: Vec3) -> Mat3 {
    Mat3::from_cols(row * row.x, row * row.y, row * row.z)
}
