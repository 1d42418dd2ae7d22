//! Sunglasses: one acetate front with two openings, domed lenses, metal hinges, temples bent behind the ear.

use super::{steel, turned_solid};
use crate::assembly::{Assembly, Encoding, Ground, Picture};
use crate::shape::block::Block;
use crate::shape::curve::{bump, rounded_rectangle, smooth_path, smoothstep};
use crate::shape::sweep::Sweep;
use crate::shape::{Part, Patch, shell};
use crate::texture::{metal, plastic, srgb};
use glam::{Affine3A, Quat, Vec2, Vec3};
use std::f32::consts::{FRAC_PI_2, PI, TAU};

const LENS_CENTER: Vec2 = Vec2::new(0.0348, -0.0035);
const LENS_HALF: Vec2 = Vec2::new(0.0252, 0.0212);
const FRONT_THICK_M: f32 = 0.0042;
const EDGE_M: f32 = 0.0012;
const BRIDGE_TOP_M: f32 = 0.0100;
const BRIDGE_BOTTOM_M: f32 = 0.0015;
/// Radius of the front's curve seen from above.
const WRAP_RADIUS_M: f32 = 0.26;
const METAL_TILE_M: f32 = 0.02;
/// Where the left temple's underside begins to bend down behind the ear.
const EAR: Vec3 = Vec3::new(0.0674, 0.0055, -0.0945);

/// The whole product.
pub fn build() -> Assembly {
    let mut glasses = Assembly::new("Sunglasses", Ground::Free, 0.03);
    let shell_tile = plastic::tortoise(768, srgb(0x1B0F0A), srgb(0x8A4A1C), srgb(0xC98A3C));
    let acetate = glasses.painted("Tortoise-shell acetate", &shell_tile, 86);
    let metal = glasses.painted("Hinge steel", &metal::polished(256, METAL_TILE_M, steel(), 0.22), 82);
    let lens = glasses.plain("Graduated lens", Vec3::ONE, 0.0, 0.04);
    glasses.pictures.push(lens_gradient());
    let gradient = glasses.pictures.len() - 1;
    let material = glasses.material_mut(lens);
    material.color_picture = Some(gradient);
    material.blended = true;

    let right = front_half();
    let front = Part::joined([right.clone(), right.mirrored_x()]);
    glasses.add("Front", acetate, &front.mapped(|at| Vec2::new(at.x + 0.6 * at.z, at.y + 0.6 * at.z)));
    for (side, mirrored) in [("Left", false), ("Right", true)] {
        let place = |part: Part| if mirrored { part.mirrored_x() } else { part };
        let cut = if mirrored { 0.031 } else { 0.0 };
        let temple = temple().mapped(|at| Vec2::new(at.z + cut, at.y + 0.7 * at.x + cut));
        glasses.add(&format!("{side} temple"), acetate, &place(temple));
        glasses.add(&format!("{side} hinge"), metal, &place(hinge()));
        glasses.add(&format!("{side} nose pad"), acetate, &place(nose_pad()).mapped(|at| Vec2::new(at.y, at.z)));
        glasses.add(&format!("{side} lens"), lens, &place(lens_solid()));
    }
    glasses.seats = vec![("wear:glasses", Vec3::NEG_Z * (FRONT_THICK_M / 2.0)), ("wear:ear", EAR)];
    glasses
}

/// Dark above, clearer below; brown.
fn lens_gradient() -> Picture {
    let (width, height) = (8, 256);
    let mut bytes = Vec::new();
    for row in 0..height {
        let share = row as f32 / (height - 1) as f32;
        let color = srgb(0x1A1310).lerp(srgb(0x5A4030), smoothstep(0.1, 1.0, share));
        let opacity = 0.95 - 0.40 * smoothstep(0.15, 1.0, share);
        let texel = color.extend(opacity).to_array().map(|value| (value * 255.0).round() as u8);
        bytes.extend(texel.repeat(width));
    }
    Picture {
        name: "Lens gradient".into(),
        size_px: (width, height),
        bytes,
        encoding: Encoding::AlphaPng,
        repeats: false,
    }
}

/// The front is curved round the face and its lower rim leans towards the cheeks.
fn wrapped(point: Vec3) -> Vec3 {
    Vec3::new(point.x, point.y, point.z - point.x * point.x / (2.0 * WRAP_RADIUS_M) + 0.09 * point.y)
}

/// The opening's edge, seen from its middle in the direction `angle`; 0 is away from the nose.
fn lens_edge(angle: f32) -> Vec2 {
    let (sin, cos) = angle.sin_cos();
    let reach = ((cos / LENS_HALF.x).abs().powf(2.45) + (sin / LENS_HALF.y).abs().powf(2.45)).powf(-1.0 / 2.45);
    let point = Vec2::new(cos, sin) * reach;
    // Wider above than below, as cheeks ask for.
    Vec2::new(point.x * (1.0 + 0.075 * point.y / LENS_HALF.y), point.y)
}

/// The front's outer edge in the same direction, and whether that is the middle plane of the bridge.
fn outer_edge(angle: f32) -> (Vec2, bool) {
    let inner = lens_edge(angle);
    let direction = inner.normalize();
    let brow = smoothstep(-0.3, 0.9, direction.y);
    let corner = bump(angle_between(angle, 0.47), 0.20);
    let rim = inner.length() + 0.0039 + 0.0017 * brow + 0.0078 * corner;
    if direction.x > -0.25 {
        return (direction * rim, false);
    }
    let height = direction.y.atan2(-direction.x);
    let (top, bottom) = (height_angle(BRIDGE_TOP_M), height_angle(BRIDGE_BOTTOM_M));
    if height <= top && height >= bottom {
        return (direction * (LENS_CENTER.x / -direction.x), true);
    }
    let slope = height.tan();
    let at_middle = LENS_CENTER.x * slope + LENS_CENTER.y;
    // Where the way from the lens leaves the bridge: above through y = top + 6 x^2, below through y = bottom - 260 x^2
    // as far as the nose reaches.
    let x = if height > top {
        (-slope + (slope * slope + 4.0 * 6.0 * (at_middle - BRIDGE_TOP_M)).sqrt()) / (2.0 * 6.0)
    } else {
        (slope + (slope * slope + 4.0 * 260.0 * (BRIDGE_BOTTOM_M - at_middle)).sqrt()) / (2.0 * 260.0)
    };
    let bridge = (LENS_CENTER.x - x) / height.cos();
    let nose = 1.0 - smoothstep(0.10, 0.60, -height);
    let reach = smooth_max(rim, rim + (bridge - rim) * nose, 0.004 * nose.max(0.001));
    (direction * reach.min(LENS_CENTER.x / -direction.x), false)
}

/// The greater of two lengths, with a fillet of about `soft_m` where they are equal.
fn smooth_max(a_m: f32, b_m: f32, soft_m: f32) -> f32 {
    let near = (1.0 - (a_m - b_m).abs() / soft_m).max(0.0);
    a_m.max(b_m) + near * near * soft_m / 4.0
}

fn height_angle(y_m: f32) -> f32 {
    (y_m - LENS_CENTER.y).atan2(LENS_CENTER.x)
}

fn angle_between(a: f32, b: f32) -> f32 {
    (a - b + PI).rem_euclid(TAU) - PI
}

/// Half of the front, x > 0: rings from the opening to the outer edge; the bridge ends in the plane x = 0.
fn front_half() -> Part {
    // Finer steps where the bridge begins.
    let mut angles: Vec<f32> = Vec::new();
    let mut angle = -FRAC_PI_2 * 0.9;
    while angle < TAU - FRAC_PI_2 * 0.9 - 0.01 {
        angles.push(angle);
        angle += if angle_between(angle, PI).abs() < 0.9 { 0.0262 } else { 0.05 };
    }
    angles.push(angles[0] + TAU);
    let rings: Vec<Vec<Vec3>> = angles.iter().map(|&angle| ring(angle)).collect();
    let rows = rings[0].len();
    let mut patch = Patch { columns: rings.len(), rows, points: Vec::new(), uvs_m: Vec::new() };
    for row in 0..rows {
        patch.points.extend(rings.iter().map(|ring| ring[row]));
    }
    patch.uvs_m = vec![Vec2::ZERO; patch.points.len()];
    for row in 0..rows {
        patch.points[(row + 1) * patch.columns - 1] = patch.points[row * patch.columns];
    }
    Part::of(patch).bent(wrapped)
}

/// The section of the front in one direction from the lens: outer front, inner front, inner back, outer back, closed.
fn ring(angle: f32) -> Vec<Vec3> {
    const STEPS: usize = 4;
    let inner = lens_edge(angle) + LENS_CENTER;
    let (outer, bridge) = outer_edge(angle);
    let outer = outer + LENS_CENTER;
    let outward = (outer - inner).normalize();
    let length = outer.distance(inner);
    let half = FRONT_THICK_M / 2.0;
    // On the bridge the rounding runs along its upper and lower edge instead of its end.
    let to_edge = (BRIDGE_TOP_M - outer.y).min(outer.y - BRIDGE_BOTTOM_M).clamp(0.0, EDGE_M);
    let sink = EDGE_M - (EDGE_M * EDGE_M - (EDGE_M - to_edge).powi(2)).sqrt();
    // The rounding has its width across the edge, whatever the angle at which this section meets it.
    let edge_direction = (outer_edge(angle + 0.004).0 - outer_edge(angle - 0.004).0).normalize();
    let across = outward.perp_dot(edge_direction).abs().max(0.3);
    let (outer_edge_m, outer_drop, outer_half) =
        if bridge { (0.0, 0.0, half - sink) } else { (EDGE_M / across, EDGE_M, half) };
    let at = |along: f32, z: f32| (inner + outward * along).extend(z);
    let mut points = Vec::new();
    let arc = |points: &mut Vec<Vec3>, (along, z): (f32, f32), (radius, drop): (f32, f32), from: f32| {
        for step in 0..=STEPS {
            let (sin, cos) = (from + FRAC_PI_2 * step as f32 / STEPS as f32).sin_cos();
            points.push(at(along + radius * cos, z + drop * sin));
        }
    };
    arc(&mut points, (length - outer_edge_m, outer_half - outer_drop), (outer_edge_m, outer_drop), 0.0);
    points.extend([0.67, 0.33].map(|share| at(length * share, half * 1.02)));
    arc(&mut points, (EDGE_M, half - EDGE_M), (EDGE_M, EDGE_M), FRAC_PI_2);
    arc(&mut points, (EDGE_M, EDGE_M - half), (EDGE_M, EDGE_M), PI);
    points.extend([0.33, 0.67].map(|share| at(length * share, -half)));
    arc(&mut points, (length - outer_edge_m, outer_drop - outer_half), (outer_edge_m, outer_drop), PI + FRAC_PI_2);
    points.push(points[0]);
    points
}

fn lens_solid() -> Part {
    let (columns, rows) = (65, 10);
    let mut middle = Patch::from_fn(columns, rows, |around, inwards| {
        let angle = TAU * if around > 0.999 { 0.0 } else { around };
        let edge = lens_edge(angle);
        let share = 1.0 - inwards;
        let at = (edge + edge.normalize() * 0.0007) * share + LENS_CENTER;
        let point = wrapped(at.extend(0.0016 * (1.0 - share * share) - 0.0002));
        let v = 0.5 + (at.y - LENS_CENTER.y) / (2.2 * LENS_HALF.y);
        (point, Vec2::new(0.5, v))
    });
    let pole = middle.points[(rows - 1) * columns];
    for column in 0..columns {
        middle.points[(rows - 1) * columns + column] = pole;
    }
    shell::thickened(&middle, 0.0019)
}

const HINGE: Vec3 = Vec3::new(0.0655, 0.0122, -0.0125);

fn temple() -> Part {
    let path = smooth_path(
        &[
            Vec3::new(0.0690, 0.0122, -0.0102),
            Vec3::new(0.0692, 0.0122, -0.030),
            Vec3::new(0.0688, 0.0120, -0.060),
            Vec3::new(0.0678, 0.0112, -0.088),
            Vec3::new(0.0670, 0.0065, -0.104),
            Vec3::new(0.0660, -0.0050, -0.118),
            Vec3::new(0.0648, -0.0190, -0.129),
            Vec3::new(0.0638, -0.0310, -0.1375),
        ],
        7,
    );
    let count = path.len();
    let scales = (0..count).map(|index| index as f32 / (count - 1) as f32).map(|share| {
        let slim = 1.0 - 0.46 * smoothstep(0.0, 0.5, share) + 0.24 * smoothstep(0.62, 0.95, share);
        Vec2::new(1.0 - 0.12 * smoothstep(0.5, 1.0, share), slim)
    });
    let scales = scales.collect();
    Sweep::new(path, rounded_rectangle(0.0038, 0.0142, 0.0013, 4), Vec3::Y, 0.0014).scaled(scales).part()
}

/// Three knuckles, a leaf on the front, a leaf on the temple and the rivets outside.
fn hinge() -> Part {
    let mut parts = Vec::new();
    for knuckle in 0..3 {
        let barrel = turned_solid(
            &[(0.0, 0.0, 0.0), (0.0014, 0.0, 0.00025), (0.0014, 0.0021, 0.00025), (0.0, 0.0021, 0.0)],
            20,
            METAL_TILE_M,
            0.002,
        );
        parts.push(barrel.moved(HINGE.x, HINGE.y - 0.0033 + 0.00225 * knuckle as f32, HINGE.z));
    }
    let leaf = Block::new(0.0009, 0.0056, 0.0110, 0.0003).part();
    parts.push(leaf.moved(HINGE.x + 0.0014, HINGE.y, HINGE.z - 0.0062));
    let front_leaf =
        Block::new(0.0080, 0.0056, 0.0010, 0.0003).part().bent(|point| point + Vec3::Z * (-0.24 * point.x));
    parts.push(front_leaf.moved(HINGE.x - 0.0032, HINGE.y, HINGE.z + 0.0023));
    let rivet = |radius: f32| {
        turned_solid(
            &[(0.0, 0.0, 0.0), (radius, 0.0, 0.0), (radius, 0.0007, 0.00035), (0.0, 0.0009, 0.0)],
            16,
            METAL_TILE_M,
            0.001,
        )
    };
    for y in [-0.0016, 0.0016] {
        let forward = Affine3A::from_rotation_translation(
            Quat::from_rotation_x(FRAC_PI_2),
            wrapped(Vec3::new(0.0648, HINGE.y + y, FRONT_THICK_M / 2.0 - 0.0005)),
        );
        parts.push(rivet(0.0009).placed(forward));
        let outward = Affine3A::from_rotation_translation(
            Quat::from_rotation_z(-FRAC_PI_2),
            Vec3::new(0.0690 + 0.0014, HINGE.y + y, -0.0205),
        );
        parts.push(rivet(0.0009).placed(outward));
    }
    Part::joined(parts)
}

/// A smooth swelling on the back of the rim, where the nose carries it.
fn nose_pad() -> Part {
    let ball = turned_solid(
        &[(0.0, -0.0065, 0.0), (0.0030, -0.0065, 0.0030), (0.0030, 0.0065, 0.0030), (0.0, 0.0065, 0.0)],
        24,
        0.02,
        0.0015,
    );
    let turn = Quat::from_rotation_z(-0.30) * Quat::from_rotation_y(0.55);
    ball.bent(|point| point * Vec3::new(0.72, 0.80, 0.70))
        .placed(Affine3A::from_rotation_translation(turn, Vec3::new(0.0083, -0.0085, -0.0032)))
}
