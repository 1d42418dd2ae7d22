// The surroundings behind everything. Joined with fullscreen and surroundings.

struct Sky {
    world_from_clip: mat4x4<f32>,
    // The camera's place in metres.
    eye: vec3<f32>,
    // Multiplies the picture.
    intensity: f32,
    // Where the picture was taken, in the world, and how high over the ground; 0 for a sky without ground.
    center: vec3<f32>,
    height: f32,
    // Cosine and sine of how far the surroundings are turned about Y.
    rotation: vec2<f32>,
    // How far the dome over the ground is away, in metres.
    radius: f32,
    // The level of the prefiltered cube that is drawn; 0 for the picture itself.
    blur: f32,
    // 1 when the surroundings are the built-in studio.
    @size(16) is_studio: f32,
}

@group(0) @binding(0) var<uniform> sky: Sky;
@group(0) @binding(1) var panorama: texture_2d<f32>;
@group(0) @binding(2) var levels: texture_cube<f32>;
@group(0) @binding(3) var sky_sampler: sampler;

@fragment
fn backdrop(in: Fullscreen) -> @location(0) vec4<f32> {
    let far = sky.world_from_clip * vec4<f32>(in.uv.x * 2.0 - 1.0, 1.0 - in.uv.y * 2.0, 1.0, 1.0);
    let toward = from_center(normalize(far.xyz / far.w - sky.eye));
    let turn = sky.rotation;
    let direction = vec3<f32>(
        turn.x * toward.x - turn.y * toward.z, toward.y, turn.y * toward.x + turn.x * toward.z);
    var light = textureSampleLevel(panorama, sky_sampler, panorama_uv(direction), 0.0).rgb;
    if sky.is_studio > 0.5 {
        light = studio(direction);
    }
    if sky.blur > 0.0 {
        light = textureSampleLevel(levels, sky_sampler, direction, sky.blur).rgb;
    }
    // Kept below the largest half float.
    return vec4<f32>(min(light * sky.intensity, vec3<f32>(60000.0)), 1.0);
}

// Where the picture shows what the camera sees in this direction. With a ground, its lower half lies on the floor and
// the rest on a dome.
fn from_center(direction: vec3<f32>) -> vec3<f32> {
    if sky.height <= 0.0 {
        return direction;
    }
    let eye = sky.eye - sky.center;
    let along = dot(eye, direction);
    let dome = sqrt(max(along * along - dot(eye, eye) + sky.radius * sky.radius, 0.0)) - along;
    let ground = (sky.height + eye.y) / max(-direction.y, 1e-6);
    return normalize(eye + direction * min(dome, select(dome, ground, ground > 0.0)));
}
