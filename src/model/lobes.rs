//! What a surface does beyond metallic-roughness: one struct per KHR_materials extension, with its defaults. Textures
//! are the material's own, by their roles.

use crate::math::Vec3;

/// How strong and of which colour the reflection of a dielectric is (KHR_materials_specular).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Specular {
    /// 0 none .. 1 whole; multiplies the texture's alpha.
    pub strength: f32,
    /// Linear; multiplies what is reflected straight back, may exceed 1.
    pub color: Vec3,
}

impl Default for Specular {
    fn default() -> Self {
        Self { strength: 1.0, color: Vec3::ONE }
    }
}

/// A layer of varnish (KHR_materials_clearcoat).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clearcoat {
    /// 0 none .. 1 everywhere; multiplies the texture's red channel.
    pub strength: f32,
    /// 0 mirror .. 1 matt; multiplies the texture's green channel.
    pub roughness: f32,
    /// Multiplies x and y of the normal texture.
    pub normal_scale: f32,
}

impl Default for Clearcoat {
    fn default() -> Self {
        Self { strength: 0.0, roughness: 0.0, normal_scale: 1.0 }
    }
}

/// The shimmer of cloth's fibres (KHR_materials_sheen).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sheen {
    /// Linear, 0..1; multiplies the texture.
    pub color: Vec3,
    /// 0..1; multiplies the texture's alpha.
    pub roughness: f32,
}

/// Light that goes through (KHR_materials_transmission).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Transmission {
    /// 0 none .. 1 all that is not reflected; multiplies the texture's red channel.
    pub strength: f32,
}

/// What the body of a clear thing is made of (KHR_materials_volume).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volume {
    /// How far light goes under the surface, in the node's lengths; 0 is a thin wall. Multiplies the texture's green.
    pub thickness: f32,
    /// Metres after which white light has the attenuation colour; infinite in clear things.
    pub attenuation_distance: f32,
    /// Linear, 0..1.
    pub attenuation_color: Vec3,
}

impl Default for Volume {
    fn default() -> Self {
        Self { thickness: 0.0, attenuation_distance: f32::INFINITY, attenuation_color: Vec3::ONE }
    }
}

/// The colours of a thin film, such as a soap bubble's (KHR_materials_iridescence).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iridescence {
    /// 0 none .. 1 whole; multiplies the texture's red channel.
    pub strength: f32,
    /// The film's index of refraction, from 1.
    pub ior: f32,
    /// Nanometres, where the texture's green is 0.
    pub thickness_min: f32,
    /// Nanometres, where it is 1 and without a texture.
    pub thickness_max: f32,
}

impl Default for Iridescence {
    fn default() -> Self {
        Self { strength: 0.0, ior: 1.3, thickness_min: 100.0, thickness_max: 400.0 }
    }
}

/// Reflections drawn out in one direction, as by brushed metal (KHR_materials_anisotropy).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Anisotropy {
    /// 0..1; multiplies the texture's blue channel.
    pub strength: f32,
    /// From the tangent towards the bitangent, in radians; turns the texture's direction.
    pub rotation_rad: f32,
}

/// Light that comes through a thin thing evenly spread, as through paper (KHR_materials_diffuse_transmission).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiffuseTransmission {
    /// 0 none .. 1 all that would be diffuse; multiplies the texture's alpha.
    pub strength: f32,
    /// Linear, 0..1; multiplies the texture.
    pub color: Vec3,
}

impl Default for DiffuseTransmission {
    fn default() -> Self {
        Self { strength: 0.0, color: Vec3::ONE }
    }
}
