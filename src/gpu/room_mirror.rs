//! What shiny products mirror of the shopper's room: a small cube whose levels hold what surfaces of more and more roughness
//! mirror of it, made one face a frame, so that no frame waits.

use super::room_light::{direction, half};
use crate::color::luminance;
use crate::math::Vec3;

/// Texels along a face, as frames have them.
const SIZE: u32 = 16;
const FACE: usize = (SIZE * SIZE) as usize;
/// The last level, of surfaces that are wholly rough.
pub(super) const LAST_LEVEL: u32 = 3;
/// Levels from this one on see more than their own texels; before it lobes are narrower than texels.
const FIRST_ROUGH: u32 = 2;
/// Nobody sees a tint that differs by less.
const TINT_STEP: f32 = 1.0 / 512.0;
/// They look at faces of so many texels.
const COARSE: u32 = SIZE / 2;

/// The cube on the card, and what was last asked to be in it.
pub(super) struct RoomMirror {
    texture: wgpu::Texture,
    pub view: wgpu::TextureView,
    /// As frames have them.
    texels: Vec<Vec3>,
    /// The same in less detail: where from, what, and which share of the sphere.
    coarse: Vec<(Vec3, Vec3, f32)>,
    /// The tint of what is wholly rough.
    white: Vec3,
    /// The face to be made next, and how many are not as they should be.
    next: u32,
    left: u32,
    /// All faces have been made once.
    pub is_whole: bool,
    /// Halves of one level of one face.
    buffer: Vec<[u16; 4]>,
}

impl RoomMirror {
    pub fn new(device: &wgpu::Device) -> Self {
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("room mirror"),
            size: wgpu::Extent3d { width: SIZE, height: SIZE, depth_or_array_layers: 6 },
            mip_level_count: LAST_LEVEL + 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba16Float,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor {
            dimension: Some(wgpu::TextureViewDimension::Cube),
            ..Default::default()
        });
        let (texels, coarse, buffer) = (Vec::new(), Vec::new(), Vec::new());
        Self { texture, view, texels, coarse, white: Vec3::ONE, next: 0, left: 0, is_whole: false, buffer }
    }

    /// One step toward showing this; `white` is the tint that wholly rough surfaces mirror. True when all of it is there for
    /// the first time.
    pub fn go_on(&mut self, queue: &wgpu::Queue, texels: &[Vec3], white: Vec3) -> bool {
        if self.texels != texels || !self.white.abs_diff_eq(white, TINT_STEP) {
            self.texels.clear();
            self.texels.extend_from_slice(texels);
            self.white = white;
            self.look_coarsely();
            self.left = 6;
        }
        if self.left == 0 {
            return false;
        }
        for level in 0..=LAST_LEVEL {
            self.send(queue, self.next, level);
        }
        self.next = (self.next + 1) % 6;
        self.left -= 1;
        let is_new = self.left == 0 && !self.is_whole;
        self.is_whole |= is_new;
        is_new
    }

    fn look_coarsely(&mut self) {
        self.coarse.clear();
        for face in 0..6 {
            for (row, column) in places(COARSE) {
                let toward = direction(face, column, row, COARSE);
                // How far out the texel is, as its largest part says: those farther out are seen smaller.
                let share = toward.abs().max_element().powi(3);
                self.coarse.push((toward, mean(&self.texels, face, column, row, SIZE / COARSE), share));
            }
        }
    }

    fn send(&mut self, queue: &wgpu::Queue, face: u32, level: u32) {
        let size = SIZE >> level;
        let share = level as f32 / LAST_LEVEL as f32;
        // As `reflection.wgsl` finds the level of a roughness.
        let roughness = share * share.sqrt();
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        for (row, column) in places(size) {
            let light = if level < FIRST_ROUGH {
                mean(&self.texels, face, column, row, SIZE / size)
            } else {
                lobe(&self.coarse, direction(face, column, row, size), roughness)
            };
            let tinted = self.white * luminance(light);
            let [red, green, blue] = light.lerp(tinted, share).to_array().map(half);
            buffer.push([red, green, blue, half(1.0)]);
        }
        queue.write_texture(
            wgpu::TexelCopyTextureInfo {
                mip_level: level,
                origin: wgpu::Origin3d { x: 0, y: 0, z: face },
                ..self.texture.as_image_copy()
            },
            bytemuck::cast_slice(&buffer),
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(8 * size), rows_per_image: None },
            wgpu::Extent3d { width: size, height: size, depth_or_array_layers: 1 },
        );
        self.buffer = buffer;
    }
}

/// Row after row.
fn places(size: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..size).flat_map(move |row| (0..size).map(move |column| (row, column)))
}

/// The mean of a square of texels of a face.
fn mean(texels: &[Vec3], face: u32, column: u32, row: u32, side: u32) -> Vec3 {
    let first = face as usize * FACE;
    let at = |(y, x)| texels.get(first + ((row * side + y) * SIZE + column * side + x) as usize).copied();
    places(side).filter_map(at).sum::<Vec3>() / (side * side) as f32
}

/// What a surface of this roughness mirrors when looked at from straight above (Karis 2013).
fn lobe(coarse: &[(Vec3, Vec3, f32)], normal: Vec3, roughness: f32) -> Vec3 {
    let alpha_square = roughness.powi(4);
    let (mut sum, mut whole) = (Vec3::ZERO, 0.0);
    for (toward, light, share) in coarse {
        let cosine = normal.dot(*toward);
        if cosine > 0.0 {
            // The half vector's cosine, squared.
            let spread = (0.5 + 0.5 * cosine) * (alpha_square - 1.0) + 1.0;
            let weight = cosine * share / (spread * spread);
            sum += *light * weight;
            whole += weight;
        }
    }
    sum / whole.max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::{COARSE, SIZE, Vec3, direction, lobe, mean, places};

    #[test]
    fn a_smaller_level_is_the_mean_of_its_texels() {
        let mut texels = vec![Vec3::ZERO; 6 * 256];
        // The second row's third and fourth texel of the face -X.
        (texels[256 + 16 + 2], texels[256 + 16 + 3]) = (Vec3::X * 2.0, Vec3::Y * 4.0);
        assert_eq!(mean(&texels, 1, 1, 0, 2), Vec3::new(0.5, 1.0, 0.0));
        assert_eq!(mean(&texels, 1, 0, 0, SIZE), Vec3::new(2.0, 4.0, 0.0) / 256.0);
    }

    #[test]
    fn lobes_see_what_they_look_at_and_all_of_even_light() {
        let coarse = |light: fn(Vec3) -> Vec3| -> Vec<_> {
            let face = |face| places(COARSE).map(move |(row, column)| direction(face, column, row, COARSE));
            let share = |toward: Vec3| toward.abs().max_element().powi(3);
            (0..6).flat_map(face).map(|toward| (toward, light(toward), share(toward))).collect()
        };
        let even = coarse(|_| Vec3::ONE);
        let window = coarse(|toward| if toward.z > 0.8 { Vec3::ONE } else { Vec3::ZERO });
        for roughness in [0.5, 1.0] {
            assert!((lobe(&even, Vec3::new(0.6, 0.0, 0.8), roughness) - 1.0).abs().max_element() < 1e-4);
            let [ahead, beside, behind] = [Vec3::Z, Vec3::X, Vec3::NEG_Z].map(|n| lobe(&window, n, roughness).x);
            assert!(ahead > beside + 0.1 && behind == 0.0, "{ahead}, {beside}, {behind} at roughness {roughness}");
        }
        assert!(lobe(&window, Vec3::Z, 0.5).x > lobe(&window, Vec3::Z, 1.0).x + 0.1, "rougher is more even");
        // Wholly rough facets weigh by the cosine: of a cap to 0.8 that is 1 - 0.64.
        assert!((lobe(&window, Vec3::Z, 1.0).x - 0.36).abs() < 0.05, "{}", lobe(&window, Vec3::Z, 1.0));
    }
}
