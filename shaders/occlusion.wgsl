// The light in the cells of a grid around an item, eight directions at a time. Joined with fullscreen.

struct Occlusion {
    // Three for each direction: to a texel's column and row in its picture, and to nearness. The last one's xyz points to
    // the light.
    rows: array<vec4<f32>, 24>,
    // The middle of the first cell, in the item's space.
    corner: vec3<f32>,
    // A cell's width.
    cell: f32,
    counts: vec3<u32>,
    // Slices of cells side by side.
    per_row: u32,
    // A direction's share of the sphere.
    share: f32,
    // What of nearness counts as the same.
    @size(12) bias: f32,
}

@group(0) @binding(0) var<uniform> occlusion: Occlusion;
// Four by two pictures of the item; under them the direct and the returned light of each direction.
@group(0) @binding(1) var occluders: texture_2d<f32>;
@group(0) @binding(2) var occluder_sampler: sampler;

// Light of one colour in spherical harmonics of the first order: w from all around, xyz by where it comes from.
struct Light {
    @location(0) red: vec4<f32>,
    @location(1) green: vec4<f32>,
    @location(2) blue: vec4<f32>,
}

// Under the slices lies an octahedral picture: the light on an open plane, by its normal.
@fragment
fn occlusion_step(in: Fullscreen) -> Light {
    let texel = vec2<u32>(in.clip.xy);
    let counts = occlusion.counts;
    let height = (counts.z + occlusion.per_row - 1u) / occlusion.per_row * counts.y;
    let is_open = texel.y >= height;
    let normal = from_octahedral(vec2<f32>(f32(texel.x), f32(texel.y - min(height, texel.y))));
    let slice = texel.y / counts.y * occlusion.per_row + texel.x / counts.x;
    let cell = vec3<f32>(f32(texel.x % counts.x), f32(texel.y % counts.y), f32(slice));
    let place = vec4<f32>(occlusion.corner + occlusion.cell * cell, 1.0);
    let size = vec2<f32>(textureDimensions(occluders));
    let picture = size.x / 4.0;
    var sum = Light();
    for (var index = 0; index < 8; index += 1) {
        let depth = occlusion.rows[index * 3 + 2];
        let direction = normalize(depth.xyz);
        var light = textureLoad(occluders, vec2<i32>(index, i32(2.0 * picture)), 0).rgb;
        if is_open {
            light *= step(0.0, dot(direction, normal));
        } else {
            let at = vec2<f32>(dot(occlusion.rows[index * 3], place), dot(occlusion.rows[index * 3 + 1], place));
            let low = vec2<f32>(f32(index % 4), f32(index / 4)) * picture;
            let uv = (low + clamp(at * picture, vec2<f32>(0.5), vec2<f32>(picture - 0.5))) / size;
            let first = textureSampleLevel(occluders, occluder_sampler, uv, 0.0);
            let returned = first.rgb * textureLoad(occluders, vec2<i32>(index, i32(2.0 * picture) + 1), 0).rgb;
            light = select(light, returned, first.a > dot(depth, place) + occlusion.bias);
        }
        let lobe = vec4<f32>(direction, 1.0) * occlusion.share;
        sum.red += light.r * lobe;
        sum.green += light.g * lobe;
        sum.blue += light.b * lobe;
    }
    return sum;
}

// The direction of a texel (Cigolle et al. 2014); the outermost ones lie on the picture's edge.
fn from_octahedral(texel: vec2<f32>) -> vec3<f32> {
    let place = texel / 15.5 - 1.0;
    let up = 1.0 - abs(place.x) - abs(place.y);
    let folded = (1.0 - abs(place.yx)) * select(vec2<f32>(-1.0), vec2<f32>(1.0), place >= vec2<f32>(0.0));
    return normalize(vec3<f32>(select(folded, place, up >= 0.0), up));
}
