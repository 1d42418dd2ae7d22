// Softens a shadow in one direction; drawn twice. Joined with fullscreen.

struct Blur {
    // From one tap to the next, in texture coordinates: the wide part, and the line of contact.
    wide_step: vec2<f32>,
    contact_step: vec2<f32>,
}

@group(0) @binding(0) var<uniform> blur: Blur;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var picture_sampler: sampler;

@fragment
fn soften(in: Fullscreen) -> @location(0) vec4<f32> {
    var sum = vec2<f32>(0.0);
    var total = 0.0;
    for (var i = -10; i <= 10; i += 1) {
        // A bell whose tenth tap is three deviations out.
        let weight = exp(-0.045 * f32(i * i));
        let wide = textureSampleLevel(picture, picture_sampler, in.uv + blur.wide_step * f32(i), 0.0).r;
        let contact = textureSampleLevel(picture, picture_sampler, in.uv + blur.contact_step * f32(i), 0.0).g;
        sum += vec2<f32>(wide, contact) * weight;
        total += weight;
    }
    return vec4<f32>(sum / total, 0.0, 1.0);
}
