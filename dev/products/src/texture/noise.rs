//! Periodic noise: every function repeats after a whole tile, so that tiles join without a seam.

use glam::{IVec2, Vec2};

/// A fixed pseudo-random number 0..1 for a lattice point.
pub fn random(x: i32, y: i32, seed: u32) -> f32 {
    let mut bits =
        (x as u32).wrapping_mul(0x9E37_79B1) ^ (y as u32).wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D);
    bits ^= bits >> 16;
    bits = bits.wrapping_mul(0x7FEB_352D);
    bits ^= bits >> 15;
    bits = bits.wrapping_mul(0x846C_A68B);
    bits ^= bits >> 16;
    (bits >> 8) as f32 / (1 << 24) as f32
}

/// Gradient noise, about -1..1, with `periods` waves over the tile.
pub fn noise(uv: Vec2, periods: (i32, i32), seed: u32) -> f32 {
    let periods = IVec2::new(periods.0, periods.1);
    let at = uv * periods.as_vec2();
    let cell = at.floor();
    let within = at - cell;
    let fade = within * within * within * (within * (within * 6.0 - 15.0) + 10.0);
    let corner = |x: i32, y: i32| {
        let lattice = (cell.as_ivec2() + IVec2::new(x, y)).rem_euclid(periods);
        let gradient = Vec2::from_angle(random(lattice.x, lattice.y, seed) * std::f32::consts::TAU);
        gradient.dot(within - Vec2::new(x as f32, y as f32))
    };
    let lower = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * fade.x;
    let upper = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * fade.x;
    (lower + (upper - lower) * fade.y) * 1.5
}

/// Octaves of noise, each twice as fine and half as strong; about -1..1.
pub fn layered(uv: Vec2, periods: (i32, i32), octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut weight, mut total) = (0.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * noise(uv, (periods.0 << octave, periods.1 << octave), seed + octave);
        total += weight;
        weight *= 0.5;
    }
    sum / total
}

/// The nearest of points scattered one to a cell.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Distance to the nearest point, in cells.
    pub near: f32,
    /// Distance to the second nearest.
    pub second: f32,
    /// From the nearest point to here, in cells.
    pub offset: Vec2,
    /// A number 0..1 that belongs to the nearest point.
    pub own: f32,
}

/// Which scattered point is nearest, with `periods` cells over the tile and the points `jitter` (0..1) off the lattice.
pub fn cells(uv: Vec2, periods: (i32, i32), jitter: f32, seed: u32) -> Cell {
    let periods = IVec2::new(periods.0, periods.1);
    let at = uv * periods.as_vec2();
    let base = at.floor().as_ivec2();
    let mut found = Cell { near: 9.0, second: 9.0, offset: Vec2::ZERO, own: 0.0 };
    for y in -1..=1 {
        for x in -1..=1 {
            let cell = base + IVec2::new(x, y);
            let wrapped = cell.rem_euclid(periods);
            let away = Vec2::new(random(wrapped.x, wrapped.y, seed), random(wrapped.x, wrapped.y, seed + 1)) - 0.5;
            let offset = at - (cell.as_vec2() + 0.5 + away * jitter);
            let distance = offset.length();
            if distance < found.near {
                found =
                    Cell { near: distance, second: found.near, offset, own: random(wrapped.x, wrapped.y, seed + 2) };
            } else if distance < found.second {
                found.second = distance;
            }
        }
    }
    found
}
