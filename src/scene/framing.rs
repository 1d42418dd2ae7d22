//! From how far a product just fills the picture, however it is turned.

use crate::math::{Aabb, Vec2};

/// The camera's height while framing: the default orbit's polar angle.
const POLAR_RAD: f32 = 75.0 * std::f32::consts::PI / 180.0;
const STEPS: usize = 32;

/// The distance from the box's middle at which the box fits the picture under any turn about Y. `half_view` holds the
/// tangents of half the horizontal and half the vertical field of view.
pub fn framing_distance(bounds: Aabb, half_view: Vec2) -> f32 {
    let half = bounds.size() * 0.5;
    // Turning the box sweeps a cylinder; its two rims, seen from the side, decide.
    let radius = Vec2::new(half.x, half.z).length();
    let (sin, cos) = POLAR_RAD.sin_cos();
    let mut distance: f32 = 0.0;
    for step in 0..STEPS {
        let (side, towards) = (step as f32 / STEPS as f32 * std::f32::consts::TAU).sin_cos();
        for height in [-half.y, half.y] {
            let x = side * radius;
            let y = height * sin - towards * radius * cos;
            let z = towards * radius * sin + height * cos;
            distance = distance.max(z + (x.abs() / half_view.x).max(y.abs() / half_view.y));
        }
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::framing_distance;
    use crate::math::{Aabb, Vec2, Vec3};

    #[test]
    fn a_wider_picture_comes_closer_to_a_wide_box() {
        let board = Aabb { min: Vec3::new(-0.8, 0.0, -0.2), max: Vec3::new(0.8, 0.05, 0.2) };
        let square = framing_distance(board, Vec2::splat(0.27));
        let wide = framing_distance(board, Vec2::new(0.54, 0.27));
        assert!(wide < square * 0.8, "{wide} against {square}");
    }

    #[test]
    fn nothing_needs_no_distance() {
        assert_eq!(framing_distance(Aabb::EMPTY, Vec2::ONE), 0.0);
    }
}
