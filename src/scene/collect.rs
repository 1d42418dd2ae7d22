//! An item's parts as draws of a frame, with the joints and weights that move them.

use super::Scratch;
use super::frame::{Draw, Frame, Instances, MorphWeight};
use super::item::{Item, Part, is_skinned, primitive_of};
use super::layers::Layered;
use crate::math::{Aabb, Affine3A};
use crate::model::{AlphaMode, Material, Model};

/// Copies of such a part up to this number are sorted one by one; more are mixed in the file's order.
const SORTED_COPIES: u32 = 1024;

/// Adds the item's primitives to the frame; those through which something is seen to the scratch.
pub(super) fn collect(item: &Item, model: &Model, frame: &mut Frame, scratch: &mut Scratch) {
    let Scratch { layered, skins, .. } = scratch;
    // Several parts hang on one skin: its joints are listed once.
    skins.clear();
    for part in item.parts().iter().filter(|part| item.is_node_shown(part.node)) {
        let Some(primitive) = primitive_of(model, part) else { continue };
        let material = primitive.material_under(item.variant);
        let is_rigid = !is_skinned(model, part);
        let place = if is_rigid { item.item_from_node(part.node) } else { Affine3A::IDENTITY };
        let first_joint = if is_rigid { None } else { joints(item, model, part, skins, frame) };
        let turns = first_joint.and_then(|first| frame.joints.get(first as usize)).copied();
        let draw = Draw {
            model: item.model,
            mesh: part.mesh,
            primitive: part.primitive,
            material,
            world_from_node: item.world_from_item * place,
            item: item.number,
            first_joint,
            morph_weights: morph_weights(item, part, primitive.targets.len(), frame),
            instances: part.instances.map(|[first, count]| Instances { node: part.node, first, count }),
            mirrored: part.mirrored != turns.is_some_and(|joint| joint.matrix3.determinant() < 0.0),
            faded: item.faded,
        };
        let is_layered = |material: &&Material| material.alpha_mode == AlphaMode::Blend || material.is_transmissive();
        match material.and_then(|index| model.materials.get(index)).filter(is_layered) {
            Some(material) => spread(draw, part.bounds, material, model, layered),
            None => frame.opaque.push(draw),
        }
    }
}

/// The number of the first joint of the part's skin in the frame.
fn joints(item: &Item, model: &Model, part: &Part, skins: &mut Vec<(usize, u32)>, frame: &mut Frame) -> Option<u32> {
    let skin = model.nodes.get(part.node)?.skin?;
    if let Some((_, first)) = skins.iter().find(|(known, _)| *known == skin) {
        return Some(*first);
    }
    let first = frame.joints.len() as u32;
    frame.joints.extend(item.joints_of(model, part.node));
    skins.push((skin, first));
    Some(first)
}

/// The weights that are not 0, in the frame: the first one's number and how many.
fn morph_weights(item: &Item, part: &Part, targets: usize, frame: &mut Frame) -> [u32; 2] {
    let first = frame.morph_weights.len();
    let weights = (0..).zip(item.pose().weights_of(part.node)).take(targets);
    let moving = weights.filter(|(_, weight)| **weight != 0.0);
    frame.morph_weights.extend(moving.map(|(target, &weight)| MorphWeight { target, weight }));
    [first as u32, (frame.morph_weights.len() - first) as u32]
}

/// A draw with the box around it in the world; copies one by one, so that they can be sorted.
fn spread(draw: Draw, bounds: Aabb, material: &Material, model: &Model, layered: &mut Vec<Layered>) {
    let mut push = |draw: Draw, place| {
        let part = Layered::new(draw, bounds.transformed(place), material, layered.len());
        layered.push(part);
    };
    let Some(copies) = draw.instances.filter(|copies| copies.count <= SORTED_COPIES) else {
        return push(draw, draw.world_from_node);
    };
    let Some(node) = model.nodes.get(copies.node) else { return };
    for first in copies.first..copies.first + copies.count {
        let Some(&instance) = node.instances.get(first as usize) else { continue };
        let one = Draw { instances: Some(Instances { first, count: 1, ..copies }), ..draw };
        push(one, draw.world_from_node * instance);
    }
}
