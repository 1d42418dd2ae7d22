//! Turned shapes: a profile of `(radius, height)` points carried round the Y axis.

use super::{Part, Patch};
use glam::{Vec2, Vec3};
use std::f32::consts::TAU;

/// Turns a profile. Going up along the outside and inwards over the top shows the outside; `sides` pieces around.
/// Texture u runs around and closes after a whole number of `repeat_m`.
pub fn turned(profile: &[Vec2], sides: usize, repeat_m: f32) -> Part {
    let radius_m = profile.iter().map(|point| point.x).fold(0.0, f32::max);
    let around_m = (TAU * radius_m / repeat_m).round().max(1.0) * repeat_m;
    let mut along_m = vec![0.0];
    for pair in profile.windows(2) {
        along_m.push(along_m[along_m.len() - 1] + pair[0].distance(pair[1]));
    }
    let mut patch = Patch { columns: sides + 1, rows: profile.len(), points: Vec::new(), uvs_m: Vec::new() };
    for (point, v_m) in profile.iter().zip(along_m) {
        for side in 0..=sides {
            // The seam lies at the back; its two ends must be the same point to the last bit.
            let (sin, cos) = (TAU * (side % sides) as f32 / sides as f32).sin_cos();
            patch.points.push(Vec3::new(-sin * point.x, point.y, -cos * point.x));
            patch.uvs_m.push(Vec2::new(side as f32 / sides as f32 * around_m, v_m));
        }
    }
    Part::of(patch)
}
