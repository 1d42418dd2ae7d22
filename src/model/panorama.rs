//! Surroundings as light: a picture of all directions.

/// An equirectangular picture. The upper row looks up (+Y); the middle of a row looks along one horizontal direction,
/// its two ends along the opposite one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panorama {
    /// In pixels; twice the height in a picture of all directions, which is not enforced.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Linear red, green, blue from 0, without upper bound. Row after row, row 0 at the top; `width * height` of them.
    pub pixels: Vec<[f32; 3]>,
}
