//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_iridescence>: the colours of thin films.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::model::Iridescence;

/// The film; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<Iridescence>, Error> {
    let Some(extension) = material.extension("KHR_materials_iridescence")? else { return Ok(None) };
    let number = |key, default: f32| Ok(extension.number(key)?.unwrap_or(default).max(0.0));
    Ok(Some(Iridescence {
        strength: extension.share("iridescenceFactor", 0.0)?,
        strength_texture: slots.read(&extension, "iridescenceTexture")?,
        ior: number("iridescenceIor", 1.3)?.max(1.0),
        thickness_min: number("iridescenceThicknessMinimum", 100.0)?,
        thickness_max: number("iridescenceThicknessMaximum", 400.0)?,
        thickness_texture: slots.read(&extension, "iridescenceThicknessTexture")?,
    }))
}
