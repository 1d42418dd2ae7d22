//! The dial: a sunburst in midnight blue with a minute track, an emblem and the date.

use super::{DIAL_M, DIAL_RADIUS_M, METAL_TILE_M, turned_solid};
use crate::shape::Part;
use crate::texture::noise::noise;
use crate::texture::stroke::{ink, rectangle, to_digit, to_polyline};
use crate::texture::{Texel, Tile, srgb};
use glam::Vec2;
use std::f32::consts::TAU;

/// A flat disc on the bench whose texture coordinates run 0..1.
pub fn disc() -> Part {
    let profile = [(DIAL_RADIUS_M + 0.0004, DIAL_M, 0.0), (0.0, DIAL_M, 0.0)];
    let disc = turned_solid(&profile, 72, METAL_TILE_M, 0.0018);
    disc.mapped(|at| Vec2::new(at.x, -at.z) / (2.0 * DIAL_RADIUS_M + 0.0008) + 0.5)
}

/// Its picture. Lengths inside are millimetres from the middle.
pub fn face() -> Tile {
    let width_m = 2.0 * DIAL_RADIUS_M + 0.0008;
    let painted = Tile::painted((896, 896), Vec2::splat(width_m), |uv| {
        let at = (uv - 0.5) * width_m * 1000.0;
        let (radius, turn) = (at.length(), at.x.atan2(at.y) / TAU + 0.5);
        let ray = noise(Vec2::new(turn, 0.5), (420, 1), 3) + 0.6 * noise(Vec2::new(turn, 0.5), (130, 1), 4);
        let ground = srgb(0x1C4568).lerp(srgb(0x0A1D33), (radius / 16.6).powi(2).min(1.0));
        let print = printed(at).max(track(radius, turn));
        let date = ink(rectangle(at - Vec2::new(12.4, 0.0), Vec2::new(1.7, 1.4)), 0.08);
        let digits =
            [(-0.58, 2), (0.58, 2)].map(|(x, digit)| to_digit((at - Vec2::new(12.4 + x, 0.0)) / 0.72, digit) * 0.72);
        let number = ink(digits[0].min(digits[1]) - 0.11, 0.06);
        let white = srgb(0xE8E6DE);
        let color =
            (ground * (1.0 + 0.05 * ray)).lerp(white, print).lerp(white, date).lerp(srgb(0x16181C), date * number);
        let bare = (1.0 - print) * (1.0 - date);
        // Rays fade towards the middle, where they would crowd.
        let relief = ray * (radius / 6.0).min(1.0);
        Texel {
            color,
            height_m: 1.1e-6 * relief * bare + 2.5e-6 * print,
            roughness: 0.34 * bare + 0.55 * (1.0 - bare),
            metallic: 0.80 * bare,
        }
    });
    painted.once()
}

/// Sixty strokes, every fifth longer and stronger.
fn track(radius: f32, turn: f32) -> f32 {
    let minute = turn * 60.0;
    let nearest = minute.round();
    let across = (minute - nearest).abs() / 60.0 * TAU * radius;
    let fifth = (nearest as i32).rem_euclid(5) == 0;
    let (half_width, from) = if fifth { (0.10, 15.1) } else { (0.05, 15.5) };
    let stroke = (across - half_width).max(from - radius).max(radius - 16.3);
    ink(stroke, 0.06)
}

/// The emblem under 12 and a fine ring round the middle.
fn printed(at: Vec2) -> f32 {
    let local = at - Vec2::new(0.0, 7.0);
    let chevron = to_polyline(local, &[Vec2::new(-1.15, 0.9), Vec2::new(0.0, -0.9), Vec2::new(1.15, 0.9)]) - 0.15;
    let dot = local.distance(Vec2::new(0.0, 0.75)) - 0.24;
    let line = rectangle(at + Vec2::new(0.0, 6.6), Vec2::new(1.5, 0.035));
    let under = rectangle(at + Vec2::new(0.0, 7.1), Vec2::new(0.9, 0.035));
    ink(chevron.min(dot).min(line).min(under), 0.06)
}
