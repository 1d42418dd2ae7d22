//! Surfaces: every factor and texture that is drawn, with glTF's defaults.

use crate::{
    math::{Vec2, Vec3, Vec4},
    model::{Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Sheen, Specular, Texture, Transmission, Volume},
};

/// How many pictures a material may read: distinct pairs of picture and sampler. WebGL2 has sixteen for a draw, and
/// light, shadows and what lies behind glass need the others.
pub const MOST_TEXTURES: usize = 8;

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
    /// Alpha: the opposite of roughness (KHR_materials_pbrSpecularGlossiness). Such a surface is no metal, and
    /// `1 - roughness` multiplies the texture. It takes the place of `metallic_roughness_texture`.
    pub glossiness_texture: Option<TextureSlot>,
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
            base_color: Vec4::ONE,
            base_color_texture: None,
            metallic: 1.0,
            roughness: 1.0,
            metallic_roughness_texture: None,
            glossiness_texture: None,
            normal_texture: None,
            normal_scale: 1.0,
            occlusion_texture: None,
            occlusion_strength: 1.0,
            emissive: Vec3::ZERO,
            emissive_texture: None,
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

/// What a texture is for. In the order in which a surface can spare them: the last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// For messages, and in capitals the name that shaders have for its place in [`Material::slots`].
    pub name: &'static str,
    /// Its red, green and blue are sRGB; otherwise all are numbers. Alpha is always a number.
    pub is_color: bool,
}

/// The roles of [`Material::slots`], in its order.
pub const ROLES: [Role; 19] = {
    const fn color(name: &'static str) -> Role {
        Role { name, is_color: true }
    }
    const fn data(name: &'static str) -> Role {
        Role { name, is_color: false }
    }
    [
        color("base_color"),
        data("metallic_roughness"),
        data("normal"),
        color("emissive"),
        data("transmission"),
        color("sheen_color"),
        color("specular_color"),
        data("occlusion"),
        data("clearcoat_normal"),
        data("clearcoat_strength"),
        data("clearcoat_roughness"),
        data("anisotropy"),
        data("iridescence_strength"),
        data("iridescence_thickness"),
        color("diffuse_transmission_color"),
        // Colours only in name: their alpha is read, mostly from the picture of the colour beside them.
        color("diffuse_transmission_strength"),
        color("sheen_roughness"),
        color("specular_strength"),
        data("thickness"),
    ]
};

impl Material {
    /// Every texture slot in use.
    pub fn texture_slots(&self) -> impl Iterator<Item = TextureSlot> {
        self.slots().into_iter().flatten()
    }

    /// The texture slots by [`ROLES`].
    pub fn slots(&self) -> [Option<TextureSlot>; ROLES.len()] {
        let clearcoat = self.clearcoat.unwrap_or_default();
        let sheen = self.sheen.unwrap_or_default();
        let specular = self.specular.unwrap_or_default();
        let iridescence = self.iridescence.unwrap_or_default();
        let diffuse = self.diffuse_transmission.unwrap_or_default();
        [
            self.base_color_texture,
            self.glossiness_texture.or(self.metallic_roughness_texture),
            self.normal_texture,
            self.emissive_texture,
            self.transmission.unwrap_or_default().strength_texture,
            sheen.color_texture,
            specular.color_texture,
            self.occlusion_texture,
            clearcoat.normal_texture,
            clearcoat.strength_texture,
            clearcoat.roughness_texture,
            self.anisotropy.unwrap_or_default().texture,
            iridescence.strength_texture,
            iridescence.thickness_texture,
            diffuse.color_texture,
            diffuse.strength_texture,
            sheen.roughness_texture,
            specular.strength_texture,
            self.volume.unwrap_or_default().thickness_texture,
        ]
    }

    /// True when what lies behind is seen through it.
    pub fn is_transmissive(&self) -> bool {
        !self.unlit && self.transmission.is_some_and(|through| through.strength > 0.0)
    }

    /// True when the texture of a role is read as sRGB.
    pub fn reads_color(&self, role: usize) -> bool {
        // Glossiness stands in the alpha of specular colours.
        ROLES.get(role).is_some_and(|role| role.is_color) || (role == 1 && self.glossiness_texture.is_some())
    }

    /// Which of [`MOST_TEXTURES`] pictures each role reads; `None` without a texture and where there are too many. Roles
    /// that read the same picture in the same way share it.
    pub fn units(&self, textures: &[Texture]) -> [Option<usize>; ROLES.len()] {
        let mut units: Vec<(Texture, bool)> = Vec::new();
        let mut role = 0;
        self.slots().map(|slot| {
            let is_color = self.reads_color(role);
            role += 1;
            let wanted = (*textures.get(slot?.texture)?, is_color);
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
