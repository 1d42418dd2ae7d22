//! Wall picture: an abstract print behind a bevelled mat in a smoked oak frame.

use crate::assembly::{Assembly, Ground};
use crate::shape::block::Block;
use crate::shape::curve::{corner, rounded_outline, smoothstep, subdivided};
use crate::shape::{Part, Patch, frame};
use crate::texture::noise::{layered, noise};
use crate::texture::stroke::{arch, ink, to_polyline};
use crate::texture::{Texel, Tile, skin, srgb, wood};
use glam::{Vec2, Vec3};

const WIDTH_M: f32 = 0.50;
const HEIGHT_M: f32 = 0.70;
const FACE_M: f32 = 0.021;
const DEPTH_M: f32 = 0.030;
const MAT_BORDER_M: f32 = 0.066;
const MAT_FRONT_M: f32 = 0.0190;
const MAT_THICK_M: f32 = 0.0022;

/// The whole product.
pub fn build() -> Assembly {
    let mut picture = Assembly::new("Wall picture", Ground::Wall, 0.12);
    let oak = picture.painted("Smoked oak", &wood::oak((768, 256), Vec2::new(0.5, 0.16), wood::smoked_oak()), 84);
    let mat = picture.painted("Mat board", &skin::paper(512, srgb(0xF1ECE2)), 84);
    let window = Vec2::new(WIDTH_M - 2.0 * (FACE_M + MAT_BORDER_M), HEIGHT_M - 2.0 * (FACE_M + MAT_BORDER_M));
    let print = picture.painted("Print", &artwork(window), 86);

    for (index, side) in frame::mitred(WIDTH_M, HEIGHT_M, &frame_profile(), 0.025).into_iter().enumerate() {
        let name = ["Frame bottom", "Frame right", "Frame top", "Frame left"][index];
        picture.add(name, oak, &side.cut_at(0.21 * index as f32, 0.047 * index as f32));
    }
    let inside = Vec2::new(WIDTH_M - 2.0 * FACE_M + 0.002, HEIGHT_M - 2.0 * FACE_M + 0.002);
    picture.add("Mat", mat, &Part::joined(frame::mitred(inside.x, inside.y, &mat_profile(), 0.02)));
    let sheet = Patch::from_fn(21, 29, |u, v| {
        let at = (Vec2::new(u, v) - 0.5) * (window + 0.002);
        (at.extend(MAT_FRONT_M - MAT_THICK_M - 0.0003), Vec2::new(u, v))
    });
    picture.add("Print", print, &Part::of(sheet));
    let backing = Block::new(inside.x, inside.y, 0.004, 0.0008).part().moved(0.0, 0.0, 0.0062);
    picture.add("Backing", mat, &backing);
    picture
}

/// A flat face with eased edges, a small step inwards and a lip over the mat.
fn frame_profile() -> Vec<Vec2> {
    let corners = [
        corner(0.0022, 0.0, 0.0),
        corner(0.0, 0.0008, 0.0008),
        corner(0.0, DEPTH_M, 0.0022),
        corner(FACE_M - 0.0055, DEPTH_M, 0.0016),
        corner(FACE_M - 0.0035, DEPTH_M - 0.0035, 0.0010),
        corner(FACE_M, DEPTH_M - 0.0040, 0.0012),
        corner(FACE_M, MAT_FRONT_M - 0.001, 0.0),
    ];
    subdivided(&rounded_outline(&corners, 4), 0.008)
}

/// From under the frame's lip to the window, whose edge is cut at 45 degrees.
fn mat_profile() -> Vec<Vec2> {
    let edge = MAT_BORDER_M + 0.001;
    let corners = [
        corner(0.0, MAT_FRONT_M, 0.0),
        corner(edge, MAT_FRONT_M, 0.00025),
        corner(edge + MAT_THICK_M, MAT_FRONT_M - MAT_THICK_M, 0.0),
    ];
    subdivided(&rounded_outline(&corners, 2), 0.011)
}

/// Sun, arches and hills in flat inks that leave some of the paper's tooth uncovered.
fn artwork(size_m: Vec2) -> Tile {
    let size_px = (768, (768.0 * size_m.y / size_m.x / 2.0).round() as usize * 2);
    let aspect = size_m.y / size_m.x;
    let painted = Tile::painted(size_px, size_m, |uv| {
        let tooth = layered(uv, (90, 150), 3, 1);
        let at = Vec2::new(uv.x, uv.y * aspect) + Vec2::new(noise(uv, (60, 90), 2), noise(uv, (60, 90), 3)) * 0.0012;
        let mut color = srgb(0xEFE6D6) * (1.0 + 0.018 * tooth);
        let mut film = 0.0;
        for (shape, ink_color, cover) in shapes(at) {
            let wash = layered(uv, (5, 8), 4, 7 + (cover * 100.0) as u32);
            let share = ink(shape, 0.0022) * (cover + 0.10 * wash) * smoothstep(-1.25, -0.35, tooth + 0.5 * wash);
            color = color.lerp(ink_color * (1.0 + 0.05 * wash), share.clamp(0.0, 1.0));
            film = share.max(film * (1.0 - share));
        }
        Texel { color, height_m: 0.000045 * tooth + 0.00002 * film, roughness: 0.90 - 0.22 * film, metallic: 0.0 }
    });
    painted.once()
}

/// Signed distance, ink and cover of every shape, first printed first. The sheet is 1 wide and about 1.6 high.
fn shapes(at: Vec2) -> Vec<(f32, Vec3, f32)> {
    let hill = |height: f32, swing: f32, phase: f32| at.y - height - swing * (at.x * 4.2 + phase).sin();
    let frame = (at.x - 0.5).abs() - 0.40;
    let within = |shape: f32| shape.max(frame).max(0.13 - at.y).max(at.y - 1.47);
    let mut shapes = vec![
        (within(-1.0), srgb(0xE6D3B4), 0.85),
        (within(at.distance(Vec2::new(0.63, 1.13)) - 0.205), srgb(0xD99A2B), 0.96),
        (within(arch(at, Vec2::new(0.365, 0.1), 0.205, 0.70)), srgb(0xB4532F), 0.95),
        (within(arch(at, Vec2::new(0.365, 0.1), 0.135, 0.66)), srgb(0xE9DCC6), 0.95),
        (within(arch(at, Vec2::new(0.365, 0.1), 0.078, 0.62)), srgb(0x27384C), 0.96),
        (within(hill(0.52, 0.055, 0.4)), srgb(0x8A9B7C), 0.93),
        (within(hill(0.38, 0.06, 2.4)), srgb(0x4E6658), 0.95),
        (within(hill(0.245, 0.045, 4.3)), srgb(0x27384C), 0.96),
    ];
    for blade in 0..7 {
        let lean = blade as f32 * 0.034 - 0.102;
        let foot = Vec2::new(0.735 + 0.2 * lean, 0.2);
        let middle = Vec2::new(0.735 + 0.75 * lean, 0.40 - 0.5 * lean.abs());
        let tip = Vec2::new(0.735 + 1.9 * lean, 0.57 - 1.3 * lean.abs());
        shapes.push((within(to_polyline(at, &[foot, middle, tip]) - 0.0030), srgb(0xE9DCC6), 0.92));
        let seed = (at - tip).rotate(Vec2::from_angle(-0.9 * lean * 6.0)) * Vec2::new(2.3, 1.0);
        shapes.push((within(seed.length() - 0.030), srgb(if blade % 2 == 0 { 0xD99A2B } else { 0xE9DCC6 }), 0.94));
    }
    shapes
}
