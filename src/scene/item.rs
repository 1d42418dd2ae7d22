//! One product at one place, its parts laid out flat so that a frame only walks a list.

use super::frame::{Draw, ModelId};
use crate::math::{Aabb, Affine3A, Vec3};
use crate::model::{AlphaMode, Model};

/// One product at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Names it for as long as it is in the scene.
    pub number: u32,
    /// Which model.
    pub model: ModelId,
    /// The model's bounds in its own space.
    pub bounds: Aabb,
    /// Every primitive of the model's shown scene.
    pub parts: Vec<Part>,
    /// Its place; no scale but 1 in the room.
    pub world_from_item: Affine3A,
    /// Index of the chosen look.
    pub variant: Option<usize>,
    /// It is drawn at all.
    pub visible: bool,
    /// It stands on something that takes a shadow.
    pub grounded: bool,
}

/// One primitive at its place in the product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Index into the model's meshes.
    pub mesh: usize,
    /// Index into the mesh's primitives.
    pub primitive: usize,
    /// Its place in the product.
    pub item_from_node: Affine3A,
    /// The middle of its box, in the product's space.
    pub center: Vec3,
}

impl Item {
    /// A product at the origin, in its own look.
    pub fn new(number: u32, id: ModelId, model: &Model) -> Self {
        let mut parts = Vec::new();
        let mut bounds = Aabb::EMPTY;
        model.walk(|_, node, item_from_node| {
            let Some((index, mesh)) = node.mesh.and_then(|index| Some((index, model.meshes.get(index)?))) else {
                return;
            };
            for (primitive_index, primitive) in mesh.primitives.iter().enumerate() {
                let points = primitive.positions.iter().map(|&point| item_from_node.transform_point3(point));
                let part_bounds = Aabb::around(points);
                bounds = bounds.union(part_bounds);
                let center = part_bounds.center();
                parts.push(Part { mesh: index, primitive: primitive_index, item_from_node, center });
            }
        });
        let world_from_item = Affine3A::IDENTITY;
        Self { number, model: id, bounds, parts, world_from_item, variant: None, visible: true, grounded: true }
    }

    /// Adds its primitives to the two lists; blended ones with their middle in the world.
    pub(super) fn collect(&self, model: &Model, opaque: &mut Vec<Draw>, blended: &mut Vec<(Vec3, Draw)>) {
        for part in &self.parts {
            let primitive = model.meshes.get(part.mesh).and_then(|mesh| mesh.primitives.get(part.primitive));
            let material = primitive.and_then(|primitive| primitive.material_under(self.variant));
            let draw = Draw {
                model: self.model,
                mesh: part.mesh,
                primitive: part.primitive,
                material,
                world_from_node: self.world_from_item * part.item_from_node,
                item: self.number,
            };
            match material.and_then(|index| model.materials.get(index)).map(|material| material.alpha_mode) {
                Some(AlphaMode::Blend) => blended.push((self.world_from_item.transform_point3(part.center), draw)),
                _ => opaque.push(draw),
            }
        }
    }
}

/// Far ones first; equal distances keep their order.
pub(super) fn far_first(draws: &mut [(Vec3, Draw)], eye: Vec3) {
    let distance = |center: Vec3| center.distance_squared(eye);
    draws.sort_by(|(a, _), (b, _)| distance(*b).total_cmp(&distance(*a)));
}
