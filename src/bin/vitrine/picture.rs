//! Pictures in files: decoded for the card, and written.

use crate::{Failure, avif, decoder};
use image::{ColorType, DynamicImage, ImageFormat, RgbaImage};
use std::path::Path;
use vitrine::import;
use vitrine::model::Image;
use vitrine::unpack::{Decoder, Job};

/// A decoded picture, straight alpha.
pub struct Decoded {
    /// As the file has it, in pixels.
    pub written_size: [u32; 2],
    pub width: u32,
    pub height: u32,
    /// RGBA, rows from the top.
    pub pixels: Vec<u8>,
}

/// A product's picture, no side longer than `longest` pixels.
pub fn decode(image: &Image, longest: u32) -> Result<Decoded, Failure> {
    let failed = |error: image::ImageError| format!("picture `{}`: {error}", image.name);
    if image.media_type == "image/ktx2" {
        return decode_ktx2(image, longest);
    }
    let mut picture = if avif::is_avif(&image.bytes) {
        decode_avif(image)?
    } else {
        image::load_from_memory(&image.bytes).map_err(failed)?
    };
    let written_size = [picture.width(), picture.height()];
    if picture.width().max(picture.height()) > longest {
        picture = picture.resize(longest, longest, image::imageops::FilterType::Triangle);
    }
    let picture = picture.into_rgba8();
    Ok(Decoded { written_size, width: picture.width(), height: picture.height(), pixels: picture.into_raw() })
}

fn decode_avif(image: &Image) -> Result<DynamicImage, Failure> {
    let file = image.bytes.clone();
    let decoded = decoder::in_time("AV1", move || avif::decode(&file));
    let (width, height, pixels) = decoded.map_err(|reason| format!("picture `{}`: {reason}", image.name))?;
    RgbaImage::from_raw(width, height, pixels).map(Into::into).ok_or_else(|| "it has no pixels".into())
}

/// Plain here: a tool's picture should show what the file says, not what a card's format makes of it.
fn decode_ktx2(image: &Image, longest: u32) -> Result<Decoded, Failure> {
    let failed = |reason: &str| format!("picture `{}`: {reason}", image.name);
    let job = Job { decoder: Decoder::BasisRgba, parameters: vec![longest], bytes: image.bytes.clone() };
    let answer = decoder::run(job).map_err(|reason| failed(&reason))?;
    let mut words = answer.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word));
    let (Some(width), Some(height), Some(pixels)) = (words.next(), words.next(), answer.get(16..)) else {
        return Err(failed("the decoder's answer is cut off"));
    };
    let written_size = import::picture_size(&image.bytes).map_or([width, height], |(size, _)| size);
    Ok(Decoded { written_size, width, height, pixels: pixels.to_vec() })
}

/// Writes straight-alpha RGBA as .png or, lossless, as .webp.
pub fn save(path: &Path, pixels: &[u8], [width, height]: [u32; 2]) -> Result<(), Failure> {
    let shown = path.display();
    let format = match path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("png") => ImageFormat::Png,
        Some("webp") => ImageFormat::WebP,
        _ => return Err(format!("{shown}: the picture's name must end in .png or .webp.")),
    };
    image::save_buffer_with_format(path, pixels, width, height, ColorType::Rgba8, format)
        .map_err(|error| format!("{shown}: {error}"))
}
