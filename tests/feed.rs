//! A camera's picture with products in it: what covers it, what hides them, what is seen through glass.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[allow(dead_code)]
#[path = "support/shapes.rs"]
mod shapes;

use gpu::{frame_of, look, open};
use shapes::{alone, ball, card, matt};
use vitrine::{
    gpu::{Alpha, Gpu, Picture},
    math::Vec3,
    model::{Material, Model, Primitive, Transmission},
    scene::frame::{Body, Feed, Frame, ModelId, ToneMapping},
};

const SIZE: u32 = 64;
/// What the camera sees: two colours, left and right.
const LEFT: [u8; 4] = [200, 90, 40, 255];
const RIGHT: [u8; 4] = [20, 12, 250, 255];

fn camera_picture() -> Vec<u8> {
    (0..SIZE * SIZE).flat_map(|pixel| if pixel % SIZE < SIZE / 2 { LEFT } else { RIGHT }).collect()
}

/// The picture of a model 1 m before a camera that sees 2 by 2 m there, as rows of pixels.
fn drawn(gpu: &mut Gpu, model: &Model, change: impl Fn(&mut Frame)) -> Vec<[u8; 4]> {
    gpu.upload_model(ModelId(1), model).expect("it is small");
    let pixels = camera_picture();
    let picture = Picture::Rgba8 { width: SIZE, height: SIZE, pixels: &pixels };
    gpu.set_feed(&picture, wgpu::TextureFormat::Rgba8Unorm).expect("it is a picture");
    let view = look(Vec3::Z, Vec3::ZERO, 90.0, SIZE);
    let mut frame = Frame { feed: Some(Feed::default()), ..frame_of(model, view) };
    change(&mut frame);
    let pixels = gpu.render_to_pixels(&frame, SIZE, SIZE, Alpha::Straight).expect("it is drawn");
    pixels.as_chunks().0.to_vec()
}

fn at(pixels: &[[u8; 4]], x: u32, y: u32) -> [u8; 4] {
    pixels[(y * SIZE + x) as usize]
}

fn assert_near(found: [u8; 4], expected: [u8; 4], within: u8, what: &str) {
    let is_near = found.iter().zip(expected).all(|(found, expected)| found.abs_diff(expected) <= within);
    assert!(is_near, "{what}: {found:?} instead of {expected:?}");
}

/// A ball as a body that hides.
fn body(radius: f32, center: Vec3, edge_m: f32) -> Body {
    let Primitive { positions, normals, indices, .. } = ball(radius);
    Body {
        positions: positions.into_iter().map(|position| position + center).collect(),
        edges: normals.into_iter().map(|normal| normal * edge_m).collect(),
        indices,
    }
}

#[test]
fn a_camera_keeps_its_colours_under_every_tone_and_exposure() {
    let Some(mut gpu) = open() else { return };
    let model = alone(card(0.1), matt(1.0, 0.0, 0.0));
    for tone_mapping in [ToneMapping::Neutral, ToneMapping::Agx, ToneMapping::Aces, ToneMapping::None] {
        for exposure in [0.4, 1.0, 3.0] {
            let pixels =
                drawn(&mut gpu, &model, |frame| (frame.tone_mapping, frame.exposure) = (tone_mapping, exposure));
            assert_near(at(&pixels, 4, 4), LEFT, 1, "left");
            assert_near(at(&pixels, 60, 60), RIGHT, 1, "right");
            let [red, green, blue, _] = at(&pixels, 32, 32);
            assert!(red - green > 60 && red - blue > 60, "the product is red: {:?}", at(&pixels, 32, 32));
        }
    }
}

#[test]
fn a_product_looks_as_it_does_without_a_camera() {
    let Some(mut gpu) = open() else { return };
    let model = alone(card(0.3), matt(0.2, 0.5, 0.1));
    let with = drawn(&mut gpu, &model, |_| {});
    let without = drawn(&mut gpu, &model, |frame| frame.feed = None);
    assert_near(at(&with, 32, 32), at(&without, 32, 32), 1, "the middle");
    assert_eq!(at(&without, 4, 4)[3], 0, "there is nothing without a camera");
}

#[test]
fn a_body_hides_what_lies_behind_and_nothing_before() {
    let Some(mut gpu) = open() else { return };
    let model = alone(card(0.4), matt(1.0, 0.0, 0.0));
    let behind = drawn(&mut gpu, &model, |frame| {
        frame.feed.as_mut().expect("there is one").body = body(0.1, Vec3::Z * 0.3, 0.0);
    });
    assert_near(at(&behind, 30, 32), LEFT, 1, "hidden");
    assert!(at(&behind, 22, 22)[0] > 150 && at(&behind, 22, 22)[2] < 60, "not hidden: {:?}", at(&behind, 22, 22));
    let before = drawn(&mut gpu, &model, |frame| {
        frame.feed.as_mut().expect("there is one").body = body(0.1, Vec3::Z * -0.3, 0.05);
    });
    assert!(before == drawn(&mut gpu, &model, |_| {}), "a body behind hides nothing");
}

#[test]
fn its_outline_fades() {
    let Some(mut gpu) = open() else { return };
    let model = alone(card(0.45), matt(0.0, 1.0, 0.0));
    // The outline of a ball of 10 cm, near.
    let row = |edge_m: f32, gpu: &mut Gpu| {
        let pixels = drawn(gpu, &model, |frame| {
            frame.views = vec![look(Vec3::Z, Vec3::ZERO, 20.0, SIZE)];
            frame.feed.as_mut().expect("there is one").body = body(0.1, Vec3::Z * 0.2, edge_m);
        });
        (40..SIZE).map(|x| i32::from(at(&pixels, x, 32)[1])).collect::<Vec<_>>()
    };
    let between = |row: &[i32]| row.iter().filter(|green| (30..220).contains(*green)).count();
    let (sharp, soft) = (row(0.0, &mut gpu), row(0.02, &mut gpu));
    assert!(between(&sharp) <= 1, "{sharp:?}");
    assert!(between(&soft) >= 2, "{soft:?}");
    assert!(soft.windows(2).all(|pair| pair[1] >= pair[0] - 4), "it only rises: {soft:?}");
}

#[test]
fn glass_shows_the_camera() {
    let Some(mut gpu) = open() else { return };
    let through = Some(Transmission { strength: 1.0, ..Default::default() });
    let clear = Material { metallic: 0.0, roughness: 0.0, ior: 1.0, transmission: through, ..Default::default() };
    let pixels = drawn(&mut gpu, &alone(card(0.3), clear), |_| {});
    assert_near(at(&pixels, 26, 32), LEFT, 12, "through glass");
    assert_near(at(&pixels, 40, 32), RIGHT, 24, "through glass");
    let pixels = drawn(&mut gpu, &alone(card(0.3), matt(1.0, 1.0, 1.0)), |_| {});
    assert!(at(&pixels, 40, 32)[0] > 100, "not through paper");
}
