//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_dispersion>: glass that splits light.

use super::Error;
use super::json::Object;

/// 20 over the Abbe number; 0 without the extension.
pub(super) fn read(material: &Object) -> Result<f32, Error> {
    let Some(extension) = material.extension("KHR_materials_dispersion")? else { return Ok(0.0) };
    Ok(extension.number("dispersion")?.unwrap_or(0.0).max(0.0))
}
