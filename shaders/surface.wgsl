// A product's surface: its vertices. Joined with view.

struct Draw {
    world_from_node: mat4x4<f32>,
}

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
