//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_clearcoat>: varnish.

use super::material::Layer;
use crate::model::Role;

/// The varnish.
pub(super) const LAYER: Layer = Layer {
    extension: "KHR_materials_clearcoat",
    numbers: &["clearcoatFactor", "clearcoatRoughnessFactor"],
    textures: &[Role::Clearcoat, Role::ClearcoatRoughness, Role::ClearcoatNormal],
};
