//! A panorama on the card: nine bits a channel and a shared exponent, as exact as the .hdr file it came from.

use crate::{
    gpu::{Error, sun::Sun},
    model::Panorama,
};

/// The largest value of [`wgpu::TextureFormat::Rgb9e5Ufloat`].
const BRIGHTEST: f32 = 65408.0;
/// More is not seen behind a product, and phones have little memory.
const WIDEST: u32 = 2048;

/// A panorama as the passes want it.
pub(super) struct Uploaded {
    /// Without its sun.
    pub picture: wgpu::Texture,
    /// What to multiply its values by: light beyond the format's range is stored darker, with everything around it.
    pub scale: f32,
    pub sun: Option<Sun>,
}

/// Puts the picture on the card, and takes the sun out of it.
pub(super) fn upload(device: &wgpu::Device, queue: &wgpu::Queue, panorama: &Panorama) -> Result<Uploaded, Error> {
    let (mut width, mut height) = (panorama.width, panorama.height);
    if width == 0 || height == 0 || panorama.pixels.len() != width as usize * height as usize {
        let count = panorama.pixels.len();
        let message = format!("A panorama of {width} x {height} pixels has {count} of them. Read the file again.");
        return Err(Error::new("environment-broken", message));
    }
    let mut pixels: Vec<[f32; 3]> = panorama.pixels.iter().map(|pixel| pixel.map(usable)).collect();
    let widest = WIDEST.min(device.limits().max_texture_dimension_2d);
    while width.max(height) > widest && width > 1 && height > 1 {
        pixels = halved(&pixels, width as usize, height as usize);
        (width, height) = (width / 2, height / 2);
    }
    if width.max(height) > widest {
        let message =
            format!("A panorama of {width} x {height} pixels is not twice as wide as high. Use a 2:1 picture.");
        return Err(Error::new("environment-broken", message));
    }
    let sun = Sun::take_from(&mut pixels, width as usize);
    let brightest = pixels.iter().flatten().copied().fold(0.0, f32::max);
    let scale = (brightest / BRIGHTEST).max(1.0);
    let packed: Vec<u8> =
        pixels.iter().flat_map(|pixel| packed(pixel.map(|part| part / scale)).to_le_bytes()).collect();
    Ok(Uploaded { picture: texture(device, queue, [width, height], &packed), scale, sun })
}

/// One black pixel, bound where there is no picture.
pub(super) fn black(device: &wgpu::Device, queue: &wgpu::Queue) -> Uploaded {
    Uploaded { picture: texture(device, queue, [1, 1], &[0; 4]), scale: 1.0, sun: None }
}

fn usable(value: f32) -> f32 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

fn halved(pixels: &[[f32; 3]], width: usize, height: usize) -> Vec<[f32; 3]> {
    let at = |x: usize, y: usize| pixels.get(y * width + x).copied().unwrap_or_default();
    let corners = |x: usize, y: usize| [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
    let mean =
        |four: [[f32; 3]; 4]| std::array::from_fn(|part| four.iter().map(|pixel| pixel[part]).sum::<f32>() * 0.25);
    (0..height / 2)
        .flat_map(|y| (0..width / 2).map(move |x| (x, y)))
        .map(|(x, y)| mean(corners(2 * x, 2 * y)))
        .collect()
}

/// RGB9E5 (Khronos Data Format Specification, section 10.4).
fn packed(pixel: [f32; 3]) -> u32 {
    let two_to = |power: i32| (power as f32).exp2();
    let largest = pixel.iter().copied().fold(0.0, f32::max).min(BRIGHTEST);
    let mut exponent = (largest.max(1e-9).log2().floor() as i32).max(-16) + 1;
    if (largest / two_to(exponent - 9)).round() >= 512.0 {
        exponent += 1;
    }
    let unit = two_to(exponent - 9);
    let [r, g, b] = pixel.map(|part| ((part / unit).round() as u32).min(511));
    r | g << 9 | b << 18 | ((exponent + 15) as u32) << 27
}

fn texture(device: &wgpu::Device, queue: &wgpu::Queue, [width, height]: [u32; 2], packed: &[u8]) -> wgpu::Texture {
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("panorama"),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgb9e5Ufloat,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    queue.write_texture(
        texture.as_image_copy(),
        packed,
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(width * 4), rows_per_image: None },
        texture.size(),
    );
    texture
}

#[cfg(test)]
mod tests {
    use super::packed;

    #[test]
    fn packing_keeps_what_an_hdr_file_holds() {
        for pixel in
            [[0.0, 0.0, 0.0], [1.0, 0.5, 0.25], [65408.0, 1000.0, 0.0], [0.001, 0.002, 0.003], [511.6, 1.0, 1.0]]
        {
            let bits = packed(pixel);
            let unit = ((bits >> 27) as f32 - 24.0).exp2();
            let largest = pixel.iter().copied().fold(0.0, f32::max);
            for (part, shift) in pixel.iter().zip([0, 9, 18]) {
                let back = ((bits >> shift) & 511) as f32 * unit;
                assert!((back - part).abs() <= largest / 511.0, "{pixel:?} came back with {back}");
            }
        }
    }
}
