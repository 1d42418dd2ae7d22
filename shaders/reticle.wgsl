// The ring where a tap would place the item. Joined with view and quad.

@fragment
fn reticle(in: Lying) -> @location(0) vec4<f32> {
    return lying_color(in);
}

fn lying_color(in: Lying) -> vec4<f32> {
    let distance = length(in.place);
    let soft = fwidth(distance);
    let ring = smoothstep(0.82 - soft, 0.82, distance) * (1.0 - smoothstep(0.95, 0.95 + soft, distance));
    let dot = 1.0 - smoothstep(0.08, 0.08 + soft, distance);
    let alpha = quad.color.a * max(ring, dot);
    return vec4<f32>(quad.color.rgb, 1.0) * alpha;
}
