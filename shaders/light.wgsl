// Light on a point: from one direction, and from all around. Varnish over fibres over the base (glTF 2.0, appendix B,
// and the extensions).

// What the point sends to the eye of a light far away or small. `light` is what a surface that faces it gets
// (irradiance), shadows already taken off.
fn direct_light(point: Point, to_light: vec3<f32>, light: vec3<f32>) -> vec3<f32> {
    let n_dot_l = dot(point.facets.normal, to_light);
    var sent = (point.facets.multiple + point.diffuse) * (max(n_dot_l, 0.0) / PI);
    if n_dot_l > 0.0 {
        if has(HAS_ANISOTROPY) {
            sent += brushed_mirror(point, to_light);
        } else {
            sent += mirror(point.facets, point.to_eye, to_light);
        }
    }
    if has(HAS_DIFFUSE_TRANSMISSION) {
        sent += point.behind * absorbed(point.thickness) * (max(-n_dot_l, 0.0) / PI);
    }
    if has(HAS_TRANSMISSION) {
        sent += transmitted_light(point, to_light, n_dot_l);
    }
    if has(HAS_SHEEN) {
        let under = min(point.under_sheen, 1.0 - largest(point.sheen_color) * share_at(max(n_dot_l, 0.0), point.sheen_roughness).z);
        sent = sent * under + sheen_mirror(point, to_light);
    }
    if has(HAS_CLEARCOAT) {
        let bounces = point.coat.multiple * (max(dot(point.coat.normal, to_light), 0.0) / PI);
        sent = sent * point.under_coat + mirror(point.coat, point.to_eye, to_light) + bounces;
    }
    return light * sent;
}

// What the point sends to the eye of the light from all around.
fn light_around(point: Point) -> vec3<f32> {
    let base = point.facets;
    let arriving = evenly_around(base.normal);
    var radiance: vec3<f32>;
    if has(HAS_ANISOTROPY) {
        radiance = brushed_surroundings(point);
    } else {
        radiance = mirrored_surroundings(base, point.to_eye);
    }
    let seen = specular_occlusion(base, point.occlusion);
    var sent = radiance * base.single * seen + arriving * (base.multiple + point.diffuse) * point.occlusion;
    if has(HAS_DIFFUSE_TRANSMISSION) {
        sent += point.behind * absorbed(point.thickness) * evenly_around(-base.normal) * point.occlusion;
    }
    if has(HAS_TRANSMISSION) {
        sent += transmitted_around(point);
    }
    if has(HAS_SHEEN) {
        sent = sent * point.under_sheen + sheen_surroundings(point) * point.occlusion;
    }
    if has(HAS_CLEARCOAT) {
        let coat = point.coat;
        let coat_seen = specular_occlusion(coat, point.occlusion);
        let bounces = evenly_around(coat.normal) * coat.multiple * point.occlusion;
        sent = sent * point.under_coat + mirrored_surroundings(coat, point.to_eye) * coat.single * coat_seen + bounces;
    }
    return sent;
}

// The mean of the half sphere around a direction, by cosine.
fn evenly_around(direction: vec3<f32>) -> vec3<f32> {
    return view.light_intensity * textureSampleLevel(diffuse_light, light_sampler, light_from_world(direction), 0.0).rgb;
}
