//! The light of the shopper's room, filtered over time and bounded so that the products keep their colours.

use crate::math::Vec3;

/// What the device makes of the light, as WebXR's lighting estimation tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LightEstimate {
    /// From the scene toward the main light, in the reference space.
    pub direction: Vec3,
    /// The main light's colour and strength, linear.
    pub intensity: Vec3,
    /// Light from all around, linear: 9 coefficients of spherical harmonics in the order of WebXR.
    pub harmonics: [Vec3; 9],
}

/// The light that falls on the products.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomLight {
    /// Toward the main light; unit length, never from below.
    pub direction: Vec3,
    /// The main light's colour and strength, linear.
    pub intensity: Vec3,
    /// Light from all around, linear: as in [`LightEstimate`].
    pub harmonics: [Vec3; 9],
}
