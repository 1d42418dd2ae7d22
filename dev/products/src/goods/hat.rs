//! Felt fedora: one sheet of felt from the pinched crown to the snapped brim, a grosgrain band and bow, a sweatband.

use crate::assembly::{Assembly, Ground};
use crate::shape::block::Block;
use crate::shape::curve::{bump, smoothstep};
use crate::shape::{Part, Patch, shell};
use crate::texture::fabric::{Yarn, felt, ribbon};
use crate::texture::{skin, srgb};
use glam::{Vec2, Vec3};
use std::f32::consts::TAU;

const FELT_M: f32 = 0.0024;
/// The head opening: 58 cm around.
const HEAD_HALF: Vec2 = Vec2::new(0.0825, 0.1005);
const CROWN_M: f32 = 0.116;
const BRIM_M: f32 = 0.062;
const BAND_M: f32 = 0.038;
const AROUND: usize = 88;

/// The whole product.
pub fn build() -> Assembly {
    let mut hat = Assembly::new("Fedora", Ground::Free, 0.10);
    let wool = hat.painted("Felt", &felt(768, Yarn { deep: srgb(0x4E3C2D), light: srgb(0x9A8064) }), 80);
    let grosgrain = hat.painted("Grosgrain", &ribbon(512, Yarn { deep: srgb(0x120D0C), light: srgb(0x4A3A36) }), 82);
    let leather = hat.painted("Sweatband", &skin::leather(384, 0.05, srgb(0x5A3A22), srgb(0xA67B50)), 72);

    hat.add("Crown", wool, &crown());
    hat.add("Brim", wool, &brim());
    hat.add("Band", grosgrain, &band());
    hat.add("Bow", grosgrain, &bow());
    hat.add("Sweatband", leather, &sweatband());
    hat.seats = vec![("wear:hat", Vec3::ZERO)];
    hat
}

/// The head's outline at an angle, 0 towards the front, growing to the wearer's left; `grow_m` larger.
fn outline(angle: f32, grow_m: f32) -> Vec2 {
    let (sin, cos) = angle.sin_cos();
    let egg = 1.0 - 0.045 * cos;
    Vec2::new(sin * (HEAD_HALF.x * egg + grow_m), cos * (HEAD_HALF.y + grow_m))
}

fn angle_at(share: f32) -> f32 {
    TAU * (if share > 0.9999 { 0.0 } else { share }) + std::f32::consts::PI
}

/// The crown's middle sheet: `up` 0 at the brim, 1 in the middle of the top.
fn crown_point(angle: f32, up: f32) -> Vec3 {
    const WALL: f32 = 0.62;
    let base = outline(angle, 0.0);
    let (share, height) = if up < WALL {
        let climb = up / WALL;
        (1.0 - 0.115 * climb.powf(1.4), climb * 0.80)
    } else {
        let inwards = (up - WALL) / (1.0 - WALL);
        let turn = inwards.min(1.0);
        (0.885 * (1.0 - turn.powf(1.55)), 0.80 + 0.20 * (1.0 - (1.0 - turn).powf(2.6)))
    };
    let plan = base * share;
    let front = smoothstep(-0.11, 0.09, plan.y);
    let mut point = Vec3::new(plan.x, height * CROWN_M * (0.93 + 0.09 * front), plan.y);
    // The dent along the middle, deepest behind; and the pinch on both sides of the front.
    let along = plan.y + 0.004;
    let dent = 0.040 * bump(plan.x, 0.030 * (1.25 - 0.5 * front)) * (1.0 - smoothstep(0.030, 0.088, along.abs()));
    let upper = smoothstep(0.42, 0.92, height);
    point.y -= dent * upper;
    let pinch =
        bump(plan.y - 0.050, 0.026) * smoothstep(0.45, 0.95, height) * (1.0 - 0.3 * smoothstep(0.95, 1.0, height));
    point.x -= plan.x.signum() * 0.021 * pinch * smoothstep(0.008, 0.050, plan.x.abs());
    point
}

fn crown() -> Part {
    let rows = 38;
    let mut middle = Patch::from_fn(AROUND + 1, rows, |around, up| {
        let angle = angle_at(around);
        let point = crown_point(angle, up);
        (point, Vec2::new(around * 0.56, point.y))
    });
    let pole = middle.points[(rows - 1) * middle.columns];
    for column in 0..middle.columns {
        let last = (rows - 1) * middle.columns + column;
        middle.points[last] = pole;
    }
    split_for_texture(shell::thickened(&middle, FELT_M))
}

/// Felt has no direction: the wall takes its texture from the way around, the top from above, with one row between.
fn split_for_texture(part: Part) -> Part {
    let mut patches = Vec::new();
    for patch in part.patches {
        if patch.rows < 20 {
            patches.push(patch);
            continue;
        }
        let seam = 23;
        let rows = |from: usize, to: usize| {
            let range = from * patch.columns..to * patch.columns;
            Patch {
                columns: patch.columns,
                rows: to - from,
                points: patch.points[range.clone()].to_vec(),
                uvs_m: patch.uvs_m[range].to_vec(),
            }
        };
        patches.push(rows(0, seam + 1));
        let mut top = rows(seam, patch.rows);
        top.uvs_m = top.points.iter().map(|at| Vec2::new(at.x, at.z)).collect();
        patches.push(top);
    }
    Part { patches }
}

/// The brim's middle sheet: `out` 0 at the crown, 1 at the edge.
fn brim_point(angle: f32, out: f32) -> Vec3 {
    let plan = outline(angle, out * BRIM_M * (1.0 - 0.06 * angle.sin().abs()) - 0.0006);
    let (sin, cos) = angle.sin_cos();
    let curl = out * out;
    // Down in front, up behind, and rolled up at the sides.
    let snap = -0.022 * smoothstep(0.15, 1.0, cos) + 0.020 * smoothstep(0.1, 1.0, -cos);
    let roll = 0.017 * sin * sin;
    let root = 0.004 * (1.0 - smoothstep(0.0, 0.10, out));
    Vec3::new(plan.x, snap * curl + roll * out.powf(2.2) - 0.004 * out * (1.0 - out) + root, plan.y)
}

fn brim() -> Part {
    let mut middle = Patch::from_fn(AROUND + 1, 14, |around, inwards| {
        let point = brim_point(angle_at(around), 1.0 - inwards);
        (point, Vec2::new(point.x, -point.z))
    });
    middle.uvs_m = middle.points.iter().map(|at| Vec2::new(at.x, -at.z)).collect();
    shell::thickened(&middle, FELT_M)
}

/// A point on the outside of the crown's wall, `height_m` over the brim, `off_m` away from the felt.
fn on_wall(angle: f32, height_m: f32, off_m: f32) -> Vec3 {
    let mut up = height_m / (0.80 * CROWN_M) * 0.62;
    for _ in 0..4 {
        let short = height_m - crown_point(angle, up).y;
        up += short / (0.80 * CROWN_M) * 0.62;
    }
    let point = crown_point(angle, up);
    let away = Vec2::new(point.x, point.z).normalize() * (FELT_M / 2.0 + off_m);
    Vec3::new(point.x + away.x, point.y, point.z + away.y)
}

fn band() -> Part {
    let middle = Patch::from_fn(AROUND + 1, 4, |around, up| {
        let height_m = 0.0022 + up * BAND_M;
        let point = on_wall(angle_at(around), height_m, 0.0010 + 0.0004 * (1.0 - up));
        (point, Vec2::new(around * 16.0 * 0.036, height_m))
    });
    shell::thickened(&middle, 0.0009)
}

/// Two flat loops and a knot on the wearer's left, following the wall.
fn bow() -> Part {
    let on_left = |part: Part| {
        part.bent(|at| {
            let radius = 0.092;
            let angle = 0.25 * TAU + at.x / radius;
            let height = 0.0022 + BAND_M / 2.0 + at.y;
            on_wall(angle, height.clamp(0.002, 0.06), 0.0016 + at.z)
        })
    };
    let wing = |side: f32| {
        let loop_part = Block::new(0.040, BAND_M * 0.98, 0.0042, 0.0019).detail(2, 0.005).part();
        loop_part.bent(|at| {
            let share = (0.5 + side * at.x / 0.040).clamp(0.0, 1.0);
            let puff = 0.0030 * (share * std::f32::consts::PI).sin().max(0.0);
            let pinch = 1.0 - 0.42 * (1.0 - smoothstep(0.0, 0.45, share));
            let fold = 0.0010 * (at.y * 380.0).cos() * (1.0 - smoothstep(0.05, 0.6, share));
            let lift = if at.z > 0.0 { puff + fold } else { 0.0 };
            Vec3::new(at.x + side * 0.0215, at.y * pinch, at.z + lift + 0.0021)
        })
    };
    let tail = |side: f32| {
        Block::new(0.052, BAND_M * 0.80, 0.0012, 0.0005).detail(1, 0.007).part().bent(|at| {
            let share = (0.5 + side * at.x / 0.052).clamp(0.0, 1.0);
            let notch = side * 0.007 * smoothstep(0.7, 1.0, share) * ((2.0 * at.y / BAND_M).abs() - 0.4);
            Vec3::new(at.x + side * 0.024 + notch, at.y - 0.0008, at.z + 0.0006)
        })
    };
    let knot = Block::new(0.0115, BAND_M * 0.74, 0.0075, 0.0030).detail(2, 0.004).grain(Vec3::Y).part();
    let knot = knot.bent(|at| {
        let waist = 1.0 + 0.22 * (2.0 * at.y / (BAND_M * 0.74)).powi(2);
        Vec3::new(at.x * waist, at.y, at.z + 0.0038)
    });
    Part::joined([wing(-1.0), wing(1.0), tail(-1.0), tail(1.0), knot].map(on_left))
}

/// Leather inside, from the opening up.
fn sweatband() -> Part {
    let middle = Patch::from_fn(AROUND + 1, 4, |around, up| {
        let height_m = 0.001 + up * 0.034;
        let point = on_wall(angle_at(around), height_m, -FELT_M - 0.0012);
        (point, Vec2::new(around * 11.0 * 0.05, height_m))
    });
    shell::thickened(&middle, 0.0011)
}
