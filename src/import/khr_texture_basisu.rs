//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_texture_basisu>: the picture of a texture in
//! KTX2 with Basis Universal, which stays packed on the card.

use super::Error;
use super::json::Object;

/// The image to use instead of the texture's own: it takes a quarter of the card's memory.
pub(super) fn read(texture: &Object, images: usize) -> Result<Option<usize>, Error> {
    match texture.extension("KHR_texture_basisu")? {
        Some(extension) => extension.index_below("source", images, "images"),
        None => Ok(None),
    }
}
