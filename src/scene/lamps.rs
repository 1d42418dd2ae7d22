//! The lamps of all products where they stand now, the strongest first.

use super::frame::Lamp;
use super::item::Item;
use crate::math::{Affine3A, Vec3};
use crate::model::{LampKind, Model};

/// Adds the item's lamps that are not hidden.
pub(super) fn collect(item: &Item, model: &Model, lamps: &mut Vec<Lamp>) {
    for (index, node) in model.nodes.iter().enumerate() {
        let Some(lamp) = node.lamp.and_then(|lamp| model.lamps.get(lamp)) else { continue };
        if item.is_node_shown(index) {
            let place: Affine3A = item.world_from_item * item.item_from_node(index);
            lamps.push(Lamp {
                kind: lamp.kind,
                position: place.translation.into(),
                direction: place.transform_vector3(Vec3::NEG_Z).normalize_or(Vec3::NEG_Z),
                light: lamp.light,
                range: lamp.range,
            });
        }
    }
}

/// Strongest first by what arrives at a point; equal ones keep their order.
pub(super) fn strongest_first(lamps: &mut [Lamp], at: Vec3) {
    lamps.sort_by(|a, b| b.strength_at(at).total_cmp(&a.strength_at(at)));
}

impl Lamp {
    /// The light on a surface at this point that faces the lamp (irradiance), as the extension's text has it.
    pub fn light_at(&self, point: Vec3) -> Vec3 {
        if self.kind == LampKind::Far {
            return self.light;
        }
        let toward = self.position - point;
        let square = toward.length_squared().max(1e-8);
        let end = self.range.map_or(0.0, |range| square / (range * range));
        let (scaled, offset) = self.cone();
        let cone = (offset - scaled.dot(toward / square.sqrt())).clamp(0.0, 1.0);
        self.light * (cone * cone * (1.0 - end * end).max(0.0) / square)
    }

    /// For the cone's edge: `clamp(offset - dot(scaled direction, direction to the lamp))`, squared. Always 1 for a lamp
    /// without a cone.
    pub fn cone(&self) -> (Vec3, f32) {
        match self.kind {
            LampKind::Spot { inner, outer } => {
                let scale = 1.0 / (inner.cos() - outer.cos()).max(0.001);
                (self.direction * scale, -outer.cos() * scale)
            }
            LampKind::Far | LampKind::Point => (Vec3::ZERO, 1.0),
        }
    }

    fn strength_at(&self, point: Vec3) -> f32 {
        self.light_at(point).element_sum()
    }
}
