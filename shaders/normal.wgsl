// Directions on the surface: bent by textures, drawn out by brushing, averaged over a pixel. Joined with material.

// Tangent and bitangent for a texture, unit length at least in the mean.
struct Along {
    tangent: vec3<f32>,
    bitangent: vec3<f32>,
}

// From the file, or else the directions in which u and v grow on the surface (Schueler 2013). v points down the picture
// and the bitangent up, hence the minus.
fn along(in: Surface, normal: vec3<f32>, uv: vec2<f32>) -> Along {
    let world_x = dpdx(in.world);
    let world_y = dpdy(in.world);
    let uv_x = dpdx(uv);
    let uv_y = dpdy(uv);
    let across_y = cross(world_y, normal);
    let across_x = cross(normal, world_x);
    let hand = select(-1.0, 1.0, dot(world_x, across_y) >= 0.0);
    let along_u = (across_y * uv_x.x + across_x * uv_y.x) * hand;
    let along_v = (across_y * uv_x.y + across_x * uv_y.y) * hand;
    let scale = inverseSqrt(max(max(dot(along_u, along_u), dot(along_v, along_v)), 1e-30));
    let square = dot(in.tangent, in.tangent);
    let from_file = square > 1e-12;
    let file_scale = inverseSqrt(max(square, 1e-30));
    return Along(
        select(along_u * scale, in.tangent * file_scale, from_file),
        select(-along_v * scale, in.bitangent * file_scale, from_file),
    );
}

// The normal by a normal texture; the surface's own without one.
fn bent_normal(in: Surface, slot: Slot, strength: f32) -> vec3<f32> {
    let normal = normalize(in.normal);
    let way = along(in, normal, slot_uv(slot, in.uvs));
    let bent = (texel(slot, in.uvs).xyz * 2.0 - 1.0) * vec3<f32>(strength, strength, 1.0);
    if slot.unit >= 8u {
        return normal;
    }
    return normalize(way.tangent * bent.x + way.bitangent * bent.y + normal * bent.z);
}

// Where a brushed surface draws its reflections out (KHR_materials_anisotropy).
fn brush(in: Surface, point: ptr<function, Point>) {
    let slot = material.slots[ANISOTROPY];
    let said = texel(slot, in.uvs);
    let turn = material.anisotropy_direction;
    let normal = (*point).facets.normal;
    let way = along(in, normal, slot_uv(slot, in.uvs));
    var direction = vec2<f32>(1.0, 0.0);
    if slot.unit < 8u {
        direction = said.xy * 2.0 - 1.0;
    }
    direction = mat2x2<f32>(turn, vec2<f32>(-turn.y, turn.x)) * direction;
    let flat = way.tangent * direction.x + way.bitangent * direction.y;
    let upright = flat - normal * dot(flat, normal);
    (*point).brushed = upright * inverseSqrt(max(dot(upright, upright), 1e-12));
    (*point).anisotropy = material.anisotropy * said.b;
}

// Roughness as one pixel sees it: normals that turn within the pixel widen the lobe (Tokuyoshi and Kaplanyan 2019). A
// pixel is a square, whose variance along a side is a twelfth; a round lobe takes the mean of both sides.
fn widened(roughness: f32, normal: vec3<f32>) -> f32 {
    let change_x = dpdx(normal);
    let change_y = dpdy(normal);
    let variance = (dot(change_x, change_x) + dot(change_y, change_y)) / 24.0;
    let alpha = roughness * roughness;
    return sqrt(sqrt(clamp(alpha * alpha + min(2.0 * variance, 0.18), 0.0, 1.0)));
}
