// One face of the cube of the source from a panorama. Joined with environment.

// As many looks into a texel's share of the panorama as it has pixels, 4 by 4 at least: a lamp of one pixel keeps its
// energy.
@fragment
fn from_panorama(in: Fullscreen) -> @location(0) vec4<f32> {
    let count = f32(bake.looks);
    var sum = vec3<f32>(0.0);
    for (var i = 0u; i < bake.looks * bake.looks; i += 1u) {
        let place = (vec2<f32>(f32(i % bake.looks), f32(i / bake.looks)) + 0.5) / count - 0.5;
        let direction = normalize(face_direction(bake.face, in.uv + place / bake.source_size));
        let light = textureSampleLevel(panorama, source_sampler, panorama_uv(direction), 0.0).rgb;
        let strength = (light.r + light.g + light.b) / 3.0;
        let is_sun = strength > bake.sun_limit && dot(direction, bake.sun_center) >= bake.sun_cosine;
        sum += light * select(1.0, bake.sun_limit / strength, is_sun);
    }
    return vec4<f32>(sum / (count * count), 1.0);
}
