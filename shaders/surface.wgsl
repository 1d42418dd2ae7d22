// A product's surface: its vertices. Joined with view.

struct Draw {
    world_from_node: mat4x4<f32>,
    // The primitive's vertices in `shapes`, and how many texels each has: for every set of joints four joints and their
    // weights, then its morph targets.
    first_shape: u32,
    shape_size: u32,
    // 0 for a rigid shape.
    joint_sets: u32,
    // Its skin in `poses`: three texels a joint, the rows of its matrix.
    first_joint: u32,
    // Within a vertex's texels.
    first_target: u32,
    // What targets move: 1 positions, 2 normals too, 3 tangents too.
    target_size: u32,
    // In `poses`: x the number of a target, y its weight.
    first_weight: u32,
    weight_count: u32,
    // In `shapes`: matrices again.
    first_copy: u32,
    has_copies: u32,
    // 0 whole .. 1 nothing of it.
    faded: f32,
    padding: u32,
}

@group(2) @binding(0) var<uniform> draw: Draw;
// What is fixed of a model beside its vertices, and what a frame says; read by texel, 1024 in a row.
@group(2) @binding(1) var shapes: texture_2d<f32>;
@group(2) @binding(2) var poses: texture_2d<f32>;

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
    // What the mean of the node's lengths is in the world.
    @location(6) scale: f32,
}

fn shape(texel: u32) -> vec4<f32> {
    return textureLoad(shapes, vec2<i32>(vec2<u32>(texel % 1024u, texel / 1024u)), 0);
}

fn pose(texel: u32) -> vec4<f32> {
    return textureLoad(poses, vec2<i32>(vec2<u32>(texel % 1024u, texel / 1024u)), 0);
}

// A matrix from its first three rows.
fn matrix(rows: mat3x4<f32>) -> mat4x4<f32> {
    return transpose(mat4x4<f32>(rows[0], rows[1], rows[2], vec4<f32>(0.0, 0.0, 0.0, 1.0)));
}

@vertex
fn surface(in: Vertex, @builtin(vertex_index) vertex: u32, @builtin(instance_index) copy: u32) -> Surface {
    var position = in.position;
    var normal = in.normal.xyz;
    var direction = in.tangent.xyz;
    var place = draw.world_from_node;
    let first = draw.first_shape + vertex * draw.shape_size;
    for (var i = 0u; i < draw.weight_count; i++) {
        let weight = pose(draw.first_weight + i).xy;
        let target_texel = first + draw.first_target + u32(weight.x) * draw.target_size;
        position += weight.y * shape(target_texel).xyz;
        if draw.target_size > 1u {
            normal += weight.y * shape(target_texel + 1u).xyz;
        }
        if draw.target_size > 2u {
            direction += weight.y * shape(target_texel + 2u).xyz;
        }
    }
    if draw.joint_sets > 0u {
        var rows = mat3x4<f32>();
        for (var i = 0u; i < 4u * draw.joint_sets; i++) {
            let texel = first + i / 4u * 2u;
            let joint = draw.first_joint + 3u * u32(shape(texel)[i % 4u]);
            rows += shape(texel + 1u)[i % 4u] * mat3x4<f32>(pose(joint), pose(joint + 1u), pose(joint + 2u));
        }
        place = place * matrix(rows);
    }
    if draw.has_copies != 0u {
        let texel = draw.first_copy + 3u * copy;
        place = place * matrix(mat3x4<f32>(shape(texel), shape(texel + 1u), shape(texel + 2u)));
    }
    let turn = mat3x3<f32>(place[0].xyz, place[1].xyz, place[2].xyz);
    // The cofactors carry normals through uneven scale; they flip with a mirror, and the sign turns them back.
    let cofactors = mat3x3<f32>(cross(turn[1], turn[2]), cross(turn[2], turn[0]), cross(turn[0], turn[1]));
    let mirror = select(1.0, -1.0, dot(turn[0], cofactors[0]) < 0.0);
    let world = place * vec4<f32>(position, 1.0);
    var out: Surface;
    out.clip = view.clip_from_world * world;
    out.world = world.xyz;
    out.normal = mirror * (cofactors * normal);
    out.tangent = turn * direction;
    out.bitangent = turn * (cross(normal, direction) * in.tangent.w);
    out.uvs = vec4<f32>(in.uv_0, in.uv_1);
    out.color = in.color;
    out.scale = pow(abs(dot(turn[0], cofactors[0])), 1.0 / 3.0);
    return out;
}
