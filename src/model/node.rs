//! The tree of parts and their places.

use crate::math::Affine3A;

/// One part.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Its place in its parent, scale and shear included.
    pub parent_from_node: Affine3A,
    /// Index into [`super::Model::meshes`].
    pub mesh: Option<usize>,
    /// Indices into [`super::Model::nodes`]; a tree, never a cycle.
    pub children: Vec<usize>,
}

impl Default for Node {
    fn default() -> Self {
        Self { name: String::new(), parent_from_node: Affine3A::IDENTITY, mesh: None, children: Vec::new() }
    }
}
