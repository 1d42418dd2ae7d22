//! A product's box as far as placing goes: where it touches what carries it, how large its faces are.

use super::Surface;
use super::motion::sound_point;
use crate::math::{Aabb, Vec3};

/// The smallest and the largest a product is shown, times its true size.
const SCALES: (f32, f32) = (0.1, 10.0);
/// Within this of 1 it is meant to be true size.
const TRUE_WITHIN: f32 = 0.05;

/// A product's box, at the size at which it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    true_bounds: Aabb,
    /// As the shopper's fingers have it; see [`Self::scale`].
    wanted_scale: f32,
}

impl Shape {
    /// A box that is empty, or larger than any room, counts as a point.
    pub fn new(bounds: Aabb) -> Self {
        let is_sound = !bounds.is_empty() && sound_point(bounds.min).is_some() && sound_point(bounds.max).is_some();
        let true_bounds = if is_sound { bounds } else { Aabb { min: Vec3::ZERO, max: Vec3::ZERO } };
        Self { true_bounds, wanted_scale: 1.0 }
    }

    /// This many times as large as now.
    pub fn times(self, factor: f32) -> Self {
        let wanted_scale = self.wanted_scale * factor;
        let is_sound = wanted_scale.is_finite() && factor > 0.0;
        if is_sound { Self { wanted_scale: wanted_scale.clamp(SCALES.0, SCALES.1), ..self } } else { self }
    }

    /// At this many times its true size.
    pub fn scaled(self, scale: f32) -> Self {
        Self { wanted_scale: 1.0, ..self }.times(scale)
    }

    /// Times its true size. Close to 1 it is 1: fingers do not find it by themselves.
    pub fn scale(self) -> f32 {
        if (self.wanted_scale - 1.0).abs() < TRUE_WITHIN { 1.0 } else { self.wanted_scale }
    }

    /// As it is shown, in metres, about the product's own origin.
    pub fn bounds(self) -> Aabb {
        Aabb { min: self.true_bounds.min * self.scale(), max: self.true_bounds.max * self.scale() }
    }

    /// Width, height and depth as shown, in metres.
    pub fn size(self) -> Vec3 {
        self.bounds().size()
    }

    /// The point of the product that touches the surface, in its own space: the middle of its underside, back or top.
    pub fn touching_point(self, surface: Surface) -> Vec3 {
        let bounds = self.bounds();
        let center = bounds.center();
        match surface {
            Surface::Floor | Surface::Table | Surface::Item => Vec3::new(center.x, bounds.min.y, center.z),
            Surface::Wall => Vec3::new(center.x, center.y, bounds.min.z),
            Surface::Ceiling => Vec3::new(center.x, bounds.max.y, center.z),
            Surface::Air => center,
        }
    }

    /// Half the wider side of the face that touches the surface, in metres.
    pub fn radius_m(self, surface: Surface) -> f32 {
        self.face_sides_m(surface).0 * 0.5
    }

    /// The longer and the shorter side of the face that touches the surface, in metres.
    pub fn face_sides_m(self, surface: Surface) -> (f32, f32) {
        let size = self.size();
        let other = if surface == Surface::Wall { size.y } else { size.z };
        (size.x.max(other), size.x.min(other))
    }
}
