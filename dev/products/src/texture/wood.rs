//! Oak: rings, pores, fibres and rays, with the grain along u.

use super::{
    Texel, Tile,
    noise::{layered, noise},
    srgb,
};
use crate::shape::curve::smoothstep;
use glam::{Vec2, Vec3};

/// A stain: the three tones of a board, sRGB.
#[derive(Clone, Copy, Debug)]
pub struct Stain {
    /// Between the rings.
    pub early: Vec3,
    /// In the rings.
    pub late: Vec3,
    /// In the pores.
    pub pore: Vec3,
}

/// Natural oiled oak.
pub fn natural_oak() -> Stain {
    Stain { early: srgb(0xC9AA80), late: srgb(0xAD8759), pore: srgb(0x7A5836) }
}

/// Dark smoked oak.
pub fn smoked_oak() -> Stain {
    Stain { early: srgb(0x5E4632), late: srgb(0x402D1F), pore: srgb(0x1F150E) }
}

/// Oak of `size_m` metres along and across the grain.
pub fn oak(size_px: (usize, usize), size_m: Vec2, stain: Stain) -> Tile {
    // Numbers of features over a tile follow from their true sizes.
    let per_tile = |along_m: f32, across_m: f32| {
        ((size_m.x / along_m).round().max(1.0) as i32, (size_m.y / across_m).round().max(1.0) as i32)
    };
    let rings = (size_m.y / 0.0105).round().max(2.0);
    Tile::painted(size_px, size_m, |uv| {
        let bow = layered(uv, per_tile(0.55, 0.16), 2, 1) * 0.052 + noise(uv, per_tile(0.12, 0.03), 3) * 0.0022;
        let ring_at = (uv.y + bow / size_m.y) * rings + 0.35 * noise(uv, per_tile(0.4, 0.02), 5);
        let ring = ring_at - ring_at.floor();
        // The late wood darkens slowly and ends sharply, as a year does.
        let late = smoothstep(0.25, 0.92, ring) * (1.0 - smoothstep(0.93, 1.0, ring));
        let fibre = layered(uv, per_tile(0.035, 0.0016), 3, 11);
        let streak = noise(uv, per_tile(0.017, 0.0009), 21);
        let pore = smoothstep(0.26, 0.62, streak) * (1.0 - 0.75 * late);
        let ray = smoothstep(0.42, 0.7, noise(uv, per_tile(0.012, 0.004), 31)) * 0.4;
        let tone = layered(uv, per_tile(0.4, 0.08), 3, 41);
        let board = stain.early.lerp(stain.late, (0.62 * late + 0.18 * tone + 0.24 * fibre + 0.12).clamp(0.0, 1.0));
        let board = board.lerp(stain.early * 1.05, ray * 0.5);
        Texel {
            color: board.lerp(stain.pore, 0.46 * pore),
            height_m: 0.000012 * fibre - 0.00006 * pore - 0.000015 * late,
            roughness: (0.50 + 0.10 * fibre + 0.22 * pore - 0.06 * late).clamp(0.2, 1.0),
            metallic: 0.0,
        }
    })
}
