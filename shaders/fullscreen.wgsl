// One triangle that covers the whole target.

struct Fullscreen {
    @builtin(position) clip: vec4<f32>,
    // 0..1 from the upper left corner.
    @location(0) uv: vec2<f32>,
}

@vertex
fn fullscreen(@builtin(vertex_index) index: u32) -> Fullscreen {
    let uv = vec2<f32>(f32((index << 1u) & 2u), f32(index & 2u));
    // Depth 1: behind everything that was drawn.
    return Fullscreen(vec4<f32>(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0, 1.0, 1.0), uv);
}
