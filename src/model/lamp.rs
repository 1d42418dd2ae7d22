//! Lamps: lights that a product brings along.

use crate::math::Vec3;

/// One lamp; nodes say where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Lamp {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Linear colour times intensity: in candela, of a far lamp in lux. A white matt surface that faces a far lamp of
    /// pi lux is as bright as in all-white surroundings of 1.
    pub light: Vec3,
    /// Where its light ends, in metres; `None` for a lamp that only fades with the distance.
    pub range: Option<f32>,
    /// How it shines.
    pub kind: LampKind,
}

/// How a lamp shines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LampKind {
    /// From infinitely far away, along its node's -Z.
    Far,
    /// To all sides.
    Point,
    /// In a cone around its node's -Z.
    Spot {
        /// Half the angle of the cone of full light, in radians from 0, less than the outer one.
        inner: f32,
        /// Half the angle where the light ends, in radians up to a quarter turn.
        outer: f32,
    },
}
