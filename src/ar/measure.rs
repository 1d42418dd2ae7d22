//! Measuring the room: two taps give a length, with how far it may be off.

use super::Unit;
use crate::math::Vec3;

/// Measuring begins, goes on or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureStep {
    /// The next two taps measure this. Products cannot be dragged meanwhile.
    Begin(MeasureKind),
    /// The shopper thought better of it.
    Cancel,
    /// All measurements go.
    Clear,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureKind {
    /// The space between two things: is it wide enough for the selected product?
    Gap,
    /// A piece of wall: does the selected product cover less than it?
    Wall,
    /// A table top, from one corner to the opposite one.
    Table,
    /// A doorway on the way to the product's place, from one lower corner to the upper one opposite.
    Doorway,
}

/// A length in the room.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// What was measured.
    pub kind: MeasureKind,
    /// The first point.
    pub from: Vec3,
    /// The second point.
    pub to: Vec3,
    /// Metres between them.
    pub length_m: f32,
    /// The true length is within this much of it, in metres, in 95 of 100 cases.
    pub uncertainty_m: f32,
    /// What to write beside the line.
    pub label: String,
    /// Whether the selected product fits, in a sentence; empty when none was selected.
    pub answer: String,
}

/// A line with a length beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct DimensionLine {
    /// What it measures.
    pub of: Dimension,
    /// One end.
    pub from: Vec3,
    /// The other end.
    pub to: Vec3,
    /// Metres.
    pub length_m: f32,
    /// What to write beside it.
    pub label: String,
}

/// What a [`DimensionLine`] measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// The product from its left to its right.
    Width,
    /// From its foot to its top.
    Height,
    /// From its front to its back.
    Depth,
    /// From the product to the nearest wall.
    ToWall,
}

/// A length in words.
pub fn length_words(length_m: f32, unit: Unit) -> String {
    match unit {
        Unit::Centimetre if length_m < 0.01 => format!("{:.0} mm", length_m * 1000.0),
        Unit::Centimetre => format!("{:.0} cm", length_m * 100.0),
        Unit::Inch if length_m < 0.0254 => format!("{:.1} in", length_m / 0.0254),
        Unit::Inch => format!("{} in", (length_m / 0.0254 * 2.0).round() / 2.0),
    }
}
