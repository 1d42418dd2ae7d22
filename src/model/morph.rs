//! Morph targets: other shapes of a primitive, to be blended in (glTF 2.0, section 3.7.2.2).

use crate::math::Vec3;

/// What full weight adds to a primitive's vertices. Each stream has one element per vertex, or is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MorphTarget {
    /// Added to positions, in metres.
    pub positions: Vec<Vec3>,
    /// Added to normals.
    pub normals: Vec<Vec3>,
    /// Added to the tangents' directions.
    pub tangents: Vec<Vec3>,
}
