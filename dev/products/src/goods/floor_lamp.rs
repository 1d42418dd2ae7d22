//! Floor lamp: a spun brass foot, a slim stem, a linen shade with light inside.

use super::{brass, turned_solid};
use crate::assembly::{Assembly, Ground, MaterialId};
use crate::shape::curve::{bump, rounded_rectangle};
use crate::shape::sweep::Sweep;
use crate::shape::{Part, lathe, shell};
use crate::texture::fabric::{Yarn, linen};
use crate::texture::{Tile, metal, srgb};
use glam::{Affine3A, Quat, Vec2, Vec3};
use std::f32::consts::{FRAC_PI_2, TAU};

const SHADE_BOTTOM_M: f32 = 1.218;
const SHADE_TOP_M: f32 = 1.532;
const SHADE_BOTTOM_RADIUS_M: f32 = 0.205;
const SHADE_TOP_RADIUS_M: f32 = 0.158;
const BULB_M: f32 = 1.372;
const BRASS_TILE_M: f32 = 0.10;

/// The whole product.
pub fn build() -> Assembly {
    let mut lamp = Assembly::new("Floor lamp", Ground::Floor, 0.30);
    let brass = lamp.painted("Brushed brass", &metal::brushed(512, BRASS_TILE_M, brass(), 0.30, 3.0e-6), 82);
    let shade = shade_material(&mut lamp);
    let glow = lamp.plain("Bulb", Vec3::splat(0.9), 0.0, 0.4);
    lamp.material_mut(glow).emissive = [1.0, 0.86, 0.62];

    lamp.add("Foot", brass, &foot());
    lamp.add("Stem", brass, &stem());
    lamp.add("Dimmer", brass, &dimmer());
    lamp.add("Shade", shade, &shade_wall());
    lamp.add("Shade rims", shade, &shade_rims());
    lamp.add("Shade carrier", brass, &carrier());
    lamp.add("Bulb", glow, &bulb());
    lamp
}

fn slant_m() -> f32 {
    (SHADE_TOP_M - SHADE_BOTTOM_M).hypot(SHADE_BOTTOM_RADIUS_M - SHADE_TOP_RADIUS_M)
}

/// Linen whose tile is as high as the shade, so that the light's fall from the bulb can lie in the same coordinates.
fn shade_material(lamp: &mut Assembly) -> MaterialId {
    let cloth = linen(1024, slant_m(), 260, Yarn { deep: srgb(0x7E6E55), light: srgb(0xB9AB90) });
    let shade = lamp.painted("Linen shade", &cloth, 72);
    let light = lamp.picture("Linen shade light".into(), (512, 512), light_through(&cloth), 78, true);
    let material = lamp.material_mut(shade);
    material.emissive_picture = Some(light);
    material.emissive = [1.0; 3];
    shade
}

/// Light through the cloth, half the cloth's size: strongest beside the bulb, warmer where it is weak, dimmer in slubs.
fn light_through(cloth: &Tile) -> Vec<u8> {
    let (width, height) = cloth.size_px;
    let bulb_v = (BULB_M - SHADE_BOTTOM_M) / (SHADE_TOP_M - SHADE_BOTTOM_M);
    let mut bytes = Vec::new();
    for row in (0..height).step_by(2) {
        let v = 1.0 - (row as f32 + 0.5) / height as f32;
        let strength = 0.24 + 0.58 * bump(v - bulb_v, 0.30);
        for column in (0..width).step_by(2) {
            let thread = cloth.texels[row * width + column].color.x / 0.72;
            let light = strength * (1.28 - 0.42 * thread);
            let color = srgb(0xFF9E4A).lerp(srgb(0xFFE2B0), (strength * 1.2).min(1.0)) * light;
            bytes.extend(color.to_array().map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8));
        }
    }
    bytes
}

fn foot() -> Part {
    let dish = [
        (0.0, 0.0, 0.0),
        (0.138, 0.0, 0.002),
        (0.140, 0.012, 0.004),
        (0.128, 0.019, 0.02),
        (0.030, 0.0235, 0.012),
        (0.0165, 0.031, 0.004),
        (0.0165, 0.058, 0.003),
        (0.0, 0.058, 0.0),
    ];
    turned_solid(&dish, 80, BRASS_TILE_M, 0.02)
}

fn stem() -> Part {
    let tube = |bottom: f32, top: f32, radius: f32| {
        turned_solid(
            &[(0.0, bottom, 0.0), (radius, bottom, 0.0015), (radius, top, 0.0015), (0.0, top, 0.0)],
            24,
            BRASS_TILE_M,
            0.06,
        )
    };
    let joint = [
        (0.0, 0.688, 0.0),
        (0.009, 0.688, 0.001),
        (0.0118, 0.694, 0.002),
        (0.0118, 0.712, 0.002),
        (0.009, 0.718, 0.001),
        (0.0, 0.718, 0.0),
    ];
    let socket = [
        (0.0, 1.262, 0.0),
        (0.010, 1.262, 0.002),
        (0.019, 1.276, 0.005),
        (0.019, 1.326, 0.0015),
        (0.014, 1.330, 0.001),
        (0.0, 1.330, 0.0),
    ];
    Part::joined([
        tube(0.05, 1.27, 0.0085),
        turned_solid(&joint, 32, BRASS_TILE_M, 0.02),
        turned_solid(&socket, 32, BRASS_TILE_M, 0.02),
    ])
}

/// A turning knob on the stem, with a milled rim.
fn dimmer() -> Part {
    let knob = turned_solid(
        &[
            (0.0, 0.0, 0.0),
            (0.0055, 0.0, 0.0),
            (0.0055, 0.010, 0.0),
            (0.0095, 0.0105, 0.001),
            (0.0095, 0.022, 0.0015),
            (0.0, 0.0226, 0.0),
        ],
        72,
        BRASS_TILE_M,
        0.004,
    );
    let milled = knob.bent(|point| {
        let radius = point.x.hypot(point.z);
        let groove = if radius > 0.0088 { 1.0 - 0.035 * (18.0 * point.x.atan2(point.z)).cos().max(0.0) } else { 1.0 };
        Vec3::new(point.x * groove, point.y, point.z * groove)
    });
    milled.placed(Affine3A::from_rotation_translation(Quat::from_rotation_x(FRAC_PI_2), Vec3::new(0.0, 1.06, 0.0045)))
}

fn shade_wall() -> Part {
    let rows = 10;
    let profile: Vec<Vec2> = (0..=rows)
        .map(|row| row as f32 / rows as f32)
        .map(|share| {
            Vec2::new(SHADE_BOTTOM_RADIUS_M, SHADE_BOTTOM_M).lerp(Vec2::new(SHADE_TOP_RADIUS_M, SHADE_TOP_M), share)
        })
        .collect();
    let middle = lathe::turned(&profile, 80, slant_m());
    Part { patches: middle.patches.iter().flat_map(|patch| shell::thickened(patch, 0.0016).patches).collect() }
}

/// The tape folded over both edges.
fn shade_rims() -> Part {
    let rim = |radius: f32, height: f32| {
        let section = rounded_rectangle(0.0042, 0.010, 0.0019, 2);
        let mut profile: Vec<Vec2> = section.iter().map(|point| *point + Vec2::new(radius, height)).collect();
        profile.dedup_by(|a, b| a.distance(*b) < 1e-7);
        lathe::turned(&profile, 80, slant_m()).cut_at(0.0, 0.02 * slant_m())
    };
    Part::joined([rim(SHADE_BOTTOM_RADIUS_M, SHADE_BOTTOM_M + 0.004), rim(SHADE_TOP_RADIUS_M, SHADE_TOP_M - 0.004)])
}

/// Three arms from the stem's rod to the upper rim, the rod round the bulb, the finial.
fn carrier() -> Part {
    let mut parts = Vec::new();
    let hub_m = SHADE_TOP_M - 0.024;
    for arm in 0..3 {
        let (sin, cos) = (TAU * (arm as f32 + 0.25) / 3.0).sin_cos();
        let end = Vec3::new(cos, 0.0, sin) * (SHADE_TOP_RADIUS_M - 0.001) + Vec3::Y * (SHADE_TOP_M - 0.008);
        parts.push(Sweep::tube(vec![Vec3::Y * hub_m, end], 0.0016, 10, Vec3::Y).part());
    }
    for side in [-1.0, 1.0] {
        // The harp: two wires that leave the socket, pass the bulb and meet under the hub.
        let wire = (0..=14).map(|step| step as f32 / 14.0).map(|share| {
            let out = 0.052 * (share * std::f32::consts::PI).sin().max(0.0).powf(0.7) + 0.006;
            Vec3::new(side * out, 1.270 + share * (hub_m - 1.270), 0.0)
        });
        parts.push(Sweep::tube(wire.collect(), 0.0016, 10, Vec3::Z).part());
    }
    let hub = [
        (0.0, -0.010, 0.0),
        (0.010, -0.010, 0.002),
        (0.010, 0.004, 0.002),
        (0.0045, 0.007, 0.001),
        (0.0045, 0.020, 0.0),
        (0.0095, 0.026, 0.004),
        (0.0095, 0.036, 0.005),
        (0.004, 0.0425, 0.003),
        (0.0, 0.0425, 0.0),
    ];
    parts.push(turned_solid(&hub, 32, BRASS_TILE_M, 0.01).moved(0.0, hub_m, 0.0));
    Part::joined(parts)
}

fn bulb() -> Part {
    let globe = [
        (0.0, -0.046, 0.0),
        (0.0135, -0.046, 0.001),
        (0.0135, -0.032, 0.010),
        (0.034, -0.010, 0.03),
        (0.034, 0.034, 0.033),
        (0.0, 0.034, 0.0),
    ];
    turned_solid(&globe, 32, 0.1, 0.01).moved(0.0, BULB_M, 0.0)
}
