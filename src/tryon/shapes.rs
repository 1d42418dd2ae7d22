//! The body's shapes, made by code from what is known of it: a head like a ball pulled to the face's points, tubes for the rest.

use super::face::POINTS;
use super::learn::Learned;
use super::occluder::OccluderMesh;
use crate::math::Vec3;
use std::f32::consts::{PI, TAU};

/// The head's middle and half widths, on the mean face, in metres.
const SKULL: Vec3 = Vec3::new(0.0, -0.004, -0.084);
const SKULL_HALF: Vec3 = Vec3::new(0.073, 0.112, 0.096);
/// How far around a point of the face pulls, in radians seen from the skull's middle.
const PULL: f32 = 0.17;
/// The shape lies so far under the skin, in metres: what touches the skin is not hidden by it.
const UNDER_SKIN_M: f32 = 0.002;
const HEAD_ROWS: usize = 32;
const HEAD_COLUMNS: usize = 48;
const TUBE_COLUMNS: usize = 24;

/// A head as learned, in metres of the mean face's scale, in head space.
pub(super) fn head(learned: &Learned) -> OccluderMesh {
    let center = learned.shaped(SKULL);
    let mirrored = Vec3::new(-1.0, 1.0, 1.0);
    // The pupils and lids lie in sockets that glasses never touch; the rest of the face pulls.
    let points = (0..POINTS.len()).map(|index| learned.point(index));
    let points: Vec<Vec3> = points.flat_map(|at| [at - center, (at * mirrored) - center]).collect();
    let pulls: Vec<(Vec3, f32)> =
        points.into_iter().map(|at| (at.normalize_or_zero(), at.length() / skull_radius(at))).collect();
    ball(HEAD_ROWS, HEAD_COLUMNS, |direction| {
        let (mut sum, mut weights) = (0.15, 0.15);
        for (pull, ratio) in &pulls {
            let squared = direction.distance_squared(*pull) / (PULL * PULL);
            if squared > 9.0 {
                continue;
            }
            let weight = (-squared).exp();
            sum += weight * ratio;
            weights += weight;
        }
        center + direction * (skull_radius(direction) * sum / weights - UNDER_SKIN_M)
    })
}

/// From the skull's middle to its surface in a direction of any length.
fn skull_radius(direction: Vec3) -> f32 {
    1.0 / (direction.normalize_or_zero() / SKULL_HALF).length().max(1e-3)
}

/// An ear, pressed to the head, in metres: its root is the origin, X away from a left head.
pub(super) fn ear() -> OccluderMesh {
    let half = Vec3::new(0.007, 0.031, 0.017);
    ball(10, 16, |direction| Vec3::new(0.006, -0.026, -0.012) + direction * half)
}

/// The neck and the shoulders' slope, in metres: the origin is the neck's joint under the head.
pub(super) fn neck() -> OccluderMesh {
    let sections = [
        (0.03, 0.050, 0.055, 0.0),
        (-0.04, 0.055, 0.058, 0.004),
        (-0.075, 0.062, 0.062, 0.006),
        (-0.10, 0.105, 0.078, 0.004),
        (-0.13, 0.165, 0.100, 0.0),
        (-0.22, 0.195, 0.115, 0.0),
    ];
    let sections = sections.map(|(y, x, z, forward)| Section { middle: Vec3::new(0.0, y, forward), half: [x, z] });
    tube(&sections)
}

/// The lower arm behind a hand, in metres of hand space: width and thickness of the wrist as given.
pub(super) fn arm(wrist_m: [f32; 2]) -> OccluderMesh {
    let grow = [(0.012, 1.04), (-0.02, 1.0), (-0.06, 1.08), (-0.14, 1.35), (-0.24, 1.5)];
    let half = wrist_m.map(|width| width * 0.5 - UNDER_SKIN_M * 0.5);
    let sections = grow.map(|(y, share)| Section { middle: Vec3::Y * y, half: half.map(|half| half * share) });
    tube(&sections)
}

/// The palm without fingers, in metres of hand space, of a left hand.
pub(super) fn palm() -> OccluderMesh {
    let sections = [
        (0.004, 0.003, 0.030, 0.019),
        (0.030, 0.004, 0.038, 0.016),
        (0.060, -0.002, 0.041, 0.014),
        (0.082, -0.004, 0.039, 0.011),
        (0.092, -0.004, 0.030, 0.008),
    ];
    let sections =
        sections.map(|(y, x, half_x, half_z)| Section { middle: Vec3::new(x, y, -0.004), half: [half_x, half_z] });
    tube(&sections)
}

/// A finger's first bone: a tube 1 wide and 1 long along Y, its middle the origin; place and scale make it a finger.
pub(super) fn finger() -> OccluderMesh {
    let sections = [(-0.5, 0.46), (-0.4, 0.5), (0.4, 0.5), (0.5, 0.42)];
    let sections = sections.map(|(y, half)| Section { middle: Vec3::Y * y, half: [half; 2] });
    tube(&sections)
}

/// A closed surface around the origin: `point` gives it for each direction.
fn ball(rows: usize, columns: usize, point: impl Fn(Vec3) -> Vec3) -> OccluderMesh {
    let mut mesh = OccluderMesh::default();
    for row in 0..=rows {
        let (sin, cos) = (PI * row as f32 / rows as f32).sin_cos();
        for column in 0..columns {
            let (aside, front) = (TAU * column as f32 / columns as f32).sin_cos();
            mesh.positions.push(point(Vec3::new(sin * aside, cos, sin * front)));
        }
    }
    join_rings(&mut mesh, rows, columns);
    mesh
}

/// A ring of a tube along Y.
struct Section {
    middle: Vec3,
    /// Along X and Z.
    half: [f32; 2],
}

/// A tube along Y through sections in any order of height, closed at both ends.
fn tube(sections: &[Section]) -> OccluderMesh {
    let mut mesh = OccluderMesh::default();
    let mut sections: Vec<&Section> = sections.iter().collect();
    sections.sort_by(|a, b| b.middle.y.total_cmp(&a.middle.y));
    let (Some(first), Some(last)) = (sections.first(), sections.last()) else { return mesh };
    let ends = [Section { middle: first.middle, half: [1e-5; 2] }, Section { middle: last.middle, half: [1e-5; 2] }];
    let [top, bottom] = &ends;
    sections.insert(0, top);
    sections.push(bottom);
    for section in &sections {
        for column in 0..TUBE_COLUMNS {
            let (aside, front) = (TAU * column as f32 / TUBE_COLUMNS as f32).sin_cos();
            let [half_x, half_z] = section.half;
            mesh.positions.push(section.middle + Vec3::new(half_x * aside, 0.0, half_z * front));
        }
    }
    join_rings(&mut mesh, sections.len() - 1, TUBE_COLUMNS);
    mesh
}

/// Triangles between neighbouring rings, from the top down, outside outward.
fn join_rings(mesh: &mut OccluderMesh, rows: usize, columns: usize) {
    for row in 0..rows {
        for column in 0..columns {
            let next = (column + 1) % columns;
            let at = |row: usize, column: usize| (row * columns + column) as u32;
            let [upper, upper_next] = [at(row, column), at(row, next)];
            let [lower, lower_next] = [at(row + 1, column), at(row + 1, next)];
            mesh.indices.extend([upper, lower, upper_next, upper_next, lower, lower_next]);
        }
    }
}
