//! Which way somebody else's face or hand looks: that in which it lies best on the usual one.

use vitrine::math::{Mat3, Quat, Vec3};

/// The turn that lays places best onto their goals, the middles on each other: goal and place each (least squares, by small turns).
pub fn best_turn(places: impl Iterator<Item = (Vec3, Vec3)>) -> Quat {
    let places: Vec<(Vec3, Vec3)> = places.collect();
    let count = places.len().max(1) as f32;
    let goal_middle = places.iter().map(|place| place.0).sum::<Vec3>() / count;
    let middle = places.iter().map(|place| place.1).sum::<Vec3>() / count;
    let mut turn = Quat::IDENTITY;
    for _ in 0..8 {
        let (mut torque, mut inertia) = (Vec3::ZERO, Mat3::ZERO);
        for (goal, at) in &places {
            let (goal, at) = (*goal - goal_middle, turn * (*at - middle));
            torque += at.cross(goal);
            inertia += Mat3::from_diagonal(Vec3::splat(at.dot(at))) - Mat3::from_cols(at * at.x, at * at.y, at * at.z);
        }
        turn = (Quat::from_scaled_axis(inertia.inverse() * torque) * turn).normalize();
    }
    turn
}
