//! What kind of surface a hit is, and which kind a product belongs on.

use crate::math::{Pose, Vec3};

/// Cosine and sine of 20 degrees: how far from level or upright a surface may be. Phones report floors a few degrees
/// off; stairs, ramps and sofa backs are more than this.
const COS_TOLERANCE: f32 = 0.939_692_6;
const SIN_TOLERANCE: f32 = 0.342_020_15;

/// What can carry a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// Level, facing up: the floor, or something level that nobody knows more about.
    Floor,
    /// Level, facing up, and known to be above the floor: table, shelf, sideboard.
    Table,
    /// Upright.
    Wall,
    /// Level, facing down.
    Ceiling,
    /// The top of another product.
    Item,
    /// Nothing: it floats.
    Air,
}

impl Surface {
    /// The kind of the surface at a hit whose Y is the normal; `None` for slopes.
    pub fn of(world_from_hit: &Pose) -> Option<Self> {
        let normal = normal(world_from_hit);
        if normal.y >= COS_TOLERANCE {
            Some(Self::Floor)
        } else if normal.y <= -COS_TOLERANCE {
            Some(Self::Ceiling)
        } else if normal.y.abs() <= SIN_TOLERANCE {
            Some(Self::Wall)
        } else {
            None
        }
    }

    /// The word for the page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Table => "table",
            Self::Wall => "wall",
            Self::Ceiling => "ceiling",
            Self::Item => "item",
            Self::Air => "air",
        }
    }

    /// Products stand on it.
    pub fn is_level(self) -> bool {
        matches!(self, Self::Floor | Self::Table | Self::Item)
    }
}

/// Where a product belongs: the attribute `ar-placement`, or `extras.vitrine.placement` of the model's own file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// On a level surface that is large enough for it: the floor, but also a table under a vase.
    #[default]
    Floor,
    /// With its back to a wall.
    Wall,
    /// On floor or wall, whichever comes first.
    Any,
    /// Hanging from the ceiling.
    Ceiling,
    /// On a table, shelf or other product; not on the floor.
    Table,
    /// On another product of this room.
    Item,
    /// Floating in front of the shopper.
    Air,
}

impl Placement {
    /// All of them with their words, for attributes and files.
    pub const WORDS: [(&str, Self); 7] = [
        ("floor", Self::Floor),
        ("wall", Self::Wall),
        ("any", Self::Any),
        ("ceiling", Self::Ceiling),
        ("table", Self::Table),
        ("item", Self::Item),
        ("air", Self::Air),
    ];

    /// The same for people who wrote another word.
    pub const CHOICES: &str = "floor, wall, any, ceiling, table, item or air";

    /// What a word of an attribute or a file means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(name, _)| *name == word).map(|(_, placement)| *placement)
    }

    /// The word that means it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, placement)| *placement == self).map_or("", |(name, _)| name)
    }

    /// True when a product placed so may be on this kind of surface.
    pub fn accepts(self, surface: Surface) -> bool {
        match self {
            Self::Floor => matches!(surface, Surface::Floor | Surface::Table),
            Self::Wall => surface == Surface::Wall,
            Self::Any => matches!(surface, Surface::Floor | Surface::Table | Surface::Wall),
            Self::Ceiling => surface == Surface::Ceiling,
            Self::Table => matches!(surface, Surface::Table | Surface::Item),
            Self::Item => surface == Surface::Item,
            Self::Air => surface == Surface::Air,
        }
    }

    /// What it is on where nobody says.
    pub(super) fn usual_surface(self) -> Surface {
        match self {
            Self::Floor | Self::Any => Surface::Floor,
            Self::Wall => Surface::Wall,
            Self::Ceiling => Surface::Ceiling,
            Self::Table => Surface::Table,
            Self::Item => Surface::Item,
            Self::Air => Surface::Air,
        }
    }
}

/// The surface's normal at a hit.
pub(super) fn normal(world_from_hit: &Pose) -> Vec3 {
    world_from_hit.orientation * Vec3::Y
}
