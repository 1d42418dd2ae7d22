// The surroundings behind everything. Joined with fullscreen, view and surroundings.

// The surroundings as they came.
@group(1) @binding(0) var panorama: texture_2d<f32>;

@fragment
fn backdrop(in: Fullscreen) -> @location(0) vec4<f32> {
    let far = view.world_from_clip * vec4<f32>(in.uv.x * 2.0 - 1.0, 1.0 - in.uv.y * 2.0, 1.0, 1.0);
    let direction = light_from_world(normalize(far.xyz / far.w - view.eye));
    let picture = textureSampleLevel(panorama, light_sampler, panorama_uv(direction), 0.0).rgb;
    let light = select(picture, studio(direction), view.is_studio > 0.5);
    return vec4<f32>(min(light * view.light_intensity, vec3<f32>(60000.0)), 1.0);
}
