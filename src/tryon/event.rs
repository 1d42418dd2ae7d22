//! What the page tells the mirror, and what the mirror wants told.

use super::{FaceLandmarks, HandLandmarks, Status, Worn};
use crate::math::{Vec2, Vec3};

/// Something happened in front of the mirror.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The shopper opened the mirror, or wears something else now; what is known of the body stays while it is open.
    Opened {
        /// What is put on.
        wear: Vec<Worn>,
        /// Nothing swings.
        reduced_motion: bool,
    },
    /// The camera runs, turned, or another one runs. Forgets what was learned of the camera before.
    Camera {
        /// Width and height of its picture, as the tracker sees it.
        size_px: [u32; 2],
        /// The angle from the picture's top to its bottom, in radians; `None` where the device does not tell: it is then
        /// estimated from the face.
        vertical_fov: Option<f32>,
        /// The shopper sees the picture mirrored.
        mirrored: bool,
    },
    /// The tracker's answer for faces; empty when it sees none.
    Faces {
        /// When the picture was taken, in milliseconds of the clock of [`Event::Tick`].
        time_ms: f64,
        /// All that it sees, in any order.
        faces: Vec<FaceLandmarks>,
    },
    /// The tracker's answer for hands; empty when it sees none.
    Hands {
        /// When the picture was taken, in milliseconds of the clock of [`Event::Tick`].
        time_ms: f64,
        /// All that it sees, in any order.
        hands: Vec<HandLandmarks>,
    },
    /// A picture is about to be drawn; the last event of each picture.
    Tick {
        /// When the camera's picture that is drawn behind was taken, or now, in milliseconds of any steady clock.
        now_ms: f64,
    },
    /// The shopper told a true length, or took it back.
    KnownScale(KnownScale),
    /// The shopper touched a face or a hand, to choose among several; in picture coordinates.
    Touch(Vec2),
    /// What the page read from the camera's picture.
    Light(PictureLight),
    /// The mirror is closed: everything about the body is forgotten.
    Closed,
}

/// A true length on the shopper's face.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum KnownScale {
    /// None: the iris tells.
    #[default]
    None,
    /// The distance between the pupils from a prescription, in millimetres, 40..80.
    PupilDistance(f32),
    /// A bank card (ISO/IEC 7810 ID-1) held flat to the forehead.
    Card {
        /// Its upper left, upper right, lower right and lower left corner in the picture.
        corners: [Vec2; 4],
        /// The picture in which they were marked, on the clock of the landmarks.
        time_ms: f64,
    },
}

/// Statistics of the camera's picture, all linear (not sRGB-encoded) light, 0..1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureLight {
    /// The whole picture's mean colour.
    pub mean: Vec3,
    /// The mean colour of the face's four quarters as the picture shows them: upper left, upper right, lower left, lower
    /// right; `None` without a face.
    pub face: Option<[Vec3; 4]>,
}

/// What the page must hear or do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// The state changed.
    Status(Status),
    /// What is known of the body changed by more than half a millimetre: ask [`super::Mirror::measures`] and
    /// [`super::Mirror::fit`] again.
    Measures,
    /// The occluders' shapes changed (not only their places): ask [`super::Mirror::occluders`] again and upload them.
    OccluderShapes,
}
