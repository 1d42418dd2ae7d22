//! Sideboard: oak boards with their own cuts, two fluted doors, three drawers, brass legs and pulls.

use super::{brass, tapered_leg, turned_solid};
use crate::assembly::{Assembly, Ground};
use crate::shape::Part;
use crate::shape::block::Block;
use crate::shape::curve::rounded_rectangle;
use crate::shape::sweep::Sweep;
use crate::texture::{metal, wood};
use glam::{Affine3A, Quat, Vec2, Vec3};
use std::f32::consts::{FRAC_PI_2, PI};

const WIDTH_M: f32 = 1.60;
const HEIGHT_M: f32 = 0.75;
const DEPTH_M: f32 = 0.42;
const LEG_M: f32 = 0.15;
const BOARD_M: f32 = 0.022;
const EDGE_M: f32 = 0.0022;
/// Between doors, drawers and the frame around them.
const GAP_M: f32 = 0.003;
/// How far the fronts lie behind the edges of the boards.
const SHADOW_M: f32 = 0.005;
const FRONT_M: f32 = 0.020;
const DRAWERS_WIDTH_M: f32 = 0.54;
const REEDS: usize = 24;
const BRASS_TILE_M: f32 = 0.10;

/// The whole product.
pub fn build() -> Assembly {
    let mut board = Assembly::new("Sideboard", Ground::Floor, 0.35);
    let oak = board.painted("Oak", &wood::oak((1024, 1024), Vec2::new(0.8, 0.4), wood::natural_oak()), 80);
    let brass = board.painted("Brushed brass", &metal::brushed(512, BRASS_TILE_M, brass(), 0.30, 3.0e-6), 80);

    for (index, part) in carcass().into_iter().enumerate() {
        board.add("Carcass", oak, &cut(part, index));
    }
    let inside = Vec2::new(WIDTH_M / 2.0 - BOARD_M, LEG_M + BOARD_M);
    let front_z = DEPTH_M / 2.0 - SHADOW_M;
    let front_height = HEIGHT_M - LEG_M - 2.0 * BOARD_M - 2.0 * GAP_M;
    let middle_y = inside.y + GAP_M + front_height / 2.0;
    let door_width = inside.x - GAP_M - DRAWERS_WIDTH_M / 2.0 - GAP_M / 2.0;
    let door_x = DRAWERS_WIDTH_M / 2.0 + GAP_M / 2.0 + door_width / 2.0;
    for (index, side) in [-1.0, 1.0].into_iter().enumerate() {
        let name = ["Left door", "Right door"][index];
        let door = fluted_door(door_width, front_height).cut_at(0.31 * index as f32, 0.13 * index as f32);
        board.add(name, oak, &door.moved(side * door_x, middle_y, front_z - FRONT_M));
        let pull = bar_pull(0.18).placed(Affine3A::from_rotation_z(FRAC_PI_2));
        board.add(name, brass, &pull.moved(side * (DRAWERS_WIDTH_M / 2.0 + 0.033), middle_y, front_z - 0.004));
    }
    let drawer_height = (front_height - 2.0 * GAP_M) / 3.0;
    for drawer in 0..3 {
        let y = middle_y + (drawer as f32 - 1.0) * (drawer_height + GAP_M);
        let front = Block::new(DRAWERS_WIDTH_M - GAP_M, drawer_height, FRONT_M, EDGE_M).part();
        let name = ["Lower drawer", "Middle drawer", "Upper drawer"][drawer];
        board.add(name, oak, &cut(front, 11 + drawer).moved(0.0, y, front_z - FRONT_M / 2.0));
        board.add(name, brass, &bar_pull(0.18).moved(0.0, y + 0.02, front_z - 0.001));
    }
    for (x, z) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
        let leg = tapered_leg(LEG_M - 0.004, 0.0095, 0.0165, Vec2::new(0.022 * x, 0.012 * z), BRASS_TILE_M);
        let plate = turned_solid(
            &[(0.0, 0.0, 0.0), (0.034, 0.0, 0.001), (0.034, 0.005, 0.001), (0.0, 0.005, 0.0)],
            28,
            BRASS_TILE_M,
            0.02,
        );
        let place = (0.655 * x, 0.142 * z);
        board.add("Legs", brass, &leg.moved(place.0, 0.0, place.1));
        board.add("Legs", brass, &plate.moved(place.0, LEG_M - 0.0048, place.1));
    }
    board
}

/// Every board is another stretch of the tree.
fn cut(part: Part, index: usize) -> Part {
    part.cut_at(0.173 * (index * index) as f32 + 0.07, 0.117 * index as f32)
}

fn carcass() -> Vec<Part> {
    let wall_height = HEIGHT_M - LEG_M - 2.0 * BOARD_M;
    let wall_y = LEG_M + BOARD_M + wall_height / 2.0;
    let level = || Block::new(WIDTH_M, BOARD_M, DEPTH_M, EDGE_M).part();
    let side = || Block::new(BOARD_M, wall_height, DEPTH_M, EDGE_M).grain(Vec3::Y).part();
    let divider = || Block::new(0.018, wall_height, DEPTH_M - 0.05, EDGE_M).grain(Vec3::Y).part();
    let side_x = WIDTH_M / 2.0 - BOARD_M / 2.0;
    vec![
        level().moved(0.0, HEIGHT_M - BOARD_M / 2.0, 0.0),
        level().moved(0.0, LEG_M + BOARD_M / 2.0, 0.0),
        side().moved(-side_x, wall_y, 0.0),
        side().moved(side_x, wall_y, 0.0),
        divider().moved(-DRAWERS_WIDTH_M / 2.0, wall_y, -0.012),
        divider().moved(DRAWERS_WIDTH_M / 2.0, wall_y, -0.012),
        Block::new(WIDTH_M - 2.0 * BOARD_M, wall_height, 0.008, 0.0015).part().moved(
            0.0,
            wall_y,
            -DEPTH_M / 2.0 + 0.012,
        ),
    ]
}

/// A slab whose front is a row of reeds; its back lies on z = 0.
fn fluted_door(width_m: f32, height_m: f32) -> Part {
    const ARC: usize = 6;
    let pitch = width_m / REEDS as f32;
    let radius = pitch / 2.0 - 0.0005;
    let valley = FRONT_M - radius * 0.62;
    // Seen along the path, the section's y is the front.
    let mut section = vec![Vec2::new(-width_m / 2.0, 0.0), Vec2::new(width_m / 2.0, 0.0)];
    for reed in (0..REEDS).rev() {
        let middle = -width_m / 2.0 + (reed as f32 + 0.5) * pitch;
        section.extend(
            (0..=ARC)
                .map(|step| PI * step as f32 / ARC as f32)
                .map(|angle| Vec2::new(middle + radius * angle.cos(), valley + radius * 0.62 * angle.sin())),
        );
    }
    section.push(section[0]);
    for point in &mut section {
        point.y -= FRONT_M / 2.0;
    }
    let path = (0..=4).map(|step| Vec3::Y * (height_m * (step as f32 / 4.0 - 0.5))).collect();
    Sweep::new(path, section, Vec3::Z, 0.0015).part().grain_turned().moved(0.0, 0.0, FRONT_M / 2.0)
}

/// A round bar along x on two posts, standing on z = 0.
fn bar_pull(length_m: f32) -> Part {
    let half = length_m / 2.0;
    let bar = Sweep::new(
        vec![Vec3::new(-half, 0.0, 0.026), Vec3::new(half, 0.0, 0.026)],
        rounded_rectangle(0.010, 0.010, 0.0048, 4),
        Vec3::Y,
        0.0015,
    );
    let post = turned_solid(
        &[
            (0.0, 0.0, 0.0),
            (0.0085, 0.0, 0.0006),
            (0.0085, 0.002, 0.0006),
            (0.0040, 0.0025, 0.0004),
            (0.0040, 0.024, 0.0),
            (0.0, 0.024, 0.0),
        ],
        14,
        BRASS_TILE_M,
        0.03,
    );
    let post = post.placed(Affine3A::from_quat(Quat::from_rotation_x(FRAC_PI_2)));
    Part::joined([bar.part(), post.clone().moved(-half * 0.72, 0.0, 0.0), post.moved(half * 0.72, 0.0, 0.0)])
}
