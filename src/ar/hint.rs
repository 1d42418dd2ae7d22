//! What the shopper reads or hears while in the room: one short sentence at a time.

use super::{Placement, Surface};

/// One sentence for the shopper; the code is for styling and for translated texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hint {
    /// Nothing to say.
    #[default]
    None,
    /// No fitting surface is found yet.
    Search(Placement),
    /// Surfaces are found, none of the product's kind.
    WrongSurface(Placement),
    /// A surface of its kind is found, but it is smaller than the product.
    TooSmall(Placement),
    /// The reticle is shown.
    TapToPlace,
    /// The product has just been placed.
    Placed(Surface),
    /// No surface was found; it has been put in front of the shopper.
    PlacedInFront(Surface),
    /// A button was pressed that needs a reticle.
    NoPlaceYet(Placement),
    /// Nothing is in the room.
    Empty,
    /// The first point of a measurement is wanted.
    MeasureFrom,
    /// The second point of a measurement is wanted.
    MeasureTo,
    /// A measurement is done; its own words say the rest.
    Measured,
    /// A tap while measuring met no surface.
    NoPointHere,
    /// A pinch on a product whose size is locked.
    TrueSize,
    /// The device does not know where it is.
    TrackingLost,
    /// The system has covered the session.
    Suspended,
    /// A saved layout waits for the surface it began with.
    Restoring,
}

/// What the shopper holds or wears; a hint names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// Held in the hand, and touched.
    #[default]
    Phone,
    /// Worn: one looks, and points with controllers, hands or eyes.
    Headset,
}

impl Device {
    /// The word for the page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Headset => "headset",
        }
    }
}

/// What is said otherwise on headsets, in the order in which it is put in.
const ON_HEADSETS: [(&str, &str); 7] = [
    ("Point the phone", "Look"),
    ("The phone lost its place. Move it", "The headset lost its place. Move"),
    ("when the phone knows the room. Move it", "when the headset knows the room. Move"),
    ("and move it slowly", "and move slowly"),
    ("Tap ", "Pinch or press "),
    ("or tap beside", "or point beside"),
    ("turn with two fingers", "turn with both hands"),
];

impl Hint {
    /// Stable, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Search(_) => "search",
            Self::WrongSurface(_) => "wrong-surface",
            Self::TooSmall(_) => "too-small",
            Self::TapToPlace => "tap-to-place",
            Self::Placed(_) => "placed",
            Self::PlacedInFront(_) => "placed-in-front",
            Self::NoPlaceYet(_) => "no-place-yet",
            Self::Empty => "empty",
            Self::MeasureFrom => "measure-from",
            Self::MeasureTo => "measure-to",
            Self::Measured => "measured",
            Self::NoPointHere => "no-point-here",
            Self::TrueSize => "true-size",
            Self::TrackingLost => "tracking-lost",
            Self::Suspended => "suspended",
            Self::Restoring => "restoring",
        }
    }

    /// The kind of surface that it is about, where it is about one; stable, for programs.
    pub fn about(self) -> &'static str {
        match self {
            Self::Search(placement)
            | Self::WrongSurface(placement)
            | Self::TooSmall(placement)
            | Self::NoPlaceYet(placement) => placement.word(),
            Self::Placed(surface) | Self::PlacedInFront(surface) => surface.word(),
            _ => "",
        }
    }

    /// For people, on the device that they have.
    pub fn words(self, device: Device) -> String {
        let text = self.text().to_owned();
        match device {
            Device::Phone => text,
            Device::Headset => ON_HEADSETS.iter().fold(text, |text, (phone, headset)| text.replace(phone, headset)),
        }
    }

    /// For people with a phone.
    pub fn text(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Search(placement) => search(placement),
            Self::WrongSurface(placement) => wrong_surface(placement),
            Self::TooSmall(Placement::Wall) => "This wall is smaller than the product. Point the phone at another",
            Self::TooSmall(_) => "There is not enough room for it here. Point the phone at a larger surface",
            Self::TapToPlace => "Tap to place it here",
            Self::Placed(Surface::Wall) => "Drag to move it along the wall",
            Self::Placed(Surface::Ceiling) => "Drag to move it along the ceiling, turn with two fingers",
            Self::Placed(_) => "Drag to move, turn with two fingers",
            Self::PlacedInFront(Surface::Air) => "No surface was found, so it floats in front of you. Drag to move it",
            Self::PlacedInFront(_) => "No surface was found, so it stands in front of you. Drag to move it",
            Self::NoPlaceYet(placement) => no_place_yet(placement),
            Self::Empty => "The room is empty. Add a product",
            Self::MeasureFrom => "Tap where the measurement begins",
            Self::MeasureTo => "Tap where the measurement ends",
            Self::Measured => "Measured",
            Self::NoPointHere => "No surface is known there. Move closer, or tap beside it",
            Self::TrueSize => "It is shown at its true size, which stays",
            Self::TrackingLost => "The phone lost its place. Move it slowly, where there is light and something to see",
            Self::Suspended => "Paused. Come back to the room to go on",
            Self::Restoring => "Your products come back when the phone knows the room. Move it slowly",
        }
    }
}

fn search(placement: Placement) -> &'static str {
    match placement {
        Placement::Floor => "Point the phone at the floor and move it slowly",
        Placement::Wall => "Point the phone at a wall and move it slowly",
        Placement::Any => "Point the phone at the floor or a wall and move it slowly",
        Placement::Ceiling => "Point the phone at the ceiling and move it slowly",
        Placement::Table => "Point the phone at a table and move it slowly",
        Placement::Item => "Point the phone at a product in the room",
        Placement::Air => "Look to where it shall be",
    }
}

fn wrong_surface(placement: Placement) -> &'static str {
    match placement {
        Placement::Wall => "This one hangs on a wall. Point the phone at a wall",
        Placement::Ceiling => "This one hangs from the ceiling. Point the phone at the ceiling",
        Placement::Table => "This one stands on a table or shelf. Point the phone at one",
        Placement::Item => "This one goes onto another product. Point the phone at it",
        Placement::Any => "This one goes on the floor or a wall. Point the phone there",
        Placement::Floor | Placement::Air => "This one stands on a level surface. Point the phone at the floor",
    }
}

fn no_place_yet(placement: Placement) -> &'static str {
    match placement {
        Placement::Wall => "No place found yet. Point the phone at a wall first",
        Placement::Ceiling => "No place found yet. Point the phone at the ceiling first",
        Placement::Table => "No place found yet. Point the phone at a table first",
        Placement::Item => "No place found yet. Point the phone at a product in the room first",
        Placement::Any | Placement::Floor | Placement::Air => "No place found yet. Point the phone at the floor first",
    }
}
