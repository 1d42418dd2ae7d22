//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_anisotropy>: brushed surfaces.

use super::material::Layer;
use crate::model::Role;

/// The brushing.
pub(super) const LAYER: Layer = Layer {
    extension: "KHR_materials_anisotropy",
    numbers: &["anisotropyStrength", "anisotropyRotation"],
    textures: &[Role::Anisotropy],
};
