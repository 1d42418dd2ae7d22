//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_volume>: the body of clear things.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::math::Vec3;
use crate::model::Volume;

/// The body; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<Volume>, Error> {
    let Some(extension) = material.extension("KHR_materials_volume")? else { return Ok(None) };
    // Exporters write 0 for "no attenuation", though the extension asks for more than 0.
    let distance = extension.number("attenuationDistance")?.filter(|&distance| distance > 0.0);
    Ok(Some(Volume {
        thickness: extension.number("thicknessFactor")?.unwrap_or(0.0).max(0.0),
        thickness_texture: slots.read(&extension, "thicknessTexture")?,
        attenuation_distance: distance.unwrap_or(f32::INFINITY),
        attenuation_color: extension.color("attenuationColor", Vec3::ONE)?.min(Vec3::ONE),
    }))
}
