//! Measuring the room: two taps give a length, with how far it may be off.
//!
//! # How far a tap is off
//! A hit's error grows with the square of its distance: depth is found from how the picture changes as the phone moves
//! (ARCore's Depth API says so, best from 0.5 to 5 m: developers.google.com/ar/develop/java/depth/overview). The terms
//! here are cautious: [`BASE_M`] at the surface, [`PER_M2`] for each square metre, and a finger that aims [`AIM_RAD`]
//! beside. The device's own idea of a metre drifts too: [`DRIFT`] of the length. The two points' errors are independent,
//! so their squares add up; [`SURE`] standard deviations hold more than 95 of 100 truths, and a short length between two
//! noisy points comes out too long by their variance over the length, which is added.

use super::Unit;
use super::doorway::{self, Doorway};
use super::fit::{Fit, Side};
use super::plane::Plane;
use crate::math::{Pose, Vec3};

/// Standard deviation of a hit at the device, in metres.
const BASE_M: f32 = 0.003;
/// What each square metre of distance adds, in metres.
const PER_M2: f32 = 0.003;
/// Standard deviation of a finger's aim, in radians.
const AIM_RAD: f32 = 0.003;
/// Standard deviation of the device's metre.
const DRIFT: f32 = 0.005;
/// So many standard deviations are told: 97 of 100 cases of a normal error.
const SURE: f32 = 2.2;
/// So many measurements are kept; the oldest go first.
const MOST: usize = 16;
/// Rises of more than this share of a length make it an upright one.
const UPRIGHT: f32 = 0.7;

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
    /// The space between two things, for the selected product's width (or height, where it is upright).
    Gap,
    /// A piece of wall, the same way.
    Wall,
    /// A table top from one edge to the other, for the product's longer side; both sides where the device knows the table.
    Table,
    /// A doorway on the way to the product's place, from one lower corner to the upper one opposite. All doorways that
    /// were measured count.
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
    /// The true length is within this much of it, in metres, in at least 95 of 100 cases.
    pub uncertainty_m: f32,
    /// What to write beside the line: `83 cm ±2 cm`.
    pub label: String,
    /// Whether the selected product fits; `None` when none was selected.
    pub fit: Option<Fit>,
    /// The same as a sentence; empty when none was selected.
    pub answer: String,
}

impl Measurement {
    /// The same points after the reference space moved its origin.
    pub(super) fn moved_space(&mut self, old_from_new: Pose) {
        let new_from_old = old_from_new.orientation.inverse();
        for point in [&mut self.from, &mut self.to] {
            *point = new_from_old * (*point - old_from_new.position);
        }
    }
}

/// A point of a surface, and how far it was from the eye.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    /// Where.
    pub point: Vec3,
    /// Metres.
    pub distance_m: f32,
}

impl Sighting {
    /// Variance of the point along any direction, in square metres.
    pub fn variance(&self) -> f32 {
        let depth = BASE_M + PER_M2 * self.distance_m * self.distance_m;
        let aim = AIM_RAD * self.distance_m;
        depth * depth + aim * aim
    }
}

/// How far the length between two sightings may be off, in metres.
pub fn uncertainty_m(from: Sighting, to: Sighting) -> f32 {
    let length = from.point.distance(to.point);
    let variance = from.variance() + to.variance();
    let drift = DRIFT * length;
    SURE * (variance + drift * drift).sqrt() + variance / length.max(variance.sqrt())
}

/// Measuring, and what was measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Tape {
    doing: Option<(MeasureKind, Option<Sighting>)>,
    doorways: Vec<Doorway>,
    /// Since it began, in milliseconds.
    pub elapsed_ms: f32,
}

/// The product that something is measured for: its size as shown.
pub(super) type Wish = Option<Vec3>;

impl Tape {
    /// Begins anew.
    pub fn begin(&mut self, kind: MeasureKind) {
        self.doing = Some((kind, None));
        self.elapsed_ms = 0.0;
    }

    /// Stops.
    pub fn cancel(&mut self) {
        self.doing = None;
    }

    /// Forgets the way through the doorways.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// True while points are wanted.
    pub fn is_measuring(&self) -> bool {
        self.doing.is_some()
    }

    /// The first point, once it is taken.
    pub fn first(&self) -> Option<Sighting> {
        self.doing?.1
    }

    /// Takes one point; the second gives the measurement. `table` is the plane under both.
    pub fn take(&mut self, point: Sighting, wish: Wish, table: Option<&Plane>, unit: Unit) -> Option<Measurement> {
        let (kind, first) = self.doing?;
        let Some(first) = first else {
            self.doing = Some((kind, Some(point)));
            return None;
        };
        self.doing = None;
        let length_m = first.point.distance(point.point);
        let uncertainty_m = uncertainty_m(first, point);
        if kind == MeasureKind::Doorway {
            let across = point.point - first.point;
            let width_m = (across.x * across.x + across.z * across.z).sqrt();
            self.doorways.push(Doorway { width_m, height_m: across.y.abs(), uncertainty_m });
        }
        let fit = wish.and_then(|size| match kind {
            MeasureKind::Doorway => doorway::carry(size, &self.doorways),
            MeasureKind::Table => Some(on_table(size, length_m, uncertainty_m, table)),
            MeasureKind::Gap | MeasureKind::Wall => Some(between(size, first.point, point.point, uncertainty_m)),
        });
        Some(Measurement {
            kind,
            from: first.point,
            to: point.point,
            length_m,
            uncertainty_m,
            label: format!("{} ±{}", unit.words(length_m), unit.words_at_least(uncertainty_m)),
            fit,
            answer: fit.map(|fit| fit.words(unit)).unwrap_or_default(),
        })
    }
}

/// Keeps one more, and the newest of those before.
pub(super) fn keep(measurements: &mut Vec<Measurement>, measurement: Measurement) {
    if measurements.len() >= MOST {
        measurements.remove(0);
    }
    measurements.push(measurement);
}

fn between(size: Vec3, from: Vec3, to: Vec3, uncertainty_m: f32) -> Fit {
    let length_m = from.distance(to);
    let is_upright = (to.y - from.y).abs() > UPRIGHT * length_m;
    let (needed_m, side) = if is_upright { (size.y, Side::Height) } else { (size.x, Side::Width) };
    Fit { spare_m: length_m - needed_m, uncertainty_m, side, is_tilted: false }
}

fn on_table(size: Vec3, length_m: f32, uncertainty_m: f32, table: Option<&Plane>) -> Fit {
    let (long, short) = (size.x.max(size.z), size.x.min(size.z));
    let side = |is_width: bool| if is_width { Side::Width } else { Side::Depth };
    let along = Fit { spare_m: length_m - long, uncertainty_m, side: side(size.x >= size.z), is_tilted: false };
    let across = table.map(|table| table.sides_m().1 - short).unwrap_or(f32::INFINITY);
    if across < along.spare_m { Fit { spare_m: across, side: side(size.x < size.z), ..along } } else { along }
}
