//! Boxes, rays, planes and poses. Metres, Y up, right-handed; a transform is named `target_from_source`.

pub use glam::{Affine3A, Mat3, Mat4, Quat, Vec2, Vec3, Vec4};
use std::f32::consts::TAU;

// The standard library's `tan`, `rem_euclid`, `asin`, `hypot` and `powf` bring code of their own; what a shopper downloads has
// sines, arctangents, roots and exponentials already.

/// The tangent of an angle in radians.
pub fn tangent(angle_rad: f32) -> f32 {
    let (sine, cosine) = angle_rad.sin_cos();
    sine / cosine
}

/// An angle brought into 0..2π.
pub fn wrap_turn(angle_rad: f32) -> f32 {
    angle_rad - TAU * (angle_rad / TAU).floor()
}

/// A vector's direction, of whatever length it is: squares of very short and very long ones would fall out of range. `None`
/// where it has none.
pub fn direction(vector: Vec3) -> Option<Vec3> {
    (vector / vector.abs().max_element()).try_normalize()
}

/// An axis-aligned box in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aabb {
    /// The smallest corner.
    pub min: Vec3,
    /// The largest corner.
    pub max: Vec3,
}

impl Aabb {
    /// Contains nothing; growing it by a point gives that point.
    pub const EMPTY: Self = Self { min: Vec3::INFINITY, max: Vec3::NEG_INFINITY };

    /// The smallest box around all `points`.
    pub fn around(points: impl IntoIterator<Item = Vec3>) -> Self {
        points.into_iter().fold(Self::EMPTY, |aabb, point| Self { min: aabb.min.min(point), max: aabb.max.max(point) })
    }

    /// The smallest box around both.
    pub fn union(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// True for [`Self::EMPTY`] and for boxes with a coordinate that is no number.
    pub fn is_empty(self) -> bool {
        !self.min.cmple(self.max).all()
    }

    /// Width, height and depth; zero when empty.
    pub fn size(self) -> Vec3 {
        if self.is_empty() { Vec3::ZERO } else { self.max - self.min }
    }

    /// The middle; the origin when empty.
    pub fn center(self) -> Vec3 {
        if self.is_empty() { Vec3::ZERO } else { (self.min + self.max) * 0.5 }
    }

    /// The eight corners.
    pub fn corners(self) -> [Vec3; 8] {
        std::array::from_fn(|i| {
            let pick = |bit: usize, low: f32, high: f32| if i & bit == 0 { low } else { high };
            Vec3::new(pick(1, self.min.x, self.max.x), pick(2, self.min.y, self.max.y), pick(4, self.min.z, self.max.z))
        })
    }

    /// The axis-aligned box around this box after a transform.
    pub fn transformed(self, target_from_source: Affine3A) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        Self::around(self.corners().map(|corner| target_from_source.transform_point3(corner)))
    }
}

/// A half line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ray {
    /// Where it starts, in metres.
    pub origin: Vec3,
    /// Where it goes; unit length.
    pub direction: Vec3,
}

impl Ray {
    /// Where the ray meets the plane through `point` with `normal`; `None` when it runs away from it or along it.
    pub fn meets_plane(self, point: Vec3, normal: Vec3) -> Option<Vec3> {
        let slope = self.direction.dot(normal);
        let distance = (point - self.origin).dot(normal) / slope;
        (slope.abs() > 1e-6 && distance >= 0.0 && distance.is_finite()).then(|| self.origin + self.direction * distance)
    }
}

/// A place and a direction, without scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// In metres.
    pub position: Vec3,
    /// Unit quaternion.
    pub orientation: Quat,
}

impl Pose {
    /// At the origin, unturned.
    pub const IDENTITY: Self = Self { position: Vec3::ZERO, orientation: Quat::IDENTITY };

    /// The pose as a transform `target_from_source`.
    pub fn to_affine(self) -> Affine3A {
        Affine3A::from_rotation_translation(self.orientation, self.position)
    }
}
