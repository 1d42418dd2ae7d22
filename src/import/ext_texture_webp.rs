//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_texture_webp>: the picture of a texture in WebP.

use super::Error;
use super::json::Object;

/// The image to use instead of the texture's own. Every browser that runs us decodes WebP, and it is the smaller one.
pub(super) fn read(texture: &Object, images: usize) -> Result<Option<usize>, Error> {
    match texture.extension("EXT_texture_webp")? {
        Some(extension) => extension.index_below("source", images, "images"),
        None => Ok(None),
    }
}
