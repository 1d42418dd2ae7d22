// The picture of a camera that everything stands in. Joined with what draws it.

struct Feed {
    // Where it shows clip space, in texture coordinates: the middle, and what clip space's 1 is.
    picture_from_clip: vec4<f32>,
    // Multiplies what the products look like.
    tint: vec3<f32>,
    // The frame's exposure, which is none of the camera's.
    exposure: f32,
    // 1 where the tone curve is PBR Neutral, which takes some light from all colours.
    @size(16) is_neutral: f32,
}

@group(1) @binding(0) var<uniform> feed_options: Feed;
@group(1) @binding(1) var camera_picture: texture_2d<f32>;
@group(1) @binding(2) var camera_sampler: sampler;

// As the camera gave it, linear. `place` is in clip space.
fn camera_color(place: vec2<f32>) -> vec3<f32> {
    let uv = feed_options.picture_from_clip.xy + feed_options.picture_from_clip.zw * place;
    return textureSampleLevel(camera_picture, camera_sampler, uv, 0.0).rgb;
}

// The light that looks like it after exposure and the dark end of the tone curve, for what is seen through glass. The bright
// end is left alone: what a screen shows as white would come from very bright light, and spread wherever it is blurred.
fn camera_light(color: vec3<f32>) -> vec3<f32> {
    let least = min(color.r, min(color.g, color.b));
    let taken = select(0.04, sqrt(least / 6.25) - least, least < 0.04);
    return (color + feed_options.is_neutral * taken) / feed_options.exposure;
}
