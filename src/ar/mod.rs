//! The product in the shopper's room: states, placement, gestures. Plain numbers in, plain numbers out; knows no WebXR.
//!
//! One [`Room`] lives through one session after another: [`Room::update`] takes an [`Event`] and says with [`Effect`]s
//! what the page must hear; [`Room::item_pose`] and [`Room::reticle`] say what the next picture shows.
//! Metres, Y up, right-handed, in the session's reference space. A product's front looks along its +Z.
//!
//! The path of a session: [`Event::Started`] -> searching: a hit of the product's kind of surface shows the reticle ->
//! a tap (or [`Event::Place`]) puts the product there -> drag, turn, buttons -> [`Event::Ended`].
//! Numbers that are no numbers are dropped where they come in ([`Room::update`]), so the rest need not ask.

mod event;
mod gesture;
mod hint;
mod item;
mod motion;
mod room;
mod search;
mod session;
mod surface;
mod tracking;

pub use event::{Effect, Event, Status};
pub use hint::Hint;
pub use room::Room;
pub use search::Reticle;
pub use surface::{Placement, Surface};
pub use tracking::Tracking;
