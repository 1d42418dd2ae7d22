//! Words the viewer speaks itself: the camera's place, for those who cannot see it.

use crate::math::wrap_turn;
use crate::scene::Orbit;
use std::f32::consts::PI;

/// Which side of the product is seen, for example "Seen from the front left, from above".
pub fn camera_place(orbit: Orbit, turntable_rad: f32) -> String {
    const SIDES: [&str; 8] = [
        "the front",
        "the front right",
        "the right",
        "the back right",
        "the back",
        "the back left",
        "the left",
        "the front left",
    ];
    let turns = wrap_turn(orbit.theta - turntable_rad) / (2.0 * PI);
    let side = SIDES.get((turns * 8.0).round() as usize % 8).copied().unwrap_or("the front");
    let height = match orbit.phi / PI {
        share if share < 0.3 => ", from above",
        share if share > 0.6 => ", from below",
        _ => "",
    };
    format!("Seen from {side}{height}")
}

#[cfg(test)]
mod tests {
    use super::camera_place;
    use crate::scene::Orbit;

    #[test]
    fn names_sides_and_heights() {
        let say = |theta: f32, phi: f32| camera_place(Orbit { theta, phi, radius: 1.0 }, 0.0);
        assert_eq!(say(0.0, 1.3), "Seen from the front");
        assert_eq!(say(-0.8, 0.4), "Seen from the front left, from above");
        assert_eq!(say(3.1, 2.2), "Seen from the back, from below");
    }
}
