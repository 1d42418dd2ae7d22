//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_specular>: how much dielectrics reflect.

use super::material::Layer;
use crate::model::Role;

/// The reflection.
pub(super) const LAYER: Layer = Layer {
    extension: "KHR_materials_specular",
    numbers: &["specularFactor", "specularColorFactor"],
    textures: &[Role::Specular, Role::SpecularColor],
};
