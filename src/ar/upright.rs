//! Boxes that stand upright: turned about Y only. How deep two reach into each other, how far one is from a plane.

use crate::math::{Vec2, Vec3};

/// A box turned about Y. Metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct UprightBox {
    pub center: Vec3,
    /// Half of width, height and depth.
    pub half: Vec3,
    /// About Y; 0 is unturned.
    pub yaw_rad: f32,
}

impl UprightBox {
    /// Its own +X in the world.
    pub fn right(&self) -> Vec3 {
        let (sine, cosine) = self.yaw_rad.sin_cos();
        Vec3::new(cosine, 0.0, -sine)
    }

    /// Its own +Z in the world.
    pub fn front(&self) -> Vec3 {
        let (sine, cosine) = self.yaw_rad.sin_cos();
        Vec3::new(sine, 0.0, cosine)
    }

    /// The world's coordinates of a point of the box; each of `share` from -1 to 1.
    pub fn point(&self, share: Vec3) -> Vec3 {
        let local = self.half * share;
        self.center + self.right() * local.x + Vec3::Y * local.y + self.front() * local.z
    }

    /// How far it reaches from its middle along a unit direction.
    pub fn reach(&self, direction: Vec3) -> f32 {
        let axes = [self.right(), Vec3::Y, self.front()];
        axes.iter().zip(self.half.to_array()).map(|(axis, half)| axis.dot(direction).abs() * half).sum()
    }

    /// The corners of its underside, around.
    pub fn foot(&self) -> [Vec3; 4] {
        [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, z)| self.point(Vec3::new(x, -1.0, z)))
    }

    /// How deep both reach into each other; negative when they are apart. (Separating axes: for upright boxes those of
    /// both and Y are all there are.)
    pub fn overlap_m(&self, other: &Self) -> f32 {
        let between = other.center - self.center;
        let axes = [Vec3::Y, self.right(), self.front(), other.right(), other.front()];
        let depth = |axis: Vec3| self.reach(axis) + other.reach(axis) - between.dot(axis).abs();
        axes.into_iter().map(depth).fold(f32::INFINITY, f32::min)
    }

    /// A point in the box's own level directions, from its middle.
    pub fn local(&self, point: Vec3) -> Vec2 {
        let from_center = point - self.center;
        Vec2::new(from_center.dot(self.right()), from_center.dot(self.front()))
    }
}
