//! Boxes with rounded edges, and the deformations that make a cushion of one.

use super::{Part, Patch};
use glam::{Vec2, Vec3};
use std::f32::consts::FRAC_PI_4;

/// What a box looks like apart from its size.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Width, height, depth in metres.
    pub size_m: Vec3,
    /// Radius of every edge in metres.
    pub edge_m: f32,
    /// Pieces in half a rounded edge.
    pub edge_steps: usize,
    /// Greatest size of a cell along each axis, metres.
    pub cell_m: Vec3,
    /// The direction of the grain: texture u runs along it wherever a face allows.
    pub grain: Vec3,
}

impl Block {
    /// A box with one piece in half an edge and cells of 8 cm, grain along x.
    pub fn new(width_m: f32, height_m: f32, depth_m: f32, edge_m: f32) -> Self {
        Self {
            size_m: Vec3::new(width_m, height_m, depth_m),
            edge_m,
            edge_steps: 1,
            cell_m: Vec3::splat(0.08),
            grain: Vec3::X,
        }
    }

    /// The grain along another axis.
    pub fn grain(self, grain: Vec3) -> Self {
        Self { grain, ..self }
    }

    /// Finer or coarser: pieces in half an edge, greatest cell in metres.
    pub fn detail(self, edge_steps: usize, cell_m: f32) -> Self {
        Self { edge_steps, cell_m: Vec3::splat(cell_m), ..self }
    }

    /// Finer along some axes than along others: greatest cell in metres.
    pub fn cells(self, x_m: f32, y_m: f32, z_m: f32) -> Self {
        Self { cell_m: Vec3::new(x_m, y_m, z_m), ..self }
    }

    /// The box around the origin.
    pub fn part(&self) -> Part {
        let faces = [Vec3::X, -Vec3::X, Vec3::Y, -Vec3::Y, Vec3::Z, -Vec3::Z];
        Part { patches: faces.iter().map(|&outward| self.face(outward)).collect() }
    }

    fn face(&self, outward: Vec3) -> Patch {
        let right = if outward.dot(self.grain).abs() < 0.5 { self.grain } else { cycled(outward).abs() };
        let up = outward.cross(right);
        let columns = self.samples(right);
        let rows = self.samples(up);
        let half = self.size_m / 2.0;
        let inner = half - Vec3::splat(self.edge_m);
        let mut patch = Patch { columns: columns.len(), rows: rows.len(), points: Vec::new(), uvs_m: Vec::new() };
        for &(across_up, v_m) in &rows {
            for &(across_right, u_m) in &columns {
                let on_cube = outward * half + right * across_right + up * across_up;
                let core = on_cube.clamp(-inner, inner);
                patch.points.push(core + (on_cube - core).normalize() * self.edge_m);
                patch.uvs_m.push(Vec2::new(u_m, v_m));
            }
        }
        patch
    }

    /// Where the grid lines of one axis lie on the sharp box, and how far from the middle on the rounded one.
    fn samples(&self, axis: Vec3) -> Vec<(f32, f32)> {
        let half = axis.abs().dot(self.size_m) / 2.0;
        let inner = half - self.edge_m;
        let steps = self.edge_steps;
        let cells = (2.0 * inner / axis.abs().dot(self.cell_m)).ceil().max(1.0) as usize;
        let edge: Vec<(f32, f32)> = (1..=steps)
            .map(|step| FRAC_PI_4 * step as f32 / steps as f32)
            .map(|angle| (inner + self.edge_m * angle.tan(), inner + self.edge_m * angle))
            .collect();
        let mut samples: Vec<(f32, f32)> = edge.iter().rev().map(|&(cube, arc)| (-cube, -arc)).collect();
        samples.extend((0..=cells).map(|cell| inner * (2.0 * cell as f32 / cells as f32 - 1.0)).map(|at| (at, at)));
        samples.extend(edge);
        samples
    }
}

fn cycled(axis: Vec3) -> Vec3 {
    Vec3::new(axis.z, axis.x, axis.y)
}

/// Seen from above, the rectangle's corners become round: points keep their direction from the middle and their share
/// of the way to the rim. Radii in metres for the front (+z) and the back (-z).
pub fn plan_rounded(point: Vec3, half_m: Vec2, front_radius_m: f32, back_radius_m: f32) -> Vec3 {
    let plan = Vec2::new(point.x, point.z);
    let share = (plan.x.abs() / half_m.x).max(plan.y.abs() / half_m.y);
    if share < 1e-6 {
        return point;
    }
    let on_rim = plan / share;
    let radius_m = if plan.y > 0.0 { front_radius_m } else { back_radius_m };
    let inner = half_m - Vec2::splat(radius_m);
    let core = on_rim.clamp(-inner, inner);
    let beyond = on_rim - core;
    if beyond.x.abs() < 1e-6 || beyond.y.abs() < 1e-6 {
        return point;
    }
    let rounded = (core + beyond.normalize() * radius_m) * share;
    Vec3::new(rounded.x, point.y, rounded.y)
}

/// Stuffing: the top and bottom rise by up to `crown_m` in the middle, the sides by up to `bulge_m`.
pub fn stuffed(point: Vec3, half_m: Vec3, crown_m: f32, bulge_m: f32) -> Vec3 {
    let share = (point / half_m).clamp(Vec3::NEG_ONE, Vec3::ONE);
    let fall = |at: f32| 1.0 - at.abs().powf(2.4);
    let rise = crown_m * (fall(share.x) * fall(share.z)).max(0.0).powf(0.75);
    let out = bulge_m * (1.0 - share.y * share.y);
    let around = Vec2::new(share.x, share.z);
    let sideways = around * around.abs().powf(3.0) * out;
    point + Vec3::new(sideways.x, share.y.signum() * share.y.abs().min(1.0).powi(2) * rise, sideways.y)
}
