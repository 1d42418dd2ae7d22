//! Surfaces: every factor and texture that is drawn, with glTF's defaults.

use crate::math::{Vec2, Vec3, Vec4};

/// Metallic-roughness surface (glTF 2.0, section 3.9).
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Linear colour and opacity, 0..1; multiplies the texture.
    pub base_color: Vec4,
    /// sRGB colour, straight alpha.
    pub base_color_texture: Option<TextureSlot>,
    /// 0 dielectric .. 1 metal; multiplies the texture's blue channel.
    pub metallic: f32,
    /// 0 mirror .. 1 matt; multiplies the texture's green channel.
    pub roughness: f32,
    /// Green roughness, blue metallic; linear.
    pub metallic_roughness_texture: Option<TextureSlot>,
    /// Tangent space, +Y up; linear.
    pub normal_texture: Option<TextureSlot>,
    /// Multiplies x and y of the normal texture.
    pub normal_scale: f32,
    /// Red: how much surrounding light arrives; linear.
    pub occlusion_texture: Option<TextureSlot>,
    /// 0 ignores the occlusion texture .. 1 takes it whole.
    pub occlusion_strength: f32,
    /// Linear light sent out, KHR_materials_emissive_strength already multiplied in; may exceed 1.
    pub emissive: Vec3,
    /// sRGB; multiplies `emissive`.
    pub emissive_texture: Option<TextureSlot>,
    /// How opacity is used.
    pub alpha_mode: AlphaMode,
    /// Both sides are drawn and lit.
    pub double_sided: bool,
    /// Base colour as it is, without light (KHR_materials_unlit).
    pub unlit: bool,
}

impl Default for Material {
    fn default() -> Self {
        Self {
            name: String::new(),
            base_color: Vec4::ONE,
            base_color_texture: None,
            metallic: 1.0,
            roughness: 1.0,
            metallic_roughness_texture: None,
            normal_texture: None,
            normal_scale: 1.0,
            occlusion_texture: None,
            occlusion_strength: 1.0,
            emissive: Vec3::ZERO,
            emissive_texture: None,
            alpha_mode: AlphaMode::Opaque,
            double_sided: false,
            unlit: false,
        }
    }
}

impl Material {
    /// Every texture slot in use.
    pub fn texture_slots(&self) -> impl Iterator<Item = TextureSlot> {
        let slots = [
            self.base_color_texture,
            self.metallic_roughness_texture,
            self.normal_texture,
            self.occlusion_texture,
            self.emissive_texture,
        ];
        slots.into_iter().flatten()
    }
}

/// Which texture, through which coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextureSlot {
    /// Index into [`super::Model::textures`].
    pub texture: usize,
    /// Which of the two coordinate sets, 0 or 1.
    pub uv_set: usize,
    /// KHR_texture_transform; the identity without it.
    pub texture_from_uv: UvTransform,
}

/// A 2-by-3 matrix on texture coordinates: `uv' = x * u + y * v + translation`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UvTransform {
    /// Image of the u axis.
    pub x: Vec2,
    /// Image of the v axis.
    pub y: Vec2,
    /// Image of the origin.
    pub translation: Vec2,
}

impl UvTransform {
    /// Leaves coordinates as they are.
    pub const IDENTITY: Self = Self { x: Vec2::X, y: Vec2::Y, translation: Vec2::ZERO };
}

/// How opacity is used (glTF 2.0, section 3.9.4).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum AlphaMode {
    /// Opacity is ignored.
    #[default]
    Opaque,
    /// Drawn where opacity reaches the cut-off, 0..1.
    Mask {
        /// The cut-off.
        cutoff: f32,
    },
    /// Mixed with what lies behind.
    Blend,
}
