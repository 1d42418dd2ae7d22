// Halves a picture: one level of its mip chain from the level before. Joined with fullscreen.

struct Mip {
    // One over the size of the level being drawn, in texels.
    @size(16) texel: vec2<f32>,
}

@group(0) @binding(0) var<uniform> mip: Mip;
@group(0) @binding(1) var finer: texture_2d<f32>;
@group(0) @binding(2) var finer_sampler: sampler;

fn look(uv: vec2<f32>, x: f32, y: f32) -> vec4<f32> {
    return textureSampleLevel(finer, finer_sampler, uv + vec2<f32>(x, y) * mip.texel, 0.0);
}

// Numbers: a plain mean.
@fragment
fn data(in: Fullscreen) -> @location(0) vec4<f32> {
    return 0.25 * (look(in.uv, -0.25, -0.25) + look(in.uv, 0.25, -0.25) + look(in.uv, -0.25, 0.25) + look(in.uv, 0.25, 0.25));
}

// Colours count by their opacity, or the invisible colour of cut-out leaves would bleed into their rim.
@fragment
fn color(in: Fullscreen) -> @location(0) vec4<f32> {
    var sum = vec4<f32>(0.0);
    var plain = vec3<f32>(0.0);
    for (var i = 0u; i < 4u; i += 1u) {
        let texel = look(in.uv, f32(i & 1u) * 0.5 - 0.25, f32(i >> 1u) * 0.5 - 0.25);
        sum += vec4<f32>(texel.rgb * texel.a, texel.a);
        plain += texel.rgb;
    }
    return vec4<f32>(select(plain * 0.25, sum.rgb / max(sum.a, 1e-6), sum.a > 0.0), sum.a * 0.25);
}
