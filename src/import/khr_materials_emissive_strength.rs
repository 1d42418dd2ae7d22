//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_emissive_strength>: light above 1.

use super::json::Object;

/// What the emissive factor is multiplied by; 1 without the extension.
pub(super) fn read(material: &Object) -> f32 {
    let extension = material.extension("KHR_materials_emissive_strength");
    extension.and_then(|extension| extension.number("emissiveStrength")).unwrap_or(1.0).max(0.0)
}
