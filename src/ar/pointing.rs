//! What controllers, hands and gaze point at: a product as a press would pick it, else the first surface that is known.

use super::Room;
use super::motion::sound_ray;
use super::session::Session;
use crate::math::{Pose, Quat, Ray, Vec3};

/// Where something points, pressed or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// From whose hand or eye, to where.
    pub ray: Ray,
    /// It comes from a hand, so that its whole way is worth showing; what comes from an eye is seen end on.
    pub is_held: bool,
}

/// Where a pointer ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointed {
    /// The end of its way.
    pub end: Vec3,
    /// What it meets there, Y its normal; `None` where it meets nothing.
    pub surface: Option<Pose>,
}

/// What meets nothing ends after so many metres: an arm's reach and some.
const FREE_M: f32 = 2.0;

impl Room {
    /// Where a ray ends in this room; `None` outside of a session, and for numbers that are none.
    pub fn pointed(&self, ray: Ray) -> Option<Pointed> {
        Some(self.session()?.pointed(sound_ray(ray)?))
    }
}

impl Session {
    fn pointed(&self, ray: Ray) -> Pointed {
        let surface = self.product_along(ray).or_else(|| self.ground.along(ray));
        let end = surface.map_or(ray.origin + ray.direction * FREE_M, |surface| surface.position);
        Pointed { end, surface }
    }

    /// While something is measured products are looked through, as its points are.
    fn product_along(&self, ray: Ray) -> Option<Pose> {
        let (id, position) = self.items.pick(ray).filter(|_| !self.tape.is_measuring())?;
        let normal = self.items.get(id)?.placed.as_ref()?.normal_at(position);
        Some(Pose { position, orientation: Quat::from_rotation_arc(Vec3::Y, normal) })
    }
}
