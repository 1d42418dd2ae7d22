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

// Neutral white light: a big overhead box, a key on the left, a fill on the right and two strips behind for the rim,
// in a light grey room. Averages to about 1, so that a product's base colours keep their value.
fn studio(direction: vec3<f32>) -> vec3<f32> {
    let room = mix(0.42, 0.74, smoothstep(-0.7, 0.7, direction.y));
    let top = 2.6 * soft_box(direction, vec3<f32>(0.0, 1.0, 0.12), vec2<f32>(0.75, 0.75), 0.2);
    let key = 3.4 * soft_box(direction, vec3<f32>(-0.9, 0.45, 0.75), vec2<f32>(0.42, 0.6), 0.1);
    let fill = 1.5 * soft_box(direction, vec3<f32>(1.0, 0.25, 0.55), vec2<f32>(0.5, 0.7), 0.16);
    let rim_left = 2.6 * soft_box(direction, vec3<f32>(-0.75, 0.3, -1.0), vec2<f32>(0.16, 0.75), 0.06);
    let rim_right = 2.6 * soft_box(direction, vec3<f32>(0.75, 0.3, -1.0), vec2<f32>(0.16, 0.75), 0.06);
    return vec3<f32>(room + top + key + fill + rim_left + rim_right);
}
