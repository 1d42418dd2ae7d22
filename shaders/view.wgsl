// One eye and the light around it: the same for everything drawn in a view.

struct View {
    clip_from_world: mat4x4<f32>,
    // The camera's place in metres.
    eye: vec3<f32>,
    // Multiplies everything the light textures say.
    light_intensity: f32,
    // Where the sun stands, in the world. It is taken out of the panorama: no texture of light is fine enough for it.
    sun_direction: vec3<f32>,
    // The level of `specular_light` that holds roughness 1.
    last_level: f32,
    // The light it sends onto a surface that faces it; 0 without a sun.
    sun_light: vec3<f32>,
    // 1 when a camera's picture lies behind the page, so that glass is transparent for it.
    see_through: f32,
    // Cosine and sine of how far the surroundings are turned about Y.
    light_rotation: vec2<f32>,
    // Where the view lies in `behind`, in texture coordinates: the middle, and what clip space's 1 is.
    @align(16) picture_from_clip: vec4<f32>,
}

@group(0) @binding(0) var<uniform> view: View;
// Surroundings seen through roughness: level 0 a mirror, the last one matt.
@group(0) @binding(1) var specular_light: texture_cube<f32>;
// Light that arrives from the half sphere around a direction, divided by pi: 1 in all-white surroundings.
@group(0) @binding(2) var diffuse_light: texture_cube<f32>;
// x NdotV, y roughness: scale and offset of F0 in the reflected share, and the share of sheen.
@group(0) @binding(3) var reflected_share: texture_2d<f32>;
@group(0) @binding(4) var light_sampler: sampler;
// What lies behind glass, premultiplied, with its mip chain.
@group(0) @binding(5) var behind: texture_2d<f32>;
@group(0) @binding(6) var behind_sampler: sampler;

fn light_from_world(direction: vec3<f32>) -> vec3<f32> {
    let turn = view.light_rotation;
    return vec3<f32>(
        turn.x * direction.x - turn.y * direction.z,
        direction.y,
        turn.y * direction.x + turn.x * direction.z,
    );
}
