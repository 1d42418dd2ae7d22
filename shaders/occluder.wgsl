// An item as one direction of light sees it: what light meets first. Joined with view, surface and material.

// The colour that light takes on there, and how near to the light it is: 0 farthest, 1 nearest.
@fragment
fn occluder(in: Surface) -> @location(0) vec4<f32> {
    let base = base_color(in);
    if material.cutoff >= 0.0 && base.a < material.cutoff {
        discard;
    }
    return vec4<f32>(base.rgb, 1.0 - in.clip.z);
}
