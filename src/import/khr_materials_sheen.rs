//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_sheen>: the shimmer of cloth.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::math::Vec3;
use crate::model::Sheen;

/// The shimmer; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<Sheen>, Error> {
    let Some(extension) = material.extension("KHR_materials_sheen")? else { return Ok(None) };
    Ok(Some(Sheen {
        color: extension.color("sheenColorFactor", Vec3::ZERO)?.min(Vec3::ONE),
        color_texture: slots.read(&extension, "sheenColorTexture")?,
        roughness: extension.share("sheenRoughnessFactor", 0.0)?,
        roughness_texture: slots.read(&extension, "sheenRoughnessTexture")?,
    }))
}
