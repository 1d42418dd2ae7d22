//! The size of a product and its distance to the wall, as lines with a length beside each.

use super::Unit;
use super::item::Item;
use super::plane::Plane;
use super::snap::nearest_wall;
use crate::math::Vec3;

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

/// Lines run so far outside the product, in metres.
const BESIDE_M: f32 = 0.02;
/// Walls farther away say nothing, in metres.
const FAR_M: f32 = 3.0;
/// And nearer ones are touched, in metres.
const TOUCHED_M: f32 = 0.005;
/// Shorter changes leave the label as it is, in metres.
const SAME_M: f32 = 5e-4;

/// Brings `lines` up to date for one product. In steady state nothing is allocated: a label stays while its length does.
pub(super) fn update<'a>(
    lines: &mut Vec<DimensionLine>,
    item: Option<&Item>,
    walls: impl Iterator<Item = &'a Plane>,
    unit: Unit,
) {
    let Some(item) = item else { return lines.clear() };
    let upright = item.upright();
    let line = |from: Vec3, to: Vec3, outward: Vec3| {
        let beside = outward * BESIDE_M;
        (upright.point(from) + beside, upright.point(to) + beside)
    };
    let (right, front) = (upright.right(), upright.front());
    let width = line(Vec3::new(-1.0, -1.0, 1.0), Vec3::new(1.0, -1.0, 1.0), front);
    let height = line(Vec3::new(1.0, -1.0, 1.0), Vec3::ONE, (right + front) * std::f32::consts::FRAC_1_SQRT_2);
    let depth = line(Vec3::new(1.0, -1.0, 1.0), Vec3::new(1.0, -1.0, -1.0), right);
    let wall = nearest_wall(&upright, walls).filter(|(gap, _, _)| (TOUCHED_M..FAR_M).contains(gap));
    let wanted = [
        (Dimension::Width, Some(width)),
        (Dimension::Height, Some(height)),
        (Dimension::Depth, Some(depth)),
        (Dimension::ToWall, wall.map(|(_, from, to)| (from, to))),
    ];
    for (at, (of, ends)) in wanted.into_iter().enumerate() {
        match ends {
            Some((from, to)) => set(lines, at, of, from, to, unit),
            None => lines.truncate(at),
        }
    }
}

fn set(lines: &mut Vec<DimensionLine>, at: usize, of: Dimension, from: Vec3, to: Vec3, unit: Unit) {
    let length_m = from.distance(to);
    match lines.get_mut(at) {
        Some(line) if (line.length_m - length_m).abs() < SAME_M => (line.from, line.to) = (from, to),
        Some(line) => *line = DimensionLine { of, from, to, length_m, label: unit.words(length_m) },
        None => lines.push(DimensionLine { of, from, to, length_m, label: unit.words(length_m) }),
    }
}
