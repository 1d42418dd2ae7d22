//! Lounge armchair: an upholstered shell open to the front, a seat and a back cushion, a plinth and legs of oak.

use super::tapered_leg;
use crate::assembly::{Assembly, Ground, Variant};
use crate::shape::Part;
use crate::shape::block::{Block, plan_rounded};
use crate::shape::curve::{corner, rounded_outline, rounded_rectangle, smoothstep, subdivided};
use crate::shape::cushion::Cushion;
use crate::shape::sweep::Sweep;
use crate::texture::fabric::{Yarn, basket_weave, boucle};
use crate::texture::{srgb, wood};
use glam::{Affine3A, Quat, Vec2, Vec3};

const LEG_M: f32 = 0.150;
const SHELL_BOTTOM_M: f32 = 0.172;
const ARM_TOP_M: f32 = 0.590;
const BACK_TOP_M: f32 = 0.812;
const WALL_M: f32 = 0.118;
const WALL_EDGE_M: f32 = 0.052;
const PIPING_M: f32 = 0.0042;

/// The whole product.
pub fn build() -> Assembly {
    let mut chair = Assembly::new("Armchair", Ground::Floor, 0.45);
    let sage = chair.painted("Sage", &boucle(512, Yarn { deep: srgb(0x59614B), light: srgb(0xA6AB90) }), 78);
    let weave = basket_weave(512, Yarn { deep: srgb(0x6A2A18), light: srgb(0xBE6640) });
    let rust = chair.painted("Rust", &weave, 78);
    let ink_yarn = Yarn { deep: srgb(0x0E1624), light: srgb(0x4C5D78) };
    let ink = chair.dyed("Ink", rust, &basket_weave(512, ink_yarn), 78);
    let oak = chair.painted("Oak", &wood::oak((512, 256), Vec2::new(0.5, 0.2), wood::natural_oak()), 82);

    chair.add("Shell", sage, &shell());
    chair.add("Shell", sage, &shell_piping());
    chair.add("Seat deck", sage, &seat_deck());
    let seat = seat_cushion();
    let seat_place = Affine3A::from_translation(Vec3::new(0.0, 0.402, 0.066));
    chair.add("Seat cushion", sage, &seat.body().placed(seat_place));
    chair.add("Seat cushion", sage, &seat.piping().placed(seat_place));
    let back = back_cushion();
    chair.add("Back cushion", sage, &leaned(back.body()));
    chair.add("Back cushion", sage, &leaned(back.piping()));
    chair.add("Plinth", oak, &plinth());
    for (index, (x, z)) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)].into_iter().enumerate() {
        let leg = tapered_leg(LEG_M, 0.0125, 0.0215, Vec2::new(0.035 * x, 0.035 * z), 0.2);
        let leg = leg.grain_turned().cut_at(0.11 * index as f32, 0.07 * index as f32);
        let place = if z > 0.0 { Vec2::new(0.245, 0.262) } else { Vec2::new(0.190, -0.175) };
        chair.add("Legs", oak, &leg.moved(place.x * x, 0.0, place.y));
    }
    for (name, fabric) in [("Sage", sage), ("Rust", rust), ("Ink", ink)] {
        chair.variants.push(Variant { name: name.into(), swaps: vec![(sage, fabric)] });
    }
    chair
}

/// The middle of the shell's wall seen from above, `(x, z)`: left arm, round the back, right arm.
fn wall_line(outward_m: f32, front_m: f32) -> Vec<Vec2> {
    let (x, back) = (0.331 + outward_m, -0.302 - outward_m);
    let radius = 0.262 + outward_m;
    let corners =
        [corner(-x, front_m, 0.0), corner(-x, back, radius), corner(x, back, radius), corner(x, front_m, 0.0)];
    subdivided(&rounded_outline(&corners, 14), 0.03)
}

const FRONT_M: f32 = 0.392;

fn shell() -> Part {
    let height = ARM_TOP_M - SHELL_BOTTOM_M;
    let section = subdivided(&rounded_rectangle(WALL_M, height, WALL_EDGE_M, 5), 0.045);
    let middle = SHELL_BOTTOM_M + height / 2.0;
    let path = wall_line(0.0, FRONT_M).iter().map(|at| Vec3::new(at.x, middle, at.y)).collect();
    Sweep::new(path, section, Vec3::Y, WALL_EDGE_M * 0.8).part().bent(shell_bend)
}

/// The back rises over the arms and leans; above the arms' height everything moves as one, so that edges stay round.
fn shell_bend(point: Vec3) -> Vec3 {
    let toward_back = smoothstep(0.20, -0.26, point.z);
    let share = ((point.y - SHELL_BOTTOM_M) / (ARM_TOP_M - WALL_EDGE_M * 1.5 - SHELL_BOTTOM_M)).clamp(0.0, 1.0);
    let rise = (BACK_TOP_M - ARM_TOP_M) * toward_back * share;
    let lean = 0.038 * share * share * toward_back;
    let slope = 0.014 * smoothstep(0.40, 0.0, point.z) * share;
    Vec3::new(point.x * (1.0 - 0.012 * (1.0 - share)), point.y + rise + slope, point.z - lean)
}

/// The seam between the outer and the inner cover: up the front of one arm, round the back, down the other.
fn shell_piping() -> Part {
    let inset = WALL_EDGE_M * 0.293;
    let out = WALL_M / 2.0 - inset;
    let line: Vec<Vec2> = wall_line(out, FRONT_M).into_iter().filter(|at| at.y < FRONT_M - 0.050).collect();
    let arm = arm_seam();
    let left = arm.iter().map(|at| Vec3::new(-at.x, at.y, at.z));
    let over = line.iter().map(|at| Vec3::new(at.x, ARM_TOP_M - inset, at.y));
    let path = left.chain(over).chain(arm.iter().rev().copied()).map(shell_bend).collect();
    Sweep::tube(path, PIPING_M, 6, Vec3::X).part()
}

/// The seam on the front of the right arm, from the floor side up to where it turns back over the arm.
fn arm_seam() -> Vec<Vec3> {
    let middle = 0.331;
    let front = FRONT_M - WALL_EDGE_M * 0.8 * 0.293;
    let out = WALL_M / 2.0 - 0.0132;
    let mut seam: Vec<Vec3> = [0.003, 0.010, 0.022, 0.045]
        .iter()
        .map(|&rise_m: &f32| {
            // The shell's lower edge is round: the seam follows it.
            let recess = WALL_EDGE_M - (WALL_EDGE_M.powi(2) - (WALL_EDGE_M - rise_m).powi(2)).sqrt();
            Vec3::new(middle + out - 0.8 * recess, SHELL_BOTTOM_M + 0.012 + rise_m, front)
        })
        .collect();
    seam.extend((0..9).map(|step| Vec3::new(middle + out, SHELL_BOTTOM_M + 0.085 + 0.031 * step as f32, front)));
    seam.push(Vec3::new(middle + out - 0.0020, 0.540, front));
    seam.push(Vec3::new(middle + 0.0370, 0.5685, front - 0.002));
    seam.push(Vec3::new(middle + 0.0395, 0.5735, front - 0.014));
    seam
}

fn seat_deck() -> Part {
    let half = Vec2::new(0.284, 0.315);
    let deck = Block::new(2.0 * half.x, 0.142, 2.0 * half.y, 0.022).detail(2, 0.06).part();
    deck.bent(|point| plan_rounded(point, half, 0.03, 0.22)).moved(0.0, 0.243, 0.052)
}

fn seat_cushion() -> Cushion {
    Cushion {
        size_m: Vec3::new(0.536, 0.158, 0.622),
        edge_m: 0.026,
        crown_m: 0.030,
        bulge_m: 0.007,
        front_radius_m: 0.055,
        back_radius_m: 0.205,
        piping_m: PIPING_M,
    }
}

fn back_cushion() -> Cushion {
    Cushion {
        size_m: Vec3::new(0.500, 0.110, 0.360),
        edge_m: 0.028,
        crown_m: 0.036,
        bulge_m: 0.010,
        front_radius_m: 0.075,
        back_radius_m: 0.075,
        piping_m: PIPING_M,
    }
}

/// The back cushion stood up, curved with the shell and leaned against it.
fn leaned(lying: Part) -> Part {
    let upright = Affine3A::from_quat(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
    let leaning = Affine3A::from_rotation_translation(Quat::from_rotation_x(-0.17), Vec3::new(0.0, 0.648, -0.165));
    lying.placed(upright).bent(|point| point + Vec3::Z * (1.15 * point.x * point.x)).placed(leaning)
}

fn plinth() -> Part {
    let half = Vec2::new(0.300, 0.305);
    let board = Block::new(2.0 * half.x, 0.026, 2.0 * half.y, 0.004).detail(2, 0.05).part();
    board.bent(|point| plan_rounded(point, half, 0.05, 0.22)).moved(0.0, LEG_M + 0.0125, 0.03)
}
