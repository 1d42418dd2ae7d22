//! The tree of parts and their places.

use crate::math::{Affine3A, Quat, Vec3};

/// One part.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Its place in its parent at rest, scale and shear included.
    pub parent_from_node: Affine3A,
    /// The same in the parts that animations move; `None` where the file has a matrix, which no animation may move.
    pub rest: Option<Trs>,
    /// Index into [`super::Model::meshes`].
    pub mesh: Option<usize>,
    /// Index into [`super::Model::skins`]; the mesh then follows the joints and not this node.
    pub skin: Option<usize>,
    /// Index into [`super::Model::lamps`].
    pub lamp: Option<usize>,
    /// How far each morph target of the mesh is blended in at rest; empty when the mesh's own weights hold.
    pub weights: Vec<f32>,
    /// It and its children are drawn (KHR_node_visibility).
    pub visible: bool,
    /// Places of its mesh's copies (EXT_mesh_gpu_instancing), `node_from_instance`, mirrored ones last. Empty: the mesh
    /// is drawn once, at the node.
    pub instances: Vec<Affine3A>,
    /// Indices into [`super::Model::nodes`]; a tree, never a cycle.
    pub children: Vec<usize>,
}

impl Default for Node {
    fn default() -> Self {
        Self {
            name: String::new(),
            parent_from_node: Affine3A::IDENTITY,
            rest: None,
            mesh: None,
            skin: None,
            lamp: None,
            weights: Vec::new(),
            visible: true,
            instances: Vec::new(),
            children: Vec::new(),
        }
    }
}

/// One of the scenes that a file offers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedScene {
    /// One of its own: the file's name for it, or one like it.
    pub name: String,
    /// The nodes at its top.
    pub roots: Vec<usize>,
}

/// Translation, rotation and scale, applied from the last to the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trs {
    /// In metres.
    pub translation: Vec3,
    /// Unit length.
    pub rotation: Quat,
    /// May be negative: it mirrors.
    pub scale: Vec3,
}

impl Default for Trs {
    fn default() -> Self {
        Self { translation: Vec3::ZERO, rotation: Quat::IDENTITY, scale: Vec3::ONE }
    }
}

impl Trs {
    /// As one transform.
    pub fn to_affine(self) -> Affine3A {
        Affine3A::from_scale_rotation_translation(self.scale, self.rotation, self.translation)
    }
}
