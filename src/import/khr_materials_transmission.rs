//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_transmission>: light that goes through.

use super::Error;
use super::json::Object;
use super::material::Slots;
use crate::model::Transmission;

/// What goes through; `None` without the extension.
pub(super) fn read(material: &Object, slots: &mut Slots) -> Result<Option<Transmission>, Error> {
    let Some(extension) = material.extension("KHR_materials_transmission")? else { return Ok(None) };
    Ok(Some(Transmission {
        strength: extension.share("transmissionFactor", 0.0)?,
        strength_texture: slots.read(&extension, "transmissionTexture")?,
    }))
}
