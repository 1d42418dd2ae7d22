//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_diffuse_transmission>: light through paper and leaves.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::math::Vec3;
use crate::model::DiffuseTransmission;

/// What comes through; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<DiffuseTransmission>, Error> {
    let Some(extension) = material.extension("KHR_materials_diffuse_transmission")? else { return Ok(None) };
    Ok(Some(DiffuseTransmission {
        strength: extension.share("diffuseTransmissionFactor", 0.0)?,
        strength_texture: slots.read(&extension, "diffuseTransmissionTexture")?,
        color: extension.color("diffuseTransmissionColorFactor", Vec3::ONE)?.min(Vec3::ONE),
        color_texture: slots.read(&extension, "diffuseTransmissionColorTexture")?,
    }))
}
