//! The sky behind the product: sharp with its sun, blurred, laid on the ground, and apart from what lights.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[allow(dead_code)]
#[path = "support/shapes.rs"]
mod shapes;

use gpu::{check_golden, frame_of, look, open};
use vitrine::{
    gpu::{Alpha, Environment, Gpu, Picture},
    math::{Affine3A, Vec3},
    model::{Material, Model, Panorama},
    scene::frame::{Background, Frame, Ground, ModelId, Sky, ToneMapping},
};

const SIZE: u32 = 128;

/// Fields of a chessboard below, seen from one metre and a half; a blue sky with a sun above +X.
fn meadow() -> Panorama {
    let (width, height) = (1024_u32, 512_u32);
    let pi = std::f32::consts::PI;
    let sun = Vec3::new(1.0, 0.5, 0.0).normalize();
    let pixel = |index: u32| {
        let polar = ((index / width) as f32 + 0.5) / height as f32 * pi;
        let around = ((index % width) as f32 + 0.5) / width as f32 * 2.0 * pi - pi;
        let toward = Vec3::new(polar.sin() * around.cos(), polar.cos(), polar.sin() * around.sin());
        if toward.dot(sun) > 0.02_f32.cos() {
            return [30_000.0, 27_000.0, 20_000.0];
        }
        if toward.y > -0.02 {
            return [0.2, 0.4, 0.9];
        }
        let floor = toward * (1.5 / -toward.y);
        let is_dark = ((floor.x + 100.0).floor() as i32 + (floor.z + 100.0).floor() as i32) % 2 == 0;
        if is_dark { [0.05, 0.25, 0.05] } else { [0.4, 0.6, 0.3] }
    };
    Panorama { width, height, pixels: (0..width * height).map(pixel).collect() }
}

fn draw(gpu: &mut Gpu, frame: &Frame) -> Vec<u8> {
    gpu.render_to_pixels(frame, SIZE, SIZE, Alpha::Opaque).expect("it draws")
}

fn pixel(pixels: &[u8], x: u32, y: u32) -> [u8; 3] {
    let start = ((y * SIZE + x) * 4) as usize;
    [pixels[start], pixels[start + 1], pixels[start + 2]]
}

#[test]
fn the_sun_is_seen_in_the_sky_and_turns_with_it() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&meadow())).expect("it fits");
    let view = look(Vec3::ZERO, Vec3::new(1.0, 0.5, 0.0), 20.0, SIZE);
    let mut frame = Frame { background: Background::Environment, ..frame_of(&Model::default(), view) };
    let pixels = draw(&mut gpu, &frame);
    assert!(pixel(&pixels, SIZE / 2, SIZE / 2).iter().all(|&part| part > 245), "the sun stands in the middle");
    assert!(pixel(&pixels, 8, 8)[0] < 200, "the sky is no sun");
    frame.light.rotation_rad = 0.5;
    assert!(pixel(&draw(&mut gpu, &frame), SIZE / 2, SIZE / 2)[0] < 200, "the sun has turned away");
}

#[test]
fn sky() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&meadow())).expect("it fits");
    let ball = Affine3A::from_translation(Vec3::Y * 0.3);
    let mut model = Model::default();
    shapes::add(&mut model, shapes::ball(0.3), Material { roughness: 0.2, ..Default::default() }, ball);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let view = look(Vec3::new(-1.6, 1.1, 0.4), Vec3::Y * 0.3, 60.0, SIZE);
    let mut frame = Frame { background: Background::Environment, ..frame_of(&model, view) };
    frame.sky.ground = Some(Ground { floor: Vec3::ZERO, height: 1.5, radius: 15.0 });
    let grounded = draw(&mut gpu, &frame);
    check_golden("sky", SIZE, &grounded);
    // The chessboard's fields are a metre wide on the floor: a metre apart two points have the two colours.
    let on_screen = |point: Vec3| {
        let clip = view.clip_from_view * view.world_from_view.inverse().transform_point3(point).extend(1.0);
        let at = |part: f32| ((part / clip.w * 0.5 + 0.5) * SIZE as f32) as u32;
        pixel(&grounded, at(clip.x), at(-clip.y))
    };
    for (x, z) in [(1, 1), (2, 1), (1, -2), (2, 0), (3, 2)] {
        let [.., blue] = on_screen(Vec3::new(x as f32 + 0.5, 0.0, z as f32 + 0.5));
        let is_dark = (x + z) % 2 == 0;
        assert_eq!(blue < 100, is_dark, "field {x} {z}: {blue}");
    }
    frame.sky = Sky { blur: 0.5, ground: None };
    let blurred = draw(&mut gpu, &frame);
    check_golden("sky_blurred", SIZE, &blurred);
    let fields: Vec<u8> = (0..SIZE).map(|x| pixel(&blurred, x, SIZE - 4)[1]).collect();
    let steepest = fields.windows(2).map(|pair| pair[0].abs_diff(pair[1])).max();
    assert!(steepest < Some(8), "blurred fields have no edges: {steepest:?}");
}

#[test]
fn a_picture_lights_and_another_is_drawn() {
    let Some(mut gpu) = open() else { return };
    // sRGB 188 is half of white.
    let grey = [188, 188, 188, 255].repeat(64 * 32);
    let red = [255, 0, 0, 255].repeat(64 * 32);
    let picture = |pixels| Environment::Picture(Picture::Rgba8 { width: 64, height: 32, pixels });
    gpu.set_environment(picture(&grey)).expect("it fits");
    let model = shapes::alone(shapes::ball(0.5), shapes::matt(1.0, 1.0, 1.0));
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let view = look(Vec3::Z * 3.0, Vec3::ZERO, 40.0, SIZE);
    let tone_mapping = ToneMapping::None;
    let frame = Frame { background: Background::Environment, tone_mapping, ..frame_of(&model, view) };
    let lit = draw(&mut gpu, &frame);
    for part in pixel(&lit, 2, 2).into_iter().chain(pixel(&lit, SIZE / 2, SIZE / 2)) {
        assert!(part.abs_diff(188) <= 2, "{part} of 188: a white ball in grey surroundings is as grey");
    }
    gpu.set_sky(Some(picture(&red))).expect("it fits");
    let apart = draw(&mut gpu, &frame);
    assert_eq!(pixel(&apart, 2, 2), [255, 0, 0]);
    assert_eq!(pixel(&apart, SIZE / 2, SIZE / 2), pixel(&lit, SIZE / 2, SIZE / 2));
    gpu.set_sky(Some(Environment::Studio)).expect("there is nothing to be wrong");
    assert_ne!(pixel(&draw(&mut gpu, &frame), 2, 2), [255, 0, 0]);
    gpu.set_sky(None).expect("there is nothing to be wrong");
    assert_eq!(draw(&mut gpu, &frame), lit);
}
