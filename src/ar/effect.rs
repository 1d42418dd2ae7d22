//! What the room wants told or done.

use super::{Hint, ItemId, Measurement, Tracking};
use crate::math::Pose;
use serde_json::Value;

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
    /// Another product is selected, or none.
    Selected(Option<ItemId>),
    /// Make an anchor here for this product, instead of the one it has. Told whenever it has come to rest at a new place.
    Anchor {
        /// The product.
        item: ItemId,
        /// Where; the product's own pose.
        world_from_anchor: Pose,
    },
    /// The product's anchor is no longer needed. Where the browser keeps it, it stays kept: a saved layout may name it.
    DropAnchor {
        /// The product.
        item: ItemId,
    },
    /// Keep the product's anchor for the next visit, where the browser can; answered by [`Event::AnchorKept`].
    ///
    /// [`Event::AnchorKept`]: super::Event::AnchorKept
    KeepAnchor {
        /// The product.
        item: ItemId,
    },
    /// Find an anchor that was kept; its place comes as [`Event::AnchorMoved`].
    ///
    /// [`Event::AnchorMoved`]: super::Event::AnchorMoved
    RestoreAnchor {
        /// The product.
        item: ItemId,
        /// What the browser called the anchor.
        handle: String,
    },
    /// The browser need not keep an anchor any longer.
    ForgetAnchor {
        /// What the browser called the anchor.
        handle: String,
    },
    /// The layout that was asked for.
    Layout {
        /// For the page's own storage; [`Layout::parse`](super::Layout::parse) reads it as text.
        json: Value,
        /// The same as short text for an address; [`Layout::parse_link`](super::Layout::parse_link) reads it.
        link: String,
    },
    /// Something was measured; [`Room::measurements`](super::Room::measurements) has all of them.
    Measured(Measurement),
    /// Something that the shop may count. It says what and for how long, never where.
    Analytics(Analytics),
    /// End the session.
    EndSession,
}

/// One thing that the shop may count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Analytics {
    /// `ar-start`, `ar-place`, `ar-move`, `ar-measure`, `ar-photo` or `ar-end`.
    pub name: &'static str,
    /// The product it is about.
    pub item: Option<ItemId>,
    /// Seconds that it took: until the first place for `ar-place`, of the movement for `ar-move`, of the session for `ar-end`.
    pub seconds: f32,
    /// How many products stand in the room.
    pub items: usize,
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

impl Analytics {
    /// As an effect.
    pub(super) fn effect(name: &'static str, item: Option<ItemId>, elapsed_ms: f32, items: usize) -> Effect {
        Effect::Analytics(Self { name, item, seconds: elapsed_ms * 0.001, items })
    }
}
