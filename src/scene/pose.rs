//! How a product stands at a moment: every node's own place, morph weights and animated numbers. Poses are sampled from
//! animations and mixed with one another; nothing here allocates once a pose has its size.

use super::curve::sample;
use crate::math::{Quat, Vec3};
use crate::model::{Animation, Model, Target, Trs};

/// How a product stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pose {
    /// By node.
    pub nodes: Vec<NodePose>,
    /// The morph weights of all nodes, one node after the other.
    pub weights: Vec<f32>,
    /// By entry of [`Model::animated`].
    pub properties: Vec<[f32; 5]>,
}

/// How a node stands in its parent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NodePose {
    /// Its place; of no meaning where the file has a matrix.
    pub place: Trs,
    /// It and its children are drawn, as far as the file and its animations say.
    pub visible: bool,
    /// Where its morph weights start in [`Pose::weights`].
    pub first_weight: u32,
    /// How many it has.
    pub weight_count: u32,
}

impl Pose {
    /// As the file has it while nothing moves.
    pub fn rest(model: &Model) -> Self {
        let mut pose = Self::default();
        for node in &model.nodes {
            let of_mesh = node.mesh.and_then(|mesh| model.meshes.get(mesh)).map_or(&[][..], |mesh| &mesh.weights);
            let weights = if node.weights.is_empty() { of_mesh } else { &node.weights };
            pose.nodes.push(NodePose {
                place: node.rest.unwrap_or_default(),
                visible: node.visible,
                first_weight: pose.weights.len() as u32,
                weight_count: weights.len() as u32,
            });
            pose.weights.extend(weights);
        }
        pose.properties.extend(model.animated.iter().map(|animated| animated.rest));
        pose
    }

    /// The morph weights of a node.
    pub fn weights_of(&self, node: usize) -> &[f32] {
        let range = |node: &NodePose| node.first_weight as usize..(node.first_weight + node.weight_count) as usize;
        self.nodes.get(node).and_then(|node| self.weights.get(range(node))).unwrap_or_default()
    }

    /// Becomes the other.
    pub fn copy(&mut self, other: &Self) {
        self.nodes.clone_from(&other.nodes);
        self.weights.clone_from(&other.weights);
        self.properties.clone_from(&other.properties);
    }

    /// Moves what the animation moves to where it is at `time_s`.
    pub fn apply(&mut self, animation: &Animation, time_s: f32) {
        for channel in &animation.channels {
            let Some(curve) = animation.curves.get(channel.curve) else { continue };
            let mut numbers = [0.0; 4];
            let is_rotation = matches!(channel.target, Target::Rotation(_));
            if let (Some(numbers), false) = (numbers.get_mut(..curve.width), is_slice(channel.target)) {
                sample(curve, time_s, is_rotation, numbers);
            }
            let [x, y, z, _] = numbers;
            match channel.target {
                Target::Translation(node) => self.with(node, |node| node.place.translation = Vec3::new(x, y, z)),
                Target::Rotation(node) => self.with(node, |node| node.place.rotation = Quat::from_array(numbers)),
                Target::Scale(node) => self.with(node, |node| node.place.scale = Vec3::new(x, y, z)),
                Target::Visible(node) => self.with(node, |node| node.visible = x != 0.0),
                Target::Property { property, first } => {
                    let numbers = self.properties.get_mut(property);
                    if let Some(numbers) = numbers.and_then(|all| all.get_mut(first..first + curve.width)) {
                        sample(curve, time_s, false, numbers);
                    }
                }
                Target::Weights { node, first } => {
                    let Some(node) = self.nodes.get(node) else { continue };
                    let start = node.first_weight as usize + first;
                    if let Some(weights) = self.weights.get_mut(start..start + curve.width) {
                        sample(curve, time_s, false, weights);
                    }
                }
            }
        }
    }

    /// Goes towards another pose of the same product: `share` 0 leaves it, 1 makes it the other.
    pub fn mix(&mut self, other: &Self, share: f32) {
        for (node, other) in self.nodes.iter_mut().zip(&other.nodes) {
            let place = &mut node.place;
            place.translation = place.translation.lerp(other.place.translation, share);
            place.rotation = place.rotation.slerp(other.place.rotation, share);
            place.scale = place.scale.lerp(other.place.scale, share);
            if share >= 0.5 {
                node.visible = other.visible;
            }
        }
        let mix = |number: &mut f32, other: &f32| *number += (other - *number) * share;
        self.weights.iter_mut().zip(&other.weights).for_each(|(number, other)| mix(number, other));
        let (numbers, others) = (self.properties.as_flattened_mut(), other.properties.as_flattened());
        numbers.iter_mut().zip(others).for_each(|(number, other)| mix(number, other));
    }

    fn with(&mut self, node: usize, change: impl FnOnce(&mut NodePose)) {
        if let Some(node) = self.nodes.get_mut(node) {
            change(node);
        }
    }
}

/// It is sampled straight into its place.
fn is_slice(target: Target) -> bool {
    matches!(target, Target::Weights { .. } | Target::Property { .. })
}
