// The light of one direction, which stands in the eye's place. Joined with fullscreen and view.

// The level of the specular cube whose lobes are about as wide as the direction's share of the sphere.
const ROUGHNESS: f32 = 0.4;

// The upper texel: what arrives from there. The lower one: what a white surface that faces away from there sends back.
@fragment
fn ray(in: Fullscreen) -> @location(0) vec4<f32> {
    let toward = view.eye;
    let level = ROUGHNESS * view.last_level;
    let direct = textureSampleLevel(specular_light, light_sampler, light_from_world(toward), level).rgb;
    let around = textureSampleLevel(diffuse_light, light_sampler, light_from_world(-toward), 0.0).rgb;
    var light = view.light_intensity * direct;
    if in.uv.y > 0.5 {
        light = view.light_intensity * around;
        for (var i = 0u; i < view.lamp_count; i += 1u) {
            let lamp = view.lamps[i];
            // Lamps of the product's own are near: what they light is not the same on all of it.
            light += lamp.light * max(-dot(toward, lamp.place), 0.0) * (1.0 - lamp.nearness) / 3.14159265358979;
        }
    }
    return vec4<f32>(min(light, vec3<f32>(60000.0)), 1.0);
}
