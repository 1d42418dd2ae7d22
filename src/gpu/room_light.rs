//! The light of the shopper's room: what arrives from around a direction comes from spherical harmonics (Ramamoorthi and
//! Hanrahan 2001). What is mirrored is the room where somebody knows what it looks like (`room_mirror.rs`), else it keeps the
//! surroundings' structure in the room's brightness, so that shiny stays shiny.

use crate::{
    color::luminance,
    gpu::{
        Gpu,
        environment::Light,
        room_mirror::{LAST_LEVEL, RoomMirror},
    },
    math::Vec3,
    scene::frame::Frame,
};
#[cfg(test)]
use std::f32::consts::PI;

/// What the room lights products with.
pub(super) struct RoomLight {
    harmonics: [Vec3; 9],
    diffuse: wgpu::Texture,
    /// What was written there last.
    texels: Vec<[u16; 4]>,
    mirror: Option<RoomMirror>,
    /// What lit them before and will again.
    before: Light,
}

/// Texels along a face: light from a half sphere changes slowly.
const SIZE: u32 = 16;
/// The mean of the studio's light.
const USUAL_MEAN: f32 = 0.8;
/// How much darker and brighter than there mirrored light may be.
const DARKEST: f32 = 0.25;
const BRIGHTEST: f32 = 3.0;

impl Gpu {
    /// Lights the next frame as its room does, or as outside of a room again.
    #[inline(never)] // in the browser it comes later than the rest
    pub(super) fn light_room(&mut self, frame: &Frame) {
        match (frame.harmonics, self.room_light.take()) {
            (None, None) => {}
            (None, Some(room)) => {
                self.light = Some(room.before);
                self.groups = None;
            }
            (Some(harmonics), Some(mut room)) => {
                let is_mirror_new = self.mirror_room(&mut room, harmonics, &frame.reflections);
                if harmonics != room.harmonics || is_mirror_new {
                    room.harmonics = harmonics;
                    self.send_harmonics(&mut room);
                }
                self.room_light = Some(room);
            }
            (Some(harmonics), None) => {
                let Some(before) = self.light.take() else { return };
                let diffuse = cube(&self.device);
                let view = diffuse.create_view(&wgpu::TextureViewDescriptor {
                    dimension: Some(wgpu::TextureViewDimension::Cube),
                    ..Default::default()
                });
                // The sun of a panorama does not shine into the shopper's room.
                self.light = Some(Light { diffuse: view, sun: None, ..before.clone() });
                self.groups = None;
                let mut room = RoomLight { harmonics, diffuse, texels: Vec::new(), mirror: None, before };
                self.send_harmonics(&mut room);
                self.room_light = Some(room);
            }
        }
    }

    /// Goes on with what mirrors show. True when it is another cube from now on.
    fn mirror_room(&mut self, room: &mut RoomLight, harmonics: [Vec3; 9], reflections: &[Vec3]) -> bool {
        let RoomLight { mirror, before, .. } = room;
        let Some(light) = &mut self.light else { return false };
        if reflections.is_empty() {
            let was_shown = mirror.take().is_some_and(|mirror| mirror.is_whole);
            if was_shown {
                (light.specular, light.last_level) = (before.specular.clone(), before.last_level);
                self.groups = None;
            }
            return was_shown;
        }
        let mirror = mirror.get_or_insert_with(|| RoomMirror::new(&self.device));
        let white = harmonics[0] / luminance(harmonics[0]).max(1e-6);
        let is_new = mirror.go_on(&self.queue, reflections, white);
        if is_new {
            (light.specular, light.last_level) = (mirror.view.clone(), LAST_LEVEL as f32);
            self.groups = None;
        }
        is_new
    }

    /// Writes the cube anew. Shaders multiply it with the light's scale, which makes mirrored light as bright as the room.
    fn send_harmonics(&mut self, room: &mut RoomLight) {
        let RoomLight { harmonics, diffuse, texels, mirror, before } = room;
        let mean = harmonics[0].element_sum() / 3.0 * 0.282_095;
        let scale = if mirror.as_ref().is_some_and(|mirror| mirror.is_whole) {
            mean.max(1e-3)
        } else {
            before.scale * (mean / USUAL_MEAN).clamp(DARKEST, BRIGHTEST)
        };
        if let Some(light) = &mut self.light {
            light.scale = scale;
        }
        texels.clear();
        for face in 0..6 {
            for row in 0..SIZE {
                for column in 0..SIZE {
                    let around = evenly_around(harmonics, direction(face, column, row, SIZE)) / scale;
                    let [red, green, blue] = around.to_array().map(half);
                    texels.push([red, green, blue, half(1.0)]);
                }
            }
        }
        let whole = wgpu::Extent3d { width: SIZE, height: SIZE, depth_or_array_layers: 6 };
        self.queue.write_texture(
            diffuse.as_image_copy(),
            bytemuck::cast_slice(texels),
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(8 * SIZE), rows_per_image: Some(SIZE) },
            whole,
        );
    }
}

fn cube(device: &wgpu::Device) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("room light"),
        size: wgpu::Extent3d { width: SIZE, height: SIZE, depth_or_array_layers: 6 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba16Float,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    })
}

/// Toward the middle of a texel of a cube's face of this size, as cards look it up: +X -X +Y -Y +Z -Z.
pub(super) fn direction(face: u32, column: u32, row: u32, size: u32) -> Vec3 {
    let [u, v] = [column, row].map(|place| (place as f32 + 0.5) / size as f32 * 2.0 - 1.0);
    let toward = match face {
        0 => Vec3::new(1.0, -v, -u),
        1 => Vec3::new(-1.0, -v, u),
        2 => Vec3::new(u, 1.0, v),
        3 => Vec3::new(u, -1.0, -v),
        4 => Vec3::new(u, -v, 1.0),
        _ => Vec3::new(-u, -v, -1.0),
    };
    toward.normalize_or_zero()
}

/// Light that arrives from the half sphere around a direction over pi, of radiance given as spherical harmonics: their
/// bands weighted by the cosine's (1, 2/3, 1/4).
fn evenly_around(harmonics: &[Vec3; 9], n: Vec3) -> Vec3 {
    let [first, second] = [2.0 / 3.0 * 0.488_603, 0.25];
    let basis = [
        0.282_095,
        first * n.y,
        first * n.z,
        first * n.x,
        second * 1.092_548 * n.x * n.y,
        second * 1.092_548 * n.y * n.z,
        second * 0.315_392 * (3.0 * n.z * n.z - 1.0),
        second * 1.092_548 * n.x * n.z,
        second * 0.546_274 * (n.x * n.x - n.y * n.y),
    ];
    let sum = harmonics.iter().zip(basis).fold(Vec3::ZERO, |sum, (color, share)| sum + *color * share);
    // A few coefficients cannot describe a room: they may swing below nothing.
    sum.max(Vec3::ZERO)
}

/// A half float of a number from 0 to 60,000; the smallest ones are 0.
pub(super) fn half(number: f32) -> u16 {
    const SMALLEST: f32 = 6.2e-5;
    if number < SMALLEST { 0 } else { ((number.min(60_000.0).to_bits() + 0x1000) >> 13).wrapping_sub(0x1_c000) as u16 }
}

#[cfg(test)]
mod tests {
    use super::{PI, Vec3, evenly_around, half};

    #[test]
    fn even_light_arrives_evenly_and_one_sided_light_from_its_side() {
        // Radiance 1 all around: the only coefficient is the integral of 0.282095 over the sphere.
        let mut harmonics = [Vec3::ZERO; 9];
        harmonics[0] = Vec3::splat(0.282_095 * 4.0 * PI);
        for toward in [Vec3::X, Vec3::NEG_Y, Vec3::new(0.6, 0.0, 0.8)] {
            assert!((evenly_around(&harmonics, toward) - 1.0).abs().max_element() < 1e-4);
        }
        // Radiance y: what arrives from around a direction is 2/3 of its y (Ramamoorthi and Hanrahan 2001).
        harmonics = [Vec3::ZERO; 9];
        harmonics[1] = Vec3::splat(0.488_603 * 4.0 * PI / 3.0);
        assert!((evenly_around(&harmonics, Vec3::Y).x - 2.0 / 3.0).abs() < 1e-4);
        assert_eq!(evenly_around(&harmonics, Vec3::NEG_Y), Vec3::ZERO);
    }

    #[test]
    fn half_floats_are_what_the_card_reads() {
        for (number, bits) in [(0.0, 0), (1.0, 0x3c00), (0.5, 0x3800), (2.0, 0x4000), (1.5, 0x3e00), (1e9, 0x7b53)] {
            assert_eq!(half(number), bits, "{number}");
        }
    }
}
