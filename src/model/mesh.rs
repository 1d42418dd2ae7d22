//! Shapes: streams of vertices and the triangles, lines or points between them.

use super::{JointSet, MorphTarget};
use crate::math::{Vec2, Vec3, Vec4};

/// A shape made of primitives, each with one material.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Drawn together, each with its own material.
    pub primitives: Vec<Primitive>,
    /// How far each morph target is blended in where a node does not say otherwise; one for each target.
    pub weights: Vec<f32>,
}

/// One stretch of geometry with one material. All filled streams have the length of `positions`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Primitive {
    /// Which vertices form what. Strips, fans and loops of a file are already unrolled.
    pub topology: Topology,
    /// Metres, in the node's space.
    pub positions: Vec<Vec3>,
    /// Unit length; never empty for triangles (made flat where the file has none).
    pub normals: Vec<Vec3>,
    /// xyz unit length, w the sign of the bitangent; empty when the file has none.
    pub tangents: Vec<Vec4>,
    /// The two texture coordinate sets, v down; each empty when the file has none.
    pub uvs: [Vec<Vec2>; 2],
    /// Linear, straight alpha; empty means white.
    pub colors: Vec<Vec4>,
    /// What joints pull on the vertices; empty for a rigid shape.
    pub joint_sets: Vec<JointSet>,
    /// Other shapes to be blended in; at most as many as the mesh has weights.
    pub targets: Vec<MorphTarget>,
    /// Corner after corner; every index is below `positions.len()`. Never empty: made when the file has none.
    pub indices: Vec<u32>,
    /// Index into [`super::Model::materials`]; `None` is glTF's default material.
    pub material: Option<usize>,
    /// Other materials under other looks (KHR_materials_variants).
    pub variant_materials: Vec<VariantMaterial>,
}

impl Primitive {
    /// Makes vertex `i` what vertex `vertices[i]` was, in every stream. The indices are left as they are.
    pub fn rearrange(&mut self, vertices: &[u32]) {
        fn pick<T: Copy>(stream: &mut Vec<T>, vertices: &[u32]) {
            if !stream.is_empty() {
                *stream = vertices.iter().filter_map(|&index| stream.get(index as usize).copied()).collect();
            }
        }
        let [uv_0, uv_1] = &mut self.uvs;
        [uv_0, uv_1].into_iter().for_each(|uvs| pick(uvs, vertices));
        for set in &mut self.joint_sets {
            pick(&mut set.joints, vertices);
            pick(&mut set.weights, vertices);
        }
        for target in &mut self.targets {
            let MorphTarget { positions, normals, tangents } = target;
            [positions, normals, tangents].into_iter().for_each(|stream| pick(stream, vertices));
        }
        [&mut self.positions, &mut self.normals].into_iter().for_each(|stream| pick(stream, vertices));
        [&mut self.tangents, &mut self.colors].into_iter().for_each(|stream| pick(stream, vertices));
    }

    /// Bytes that one vertex takes in all streams together.
    pub fn vertex_size(&self) -> usize {
        let target = |target: &MorphTarget| {
            let streams = [&target.positions, &target.normals, &target.tangents];
            streams.iter().filter(|stream| !stream.is_empty()).count() * size_of::<Vec3>()
        };
        let fixed = size_of::<[Vec3; 2]>() + size_of::<[Vec4; 3]>();
        fixed + self.joint_sets.len() * size_of::<[f32; 6]>() + self.targets.iter().map(target).sum::<usize>()
    }

    /// Triangles in it; 0 for lines and points.
    pub fn triangle_count(&self) -> usize {
        if self.topology == Topology::Triangles { self.indices.len() / 3 } else { 0 }
    }

    /// The material under a look, or without one.
    pub fn material_under(&self, variant: Option<usize>) -> Option<usize> {
        let special = self.variant_materials.iter().find(|entry| Some(entry.variant) == variant);
        special.map_or(self.material, |entry| Some(entry.material))
    }
}

/// "Under this look, use that material."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariantMaterial {
    /// Index into [`super::Model::variants`].
    pub variant: usize,
    /// Index into [`super::Model::materials`].
    pub material: usize,
}

/// What the indices of a primitive mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topology {
    /// Every index a point.
    Points,
    /// Every two indices a line.
    Lines,
    /// Every three indices a triangle, counter-clockwise seen from outside.
    #[default]
    Triangles,
}
