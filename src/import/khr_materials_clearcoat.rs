//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_clearcoat>: varnish.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::model::Clearcoat;

/// The varnish; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<Clearcoat>, Error> {
    let Some(extension) = material.extension("KHR_materials_clearcoat")? else { return Ok(None) };
    let normal = slots.read_with_info(&extension, "clearcoatNormalTexture")?;
    let normal_scale = normal.as_ref().map_or(Ok(None), |(_, info)| info.number("scale"))?.unwrap_or(1.0);
    Ok(Some(Clearcoat {
        strength: extension.share("clearcoatFactor", 0.0)?,
        strength_texture: slots.read(&extension, "clearcoatTexture")?,
        roughness: extension.share("clearcoatRoughnessFactor", 0.0)?,
        roughness_texture: slots.read(&extension, "clearcoatRoughnessTexture")?,
        normal_texture: normal.map(|(slot, _)| slot),
        normal_scale,
    }))
}
