// The next layer of crossing surfaces, behind those that `behind` knows: depth peeling (Everitt 2001), once a pixel. Joined
// with view, surface, material and layer.

@fragment
fn peel(in: Surface) -> @location(0) vec4<f32> {
    let base = base_color(in);
    if base.a <= 0.0 || layer_at(in.clip, in.world) < view.layer {
        discard;
    }
    var layers = textureLoad(behind, vec2<i32>(in.clip.xy), 0);
    layers[u32(view.layer)] = steps_to(in.world);
    return layers;
}
