// A product's surface behind the room's things. Joined with everything about surfaces and with room.

@fragment
fn surface_in_room(in: Surface, @builtin(front_facing) is_front: bool) -> @location(0) vec4<f32> {
    let color = lit_surface(in, is_front);
    let seen = seen_in_room(in.world);
    // A cut-out's alpha counts twice, as in `opacity`.
    return color * select(seen, sqrt(seen), material.blend == 0u && material.cutoff >= 0.0);
}
