//! Cellulose acetate: tortoise-shell, polished.

use super::{
    Texel, Tile,
    noise::{layered, noise},
};
use crate::shape::curve::smoothstep;
use glam::{Vec2, Vec3};

/// Blotches of dark in amber; the tile is 7 cm wide.
pub fn tortoise(size_px: usize, dark: Vec3, amber: Vec3, honey: Vec3) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(0.07), |uv| {
        let wander = Vec2::new(layered(uv, (5, 4), 3, 1), layered(uv, (5, 4), 3, 2)) * 0.10;
        let spot = uv + wander;
        let cloud = layered(spot, (7, 5), 4, 11);
        let blotch = smoothstep(-0.16, 0.20, cloud + 0.10 * layered(spot, (26, 22), 2, 21));
        let glow = smoothstep(0.0, 0.5, layered(spot + 0.3, (6, 6), 3, 31));
        let polish = layered(uv, (9, 9), 3, 41);
        Texel {
            color: amber.lerp(honey, glow).lerp(dark, blotch),
            height_m: 0.000010 * polish + 0.0000015 * noise(uv, (120, 120), 51),
            roughness: (0.13 + 0.04 * polish + 0.02 * blotch).clamp(0.05, 1.0),
            metallic: 0.0,
        }
    })
}
