// A camera's picture behind everything, and the body in it, which hides what lies behind without being drawn. Joined with
// view, fullscreen and camera_picture.
//
// The picture is drawn as light that covers nothing: alpha 0 says to `feed_present` that it is the camera's own.

struct Body {
    @builtin(position) clip: vec4<f32>,
    @location(0) place: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) share: f32,
}

@fragment
fn feed(in: Fullscreen) -> @location(0) vec4<f32> {
    return vec4<f32>(camera_light(camera_color(vec2<f32>(in.uv.x * 2.0 - 1.0, 1.0 - in.uv.y * 2.0))), 0.0);
}

// x of the third value is how wide the body's outline fades, in metres. The first copy is the body itself; the others are
// shells around it.
@vertex
fn body(@location(0) position: vec3<f32>, @location(1) normal: vec4<f32>, @location(3) edge: vec2<f32>) -> Body {
    return at_shell(position, normal.xyz, 0.0);
}

@vertex
fn body_edge(
    @location(0) position: vec3<f32>, @location(1) normal: vec4<f32>, @location(3) edge: vec2<f32>,
    @builtin(instance_index) shell: u32,
) -> Body {
    let out = at_shell(position, normal.xyz, edge.x * f32(shell + 1u) / 3.0);
    // A body without an edge fades nothing.
    return Body(out.clip, out.place, out.normal, select(0.0, 0.45, edge.x > 0.0));
}

fn at_shell(position: vec3<f32>, normal: vec3<f32>, distance: f32) -> Body {
    let place = position + normal * distance;
    return Body(view.clip_from_world * vec4<f32>(place, 1.0), place, normal, 0.0);
}

// Into the depth alone: the blend keeps the colour.
@fragment
fn hidden(in: Body) -> @location(0) vec4<f32> {
    return vec4<f32>(0.0);
}

// The camera's picture again, only where the shell is seen from its side: at the outline.
@fragment
fn hidden_edge(in: Body) -> @location(0) vec4<f32> {
    let facing = abs(dot(normalize(in.normal), normalize(view.eye - in.place)));
    let share = in.share * (1.0 - smoothstep(0.4, 0.7, facing));
    let seen = view.clip_from_world * vec4<f32>(in.place, 1.0);
    return vec4<f32>(camera_light(camera_color(seen.xy / seen.w)) * share, share);
}
