// What lies behind glass: the picture drawn so far, and its blurred levels. Joined with fullscreen.

struct Mip {
    // One over the size of the level being drawn, in texels.
    @size(16) texel: vec2<f32>,
}

@group(0) @binding(0) var<uniform> mip: Mip;
@group(0) @binding(1) var finer: texture_2d<f32>;
@group(0) @binding(2) var finer_sampler: sampler;

@fragment
fn copy(in: Fullscreen) -> @location(0) vec4<f32> {
    return textureLoad(finer, vec2<i32>(in.clip.xy), 0);
}

// Of a picture in which a camera's is light that covers nothing: here it covers all.
@fragment
fn copy_whole(in: Fullscreen) -> @location(0) vec4<f32> {
    return vec4<f32>(textureLoad(finer, vec2<i32>(in.clip.xy), 0).rgb, 1.0);
}

// Four by four texels by the binomial 1 3 3 1: level upon level of it is near a bell, and shows no squares.
@fragment
fn soften(in: Fullscreen) -> @location(0) vec4<f32> {
    let step = 0.375 * mip.texel;
    let other = vec2<f32>(step.x, -step.y);
    return 0.25 * (textureSampleLevel(finer, finer_sampler, in.uv - step, 0.0)
        + textureSampleLevel(finer, finer_sampler, in.uv + step, 0.0)
        + textureSampleLevel(finer, finer_sampler, in.uv - other, 0.0)
        + textureSampleLevel(finer, finer_sampler, in.uv + other, 0.0));
}
