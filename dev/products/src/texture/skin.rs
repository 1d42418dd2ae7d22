//! Leather and paper: grown and pressed sheets.

use super::{
    Texel, Tile,
    noise::{cells, layered, noise},
};
use crate::shape::curve::smoothstep;
use glam::{Vec2, Vec3};

/// Calf leather with pebbles of about 1/40 of the tile.
pub fn leather(size_px: usize, size_m: f32, deep: Vec3, light: Vec3) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(size_m), |uv| {
        let wander = Vec2::new(layered(uv, (9, 9), 3, 1), layered(uv, (9, 9), 3, 2)) * 0.02;
        let coarse = cells(uv + wander, (34, 42), 0.95, 3);
        let fine = cells(uv - wander, (80, 90), 0.95, 13);
        let pebble = smoothstep(0.0, 0.34, coarse.second - coarse.near);
        let grain = smoothstep(0.0, 0.4, fine.second - fine.near);
        let wrinkle = layered(uv, (5, 14), 4, 23);
        let height = 0.7 * pebble + 0.3 * grain;
        let tone = (0.55 * height + 0.25 * (coarse.own - 0.3) + 0.35 * wrinkle + 0.25).clamp(0.0, 1.0);
        Texel {
            color: deep.lerp(light, tone),
            height_m: size_m * (0.0014 * height + 0.0012 * wrinkle),
            roughness: (0.60 - 0.14 * height + 0.08 * wrinkle).clamp(0.2, 1.0),
            metallic: 0.0,
        }
    })
}

/// Cotton board: fine tooth, hardly any colour; the tile is 10 cm wide.
pub fn paper(size_px: usize, color: Vec3) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(0.10), |uv| {
        let tooth = layered(uv, (48, 48), 4, 1);
        let fibre = noise(uv, (120, 20), 5).max(noise(uv, (20, 120), 6));
        Texel {
            color: color * (0.985 + 0.015 * tooth + 0.008 * fibre),
            height_m: 0.00007 * tooth + 0.00003 * fibre,
            roughness: 0.94,
            metallic: 0.0,
        }
    })
}
