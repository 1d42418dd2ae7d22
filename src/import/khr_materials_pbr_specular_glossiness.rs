//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Archived/KHR_materials_pbrSpecularGlossiness>: the older
//! way to describe a surface, by the colours of its diffuse and its mirrored light.

use super::json::Object;
use super::material::Slots;
use crate::math::{Vec3, Vec4};
use crate::model::{Material, Role, Specular};

/// Replaces the core surface by what the extension says, exactly: a dielectric of index 0 reflects its specular colour.
pub(super) fn read(object: &Object, slots: &mut Slots, material: &mut Material) {
    let Some(extension) = object.extension("KHR_materials_pbrSpecularGlossiness") else { return };
    let diffuse = extension.numbers("diffuseFactor").map_or(Vec4::ONE, Vec4::from_array);
    material.base_color = diffuse.clamp(Vec4::ZERO, Vec4::ONE);
    *material.texture_mut(Role::BaseColor) = slots.read(&extension, "diffuseTexture");
    material.metallic = 0.0;
    material.roughness = 1.0 - extension.share("glossinessFactor", 1.0);
    let specular_glossiness = slots.read(&extension, "specularGlossinessTexture");
    *material.texture_mut(Role::MetallicRoughness) = specular_glossiness;
    *material.texture_mut(Role::SpecularColor) = specular_glossiness;
    material.is_glossy = specular_glossiness.is_some();
    material.ior = 0.0;
    let color = extension.color("specularFactor", Vec3::ONE).min(Vec3::ONE);
    material.specular = Some(Specular { color, ..Specular::default() });
}
