// A product's surface behind the room's things. Joined with everything about surfaces and with room.

@fragment
fn surface_in_room(in: Surface, @builtin(front_facing) is_front: bool) -> @location(0) vec4<f32> {
    return share_of(lit_surface(in, is_front), seen_in_room(in.world));
}
