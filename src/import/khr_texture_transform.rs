//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_texture_transform>: moved texture coordinates.

use super::Error;
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
pub(super) fn read(slot: &Object) -> Result<TextureTransform, Error> {
    let Some(extension) = slot.extension("KHR_texture_transform")? else {
        return Ok(TextureTransform { texture_from_uv: UvTransform::IDENTITY, uv_set: None });
    };
    let offset = extension.numbers("offset")?.unwrap_or([0.0, 0.0]);
    let scale: [f32; 2] = extension.numbers("scale")?.unwrap_or([1.0, 1.0]);
    let (sine, cosine) = extension.number("rotation")?.unwrap_or(0.0).sin_cos();
    // Translation * rotation * scale. The rotation is counter-clockwise as seen with v down, so u turns towards -v. An
    // old GLSL listing of the page has the other sign; its words, its example and other viewers have this one.
    let texture_from_uv = UvTransform {
        x: Vec2::new(cosine, -sine) * scale[0],
        y: Vec2::new(sine, cosine) * scale[1],
        translation: Vec2::from(offset),
    };
    Ok(TextureTransform { texture_from_uv, uv_set: extension.index("texCoord")? })
}
