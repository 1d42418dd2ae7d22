//! Which size fits, never more certain than the measurement.

use super::length::{Length, Measures};
use super::wear::Finger;
use crate::decimal::fixed;

/// One size that the shop offers.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductSize {
    /// The shop's name for it: `M`, `52-18-145`, `17`.
    pub name: String,
    /// Its lengths.
    pub size: Size,
}

/// A size's lengths, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Glasses.
    Glasses {
        /// The front from end to end.
        frame_width_mm: f32,
        /// Between the lenses, where the shop tells.
        bridge_mm: Option<f32>,
        /// A temple from hinge to tip, where the shop tells.
        temple_mm: Option<f32>,
    },
    /// A hat, by the way around its inside.
    Hat(f32),
    /// A ring, by the way around its inside (ISO 8653); see [`super::ring_circumference_mm`].
    Ring(f32, Finger),
    /// A bracelet, by the way around its inside.
    Bracelet(f32),
    /// A strap, by the least and the greatest wrist that it closes around.
    Strap(f32, f32),
}

/// Whether a size fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// More likely than not by far.
    Fits,
    /// Too small, likely.
    TooSmall,
    /// Too large, likely.
    TooLarge,
    /// The measurement cannot tell.
    Unsure,
}

impl Verdict {
    /// Stable, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::TooSmall => "too-small",
            Self::TooLarge => "too-large",
            Self::Unsure => "unsure",
        }
    }
}

/// The answer to "which size fits me?".
#[derive(Clone, Debug, PartialEq)]
pub struct FitAnswer {
    /// Index of the size that fits best, in the list that was asked about.
    pub best: usize,
    /// Whether it fits.
    pub verdict: Verdict,
    /// The part of the body that decided.
    pub body: Length,
    /// Every size's verdict, in the order that was asked.
    pub each: Vec<Verdict>,
    /// For people: `M fits: your face is 141 ± 4 mm, this frame 138 mm`.
    pub words: String,
}

/// So likely it must be to be said.
const LIKELY: f32 = 0.7;

/// One comparison of a product's length with the body's.
struct Question {
    body: Length,
    product_mm: f32,
    /// How much the product may be smaller (negative) and larger than the body.
    ease_mm: (f32, f32),
    /// What is compared, in words.
    part: &'static str,
    product: &'static str,
    /// It decides; the others can only doubt.
    is_first: bool,
}

/// Chances that a product is too small, and too large.
#[derive(Clone, Copy)]
struct Chances {
    small: f32,
    large: f32,
}

/// Which of the sizes fits; `None` without sizes, or while the part of the body that they are for is not measured.
pub fn fit(measures: &Measures, sizes: &[ProductSize]) -> Option<FitAnswer> {
    let asked: Vec<Vec<Question>> = sizes.iter().map(|size| questions(measures, size.size)).collect();
    let judged: Option<Vec<Chances>> = asked.iter().map(|questions| judge(questions)).collect();
    let judged = judged?;
    let fits = |chances: &Chances| 1.0 - chances.small - chances.large;
    let (best, chances) = judged.iter().enumerate().max_by(|a, b| fits(a.1).total_cmp(&fits(b.1)))?;
    let verdict = verdict(*chances);
    let first = asked.get(best)?.iter().find(|question| question.is_first)?;
    let name = &sizes.get(best)?.name;
    let each = judged.iter().map(|chances| self::verdict(*chances)).collect();
    Some(FitAnswer { best, verdict, body: first.body, each, words: words(name, verdict, first) })
}

fn verdict(chances: Chances) -> Verdict {
    match chances {
        Chances { small, .. } if small > LIKELY => Verdict::TooSmall,
        Chances { large, .. } if large > LIKELY => Verdict::TooLarge,
        Chances { small, large } if 1.0 - small - large > LIKELY => Verdict::Fits,
        _ => Verdict::Unsure,
    }
}

fn words(name: &str, verdict: Verdict, question: &Question) -> String {
    let Question { body: Length { mm, plus_minus_mm }, product_mm, part, product, .. } = question;
    let said = match verdict {
        Verdict::Fits => "fits",
        Verdict::TooSmall => "is too small",
        Verdict::TooLarge => "is too large",
        Verdict::Unsure => "may fit",
    };
    // Never a whole number that is surer than it is.
    let plus_minus = plus_minus_mm.ceil().max(1.0);
    let [mm, plus_minus, product_mm] = [*mm, plus_minus, *product_mm].map(|mm| fixed(mm, 0));
    format!("{name} {said}: your {part} is {mm} ± {plus_minus} mm, this {product} {product_mm} mm")
}

fn questions(measures: &Measures, size: Size) -> Vec<Question> {
    let one =
        |body: Option<Length>, product_mm: f32, ease_mm: (f32, f32), part: &'static str, product: &'static str| {
            body.map(|body| Question { body, product_mm, ease_mm, part, product, is_first: true })
        };
    let (face, hand) = (measures.face, measures.hand);
    match size {
        Size::Glasses { frame_width_mm, bridge_mm, temple_mm } => {
            let face_width = face.map(|face| face.face_width);
            let first = one(face_width, frame_width_mm, (-7.0, 7.0), "face", "frame");
            let bridge = face.zip(bridge_mm).map(|(face, bridge)| Question {
                is_first: false,
                ..question(face.nose_bridge, bridge, (-4.0, 5.0), "nose", "bridge")
            });
            // A temple runs some 45 mm on behind the ear.
            let temple = face.zip(temple_mm).map(|(face, temple)| Question {
                is_first: false,
                ..question(face.temple, temple - 45.0, (-12.0, 15.0), "way to the ear", "temple")
            });
            [first, bridge, temple].into_iter().flatten().collect()
        }
        Size::Hat(around) => {
            let head = face.map(|face| face.head_circumference);
            Vec::from_iter(one(head, around, (-5.0, 12.0), "head", "hat"))
        }
        Size::Ring(around, finger) => {
            let width = hand.map(|hand| hand.finger_widths[finger as usize].scaled(std::f32::consts::PI));
            Vec::from_iter(one(width, around, (-1.0, 2.5), "finger", "ring"))
        }
        Size::Bracelet(around) => {
            let wrist = hand.map(|hand| hand.wrist_circumference);
            Vec::from_iter(one(wrist, around, (5.0, 25.0), "wrist", "bracelet"))
        }
        Size::Strap(least, greatest) => {
            let (middle, half) = ((least + greatest) * 0.5, (greatest - least).abs() * 0.5);
            let wrist = hand.map(|hand| hand.wrist_circumference);
            Vec::from_iter(one(wrist, middle, (-half, half), "wrist", "strap"))
        }
    }
}

fn question(body: Length, product_mm: f32, ease_mm: (f32, f32), part: &'static str, product: &'static str) -> Question {
    Question { body, product_mm, ease_mm, part, product, is_first: true }
}

/// The worst of all comparisons.
fn judge(questions: &[Question]) -> Option<Chances> {
    questions.iter().any(|question| question.is_first).then_some(())?;
    questions.iter().map(chances).reduce(|a, b| if a.small + a.large >= b.small + b.large { a } else { b })
}

fn chances(question: &Question) -> Chances {
    let spread = question.body.plus_minus_mm.max(0.1);
    let larger = question.product_mm - question.body.mm;
    let (least, greatest) = question.ease_mm;
    Chances { small: normal((least - larger) / spread), large: normal((larger - greatest) / spread) }
}

/// How likely a normal number is below this many standard deviations (logistic approximation, off by 0.01 at most).
fn normal(deviations: f32) -> f32 {
    1.0 / (1.0 + (-1.702 * deviations).exp())
}
