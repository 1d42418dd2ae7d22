// Layers of surfaces that cross, counted from the eye. `behind` holds the distances of the four nearest. Joined with view.

// Whole numbers up to here are exact in half floats.
const STEPS: f32 = 2047.0;

// How far a place is from the eye.
fn steps_to(world: vec3<f32>) -> f32 {
    return clamp(floor((distance(view.eye, world) - view.first_step) * view.steps_per_metre), 0.0, STEPS);
}

// How many layers of the pixel lie before a place. One step nearer is the same place: two passes may round it differently.
fn layer_at(clip: vec4<f32>, world: vec3<f32>) -> f32 {
    let layers = textureLoad(behind, vec2<i32>(clip.xy), 0);
    let nearer = layers < vec4<f32>(steps_to(world) - 1.0);
    return dot(select(vec4<f32>(0.0), vec4<f32>(1.0), nearer), vec4<f32>(1.0));
}
