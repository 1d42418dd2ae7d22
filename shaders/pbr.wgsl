// A surface under all its light. Joined with everything about surfaces.

@fragment
fn pbr(in: Surface, @builtin(front_facing) is_front: bool) -> @location(0) vec4<f32> {
    if view.layer >= 0.0 && layer_at(in.clip, in.world) != view.layer {
        discard;
    }
    return lit_surface(in, is_front);
}

fn lit_surface(in: Surface, is_front: bool) -> vec4<f32> {
    let base = base_color(in);
    let glow = material.emissive * texel(material.slots[EMISSIVE], in.uvs).rgb;
    let point = point_at(in, base.rgb, select(-1.0, 1.0, is_front));
    let across = cross(dpdx(in.world), dpdy(in.world));
    let flat_normal = across * inverseSqrt(max(dot(across, across), 1e-36));
    let under = select(1.0, point.under_coat, has(HAS_CLEARCOAT));
    let lit = light_around(point) + lamplight(point, flat_normal) + glow * under;
    // Points and lines without normals cannot be lit (glTF 2.0, section 3.7.2.1).
    let has_normal = dot(in.normal, in.normal) > 0.0;
    let color = select(base.rgb, lit, material.unlit == 0u && has_normal);
    return share_of(opacity(color, base.a, point.through), 1.0 - draw.faded);
}

// Less of a surface. A cut-out's alpha counts twice, as in `opacity`.
fn share_of(color: vec4<f32>, share: f32) -> vec4<f32> {
    return color * select(share, sqrt(share), material.blend == 0u && material.cutoff >= 0.0);
}

// Premultiplied colour by the material's alpha mode. Kept below the largest half float, or infinities would spread.
fn opacity(color: vec3<f32>, alpha: f32, through: vec3<f32>) -> vec4<f32> {
    let safe = min(color, vec3<f32>(60000.0));
    if material.blend != 0u {
        let share = clamp(alpha, 0.0, 1.0);
        return vec4<f32>(safe, solid(through)) * share;
    }
    // A cut-out's edge becomes one pixel wide. The card turns alpha into covered samples and we also mix by it, so each
    // gets the square root: together they make the share, and nothing shines through the rim.
    let sharp = clamp((alpha - material.cutoff) / max(fwidth(alpha), 1e-4) + 0.5, 0.0, 1.0);
    let share = select(1.0, sqrt(sharp), material.cutoff >= 0.0);
    if share <= 0.0 {
        discard;
    }
    return vec4<f32>(safe, solid(through)) * share;
}

// How much of what lies behind the page glass hides.
fn solid(through: vec3<f32>) -> f32 {
    if has(HAS_TRANSMISSION) && view.see_through > 0.5 {
        return clamp(1.0 - dot(through, vec3<f32>(0.2126, 0.7152, 0.0722)), 0.0, 1.0);
    }
    return 1.0;
}
