//! Gliding toward a goal, and keeping numbers in which a room fits.

use crate::math::{Pose, Quat, Ray, Vec3, wrap_turn};

/// Nothing in a room is farther from its origin than this, in metres; a device that says so is mistaken.
const ROOM_LIMIT_M: f32 = 1.0e4;

/// How much of the way to its goal a gliding value goes in `elapsed_ms`, 0..1.
pub(super) fn glide(elapsed_ms: f32, time_constant_ms: f32) -> f32 {
    1.0 - (-elapsed_ms / time_constant_ms).exp()
}

/// An angle brought into -pi..pi; 0 for what is no angle.
pub(super) fn wrap(angle_rad: f32) -> f32 {
    use std::f32::consts::PI;
    if angle_rad.is_finite() { wrap_turn(angle_rad + PI) - PI } else { 0.0 }
}

/// The point, if it lies in a room.
pub(super) fn sound_point(point: Vec3) -> Option<Vec3> {
    // Not `length() < limit`: the square of a huge coordinate is infinite, of NaN is NaN, and both must fail here.
    (point.abs().max_element() < ROOM_LIMIT_M && point.is_finite()).then_some(point)
}

/// The pose with a unit quaternion, if it lies in a room.
pub(super) fn sound_pose(pose: Pose) -> Option<Pose> {
    let length_squared = pose.orientation.length_squared();
    (length_squared.is_finite() && length_squared > 0.25).then_some(())?;
    let orientation: Quat = pose.orientation.normalize();
    Some(Pose { position: sound_point(pose.position)?, orientation })
}

/// The ray with a unit direction, if it lies in a room.
pub(super) fn sound_ray(ray: Ray) -> Option<Ray> {
    Some(Ray { origin: sound_point(ray.origin)?, direction: ray.direction.try_normalize()? })
}
