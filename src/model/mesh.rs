//! Shapes: streams of vertices and the triangles, lines or points between them.

use crate::math::{Vec2, Vec3, Vec4};

/// A shape made of primitives, each with one material.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Drawn together, each with its own material.
    pub primitives: Vec<Primitive>,
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
    /// Corner after corner; every index is below `positions.len()`. Never empty: made when the file has none.
    pub indices: Vec<u32>,
    /// Index into [`super::Model::materials`]; `None` is glTF's default material.
    pub material: Option<usize>,
    /// Other materials under other looks (KHR_materials_variants).
    pub variant_materials: Vec<VariantMaterial>,
}

impl Primitive {
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
