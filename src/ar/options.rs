//! What a page may choose for a session, and the units of its words.

/// What the page wants of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Pinches and [`Event::Scale`](super::Event::Scale) change the size. Off: products keep their true size.
    pub may_scale: bool,
    /// The room's light falls on the products.
    pub light: bool,
    /// Lengths in words.
    pub unit: Unit,
}

impl Default for Options {
    fn default() -> Self {
        Self { may_scale: false, light: true, unit: Unit::Centimetre }
    }
}

/// In what lengths are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Whole centimetres; millimetres below one.
    #[default]
    Centimetre,
    /// Inches to the half; to the tenth below one.
    Inch,
}
