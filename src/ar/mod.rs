//! The products in the shopper's room: where they may stand, how they are moved, how they stay, whether they fit.
//! Plain numbers in, plain numbers out; knows no WebXR.
//!
//! One [`Room`] lives through one session after another: [`Room::update`] takes an [`Event`] and says with [`Effect`]s
//! what the page must hear or the device do; [`Room::items`] and its neighbours say what the next picture shows.
//! Metres, Y up, right-handed, in the session's reference space. A product's front looks along its +Z.
//!
//! # The path of a product
//! [`Event::Started`] or [`Event::AddItem`] -> it waits, a ghost before the shopper -> `ground` judges what `search` sees
//! ahead: a surface of its kind ([`Placement`]) and large enough shows the reticle -> a tap (or [`Event::Place`]) puts it
//! there, `snap` against walls and neighbours; after ten seconds without a place it is put in front -> `gesture` and buttons
//! move the selected one -> it rests, and [`Effect::Anchor`] asks for an anchor -> [`Event::AnchorMoved`] corrects it ->
//! [`Event::RemoveItem`], or [`Event::Ended`].
//!
//! # Beside it
//! `light` and `reflections` follow the room's light within bounds that keep the products' colours. `lines`, `measure`, `fit` and `doorway`
//! say lengths, each measurement with how far it may be off. `pointing` says where a controller's ray ends, `caption` where words hang for those who see nothing of the page. `layout` is what is kept of a room: [`Event::SaveLayout`]
//! writes one, [`Event::RestoreLayout`] puts it back.
//!
//! Numbers that are no numbers are dropped where they come in ([`Room::update`]), so the rest need not ask.

mod anchor;
mod caption;
mod doorway;
mod effect;
mod event;
mod fingers;
mod fit;
mod gesture;
mod ground;
mod hint;
mod item;
mod items;
mod layout;
mod light;
mod lines;
mod measure;
mod motion;
mod options;
mod placing;
mod plane;
mod pointing;
mod reflections;
mod restore;
mod room;
mod room_item;
mod search;
mod session;
mod shape;
mod snap;
mod staying;
mod surface;
mod tracking;
mod unit;
mod upright;

pub use doorway::{Doorway, carry};
pub use effect::{Analytics, Effect, Status};
pub use event::{Event, Mode};
pub use fit::{Fit, Side, Verdict};
pub use hint::{Device, Hint};
pub use items::ItemId;
pub use layout::{Layout, LayoutItem};
pub use light::{BRIGHTEST, CHROMA, DIMMEST, LightEstimate, RoomLight, STRONGEST};
pub use lines::{Dimension, DimensionLine};
pub use measure::{MeasureKind, MeasureStep, Measurement, Sighting, uncertainty_m};
pub use options::Options;
pub use plane::{Orientation, Plane};
pub use pointing::{Pointed, Pointer};
pub use reflections::{BRIGHTEST_SPOT, MIRRORED, Reflections};
pub use room::Room;
pub use room_item::{Problem, RoomItem};
pub use search::Reticle;
pub use surface::{Placement, Surface};
pub use tracking::Tracking;
pub use unit::Unit;
