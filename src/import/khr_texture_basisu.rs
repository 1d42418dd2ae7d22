//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_texture_basisu>: the picture of a texture in
//! KTX2 with Basis Universal, which stays packed on the card.

/// The image that it names takes the place of the texture's own: it needs a quarter of the card's memory.
pub(super) const NAME: &str = "KHR_texture_basisu";
