//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_texture_avif>: the picture of a texture in AVIF.

use super::Error;
use super::json::Object;

/// The image to use instead of the texture's own. Every browser that runs us decodes AVIF, and it is the smaller one.
pub(super) fn read(texture: &Object, images: usize) -> Result<Option<usize>, Error> {
    match texture.extension("EXT_texture_avif")? {
        Some(extension) => extension.index_below("source", images, "images"),
        None => Ok(None),
    }
}
