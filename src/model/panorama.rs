//! A picture of the light all around.

/// Equirectangular, linear light; the top row looks straight up, +X is the middle of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panorama {
    /// In pixels; as many as `pixels` has per row.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Row after row: red, green, blue.
    pub pixels: Vec<[f32; 3]>,
}
