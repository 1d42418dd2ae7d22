//! What a session tells the room.

use super::{ItemId, Layout, LightEstimate, MeasureStep, Options, Placement, Plane, Reflections};
use crate::math::{Aabb, Pose, Ray, Vec2};

/// Something happened in the session. Poses and rays are in the session's reference space.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The session runs, and has one product to place: [`ItemId::FIRST`].
    Started {
        /// The product's box at true size, in its own space. An empty one counts as a point at the origin.
        bounds: Aabb,
        /// Where the product belongs.
        placement: Placement,
        /// Over the camera picture, or in a room of its own.
        mode: Mode,
        /// Jump instead of glide.
        reduced_motion: bool,
    },
    /// What the page wants of this session; the defaults until it says so.
    Set(Options),
    /// The height of the floor in the reference space, where the device knows it: 0 in a `local-floor` space.
    FloorHeight(f32),
    /// A picture is about to be drawn; the last event of each picture.
    Frame {
        /// Milliseconds of any steady clock.
        now_ms: f64,
        /// Where the shopper's eye is; `None` while the device does not know.
        world_from_viewer: Option<Pose>,
        /// Surfaces straight ahead, nearest first; Y is the surface's normal.
        hits: Vec<Pose>,
    },
    /// All flat surfaces that the device knows. Told when one of them has changed, and after [`Event::SpaceReset`].
    Planes(Vec<Plane>),
    /// What the device makes of the room's light. Told as often as the device has news.
    Light(LightEstimate),
    /// What mirrors would show of the room. Told when that has changed, and seen once there is [`Event::Light`].
    Reflections(Reflections),
    /// The system covers the session (true), or shows it again.
    Suspended(bool),
    /// One more product. An id that is there already is replaced as a whole.
    AddItem {
        /// Its name from now on.
        id: ItemId,
        /// Its box at true size, in its own space.
        bounds: Aabb,
        /// Where it belongs.
        placement: Placement,
        /// world_from_item where it stands already; without it waits for a place, in turn.
        pose: Option<Pose>,
    },
    /// Buttons act on this product from now on.
    SelectItem(Option<ItemId>),
    /// The product leaves the room for good.
    RemoveItem(ItemId),
    /// One more of the same, beside it.
    DuplicateItem {
        /// The product to copy.
        id: ItemId,
        /// The copy's name.
        new_id: ItemId,
    },
    /// Another variant or product at the same place.
    ReplaceItem {
        /// The product.
        id: ItemId,
        /// Its box now.
        bounds: Aabb,
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
    /// A button: place the waiting product on the reticle. While measuring: take the point there.
    Place,
    /// A button: move the selected product as the shopper sees it. On a wall and in the air, forward is up.
    Move {
        /// Metres to the shopper's right.
        right_m: f32,
        /// Metres away from the shopper.
        forward_m: f32,
    },
    /// A button: turn the selected product about its upright axis.
    Turn {
        /// Counter-clockwise seen from above.
        degrees: f32,
    },
    /// A button: show the selected product larger or smaller, where [`Options::may_scale`] allows it.
    Scale {
        /// Times its size now.
        factor: f32,
    },
    /// A button: take the selected product up and look for a place again.
    Remove,
    /// Words hang before the shopper from now on, as a picture of this width and height in metres; or no longer.
    Caption(Option<Vec2>),
    /// Measuring begins, goes on or ends.
    Measure(MeasureStep),
    /// The anchor of a product is elsewhere than it was.
    AnchorMoved {
        /// The product.
        item: ItemId,
        /// Where it is now; `None` while the device does not know.
        world_from_anchor: Option<Pose>,
    },
    /// The anchor of a product will be known on the next visit.
    AnchorKept {
        /// The product.
        item: ItemId,
        /// By this name.
        handle: String,
    },
    /// Write down what stands where; answered by [`Effect::Layout`](super::Effect::Layout).
    SaveLayout {
        /// What the page calls each product: its address, or anything it finds it by.
        names: Vec<(ItemId, String)>,
        /// It is for the next visit: the browser is asked to keep the anchors.
        keeps_anchors: bool,
    },
    /// Anchors that the browser has kept are in no saved layout any more.
    ForgetAnchors {
        /// By these names they would be found.
        handles: Vec<String>,
    },
    /// Put products that were added without a pose where a layout has them.
    RestoreLayout {
        /// What was saved.
        layout: Layout,
        /// The products' ids here, one for each of the layout's items, in its order.
        ids: Vec<ItemId>,
    },
    /// The shopper took a picture.
    PhotoTaken,
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

/// What is behind the products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The shopper's own room.
    #[default]
    Ar,
    /// A showroom, on devices that do not show the shopper's room: its floor is the only surface.
    Vr,
}
