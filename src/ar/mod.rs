//! The products in the shopper's room: states, placement, gestures. Plain numbers in, plain numbers out; knows no WebXR.
//!
//! One [`Room`] lives through one session after another: [`Room::update`] takes an [`Event`] and says with [`Effect`]s
//! what the page must hear or do; [`Room::items`] and its neighbours say what the next picture shows.
//! Metres, Y up, right-handed, in the session's reference space. A product's front looks along its +Z.
//!
//! The path of a session: [`Event::Started`] -> searching: a hit of the product's kind of surface shows the reticle ->
//! a tap (or [`Event::Place`]) puts the product there -> drag, turn, buttons -> [`Event::Ended`].
//! Numbers that are no numbers are dropped where they come in ([`Room::update`]), so the rest need not ask.

mod effect;
mod event;
mod gesture;
mod hint;
mod item;
mod items;
mod layout;
mod light;
mod measure;
mod motion;
mod options;
mod plane;
mod room;
mod search;
mod session;
mod surface;
mod tracking;

pub use effect::{Analytics, Effect, Status};
pub use event::{Event, Mode};
pub use hint::Hint;
pub use items::{ItemId, Problem, RoomItem};
pub use layout::{Layout, LayoutItem};
pub use light::{LightEstimate, RoomLight};
pub use measure::{Dimension, DimensionLine, MeasureKind, MeasureStep, Measurement, length_words};
pub use options::{Options, Unit};
pub use plane::{Orientation, Plane};
pub use room::Room;
pub use search::Reticle;
pub use surface::{Placement, Surface};
pub use tracking::Tracking;
