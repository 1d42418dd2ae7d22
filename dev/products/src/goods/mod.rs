//! One file for each product, and what several of them share.

pub mod armchair;
pub mod floor_lamp;
pub mod hat;
pub mod sideboard;
pub mod sunglasses;
pub mod wall_picture;
pub mod wrist_watch;

use crate::shape::curve::{corner, rounded_outline, subdivided};
use crate::shape::{Part, lathe};
use crate::texture::srgb;
use glam::{Vec2, Vec3};

/// Brushed brass, sRGB.
pub fn brass() -> Vec3 {
    srgb(0xD3B27A)
}

/// Stainless steel, sRGB.
pub fn steel() -> Vec3 {
    srgb(0xC4C5C8)
}

/// A round leg standing on y = 0 that grows thicker upwards; its foot is pushed aside by `splay_m` (x, z).
pub fn tapered_leg(height_m: f32, foot_radius_m: f32, top_radius_m: f32, splay_m: Vec2, repeat_m: f32) -> Part {
    let profile = rounded_outline(
        &[
            corner(0.0, 0.0, 0.0),
            corner(foot_radius_m, 0.0, 0.0025),
            corner(top_radius_m, height_m, 0.002),
            corner(0.0, height_m, 0.0),
        ],
        3,
    );
    // Sheared, not tilted: the foot stays flat on the floor.
    lathe::turned(&subdivided(&profile, 0.05), 24, repeat_m).bent(|point| {
        let share = 1.0 - point.y / height_m;
        point + Vec3::new(splay_m.x * share, 0.0, splay_m.y * share)
    })
}

/// A turned solid with rounded edges: `corners` are (radius, height, rounding) from the middle of the bottom to the
/// middle of the top.
pub fn turned_solid(corners: &[(f32, f32, f32)], sides: usize, repeat_m: f32, step_m: f32) -> Part {
    let corners: Vec<_> =
        corners.iter().map(|&(radius_m, height_m, edge_m)| corner(radius_m, height_m, edge_m)).collect();
    lathe::turned(&subdivided(&rounded_outline(&corners, 3), step_m), sides, repeat_m)
}
