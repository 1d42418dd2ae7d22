//! Pictures as the file carries them, and how they are sampled. Decoding is somebody else's: the browser's, or a tool's.

/// A picture with its sampling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texture {
    /// Index into [`super::Model::images`].
    pub image: usize,
    /// How it is read between and beyond its pixels.
    pub sampler: Sampler,
}

/// An encoded picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// The file's name or address for it; may be empty. For messages.
    pub name: String,
    /// `image/png`, `image/jpeg`, `image/webp` ...; from the file or from the first bytes.
    pub media_type: String,
    /// The bytes as they came. Empty when the file's picture could not be had (drawn as if the texture were absent) or
    /// when no material uses it.
    pub bytes: Vec<u8>,
}

/// How a texture is read between and beyond its pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sampler {
    /// Beyond the left and right edge.
    pub wrap_u: Wrap,
    /// Beyond the upper and lower edge.
    pub wrap_v: Wrap,
    /// When a texel covers several pixels.
    pub magnify: Filter,
    /// When a pixel covers several texels.
    pub minify: Filter,
    /// Between the levels of the mip chain.
    pub mip: MipFilter,
}

/// What lies beyond the edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrap {
    /// The same picture again.
    #[default]
    Repeat,
    /// The same picture, mirrored.
    Mirror,
    /// The edge's own colour.
    Clamp,
}

/// How neighbouring texels are mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Not at all.
    Nearest,
    /// By distance.
    #[default]
    Linear,
}

/// How levels of the mip chain are mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MipFilter {
    /// Only the full picture is used.
    None,
    /// The nearest level.
    Nearest,
    /// Two levels, by distance.
    #[default]
    Linear,
}
