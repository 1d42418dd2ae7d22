//! Surfaces: every factor and texture that is drawn, with glTF's defaults.

use crate::{
    math::{Vec2, Vec3, Vec4},
    model::{
        Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Role, Sheen, Specular, Texture, Transmission, Volume,
    },
};

/// How many pictures a material may read: distinct pairs of picture and sampler. WebGL2 has sixteen for a draw, and
/// light, shadows and what lies behind glass need the others.
pub const MOST_TEXTURES: usize = 8;

/// Metallic-roughness surface (glTF 2.0, section 3.9).
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Its textures, each in the place of its [`Role`]. Those of colour multiply the factor of the same name channel by
    /// channel, the others say in which channel they do.
    pub slots: [Option<TextureSlot>; Role::COUNT],
    /// The texture of [`Role::MetallicRoughness`] holds in its alpha the opposite of roughness
    /// (KHR_materials_pbrSpecularGlossiness). Such a surface is no metal, and `1 - roughness` multiplies the texture.
    pub is_glossy: bool,
    /// Linear colour and opacity, 0..1; multiplies the texture.
    pub base_color: Vec4,
    /// 0 dielectric .. 1 metal; multiplies the texture's blue channel.
    pub metallic: f32,
    /// 0 mirror .. 1 matt; multiplies the texture's green channel.
    pub roughness: f32,
    /// Multiplies x and y of the normal texture.
    pub normal_scale: f32,
    /// 0 ignores the occlusion texture .. 1 takes it whole.
    pub occlusion_strength: f32,
    /// Linear light sent out, KHR_materials_emissive_strength already multiplied in; may exceed 1.
    pub emissive: Vec3,
    /// How opacity is used.
    pub alpha_mode: AlphaMode,
    /// Both sides are drawn and lit.
    pub double_sided: bool,
    /// Base colour as it is, without light (KHR_materials_unlit).
    pub unlit: bool,
    /// Index of refraction (KHR_materials_ior), from 1; 0 reflects everything, for surfaces that say by
    /// [`Specular::color`] how much they reflect.
    pub ior: f32,
    /// Another reflection than the index of refraction says.
    pub specular: Option<Specular>,
    /// Varnish on top.
    pub clearcoat: Option<Clearcoat>,
    /// Fibres on top, below the varnish.
    pub sheen: Option<Sheen>,
    /// Clear as glass.
    pub transmission: Option<Transmission>,
    /// With a body.
    pub volume: Option<Volume>,
    /// How much the body splits colours (KHR_materials_dispersion): 20 over the Abbe number; 0 not at all.
    pub dispersion: f32,
    /// A thin film on top.
    pub iridescence: Option<Iridescence>,
    /// Brushed.
    pub anisotropy: Option<Anisotropy>,
    /// Lets light through as paper does.
    pub diffuse_transmission: Option<DiffuseTransmission>,
}

impl Default for Material {
    fn default() -> Self {
        Self {
            name: String::new(),
            slots: [None; Role::COUNT],
            is_glossy: false,
            base_color: Vec4::ONE,
            metallic: 1.0,
            roughness: 1.0,
            normal_scale: 1.0,
            occlusion_strength: 1.0,
            emissive: Vec3::ZERO,
            alpha_mode: AlphaMode::Opaque,
            double_sided: false,
            unlit: false,
            ior: 1.5,
            specular: None,
            clearcoat: None,
            sheen: None,
            transmission: None,
            volume: None,
            dispersion: 0.0,
            iridescence: None,
            anisotropy: None,
            diffuse_transmission: None,
        }
    }
}

impl Material {
    /// The texture of a role.
    pub fn texture(&self, role: Role) -> Option<TextureSlot> {
        self.slots[role as usize]
    }

    /// The place of a role's texture.
    pub fn texture_mut(&mut self, role: Role) -> &mut Option<TextureSlot> {
        &mut self.slots[role as usize]
    }

    /// Every texture slot in use.
    pub fn texture_slots(&self) -> impl Iterator<Item = TextureSlot> {
        self.slots.into_iter().flatten()
    }

    /// True when what lies behind is seen through it.
    pub fn is_transmissive(&self) -> bool {
        !self.unlit && self.transmission.is_some_and(|through| through.strength > 0.0)
    }

    /// True when the texture of a role is read as sRGB.
    pub fn reads_color(&self, role: Role) -> bool {
        // Glossiness stands in the alpha of specular colours.
        role.is_color() || (role == Role::MetallicRoughness && self.is_glossy)
    }

    /// Which of [`MOST_TEXTURES`] pictures each role reads; `None` without a texture and where there are too many. Roles
    /// that read the same picture in the same way share it.
    pub fn units(&self, textures: &[Texture]) -> [Option<usize>; Role::COUNT] {
        let mut units: Vec<(Texture, bool)> = Vec::new();
        Role::ALL.map(|role| {
            let wanted = (*textures.get(self.texture(role)?.texture)?, self.reads_color(role));
            let unit = units.iter().position(|unit| *unit == wanted).unwrap_or(units.len());
            if unit == units.len() && unit < MOST_TEXTURES {
                units.push(wanted);
            }
            Some(unit).filter(|&unit| unit < MOST_TEXTURES)
        })
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

    /// Translation * rotation * scale, as KHR_texture_transform has them. The rotation is counter-clockwise as seen with v
    /// down, so u turns towards -v. An old GLSL listing of the extension's page has the other sign; its words, its example
    /// and other viewers have this one.
    pub fn new(offset: Vec2, rotation_rad: f32, scale: Vec2) -> Self {
        let (sine, cosine) = rotation_rad.sin_cos();
        Self { x: Vec2::new(cosine, -sine) * scale.x, y: Vec2::new(sine, cosine) * scale.y, translation: offset }
    }
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
