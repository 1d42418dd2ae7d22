//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_sheen>: the shimmer of cloth.

use super::material::Layer;
use crate::model::Role;

/// The shimmer.
pub(super) const LAYER: Layer = Layer {
    extension: "KHR_materials_sheen",
    numbers: &["sheenColorFactor", "sheenRoughnessFactor"],
    textures: &[Role::SheenColor, Role::SheenRoughness],
};
