//! Whether a large product can be carried through doorways: upright, on its side, or tilted.

use super::fit::{Fit, Side};
use crate::math::{Vec2, Vec3};

/// A measured doorway.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doorway {
    /// Metres.
    pub width_m: f32,
    /// Metres.
    pub height_m: f32,
    /// Both are within this much of the truth, in metres, in 95 of 100 cases.
    pub uncertainty_m: f32,
}

/// How close the spare is looked for, in metres.
const CLOSE_M: f32 = 1e-4;

/// The tightest of the doorways on a path, for a product of this width, height and depth that may be carried with any
/// of its sides ahead. `None` without a doorway.
pub fn carry(size: Vec3, path: &[Doorway]) -> Option<Fit> {
    let fits = path.iter().map(|door| through(size, door));
    fits.min_by(|a, b| (a.spare_m - a.uncertainty_m).total_cmp(&(b.spare_m - b.uncertainty_m)))
}

/// One doorway: the best of the three cross-sections, and how each lies in the opening.
fn through(size: Vec3, door: &Doorway) -> Fit {
    let sections = [Vec2::new(size.x, size.y), Vec2::new(size.z, size.y), Vec2::new(size.x, size.z)];
    let opening = Vec2::new(door.width_m, door.height_m);
    let upright = |section: Vec2| opening - section;
    let best = |ways: &[Vec2]| {
        let spares = ways.iter().map(|way| (upright(*way).min_element(), upright(*way)));
        spares.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f32::NEG_INFINITY, Vec2::ZERO))
    };
    // As it stands, with its width or its depth ahead.
    let (standing, standing_by) = best(&sections[..2]);
    let side = |by: Vec2| if by.x <= by.y { Side::Width } else { Side::Height };
    let fit =
        |spare_m: f32, side: Side, is_tilted: bool| Fit { spare_m, uncertainty_m: door.uncertainty_m, side, is_tilted };
    if standing > door.uncertainty_m {
        return fit(standing, side(standing_by), false);
    }
    // Lying on any side, and only then at the best angle: nobody likes to carry so.
    let lying = sections.map(|section| [section, section.perp().abs()]);
    let (lying, lying_by) = best(lying.as_flattened());
    if lying > door.uncertainty_m {
        return fit(lying, side(lying_by), true);
    }
    let tilted = sections.into_iter().map(|section| tilted_spare(section, opening)).fold(lying, f32::max);
    if tilted > standing + CLOSE_M {
        fit(tilted, side(lying_by), true)
    } else {
        fit(standing, side(standing_by), false)
    }
}

/// By how much the opening could be narrower and lower, or must be wider and higher, for a rectangle to pass at the
/// best angle in it.
fn tilted_spare(section: Vec2, opening: Vec2) -> f32 {
    let (mut least, mut most) = (-section.max_element(), opening.min_element());
    while most - least > CLOSE_M {
        let spare = (least + most) * 0.5;
        if passes(section, opening - spare) { least = spare } else { most = spare }
    }
    least
}

/// Whether a rectangle fits into another at any angle (Carver 1957, American Mathematical Monthly 64:114).
fn passes(section: Vec2, opening: Vec2) -> bool {
    let (p, q) = (section.max_element(), section.min_element());
    let (a, b) = (opening.max_element(), opening.min_element());
    let diagonal = p * p + q * q;
    (p <= a && q <= b)
        || (p > a && q <= b && b * diagonal >= 2.0 * p * q * a + (p * p - q * q) * (diagonal - a * a).max(0.0).sqrt())
}
