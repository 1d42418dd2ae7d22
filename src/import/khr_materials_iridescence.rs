//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_iridescence>: the colours of thin films.

use super::material::Layer;
use crate::model::Role;

/// The film.
pub(super) const LAYER: Layer = Layer {
    extension: "KHR_materials_iridescence",
    numbers: &["iridescenceFactor", "iridescenceIor", "iridescenceThicknessMinimum", "iridescenceThicknessMaximum"],
    textures: &[Role::Iridescence, Role::IridescenceThickness],
};
