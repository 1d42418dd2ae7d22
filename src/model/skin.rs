//! Skins: which joints pull on which vertices (glTF 2.0, section 3.7.3).

use crate::math::{Affine3A, Vec4};

/// A set of joints that meshes hang on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Skin {
    /// The file's name for it; may be empty.
    pub name: String,
    /// Its joints.
    pub joints: Vec<Joint>,
}

/// One joint of a skin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Joint {
    /// Index into [`super::Model::nodes`].
    pub node: usize,
    /// From the mesh's space, as it was when the skin was bound, to the joint's: the inverse bind matrix.
    pub joint_from_mesh: Affine3A,
}

/// Four influences on every vertex of a primitive; there may be several such sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JointSet {
    /// By vertex: four joints, indices into the skin's. Below the number of joints of every skin that a node gives the
    /// mesh; 0 where the weight is 0.
    pub joints: Vec<[u16; 4]>,
    /// By vertex: how strongly each pulls, from 0; over all sets of a vertex they sum to 1.
    pub weights: Vec<Vec4>,
}
