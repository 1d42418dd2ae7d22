// What lies on a surface, shadow or reticle, behind the room's things. Joined with view, quad, room and what it is.

@fragment
fn lying_in_room(in: Lying) -> @location(0) vec4<f32> {
    return lying_color(in) * seen_in_room(in.world);
}
