//! What the shopper reads or hears while in the room: one short sentence at a time.

use super::{Placement, Surface};

/// One sentence for the shopper; the code is for styling and for translated texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hint {
    /// Nothing to say.
    #[default]
    None,
    /// No fitting surface is found yet.
    Search(Placement),
    /// Surfaces are found, none of the product's kind.
    WrongSurface(Placement),
    /// The reticle is shown.
    TapToPlace,
    /// The product has just been placed.
    Placed(Surface),
    /// A button was pressed that needs a reticle.
    NoPlaceYet(Placement),
    /// The device does not know where it is.
    TrackingLost,
}

impl Hint {
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Search(_) => "search",
            Self::WrongSurface(_) => "wrong-surface",
            Self::TapToPlace => "tap-to-place",
            Self::Placed(_) => "placed",
            Self::NoPlaceYet(_) => "no-place-yet",
            Self::TrackingLost => "tracking-lost",
        }
    }

    /// For people.
    pub fn text(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Search(Placement::Floor) => "Point the phone at the floor and move it slowly",
            Self::Search(Placement::Wall) => "Point the phone at a wall and move it slowly",
            Self::Search(Placement::Any) => "Point the phone at the floor or a wall and move it slowly",
            Self::WrongSurface(Placement::Wall) => "This belongs on a wall. Point the phone at a wall",
            Self::WrongSurface(_) => "This belongs on a level surface. Point the phone at the floor",
            Self::TapToPlace => "Tap to place it here",
            Self::Placed(Surface::Floor) => "Drag to move, turn with two fingers",
            Self::Placed(Surface::Wall) => "Drag to move it along the wall",
            Self::NoPlaceYet(Placement::Wall) => "No place found yet. Point the phone at a wall first",
            Self::NoPlaceYet(_) => "No place found yet. Point the phone at the floor first",
            Self::TrackingLost => "The phone lost its place. Move it slowly, where there is light and something to see",
        }
    }
}
