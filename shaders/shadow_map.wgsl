// What a lamp sees: nothing but depth. Joined with view, surface and material.

@fragment
fn shadow_map(in: Surface) {
    if material.cutoff >= 0.0 && base_color(in).a < material.cutoff {
        discard;
    }
}
