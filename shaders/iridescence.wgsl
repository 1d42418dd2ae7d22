// The colours of a thin film (Belcour and Barla 2017, "A Practical Extension to Microfacet Theory for the Modeling of
// Varying Iridescence"), with Schlick's Fresnel on both sides of it as KHR_materials_iridescence asks.

// Strength and thickness in nanometres.
fn film_at(uvs: vec4<f32>) -> vec2<f32> {
    let strength = material.iridescence * texel(material.slots[IRIDESCENCE], uvs).r;
    let place = texel(material.slots[IRIDESCENCE_THICKNESS], uvs).g;
    let thickness = mix(material.film_thinnest, material.film_thickest, place);
    return vec2<f32>(select(strength, 0.0, thickness <= 0.0), thickness);
}

// The F0 for which Schlick's curve gives what the film reflects at this angle.
fn film_f0(cosine: f32, thickness: f32, base_f0: vec3<f32>) -> vec3<f32> {
    let grazing = pow(1.0 - max(cosine, 0.02), 5.0);
    return clamp((film(max(cosine, 0.02), thickness, base_f0) - grazing) / (1.0 - grazing), vec3<f32>(0.0), vec3<f32>(1.0));
}

// What a film on a surface of this F0 reflects.
fn film(cosine: f32, thickness: f32, base_f0: vec3<f32>) -> vec3<f32> {
    // A vanishing film leaves no trace.
    let ior = mix(1.0, material.film_ior, smoothstep(0.0, 0.03, thickness));
    let inner_square = 1.0 - (1.0 - cosine * cosine) / (ior * ior);
    if inner_square < 0.0 {
        return vec3<f32>(1.0);
    }
    let inner = sqrt(inner_square);
    let root = sqrt(clamp(base_f0, vec3<f32>(0.0), vec3<f32>(0.9999)));
    let base_ior = (1.0 + root) / (1.0 - root);
    let outer_f = (ior - 1.0) / (ior + 1.0);
    let base_f = (base_ior - ior) / (base_ior + ior);
    let top = schlick(vec3<f32>(outer_f * outer_f), 1.0, cosine).r;
    let bottom = schlick(base_f * base_f, 1.0, inner);
    // Half a wave is lost at a denser medium: inside the film at its top none, at its bottom by the base.
    let shift = PI + select(vec3<f32>(0.0), vec3<f32>(PI), base_ior < vec3<f32>(ior));
    let path = 2.0 * ior * thickness * inner;
    let both = clamp(top * bottom, vec3<f32>(1e-5), vec3<f32>(0.9999));
    let entered = 1.0 - top;
    let constant = entered * entered * bottom / (1.0 - both);
    var light = top + constant;
    var weight = constant - entered;
    for (var order = 1; order <= 2; order += 1) {
        weight *= sqrt(both);
        light += weight * 2.0 * waves(f32(order) * path, f32(order) * shift);
    }
    return clamp(light, vec3<f32>(0.0), vec3<f32>(1.0));
}

// How the eye sums a wave over all wavelengths: Gaussians fitted to the CIE curves, in frequency space.
fn waves(path: f32, shift: vec3<f32>) -> vec3<f32> {
    let phase = 2.0e-9 * PI * path;
    let heights = vec3<f32>(5.4856e-13, 4.4201e-13, 5.2481e-13);
    let places = vec3<f32>(1.6810e6, 1.7953e6, 2.2084e6);
    let widths = vec3<f32>(4.3278e9, 9.3046e9, 6.6121e9);
    var x_y_z = heights * sqrt(2.0 * PI * widths) * cos(places * phase + shift) * exp(-phase * phase * widths);
    x_y_z.x += 9.7470e-14 * sqrt(2.0 * PI * 4.5282e9) * cos(2.2399e6 * phase + shift.x) * exp(-4.5282e9 * phase * phase);
    let rec709_from_xyz = mat3x3<f32>(
        3.2404542, -0.9692660, 0.0556434,
        -1.5371385, 1.8760108, -0.2040259,
        -0.4985314, 0.0415560, 1.0572252,
    );
    return rec709_from_xyz * (x_y_z / 1.0685e-7);
}
