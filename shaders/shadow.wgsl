// What an item hides from the floor, seen from below: the nearer, the darker. Joined with view, surface and material.

// Red: everything up to the reach, for the wide soft part. Green: the lowest parts, for the dark line of contact.
@fragment
fn shadow(in: Surface) -> @location(0) vec4<f32> {
    let alpha = base_color(in).a;
    if material.cutoff >= 0.0 && alpha < material.cutoff {
        discard;
    }
    let opaque = select(1.0, alpha, material.blend != 0u);
    // Depth is height over reach: the shadow's camera stands under the floor and looks up.
    let height = clamp(in.clip.z, 0.0, 1.0);
    let wide = (1.0 - height) * (1.0 - height);
    let contact = clamp(1.0 - height * 8.0, 0.0, 1.0);
    return vec4<f32>(opaque * wide, opaque * contact, 0.0, 1.0);
}
