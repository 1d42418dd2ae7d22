//! Pictures in files: decoded for the card, and written.

use crate::Failure;
use image::{ColorType, ImageFormat};
use std::path::Path;
use vitrine::model::Image;

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
    let mut picture = image::load_from_memory(&image.bytes).map_err(failed)?;
    let written_size = [picture.width(), picture.height()];
    if picture.width().max(picture.height()) > longest {
        picture = picture.resize(longest, longest, image::imageops::FilterType::Triangle);
    }
    let picture = picture.into_rgba8();
    Ok(Decoded { written_size, width: picture.width(), height: picture.height(), pixels: picture.into_raw() })
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
