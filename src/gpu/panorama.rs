//! A panorama on the card: nine bits a channel and a shared exponent, as exact as the .hdr file it came from; or eight
//! bits of sRGB, as a picture file has them.

use crate::{
    gpu::{
        Error, Gpu, Picture, mip,
        sun::{Place, Sun, Survey},
    },
    model::Panorama,
};

/// The largest value of [`wgpu::TextureFormat::Rgb9e5Ufloat`].
const BRIGHTEST: f32 = 65408.0;

/// A panorama on its way to the card, some pixels at a time, so that a page stays alive meanwhile.
#[derive(Debug)]
pub struct Upload {
    place: Place,
    /// The first row not yet treated.
    row: usize,
    survey: Survey,
    /// From the end of the survey on.
    pub(super) done: Option<Uploaded>,
}

/// A panorama as the passes want it.
#[derive(Clone, Debug)]
pub(super) struct Uploaded {
    /// With its sun.
    pub picture: wgpu::Texture,
    /// What to multiply its values by: light beyond the format's range is stored darker, with everything around it.
    pub scale: f32,
    pub sun: Option<Sun>,
}

impl Gpu {
    /// The longest side of a panorama that is worth reading, in pixels. One that is drawn may fill a wide screen, one
    /// that only lights is never seen sharp; and browsers of phones have little memory.
    pub fn widest_panorama(&self, is_drawn: bool) -> u32 {
        let wanted = match cfg!(target_arch = "wasm32") {
            true => 2048 << u32::from(is_drawn),
            false => 8192,
        };
        wanted.min(self.max_picture_size())
    }

    /// Begins to take a panorama; [`Upload::step`] goes on, [`super::Environment::Uploaded`] uses it.
    ///
    /// # Errors
    /// It has no pixels, not as many as its size says, or more on a side than the card takes.
    pub fn begin_panorama(&self, panorama: &Panorama) -> Result<Upload, Error> {
        begin(&self.device, panorama)
    }
}

#[inline(never)] // it comes with the second half
pub(super) fn begin(device: &wgpu::Device, panorama: &Panorama) -> Result<Upload, Error> {
    let (width, height) = (panorama.width, panorama.height);
    if width == 0 || height == 0 || panorama.pixels.len() != width as usize * height as usize {
        let count = panorama.pixels.len();
        let message = format!("A panorama of {width} x {height} pixels has {count} of them. Read the file again.");
        return Err(Error::new("environment-broken", message));
    }
    let most = device.limits().max_texture_dimension_2d;
    if width.max(height) > most {
        let message = format!(
            "A panorama of {width} x {height} pixels is more than the {most} on a side this graphics card takes. Save \
             it smaller."
        );
        return Err(Error::new("environment-broken", message));
    }
    let place = Place { width: width as usize, height: height as usize };
    Ok(Upload { place, row: 0, survey: Survey::default(), done: None })
}

impl Upload {
    /// Treats about so many pixels more of the panorama it was begun with; true when all is on the card.
    pub fn step(&mut self, gpu: &Gpu, panorama: &Panorama, pixels: usize) -> bool {
        self.advance(&gpu.device, &gpu.queue, panorama, pixels)
    }

    /// All pixels are looked at for the sun first, then sent.
    #[inline(never)] // it comes with the second half
    pub(super) fn advance(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        panorama: &Panorama,
        pixels: usize,
    ) -> bool {
        let Place { width, height } = self.place;
        let end = (self.row + (pixels / width).max(1)).min(height);
        let rows = panorama.pixels.get(self.row * width..end * width).unwrap_or_default();
        match &self.done {
            None => self.survey.look(rows, self.place),
            Some(done) => send(queue, done, self.row as u32, rows),
        }
        self.row = end;
        if end < height {
            return false;
        }
        if self.done.is_some() {
            return true;
        }
        self.row = 0;
        self.done = Some(Uploaded {
            picture: texture(device, [width as u32, height as u32], wgpu::TextureFormat::Rgb9e5Ufloat),
            scale: (self.survey.largest() / BRIGHTEST).max(1.0),
            sun: self.survey.sun(&panorama.pixels, self.place),
        });
        false
    }
}

/// A picture file as surroundings: its brightest white is 1, so there is no sun in it.
pub(super) fn take(device: &wgpu::Device, queue: &wgpu::Queue, picture: &Picture<'_>) -> Result<Uploaded, Error> {
    let size = mip::checked_size(device, picture)?;
    let texture = texture(device, size, wgpu::TextureFormat::Rgba8UnormSrgb);
    mip::write(queue, &texture, picture);
    Ok(Uploaded { picture: texture, scale: 1.0, sun: None })
}

/// One texel, bound where there is no picture.
pub(super) fn nothing(device: &wgpu::Device) -> Uploaded {
    Uploaded { picture: texture(device, [1, 1], wgpu::TextureFormat::Rgba8UnormSrgb), scale: 1.0, sun: None }
}

fn send(queue: &wgpu::Queue, to: &Uploaded, first_row: u32, rows: &[[f32; 3]]) {
    let width = to.picture.width();
    let words: Vec<u8> =
        rows.iter().flat_map(|pixel| packed(pixel.map(|part| part / to.scale)).to_le_bytes()).collect();
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            origin: wgpu::Origin3d { x: 0, y: first_row, z: 0 },
            ..to.picture.as_image_copy()
        },
        &words,
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(width * 4), rows_per_image: None },
        wgpu::Extent3d { width, height: (rows.len() / width as usize) as u32, depth_or_array_layers: 1 },
    );
}

/// RGB9E5 (Khronos Data Format Specification, section 10.4). The exponent is read off the number's bits: logarithms of
/// millions of pixels take long.
fn packed(pixel: [f32; 3]) -> u32 {
    let two_to = |power: i32| f32::from_bits(((power + 127) as u32) << 23);
    let usable = pixel.map(|part| if part.is_finite() { part.clamp(0.0, BRIGHTEST) } else { 0.0 });
    let largest = usable.iter().copied().fold(0.0, f32::max);
    let mut exponent = ((largest.to_bits() >> 23) as i32 - 127).max(-16) + 1;
    if (largest * two_to(9 - exponent)).round() >= 512.0 {
        exponent += 1;
    }
    let steps = two_to(9 - exponent);
    let [r, g, b] = usable.map(|part| (part * steps).round() as u32);
    r | g << 9 | b << 18 | ((exponent + 15) as u32) << 27
}

fn texture(device: &wgpu::Device, [width, height]: [u32; 2], format: wgpu::TextureFormat) -> wgpu::Texture {
    use wgpu::TextureUsages as Usages;
    // The browser's own pictures are drawn, not copied, into the texture.
    let drawn = if format == wgpu::TextureFormat::Rgba8UnormSrgb { Usages::RENDER_ATTACHMENT } else { Usages::empty() };
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("panorama"),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: Usages::TEXTURE_BINDING | Usages::COPY_DST | drawn,
        view_formats: &[],
    })
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
