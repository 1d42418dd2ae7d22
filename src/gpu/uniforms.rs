//! What shaders are told, as plain structs. `tests/shaders.rs` compares every one with its twin in WGSL.

use crate::model::MOST_LAMPS;
use bytemuck::{Pod, Zeroable};

/// `View` of `view.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct View {
    /// The camera: world to clip space.
    pub clip_from_world: [[f32; 4]; 4],
    /// The camera's place in metres.
    pub eye: [f32; 3],
    /// Multiplies everything the light textures say.
    pub light_intensity: f32,
    /// The level of the specular cube that holds roughness 1.
    pub last_level: f32,
    /// 1 when a camera's picture lies behind the page, so that glass is transparent for it.
    pub see_through: f32,
    /// Cosine and sine of how far the surroundings are turned about Y.
    pub light_rotation: [f32; 2],
    /// Where the view lies in the picture behind glass, in texture coordinates: its middle, and what clip space's 1 is.
    pub picture_from_clip: [f32; 4],
    /// The camera of the shadow map.
    pub shadow_from_world: [[f32; 4]; 4],
    /// The sun and the strongest lamps.
    pub lamps: [Lamp; MOST_LAMPS],
    /// How many of them there are.
    pub lamp_count: u32,
    /// Which of them has the shadow map; a number beyond them when none has.
    pub shadowed: u32,
    /// What a texel of the shadow map covers, in metres.
    pub shadow_texel: f32,
    /// How far shadows' edges are softened to each side, in texture coordinates.
    pub shadow_blur: f32,
    /// Which layer of crossing surfaces is drawn, or found; less than 0 draws everything.
    pub layer: f32,
    /// Where the steps start in which their distance from the eye is counted, in metres.
    pub first_step: f32,
    /// How many there are in a metre.
    pub steps_per_metre: f32,
    /// To a multiple of 16 bytes.
    pub padding: f32,
}

/// `Lamp` of `view.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Lamp {
    /// Where it is; of one far away, the direction to it.
    pub place: [f32; 3],
    /// 1, or 0 for one far away.
    pub nearness: f32,
    /// Where it shines to, times the cone's steepness; 0 without a cone.
    pub cone: [f32; 3],
    /// What the cone's product is taken off; 1 without a cone.
    pub cone_offset: f32,
    /// Candela, or lux for one far away.
    pub light: [f32; 3],
    /// One over the square of its range; 0 without an end.
    pub end: f32,
}

/// `Draw` of `surface.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Draw {
    /// The primitive's place.
    pub world_from_node: [[f32; 4]; 4],
    /// Where its vertices start among the model's texels.
    pub first_shape: u32,
    /// Texels of each vertex there.
    pub shape_size: u32,
    /// How many sets of joints carry it; 0 for a rigid shape.
    pub joint_sets: u32,
    /// Where its skin's matrices start among the frame's texels.
    pub first_joint: u32,
    /// Where a vertex's morph targets start among its own texels.
    pub first_target: u32,
    /// Texels of a morph target.
    pub target_size: u32,
    /// Where its morph weights start among the frame's texels.
    pub first_weight: u32,
    /// How many they are.
    pub weight_count: u32,
    /// Where the matrices of its copies start among the model's texels.
    pub first_copy: u32,
    /// 1 when it has any.
    pub has_copies: u32,
    /// 0 whole .. 1 nothing of it.
    pub faded: f32,
    /// To a multiple of 16 bytes.
    pub padding: u32,
}

/// `Grid` of `grid.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Grid {
    /// The first cell's middle is at 0, the next one's at 1.
    pub cell_from_world: [[f32; 4]; 4],
    /// Cells along each axis; 0 without a grid.
    pub counts: [f32; 3],
    /// Slices side by side.
    pub per_row: f32,
}

/// `Occlusion` of `occlusion.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Occlusion {
    /// Three for each direction: from the item to a texel's column and row in its picture, and to nearness.
    pub rows: [[f32; 4]; 24],
    /// The middle of the first cell, in the item's space.
    pub corner: [f32; 3],
    /// A cell's width.
    pub cell: f32,
    /// Cells along each axis.
    pub counts: [u32; 3],
    /// Slices side by side.
    pub per_row: u32,
    /// A direction's share of the sphere.
    pub share: f32,
    /// What of nearness counts as the same.
    pub bias: f32,
    /// To a multiple of 16 bytes.
    pub padding: [f32; 2],
}

/// `Room` of `room.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Room {
    /// World to this eye's depth picture: texels across and down times w; w is metres ahead of its camera.
    pub depth_from_world: [[f32; 4]; 4],
    /// In texels.
    pub depth_size: [f32; 2],
    /// Where this eye's picture starts in the texture.
    pub first_row: f32,
    /// How many of the rests there are.
    pub rest_count: u32,
    /// What products stand on or hang at.
    pub rests: [Rest; MOST_RESTS],
}

/// How many surfaces products rest on that a shader knows.
pub const MOST_RESTS: usize = 8;

/// `Rest` of `room.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Rest {
    /// A point of it.
    pub place: [f32; 3],
    /// How far from there it matters, in metres.
    pub radius: f32,
    /// Its normal, unit length.
    pub up: [f32; 3],
    /// To a multiple of 16 bytes.
    pub padding: f32,
}

/// `Slot` of `material.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Slot {
    /// Image of the u axis.
    pub x: [f32; 2],
    /// Image of the v axis.
    pub y: [f32; 2],
    /// Image of the origin.
    pub translation: [f32; 2],
    /// Which coordinates, 0 or 1.
    pub uv_set: u32,
    /// Which of the eight textures; more when there is none.
    pub unit: u32,
}

/// `Material` of `material.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Material {
    /// Linear colour and opacity.
    pub base_color: [f32; 4],
    /// Linear light sent out.
    pub emissive: [f32; 3],
    /// 0..1.
    pub metallic: f32,
    /// 0..1.
    pub roughness: f32,
    /// Multiplies x and y of the normal texture.
    pub normal_scale: f32,
    /// 0..1.
    pub occlusion_strength: f32,
    /// Opacity below it is cut away; negative when nothing is.
    pub cutoff: f32,
    /// 1 without light.
    pub unlit: u32,
    /// 1 when opacity counts.
    pub blend: u32,
    /// 1 when the texture of roughness holds glossiness in its alpha.
    pub glossy: u32,
    /// 0 reflects everything.
    pub ior: f32,
    /// Multiplies what a dielectric reflects straight back.
    pub specular_color: [f32; 3],
    /// 0..1.
    pub specular: f32,
    /// 0..1.
    pub clearcoat: f32,
    /// 0..1.
    pub clearcoat_roughness: f32,
    /// Multiplies x and y of the varnish's normal texture.
    pub clearcoat_normal_scale: f32,
    /// 0..1.
    pub transmission: f32,
    /// Linear.
    pub sheen_color: [f32; 3],
    /// 0..1.
    pub sheen_roughness: f32,
    /// How much of each colour a metre of the body takes, as the exponent of e.
    pub absorption: [f32; 3],
    /// In the node's lengths.
    pub thickness: f32,
    /// 0..1.
    pub iridescence: f32,
    /// From 1.
    pub film_ior: f32,
    /// Nanometres.
    pub film_thinnest: f32,
    /// Nanometres.
    pub film_thickest: f32,
    /// 0..1.
    pub anisotropy: f32,
    /// 20 over the Abbe number.
    pub dispersion: f32,
    /// Cosine and sine of the direction of brushing, from the tangent.
    pub anisotropy_direction: [f32; 2],
    /// Linear.
    pub diffuse_transmission_color: [f32; 3],
    /// 0..1.
    pub diffuse_transmission: f32,
    /// By [`crate::model::Role`].
    pub slots: [Slot; 19],
}

/// `Bake` of `environment.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
pub struct Bake {
    /// 0..5: +X -X +Y -Y +Z -Z.
    pub face: u32,
    /// How many directions are looked into.
    pub sample_count: u32,
    /// 0..1, of the level being drawn.
    pub roughness: f32,
    /// Width of one face of the cube being read, in texels.
    pub source_size: f32,
    /// The level of the cube to read.
    pub source_level: f32,
    /// What is left of the sun: the mean of red, green and blue.
    pub sun_limit: f32,
    /// Cosine of how far the sun reaches around its middle; above 1 without a sun.
    pub sun_cosine: f32,
    /// How many looks into the panorama along each side of a texel.
    pub looks: u32,
    /// Where the sun's middle stands in the panorama.
    pub sun_center: [f32; 3],
}

/// `Sky` of `backdrop.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Sky {
    /// The camera: clip space to world.
    pub world_from_clip: [[f32; 4]; 4],
    /// The camera's place in metres.
    pub eye: [f32; 3],
    /// Multiplies the picture.
    pub intensity: f32,
    /// Where the picture was taken, in the world.
    pub center: [f32; 3],
    /// How high over the ground that was, in metres; 0 for a sky without ground.
    pub height: f32,
    /// Cosine and sine of how far the surroundings are turned about Y.
    pub rotation: [f32; 2],
    /// How far the dome over the ground is away, in metres.
    pub radius: f32,
    /// The level of the prefiltered cube that is drawn; 0 for the picture itself.
    pub blur: f32,
    /// 1 for the built-in studio, 0 for a picture.
    pub is_studio: f32,
}

/// `Mip` of `mip.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Mip {
    /// One over the size of the level being drawn.
    pub texel: [f32; 2],
}

/// `Blur` of `blur.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Blur {
    /// From tap to tap for the wide part, in texture coordinates.
    pub wide_step: [f32; 2],
    /// From tap to tap for the line of contact.
    pub contact_step: [f32; 2],
}

/// `Quad` of `quad.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Quad {
    /// From the square -1..1 in X and Z.
    pub world_from_quad: [[f32; 4]; 4],
    /// Linear colour and opacity.
    pub color: [f32; 4],
}

/// `Present` of `present.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Present {
    /// Multiplies all light.
    pub exposure: f32,
    /// 0 cut off, 1 Khronos PBR Neutral, 2 AgX, 3 ACES.
    pub tone_mapping: u32,
    /// 0 premultiplied, 1 straight, 2 opaque.
    pub alpha_mode: u32,
    /// 1 turns the picture upside down.
    pub flip_y: u32,
    /// 1 when the target encodes sRGB by itself.
    pub target_encodes: u32,
}

/// `Feed` of `camera_picture.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Feed {
    /// Where the camera's picture shows clip space, in texture coordinates: the middle, and what clip space's 1 is.
    pub picture_from_clip: [f32; 4],
    /// Multiplies what the products look like.
    pub tint: [f32; 3],
    /// The frame's.
    pub exposure: f32,
    /// 1 where the tone curve is PBR Neutral.
    pub is_neutral: f32,
}
