//! What animations move besides nodes (KHR_animation_pointer): numbers of materials and lamps.

use super::{LampKind, Model, Role, UvTransform};
use crate::math::{Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

/// Up to five numbers that belong together, moved by some animation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnimatedProperty {
    /// Which they are.
    pub property: Property,
    /// What the file says while nothing moves; numbers that the property lacks are 0.
    pub rest: [f32; 5],
    /// What they are now.
    pub now: [f32; 5],
}

/// Something besides nodes that animations move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Numbers that [`super::Material::numbers_mut`] finds.
    Number {
        /// Index into the model's materials.
        material: usize,
        /// glTF's name for them.
        name: &'static str,
    },
    /// The light that this material sends out: red, green, blue, and a strength that multiplies them.
    Emissive(usize),
    /// Where a texture is read: offset in u and v, rotation in radians, scale in u and v.
    Coordinates {
        /// Index into the model's materials.
        material: usize,
        /// Of the texture.
        role: Role,
    },
    /// This lamp's red, green and blue, an intensity that multiplies them, and its range in metres, 0 for none.
    Lamp(usize),
    /// This lamp's inner and outer angle in radians.
    Cone(usize),
}

impl Property {
    /// The material that it is of.
    pub fn material(self) -> Option<usize> {
        match self {
            Self::Number { material, .. } | Self::Emissive(material) | Self::Coordinates { material, .. } => {
                Some(material)
            }
            Self::Lamp(_) | Self::Cone(_) => None,
        }
    }
}

impl Model {
    /// Gives every entry of [`Model::animated`] its numbers. The answer names the materials that look different now.
    pub fn animate(&mut self, numbers: &[[f32; 5]]) -> Vec<usize> {
        let mut changed = Vec::new();
        for (animated, numbers) in self.animated.iter_mut().zip(numbers).filter(|(old, new)| old.now != **new) {
            animated.now = *numbers;
            let [a, b, c, d, e] = *numbers;
            if let Property::Lamp(lamp) | Property::Cone(lamp) = animated.property
                && let Some(lamp) = self.lamps.get_mut(lamp)
            {
                match &mut lamp.kind {
                    LampKind::Spot { inner, outer } if matches!(animated.property, Property::Cone(_)) => {
                        *outer = b.clamp(0.001, FRAC_PI_2);
                        *inner = a.clamp(0.0, *outer * 0.999);
                    }
                    _ => {
                        lamp.light = (Vec3::new(a, b, c) * d).clamp(Vec3::ZERO, Vec3::MAX);
                        lamp.range = Some(e).filter(|range| *range > 0.0);
                    }
                }
            }
            let Some(index) = animated.property.material() else { continue };
            let Some(material) = self.materials.get_mut(index) else { continue };
            match animated.property {
                Property::Number { name, .. } => {
                    let Some((places, [least, most])) = material.numbers_mut(name) else { continue };
                    places.iter_mut().zip(numbers).for_each(|(place, number)| *place = number.clamp(least, most));
                }
                Property::Emissive(_) => material.emissive = (Vec3::new(a, b, c) * d).clamp(Vec3::ZERO, Vec3::MAX),
                Property::Coordinates { role, .. } => {
                    let Some(slot) = material.texture_mut(role) else { continue };
                    slot.texture_from_uv = UvTransform::new(Vec2::new(a, b), c, Vec2::new(d, e));
                }
                Property::Lamp(_) | Property::Cone(_) => {}
            }
            if !changed.contains(&index) {
                changed.push(index);
            }
        }
        changed
    }
}
