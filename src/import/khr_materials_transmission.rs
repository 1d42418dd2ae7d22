//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_transmission>: light that goes through.

use super::material::Layer;
use crate::model::Role;

/// What goes through.
pub(super) const LAYER: Layer = Layer {
    extension: "KHR_materials_transmission",
    numbers: &["transmissionFactor"],
    textures: &[Role::Transmission],
};
