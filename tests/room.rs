//! Products in a room by numbers: what the room's own things hide of them, and its light on them.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[allow(dead_code)]
#[path = "support/shapes.rs"]
mod shapes;

use gpu::{frame_of, look, open};
use std::f32::consts::PI;
use vitrine::{
    color::decode_srgb,
    gpu::{Alpha, Gpu},
    math::{Mat4, Vec3, Vec4},
    model::{AlphaMode, Material},
    scene::frame::{Background, Frame, ModelId, Rest, RoomDepth, ToneMapping, View},
};

const SIZE: u32 = 64;
/// Depth pictures are coarse.
const DEPTH: [u32; 2] = [16, 12];

/// From two metres ahead.
fn eye() -> View {
    look(Vec3::new(0.0, 0.0, 2.0), Vec3::ZERO, 60.0, SIZE)
}

/// Depth of this view, of what `metres` says at a place from the upper left corner, 0..1.
fn depth(view: &View, metres: impl Fn(f32, f32) -> f32) -> RoomDepth {
    let place_from_clip = Mat4::from_cols(
        Vec4::new(0.5, 0.0, 0.0, 0.0),
        Vec4::new(0.0, -0.5, 0.0, 0.0),
        Vec4::ZERO,
        Vec4::new(0.5, 0.5, 0.0, 1.0),
    );
    let texel = |index: u32| {
        let [x, y] = [index % DEPTH[0], index / DEPTH[0]];
        let [x, y] = [(x as f32 + 0.5) / DEPTH[0] as f32, (y as f32 + 0.5) / DEPTH[1] as f32];
        (metres(x, y) * 1000.0) as u16
    };
    RoomDepth {
        size: DEPTH,
        millimetres: (0..DEPTH[0] * DEPTH[1]).map(texel).collect(),
        depth_from_world: place_from_clip * view.clip_from_view * Mat4::from(view.world_from_view.inverse()),
    }
}

/// A card of this material that fills the picture, two metres ahead.
fn card_of(gpu: &mut Gpu, material: Material) -> Frame {
    let model = shapes::alone(shapes::card(2.0), material);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    Frame { background: Background::Room, tone_mapping: ToneMapping::None, ..frame_of(&model, eye()) }
}

fn draw(gpu: &mut Gpu, frame: &Frame) -> Vec<u8> {
    gpu.render_to_pixels(frame, SIZE, SIZE, Alpha::Straight).expect("it draws")
}

fn alpha(pixels: &[u8], x: u32, y: u32) -> u8 {
    pixels[(4 * (y * SIZE + x) + 3) as usize]
}

#[test]
fn what_is_behind_the_rooms_things_is_hidden_with_a_soft_edge() {
    let Some(mut gpu) = open() else { return };
    let blended = Material { alpha_mode: AlphaMode::Blend, ..shapes::matt(1.0, 1.0, 1.0) };
    let masked = Material { alpha_mode: AlphaMode::Mask { cutoff: 0.5 }, ..shapes::matt(1.0, 1.0, 1.0) };
    for material in [shapes::matt(1.0, 1.0, 1.0), blended, masked] {
        let mut frame = card_of(&mut gpu, material);
        frame.room_depths = vec![depth(&eye(), |x, _| if x < 0.5 { 1.0 } else { 3.0 })];
        let pixels = draw(&mut gpu, &frame);
        assert!(alpha(&pixels, 8, 32) < 3, "a thing a metre ahead hides it: {}", alpha(&pixels, 8, 32));
        assert!(alpha(&pixels, 56, 32) > 252, "before a wall it is seen: {}", alpha(&pixels, 56, 32));
        let edge: Vec<u8> = (20..44).map(|x| alpha(&pixels, x, 32)).collect();
        assert!(
            edge.windows(2).all(|pair| pair[1].saturating_add(8) >= pair[0] && pair[1].saturating_sub(pair[0]) < 90),
            "{edge:?}"
        );
        assert!(edge.iter().filter(|alpha| (20..235).contains(*alpha)).count() >= 3, "the edge is soft: {edge:?}");
    }
}

/// The light of a pixel halfway down the picture.
fn seen(gpu: &mut Gpu, frame: &Frame, x: u32) -> Vec3 {
    let pixels = draw(gpu, frame);
    let place = (4 * (32 * SIZE + x)) as usize;
    let light = [0, 1, 2].map(|part| decode_srgb(f32::from(pixels[place + part]) / 255.0));
    Vec3::from_array(light) / frame.exposure
}

#[test]
fn unknown_depth_noise_and_broken_depth_hide_nothing() {
    let Some(mut gpu) = open() else { return };
    let mut frame = card_of(&mut gpu, shapes::matt(1.0, 1.0, 1.0));
    for metres in [0.0, 1.98, 2.0, 2.02] {
        frame.room_depths = vec![depth(&eye(), |_, _| metres)];
        assert!(alpha(&draw(&mut gpu, &frame), 32, 32) > 252, "{metres} m ahead");
    }
    let sound = depth(&eye(), |_, _| 1.0);
    for broken in [
        vec![RoomDepth { size: [16, 11], ..sound.clone() }],
        vec![RoomDepth { size: [0, 0], millimetres: Vec::new(), ..sound.clone() }],
        vec![sound.clone(), sound.clone()],
    ] {
        frame.room_depths = broken;
        assert!(alpha(&draw(&mut gpu, &frame), 32, 32) > 252);
    }
}

#[test]
fn what_a_product_stands_on_never_hides_it() {
    let Some(mut gpu) = open() else { return };
    let mut frame = card_of(&mut gpu, shapes::matt(1.0, 1.0, 1.0));
    // Seen from above, the device takes the floor in front of the foot for 15 cm nearer than it is.
    let view = look(Vec3::new(0.0, 1.5, 2.0), Vec3::new(0.0, 0.0, 0.2), 40.0, SIZE);
    frame.views = vec![view];
    let eye = Vec3::new(0.0, 1.5, 2.0);
    let ahead = (Vec3::new(0.0, 0.0, 0.2) - eye).normalize();
    let floor_ahead = (Vec3::new(0.0, 0.02, 0.0) - eye).dot(ahead) - 0.15;
    frame.room_depths = vec![depth(&view, |_, _| floor_ahead)];
    let low = {
        let clip = (view.clip_from_view * Mat4::from(view.world_from_view.inverse())).project_point3(Vec3::Y * 0.02);
        ((1.0 - clip.y) * 0.5 * SIZE as f32) as u32
    };
    assert!(alpha(&draw(&mut gpu, &frame), 32, low) < 200, "without knowing the floor it would be hidden");
    frame.rests = vec![Rest { place: Vec3::Y * 0.1, normal: Vec3::Y, radius: 1.0 }];
    assert!(alpha(&draw(&mut gpu, &frame), 32, low) > 252, "what is no higher than the floor hides nothing on it");
}

#[test]
fn harmonics_light_each_side_by_what_arrives_there_and_go_again() {
    let Some(mut gpu) = open() else { return };
    let chalk = Material { ior: 1.0, ..shapes::matt(1.0, 1.0, 1.0) };
    let mut frame = card_of(&mut gpu, chalk);
    frame.exposure = 0.5;
    let seen = |gpu: &mut Gpu, frame: &Frame| seen(gpu, frame, 32);
    let before = seen(&mut gpu, &frame);
    // Radiance 0.6 + 0.6 z, reddish: a matt white card that faces +Z sends 0.6 + 0.4.
    let mut harmonics = [Vec3::ZERO; 9];
    let tint = Vec3::new(1.0, 0.5, 0.5);
    harmonics[0] = tint * (0.6 * 0.282_095 * 4.0 * PI);
    harmonics[2] = tint * (0.6 * 0.488_603 * 4.0 * PI / 3.0);
    frame.harmonics = Some(harmonics);
    let lit = seen(&mut gpu, &frame);
    assert!((lit - tint).abs().max_element() < 0.03, "{lit}");
    // The same again: what was there is used.
    assert!((seen(&mut gpu, &frame) - lit).abs().max_element() < 1e-3);
    frame.harmonics = None;
    assert_eq!(seen(&mut gpu, &frame), before);
}

/// A room of brightness 1 with a window of another colour behind the eye.
fn reflections(window: Vec3) -> Vec<Vec3> {
    let mut texels = vec![Vec3::ONE; 6 * 256];
    for (row, column) in (6..10).flat_map(|row| (6..10).map(move |column| (row, column))) {
        texels[4 * 256 + row * 16 + column] = window;
    }
    texels
}

#[test]
fn polished_metal_mirrors_the_room_once_all_of_it_is_there_and_rough_metal_its_white() {
    let Some(mut gpu) = open() else { return };
    let metal = |roughness| Material { metallic: 1.0, roughness, ..shapes::matt(1.0, 1.0, 1.0) };
    let mut frame = card_of(&mut gpu, metal(0.0));
    frame.exposure = 0.25;
    let studio = seen(&mut gpu, &frame, 32);
    let mut harmonics = [Vec3::ZERO; 9];
    let white = Vec3::new(1.05, 0.99, 0.95);
    harmonics[0] = white * (0.8 / 0.282_095);
    frame.harmonics = Some(harmonics);
    let in_room = seen(&mut gpu, &frame, 32);
    let window = Vec3::new(1.0, 2.0, 3.0);
    frame.reflections = reflections(window);
    // A face a frame.
    for _ in 0..5 {
        assert!((seen(&mut gpu, &frame, 32) - in_room).abs().max_element() < 1e-3, "no half of a room is shown");
    }
    let mean = white.element_sum() / 3.0 * 0.8;
    let mirrored = seen(&mut gpu, &frame, 32);
    assert!((mirrored - window * mean).abs().max_element() < 0.04, "{mirrored} where the window is");
    let beside = seen(&mut gpu, &frame, 4);
    assert!((beside - mean).abs().max_element() < 0.03, "{beside} beside it");

    // Wholly rough, it has the one tint of the room's light.
    let mut rough = card_of(&mut gpu, metal(1.0));
    (rough.exposure, rough.harmonics) = (frame.exposure, frame.harmonics);
    rough.reflections = reflections(Vec3::new(0.0, 0.0, 60.0));
    (0..6).for_each(|_| drop(draw(&mut gpu, &rough)));
    let light = seen(&mut gpu, &rough, 32);
    let brightness = light.dot(Vec3::new(0.2126, 0.7152, 0.0722));
    let tint = white / white.dot(Vec3::new(0.2126, 0.7152, 0.0722));
    assert!((light / brightness - tint).abs().max_element() < 0.02, "{light} is not as white as {tint}");

    // Without it the studio's structure is back, and outside of a room the studio.
    let mut frame = card_of(&mut gpu, metal(0.0));
    (frame.exposure, frame.harmonics) = (0.25, Some(harmonics));
    assert!((seen(&mut gpu, &frame, 32) - in_room).abs().max_element() < 1e-3);
    frame.harmonics = None;
    assert_eq!(seen(&mut gpu, &frame, 32), studio);
}
