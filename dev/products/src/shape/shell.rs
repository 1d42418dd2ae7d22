//! Thin-walled shapes: a middle surface given thickness, with rounded rims.

use super::{Part, Patch};
use glam::{Vec2, Vec3};
use std::f32::consts::PI;

/// A wall of `thickness_m` around the patch; rims at the open edges are half round. A patch whose first and last column
/// meet is closed there; an edge whose points all coincide is a pole.
pub fn thickened(middle: &Patch, thickness_m: f32) -> Part {
    let normals = grid_normals(middle);
    let offset = |side: f32| Patch {
        points: middle.points.iter().zip(&normals).map(|(point, normal)| point + normal * side).collect(),
        ..middle.clone()
    };
    let half_m = thickness_m / 2.0;
    let mut patches = vec![offset(half_m), offset(-half_m).flipped()];
    let (columns, rows) = (middle.columns, middle.rows);
    let row = |at: usize| (0..columns).map(move |column| at * columns + column).collect::<Vec<_>>();
    let column = |at: usize| (0..rows).map(move |row| row * columns + at).collect::<Vec<_>>();
    let mut rim = |edge: Vec<usize>, inside: Vec<usize>, flip: bool| {
        if edge.iter().any(|&index| middle.points[index].distance(middle.points[edge[0]]) > 1e-5) {
            let patch = half_round(middle, &normals, &edge, &inside, half_m);
            patches.push(if flip { patch.flipped() } else { patch });
        }
    };
    rim(row(0), row(1), true);
    rim(row(rows - 1), row(rows - 2), false);
    if !(0..rows).all(|row| middle.points[row * columns].distance(middle.points[(row + 1) * columns - 1]) < 1e-5) {
        rim(column(0), column(1), false);
        rim(column(columns - 1), column(columns - 2), true);
    }
    Part { patches }
}

fn half_round(middle: &Patch, normals: &[Vec3], edge: &[usize], inside: &[usize], half_m: f32) -> Patch {
    const STEPS: usize = 4;
    let mut patch = Patch { columns: edge.len(), rows: STEPS + 1, points: Vec::new(), uvs_m: Vec::new() };
    for step in 0..=STEPS {
        let (sin, cos) = (PI * step as f32 / STEPS as f32).sin_cos();
        for (&at, &from) in edge.iter().zip(inside) {
            let normal = normals[at];
            let outward = middle.points[at] - middle.points[from];
            let outward = (outward - normal * outward.dot(normal)).normalize_or_zero();
            patch.points.push(middle.points[at] + (normal * cos + outward * sin) * half_m);
            patch.uvs_m.push(middle.uvs_m[at] + Vec2::new(0.0, half_m * PI * step as f32 / STEPS as f32));
        }
    }
    patch
}

/// Unit normals of a grid from its neighbours, with the seam of a closed grid and its poles taken care of.
fn grid_normals(patch: &Patch) -> Vec<Vec3> {
    let (columns, rows) = (patch.columns, patch.rows);
    let at = |column: usize, row: usize| patch.points[row * columns + column];
    let closed = (0..rows).all(|row| at(0, row).distance(at(columns - 1, row)) < 1e-5);
    let mut normals = Vec::with_capacity(patch.points.len());
    for row in 0..rows {
        let mut row_normals: Vec<Vec3> = (0..columns)
            .map(|column| {
                let left = if column == 0 { if closed { columns - 2 } else { 0 } } else { column - 1 };
                let right = if column + 1 == columns { if closed { 1 } else { column } } else { column + 1 };
                let along = at(right, row) - at(left, row);
                let up = at(column, (row + 1).min(rows - 1)) - at(column, row.saturating_sub(1));
                along.cross(up).normalize_or_zero()
            })
            .collect();
        if at(0, row).distance(at(columns / 2, row)) < 1e-5 {
            let beside = if row == 0 { 1 } else { row - 1 };
            let pole: Vec3 = (0..columns - 1)
                .map(|column| (at(column + 1, beside) - at(column, beside)).cross(at(column, row) - at(column, beside)))
                .sum();
            let sign = if row == 0 { -1.0 } else { 1.0 };
            row_normals = vec![(pole * sign).normalize_or_zero(); columns];
        }
        normals.extend(row_normals);
    }
    normals
}
