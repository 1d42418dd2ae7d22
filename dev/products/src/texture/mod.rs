//! Surfaces painted by functions: colour, height, roughness and metal of every texel of a tile.

pub mod fabric;
pub mod metal;
pub mod noise;
pub mod plastic;
pub mod skin;
pub mod stroke;
pub mod wood;

use crate::parallel;
use glam::{Vec2, Vec3};

/// What a surface is at one spot.
#[derive(Clone, Copy, Debug)]
pub struct Texel {
    /// sRGB, 0..1.
    pub color: Vec3,
    /// Height above the mean surface, metres.
    pub height_m: f32,
    /// 0 mirror .. 1 matt.
    pub roughness: f32,
    /// 0 dielectric .. 1 metal.
    pub metallic: f32,
}

/// A painted tile.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Texels along u and v.
    pub size_px: (usize, usize),
    /// Metres covered along u and v.
    pub size_m: Vec2,
    /// Row after row from the top.
    pub texels: Vec<Texel>,
    /// Repeats beyond its edges; otherwise the edge is stretched on.
    pub repeats: bool,
}

impl Tile {
    /// Paints a tile from a function of `(u, v)`, 0..1, v up. It must be periodic for a tile that repeats.
    pub fn painted(size_px: (usize, usize), size_m: Vec2, paint: impl Fn(Vec2) -> Texel + Sync) -> Self {
        let (width, height) = size_px;
        let rows = parallel::map(height, |row| {
            let v = 1.0 - (row as f32 + 0.5) / height as f32;
            (0..width).map(|column| paint(Vec2::new((column as f32 + 0.5) / width as f32, v))).collect::<Vec<_>>()
        });
        Self { size_px, size_m, texels: rows.into_iter().flatten().collect(), repeats: true }
    }

    /// A picture painted once: texture coordinates run 0..1 whatever its size in metres.
    pub fn once(self) -> Self {
        Self { repeats: false, ..self }
    }

    /// The tile with other colours.
    pub fn recolored(mut self, color: impl Fn(Texel) -> Vec3) -> Self {
        for texel in &mut self.texels {
            texel.color = color(*texel);
        }
        self
    }

    /// Colour as bytes, sRGB.
    pub fn color_bytes(&self) -> Vec<u8> {
        self.texels.iter().flat_map(|texel| texel.color.to_array().map(byte)).collect()
    }

    /// Green roughness, blue metal.
    pub fn metallic_roughness_bytes(&self) -> Vec<u8> {
        self.texels.iter().flat_map(|texel| [255, byte(texel.roughness), byte(texel.metallic)]).collect()
    }

    /// Tangent-space normals of the height, x along u and y along v up.
    pub fn normal_bytes(&self) -> Vec<u8> {
        let (width, height) = self.size_px;
        let (step_x_m, step_y_m) = (self.size_m.x / width as f32, self.size_m.y / height as f32);
        let height_at = |column: usize, row: usize| self.texels[row * width + column].height_m;
        let mut bytes = Vec::with_capacity(width * height * 3);
        for row in 0..height {
            let (above, below) = ((row + height - 1) % height, (row + 1) % height);
            for column in 0..width {
                let (left, right) = ((column + width - 1) % width, (column + 1) % width);
                let slope_x = (height_at(right, row) - height_at(left, row)) / (2.0 * step_x_m);
                let slope_y = (height_at(column, above) - height_at(column, below)) / (2.0 * step_y_m);
                let normal = Vec3::new(-slope_x, -slope_y, 1.0).normalize();
                bytes.extend((normal * 0.5 + 0.5).to_array().map(byte));
            }
        }
        bytes
    }
}

/// sRGB from 0xRRGGBB.
pub fn srgb(hex: u32) -> Vec3 {
    Vec3::new((hex >> 16 & 255) as f32, (hex >> 8 & 255) as f32, (hex & 255) as f32) / 255.0
}

fn byte(value: f32) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}
