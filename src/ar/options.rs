//! What a page may choose for a session.

use super::Unit;

/// What the page wants of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Pinches and [`Event::Scale`](super::Event::Scale) change the size. Off: products keep their true size.
    pub may_scale: bool,
    /// The room's light falls on the products.
    pub light: bool,
    /// In what lengths are said.
    pub unit: Unit,
}

impl Default for Options {
    fn default() -> Self {
        Self { may_scale: false, light: true, unit: Unit::default() }
    }
}
