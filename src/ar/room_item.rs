//! One product as the next picture shows it, and what is wrong with where it is.

use super::{ItemId, Surface};
use crate::math::Pose;

/// One product as the next picture shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomItem {
    /// Its name.
    pub id: ItemId,
    /// world_from_item, upright; see `scale`.
    pub pose: Pose,
    /// 1 is true size. It grows about the item's origin; `pose` allows for it.
    pub scale: f32,
    /// It waits for a place: draw it so that this shows.
    pub is_ghost: bool,
    /// Buttons act on it.
    pub is_selected: bool,
    /// It reaches into another product.
    pub overlaps: bool,
    /// What it is on.
    pub surface: Surface,
    /// The surface beneath, behind or above: its Y is the normal, its origin where the product touches it.
    pub support: Pose,
    /// What is wrong with where it is.
    pub problem: Option<Problem>,
}

/// What is wrong with where a product is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It reaches into another product.
    Overlaps,
    /// It reaches into a wall.
    InWall,
    /// What it stands on ends beneath it.
    OverEdge,
    /// No surface was found; it is where the shopper looked.
    NoSurface,
}

impl Problem {
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overlaps => "overlaps",
            Self::InWall => "in-wall",
            Self::OverEdge => "over-edge",
            Self::NoSurface => "no-surface",
        }
    }

    /// For people.
    pub fn text(self) -> &'static str {
        match self {
            Self::Overlaps => "It reaches into another product",
            Self::InWall => "It reaches into the wall",
            Self::OverEdge => "It reaches over the edge",
            Self::NoSurface => "No surface was found here; drag it to where it belongs",
        }
    }
}
