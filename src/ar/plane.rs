//! The flat surfaces that a device has found in the room: where they are, how far they reach, what they are.

use super::motion::sound_pose;
use crate::math::{Pose, Vec2};

/// One flat surface, as WebXR's plane detection tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The same plane keeps its number for the session.
    pub id: u32,
    /// Y is the normal, out of the surface.
    pub world_from_plane: Pose,
    /// Its outline, x and z in metres in the plane's own space. At least three corners.
    pub polygon: Vec<Vec2>,
    /// Level or upright, where the device says so.
    pub orientation: Option<Orientation>,
    /// What it is, by WebXR's semantic labels: `floor`, `wall`, `ceiling`, `table`, `couch`, `shelf`, `door`, ...
    pub label: Option<String>,
}

/// How a plane lies, as WebXR's plane detection says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Level.
    Horizontal,
    /// Upright.
    Vertical,
}

impl Plane {
    /// The plane, if its numbers are numbers of a room and it has an area.
    pub(super) fn sound(self) -> Option<Self> {
        let world_from_plane = sound_pose(self.world_from_plane)?;
        let is_sound = |point: &Vec2| point.is_finite() && point.abs().max_element() < 100.0;
        let has_area = self.polygon.len() >= 3 && self.polygon.iter().all(is_sound);
        has_area.then_some(Self { world_from_plane, ..self })
    }
}
