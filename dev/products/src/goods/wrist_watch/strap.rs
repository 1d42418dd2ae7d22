//! The strap: two bands of leather over the wrist's ellipse, stitched, closed by a tang buckle and two keepers.

use super::{BACK_M, METAL_TILE_M, turned_solid};
use crate::shape::Part;
use crate::shape::curve::{circle, rounded_rectangle, smooth_path, smoothstep};
use crate::shape::sweep::Sweep;
use glam::{Affine3A, Quat, Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

const WRIST_HALF_Y_M: f32 = 0.030;
const WRIST_HALF_Z_M: f32 = 0.025;
const WIDTH_M: f32 = 0.0198;
const THICK_M: f32 = 0.0038;
/// Share of width and thickness left at the buckle.
const TAPER: Vec2 = Vec2::new(0.88, 0.62);
const BUCKLE_DEGREES: f32 = 176.0;

/// A point on the band of the +Y side, by degrees from the dial over the side (90) to the buckle (180) and beyond;
/// `lift_m` over the band's middle.
fn around(degrees: f32, lift_m: f32) -> Vec3 {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let half = THICK_M * 0.36;
    let on_wrist = Vec3::new(0.0, (WRIST_HALF_Y_M + half) * sin, (WRIST_HALF_Z_M + half) * cos);
    let outward = Vec3::new(0.0, sin * WRIST_HALF_Z_M, cos * WRIST_HALF_Y_M).normalize();
    on_wrist + outward * lift_m
}

/// From the bar between the horns down to the ellipse.
fn upper() -> Vec<Vec3> {
    [(0.0204, 0.0022), (0.0240, 0.0002), (0.0279, -0.0054), (0.0305, -0.0140)]
        .map(|(y, z)| Vec3::new(0.0, y, BACK_M + z))
        .to_vec()
}

/// The band with the buckle, on the +Y side.
fn short_path() -> Vec<Vec3> {
    let mut points = upper();
    points.extend([92.0, 106.0, 120.0, 134.0, 148.0, 162.0, BUCKLE_DEGREES].map(|degrees| around(degrees, 0.0)));
    smooth_path(&points, 4)
}

/// The band with the holes: from the other side over the short one.
fn long_path() -> Vec<Vec3> {
    let mut points = upper();
    points.extend((0..14).map(|step| 92.0 + 11.0 * step as f32).map(|degrees| around(degrees, overlap_m(degrees))));
    smooth_path(&points, 4).into_iter().map(|at| at * Vec3::new(1.0, -1.0, 1.0)).collect()
}

fn overlap_m(degrees: f32) -> f32 {
    0.0032 * smoothstep(146.0, 178.0, degrees)
}

fn scales(path: &[Vec3], end: impl Fn(f32) -> Vec2) -> Vec<Vec2> {
    let last = path.len() as f32 - 1.0;
    (0..path.len())
        .map(|index| index as f32 / last)
        .map(|share| Vec2::ONE.lerp(TAPER, smoothstep(0.05, 0.75, share)) * end(share))
        .collect()
}

/// Slightly padded: thicker in the middle of its width.
fn section() -> Vec<Vec2> {
    let flat = rounded_rectangle(WIDTH_M, THICK_M, 0.0012, 4);
    let flat = crate::shape::curve::subdivided(&flat, 0.0036);
    let padded = |at: Vec2| {
        let share = (2.0 * at.x / WIDTH_M).abs();
        let pad = if at.y > 0.0 { 0.0007 * (1.0 - smoothstep(0.35, 0.85, share)) } else { 0.0 };
        at + Vec2::Y * pad
    };
    flat.into_iter().map(padded).collect()
}

/// Both bands.
pub fn bands() -> Part {
    let (short, long) = (short_path(), long_path());
    let up = |path: &[Vec3]| (path[1] - path[0]).cross(Vec3::X * -path[0].y.signum()).normalize();
    let short_scales = scales(&short, |_| Vec2::ONE);
    // The tongue's end is pointed.
    let long_scales = scales(&long, |share| Vec2::new(1.0 - 0.75 * smoothstep(0.93, 1.0, share).powi(2), 1.0));
    let (short_up, long_up) = (up(&short), up(&long));
    Part::joined([
        Sweep::new(short, section(), short_up, 0.0011).scaled(short_scales).part(),
        Sweep::new(long, section(), long_up, 0.0011).scaled(long_scales).part().cut_at(0.013, 0.007),
    ])
}

/// Capsules of thread along both edges of both bands.
pub fn stitches() -> Part {
    const PITCH_M: f32 = 0.0034;
    let mut parts = Vec::new();
    for (path, until) in [(short_path(), 0.93), (long_path(), 0.90)] {
        let scales = scales(&path, |_| Vec2::ONE);
        let side_sign = path[0].y.signum();
        let length: f32 = path.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
        let count = (length * until / PITCH_M) as usize;
        for stitch in 1..count {
            let (at, along, scale) = sample(&path, &scales, (stitch as f32 + 0.5) * PITCH_M);
            let outward = along.cross(Vec3::X * -side_sign).normalize();
            for side in [-1.0, 1.0] {
                let x = side * (WIDTH_M / 2.0 * scale.x - 0.0019);
                let middle = at + Vec3::X * x + outward * (THICK_M / 2.0 * scale.y + 0.00008);
                let line = [-1.0, -0.7, 0.0, 0.7, 1.0]
                    .map(|share: f32| middle + along * (0.0012 * share) - outward * (0.00022 * share.abs().powi(3)));
                let ends = [0.4, 0.95, 1.0, 0.95, 0.4].map(Vec2::splat).to_vec();
                parts.push(Sweep::new(line.to_vec(), circle(0.00030, 5), outward, 0.0).scaled(ends).part());
            }
        }
    }
    Part::joined(parts)
}

fn sample(path: &[Vec3], scales: &[Vec2], at_m: f32) -> (Vec3, Vec3, Vec2) {
    let mut left_m = at_m;
    for (index, pair) in path.windows(2).enumerate() {
        let length = pair[0].distance(pair[1]);
        if left_m <= length {
            return (pair[0].lerp(pair[1], left_m / length), (pair[1] - pair[0]) / length, scales[index]);
        }
        left_m -= length;
    }
    let last = path.len() - 1;
    (path[last], (path[last] - path[last - 1]).normalize(), scales[last])
}

/// Two loops of leather that hold the long band down.
pub fn keepers() -> Part {
    Part::joined([158.0, 143.0].map(|degrees: f32| {
        let middle = around(degrees, 0.0016);
        let outward = (around(degrees, 0.001) - around(degrees, 0.0)).normalize();
        let loop_shape = crate::shape::curve::subdivided(&rounded_rectangle(0.0196, 0.0068, 0.0016, 4), 0.004);
        let path = loop_shape.iter().map(|at| middle + Vec3::X * at.x + outward * at.y).collect();
        let along = Vec3::X.cross(outward);
        // The section's x is its thickness, y runs along the strap.
        Sweep::new(path, rounded_rectangle(0.0013, 0.0044, 0.0005, 3), along, 0.0).part()
    }))
}

/// A frame round the end of the short band, the bar in it, and the tongue over the long band.
pub fn buckle() -> Part {
    let degrees_per_m = 180.0 / (std::f32::consts::PI * 0.0275);
    let place = |x_m: f32, along_m: f32| {
        let degrees = BUCKLE_DEGREES + 2.0 + along_m * degrees_per_m;
        // Beside the short band's end it lies in its plane; at the far side it lies on the long band.
        let lift_m = 0.0042 * smoothstep(0.000, 0.0085, along_m);
        around(degrees, lift_m) + Vec3::X * x_m
    };
    let outline = crate::shape::curve::subdivided(&rounded_rectangle(0.0214, 0.0120, 0.0028, 4), 0.002);
    let path: Vec<Vec3> = outline.iter().map(|at| place(at.x, at.y + 0.00625 - 0.0012)).collect();
    let frame = Sweep::new(path, rounded_rectangle(0.0021, 0.0017, 0.0006, 4), -Vec3::Z, 0.0).part();
    let tongue_path = [0.000, 0.003, 0.006, 0.009, 0.0122].map(|along| place(0.0, along) - Vec3::Z * 0.0011);
    let tongue =
        Sweep::new(smooth_path(&tongue_path, 4), rounded_rectangle(0.0019, 0.0011, 0.0004, 3), -Vec3::Z, 0.0005).part();
    let bars = [-1.0, 1.0].map(|side| {
        let bar = turned_solid(
            &[(0.0, -0.0108, 0.0), (0.0008, -0.0108, 0.0), (0.0008, 0.0108, 0.0), (0.0, 0.0108, 0.0)],
            12,
            METAL_TILE_M,
            0.01,
        );
        bar.placed(Affine3A::from_rotation_translation(
            Quat::from_rotation_z(FRAC_PI_2),
            Vec3::new(0.0, side * 0.0219, BACK_M + 0.0018),
        ))
    });
    Part::joined([frame, tongue].into_iter().chain(bars))
}
