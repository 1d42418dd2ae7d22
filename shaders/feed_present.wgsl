// The present pass of a picture that stands in a camera's: the tone curve is for the products alone. Joined with fullscreen,
// present and camera_picture.

@fragment
fn feed_present(in: Fullscreen) -> @location(0) vec4<f32> {
    let size = vec2<f32>(textureDimensions(picture));
    let texel = vec2<i32>(in.clip.xy);
    let uv = (vec2<f32>(texel) + 0.5) / size;
    let camera = camera_color(vec2<f32>(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0));
    let light = textureLoad(picture, texel, 0);
    let alpha = clamp(light.a, 0.0, 1.0);
    let product = max(light.rgb - (1.0 - alpha) * camera_light(camera), vec3<f32>(0.0));
    let color = toned(product / max(alpha, 1e-5) * present_options.exposure * feed_options.tint);
    return vec4<f32>(encode_srgb(clamp(mix(camera, color, alpha), vec3<f32>(0.0), vec3<f32>(1.0))), 1.0);
}
