//! The product on the shopper's face or hand: landmarks to pose, size and fit. Plain numbers in, plain numbers out; knows no
//! tracker and no camera.
//!
//! One [`Mirror`] lives through one try-on after another: [`Mirror::update`] takes an [`Event`] and says with [`Effect`]s
//! what the page must hear; [`Mirror::view`], [`Mirror::worn`], [`Mirror::occluders`] and [`Mirror::light`] say what the next
//! picture shows, [`Mirror::measures`] and [`Mirror::fit`] what is known of the body.
//!
//! # Spaces
//! Metres, right-handed. *Camera space*: the camera at the origin, looking along -Z, Y up, X to the right of the picture as
//! the camera takes it; mirroring is the last step and the page's ([`View::mirrored`]). *Head space*: the origin in the middle
//! between the pupils, X to the wearer's left, Y up, Z out of the face: a face that looks into the camera is turned by
//! nothing. *Hand space*: the origin in the wrist, Y towards the middle finger's knuckle, Z out of the back of the hand.
//! Picture coordinates are shares of the picture as the camera takes it: x 0 left .. 1 right, y 0 top .. 1 bottom.
//!
//! # The path of a frame
//! [`Event::Faces`] or [`Event::Hands`], whenever the tracker has an answer -> a pose by reprojection -> what is learned of
//! the body and the camera -> a steady pose. [`Event::Tick`] before each picture -> the pose at that moment -> places.
//! Numbers that are no numbers are dropped where they come in ([`Mirror::update`]), so the rest need not ask.

mod event;
mod face;
mod fit;
mod hand;
mod head;
mod landmarks;
mod learn;
mod length;
mod light;
mod linear;
mod mirror;
mod occluder;
mod opened;
mod own;
mod palm;
mod place;
mod presence;
mod rings;
mod ruler;
mod shapes;
mod solve;
mod status;
mod steady;
mod swing;
mod view;
mod views;
pub mod wear;

pub use event::{Effect, Event, KnownScale, PictureLight};
pub use fit::{FitAnswer, ProductSize, Size, Verdict, fit};
pub use landmarks::{FaceLandmarks, HandLandmarks, Landmark, Side};
pub use length::{FaceMeasures, HandMeasures, Length, Measures};
pub use light::LightHint;
pub use mirror::Mirror;
pub use occluder::{Occluder, OccluderKind, OccluderMesh};
pub use place::Placed;
pub use rings::{Region, ring_circumference_mm, ring_size};
pub use status::Status;
pub use view::View;
pub use wear::{Finger, Kind, Worn};
