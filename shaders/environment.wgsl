// Turns surroundings into light: a cube of the source, its mip chain, the specular levels, the diffuse cube, and the
// table of reflected shares. Every entry point draws one face of one level. Joined with fullscreen, surroundings and
// charlie, and with panorama where there is one.

struct Bake {
    // 0..5: +X -X +Y -Y +Z -Z.
    face: u32,
    // How many directions are looked into.
    sample_count: u32,
    // 0 mirror .. 1 matt, of the level being drawn.
    roughness: f32,
    // Width of one face of the cube being read, in texels.
    source_size: f32,
    // The level of the cube to read where one is meant.
    source_level: f32,
    // The sun is a light of its own: what is brighter than this around it is cut off. Cosine above 1 without a sun.
    sun_limit: f32,
    sun_cosine: f32,
    // How many looks into the panorama along each side of a texel.
    looks: u32,
    @size(16) sun_center: vec3<f32>,
}

@group(0) @binding(0) var<uniform> bake: Bake;
@group(0) @binding(1) var panorama: texture_2d<f32>;
@group(0) @binding(2) var source: texture_cube<f32>;
@group(0) @binding(3) var source_sampler: sampler;

// The direction through a point of a cube face; uv from its upper left corner.
fn face_direction(face: u32, uv: vec2<f32>) -> vec3<f32> {
    let p = uv * 2.0 - 1.0;
    switch face {
        case 0u: { return vec3<f32>(1.0, -p.y, -p.x); }
        case 1u: { return vec3<f32>(-1.0, -p.y, p.x); }
        case 2u: { return vec3<f32>(p.x, 1.0, p.y); }
        case 3u: { return vec3<f32>(p.x, -1.0, -p.y); }
        case 4u: { return vec3<f32>(p.x, -p.y, 1.0); }
        default: { return vec3<f32>(-p.x, -p.y, -1.0); }
    }
}

// The n-th of `sample_count` points spread evenly over the unit square (a Fibonacci lattice).
fn lattice(index: u32) -> vec2<f32> {
    return vec2<f32>((f32(index) + 0.5) / f32(bake.sample_count), fract(f32(index) * 0.61803398875 + 0.5));
}

// A frame around `normal`: columns tangent, bitangent, normal.
fn frame_around(normal: vec3<f32>) -> mat3x3<f32> {
    let up = select(vec3<f32>(0.0, 0.0, 1.0), vec3<f32>(1.0, 0.0, 0.0), abs(normal.z) > 0.9);
    let tangent = normalize(cross(up, normal));
    return mat3x3<f32>(tangent, cross(normal, tangent), normal);
}

// A half vector by the GGX distribution, around +Z (Walter et al. 2007, eq. 35).
fn ggx_half_vector(point: vec2<f32>, alpha: f32) -> vec3<f32> {
    let cosine = sqrt((1.0 - point.x) / (1.0 + (alpha * alpha - 1.0) * point.x));
    let sine = sqrt(max(1.0 - cosine * cosine, 0.0));
    let around = 2.0 * PI * point.y;
    return vec3<f32>(sine * cos(around), sine * sin(around), cosine);
}

@fragment
fn from_studio(in: Fullscreen) -> @location(0) vec4<f32> {
    return vec4<f32>(studio(normalize(face_direction(bake.face, in.uv))), 1.0);
}

// Four texels of the finer level, each by the solid angle it covers. `source_size` is the finer level's.
@fragment
fn halve(in: Fullscreen) -> @location(0) vec4<f32> {
    var sum = vec4<f32>(0.0);
    for (var i = 0u; i < 4u; i += 1u) {
        let step = (vec2<f32>(f32(i & 1u), f32(i >> 1u)) - 0.5) / bake.source_size;
        let direction = face_direction(bake.face, in.uv + step);
        let weight = pow(dot(direction, direction), -1.5);
        sum += vec4<f32>(textureSampleLevel(source, source_sampler, direction, 0.0).rgb, 1.0) * weight;
    }
    return vec4<f32>(sum.rgb / sum.w, 1.0);
}

// What a surface of this roughness reflects when looked at from straight above (Karis 2013). Each look reads the level
// whose texels are as large as the look's share of the lobe (Krivanek and Colbert 2008): no fireflies.
@fragment
fn specular(in: Fullscreen) -> @location(0) vec4<f32> {
    let normal = normalize(face_direction(bake.face, in.uv));
    let frame = frame_around(normal);
    let alpha = bake.roughness * bake.roughness;
    let texel_angle = 4.0 * PI / (6.0 * bake.source_size * bake.source_size);
    var sum = vec4<f32>(0.0);
    for (var i = 0u; i < bake.sample_count; i += 1u) {
        let half_vector = ggx_half_vector(lattice(i), alpha);
        let direction = vec3<f32>(2.0 * half_vector.z * half_vector.xy, 2.0 * half_vector.z * half_vector.z - 1.0);
        let lobe = half_vector.z * half_vector.z * (alpha * alpha - 1.0) + 1.0;
        let density = alpha * alpha / (4.0 * PI * lobe * lobe);
        let level = 0.5 * log2(1.0 / (f32(bake.sample_count) * density * texel_angle)) + 0.5;
        let weight = max(direction.z, 0.0);
        let light = textureSampleLevel(source, source_sampler, frame * direction, max(level, 0.0)).rgb;
        sum += vec4<f32>(light, 1.0) * weight;
    }
    return vec4<f32>(sum.rgb / max(sum.w, 1e-4), 1.0);
}

// Every texel of a small level, by cosine and solid angle: exact and without noise. `source_size` is that level's.
@fragment
fn diffuse(in: Fullscreen) -> @location(0) vec4<f32> {
    let normal = normalize(face_direction(bake.face, in.uv));
    let size = u32(bake.source_size);
    var sum = vec4<f32>(0.0);
    for (var face = 0u; face < 6u; face += 1u) {
        for (var y = 0u; y < size; y += 1u) {
            for (var x = 0u; x < size; x += 1u) {
                let uv = (vec2<f32>(f32(x), f32(y)) + 0.5) / bake.source_size;
                let direction = face_direction(face, uv);
                let square = dot(direction, direction);
                let weight = max(dot(normal, direction), 0.0) / (square * square);
                let light = textureSampleLevel(source, source_sampler, direction, bake.source_level).rgb;
                sum += vec4<f32>(light, 1.0) * weight;
            }
        }
    }
    return vec4<f32>(sum.rgb / sum.w, 1.0);
}

// The split sum's second half (Karis 2013) with height-correlated Smith masking (Heitz 2014), and the share of sheen:
// texel centres at the corners hold the extreme values.
@fragment
fn reflected_share(in: Fullscreen) -> @location(0) vec4<f32> {
    let place = (in.uv * bake.source_size - 0.5) / (bake.source_size - 1.0);
    let n_dot_v = max(place.x, 1e-3);
    let to_eye = vec3<f32>(sqrt(1.0 - n_dot_v * n_dot_v), 0.0, n_dot_v);
    let alpha = max(place.y * place.y, 1e-3);
    let alpha_square = alpha * alpha;
    var sum = vec2<f32>(0.0);
    for (var i = 0u; i < bake.sample_count; i += 1u) {
        let half_vector = ggx_half_vector(lattice(i), alpha);
        let v_dot_h = max(dot(to_eye, half_vector), 0.0);
        let n_dot_l = 2.0 * v_dot_h * half_vector.z - n_dot_v;
        if n_dot_l > 0.0 {
            let seen = n_dot_l * sqrt(n_dot_v * n_dot_v * (1.0 - alpha_square) + alpha_square);
            let lit = n_dot_v * sqrt(n_dot_l * n_dot_l * (1.0 - alpha_square) + alpha_square);
            let share = 2.0 * n_dot_l * v_dot_h / ((seen + lit) * half_vector.z);
            let fresnel = pow(1.0 - v_dot_h, 5.0);
            sum += vec2<f32>(1.0 - fresnel, fresnel) * share;
        }
    }
    return vec4<f32>(sum / f32(bake.sample_count), sheen_share(to_eye, alpha), 1.0);
}

// What Charlie's fibres send of all-white surroundings: half vectors by their distribution.
fn sheen_share(to_eye: vec3<f32>, alpha: f32) -> f32 {
    var sum = 0.0;
    for (var i = 0u; i < bake.sample_count; i += 1u) {
        let point = lattice(i);
        let sine = pow(point.x, alpha / (2.0 * alpha + 1.0));
        let cosine = sqrt(max(1.0 - sine * sine, 1e-6));
        let around = 2.0 * PI * point.y;
        let half_vector = vec3<f32>(sine * cos(around), sine * sin(around), cosine);
        let v_dot_h = dot(to_eye, half_vector);
        let n_dot_l = 2.0 * v_dot_h * cosine - to_eye.z;
        if n_dot_l > 0.0 && v_dot_h > 0.0 {
            sum += charlie_visibility(alpha, n_dot_l, to_eye.z) * 4.0 * v_dot_h * n_dot_l / cosine;
        }
    }
    return min(sum / f32(bake.sample_count), 1.0);
}
