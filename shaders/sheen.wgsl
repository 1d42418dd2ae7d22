// Light on fibres. Joined with charlie and point.

// What fibres send of a light of one direction, per unit of its light on a surface that faces it.
fn sheen_mirror(point: Point, to_light: vec3<f32>) -> vec3<f32> {
    let alpha = point.sheen_roughness * point.sheen_roughness;
    let n_dot_l = max(dot(point.facets.normal, to_light), 0.0);
    let n_dot_h = clamp(dot(point.facets.normal, normalize(point.to_eye + to_light)), 0.0, 1.0);
    let lobe = charlie_distribution(alpha, n_dot_h) * charlie_visibility(alpha, n_dot_l, point.facets.n_dot_v);
    return point.sheen_color * lobe * n_dot_l;
}

// Looks into the surroundings where the fibres of this pixel send light from: half vectors by Charlie's distribution,
// each look as wide as its share of them. Looks fade in above the surface: none appears from one pixel to the next.
fn sheen_surroundings(point: Point) -> vec3<f32> {
    let normal = point.facets.normal;
    let alpha = point.sheen_roughness * point.sheen_roughness;
    let n_dot_v = max(point.facets.n_dot_v, 0.05);
    let upright = point.to_eye - normal * dot(point.to_eye, normal);
    let other = select(vec3<f32>(0.0, 0.0, 1.0), vec3<f32>(1.0, 0.0, 0.0), abs(normal.z) > 0.9);
    let forward = normalize(select(cross(normal, other), upright, dot(upright, upright) > 1e-6));
    let side = cross(normal, forward);
    // At the very rim no look may remain.
    var total = 1e-3;
    var sum = evenly_around(normal) * total;
    for (var i = 0; i < 16; i += 1) {
        let sine = pow((f32(i) + 0.5) / 16.0, alpha / (2.0 * alpha + 1.0));
        let cosine = sqrt(max(1.0 - sine * sine, 1e-4));
        let around = 2.0 * PI * fract(f32(i) * 0.61803398875 + 0.25);
        let half_vector = (forward * cos(around) + side * sin(around)) * sine + normal * cosine;
        let v_dot_h = dot(point.to_eye, half_vector);
        let direction = 2.0 * v_dot_h * half_vector - point.to_eye;
        let n_dot_l = dot(direction, normal);
        if n_dot_l > 0.0 && v_dot_h > 0.0 {
            let weight = charlie_visibility(alpha, n_dot_l, n_dot_v) * v_dot_h * n_dot_l / cosine * smoothstep(0.0, 0.4, n_dot_l);
            sum += surroundings(direction, 0.6) * weight;
            total += weight;
        }
    }
    let share = share_at(point.facets.n_dot_v, point.sheen_roughness).z;
    return point.sheen_color * share * sum / total;
}
