// The ring where a tap would place the item, or the ray of who points there. Joined with view and quad.

@fragment
fn reticle(in: Lying) -> @location(0) vec4<f32> {
    return lying_color(in);
}

fn lying_color(in: Lying) -> vec4<f32> {
    // The same for every pixel of the square, as the derivatives below need it.
    if quad.color.a < 1.0 {
        return beam_color(in.place);
    }
    let distance = length(in.place);
    let soft = fwidth(distance);
    let ring = smoothstep(0.82 - soft, 0.82, distance) * (1.0 - smoothstep(0.95, 0.95 + soft, distance));
    let dot = 1.0 - smoothstep(0.08, 0.08 + soft, distance);
    let alpha = quad.color.a * max(ring, dot);
    return vec4<f32>(quad.color.rgb, 1.0) * alpha;
}

// A ray from whose hand it comes (place.y = -1) to where it meets something: soft at its sides, fading along its way.
fn beam_color(place: vec2<f32>) -> vec4<f32> {
    let alpha = quad.color.a * (1.0 - smoothstep(0.4, 1.0, abs(place.x))) * (0.65 - 0.35 * place.y);
    return vec4<f32>(quad.color.rgb, 1.0) * alpha;
}
