// Light on a surface: metallic-roughness (glTF 2.0, appendix B) under image-based light. Joined with view and surface.

const DIELECTRIC_F0: f32 = 0.04;
const PI: f32 = 3.14159265358979;

@fragment
fn pbr(in: Surface, @builtin(front_facing) is_front: bool) -> @location(0) vec4<f32> {
    let base = base_color(in);
    let facing = select(-1.0, 1.0, is_front);
    let normal = shading_normal(in) * facing;
    let metal_rough = textureSample(
        metallic_roughness_texture, metallic_roughness_sampler, slot_uv(material.metallic_roughness_slot, in.uvs));
    let occlusion_sample = textureSample(occlusion_texture, occlusion_sampler, slot_uv(material.occlusion_slot, in.uvs)).r;
    let glow = textureSample(emissive_texture, emissive_sampler, slot_uv(material.emissive_slot, in.uvs)).rgb;
    let occlusion = 1.0 + material.occlusion_strength * (occlusion_sample - 1.0);
    let roughness = widened(clamp(material.roughness * metal_rough.g, 0.0, 1.0), normal);
    let metallic = clamp(material.metallic * metal_rough.b, 0.0, 1.0);
    let to_eye = normalize(view.eye - in.world);
    let lit = image_light(base.rgb, metallic, roughness, normal, to_eye, occlusion) + material.emissive * glow;
    // Points and lines without normals cannot be lit (glTF 2.0, section 3.7.2.1).
    let has_normal = dot(in.normal, in.normal) > 0.0;
    let color = select(base.rgb, lit, material.unlit == 0u && has_normal);
    return opacity(color, base.a);
}

// Premultiplied colour by the material's alpha mode. Kept below the largest half float, or infinities would spread.
fn opacity(color: vec3<f32>, alpha: f32) -> vec4<f32> {
    let safe = min(color, vec3<f32>(60000.0));
    if material.blend != 0u {
        let share = clamp(alpha, 0.0, 1.0);
        return vec4<f32>(safe * share, share);
    }
    // A cut-out's edge becomes one pixel wide. The card turns alpha into covered samples and we also mix by it, so each
    // gets the square root: together they make the share, and nothing shines through the rim.
    let sharp = clamp((alpha - material.cutoff) / max(fwidth(alpha), 1e-4) + 0.5, 0.0, 1.0);
    let share = select(1.0, sqrt(sharp), material.cutoff >= 0.0);
    if share <= 0.0 {
        discard;
    }
    return vec4<f32>(safe * share, share);
}

fn shading_normal(in: Surface) -> vec3<f32> {
    let normal = normalize(in.normal);
    let uv = slot_uv(material.normal_slot, in.uvs);
    let world_x = dpdx(in.world);
    let world_y = dpdy(in.world);
    let uv_x = dpdx(uv);
    let uv_y = dpdy(uv);
    let texel = textureSample(normal_texture, normal_sampler, uv).xyz * 2.0 - 1.0;
    if material.normal_slot.present == 0u {
        return normal;
    }
    // Without tangents in the file: the directions in which u and v grow on the surface (Schueler 2013). v points down
    // the picture and the bitangent up, hence the minus.
    let across_y = cross(world_y, normal);
    let across_x = cross(normal, world_x);
    let hand = select(-1.0, 1.0, dot(world_x, across_y) >= 0.0);
    let along_u = (across_y * uv_x.x + across_x * uv_y.x) * hand;
    let along_v = (across_y * uv_x.y + across_x * uv_y.y) * hand;
    let scale = inverseSqrt(max(max(dot(along_u, along_u), dot(along_v, along_v)), 1e-30));
    let from_file = dot(in.tangent, in.tangent) > 1e-12;
    let tangent = select(along_u * scale, in.tangent, from_file);
    let bitangent = select(-along_v * scale, in.bitangent, from_file);
    let bent = vec3<f32>(texel.xy * material.normal_scale, texel.z);
    let from_file_scale = select(1.0, inverseSqrt(max(dot(in.tangent, in.tangent), 1e-30)), from_file);
    return normalize((tangent * bent.x + bitangent * bent.y) * from_file_scale + normal * bent.z);
}

// Roughness as one pixel sees it: normals that turn within the pixel widen the lobe (Tokuyoshi and Kaplanyan 2019).
fn widened(roughness: f32, normal: vec3<f32>) -> f32 {
    let change_x = dpdx(normal);
    let change_y = dpdy(normal);
    let variance = 0.25 * (dot(change_x, change_x) + dot(change_y, change_y));
    let alpha = roughness * roughness;
    return sqrt(sqrt(clamp(alpha * alpha + min(2.0 * variance, 0.18), 0.0, 1.0)));
}

// Light from all around, energy kept between the facets (Fdez-Aguera 2019).
fn image_light(
    base: vec3<f32>, metallic: f32, roughness: f32, normal: vec3<f32>, to_eye: vec3<f32>, occlusion: f32,
) -> vec3<f32> {
    let n_dot_v = clamp(dot(normal, to_eye), 0.0, 1.0);
    let table_size = vec2<f32>(textureDimensions(reflected_share));
    let table_uv = (vec2<f32>(n_dot_v, roughness) * (table_size - 1.0) + 0.5) / table_size;
    let share = textureSampleLevel(reflected_share, light_sampler, table_uv, 0.0).xy;

    let f0 = mix(vec3<f32>(DIELECTRIC_F0), base, metallic);
    let single = f0 * share.x + share.y;
    let lost = 1.0 - share.x - share.y;
    let f_average = f0 + (1.0 - f0) / 21.0;
    let multiple = single * f_average / (1.0 - lost * f_average) * lost;
    let through = (1.0 - metallic) * base * (1.0 - single - multiple);

    let mirrored = light_from_world(lobe_direction(reflect(-to_eye, normal), normal, roughness));
    let radiance = textureSampleLevel(specular_light, light_sampler, mirrored, roughness * view.last_level).rgb;
    let arriving = textureSampleLevel(diffuse_light, light_sampler, light_from_world(normal), 0.0).rgb;
    let seen = specular_occlusion(n_dot_v, occlusion, roughness);
    let around = view.light_intensity * (radiance * single * seen + arriving * (multiple + through) * occlusion);
    return around + sunlight(f0, (multiple + through) / PI, roughness, normal, to_eye, n_dot_v);
}

// GGX with height-correlated Smith masking (Heitz 2014) and Schlick's Fresnel, as the light around has them.
fn sunlight(
    f0: vec3<f32>, diffuse: vec3<f32>, roughness: f32, normal: vec3<f32>, to_eye: vec3<f32>, n_dot_v: f32,
) -> vec3<f32> {
    let n_dot_l = dot(normal, view.sun_direction);
    if n_dot_l <= 0.0 {
        return vec3<f32>(0.0);
    }
    let half_vector = normalize(to_eye + view.sun_direction);
    let n_dot_h = clamp(dot(normal, half_vector), 0.0, 1.0);
    let fresnel = f0 + (1.0 - f0) * pow(1.0 - clamp(dot(to_eye, half_vector), 0.0, 1.0), 5.0);
    // The sun is half a degree wide, which is what a mirror shows of it.
    let alpha_square = max(roughness * roughness * roughness * roughness, 1e-4);
    let lobe = n_dot_h * n_dot_h * (alpha_square - 1.0) + 1.0;
    let distribution = alpha_square / (PI * lobe * lobe);
    let seen = n_dot_l * sqrt(n_dot_v * n_dot_v * (1.0 - alpha_square) + alpha_square);
    let lit = n_dot_v * sqrt(n_dot_l * n_dot_l * (1.0 - alpha_square) + alpha_square);
    let specular = fresnel * distribution * 0.5 / max(seen + lit, 1e-5);
    return view.sun_light * n_dot_l * (specular + diffuse);
}

// Rough surfaces send most light from nearer to their normal than a mirror would (Lagarde and de Rousiers 2014,
// listing 22).
fn lobe_direction(mirrored: vec3<f32>, normal: vec3<f32>, roughness: f32) -> vec3<f32> {
    let alpha = roughness * roughness;
    return mix(normal, mirrored, (1.0 - alpha) * (sqrt(1.0 - alpha) + alpha));
}

// How much of the lobe an occluded point still sees (Lagarde and de Rousiers 2014, listing 26).
fn specular_occlusion(n_dot_v: f32, occlusion: f32, roughness: f32) -> f32 {
    return clamp(pow(n_dot_v + occlusion, exp2(-16.0 * roughness - 1.0)) - 1.0 + occlusion, 0.0, 1.0);
}
