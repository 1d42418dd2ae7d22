//! Named points of a face and a hand in the camera's picture: what every tracker is translated to.
//!
//! A face has the 468 points of the widely used canonical face mesh, or 478 with the irises; a hand has 21. Points are
//! known by their index; the tables below name those that the mirror reads. An adapter that has fewer points gives the others
//! a confidence of 0. *Left* and *right* are the wearer's.

/// One point in the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Landmark {
    /// 0 left .. 1 right; may lie outside.
    pub x: f32,
    /// 0 top .. 1 bottom; may lie outside.
    pub y: f32,
    /// How much farther away than the face's or hand's middle, in picture widths; 0 where the tracker does not know.
    pub z: f32,
    /// 0 not seen .. 1 certain.
    pub confidence: f32,
}

impl Landmark {
    /// True for points worth reading: seen, finite, and not far outside of the picture.
    pub(super) fn is_sound(&self) -> bool {
        self.confidence > 0.0 && self.x.abs().max(self.y.abs()).max(self.z.abs()) < 8.0
    }
}

/// A face as a tracker sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FaceLandmarks {
    /// 468 or 478 points.
    pub points: Vec<Landmark>,
}

/// A hand as a tracker sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandLandmarks {
    /// Which hand it is, where the tracker knows.
    pub side: Option<Side>,
    /// 21 points.
    pub points: Vec<Landmark>,
}

/// The wearer's left or right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// The wearer's left.
    #[default]
    Left,
    /// The wearer's right.
    Right,
}

impl Side {
    /// 1 for left, -1 for right: the sign of X in head space.
    pub fn sign(self) -> f32 {
        match self {
            Self::Left => 1.0,
            Self::Right => -1.0,
        }
    }
}

/// The right iris: its middle and the four points on its edge.
pub(super) const RIGHT_IRIS: [usize; 5] = [468, 469, 470, 471, 472];
/// The left iris: its middle and the four points on its edge.
pub(super) const LEFT_IRIS: [usize; 5] = [473, 474, 475, 476, 477];

/// Points of the hand.
pub(super) mod hand {
    /// The middle of the wrist's crease.
    pub const WRIST: usize = 0;
    /// Where the thumb begins.
    pub const THUMB_ROOT: usize = 1;
    /// The knuckles of thumb, index, middle, ring and little finger; the next joints of each follow it.
    pub const KNUCKLES: [usize; 5] = [2, 5, 9, 13, 17];
    /// How many points there are.
    pub const COUNT: usize = 21;
}
