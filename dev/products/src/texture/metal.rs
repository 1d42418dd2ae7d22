//! Metals: brushed along u, or polished with faint wear.

use super::{
    Texel, Tile,
    noise::{layered, noise},
};
use glam::{Vec2, Vec3};

/// Fine lines along u. `size_m` is the tile's size; `roughness` the mean, `depth_m` the depth of the lines.
pub fn brushed(size_px: usize, size_m: f32, color: Vec3, roughness: f32, depth_m: f32) -> Tile {
    let fine = (size_px / 3) as i32;
    Tile::painted((size_px, size_px), Vec2::splat(size_m), |uv| {
        let line =
            0.55 * noise(uv, (3, fine), 1) + 0.30 * noise(uv, (7, fine / 2), 2) + 0.25 * noise(uv, (2, fine / 6), 3);
        let cloud = layered(uv, (4, 4), 3, 5);
        Texel {
            color: color * (1.0 + 0.05 * line + 0.02 * cloud),
            height_m: depth_m * line,
            roughness: (roughness + 0.10 * line + 0.03 * cloud).clamp(0.05, 1.0),
            metallic: 1.0,
        }
    })
}

/// Polished, with a breath of uneven roughness.
pub fn polished(size_px: usize, size_m: f32, color: Vec3, roughness: f32) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(size_m), |uv| {
        let cloud = layered(uv, (5, 5), 4, 7);
        let scratch = (noise(uv, (3, 90), 8).max(noise(uv, (80, 4), 9)) - 0.6).max(0.0);
        Texel {
            color: color * (1.0 + 0.015 * cloud),
            height_m: -size_m * 0.0004 * scratch,
            roughness: (roughness + 0.03 * cloud + 0.15 * scratch).clamp(0.03, 1.0),
            metallic: 1.0,
        }
    })
}
