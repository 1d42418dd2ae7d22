//! A material's numbers by glTF's names and its textures by their roles: the one table behind reading and changing them.

use crate::math::{Vec3, Vec4};
use crate::model::{
    AlphaMode, Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Material, ROLES, Sheen, Specular, TextureSlot,
    Transmission, Volume,
};
use serde_json::{Map, Value};
use std::slice::from_mut;

/// What [`numbers_of`] knows.
const NUMBERS: [&str; 27] = [
    "baseColorFactor",
    "metallicFactor",
    "roughnessFactor",
    "emissiveFactor",
    "normalScale",
    "occlusionStrength",
    "ior",
    "dispersion",
    "clearcoatFactor",
    "clearcoatRoughnessFactor",
    "clearcoatNormalScale",
    "sheenColorFactor",
    "sheenRoughnessFactor",
    "specularFactor",
    "specularColorFactor",
    "transmissionFactor",
    "thicknessFactor",
    "attenuationDistance",
    "attenuationColor",
    "iridescenceFactor",
    "iridescenceIor",
    "iridescenceThicknessMinimum",
    "iridescenceThicknessMaximum",
    "anisotropyStrength",
    "anisotropyRotation",
    "diffuseTransmissionFactor",
    "diffuseTransmissionColorFactor",
];

/// glTF's cut-off where a material has none.
const USUAL_CUTOFF: f32 = 0.5;
/// The number of [`AlphaMode::Mask`] at the boundary.
const MASK: f32 = 1.0;

/// Every number of a material, a list each.
pub fn read(material: &Material) -> Value {
    let mut material = material.clone();
    let mut all = Map::new();
    let mut add = |name: &str, numbers: &[f32]| drop(all.insert(name.to_owned(), numbers.into()));
    for name in NUMBERS {
        if let Some((numbers, _)) = numbers_of(&mut material, name) {
            add(name, numbers);
        }
    }
    let (mode, cutoff) = match material.alpha_mode {
        AlphaMode::Opaque => (0.0, USUAL_CUTOFF),
        AlphaMode::Mask { cutoff } => (MASK, cutoff),
        AlphaMode::Blend => (2.0, USUAL_CUTOFF),
    };
    add("alphaMode", &[mode]);
    add("alphaCutoff", &[cutoff]);
    add("doubleSided", &[f32::from(u8::from(material.double_sided))]);
    all.into()
}

/// Changes a number, kept within glTF's range. `None` for names and lengths that it has not.
pub fn write(material: &mut Material, name: &str, values: &[Value]) -> Option<()> {
    // JSON has no infinity: null is all there is beyond numbers.
    let number = |value: &Value| value.as_f64().map_or(f32::INFINITY, |number| number as f32);
    let first = number(values.first()?);
    match name {
        "alphaMode" => {
            material.alpha_mode = match material.alpha_mode {
                _ if first == 0.0 => AlphaMode::Opaque,
                _ if first != MASK => AlphaMode::Blend,
                AlphaMode::Mask { cutoff } => AlphaMode::Mask { cutoff },
                _ => AlphaMode::Mask { cutoff: USUAL_CUTOFF },
            };
        }
        "alphaCutoff" => material.alpha_mode = AlphaMode::Mask { cutoff: first.clamp(0.0, 1.0) },
        "doubleSided" => material.double_sided = first != 0.0,
        _ => {
            let (numbers, [least, most]) = numbers_of(material, name).filter(|(old, _)| old.len() == values.len())?;
            numbers.iter_mut().zip(values).for_each(|(old, value)| *old = number(value).clamp(least, most));
        }
    }
    Some(())
}

/// Puts a texture in the place of a role, which indexes [`ROLES`]; `None` takes it away.
pub fn set_slot(material: &mut Material, role: usize, slot: Option<TextureSlot>) {
    let place = match ROLES.get(role).map_or("", |role| role.name) {
        "base_color" => &mut material.base_color_texture,
        "metallic_roughness" => {
            // It takes this one's place.
            material.glossiness_texture = None;
            &mut material.metallic_roughness_texture
        }
        "normal" => &mut material.normal_texture,
        "emissive" => &mut material.emissive_texture,
        "transmission" => &mut transmission(material).strength_texture,
        "sheen_color" => &mut sheen(material).color_texture,
        "specular_color" => &mut specular(material).color_texture,
        "occlusion" => &mut material.occlusion_texture,
        "clearcoat_normal" => &mut clearcoat(material).normal_texture,
        "clearcoat_strength" => &mut clearcoat(material).strength_texture,
        "clearcoat_roughness" => &mut clearcoat(material).roughness_texture,
        "anisotropy" => &mut anisotropy(material).texture,
        "iridescence_strength" => &mut iridescence(material).strength_texture,
        "iridescence_thickness" => &mut iridescence(material).thickness_texture,
        "diffuse_transmission_color" => &mut diffuse_transmission(material).color_texture,
        "diffuse_transmission_strength" => &mut diffuse_transmission(material).strength_texture,
        "sheen_roughness" => &mut sheen(material).roughness_texture,
        "specular_strength" => &mut specular(material).strength_texture,
        "thickness" => &mut volume(material).thickness_texture,
        _ => return,
    };
    *place = slot;
}

/// A material's numbers of one name, with the least and the most that each can be.
fn numbers_of<'a>(material: &'a mut Material, name: &str) -> Option<(&'a mut [f32], [f32; 2])> {
    const SHARE: [f32; 2] = [0.0, 1.0];
    const AT_LEAST_0: [f32; 2] = [0.0, f32::MAX];
    const AT_LEAST_1: [f32; 2] = [1.0, f32::MAX];
    const ANY: [f32; 2] = [f32::MIN, f32::MAX];
    Some(match name {
        "baseColorFactor" => (four(&mut material.base_color), SHARE),
        "metallicFactor" => (from_mut(&mut material.metallic), SHARE),
        "roughnessFactor" => (from_mut(&mut material.roughness), SHARE),
        "emissiveFactor" => (three(&mut material.emissive), AT_LEAST_0),
        "normalScale" => (from_mut(&mut material.normal_scale), ANY),
        "occlusionStrength" => (from_mut(&mut material.occlusion_strength), SHARE),
        "ior" => (from_mut(&mut material.ior), AT_LEAST_1),
        "dispersion" => (from_mut(&mut material.dispersion), AT_LEAST_0),
        "clearcoatFactor" => (from_mut(&mut clearcoat(material).strength), SHARE),
        "clearcoatRoughnessFactor" => (from_mut(&mut clearcoat(material).roughness), SHARE),
        "clearcoatNormalScale" => (from_mut(&mut clearcoat(material).normal_scale), ANY),
        "sheenColorFactor" => (three(&mut sheen(material).color), SHARE),
        "sheenRoughnessFactor" => (from_mut(&mut sheen(material).roughness), SHARE),
        "specularFactor" => (from_mut(&mut specular(material).strength), SHARE),
        "specularColorFactor" => (three(&mut specular(material).color), AT_LEAST_0),
        "transmissionFactor" => (from_mut(&mut transmission(material).strength), SHARE),
        "thicknessFactor" => (from_mut(&mut volume(material).thickness), AT_LEAST_0),
        "attenuationDistance" => {
            let distance = &mut volume(material).attenuation_distance;
            (from_mut(distance), [f32::MIN_POSITIVE, f32::INFINITY])
        }
        "attenuationColor" => (three(&mut volume(material).attenuation_color), SHARE),
        "iridescenceFactor" => (from_mut(&mut iridescence(material).strength), SHARE),
        "iridescenceIor" => (from_mut(&mut iridescence(material).ior), AT_LEAST_1),
        "iridescenceThicknessMinimum" => (from_mut(&mut iridescence(material).thickness_min), AT_LEAST_0),
        "iridescenceThicknessMaximum" => (from_mut(&mut iridescence(material).thickness_max), AT_LEAST_0),
        "anisotropyStrength" => (from_mut(&mut anisotropy(material).strength), SHARE),
        "anisotropyRotation" => (from_mut(&mut anisotropy(material).rotation_rad), ANY),
        "diffuseTransmissionFactor" => (from_mut(&mut diffuse_transmission(material).strength), SHARE),
        "diffuseTransmissionColorFactor" => (three(&mut diffuse_transmission(material).color), SHARE),
        _ => return None,
    })
}

fn three(color: &mut Vec3) -> &mut [f32] {
    let numbers: &mut [f32; 3] = color.as_mut();
    numbers
}

fn four(color: &mut Vec4) -> &mut [f32] {
    let numbers: &mut [f32; 4] = color.as_mut();
    numbers
}

// Layers that a material has not so far begin with glTF's defaults. Never inlined: there are many callers, and all of them
// are downloaded before the first frame.

#[inline(never)]
fn clearcoat(material: &mut Material) -> &mut Clearcoat {
    material.clearcoat.get_or_insert_default()
}

#[inline(never)]
fn sheen(material: &mut Material) -> &mut Sheen {
    material.sheen.get_or_insert_default()
}

#[inline(never)]
fn specular(material: &mut Material) -> &mut Specular {
    material.specular.get_or_insert_default()
}

#[inline(never)]
fn transmission(material: &mut Material) -> &mut Transmission {
    material.transmission.get_or_insert_default()
}

#[inline(never)]
fn volume(material: &mut Material) -> &mut Volume {
    material.volume.get_or_insert_default()
}

#[inline(never)]
fn iridescence(material: &mut Material) -> &mut Iridescence {
    material.iridescence.get_or_insert_default()
}

#[inline(never)]
fn anisotropy(material: &mut Material) -> &mut Anisotropy {
    material.anisotropy.get_or_insert_default()
}

#[inline(never)]
fn diffuse_transmission(material: &mut Material) -> &mut DiffuseTransmission {
    material.diffuse_transmission.get_or_insert_default()
}
