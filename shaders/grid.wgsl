// How much of the light around reaches a place on an item, from the grid of `occlusion.wgsl`. Joined with surface.

struct Grid {
    cell_from_world: mat4x4<f32>,
    // Cells along each axis; 0 without a grid.
    counts: vec3<f32>,
    // Slices side by side.
    per_row: f32,
}

@group(3) @binding(0) var<uniform> grid: Grid;
// Red, green, blue.
@group(3) @binding(1) var grid_light: texture_2d_array<f32>;
@group(3) @binding(2) var grid_sampler: sampler;

// The light that reaches an item's surface over what would reach an open plane there. More than 1 where the item throws
// more light back than it hides. Both are sums over the same directions, so that their error cancels.
fn light_share(world: vec3<f32>, normal: vec3<f32>) -> vec3<f32> {
    if grid.counts.x == 0.0 {
        return vec3<f32>(1.0);
    }
    let up = normalize((grid.cell_from_world * vec4<f32>(normal, 0.0)).xyz);
    // A cell above the surface: its neighbours below would see the inside.
    let above = (grid.cell_from_world * vec4<f32>(world, 1.0)).xyz + up;
    let cell = clamp(above, vec3<f32>(0.0), grid.counts - 1.0);
    let slice = min(floor(cell.z), grid.counts.z - 2.0);
    let arriving = mix(
        irradiance(tile(slice) + cell.xy, up), irradiance(tile(slice + 1.0) + cell.xy, up), cell.z - slice);
    let flat = up.xy / (abs(up.x) + abs(up.y) + abs(up.z));
    let folded = (1.0 - abs(flat.yx)) * select(vec2<f32>(-1.0), vec2<f32>(1.0), flat >= vec2<f32>(0.0));
    let octahedral = select(folded, flat, up.z >= 0.0) * 15.5 + 15.5;
    let open = irradiance(octahedral + vec2<f32>(0.0, tile(grid.counts.z + grid.per_row - 1.0).y), up);
    return clamp(arriving / max(open, vec3<f32>(1e-5)), vec3<f32>(0.0), vec3<f32>(16.0));
}

// Spherical harmonics through the cosine lobe around a direction (Ramamoorthi and Hanrahan 2001), over pi.
fn irradiance(texel: vec2<f32>, normal: vec3<f32>) -> vec3<f32> {
    let uv = (texel + 0.5) / vec2<f32>(textureDimensions(grid_light));
    let lobe = vec4<f32>(2.0 * normal, 1.0);
    return vec3<f32>(
        dot(textureSampleLevel(grid_light, grid_sampler, uv, 0, 0.0), lobe),
        dot(textureSampleLevel(grid_light, grid_sampler, uv, 1, 0.0), lobe),
        dot(textureSampleLevel(grid_light, grid_sampler, uv, 2, 0.0), lobe),
    );
}

// The first texel of a slice.
fn tile(slice: f32) -> vec2<f32> {
    let row = floor((slice + 0.5) / grid.per_row);
    return vec2<f32>(slice - row * grid.per_row, row) * grid.counts.xy;
}
