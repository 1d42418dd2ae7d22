//! Where a product sits on the body: the convention that models follow, and what holds for models that do not.
//!
//! A model tells by an empty node called `wear:KIND`. Its place is the *seat*: the frame that the mirror lays onto the body.
//! X points to the wearer's left, Y up and Z to the front, where the table does not say otherwise.
//!
//! | node | origin | axes |
//! |---|---|---|
//! | `wear:glasses` | where the bridge rests on the nose, in the plane of the lenses' backs | |
//! | `wear:hat` | the middle of the head's opening, at the brim's root | |
//! | `wear:earring` | the hole in the lobe, from which it hangs and swings; one earring, worn on both ears | X away from the head |
//! | `wear:necklace` | the middle of the neck, where the necklace lies on its sides | |
//! | `wear:watch`, `wear:bracelet` | the middle of the wrist | X along the arm, Z out of the back of the hand: the dial |
//! | `wear:ring` | the middle of the finger | Y to the finger's tip, Z out of the back of the hand: the stone |
//!
//! Glasses may have a second node, `wear:ear`: where the left temple rests on the ear; the right one is its mirror image.
//! Nodes stay unscaled. Without a seat the product's box and its kind, which the page then has to tell, give one.

use super::Side;
use crate::math::{Aabb, Pose, Vec3};
use crate::model::Model;

/// What a product is worn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// On nose and ears.
    Glasses,
    /// On the skull.
    Hat,
    /// In the lobes of both ears.
    Earring,
    /// On neck and shoulders.
    Necklace,
    /// Round the wrist, the dial on the back of the hand.
    Watch,
    /// Round the wrist.
    Bracelet,
    /// Round a finger.
    Ring,
}

impl Kind {
    /// All of them, in the order of their words' table.
    pub const ALL: [Self; 7] =
        [Self::Glasses, Self::Hat, Self::Earring, Self::Necklace, Self::Watch, Self::Bracelet, Self::Ring];

    /// Its word in a node's name, after `wear:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Glasses => "glasses",
            Self::Hat => "hat",
            Self::Earring => "earring",
            Self::Necklace => "necklace",
            Self::Watch => "watch",
            Self::Bracelet => "bracelet",
            Self::Ring => "ring",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// True for what the hand wears, false for what the head wears.
    pub fn is_for_hand(self) -> bool {
        matches!(self, Self::Watch | Self::Bracelet | Self::Ring)
    }

    /// The least and the greatest width along the seat's X, in metres, that such a thing has.
    fn widths_m(self) -> (f32, f32) {
        match self {
            Self::Glasses => (0.10, 0.20),
            Self::Hat => (0.12, 0.90),
            Self::Earring => (0.001, 0.12),
            Self::Necklace => (0.08, 0.45),
            Self::Watch => (0.01, 0.08),
            Self::Bracelet => (0.001, 0.12),
            Self::Ring => (0.012, 0.05),
        }
    }
}

/// A finger that wears a ring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Finger {
    /// The thumb.
    Thumb,
    /// The first finger.
    Index,
    /// The second finger.
    Middle,
    /// The third finger.
    #[default]
    Ring,
    /// The fourth finger.
    Little,
}

impl Finger {
    /// All of them, from the thumb on.
    pub const ALL: [Self; 5] = [Self::Thumb, Self::Index, Self::Middle, Self::Ring, Self::Little];
}

/// A product as it is put on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worn {
    /// The page's number for it.
    pub product: u32,
    /// What it is worn as.
    pub kind: Kind,
    /// The seat in the product's own space.
    pub product_from_seat: Pose,
    /// Where the left temple of glasses rests on the ear, in the seat's space.
    pub ear: Option<Vec3>,
    /// The product's box, in the seat's space.
    pub bounds: Aabb,
    /// Which hand wears it.
    pub hand: Side,
    /// Which finger wears it.
    pub finger: Finger,
}

impl Worn {
    /// A product without a seat of its own: its kind's usual stance, centred, at true size.
    pub fn by_box(product: u32, kind: Kind, bounds: Aabb) -> Self {
        Self::seated(product, kind, Pose { position: usual_seat(kind, bounds), ..Pose::IDENTITY }, None, bounds)
    }

    /// A product with its model: by its seat where it has one, else by its box and the kind that the page tells. `bounds` is
    /// the product's box in its own space. `None` where neither model nor page tell the kind.
    pub fn of_model(product: u32, model: &Model, bounds: Aabb, told: Option<Kind>) -> Option<Self> {
        let seats = Seats::of(model);
        let wanted = |seat: &&Seat| told.is_none_or(|kind| kind == seat.kind);
        match seats.seats.iter().find(wanted) {
            Some(seat) => {
                let ear = seats.ear.filter(|_| seat.kind == Kind::Glasses);
                Some(Self::seated(product, seat.kind, seat.pose, ear, bounds))
            }
            None => Some(Self::by_box(product, told?, bounds)),
        }
    }

    fn seated(product: u32, kind: Kind, pose: Pose, ear: Option<Vec3>, bounds: Aabb) -> Self {
        let seat_from_product = pose.to_affine().inverse();
        let ear = ear.map(|ear| seat_from_product.transform_point3(ear));
        let bounds = bounds.transformed(seat_from_product);
        let (hand, finger) = (Side::default(), Finger::default());
        Self { product, kind, product_from_seat: pose, ear, bounds, hand, finger }
    }
}

/// Where a thing of that kind and box is usually modelled to sit.
fn usual_seat(kind: Kind, bounds: Aabb) -> Vec3 {
    let (middle, size) = (bounds.center(), bounds.size());
    match kind {
        // Rests a little above the lenses' middle; the lenses are the front of the box.
        Kind::Glasses => Vec3::new(middle.x, bounds.max.y - size.y * 0.25, bounds.max.z - size.z * 0.08),
        // The opening is where the brim is, near the box's lower side.
        Kind::Hat => Vec3::new(middle.x, bounds.min.y + size.y * 0.12, middle.z),
        Kind::Earring => Vec3::new(middle.x, bounds.max.y, middle.z),
        Kind::Necklace => Vec3::new(middle.x, bounds.max.y, middle.z - size.z * 0.1),
        Kind::Watch | Kind::Bracelet | Kind::Ring => middle,
    }
}

/// A seat as a model has it.
struct Seat {
    kind: Kind,
    /// In the product's space.
    pose: Pose,
    name: String,
    is_rigid: bool,
}

/// All that a model says about being worn.
#[derive(Default)]
struct Seats {
    seats: Vec<Seat>,
    /// In the product's space.
    ear: Option<Vec3>,
    /// Names that begin with `wear:` and say nothing.
    unknown: Vec<String>,
}

impl Seats {
    fn of(model: &Model) -> Self {
        let mut found = Self::default();
        model.walk(&mut |_, node, product_from_node| {
            let Some(word) = node.name.strip_prefix("wear:") else { return };
            let (scale, orientation, position) = product_from_node.to_scale_rotation_translation();
            match Kind::parse(word) {
                _ if word == "ear" => found.ear = Some(position),
                Some(kind) => found.seats.push(Seat {
                    kind,
                    pose: Pose { position, orientation },
                    name: node.name.clone(),
                    is_rigid: (scale - 1.0).abs().max_element() < 1e-3,
                }),
                None => found.unknown.push(node.name.clone()),
            }
        });
        found
    }
}

/// What in a model would be worn wrongly, in words for its maker. `bounds` is the product's box in its own space.
pub fn problems(model: &Model, bounds: Aabb) -> Vec<String> {
    let seats = Seats::of(model);
    let known = Kind::ALL.map(Kind::as_str).join(", ");
    let mut found: Vec<String> =
        seats.unknown.iter().map(|name| format!("`{name}` names nothing that is worn: use {known} or ear.")).collect();
    if seats.ear.is_some() && !seats.seats.iter().any(|seat| seat.kind == Kind::Glasses) {
        found.push("`wear:ear` says where glasses rest on the ear, but there is no `wear:glasses`.".to_owned());
    }
    for (index, seat) in seats.seats.iter().enumerate() {
        if seats.seats[..index].iter().any(|other| other.kind == seat.kind) {
            found.push(format!("`{}` stands there twice: the first one holds.", seat.name));
        }
        if !seat.is_rigid {
            found.push(format!("`{}` is scaled: a seat says where, not how large. Take the scale away.", seat.name));
        }
        found.extend(misplaced(seat, seats.ear, bounds));
    }
    found
}

/// A seat outside of its product, and a product of another size than its kind.
fn misplaced(seat: &Seat, ear: Option<Vec3>, bounds: Aabb) -> Vec<String> {
    let mut found = Vec::new();
    let name = &seat.name;
    let worn = Worn::seated(0, seat.kind, seat.pose, ear, bounds);
    let away_m = (worn.bounds.min.max(Vec3::ZERO) - worn.bounds.max.min(Vec3::ZERO)).max_element();
    if away_m > 0.05 {
        let away_cm = away_m * 100.0;
        found.push(format!("`{name}` lies {away_cm:.0} cm beside the product: move it to where the body touches it."));
    }
    let (least, greatest) = seat.kind.widths_m();
    let width_m = worn.bounds.size().x;
    if !bounds.is_empty() && !(least..=greatest).contains(&width_m) {
        let [width, least, greatest] = [width_m, least, greatest].map(|metres| metres * 1000.0);
        found.push(format!(
            "seen from `{name}` the product is {width:.0} mm wide, but such a thing has {least:.0} to {greatest:.0} mm: check \
             its size and the node's axes."
        ));
    }
    if let Some(ear) = worn.ear.filter(|_| seat.kind == Kind::Glasses)
        && !(ear.x > 0.04 && ear.x < 0.1 && ear.z < -0.05 && ear.z > -0.16)
    {
        found.push(
            "`wear:ear` is no place of a left ear: 4 to 10 cm to +X and 5 to 16 cm behind the bridge.".to_owned(),
        );
    }
    found
}
