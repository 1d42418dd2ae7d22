//! How a head or hand moves before the camera.

use crate::camera::Camera;
use crate::random::Random;
use std::f32::consts::TAU;
use vitrine::math::{Pose, Quat, Vec2, Vec3};

/// A motion: where it is after so many seconds.
pub enum Path {
    /// From one place to the next, a second and a half each, with a rest at each.
    Wander(Vec<Place>),
    /// Not at all.
    Rest(Place),
    /// To and fro across the picture, and turning, twice in four seconds.
    Swing(Place),
}

/// A place: picture coordinates, metres away, radians.
#[derive(Clone, Copy)]
pub struct Place {
    seen: Vec2,
    distance: f32,
    yaw: f32,
    pitch: f32,
    roll: f32,
    /// The turn that all places have: a hand's back or palm to the camera.
    base: Quat,
}

/// How far a swing goes: metres to either side, radians to either side.
const SWING_M: f32 = 0.06;
const SWING_RAD: f32 = 0.35;
/// Seconds from place to place.
const LEG_S: f32 = 1.5;

impl Place {
    /// Anywhere in the picture, its middle up to the edge; 0.25 to 1.2 m away, turned by up to 60 degrees.
    pub fn anywhere(random: &mut Random, base: Quat) -> Self {
        let seen = Vec2::new(random.between(0.0, 1.0), random.between(0.1, 0.9));
        let [yaw, pitch, roll] = [60.0f32, 15.0, 12.0].map(|degrees| random.between(-degrees, degrees).to_radians());
        Self { seen, distance: random.between(0.25, 1.2), yaw, pitch, roll, base }
    }

    /// Where people look at themselves: half a metre away, in the middle, hardly turned.
    pub fn usual(random: &mut Random, base: Quat) -> Self {
        let seen = Vec2::new(random.between(0.4, 0.6), random.between(0.4, 0.6));
        let [yaw, pitch, roll] = [12.0f32, 8.0, 5.0].map(|degrees| random.between(-degrees, degrees).to_radians());
        Self { seen, distance: random.between(0.4, 0.7), yaw, pitch, roll, base }
    }

    fn towards(self, other: Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share;
        Self {
            seen: self.seen.lerp(other.seen, share),
            distance: mix(self.distance, other.distance),
            yaw: mix(self.yaw, other.yaw),
            pitch: mix(self.pitch, other.pitch),
            roll: mix(self.roll, other.roll),
            base: self.base,
        }
    }

    fn pose(self, camera: &Camera) -> Pose {
        let position = camera.view.slope_from_picture(self.seen).extend(-1.0) * self.distance;
        // Turned from where it would look into the camera.
        let facing = Quat::from_rotation_arc(Vec3::Z, (-position).normalize_or(Vec3::Z));
        let turn =
            Quat::from_rotation_y(self.yaw) * Quat::from_rotation_x(self.pitch) * Quat::from_rotation_z(self.roll);
        Pose { position, orientation: (facing * turn * self.base).normalize() }
    }
}

impl Path {
    /// Through so many places.
    pub fn wander(random: &mut Random, base: Quat, places: usize) -> Self {
        // People come to the mirror first, and look around then.
        let mut all = vec![Place::usual(random, base)];
        all.extend((1..places).map(|_| Place::anywhere(random, base)));
        Self::Wander(all)
    }

    /// camera_from_body.
    pub fn at(&self, camera: &Camera, seconds: f32) -> Pose {
        match self {
            Self::Rest(place) => place.pose(camera),
            Self::Swing(place) => {
                let share = (TAU * 0.5 * seconds).sin();
                let aside =
                    Vec2::new(share * SWING_M * camera.view.focal() / (place.distance * camera.view.aspect()), 0.0);
                Place { seen: place.seen + aside, yaw: place.yaw + share * SWING_RAD, ..*place }.pose(camera)
            }
            Self::Wander(places) => {
                let leg = (seconds / LEG_S).max(0.0);
                let from = places[(leg as usize).min(places.len() - 1)];
                let to = places[(leg as usize + 1).min(places.len() - 1)];
                // At rest in the last third of each leg.
                let share = (leg.fract() * 1.5).min(1.0);
                from.towards(to, share * share * (3.0 - 2.0 * share)).pose(camera)
            }
        }
    }
}
