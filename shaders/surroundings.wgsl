// Where the light comes from: a panorama, or a photographer's studio made of nothing but numbers.

const PI: f32 = 3.14159265358979;

// Equirectangular: +X in the middle of the picture, +Y up.
fn panorama_uv(direction: vec3<f32>) -> vec2<f32> {
    let around = atan2(direction.z, direction.x) / (2.0 * PI) + 0.5;
    return vec2<f32>(around, acos(clamp(direction.y, -1.0, 1.0)) / PI);
}

// A soft box: 1 inside the rectangle seen along `toward`, falling to 0 over `edge`. Sizes are tangents of half angles.
fn soft_box(direction: vec3<f32>, toward: vec3<f32>, half_size: vec2<f32>, edge: f32) -> f32 {
    let axis = normalize(toward);
    let facing = dot(direction, axis);
    let side = normalize(cross(select(vec3<f32>(0.0, 1.0, 0.0), vec3<f32>(0.0, 0.0, -1.0), abs(axis.y) > 0.9), axis));
    let point = vec2<f32>(dot(direction, side), dot(direction, cross(axis, side))) / max(facing, 1e-3);
    let outside = max(abs(point) - half_size, vec2<f32>(0.0));
    return select(0.0, 1.0 - smoothstep(0.0, edge, length(outside)), facing > 1e-3);
}

// Neutral white light: an overhead box, a key on the left, a fill on the right and two strips behind for the rim, in a
// grey room. A white matt surface gets 1.25 facing up, 1 facing the camera and 0.36 facing down.
fn studio(direction: vec3<f32>) -> vec3<f32> {
    let room = mix(0.3, 0.5, smoothstep(-0.8, 0.8, direction.y));
    let top = 1.35 * soft_box(direction, vec3<f32>(0.0, 1.0, 0.15), vec2<f32>(0.5, 0.5), 0.2);
    let key = 2.8 * soft_box(direction, vec3<f32>(-0.9, 0.45, 0.9), vec2<f32>(0.3, 0.45), 0.08);
    let fill = 1.6 * soft_box(direction, vec3<f32>(0.9, 0.25, 0.8), vec2<f32>(0.28, 0.55), 0.12);
    let rim_left = 2.2 * soft_box(direction, vec3<f32>(-0.75, 0.3, -1.0), vec2<f32>(0.12, 0.7), 0.05);
    let rim_right = 2.2 * soft_box(direction, vec3<f32>(0.75, 0.3, -1.0), vec2<f32>(0.12, 0.7), 0.05);
    return vec3<f32>(room + top + key + fill + rim_left + rim_right);
}
