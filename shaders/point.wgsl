// The shaded point: everything about the surface there, gathered before any light falls on it. Joined with material.

// Which lobes the material has, as bits: what is absent costs nothing.
override lobes: u32 = 0u;
const HAS_SPECULAR: u32 = 1u;
const HAS_CLEARCOAT: u32 = 2u;
const HAS_SHEEN: u32 = 4u;
const HAS_TRANSMISSION: u32 = 8u;
const HAS_IRIDESCENCE: u32 = 16u;
const HAS_ANISOTROPY: u32 = 32u;
const HAS_DIFFUSE_TRANSMISSION: u32 = 64u;

const PI: f32 = 3.14159265358979;

// One layer of microfacets.
struct Facets {
    normal: vec3<f32>,
    n_dot_v: f32,
    roughness: f32,
    // The reflection straight back and at grazing angles (Schlick).
    f0: vec3<f32>,
    f90: f32,
    // What is reflected of all-white surroundings at once, and what after bounces between the facets.
    single: vec3<f32>,
    multiple: vec3<f32>,
}

struct Point {
    world: vec3<f32>,
    to_eye: vec3<f32>,
    // The base layer.
    facets: Facets,
    // The varnish.
    coat: Facets,
    // The direction in which reflections are drawn out, and how much, 0..1.
    brushed: vec3<f32>,
    anisotropy: f32,
    // Shares of the light on the base layer: scattered back, scattered through, and let through as by glass.
    diffuse: vec3<f32>,
    behind: vec3<f32>,
    through: vec3<f32>,
    sheen_color: vec3<f32>,
    sheen_roughness: f32,
    // What varnish and fibres leave of the light, on its way in and out.
    under_coat: f32,
    under_sheen: f32,
    // Of the material alone, and in metres: glass does not bend what is behind it more because it is small on the screen.
    roughness: f32,
    thickness: f32,
    // How much of the light from all around arrives; more than 1 where the product throws light onto itself.
    occlusion: vec3<f32>,
}

fn has(lobe: u32) -> bool {
    return (lobes & lobe) != 0u;
}

// Scale and offset of F0 in what GGX reflects of all-white surroundings, and what Charlie's sheen does.
fn share_at(n_dot_v: f32, roughness: f32) -> vec3<f32> {
    let size = vec2<f32>(textureDimensions(reflected_share));
    let uv = (vec2<f32>(n_dot_v, roughness) * (size - 1.0) + 0.5) / size;
    return textureSampleLevel(reflected_share, light_sampler, uv, 0.0).xyz;
}

fn luminance(color: vec3<f32>) -> f32 {
    return dot(color, vec3<f32>(0.2126, 0.7152, 0.0722));
}

fn largest(color: vec3<f32>) -> f32 {
    return max(color.r, max(color.g, color.b));
}

// A layer of facets, its energy kept between them (Fdez-Aguera 2019).
fn facets(normal: vec3<f32>, n_dot_v: f32, roughness: f32, f0: vec3<f32>, f90: f32) -> Facets {
    let share = share_at(n_dot_v, roughness);
    let single = f0 * share.x + f90 * share.y;
    let lost = 1.0 - share.x - share.y;
    let f_average = f0 + (f90 - f0) / 21.0;
    let multiple = single * f_average / (1.0 - lost * f_average) * lost;
    return Facets(normal, n_dot_v, roughness, f0, f90, single, multiple);
}

fn point_at(in: Surface, base: vec3<f32>, facing: f32) -> Point {
    var point: Point;
    point.world = in.world;
    point.to_eye = normalize(view.eye - in.world);
    let normal = bent_normal(in, material.slots[NORMAL], material.normal_scale) * facing;
    let surface_texel = texel(material.slots[METALLIC_ROUGHNESS], in.uvs);
    let is_glossy = material.glossy != 0u;
    let rough = select(material.roughness * surface_texel.g, 1.0 - (1.0 - material.roughness) * surface_texel.a, is_glossy);
    point.roughness = clamp(rough, 0.0, 1.0);
    let roughness = widened(point.roughness, normal);
    let metallic = select(clamp(material.metallic * surface_texel.b, 0.0, 1.0), 0.0, is_glossy);
    let n_dot_v = clamp(dot(normal, point.to_eye), 0.0, 1.0);
    point.occlusion = occlusion_at(in, facing);

    let f = (material.ior - 1.0) / (material.ior + 1.0);
    var f0 = vec3<f32>(f * f);
    var f90 = 1.0;
    if has(HAS_SPECULAR) {
        f90 = material.specular * texel(material.slots[SPECULAR], in.uvs).a;
        f0 = f90 * min(f0 * material.specular_color * texel(material.slots[SPECULAR_COLOR], in.uvs).rgb, vec3<f32>(1.0));
    }
    var mixed_f0 = mix(f0, base, metallic);
    if has(HAS_IRIDESCENCE) {
        let film = film_at(in.uvs);
        mixed_f0 = mix(mixed_f0, film_f0(n_dot_v, film.y, mixed_f0), film.x);
        f0 = mix(f0, film_f0(n_dot_v, film.y, f0), film.x);
    }
    point.facets = facets(normal, n_dot_v, roughness, mixed_f0, mix(f90, 1.0, metallic));
    let dielectric = facets(normal, n_dot_v, roughness, f0, f90);
    // By the strongest colour, or the body would show the reflection's complement (KHR_materials_specular).
    let body = (1.0 - metallic) * (1.0 - largest(dielectric.single + dielectric.multiple));
    share_out(in, &point, base, body);
    lay_over(in, &point, facing);
    return point;
}

// What the grid knows of the product as a whole, and the file's texture of its folds and seams. Both may know the same
// shade: the darker one counts, so that none counts twice.
fn occlusion_at(in: Surface, facing: f32) -> vec3<f32> {
    let baked = light_share(in.world, normalize(in.normal) * facing);
    let authored = 1.0 + material.occlusion_strength * (texel(material.slots[OCCLUSION], in.uvs).r - 1.0);
    let most = select(16.0, authored, material.slots[OCCLUSION].unit < 8u);
    return baked * min(1.0, most / max(luminance(baked), 1e-4));
}

// Divides what enters the body between the ways out of it.
fn share_out(in: Surface, point: ptr<function, Point>, base: vec3<f32>, body: f32) {
    (*point).diffuse = body * base;
    if has(HAS_DIFFUSE_TRANSMISSION) {
        let share = material.diffuse_transmission * texel(material.slots[DIFFUSE_TRANSMISSION], in.uvs).a;
        let color = material.diffuse_transmission_color * texel(material.slots[DIFFUSE_TRANSMISSION_COLOR], in.uvs).rgb;
        (*point).behind = body * share * color;
        (*point).diffuse *= 1.0 - share;
    }
    if has(HAS_TRANSMISSION | HAS_DIFFUSE_TRANSMISSION) {
        (*point).thickness = in.scale * material.thickness * texel(material.slots[THICKNESS], in.uvs).g;
    }
    if has(HAS_TRANSMISSION) {
        let share = material.transmission * texel(material.slots[TRANSMISSION], in.uvs).r;
        (*point).through = body * share * base;
        (*point).diffuse *= 1.0 - share;
        (*point).behind *= 1.0 - share;
    }
}

// What lies on the base layer: fibres, and varnish over everything.
fn lay_over(in: Surface, point: ptr<function, Point>, facing: f32) {
    (*point).under_coat = 1.0;
    (*point).under_sheen = 1.0;
    if has(HAS_ANISOTROPY) {
        brush(in, point);
    }
    if has(HAS_SHEEN) {
        let color = material.sheen_color * texel(material.slots[SHEEN_COLOR], in.uvs).rgb;
        let roughness = clamp(material.sheen_roughness * texel(material.slots[SHEEN_ROUGHNESS], in.uvs).a, 0.07, 1.0);
        (*point).sheen_color = color;
        (*point).sheen_roughness = roughness;
        (*point).under_sheen = 1.0 - largest(color) * share_at((*point).facets.n_dot_v, roughness).z;
    }
    if has(HAS_CLEARCOAT) {
        let strength = material.clearcoat * texel(material.slots[CLEARCOAT], in.uvs).r;
        let normal = bent_normal(in, material.slots[CLEARCOAT_NORMAL], material.clearcoat_normal_scale) * facing;
        let rough = material.clearcoat_roughness * texel(material.slots[CLEARCOAT_ROUGHNESS], in.uvs).g;
        let n_dot_v = clamp(dot(normal, (*point).to_eye), 0.0, 1.0);
        let f0 = vec3<f32>(0.04 * strength);
        (*point).coat = facets(normal, n_dot_v, widened(clamp(rough, 0.0, 1.0), normal), f0, strength);
        (*point).under_coat = 1.0 - (*point).coat.single.r - (*point).coat.multiple.r;
    }
}
