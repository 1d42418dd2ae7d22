//! What a session tells the room, and what the room wants told.

use super::{Hint, Placement, Tracking};
use crate::math::{Aabb, Pose, Ray};

/// Something happened in the session. Poses and rays are in the session's reference space.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The session runs.
    Started {
        /// The product's box at true size, in its own space. An empty one counts as a point at the origin.
        bounds: Aabb,
        /// Where the product belongs.
        placement: Placement,
        /// Jump instead of glide.
        reduced_motion: bool,
    },
    /// A picture is about to be drawn; the last event of each picture.
    Frame {
        /// Milliseconds of any steady clock.
        now_ms: f64,
        /// Where the shopper's eye is; `None` while the device does not know.
        world_from_viewer: Option<Pose>,
        /// Surfaces straight ahead, nearest first; Y is the surface's normal.
        hits: Vec<Pose>,
    },
    /// A finger or trigger goes down.
    PressStart {
        /// Names the finger until it ends.
        id: u32,
        /// Where it points.
        ray: Ray,
    },
    /// A finger or trigger that is down points elsewhere.
    PressMove {
        /// The finger.
        id: u32,
        /// Where it points now.
        ray: Ray,
        /// Surfaces along the ray, nearest first; empty where the device does not tell.
        hits: Vec<Pose>,
    },
    /// A finger or trigger is let go as the shopper meant it.
    PressEnd {
        /// The finger.
        id: u32,
    },
    /// A finger or trigger is gone without having meant anything.
    PressCancel {
        /// The finger.
        id: u32,
    },
    /// A button: place the product on the reticle.
    Place,
    /// A button: move the placed product as the shopper sees it. On a wall, forward is up.
    Move {
        /// Metres to the shopper's right.
        right_m: f32,
        /// Metres away from the shopper.
        forward_m: f32,
    },
    /// A button: turn the placed product about its upright axis.
    Turn {
        /// Counter-clockwise seen from above.
        degrees: f32,
    },
    /// A button: take the product away and look for a place again.
    Remove,
    /// The reference space has a new origin.
    SpaceReset {
        /// Where the new origin is in the old space; `None` when the device does not know.
        old_from_new: Option<Pose>,
    },
    /// The session is over.
    Ended {
        /// `shopper` or `system`.
        reason: &'static str,
    },
    /// The session never began.
    Refused {
        /// A stable code, `not-supported` or `not-allowed` for instance.
        reason: &'static str,
    },
    /// The pictures do not reach the device's layer; this session cannot show anything.
    BridgeFailed,
}

/// What the page must hear or do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The session's state changed.
    Status {
        /// The state now.
        status: Status,
        /// Why, as a stable code.
        reason: Option<&'static str>,
    },
    /// The device found its place, or lost it.
    Tracking(Tracking),
    /// What the shopper should read (or hear) now; replaces the hint before.
    Hint(Hint),
    /// End the session.
    EndSession,
}

/// The session's state, as model-viewer's `ar-status` names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// No session.
    #[default]
    NotPresenting,
    /// A session, the product not yet placed.
    SessionStarted,
    /// The product stands in the room.
    ObjectPlaced,
    /// The last session could not start or go on.
    Failed,
}

impl Status {
    /// The word for the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotPresenting => "not-presenting",
            Self::SessionStarted => "session-started",
            Self::ObjectPlaced => "object-placed",
            Self::Failed => "failed",
        }
    }
}
