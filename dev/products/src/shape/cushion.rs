//! Boxed cushions: a stuffed block and the piping along its two seams.

use super::Part;
use super::block::{Block, plan_rounded, stuffed};
use super::sweep::Sweep;
use glam::{Vec2, Vec3};

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
        let half = self.size_m / 2.0 - self.edge_m * EDGE_INSET;
        Part::joined([1.0, -1.0].map(|side| {
            let rectangle = [(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)]
                .map(|(x, z)| Vec2::new(x * half.x, z * half.z));
            let path = super::curve::subdivided(&rectangle, 0.020);
            // A corner of the sharp rectangle would kink the cord; its neighbours carry the rounding.
            let path = path.iter().map(|at| self.shaped(Vec3::new(at.x, side * half.y, at.y))).collect();
            Sweep::tube(path, self.piping_m, 6, Vec3::Y).part()
        }))
    }

    fn shaped(&self, point: Vec3) -> Vec3 {
        let half = self.size_m / 2.0;
        let point = plan_rounded(point, Vec2::new(half.x, half.z), self.front_radius_m, self.back_radius_m);
        stuffed(point, half, self.crown_m, self.bulge_m)
    }
}
