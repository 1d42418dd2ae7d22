//! What kind of surface a hit is, and which kind a product belongs on.

use crate::math::{Pose, Vec3};

/// Cosine and sine of 20 degrees: how far from level or upright a surface may be. Phones report floors a few degrees
/// off; stairs, ramps and sofa backs are more than this.
const COS_TOLERANCE: f32 = 0.939_692_6;
const SIN_TOLERANCE: f32 = 0.342_020_15;

/// A kind of surface that can carry a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// Level, facing up: floor, table, shelf.
    Floor,
    /// Upright.
    Wall,
}

impl Surface {
    /// The kind of the surface at a hit whose Y is the normal; `None` for slopes and ceilings.
    pub fn of(world_from_hit: &Pose) -> Option<Self> {
        let normal = normal(world_from_hit);
        if normal.y >= COS_TOLERANCE {
            Some(Self::Floor)
        } else if normal.y.abs() <= SIN_TOLERANCE {
            Some(Self::Wall)
        } else {
            None
        }
    }
}

/// Where a product belongs (`ar-placement`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// On a level surface.
    #[default]
    Floor,
    /// With its back to a wall.
    Wall,
    /// On whichever comes first.
    Any,
}

impl Placement {
    /// True when a product placed so may be on this kind of surface.
    pub fn accepts(self, surface: Surface) -> bool {
        match self {
            Self::Floor => surface == Surface::Floor,
            Self::Wall => surface == Surface::Wall,
            Self::Any => true,
        }
    }

    /// The first hit the product may be placed on.
    pub(super) fn choose(self, hits: &[Pose]) -> Option<(Surface, &Pose)> {
        hits.iter().find_map(|hit| {
            let surface = Surface::of(hit)?;
            self.accepts(surface).then_some((surface, hit))
        })
    }
}

/// The surface's normal at a hit.
pub(super) fn normal(world_from_hit: &Pose) -> Vec3 {
    world_from_hit.orientation * Vec3::Y
}
