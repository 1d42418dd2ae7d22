//! Where vertices are once morph targets and joints have moved them: what `surface.wgsl` does on the card, for bounds
//! and for finding what a finger touches.

use super::Primitive;
use crate::math::{Affine3A, Vec3};

/// The primitive's positions, blended by `weights` (one a morph target; missing ones count 0) and then carried by
/// `joints`, a matrix for every joint of the skin. Without joints they stay in the node's space; with them they are in
/// the space that the matrices lead to.
pub fn deformed_positions<'a>(
    primitive: &'a Primitive,
    weights: &'a [f32],
    joints: &'a [Affine3A],
) -> impl Iterator<Item = Vec3> + 'a {
    primitive.positions.iter().enumerate().map(move |(vertex, &position)| {
        let mut point = position;
        for (target, &weight) in primitive.targets.iter().zip(weights) {
            point += weight * target.positions.get(vertex).copied().unwrap_or_default();
        }
        if joints.is_empty() || primitive.joint_sets.is_empty() {
            return point;
        }
        let mut sum = Vec3::ZERO;
        for set in &primitive.joint_sets {
            let (Some(four), Some(pulls)) = (set.joints.get(vertex), set.weights.get(vertex)) else { continue };
            for (&joint, pull) in four.iter().zip(pulls.to_array()) {
                if let (Some(matrix), true) = (joints.get(usize::from(joint)), pull > 0.0) {
                    sum += pull * matrix.transform_point3(point);
                }
            }
        }
        sum
    })
}
