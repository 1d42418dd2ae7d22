//! Pictures side by side on one sheet, for the eye.

use crate::Failure;
use image::{Rgba, RgbaImage, imageops};
use std::path::Path;

/// One row for every name, one column for every folder's picture; a missing picture leaves its place empty.
pub fn save(path: &Path, rows: &[Vec<RgbaImage>], side: u32) -> Result<(), Failure> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0) as u32;
    let mut sheet = RgbaImage::from_pixel(columns * side, rows.len() as u32 * side, Rgba([128, 128, 128, 255]));
    for (row, pictures) in (0..).zip(rows) {
        for (column, picture) in (0..).zip(pictures) {
            let small = imageops::resize(picture, side, side, imageops::FilterType::Triangle);
            imageops::overlay(&mut sheet, &small, i64::from(column * side), row * i64::from(side));
        }
    }
    sheet.save(path).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
