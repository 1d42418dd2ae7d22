//! Wrist watch: brushed and polished steel, a sunburst dial, a leather strap closed round a wrist of 60 x 50 mm.
//!
//! The case is built with its axis along +Y and then turned to face +Z.

use super::{steel, turned_solid};
use crate::assembly::{Assembly, Ground};
use crate::shape::Part;
use crate::shape::block::Block;
use crate::shape::curve::{rounded_rectangle, smooth_path};
use crate::shape::sweep::Sweep;
use crate::texture::{metal, skin, srgb};
use glam::{Affine3A, Quat, Vec2, Vec3};
use std::f32::consts::{FRAC_PI_2, TAU};

mod dial;
mod strap;

/// The case's back stands this far from the middle of the wrist.
const BACK_M: f32 = 0.0255;
const CASE_RADIUS_M: f32 = 0.0200;
const DIAL_RADIUS_M: f32 = 0.0166;
/// The dial's height over the case's back.
const DIAL_M: f32 = 0.0066;
const LUG_X_M: f32 = 0.0118;
const METAL_TILE_M: f32 = 0.02;

/// The whole product.
pub fn build() -> Assembly {
    let mut watch = Assembly::new("Wrist watch", Ground::Free, 0.02);
    let brushed = watch.painted("Brushed steel", &metal::brushed(512, METAL_TILE_M, steel(), 0.32, 6.0e-7), 82);
    let polished = watch.painted("Polished steel", &metal::polished(256, METAL_TILE_M, steel(), 0.09), 82);
    let dial = watch.painted("Dial", &dial::face(), 88);
    let leather = watch.painted("Leather", &skin::leather(512, 0.030, srgb(0x2C170C), srgb(0x74452A)), 76);
    let thread = watch.plain("Waxed thread", Vec3::new(0.60, 0.50, 0.36), 0.0, 0.7);
    let second = watch.plain("Lacquered hand", Vec3::new(0.55, 0.08, 0.03), 0.0, 0.25);
    let crystal = watch.plain("Sapphire crystal", Vec3::splat(1.0), 0.0, 0.02);
    let clear = watch.material_mut(crystal);
    clear.color = [0.9, 0.95, 1.0, 0.06];
    clear.blended = true;

    watch.add("Case", brushed, &faced(case_middle()));
    watch.add("Bezel", polished, &faced(bezel()));
    for x in [-1.0, 1.0] {
        watch.add("Lugs", polished, &lug(x));
        watch.add("Lugs", polished, &lug(x).bent(|at| at * Vec3::new(-1.0, -1.0, 1.0)));
    }
    watch.add("Crown", polished, &crown());
    watch.add("Dial", dial, &faced(dial::disc()));
    watch.add("Hour marks", polished, &faced(hour_marks()));
    watch.add("Hour hand", polished, &faced(hand(0.0088, 0.0019, 0.00075, 10.15 / 12.0)));
    watch.add("Minute hand", polished, &faced(hand(0.0136, 0.0015, 0.00115, 9.0 / 60.0)));
    watch.add("Second hand", second, &faced(second_hand(35.0 / 60.0)));
    watch.add("Hand cap", polished, &faced(cap()));
    watch.add("Crystal", crystal, &faced(crystal_dome()));
    watch.add("Strap", leather, &strap::bands());
    watch.add("Keepers", leather, &strap::keepers());
    watch.add("Stitches", thread, &strap::stitches());
    watch.add("Buckle", polished, &strap::buckle());
    watch.seats = vec![("wear:watch", Vec3::ZERO)];
    watch
}

/// From the turning bench, axis +Y, to the wrist: facing +Z, 12 o'clock up.
fn faced(part: Part) -> Part {
    part.placed(Affine3A::from_rotation_translation(Quat::from_rotation_x(FRAC_PI_2), Vec3::Z * BACK_M))
}

/// Where the clock's hand of length 1 points on the bench for a share of the full turn: 12 o'clock is -Z there.
fn clock(share: f32) -> Vec3 {
    let (sin, cos) = (TAU * share).sin_cos();
    Vec3::new(sin, 0.0, -cos)
}

fn case_middle() -> Part {
    let profile = [
        (0.0, 0.0, 0.0),
        (0.0165, 0.0, 0.0004),
        (0.0172, 0.0008, 0.0004),
        (0.0194, 0.0018, 0.0008),
        (CASE_RADIUS_M, 0.0032, 0.0006),
        (CASE_RADIUS_M, 0.0066, 0.0003),
        (0.0180, 0.0068, 0.0),
    ];
    turned_solid(&profile, 90, METAL_TILE_M, 0.008)
}

fn bezel() -> Part {
    let profile = [
        (0.0186, 0.0064, 0.0),
        (0.0197, 0.0067, 0.0002),
        (0.0196, 0.0072, 0.0003),
        (0.0181, 0.0090, 0.0004),
        (0.0174, 0.0091, 0.0003),
        (0.0172, 0.0085, 0.0002),
        (DIAL_RADIUS_M, DIAL_M, 0.0),
    ];
    turned_solid(&profile, 90, METAL_TILE_M, 0.008)
}

fn crystal_dome() -> Part {
    let profile = [
        (0.0172, 0.0086, 0.0),
        (0.0172, 0.0092, 0.0003),
        (0.0160, 0.0096, 0.002),
        (0.008, 0.00995, 0.01),
        (0.0, 0.0101, 0.0),
    ];
    turned_solid(&profile, 48, METAL_TILE_M, 0.004)
}

/// Two of the four horns, at +y; the others are its half-turn.
fn lug(side: f32) -> Part {
    let x = side * LUG_X_M;
    let path = smooth_path(
        &[
            Vec3::new(x, 0.0120, BACK_M + 0.0044),
            Vec3::new(x, 0.0170, BACK_M + 0.0043),
            Vec3::new(x, 0.0208, BACK_M + 0.0028),
            Vec3::new(x, 0.0236, BACK_M + 0.0002),
        ],
        3,
    );
    let count = path.len() as f32 - 1.0;
    let scales = (0..path.len()).map(|index| Vec2::new(1.0, 1.0 - 0.30 * index as f32 / count)).collect();
    Sweep::new(path, rounded_rectangle(0.0031, 0.0046, 0.0008, 4), Vec3::Z, 0.0009).scaled(scales).part()
}

/// Fluted, at 3 o'clock.
fn crown() -> Part {
    let profile = [
        (0.0, 0.0, 0.0),
        (0.0013, 0.0, 0.0),
        (0.0013, 0.0010, 0.0),
        (0.0031, 0.0011, 0.0003),
        (0.0032, 0.0036, 0.0005),
        (0.0024, 0.0040, 0.0004),
        (0.0, 0.0042, 0.0),
    ];
    let fluted = turned_solid(&profile, 72, METAL_TILE_M, 0.0014).bent(|at| {
        let radius = at.x.hypot(at.z);
        let groove = if radius > 0.0026 { 1.0 - 0.055 * (0.5 + 0.5 * (24.0 * at.x.atan2(at.z)).cos()) } else { 1.0 };
        Vec3::new(at.x * groove, at.y, at.z * groove)
    });
    let place = Vec3::new(CASE_RADIUS_M - 0.0005, 0.0, BACK_M + 0.0047);
    fluted.placed(Affine3A::from_rotation_translation(Quat::from_rotation_z(-FRAC_PI_2), place))
}

/// Applied bars with a roof, double at 12, none where the date is.
fn hour_marks() -> Part {
    let bar = |width_m: f32, length_m: f32| {
        Block::new(width_m, 0.0007, length_m, 0.00012)
            .detail(1, 0.0)
            .cells(width_m * 0.45, 1.0, 0.003)
            .grain(Vec3::Z)
            .part()
            .bent(|at| {
                let roof = if at.y > 0.0 { 0.00022 * (1.0 - (2.0 * at.x / width_m).abs()) } else { 0.0 };
                at + Vec3::Y * roof
            })
    };
    let mut parts = Vec::new();
    for hour in 0..12 {
        let turn = Quat::from_rotation_y(-TAU * hour as f32 / 12.0);
        let middle = clock(hour as f32 / 12.0) * 0.01285 + Vec3::Y * (DIAL_M + 0.00032);
        match hour {
            0 => parts.extend(
                [-0.00085, 0.00085]
                    .map(|x| bar(0.0011, 0.0040).placed(Affine3A::from_translation(middle + Vec3::X * x))),
            ),
            3 => {}
            _ => parts.push(bar(0.0011, 0.0040).placed(Affine3A::from_rotation_translation(turn, middle))),
        }
    }
    // The window of the date.
    let frame = rounded_rectangle(0.0034, 0.0028, 0.0003, 3)
        .iter()
        .map(|at| Vec3::new(at.x + 0.0124, DIAL_M + 0.0001, at.y))
        .collect();
    parts.push(Sweep::tube(frame, 0.00018, 8, Vec3::Y).part());
    Part::joined(parts)
}

/// A pointed hand with a ridge; `over_m` is its height over the dial, `share` of the turn where it points.
fn hand(length_m: f32, width_m: f32, over_m: f32, share: f32) -> Part {
    let tail_m = 0.0026;
    let whole = length_m + tail_m;
    let blade = Block::new(width_m, 0.00028, whole, 0.00008)
        .detail(1, 0.0)
        .cells(width_m * 0.45, 1.0, 0.0018)
        .grain(Vec3::Z)
        .part()
        .bent(|at| {
            let reach = whole / 2.0 - at.z - tail_m;
            let taper = if reach > 0.0 { 1.0 - 0.86 * reach / length_m } else { 0.62 + 0.38 * (1.0 + reach / tail_m) };
            let ridge = if at.y > 0.0 { 0.00016 * (1.0 - (2.0 * at.x / width_m).abs()) } else { 0.0 };
            Vec3::new(at.x * taper, at.y + ridge, -reach)
        });
    let place = Vec3::Y * (DIAL_M + over_m);
    blade.placed(Affine3A::from_rotation_translation(Quat::from_rotation_y(-TAU * share), place))
}

fn second_hand(share: f32) -> Part {
    let needle = Sweep::new(
        vec![Vec3::new(0.0, 0.0, 0.0042), Vec3::new(0.0, 0.0, 0.0), Vec3::new(0.0, 0.0, -0.0145)],
        rounded_rectangle(0.00038, 0.00018, 0.00008, 3),
        Vec3::Y,
        0.00008,
    );
    let needle = needle.scaled(vec![Vec2::new(2.2, 1.0), Vec2::new(1.4, 1.0), Vec2::new(0.7, 1.0)]).part();
    let place = Vec3::Y * (DIAL_M + 0.00155);
    needle.placed(Affine3A::from_rotation_translation(Quat::from_rotation_y(-TAU * share), place))
}

fn cap() -> Part {
    let profile = [(0.0, 0.0, 0.0), (0.00075, 0.0, 0.0), (0.00075, 0.0017, 0.0002), (0.0, 0.0018, 0.0)];
    turned_solid(&profile, 24, METAL_TILE_M, 0.0005).moved(0.0, DIAL_M, 0.0)
}
