//! What the mirror sees of the shopper, in one word.

/// What the mirror sees of the shopper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// The mirror is closed.
    #[default]
    Closed,
    /// No camera picture yet.
    WaitingForCamera,
    /// Nobody has been seen yet.
    Searching,
    /// Somebody is there and wears it.
    Found,
    /// Somebody was there.
    Lost,
    /// Nobody can be seen: the picture is too dark, or the camera is covered.
    TooDark,
    /// The face or hand is too small in the picture to be right.
    TooFar,
    /// The face or hand is too near the camera to be right.
    TooClose,
    /// Part of the face or hand lies outside of the picture.
    AtTheEdge,
}

impl Status {
    /// Stable, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::WaitingForCamera => "waiting-for-camera",
            Self::Searching => "searching",
            Self::Found => "found",
            Self::Lost => "lost",
            Self::TooDark => "too-dark",
            Self::TooFar => "too-far",
            Self::TooClose => "too-close",
            Self::AtTheEdge => "at-the-edge",
        }
    }
}
