//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_anisotropy>: brushed surfaces.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::model::Anisotropy;

/// The brushing; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<Anisotropy>, Error> {
    let Some(extension) = material.extension("KHR_materials_anisotropy")? else { return Ok(None) };
    Ok(Some(Anisotropy {
        strength: extension.share("anisotropyStrength", 0.0)?,
        rotation_rad: extension.number("anisotropyRotation")?.unwrap_or(0.0),
        texture: slots.read(&extension, "anisotropyTexture")?,
    }))
}
