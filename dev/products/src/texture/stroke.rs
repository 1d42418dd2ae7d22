//! Drawn shapes for prints and dials: signed distances and the ink they leave.

use glam::Vec2;

/// Distance from a point to a straight stroke.
pub fn to_segment(point: Vec2, from: Vec2, to: Vec2) -> f32 {
    let along = to - from;
    let share = ((point - from).dot(along) / along.length_squared().max(1e-12)).clamp(0.0, 1.0);
    point.distance(from + along * share)
}

/// Distance from a point to a line through several points.
pub fn to_polyline(point: Vec2, line: &[Vec2]) -> f32 {
    line.windows(2).map(|pair| to_segment(point, pair[0], pair[1])).fold(f32::MAX, f32::min)
}

/// Ink 0..1 of a shape whose inside has a negative distance, with an edge `soft` wide.
pub fn ink(distance: f32, soft: f32) -> f32 {
    (0.5 - distance / soft).clamp(0.0, 1.0)
}

/// Negative inside a rectangle around the origin.
pub fn rectangle(point: Vec2, half: Vec2) -> f32 {
    let beyond = point.abs() - half;
    beyond.max(Vec2::ZERO).length() + beyond.max_element().min(0.0)
}

/// Negative inside an upright arch: a rectangle from `base` up, closed by a half circle.
pub fn arch(point: Vec2, base: Vec2, radius: f32, height: f32) -> f32 {
    let local = point - base;
    let walls = rectangle(local - Vec2::new(0.0, height / 2.0), Vec2::new(radius, height / 2.0));
    walls.min(local.distance(Vec2::new(0.0, height)) - radius)
}

/// Distance to a digit 0-9 of height 2 and width 1 around the origin, drawn with one stroke.
pub fn to_digit(point: Vec2, digit: u32) -> f32 {
    let line: &[(f32, f32)] = match digit {
        0 => &[
            (-0.5, 0.6),
            (-0.25, 1.0),
            (0.25, 1.0),
            (0.5, 0.6),
            (0.5, -0.6),
            (0.25, -1.0),
            (-0.25, -1.0),
            (-0.5, -0.6),
            (-0.5, 0.6),
        ],
        1 => &[(-0.35, 0.6), (0.05, 1.0), (0.05, -1.0)],
        2 => &[(-0.5, 0.6), (-0.25, 1.0), (0.25, 1.0), (0.5, 0.65), (0.45, 0.3), (-0.5, -1.0), (0.5, -1.0)],
        3 => &[
            (-0.45, 1.0),
            (0.45, 1.0),
            (0.0, 0.2),
            (0.35, 0.1),
            (0.5, -0.35),
            (0.35, -0.85),
            (0.0, -1.0),
            (-0.5, -0.8),
        ],
        4 => &[(0.3, -1.0), (0.3, 1.0), (-0.5, -0.35), (0.5, -0.35)],
        5 => {
            &[(0.45, 1.0), (-0.4, 1.0), (-0.45, 0.1), (0.2, 0.2), (0.5, -0.3), (0.3, -0.85), (-0.1, -1.0), (-0.5, -0.8)]
        }
        6 => &[
            (0.35, 1.0),
            (-0.3, 0.3),
            (-0.5, -0.4),
            (-0.3, -0.9),
            (0.1, -1.0),
            (0.5, -0.6),
            (0.4, -0.05),
            (0.0, 0.1),
            (-0.4, -0.2),
        ],
        7 => &[(-0.5, 1.0), (0.5, 1.0), (-0.1, -1.0)],
        8 => &[
            (0.0, 0.1),
            (-0.4, 0.4),
            (-0.35, 0.85),
            (0.0, 1.0),
            (0.35, 0.85),
            (0.4, 0.4),
            (-0.45, -0.3),
            (-0.4, -0.8),
            (0.0, -1.0),
            (0.4, -0.8),
            (0.45, -0.3),
            (0.0, 0.1),
        ],
        _ => &[
            (-0.35, -1.0),
            (0.3, -0.3),
            (0.5, 0.4),
            (0.3, 0.9),
            (-0.1, 1.0),
            (-0.5, 0.6),
            (-0.4, 0.05),
            (0.0, -0.1),
            (0.4, 0.2),
        ],
    };
    line.windows(2).map(|pair| to_segment(point, Vec2::from(pair[0]), Vec2::from(pair[1]))).fold(f32::MAX, f32::min)
}
