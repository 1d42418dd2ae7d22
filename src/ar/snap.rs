//! Small corrections to where a product is put: its back against the wall, its side along its neighbour's.

use super::item::{Item, level};
use super::plane::Plane;
use super::upright::UprightBox;
use crate::math::{Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

/// Faces nearer than this are meant to touch, in metres.
const WALL_M: f32 = 0.08;
/// The same between products.
const EDGE_M: f32 = 0.05;
/// A back that is off by less is meant to lie against the wall, in radians: 30 degrees.
const WALL_RAD: f32 = 0.524;
/// Neighbours that are off by less are meant to be in line, in radians: 10 degrees.
const EDGE_RAD: f32 = 0.175;
/// Sides that are off by less are parallel, in radians: 2 degrees.
const PARALLEL_RAD: f32 = 0.035;
/// Products stand on the same level within this, in metres.
const LEVEL_M: f32 = 0.05;
/// A wall reaches so far beyond its outline, in metres.
const WALL_SIDE_M: f32 = 0.1;
/// Deeper than this in a wall is no error of the device, in metres.
const IN_WALL_M: f32 = 0.03;

/// Against the walls, then along the neighbours. Only what stands or hangs from the ceiling moves.
pub(super) fn snap<'a>(
    item: &mut Item,
    walls: impl Iterator<Item = &'a Plane> + Clone,
    others: impl Iterator<Item = &'a Item>,
) {
    if !item.turns() || item.normal().y.abs() < 0.5 {
        return;
    }
    if !back_to_wall(item, walls.clone()) {
        others.for_each(|other| edge_to_edge(item, other));
    }
    sides_to_walls(item, walls);
}

/// How far a face that looks against `direction` is from a wall, in metres; `None` beside the wall.
pub(super) fn gap_m(upright: &UprightBox, wall: &Plane) -> Option<f32> {
    let (reach, height) = (upright.reach(wall.normal()), wall.height_m(upright.center));
    let foot = wall.to_plane(upright.center - wall.normal() * height);
    (height > 0.0 && wall.outside_m(foot) < WALL_SIDE_M + upright.half.max_element()).then_some(height - reach)
}

/// Turns the back to the nearest wall and puts it there. False when there is none near.
fn back_to_wall<'a>(item: &mut Item, walls: impl Iterator<Item = &'a Plane>) -> bool {
    let against = walls.filter_map(|wall| {
        let normal = level(wall.normal())?;
        let mut turned = *item;
        turned.turn_to(normal.x.atan2(normal.z));
        let gap = gap_m(&turned.upright(), wall)?;
        let is_meant = item.front().dot(normal) > WALL_RAD.cos() && gap.abs() < WALL_M;
        is_meant.then_some((gap, normal, turned))
    });
    let Some((gap, normal, turned)) = against.min_by(|a, b| a.0.abs().total_cmp(&b.0.abs())) else { return false };
    *item = turned;
    item.shift(-normal * gap);
    true
}

/// Puts faces that are parallel to a wall and near it against it.
fn sides_to_walls<'a>(item: &mut Item, walls: impl Iterator<Item = &'a Plane>) {
    for wall in walls {
        let Some(normal) = level(wall.normal()) else { continue };
        let upright = item.upright();
        let is_parallel = off_quarter(normal.x.atan2(normal.z) - upright.yaw_rad).abs() < PARALLEL_RAD;
        if let Some(gap) = gap_m(&upright, wall).filter(|gap| is_parallel && gap.abs() < WALL_M) {
            item.shift(-normal * gap);
        }
    }
}

/// Puts it beside or before a neighbour with which it is nearly in line, and brings their edges in line.
fn edge_to_edge(item: &mut Item, other: &Item) {
    let (upright, neighbour) = (item.upright(), other.upright());
    let turn = off_quarter(upright.yaw_rad - neighbour.yaw_rad);
    let is_level = ((upright.center.y - upright.half.y) - (neighbour.center.y - neighbour.half.y)).abs() < LEVEL_M;
    if !is_level || turn.abs() > EDGE_RAD {
        return;
    }
    let mut turned = *item;
    turned.turn(-turn);
    let upright = turned.upright();
    // All in the neighbour's own directions: x to its right, y to its front.
    let offset = neighbour.local(upright.center);
    let half = Vec2::new(upright.reach(neighbour.right()), upright.reach(neighbour.front()));
    let theirs = Vec2::new(neighbour.half.x, neighbour.half.z);
    let gap = offset.abs() - half - theirs;
    let by = if gap.x.abs() < EDGE_M && gap.y < 0.0 {
        Vec2::new(-gap.x * offset.x.signum(), in_line(offset.y, half.y, theirs.y))
    } else if gap.y.abs() < EDGE_M && gap.x < 0.0 {
        Vec2::new(in_line(offset.x, half.x, theirs.x), -gap.y * offset.y.signum())
    } else {
        return;
    };
    turned.shift(neighbour.right() * by.x + neighbour.front() * by.y);
    *item = turned;
}

/// What brings the nearer of two pairs of edges in line, if they nearly are.
fn in_line(offset: f32, half: f32, theirs: f32) -> f32 {
    let apart = theirs - half;
    let steps = [apart - offset, -apart - offset];
    steps.into_iter().filter(|step| step.abs() < EDGE_M).min_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0)
}

/// How far an angle is from the nearest quarter turn.
fn off_quarter(angle_rad: f32) -> f32 {
    angle_rad - (angle_rad / FRAC_PI_2).round() * FRAC_PI_2
}

/// Moves nothing, but says whether a product reaches into a wall, by more than a device is off.
pub(super) fn reaches_into_wall<'a>(item: &Item, mut walls: impl Iterator<Item = &'a Plane>) -> bool {
    let upright = item.upright();
    walls.any(|wall| item.turns() && gap_m(&upright, wall).is_some_and(|gap| gap < -IN_WALL_M))
}

/// The nearest wall before one of its faces, with the point of the product and that of the wall.
pub(super) fn nearest_wall<'a>(
    upright: &UprightBox,
    walls: impl Iterator<Item = &'a Plane>,
) -> Option<(f32, Vec3, Vec3)> {
    let gaps = walls.filter_map(|wall| {
        let gap = gap_m(upright, wall).filter(|gap| *gap > 0.0)?;
        let face = upright.center - wall.normal() * upright.reach(wall.normal());
        Some((gap, face, face - wall.normal() * gap))
    });
    gaps.min_by(|a, b| a.0.total_cmp(&b.0))
}
