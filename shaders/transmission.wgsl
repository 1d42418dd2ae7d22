// Light through glass: what lies behind, bent and taken from a picture of it (KHR_materials_transmission, _volume and
// _dispersion). Joined with light.

// What a body of this depth, in metres, leaves of the light (Beer and Lambert).
fn absorbed(depth: f32) -> vec3<f32> {
    return exp(-material.absorption * depth);
}

// A surface without another index bends nothing, and the rougher glass is the more it spreads what it bends.
fn spread_of(roughness: f32, ior: f32) -> f32 {
    return roughness * clamp(ior * 2.0 - 2.0, 0.0, 1.0);
}

// What rough glass lets through of a light behind it: as its mirror image in the surface would be reflected.
fn transmitted_light(point: Point, to_light: vec3<f32>, n_dot_l: f32) -> vec3<f32> {
    if n_dot_l >= 0.0 {
        return vec3<f32>(0.0);
    }
    let mirrored = to_light - 2.0 * n_dot_l * point.facets.normal;
    let n_dot_h = clamp(dot(point.facets.normal, normalize(point.to_eye + mirrored)), 0.0, 1.0);
    let alpha = alpha_of(spread_of(point.roughness, material.ior));
    let lobe = ggx(alpha, n_dot_h, -n_dot_l, point.facets.n_dot_v);
    return point.through * absorbed(point.thickness) * (lobe * -n_dot_l);
}

fn transmitted_around(point: Point) -> vec3<f32> {
    // In a room the camera's picture lies behind the page: what goes through becomes transparency.
    if view.see_through > 0.5 {
        return vec3<f32>(0.0);
    }
    let spread = material.dispersion * (material.ior - 1.0) * 0.025;
    if spread == 0.0 {
        return point.through * seen_along(point, material.ior);
    }
    let red = seen_along(point, material.ior - spread).r;
    let green = seen_along(point, material.ior).g;
    let blue = seen_along(point, material.ior + spread).b;
    return point.through * vec3<f32>(red, green, blue);
}

// What is seen along a bent ray, at the far side of the body.
fn seen_along(point: Point, ior: f32) -> vec3<f32> {
    let is_thin = point.thickness <= 0.0;
    let bent = refract(-point.to_eye, point.facets.normal, 1.0 / max(ior, 1.0));
    let direction = select(bent, -point.to_eye, is_thin);
    let exit = view.clip_from_world * vec4<f32>(point.world + direction * point.thickness, 1.0);
    let place = exit.xy / max(exit.w, 1e-6);
    let uv = view.picture_from_clip.xy + view.picture_from_clip.zw * place;
    let spread = spread_of(point.roughness, ior);
    let size = vec2<f32>(textureDimensions(behind));
    let level = log2(max(size.x, size.y)) * spread;
    let picture = smoothly(uv, level);
    // Beyond the picture's edge and where nothing was drawn there are the surroundings.
    let inside = 1.0 - smoothstep(0.95, 1.05, max(abs(place.x), abs(place.y)));
    let covered = picture.a * inside;
    let around = surroundings(direction, spread);
    return (picture.rgb * inside + around * (1.0 - covered)) * absorbed(point.thickness);
}

// Clear glass shows what is there; blurred levels are read smoothly, or their texels would show.
fn smoothly(uv: vec2<f32>, level: f32) -> vec4<f32> {
    let low = floor(level);
    let coarse = spline(uv, low + 1.0);
    if low <= 0.0 {
        return mix(textureSampleLevel(behind, behind_sampler, uv, 0.0), coarse, level);
    }
    return mix(spline(uv, low), coarse, level - low);
}

// A cubic B-spline between the texels of a level, by four looks (Sigg and Hadwiger 2005).
fn spline(uv: vec2<f32>, level: f32) -> vec4<f32> {
    let size = max(floor(vec2<f32>(textureDimensions(behind)) / exp2(level)), vec2<f32>(1.0));
    let place = uv * size - 0.5;
    let part = fract(place);
    let texel = floor(place);
    let square = part * part;
    let cube = square * part;
    let w0 = (1.0 - 3.0 * part + 3.0 * square - cube) / 6.0;
    let w1 = (4.0 - 6.0 * square + 3.0 * cube) / 6.0;
    let w3 = cube / 6.0;
    let near = w0 + w1;
    let far = 1.0 - near;
    let low = (texel - 0.5 + w1 / near) / size;
    let high = (texel + 1.5 + w3 / far) / size;
    return near.y * (near.x * textureSampleLevel(behind, behind_sampler, low, level)
        + far.x * textureSampleLevel(behind, behind_sampler, vec2<f32>(high.x, low.y), level))
        + far.y * (near.x * textureSampleLevel(behind, behind_sampler, vec2<f32>(low.x, high.y), level)
        + far.x * textureSampleLevel(behind, behind_sampler, high, level));
}
