// One eye and the light around it: the same for everything drawn in a view.

struct Lamp {
    // Where it is; of one far away, the direction to it.
    place: vec3<f32>,
    // 1, or 0 for one far away.
    nearness: f32,
    // Where it shines to, times the steepness of the cone's edge; 0 without a cone.
    cone: vec3<f32>,
    cone_offset: f32,
    // Candela, or lux for one far away.
    light: vec3<f32>,
    // One over the square of its range; 0 without an end.
    end: f32,
}

struct View {
    clip_from_world: mat4x4<f32>,
    // The camera's place in metres.
    eye: vec3<f32>,
    // Multiplies everything the light textures say.
    light_intensity: f32,
    // The level of `specular_light` that holds roughness 1.
    last_level: f32,
    // 1 when a camera's picture lies behind the page, so that glass is transparent for it.
    see_through: f32,
    // Cosine and sine of how far the surroundings are turned about Y.
    light_rotation: vec2<f32>,
    // Where the view lies in `behind`, in texture coordinates: the middle, and what clip space's 1 is.
    picture_from_clip: vec4<f32>,
    // The camera of the shadow map.
    shadow_from_world: mat4x4<f32>,
    // The sun and the strongest lamps. The sun is taken out of the panorama: no texture of light is fine enough for it.
    lamps: array<Lamp, 8>,
    lamp_count: u32,
    // Which of them has the shadow map; a number beyond them when none has.
    shadowed: u32,
    // What a texel of the shadow map covers, in metres.
    shadow_texel: f32,
    // How far its edges are softened to each side, in texture coordinates.
    shadow_blur: f32,
    // Of `layer.wgsl`: which layer of crossing surfaces is drawn, or found; less than 0 draws everything.
    layer: f32,
    // Where the steps start in which their distance from the eye is counted, in metres, and how many are in a metre.
    first_step: f32,
    @size(8) steps_per_metre: f32,
}

@group(0) @binding(0) var<uniform> view: View;
// Surroundings seen through roughness: level 0 a mirror, the last one matt.
@group(0) @binding(1) var specular_light: texture_cube<f32>;
// Light that arrives from the half sphere around a direction, divided by pi: 1 in all-white surroundings.
@group(0) @binding(2) var diffuse_light: texture_cube<f32>;
// x NdotV, y roughness: scale and offset of F0 in the reflected share, and the share of sheen.
@group(0) @binding(3) var reflected_share: texture_2d<f32>;
@group(0) @binding(4) var light_sampler: sampler;
// What lies behind glass, premultiplied, with its mip chain; or the layers of `layer.wgsl`.
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
