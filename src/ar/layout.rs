//! What stands where, written down for the next visit or for somebody else: no picture and no scan of the room.

use crate::math::Pose;

/// Products and their places relative to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// In the order in which they came into the room.
    pub items: Vec<LayoutItem>,
}

/// One product of a [`Layout`].
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutItem {
    /// What the page called it.
    pub name: String,
    /// Relative to the layout's own origin, upright.
    pub layout_from_item: Pose,
    /// The anchor that the browser has kept.
    pub handle: Option<String>,
}
