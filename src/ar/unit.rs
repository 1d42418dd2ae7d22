//! Lengths in words, in the shopper's unit.

use crate::decimal::{fixed, short};

/// In what lengths are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Whole centimetres; millimetres below one.
    #[default]
    Centimetre,
    /// Inches to the half; to the tenth below one.
    Inch,
}

/// Metres.
const INCH_M: f32 = 0.0254;

impl Unit {
    /// A length from 0, for people.
    pub fn words(self, length_m: f32) -> String {
        match self {
            Self::Centimetre if length_m < 0.01 => fixed(length_m * 1000.0, 0) + " mm",
            Self::Centimetre => fixed(length_m * 100.0, 0) + " cm",
            Self::Inch if length_m < INCH_M => fixed(length_m / INCH_M, 1) + " in",
            Self::Inch => short((length_m / INCH_M * 2.0).round() * 0.5, 1) + " in",
        }
    }

    /// An uncertainty: never less than it is.
    pub fn words_at_least(self, length_m: f32) -> String {
        match self {
            Self::Centimetre if length_m < 0.01 => fixed((length_m * 1000.0).ceil(), 0) + " mm",
            Self::Centimetre => fixed((length_m * 100.0).ceil(), 0) + " cm",
            Self::Inch if length_m < INCH_M => fixed((length_m / INCH_M * 10.0).ceil() * 0.1, 1) + " in",
            Self::Inch => short((length_m / INCH_M * 2.0).ceil() * 0.5, 1) + " in",
        }
    }
}
