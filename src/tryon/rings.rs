//! Ring sizes by region. All name the way around the inside, as ISO 8653 defines a ring's size: in millimetres.

use crate::decimal::{self, fixed, short};
use std::f32::consts::PI;

/// Where a ring size is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// ISO 8653 as it is: the circumference in millimetres; `52`.
    Eu,
    /// Numbers and halves; 0 is 36.5 mm around, each whole size 2.55 mm more; `6.5`.
    Us,
    /// Letters with halves (BS 6820): C is 40 mm around, each letter 1.25 mm more; `L ½`.
    Uk,
    /// Numbers (JIS S 4700): 1 has 13 mm across, each size a third of a millimetre more; `12`.
    Jp,
}

impl Region {
    /// The region of that code.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "eu" | "iso" => Some(Self::Eu),
            "us" => Some(Self::Us),
            "uk" => Some(Self::Uk),
            "jp" => Some(Self::Jp),
            _ => None,
        }
    }
}

/// The way around the inside, in millimetres, of a ring of that size; `None` for what is no size, or no finger's.
pub fn ring_circumference_mm(region: Region, size: &str) -> Option<f32> {
    let size = size.trim();
    let number = || decimal::read(&size.replace(',', "."));
    let around = match region {
        Region::Eu => number()?,
        Region::Us => 36.5 + 2.55 * number()?,
        Region::Jp => PI * (38.0 + number()?) / 3.0,
        Region::Uk => {
            let letter = size.chars().next()?.to_ascii_uppercase();
            letter.is_ascii_uppercase().then_some(())?;
            let half = match size[1..].trim() {
                "" => 0.0,
                "½" | "1/2" | ".5" => 0.5,
                _ => return None,
            };
            40.0 + 1.25 * (f32::from(letter as u8) - f32::from(b'C') + half)
        }
    };
    (around > 35.0 && around < 85.0).then_some(around)
}

/// The nearest size of a region for that way around the inside, in millimetres; `None` where no ring is that large or small.
pub fn ring_size(region: Region, circumference_mm: f32) -> Option<String> {
    (circumference_mm > 37.0 && circumference_mm < 75.0).then_some(())?;
    let halves = |size: f32| (size * 2.0).round() * 0.5;
    Some(match region {
        Region::Eu => fixed(circumference_mm, 0),
        Region::Us => short(halves((circumference_mm - 36.5) / 2.55), 1),
        Region::Jp => fixed((circumference_mm * 3.0 / PI - 38.0).max(1.0), 0),
        Region::Uk => {
            let steps = halves((circumference_mm - 37.5) / 1.25).clamp(0.0, 25.5);
            let letter = char::from(b'A' + steps.floor() as u8);
            if steps.fract() > 0.0 { format!("{letter} ½") } else { letter.to_string() }
        }
    })
}
