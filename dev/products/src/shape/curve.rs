//! Plane curves: rounded corners, even steps, circles and rounded rectangles.

use glam::{Vec2, Vec3};
use std::f32::consts::{PI, TAU};

/// A corner of an outline and the radius it is rounded with.
#[derive(Clone, Copy, Debug)]
pub struct Corner {
    /// Metres.
    pub point: Vec2,
    /// Metres; made smaller where the neighbours are too near. 0 keeps the corner.
    pub radius_m: f32,
}

/// A corner at `(x, y)` metres with a radius in metres.
pub fn corner(x_m: f32, y_m: f32, radius_m: f32) -> Corner {
    Corner { point: Vec2::new(x_m, y_m), radius_m }
}

/// The open outline through the corners, each rounded by an arc of `steps` pieces.
pub fn rounded_outline(corners: &[Corner], steps: usize) -> Vec<Vec2> {
    let mut outline = Vec::new();
    for (index, here) in corners.iter().enumerate() {
        if index == 0 || index + 1 == corners.len() {
            outline.push(here.point);
        } else {
            push_arc(&mut outline, corners[index - 1].point, *here, corners[index + 1].point, steps);
        }
    }
    outline
}

/// The closed outline through the corners; the first point is repeated at the end.
pub fn rounded_loop(corners: &[Corner], steps: usize) -> Vec<Vec2> {
    let mut outline = Vec::new();
    let count = corners.len();
    for (index, here) in corners.iter().enumerate() {
        let (before, after) = (corners[(index + count - 1) % count].point, corners[(index + 1) % count].point);
        push_arc(&mut outline, before, *here, after, steps);
    }
    outline.push(outline[0]);
    outline
}

fn push_arc(outline: &mut Vec<Vec2>, before: Vec2, here: Corner, after: Vec2, steps: usize) {
    let (to_before, to_after) = ((before - here.point).normalize_or_zero(), (after - here.point).normalize_or_zero());
    let half_angle = to_before.angle_to(to_after).abs() / 2.0;
    if here.radius_m <= 0.0 || !(0.01..PI / 2.0 - 0.01).contains(&half_angle) {
        outline.push(here.point);
        return;
    }
    let room_m = 0.499 * here.point.distance(before).min(here.point.distance(after));
    let cut_m = (here.radius_m / half_angle.tan()).min(room_m);
    let radius_m = cut_m * half_angle.tan();
    let center = here.point + (to_before + to_after).normalize() * (radius_m / half_angle.sin());
    let (start, end) = (here.point + to_before * cut_m - center, here.point + to_after * cut_m - center);
    let turn = start.angle_to(end);
    for step in 0..=steps {
        outline.push(center + Vec2::from_angle(turn * step as f32 / steps as f32).rotate(start));
    }
}

/// The same curve with no step longer than `step_m`.
pub fn subdivided(curve: &[Vec2], step_m: f32) -> Vec<Vec2> {
    let mut fine = vec![curve[0]];
    for pair in curve.windows(2) {
        let pieces = (pair[0].distance(pair[1]) / step_m).ceil().max(1.0) as usize;
        fine.extend((1..=pieces).map(|piece| pair[0].lerp(pair[1], piece as f32 / pieces as f32)));
    }
    fine
}

/// A full circle, counter-clockwise; the first point is repeated at the end.
pub fn circle(radius_m: f32, steps: usize) -> Vec<Vec2> {
    (0..=steps).map(|step| Vec2::from_angle(TAU * (step % steps) as f32 / steps as f32) * radius_m).collect()
}

/// A rectangle around the origin with rounded corners, counter-clockwise and closed.
pub fn rounded_rectangle(width_m: f32, height_m: f32, radius_m: f32, steps: usize) -> Vec<Vec2> {
    let (x, y) = (width_m / 2.0, height_m / 2.0);
    rounded_loop(
        &[corner(x, -y, radius_m), corner(x, y, radius_m), corner(-x, y, radius_m), corner(-x, -y, radius_m)],
        steps,
    )
}

/// 0 below `from`, 1 above `to`, without a kink between.
pub fn smoothstep(from: f32, to: f32, value: f32) -> f32 {
    let t = ((value - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A smooth bump of height 1 and the given width around 0.
pub fn bump(distance: f32, width: f32) -> f32 {
    (-(distance / width) * (distance / width)).exp()
}

/// A smooth path through the points (Catmull-Rom), `steps` pieces between neighbours.
pub fn smooth_path(points: &[Vec3], steps: usize) -> Vec<Vec3> {
    let last = points.len() - 1;
    let mut path = Vec::new();
    for index in 0..last {
        let (here, next) = (points[index], points[index + 1]);
        let before = if index == 0 { here * 2.0 - next } else { points[index - 1] };
        let after = if index + 1 == last { next * 2.0 - here } else { points[index + 2] };
        for step in 0..steps {
            let t = step as f32 / steps as f32;
            let cubic = (before * -1.0 + here * 3.0 - next * 3.0 + after) * (t * t * t);
            let square = (before * 2.0 - here * 5.0 + next * 4.0 - after) * (t * t);
            path.push((here * 2.0 + (next - before) * t + square + cubic) * 0.5);
        }
    }
    path.push(points[last]);
    path
}
