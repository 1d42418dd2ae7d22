// A product's surface: its vertices and its material. Joined with view.

// One texture of a material: which coordinates, and how they are moved (KHR_texture_transform).
struct Slot {
    x: vec2<f32>,
    y: vec2<f32>,
    translation: vec2<f32>,
    uv_set: u32,
    // 0 when the material has no such texture.
    present: u32,
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
    @align(16) base_color_slot: Slot,
    metallic_roughness_slot: Slot,
    normal_slot: Slot,
    occlusion_slot: Slot,
    emissive_slot: Slot,
}

struct Draw {
    world_from_node: mat4x4<f32>,
}

@group(1) @binding(0) var<uniform> material: Material;
@group(1) @binding(1) var base_color_texture: texture_2d<f32>;
@group(1) @binding(2) var base_color_sampler: sampler;
@group(1) @binding(3) var metallic_roughness_texture: texture_2d<f32>;
@group(1) @binding(4) var metallic_roughness_sampler: sampler;
@group(1) @binding(5) var normal_texture: texture_2d<f32>;
@group(1) @binding(6) var normal_sampler: sampler;
@group(1) @binding(7) var occlusion_texture: texture_2d<f32>;
@group(1) @binding(8) var occlusion_sampler: sampler;
@group(1) @binding(9) var emissive_texture: texture_2d<f32>;
@group(1) @binding(10) var emissive_sampler: sampler;

@group(2) @binding(0) var<uniform> draw: Draw;

struct Vertex {
    @location(0) position: vec3<f32>,
    @location(1) normal: vec4<f32>,
    // w: the bitangent's sign, 0 where the file has no tangents.
    @location(2) tangent: vec4<f32>,
    @location(3) uv_0: vec2<f32>,
    @location(4) uv_1: vec2<f32>,
    @location(5) color: vec4<f32>,
}

struct Surface {
    @builtin(position) clip: vec4<f32>,
    @location(0) world: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) tangent: vec3<f32>,
    @location(3) bitangent: vec3<f32>,
    @location(4) uvs: vec4<f32>,
    @location(5) color: vec4<f32>,
}

@vertex
fn surface(in: Vertex) -> Surface {
    let turn = mat3x3<f32>(draw.world_from_node[0].xyz, draw.world_from_node[1].xyz, draw.world_from_node[2].xyz);
    // The cofactors carry normals through uneven scale; they flip with a mirror, and the sign turns them back.
    let cofactors = mat3x3<f32>(cross(turn[1], turn[2]), cross(turn[2], turn[0]), cross(turn[0], turn[1]));
    let mirror = select(1.0, -1.0, dot(turn[0], cofactors[0]) < 0.0);
    let world = draw.world_from_node * vec4<f32>(in.position, 1.0);
    var out: Surface;
    out.clip = view.clip_from_world * world;
    out.world = world.xyz;
    out.normal = mirror * (cofactors * in.normal.xyz);
    out.tangent = turn * in.tangent.xyz;
    out.bitangent = turn * (cross(in.normal.xyz, in.tangent.xyz) * in.tangent.w);
    out.uvs = vec4<f32>(in.uv_0, in.uv_1);
    out.color = in.color;
    return out;
}

fn slot_uv(slot: Slot, uvs: vec4<f32>) -> vec2<f32> {
    let uv = select(uvs.xy, uvs.zw, slot.uv_set == 1u);
    return slot.x * uv.x + slot.y * uv.y + slot.translation;
}

fn base_color(in: Surface) -> vec4<f32> {
    let uv = slot_uv(material.base_color_slot, in.uvs);
    return material.base_color * in.color * textureSample(base_color_texture, base_color_sampler, uv);
}
