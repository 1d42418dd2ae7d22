// Light from lamps, the sun among them, and the shadow of the strongest. Joined with view and light.

@group(0) @binding(7) var shadow_map: texture_depth_2d;
@group(0) @binding(8) var shadow_sampler: sampler_comparison;

// What the point sends to the eye of all lamps (KHR_lights_punctual). `flat_normal` is the triangle's own.
fn lamplight(point: Point, flat_normal: vec3<f32>) -> vec3<f32> {
    var sent = vec3<f32>(0.0);
    for (var i = 0u; i < view.lamp_count; i += 1u) {
        let lamp = view.lamps[i];
        let toward = lamp.place - point.world * lamp.nearness;
        let square = max(dot(toward, toward), 1e-8);
        let to_lamp = toward * inverseSqrt(square);
        let end = square * lamp.end;
        let cone = clamp(lamp.cone_offset - dot(lamp.cone, to_lamp), 0.0, 1.0);
        var share = cone * cone * clamp(1.0 - end * end, 0.0, 1.0) / square;
        if i == view.shadowed {
            share *= seen_by_lamp(point.world, flat_normal, to_lamp);
        }
        sent += direct_light(point, to_lamp, lamp.light * share);
    }
    return sent;
}

// How much of the lamp with the shadow map is seen from here. Sixteen looks spread over a disc (Vogel 1979), each a mean
// of four texels.
fn seen_by_lamp(world: vec3<f32>, flat_normal: vec3<f32>, to_lamp: vec3<f32>) -> f32 {
    // Off the surface by what a texel covers of it, or it would shade itself (Holbert 2011).
    let cosine = dot(flat_normal, to_lamp);
    let sine = sqrt(max(1.0 - cosine * cosine, 0.0));
    let off = flat_normal * sign(cosine) * (view.shadow_texel * (0.5 + 1.5 * sine));
    let here = on_map(world + off);
    // A look beside it sees the same flat surface nearer or farther, by how the surface lies to the lamp (Isidoro 2006).
    let axis = select(vec3<f32>(0.0, 0.0, 1.0), vec3<f32>(1.0, 0.0, 0.0), abs(flat_normal.z) > 0.7);
    let side = normalize(cross(flat_normal, axis)) * view.shadow_texel;
    let a = on_map(world + off + side) - here;
    let b = on_map(world + off + cross(flat_normal, side)) - here;
    let turn = a.x * b.y - a.y * b.x;
    let slope = vec2<f32>(a.z * b.y - b.z * a.y, b.z * a.x - a.z * b.x) / select(turn, 1e10, abs(turn) < 1e-12);
    var seen = 0.0;
    for (var i = 0; i < 16; i += 1) {
        let around = 2.39996323 * f32(i);
        let look = vec2<f32>(cos(around), sin(around)) * (sqrt((f32(i) + 0.5) / 16.0) * view.shadow_blur);
        seen += textureSampleCompareLevel(shadow_map, shadow_sampler, here.xy + look, here.z + dot(slope, look));
    }
    let is_on_map = max(abs(here.x - 0.5), abs(here.y - 0.5)) < 0.5 && here.z < 1.0;
    return select(1.0, seen / 16.0, is_on_map);
}

// Where the shadow map has a place, in texture coordinates, and how far from the lamp.
fn on_map(world: vec3<f32>) -> vec3<f32> {
    let clip = view.shadow_from_world * vec4<f32>(world, 1.0);
    let place = clip.xyz / clip.w;
    return vec3<f32>(0.5 + 0.5 * place.x, 0.5 - 0.5 * place.y, place.z);
}
