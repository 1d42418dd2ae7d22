//! Does it fit: a measured space against a product, with how sure that is.

use super::Unit;

/// What the comparison says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Metres to spare; negative when it is too large.
    pub spare_m: f32,
    /// The true number is within this much of it, in metres, in 95 of 100 cases.
    pub uncertainty_m: f32,
    /// In which direction it is tightest.
    pub side: Side,
    /// It only fits tilted, or turned by a quarter.
    pub is_tilted: bool,
}

/// A direction in which something may be too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Left to right.
    Width,
    /// Bottom to top.
    Height,
    /// Front to back.
    Depth,
}

/// How sure a [`Fit`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It fits, whatever the error.
    Fits,
    /// The error is larger than what there is to spare.
    TooCloseToTell,
    /// It does not fit, whatever the error.
    DoesNotFit,
}

impl Fit {
    /// How sure it is.
    pub fn verdict(&self) -> Verdict {
        if self.spare_m.abs() <= self.uncertainty_m {
            Verdict::TooCloseToTell
        } else if self.spare_m > 0.0 {
            Verdict::Fits
        } else {
            Verdict::DoesNotFit
        }
    }

    /// A sentence for people: `Fits, 4 cm to spare (±1 cm)`.
    pub fn words(&self, unit: Unit) -> String {
        let off = unit.words_at_least(self.uncertainty_m);
        let amount = unit.words(self.spare_m.abs());
        let how = if self.is_tilted { ", tilted" } else { "" };
        match self.verdict() {
            Verdict::Fits => format!("Fits{how}, {amount} to spare (±{off})"),
            Verdict::DoesNotFit => format!("{amount} too {} (±{off})", self.side.too()),
            Verdict::TooCloseToTell => format!("Too close to tell (±{off}). Measure again from nearer"),
        }
    }
}

impl Side {
    fn too(self) -> &'static str {
        match self {
            Self::Width => "wide",
            Self::Height => "high",
            Self::Depth => "deep",
        }
    }
}
