// Mirrored light: GGX facets (Walter et al. 2007) with height-correlated Smith masking (Heitz 2014), round or brushed.

fn schlick(f0: vec3<f32>, f90: f32, cosine: f32) -> vec3<f32> {
    return f0 + (f90 - f0) * pow(1.0 - clamp(cosine, 0.0, 1.0), 5.0);
}

// The sun is half a degree wide, which is what a mirror shows of it.
fn alpha_of(roughness: f32) -> f32 {
    return max(roughness * roughness, 0.01);
}

// Distribution times masking over 4 NdotL NdotV: all of the reflection but Fresnel's part.
fn ggx(alpha: f32, n_dot_h: f32, n_dot_l: f32, n_dot_v: f32) -> f32 {
    let square = alpha * alpha;
    let lobe = n_dot_h * n_dot_h * (square - 1.0) + 1.0;
    let seen = n_dot_l * sqrt(n_dot_v * n_dot_v * (1.0 - square) + square);
    let lit = n_dot_v * sqrt(n_dot_l * n_dot_l * (1.0 - square) + square);
    return square / (PI * lobe * lobe) * 0.5 / max(seen + lit, 1e-5);
}

// The same for two alphas (Heitz 2014, equations 84 and 86). Directions in the frame of the brushing: x along, z up.
fn brushed_ggx(alpha: vec2<f32>, h: vec3<f32>, l: vec3<f32>, v: vec3<f32>) -> f32 {
    let stretched = vec3<f32>(h.xy / alpha, h.z);
    let square = dot(stretched, stretched);
    let distribution = 1.0 / (PI * alpha.x * alpha.y * square * square);
    let seen = l.z * length(vec3<f32>(alpha * v.xy, v.z));
    let lit = v.z * length(vec3<f32>(alpha * l.xy, l.z));
    return distribution * 0.5 / max(seen + lit, 1e-5);
}

// Alpha along the brushing and across it (KHR_materials_anisotropy).
fn brushed_alpha(point: Point) -> vec2<f32> {
    let across = alpha_of(point.facets.roughness);
    return vec2<f32>(mix(across, 1.0, point.anisotropy * point.anisotropy), across);
}

fn brushed_frame(point: Point) -> mat3x3<f32> {
    return mat3x3<f32>(point.brushed, cross(point.facets.normal, point.brushed), point.facets.normal);
}

// What facets send of a light of one direction, per unit of its light on a surface that faces it.
fn mirror(layer: Facets, to_eye: vec3<f32>, to_light: vec3<f32>) -> vec3<f32> {
    let n_dot_l = max(dot(layer.normal, to_light), 0.0);
    let half_vector = normalize(to_eye + to_light);
    let n_dot_h = clamp(dot(layer.normal, half_vector), 0.0, 1.0);
    let lobe = ggx(alpha_of(layer.roughness), n_dot_h, n_dot_l, layer.n_dot_v);
    return schlick(layer.f0, layer.f90, dot(to_eye, half_vector)) * lobe * n_dot_l;
}

fn brushed_mirror(point: Point, to_light: vec3<f32>) -> vec3<f32> {
    let n_dot_l = max(dot(point.facets.normal, to_light), 0.0);
    let half_vector = normalize(point.to_eye + to_light);
    let frame = transpose(brushed_frame(point));
    let eye = frame * point.to_eye;
    let lobe = brushed_ggx(
        brushed_alpha(point), frame * half_vector, vec3<f32>((frame * to_light).xy, n_dot_l),
        vec3<f32>(eye.xy, point.facets.n_dot_v));
    return schlick(point.facets.f0, point.facets.f90, dot(point.to_eye, half_vector)) * lobe * n_dot_l;
}

// The surroundings through a lobe of this roughness around a direction. The levels lie closer the nearer to a mirror.
fn surroundings(direction: vec3<f32>, roughness: f32) -> vec3<f32> {
    let level = pow(roughness, 2.0 / 3.0) * view.last_level;
    return view.light_intensity * textureSampleLevel(specular_light, light_sampler, light_from_world(direction), level).rgb;
}

// Rough surfaces send most light from nearer to their normal than a mirror would (Lagarde and de Rousiers 2014,
// listing 22).
fn lobe_direction(mirrored: vec3<f32>, normal: vec3<f32>, roughness: f32) -> vec3<f32> {
    let alpha = roughness * roughness;
    return mix(normal, mirrored, (1.0 - alpha) * (sqrt(1.0 - alpha) + alpha));
}

fn mirrored_surroundings(layer: Facets, to_eye: vec3<f32>) -> vec3<f32> {
    let mirrored = reflect(-to_eye, layer.normal);
    return surroundings(lobe_direction(mirrored, layer.normal, layer.roughness), layer.roughness);
}

// The mean over the facets' lean along the brushing; each look takes the round lobe that remains across it. The leans
// are the middles of equal shares of what GGX has more of along than across: slope = alpha u / sqrt(1 - u^2), Heitz
// 2018.
fn brushed_surroundings(point: Point) -> vec3<f32> {
    let alpha = brushed_alpha(point);
    let more = sqrt(max(alpha.x * alpha.x - alpha.y * alpha.y, 0.0));
    var sum = vec3<f32>(0.0);
    var total = 0.0;
    for (var i = -5; i <= 5; i += 1) {
        let share = f32(i) / 5.5;
        let slope = more * share * inverseSqrt(1.0 - share * share);
        let leaning = normalize(point.facets.normal - point.brushed * slope);
        let mirrored = reflect(-point.to_eye, leaning);
        let weight = max(dot(mirrored, point.facets.normal), 0.0) + 1e-4;
        sum += surroundings(lobe_direction(mirrored, leaning, point.facets.roughness), point.facets.roughness) * weight;
        total += weight;
    }
    return sum / total;
}

// How much of the lobe an occluded point still sees (Lagarde and de Rousiers 2014, listing 26), and what comes back
// from the rest after bounces between surfaces alike (Jimenez et al. 2016).
fn specular_occlusion(layer: Facets, occlusion: vec3<f32>) -> vec3<f32> {
    let open = min(luminance(occlusion), 1.0);
    let seen = clamp(pow(layer.n_dot_v + open, exp2(-16.0 * layer.roughness - 1.0)) - 1.0 + open, 0.0, 1.0);
    let a = 2.0404 * layer.f0 - 0.3324;
    let b = 0.6417 - 4.7951 * layer.f0;
    let c = 2.7552 * layer.f0 + 0.6903;
    return max(vec3<f32>(seen), ((seen * a + b) * seen + c) * seen);
}
