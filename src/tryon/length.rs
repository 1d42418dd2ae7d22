//! What is known of the body: lengths, none without its uncertainty.

/// A measured length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// The most likely value, in millimetres.
    pub mm: f32,
    /// Its standard uncertainty: the true length lies within this of it in two cases of three.
    pub plus_minus_mm: f32,
}

impl Length {
    /// The same stretched, uncertainty and all.
    pub fn scaled(self, factor: f32) -> Self {
        Self { mm: self.mm * factor, plus_minus_mm: self.plus_minus_mm * factor }
    }
}

/// All that is known of the shopper's body. Lives in memory only, and only while the mirror is open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// Of the face that wears the products.
    pub face: Option<FaceMeasures>,
    /// Of the hand that wears the products.
    pub hand: Option<HandMeasures>,
}

/// Lengths of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaceMeasures {
    /// Between the pupils, looking far.
    pub pupil_distance: Length,
    /// From temple to temple at the height of the eyes, where a frame is widest.
    pub face_width: Length,
    /// The nose where a frame's bridge rests.
    pub nose_bridge: Length,
    /// From the front of a frame to the top of the ear.
    pub temple: Length,
    /// Around the head where a hat sits.
    pub head_circumference: Length,
}

/// Lengths of a hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandMeasures {
    /// The wrist seen from above, where a watch sits.
    pub wrist_width: Length,
    /// Around the wrist.
    pub wrist_circumference: Length,
    /// The fingers' width where a ring sits: thumb, index, middle, ring and little finger.
    pub finger_widths: [Length; 5],
}

impl Measures {
    /// True when any length differs by more than that many millimetres, or came or went.
    pub(super) fn differs(&self, other: &Self, by_mm: f32) -> bool {
        let differs = |a: Vec<Length>, b: Vec<Length>| {
            a.len() != b.len()
                || a.iter()
                    .zip(&b)
                    .any(|(a, b)| (a.mm - b.mm).abs() > by_mm || (a.plus_minus_mm - b.plus_minus_mm).abs() > by_mm)
        };
        differs(self.lengths(), other.lengths())
    }

    fn lengths(&self) -> Vec<Length> {
        let face = self.face.iter().flat_map(|face| {
            [face.pupil_distance, face.face_width, face.nose_bridge, face.temple, face.head_circumference]
        });
        let hand = self
            .hand
            .iter()
            .flat_map(|hand| [hand.wrist_width, hand.wrist_circumference].into_iter().chain(hand.finger_widths));
        face.chain(hand).collect()
    }
}
