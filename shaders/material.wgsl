// A product's material: its numbers and its textures. Joined with view and surface.

// One texture of a material: which coordinates, how they are moved (KHR_texture_transform), and where it is bound.
struct Slot {
    x: vec2<f32>,
    y: vec2<f32>,
    translation: vec2<f32>,
    uv_set: u32,
    // Which of the eight textures; more when the material has none or it is still on its way.
    unit: u32,
}

struct Material {
    base_color: vec4<f32>,
    emissive: vec3<f32>,
    metallic: f32,
    roughness: f32,
    normal_scale: f32,
    occlusion_strength: f32,
    // Opacity below it is cut away; negative when nothing is.
    cutoff: f32,
    unlit: u32,
    // 1 when opacity counts.
    blend: u32,
    // 1 when the texture of roughness holds glossiness in its alpha.
    glossy: u32,
    // 0 reflects everything.
    ior: f32,
    specular_color: vec3<f32>,
    specular: f32,
    clearcoat: f32,
    clearcoat_roughness: f32,
    clearcoat_normal_scale: f32,
    transmission: f32,
    sheen_color: vec3<f32>,
    sheen_roughness: f32,
    // How much of each colour a metre of the body takes, as the exponent of e.
    absorption: vec3<f32>,
    // In the node's lengths.
    thickness: f32,
    iridescence: f32,
    film_ior: f32,
    // Nanometres.
    film_thinnest: f32,
    film_thickest: f32,
    anisotropy: f32,
    dispersion: f32,
    // Cosine and sine of the direction in which reflections are drawn out, from the tangent.
    anisotropy_direction: vec2<f32>,
    diffuse_transmission_color: vec3<f32>,
    diffuse_transmission: f32,
    slots: array<Slot, 19>,
}

// Places in `slots`.
const BASE_COLOR: u32 = 0u;
const METALLIC_ROUGHNESS: u32 = 1u;
const NORMAL: u32 = 2u;
const EMISSIVE: u32 = 3u;
const TRANSMISSION: u32 = 4u;
const SHEEN_COLOR: u32 = 5u;
const SPECULAR_COLOR: u32 = 6u;
const OCCLUSION: u32 = 7u;
const CLEARCOAT_NORMAL: u32 = 8u;
const CLEARCOAT: u32 = 9u;
const CLEARCOAT_ROUGHNESS: u32 = 10u;
const ANISOTROPY: u32 = 11u;
const IRIDESCENCE: u32 = 12u;
const IRIDESCENCE_THICKNESS: u32 = 13u;
const DIFFUSE_TRANSMISSION_COLOR: u32 = 14u;
const DIFFUSE_TRANSMISSION: u32 = 15u;
const SHEEN_ROUGHNESS: u32 = 16u;
const SPECULAR: u32 = 17u;
const THICKNESS: u32 = 18u;

@group(1) @binding(0) var<uniform> material: Material;
@group(1) @binding(1) var unit_0: texture_2d<f32>;
@group(1) @binding(2) var sampler_0: sampler;
@group(1) @binding(3) var unit_1: texture_2d<f32>;
@group(1) @binding(4) var sampler_1: sampler;
@group(1) @binding(5) var unit_2: texture_2d<f32>;
@group(1) @binding(6) var sampler_2: sampler;
@group(1) @binding(7) var unit_3: texture_2d<f32>;
@group(1) @binding(8) var sampler_3: sampler;
@group(1) @binding(9) var unit_4: texture_2d<f32>;
@group(1) @binding(10) var sampler_4: sampler;
@group(1) @binding(11) var unit_5: texture_2d<f32>;
@group(1) @binding(12) var sampler_5: sampler;
@group(1) @binding(13) var unit_6: texture_2d<f32>;
@group(1) @binding(14) var sampler_6: sampler;
@group(1) @binding(15) var unit_7: texture_2d<f32>;
@group(1) @binding(16) var sampler_7: sampler;

fn slot_uv(slot: Slot, uvs: vec4<f32>) -> vec2<f32> {
    let uv = select(uvs.xy, uvs.zw, slot.uv_set == 1u);
    return slot.x * uv.x + slot.y * uv.y + slot.translation;
}

// What a texture says; 1 without one. Every slot comes from the uniform, so all pixels of a draw take the same way; the
// checker cannot see that through a parameter.
@diagnostic(off, derivative_uniformity)
fn texel(slot: Slot, uvs: vec4<f32>) -> vec4<f32> {
    let uv = slot_uv(slot, uvs);
    switch slot.unit {
        case 0u: { return textureSample(unit_0, sampler_0, uv); }
        case 1u: { return textureSample(unit_1, sampler_1, uv); }
        case 2u: { return textureSample(unit_2, sampler_2, uv); }
        case 3u: { return textureSample(unit_3, sampler_3, uv); }
        case 4u: { return textureSample(unit_4, sampler_4, uv); }
        case 5u: { return textureSample(unit_5, sampler_5, uv); }
        case 6u: { return textureSample(unit_6, sampler_6, uv); }
        case 7u: { return textureSample(unit_7, sampler_7, uv); }
        default: { return vec4<f32>(1.0); }
    }
}

fn base_color(in: Surface) -> vec4<f32> {
    return material.base_color * in.color * texel(material.slots[BASE_COLOR], in.uvs);
}
