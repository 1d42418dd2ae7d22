//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_unlit>: colour without light.

use super::json::Object;

/// True when the material asks for its base colour as it is.
pub(super) fn read(material: &Object) -> bool {
    material.extension("KHR_materials_unlit").is_some()
}
