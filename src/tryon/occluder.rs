//! What hides the products: the head, neck, ears, arm and fingers as shapes that are drawn into the depth only.

use super::Side;
use crate::math::{Affine3A, Vec3};

/// Which part of the body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OccluderKind {
    /// Face and skull.
    Head,
    /// An ear.
    Ear(Side),
    /// Neck and shoulders.
    Neck,
    /// The lower arm with the wrist.
    Arm,
    /// The palm and the back of the hand.
    Palm,
    /// A finger: 0 thumb .. 4 little finger.
    Finger(u8),
}

/// A part of the body, placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occluder<'a> {
    /// Which part.
    pub kind: OccluderKind,
    /// Its shape; the same until [`super::Effect::OccluderShapes`].
    pub mesh: &'a OccluderMesh,
    /// Where it is, and how large.
    pub camera_from_mesh: Affine3A,
    /// How wide its outline fades, in metres at its place.
    pub soft_edge_m: f32,
}

/// A closed surface; its outside is where triangles turn counter-clockwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OccluderMesh {
    /// In metres.
    pub positions: Vec<Vec3>,
    /// Three to a triangle.
    pub indices: Vec<u32>,
}
