//! Boxed cushions: a stuffed block and the piping along its two seams.

use super::Part;
use super::block::{Block, plan_rounded, stuffed};
use super::curve::subdivided;
use super::sweep::Sweep;
use glam::{Vec2, Vec3, Vec3Swizzles as _};

/// A cushion lying flat around the origin. Lengths in metres.
#[derive(Clone, Copy, Debug)]
pub struct Cushion {
    /// Width, thickness and depth without crown and bulge.
    pub size_m: Vec3,
    /// Radius of the edges under the piping.
    pub edge_m: f32,
    /// How far the middle of the top rises.
    pub crown_m: f32,
    /// How far the sides swell.
    pub bulge_m: f32,
    /// Radius of the corners towards +z, seen from above.
    pub front_radius_m: f32,
    /// Radius of the corners towards -z.
    pub back_radius_m: f32,
    /// Radius of the piping.
    pub piping_m: f32,
}

/// How much of the edge radius lies between the sharp corner and the middle of the rounded edge: 1 - cos 45 degrees.
const EDGE_INSET: f32 = 0.293;

impl Cushion {
    /// The stuffed body.
    pub fn body(&self) -> Part {
        let size = self.size_m;
        Block::new(size.x, size.y, size.z, self.edge_m).detail(2, 0.030).part().bent(|point| self.shaped(point))
    }

    /// The two cords along the seams.
    pub fn piping(&self) -> Part {
        let half = self.size_m / 2.0;
        let rectangle = [(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)]
            .map(|(x, z)| Vec2::new(x * half.x, z * half.z));
        let rim = subdivided(&rectangle, 0.020);
        Part::joined([1.0, -1.0].map(|side| {
            let height = side * (half.y - self.edge_m * EDGE_INSET);
            let path = rim.iter().map(|at| stuffed(self.seam(*at, height), half, self.crown_m, self.bulge_m)).collect();
            Sweep::tube(path, self.piping_m, 6, Vec3::Y).part()
        }))
    }

    /// From the sharp rectangle's rim to the middle of the rounded edge, before stuffing.
    fn seam(&self, rim: Vec2, height_m: f32) -> Vec3 {
        let half = Vec2::new(self.size_m.x, self.size_m.z) / 2.0;
        let rounded = plan_rounded(rim.extend(height_m).xzy(), half, self.front_radius_m, self.back_radius_m).xz();
        let inner = half - if rim.y > 0.0 { self.front_radius_m } else { self.back_radius_m };
        let outward = (rounded - rounded.clamp(-inner, inner)).normalize();
        (rounded - outward * self.edge_m * EDGE_INSET).extend(height_m).xzy()
    }

    fn shaped(&self, point: Vec3) -> Vec3 {
        let half = self.size_m / 2.0;
        let point = plan_rounded(point, Vec2::new(half.x, half.z), self.front_radius_m, self.back_radius_m);
        stuffed(point, half, self.crown_m, self.bulge_m)
    }
}
