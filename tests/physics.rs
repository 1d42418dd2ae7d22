//! Light by numbers: what goes in comes out, and the screen gets what the tone curve says.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[path = "physics/lobes.rs"]
mod lobes;
#[allow(dead_code)]
#[path = "support/shapes.rs"]
mod shapes;

use gpu::{frame_of, look, open};
use vitrine::{
    color::{aces, agx, decode_srgb, encode_srgb, pbr_neutral},
    gpu::{Alpha, Environment},
    math::{Aabb, Affine3A, Vec3, Vec4},
    model::{Material, Panorama},
    scene::frame::{Frame, ModelId, Occlusion, ToneMapping},
};

const SIZE: u32 = 64;

fn uniform_panorama(light: f32) -> Panorama {
    Panorama { width: 64, height: 32, pixels: vec![[light; 3]; 64 * 32] }
}

/// Linear light of every pixel well inside the ball, from a frame without tone curve.
fn ball_under_white(gpu: &mut vitrine::gpu::Gpu, material: Material, exposure: f32) -> Vec<Vec3> {
    let model = shapes::alone(shapes::ball(1.0), material);
    gpu.upload_model(ModelId(1), &model).expect("a ball fits");
    let view = look(Vec3::new(0.0, 0.0, 4.0), Vec3::ZERO, 30.0, SIZE);
    let frame = Frame { tone_mapping: ToneMapping::None, exposure, ..frame_of(&model, view) };
    let pixels = gpu.render_to_pixels(&frame, SIZE, SIZE, Alpha::Straight).expect("it draws");
    let solid = pixels.chunks(4).filter(|pixel| pixel[3] == 255);
    let linear = solid.map(|pixel| Vec3::from_array([0, 1, 2].map(|part| decode_srgb(f32::from(pixel[part]) / 255.0))));
    linear.collect()
}

#[test]
fn white_furnace() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&uniform_panorama(1.0))).expect("a panorama");
    for metallic in [0.0, 1.0] {
        for roughness in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
            let material = Material { base_color: Vec4::ONE, metallic, roughness, ..Default::default() };
            // Half the light, so that too much of it is seen as well.
            let pixels = ball_under_white(&mut gpu, material, 0.5);
            assert!(pixels.len() > 1000, "the ball fills the picture");
            for pixel in pixels {
                let error = (pixel * 2.0 - 1.0).abs().max_element();
                assert!(error < 0.02, "metallic {metallic}, roughness {roughness}: {} instead of 1", pixel * 2.0);
            }
        }
    }
}

#[test]
fn a_dark_metal_gives_back_its_colour() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&uniform_panorama(1.0))).expect("a panorama");
    let gold = Vec3::new(0.9, 0.6, 0.3);
    let material = Material { base_color: gold.extend(1.0), metallic: 1.0, roughness: 0.1, ..Default::default() };
    let pixels = ball_under_white(&mut gpu, material, 1.0);
    // The middle of the ball, looked at from straight above; its rim is white (Fresnel).
    let least = pixels.iter().copied().reduce(Vec3::min).expect("there are pixels");
    assert!((least - gold).abs().max_element() < 0.02, "{least} instead of {gold}");
}

#[test]
fn a_sun_beyond_half_floats_keeps_its_light() {
    let Some(mut gpu) = open() else { return };
    // One pixel of the upper half; its light on a matt surface facing it is its solid angle over pi.
    let mut panorama = uniform_panorama(0.0);
    let (column, row, sun) = (32, 10, 400_000.0_f32);
    panorama.pixels[row * 64 + column] = [sun; 3];
    gpu.set_environment(Environment::Panorama(&panorama)).expect("a panorama");
    let pi = std::f32::consts::PI;
    let polar = (row as f32 + 0.5) / 32.0 * pi;
    let solid_angle = (pi / 32.0) * (2.0 * pi / 64.0) * polar.sin();
    let expected = sun * solid_angle / pi;

    let model = shapes::alone(shapes::card(1.0), shapes::matt(0.5, 0.5, 0.5));
    gpu.upload_model(ModelId(1), &model).expect("a card fits");
    let around = (column as f32 + 0.5) / 64.0 * 2.0 * pi - pi;
    let toward = Vec3::new(polar.sin() * around.cos(), polar.cos(), polar.sin() * around.sin());
    let mut frame = frame_of(&model, look(toward * 4.0, Vec3::ZERO, 20.0, SIZE));
    frame.opaque[0].world_from_node =
        vitrine::math::Affine3A::from_quat(glam::Quat::from_rotation_arc(Vec3::Z, toward));
    frame.tone_mapping = ToneMapping::None;
    frame.exposure = 0.5 / expected;
    let pixels = gpu.render_to_pixels(&frame, SIZE, SIZE, Alpha::Straight).expect("it draws");
    let middle = ((SIZE / 2 * SIZE + SIZE / 2) * 4) as usize;
    // Half of it diffuse; the dielectric's 4 % reflection of a full sun at roughness 1 comes on top.
    let light = decode_srgb(f32::from(pixels[middle]) / 255.0) * 2.0;
    assert!((0.47..0.57).contains(&light), "{light} of the sun's light");
}

#[test]
fn the_screen_gets_what_the_twin_says() {
    let Some(mut gpu) = open() else { return };
    let curves = [
        (ToneMapping::Neutral, pbr_neutral as fn(Vec3) -> Vec3),
        (ToneMapping::Agx, agx),
        (ToneMapping::Aces, aces),
        (ToneMapping::None, |light| light),
    ];
    let view = look(Vec3::new(0.0, 0.0, 1.0), Vec3::ZERO, 30.0, 4);
    // From far below the darkest grey to a lamp, in white and in strong colours.
    let ramp = (-8..4).map(|stops| (stops as f32).exp2());
    for color in [[1.0, 1.0, 1.0], [1.0, 0.55, 0.28], [0.1, 0.02, 1.0], [0.9, 0.25, 0.75]].map(Vec3::from_array) {
        let material = Material { base_color: color.extend(1.0), unlit: true, ..Default::default() };
        let model = shapes::alone(shapes::card(1.0), material);
        gpu.upload_model(ModelId(1), &model).expect("a card fits");
        for (exposure, (tone_mapping, twin)) in ramp.clone().flat_map(|exposure| curves.map(|curve| (exposure, curve)))
        {
            let frame = Frame { tone_mapping, exposure, ..frame_of(&model, view) };
            let pixels = gpu.render_to_pixels(&frame, 4, 4, Alpha::Premultiplied).expect("it draws");
            for (part, expected) in twin(color * exposure).to_array().into_iter().enumerate() {
                let expected = encode_srgb(expected.clamp(0.0, 1.0)) * 255.0;
                let error = (f32::from(pixels[part]) - expected).abs();
                assert!(
                    error <= 1.0,
                    "{color} times {exposure} by {tone_mapping:?}: {} instead of {expected}",
                    pixels[part]
                );
            }
        }
    }
}

#[test]
fn an_open_plane_and_a_ball_alone_lose_no_light() {
    let Some(mut gpu) = open() else { return };
    // Bright above, dark below, a coloured lamp aside.
    let mut panorama = uniform_panorama(0.2);
    panorama.pixels[..64 * 12].fill([1.0; 3]);
    (0..8).for_each(|row| panorama.pixels[(10 + row) * 64 + 20..][..6].fill([6.0, 3.0, 1.0]));
    gpu.set_environment(Environment::Panorama(&panorama)).expect("a panorama");
    // What the surface itself throws back does not quite cancel: 4.1 % were measured.
    for (shape, most) in [(shapes::card(1.0), 0.05), (shapes::ball(1.0), 0.05)] {
        let model = shapes::alone(shape, shapes::matt(0.6, 0.6, 0.6));
        gpu.upload_model(ModelId(1), &model).expect("it fits");
        let view = look(Vec3::new(1.0, 1.5, 4.0), Vec3::ZERO, 30.0, SIZE);
        let without = Frame { tone_mapping: ToneMapping::None, exposure: 0.5, ..frame_of(&model, view) };
        let points = model.meshes[0].primitives[0].positions.iter().copied();
        let bounds = Aabb::around(points);
        let occlusion = Occlusion { item: 1, world_from_item: Affine3A::IDENTITY, bounds, version: 1 };
        let with = Frame { occlusions: vec![occlusion], ..without.clone() };
        let [without, with] = [without, with].map(|frame| {
            let pixels = gpu.render_to_pixels(&frame, SIZE, SIZE, Alpha::Straight).expect("it draws");
            let solid = pixels.chunks(4).filter(|pixel| pixel[3] == 255);
            let light = solid.map(|pixel| decode_srgb(f32::from(pixel[1]) / 255.0)).collect::<Vec<_>>();
            light.iter().sum::<f32>() / light.len() as f32
        });
        assert!((with / without - 1.0).abs() < most, "{with} instead of {without}");
    }
}
