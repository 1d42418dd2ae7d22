//! Cloth: bouclé, basket weave, linen, felt and ribbon.

use super::{
    Texel, Tile,
    noise::{cells, layered, noise, random},
};
use glam::{Vec2, Vec3};
use std::f32::consts::{PI, TAU};

/// Two tones of one yarn, sRGB.
#[derive(Clone, Copy, Debug)]
pub struct Yarn {
    /// Where the yarn lies deep.
    pub deep: Vec3,
    /// Where it catches the light.
    pub light: Vec3,
}

/// Loops of curly yarn, 4 mm across, in three layers; the tile is 12.8 cm wide.
pub fn boucle(size_px: usize, yarn: Yarn) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(0.128), |uv| {
        let wander = Vec2::new(layered(uv, (16, 16), 2, 11), layered(uv, (16, 16), 2, 12)) * 0.015;
        let mut height: f32 = 0.0;
        let mut tone = 0.0;
        for layer in 0..3_u32 {
            let spot = uv + wander + Vec2::new(0.37, 0.71) * layer as f32;
            let cell = cells(spot, (32, 32), 0.95, 21 + 7 * layer);
            // A loop is a ring of yarn: high at some distance from its middle, with strands winding round it.
            let ring = (1.0 - ((cell.near - 0.34) / 0.30).powi(2)).max(0.0).sqrt();
            let twist = (cell.offset.y.atan2(cell.offset.x) * 5.0 + cell.near * 16.0 + cell.own * TAU).sin();
            let here = ring * (0.62 + 0.38 * cell.own) + 0.14 * twist * ring;
            if here > height {
                height = here;
                tone = cell.own;
            }
        }
        let fuzz = noise(uv, (150, 150), 31);
        let light = (0.85 * height.powf(1.4) + 0.05 + 0.16 * fuzz + 0.20 * (tone - 0.5)).clamp(0.0, 1.0);
        Texel {
            color: yarn.deep.lerp(yarn.light, light),
            height_m: 0.00085 * height + 0.00009 * fuzz,
            roughness: 0.90 + 0.08 * (1.0 - height),
            metallic: 0.0,
        }
    })
}

/// Two yarns over two, each 1.6 mm wide; the tile is 12.8 cm wide. Some yarns are lighter: a melange.
pub fn basket_weave(size_px: usize, yarn: Yarn) -> Tile {
    const YARNS: i32 = 80;
    Tile::painted((size_px, size_px), Vec2::splat(0.128), |uv| {
        let wander = Vec2::new(noise(uv, (20, 20), 1), noise(uv, (24, 24), 2)) * 0.0016;
        let at = (uv + wander) * YARNS as f32;
        let strand = |across: f32, along: f32, seed: u32| {
            let index = across.floor() as i32;
            let pair = index.div_euclid(2);
            let within = across - index as f32 - 0.5;
            let round = (1.0 - (within * 1.9).powi(2)).max(0.0).sqrt();
            let over = ((along / 4.0 + 0.5 * pair.rem_euclid(2) as f32) * TAU).sin();
            let twist = ((along * 1.4 + within * 2.2) * TAU).sin();
            let own = random(index.rem_euclid(YARNS), 0, seed);
            (round * (0.55 + 0.45 * over) + 0.07 * twist * round, own)
        };
        let (warp, weft) = (strand(at.x, at.y - 1.0, 5), strand(at.y, at.x + 1.0, 6));
        let (height, own) = if warp.0 > weft.0 { warp } else { weft };
        let fuzz = noise(uv, (256, 256), 9);
        let light = (0.05 + 0.75 * height + 0.13 * fuzz + 0.15 * (own - 0.5)).clamp(0.0, 1.0);
        Texel {
            color: yarn.deep.lerp(yarn.light, light),
            height_m: 0.00048 * height + 0.00003 * fuzz,
            roughness: 0.84 + 0.12 * (1.0 - height),
            metallic: 0.0,
        }
    })
}

/// Plain weave with slubs: `threads` over a tile of `size_m` metres.
pub fn linen(size_px: usize, size_m: f32, threads: i32, yarn: Yarn) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(size_m), |uv| {
        let wander = Vec2::new(noise(uv, (30, 6), 1), noise(uv, (6, 30), 2)) * 0.0025;
        let at = (uv + wander) * threads as f32;
        let strand = |across: f32, along: f32, slub: f32| {
            let index = across.floor() as i32;
            let within = across - index as f32 - 0.5;
            let thickness = 0.78 + 0.45 * slub;
            let round = (1.0 - (within * 2.0 / thickness).powi(2)).max(0.0).sqrt();
            let parity = if index.rem_euclid(2) == 0 { 0.0 } else { PI };
            round * thickness * (0.6 + 0.4 * (along * PI + parity).sin())
        };
        let upright = strand(at.x, at.y, noise(uv, (threads, 9), 3));
        let level = strand(at.y, at.x + 0.5, noise(uv, (9, threads), 4));
        let height = upright.max(level);
        let slub = noise(uv, (7, threads / 2), 5).max(0.0) + noise(uv, (threads / 2, 7), 6).max(0.0);
        let light = (0.25 + 0.6 * height + 0.25 * slub + 0.08 * noise(uv, (200, 200), 7)).clamp(0.0, 1.0);
        Texel { color: yarn.deep.lerp(yarn.light, light), height_m: 0.00022 * height, roughness: 0.92, metallic: 0.0 }
    })
}

/// Pressed wool; the tile is 8 cm wide.
pub fn felt(size_px: usize, yarn: Yarn) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(0.08), |uv| {
        let swirl = Vec2::new(layered(uv, (6, 6), 3, 1), layered(uv, (6, 6), 3, 2)) * 0.07;
        let mut hair: f32 = 0.0;
        for direction in 0..5 {
            let periods = [(90, 12), (12, 90), (70, 40), (40, 70), (110, 24)][direction];
            let lean = Vec2::new(uv.x + (direction as f32 - 2.0) * swirl.y, uv.y + swirl.x);
            hair = hair.max(noise(lean + swirl, periods, 40 + direction as u32));
        }
        let nap = layered(uv, (10, 10), 4, 9);
        let light = (0.38 + 0.40 * hair + 0.13 * nap).clamp(0.0, 1.0);
        Texel {
            color: yarn.deep.lerp(yarn.light, light),
            height_m: 0.00010 * hair + 0.00012 * nap,
            roughness: 0.94,
            metallic: 0.0,
        }
    })
}

/// Grosgrain: ribs of 0.9 mm across the ribbon's length (u); the tile is 3.6 cm wide.
pub fn ribbon(size_px: usize, yarn: Yarn) -> Tile {
    Tile::painted((size_px, size_px), Vec2::splat(0.036), |uv| {
        let wander = noise(uv, (40, 6), 3) * 0.0015;
        let rib = ((uv.x + wander) * 40.0 * TAU).cos() * 0.5 + 0.5;
        let thread = ((uv.y * 110.0 + noise(uv, (40, 20), 4) * 0.4) * TAU).cos() * 0.5 + 0.5;
        let height = rib.sqrt() * (0.85 + 0.15 * thread);
        let light = (0.1 + 0.6 * height + 0.2 * thread * rib + 0.12 * noise(uv, (60, 60), 5)).clamp(0.0, 1.0);
        Texel {
            color: yarn.deep.lerp(yarn.light, light),
            height_m: 0.00016 * height,
            roughness: 0.55 + 0.15 * (1.0 - height),
            metallic: 0.0,
        }
    })
}
