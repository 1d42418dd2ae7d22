//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_dispersion>: glass that splits light.

use super::material::Layer;

/// 20 over the Abbe number.
pub(super) const LAYER: Layer =
    Layer { extension: "KHR_materials_dispersion", numbers: &["dispersion"], textures: &[] };
