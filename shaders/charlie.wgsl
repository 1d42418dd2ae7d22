// The sheen of cloth (Estevez and Kulla 2017, "Production Friendly Microfacet Sheen BRDF").

// Cylindrical fibres, upright on the surface: most light at half vectors along it.
fn charlie_distribution(alpha: f32, n_dot_h: f32) -> f32 {
    let sine = sqrt(max(1.0 - n_dot_h * n_dot_h, 0.0));
    return (2.0 + 1.0 / alpha) * pow(sine, 1.0 / alpha) / (2.0 * 3.14159265358979);
}

fn charlie_curve(x: f32, alpha: f32) -> f32 {
    let t = (1.0 - alpha) * (1.0 - alpha);
    let a = mix(21.5473, 25.3245, t);
    let b = mix(3.82987, 3.32435, t);
    let c = mix(0.19823, 0.16801, t);
    let d = mix(-1.97760, -1.27393, t);
    let e = mix(-4.32054, -4.85967, t);
    return a / (1.0 + b * pow(x, c)) + d * x + e;
}

fn charlie_lambda(cosine: f32, alpha: f32) -> f32 {
    let high = charlie_curve(cosine, alpha);
    let low = 2.0 * charlie_curve(0.5, alpha) - charlie_curve(1.0 - cosine, alpha);
    return exp(select(low, high, cosine < 0.5));
}

// Masking over 4 NdotL NdotV.
fn charlie_visibility(alpha: f32, n_dot_l: f32, n_dot_v: f32) -> f32 {
    let masking = 1.0 + charlie_lambda(n_dot_v, alpha) + charlie_lambda(n_dot_l, alpha);
    return 1.0 / (masking * 4.0 * max(n_dot_l * n_dot_v, 1e-4));
}
