//! A material's numbers by glTF's names: the one table behind reading, changing and animating them.

use super::{
    AlphaMode, Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Material, Sheen, Specular, Transmission, Volume,
};
use crate::math::{Vec3, Vec4};
use std::slice::from_mut;

/// The names of all numbers that [`Material::numbers_mut`] finds: glTF's, those of texture slots joined into one word.
pub const NUMBERS: [&str; 27] = [
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

impl Material {
    /// The numbers of one name, with the least and the most that each can be; layers that the
    /// material has not are made with their defaults.
    pub fn numbers_mut(&mut self, name: &str) -> Option<(&mut [f32], [f32; 2])> {
        const SHARE: [f32; 2] = [0.0, 1.0];
        const AT_LEAST_0: [f32; 2] = [0.0, f32::MAX];
        const AT_LEAST_1: [f32; 2] = [1.0, f32::MAX];
        const ANY: [f32; 2] = [f32::MIN, f32::MAX];
        Some(match name {
            "baseColorFactor" => (four(&mut self.base_color), SHARE),
            "metallicFactor" => (from_mut(&mut self.metallic), SHARE),
            "roughnessFactor" => (from_mut(&mut self.roughness), SHARE),
            "emissiveFactor" => (three(&mut self.emissive), AT_LEAST_0),
            "normalScale" => (from_mut(&mut self.normal_scale), ANY),
            "occlusionStrength" => (from_mut(&mut self.occlusion_strength), SHARE),
            "alphaCutoff" => match &mut self.alpha_mode {
                AlphaMode::Mask { cutoff } => (from_mut(cutoff), SHARE),
                _ => return None,
            },
            "ior" => (from_mut(&mut self.ior), AT_LEAST_1),
            "dispersion" => (from_mut(&mut self.dispersion), AT_LEAST_0),
            "clearcoatFactor" => (from_mut(&mut clearcoat(self).strength), SHARE),
            "clearcoatRoughnessFactor" => (from_mut(&mut clearcoat(self).roughness), SHARE),
            "clearcoatNormalScale" => (from_mut(&mut clearcoat(self).normal_scale), ANY),
            "sheenColorFactor" => (three(&mut sheen(self).color), SHARE),
            "sheenRoughnessFactor" => (from_mut(&mut sheen(self).roughness), SHARE),
            "specularFactor" => (from_mut(&mut specular(self).strength), SHARE),
            "specularColorFactor" => (three(&mut specular(self).color), AT_LEAST_0),
            "transmissionFactor" => (from_mut(&mut transmission(self).strength), SHARE),
            "thicknessFactor" => (from_mut(&mut volume(self).thickness), AT_LEAST_0),
            "attenuationDistance" => {
                let distance = &mut volume(self).attenuation_distance;
                (from_mut(distance), [f32::MIN_POSITIVE, f32::INFINITY])
            }
            "attenuationColor" => (three(&mut volume(self).attenuation_color), SHARE),
            "iridescenceFactor" => (from_mut(&mut iridescence(self).strength), SHARE),
            "iridescenceIor" => (from_mut(&mut iridescence(self).ior), AT_LEAST_1),
            "iridescenceThicknessMinimum" => (from_mut(&mut iridescence(self).thickness_min), AT_LEAST_0),
            "iridescenceThicknessMaximum" => (from_mut(&mut iridescence(self).thickness_max), AT_LEAST_0),
            "anisotropyStrength" => (from_mut(&mut anisotropy(self).strength), SHARE),
            "anisotropyRotation" => (from_mut(&mut anisotropy(self).rotation_rad), ANY),
            "diffuseTransmissionFactor" => (from_mut(&mut diffuse_transmission(self).strength), SHARE),
            "diffuseTransmissionColorFactor" => (three(&mut diffuse_transmission(self).color), SHARE),
            _ => return None,
        })
    }
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
