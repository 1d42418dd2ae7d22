// A square lying in the scene. Joined with view.

struct Quad {
    // From the square -1..1 in X and Z.
    world_from_quad: mat4x4<f32>,
    // Linear colour and opacity.
    color: vec4<f32>,
}

@group(1) @binding(0) var<uniform> quad: Quad;
@group(1) @binding(1) var quad_texture: texture_2d<f32>;
@group(1) @binding(2) var quad_sampler: sampler;

struct Lying {
    @builtin(position) clip: vec4<f32>,
    // -1..1 along the square's X and Z.
    @location(0) place: vec2<f32>,
    @location(1) world: vec3<f32>,
}

@vertex
fn lying(@builtin(vertex_index) index: u32) -> Lying {
    // Two triangles as a strip, counter-clockwise seen from above.
    let place = vec2<f32>(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    let world = quad.world_from_quad * vec4<f32>(place.x, 0.0, -place.y, 1.0);
    return Lying(view.clip_from_world * world, vec2<f32>(place.x, -place.y), world.xyz);
}
