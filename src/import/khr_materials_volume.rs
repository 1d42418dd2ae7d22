//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_volume>: the body of clear things.

use super::json::Object;
use super::material::{Layer, Slots};
use crate::model::{Material, Role};

const LAYER: Layer = Layer {
    extension: "KHR_materials_volume",
    numbers: &["thicknessFactor", "attenuationDistance", "attenuationColor"],
    textures: &[Role::Thickness],
};

/// The body.
pub(super) fn read(object: &Object, slots: &mut Slots, material: &mut Material) {
    LAYER.read(object, slots, material);
    // Exporters write 0 for "no attenuation", though the extension asks for more than 0.
    if let Some(volume) = &mut material.volume
        && volume.attenuation_distance <= f32::MIN_POSITIVE
    {
        volume.attenuation_distance = f32::INFINITY;
    }
}
