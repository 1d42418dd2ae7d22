// The shadow on the floor: black, as opaque as the shadow is dark. Joined with view and quad.

@fragment
fn floor_shadow(in: Lying) -> @location(0) vec4<f32> {
    return lying_color(in);
}

fn lying_color(in: Lying) -> vec4<f32> {
    let dark = textureSample(quad_texture, quad_sampler, in.place * 0.5 + 0.5).rg;
    // The rim fades out, whatever reaches it.
    let rim = clamp((1.0 - max(abs(in.place.x), abs(in.place.y))) * 12.0, 0.0, 1.0);
    let alpha = 1.0 - (1.0 - 0.55 * dark.r) * (1.0 - 0.6 * dark.g);
    return vec4<f32>(quad.color.rgb, 1.0) * (quad.color.a * alpha * rim);
}
