//! Lengths in words, in the shopper's unit.

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
            Self::Centimetre if length_m < 0.01 => format!("{:.0} mm", length_m * 1000.0),
            Self::Centimetre => format!("{:.0} cm", length_m * 100.0),
            Self::Inch if length_m < INCH_M => format!("{:.1} in", length_m / INCH_M),
            Self::Inch => format!("{} in", (length_m / INCH_M * 2.0).round() * 0.5),
        }
    }

    /// An uncertainty: never less than it is.
    pub fn words_at_least(self, length_m: f32) -> String {
        match self {
            Self::Centimetre if length_m < 0.01 => format!("{:.0} mm", (length_m * 1000.0).ceil()),
            Self::Centimetre => format!("{:.0} cm", (length_m * 100.0).ceil()),
            Self::Inch if length_m < INCH_M => format!("{:.1} in", (length_m / INCH_M * 10.0).ceil() * 0.1),
            Self::Inch => format!("{} in", (length_m / INCH_M * 2.0).ceil() * 0.5),
        }
    }
}
