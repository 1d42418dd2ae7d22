//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_ior>: how much light is bent.

use super::json::Object;

/// The index of refraction: from 1, or 0 for a surface that reflects all its specular colour; 1.5 without the extension.
pub(super) fn read(material: &Object) -> f32 {
    let Some(extension) = material.extension("KHR_materials_ior") else { return 1.5 };
    let ior = extension.number("ior").unwrap_or(1.5);
    if ior <= 0.0 { 0.0 } else { ior.max(1.0) }
}
