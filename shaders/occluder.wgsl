// An item as one direction of light sees it: what light meets first. Joined with view, surface and material.

// The colour that light takes on there, and how near to the light it is: 0 farthest, 1 nearest.
@fragment
fn occluder(in: Surface) -> @location(0) vec4<f32> {
    let base = small_base_color(in);
    if material.cutoff >= 0.0 && base.a < material.cutoff {
        discard;
    }
    return vec4<f32>(base.rgb, 1.0 - in.clip.z);
}

// As `base_color`, by one look into the texture's smaller pictures: those who look along a surface need many, and a cell
// has no use for them. Where there is such a texture, it is the first of the eight.
fn small_base_color(in: Surface) -> vec4<f32> {
    let color = material.base_color * in.color;
    let slot = material.slots[BASE_COLOR];
    if slot.unit != 0u {
        return color;
    }
    let uv = slot_uv(slot, in.uvs);
    let size = vec2<f32>(textureDimensions(unit_0));
    let right = dpdx(uv) * size;
    let down = dpdy(uv) * size;
    let level = 0.5 * log2(max(max(dot(right, right), dot(down, down)), 1.0));
    return color * textureSampleLevel(unit_0, sampler_0, uv, level);
}
