//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_specular>: how much dielectrics reflect.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::math::Vec3;
use crate::model::Specular;

/// The reflection; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<Specular>, Error> {
    let Some(extension) = material.extension("KHR_materials_specular")? else { return Ok(None) };
    Ok(Some(Specular {
        strength: extension.share("specularFactor", 1.0)?,
        strength_texture: slots.read(&extension, "specularTexture")?,
        color: extension.color("specularColorFactor", Vec3::ONE)?,
        color_texture: slots.read(&extension, "specularColorTexture")?,
    }))
}
