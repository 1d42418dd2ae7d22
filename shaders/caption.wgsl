// Words before a shopper who sees nothing of the page, as the page has painted them. Joined with view and quad.

// From the square -1..1 in X and Y. Nothing is nearer than it, whatever its distance.
@vertex
fn hanging(@builtin(vertex_index) index: u32) -> Lying {
    // Two triangles as a strip, counter-clockwise seen by the reader.
    let place = vec2<f32>(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    let world = quad.world_from_quad * vec4<f32>(place, 0.0, 1.0);
    let clip = view.clip_from_world * world;
    return Lying(vec4<f32>(clip.xy, 0.0, clip.w), vec2<f32>(place.x, -place.y), world.xyz);
}

@fragment
fn caption(in: Lying) -> @location(0) vec4<f32> {
    return vec4<f32>(textureSample(quad_texture, quad_sampler, in.place * 0.5 + 0.5).rgb, 1.0);
}
