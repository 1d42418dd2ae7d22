//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_texture_transform>: moved texture coordinates.

use super::json::Object;
use crate::math::Vec2;
use crate::model::UvTransform;

/// What a texture slot asks for.
pub(super) struct TextureTransform {
    pub texture_from_uv: UvTransform,
    /// Replaces the slot's own `texCoord`.
    pub uv_set: Option<usize>,
}

/// The transform of a texture slot; the identity without the extension.
pub(super) fn read(slot: &Object) -> TextureTransform {
    let Some(extension) = slot.extension("KHR_texture_transform") else {
        return TextureTransform { texture_from_uv: UvTransform::IDENTITY, uv_set: None };
    };
    let offset = extension.numbers("offset").unwrap_or([0.0, 0.0]);
    let scale = extension.numbers("scale").unwrap_or([1.0, 1.0]);
    let rotation_rad = extension.number("rotation").unwrap_or(0.0);
    let texture_from_uv = UvTransform::new(Vec2::from_array(offset), rotation_rad, Vec2::from_array(scale));
    TextureTransform { texture_from_uv, uv_set: extension.index("texCoord") }
}
