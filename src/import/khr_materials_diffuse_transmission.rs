//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_diffuse_transmission>: light through paper and leaves.

use super::material::Layer;
use crate::model::Role;

/// What comes through.
pub(super) const LAYER: Layer = Layer {
    extension: "KHR_materials_diffuse_transmission",
    numbers: &["diffuseTransmissionFactor", "diffuseTransmissionColorFactor"],
    textures: &[Role::DiffuseTransmission, Role::DiffuseTransmissionColor],
};
