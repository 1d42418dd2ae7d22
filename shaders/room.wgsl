// What the room's own things hide of the products, by the device's measured depth. Joined with view.

// A surface that a product stands on or hangs at, as far as it matters for it.
struct Rest {
    place: vec3<f32>,
    radius: f32,
    // Its normal, unit length.
    @size(16) up: vec3<f32>,
}

struct Room {
    // World to this eye's depth picture: texels across and down times w; w is metres ahead of its camera.
    depth_from_world: mat4x4<f32>,
    // In texels.
    depth_size: vec2<f32>,
    // Where this eye's picture starts in the texture.
    first_row: f32,
    rest_count: u32,
    rests: array<Rest, 8>,
}

// The depth itself lies where the picture behind glass is elsewhere, of which a room has none: WebGL2 has no texture more.
// Millimetres as two bytes, the lower one first, 0 where the device does not know; one eye's picture under the other's.
@group(0) @binding(9) var<uniform> room: Room;

// 0 behind the room's things .. 1 in front of them. The mean over nine texels by a quadratic B-spline: an edge is as soft
// as depth pictures are coarse, and does not jump from texel to texel.
fn seen_in_room(world: vec3<f32>) -> f32 {
    let place = room.depth_from_world * vec4<f32>(world, 1.0);
    if place.w <= 0.0 {
        return 1.0;
    }
    let texel = place.xy / place.w - 0.5;
    if any(texel < vec2<f32>(-1.0)) || any(texel > room.depth_size) {
        return 1.0;
    }
    let middle = floor(texel + 0.5);
    let off = texel - middle;
    let before = 0.5 * (0.5 - off) * (0.5 - off);
    let beyond = 0.5 * (0.5 + off) * (0.5 + off);
    let columns = vec3<f32>(before.x, 1.0 - before.x - beyond.x, beyond.x);
    let rows = vec3<f32>(before.y, 1.0 - before.y - beyond.y, beyond.y);
    var hidden = 0.0;
    for (var row = 0; row < 3; row += 1) {
        for (var column = 0; column < 3; column += 1) {
            let near = clamp(middle + vec2<f32>(f32(column), f32(row)) - 1.0, vec2<f32>(0.0), room.depth_size - 1.0);
            let bytes = textureLoad(behind, vec2<i32>(vec2<f32>(near.x, near.y + room.first_row)), 0).rg;
            let metres = dot(bytes, vec2<f32>(0.255, 65.28));
            hidden += columns[column] * rows[row] * hidden_behind(metres, place.w, world);
        }
    }
    return 1.0 - hidden;
}

// How much a thing that is `metres` ahead hides a point that is `mine` ahead. Depth is off by about a hundredth: what is
// nearer by less than that hides nothing. What a product stands on cannot hide it either, however it was measured:
// without this the line of contact would flicker.
fn hidden_behind(metres: f32, mine: f32, world: vec3<f32>) -> f32 {
    let slack = 0.015 + 0.012 * mine;
    var hidden = smoothstep(slack, 2.0 * slack, mine - metres);
    if metres <= 0.0 || hidden <= 0.0 {
        return 0.0;
    }
    let there = mix(view.eye, world, metres / mine);
    for (var i = 0u; i < room.rest_count; i += 1u) {
        let rest = room.rests[i];
        let away = there - rest.place;
        let height = dot(away, rest.up);
        if length(away - height * rest.up) < rest.radius {
            hidden *= smoothstep(slack, 2.0 * slack, height);
        }
    }
    return hidden;
}
