//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_texture_webp>: the picture of a texture in WebP.

/// The image that it names takes the place of the texture's own: every browser that runs us decodes WebP, and it is the
/// smaller one.
pub(super) const NAME: &str = "EXT_texture_webp";
