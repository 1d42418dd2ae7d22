//! Lamps and the light of real surroundings by numbers, and the shadow of the strongest lamp.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[allow(dead_code)]
#[path = "support/shapes.rs"]
mod shapes;

use gpu::{frame_of, look, open};
use std::{f32::consts::PI, fs, path::Path};
use vitrine::{
    color::decode_srgb,
    gpu::{Alpha, Environment, Gpu},
    import::radiance::read_hdr,
    math::{Aabb, Affine3A, Quat, Vec3},
    model::{Lamp, LampKind, Material, Model, Node, Panorama},
    scene::frame::{Frame, ModelId, ToneMapping},
};

const SIZE: u32 = 64;

/// No light but lamps.
fn darkness() -> Panorama {
    Panorama { width: 4, height: 2, pixels: vec![[0.0; 3]; 8] }
}

/// Matt, and without the reflection that every other surface has.
fn chalk() -> Material {
    Material { ior: 1.0, ..shapes::matt(1.0, 1.0, 1.0) }
}

fn lamp(kind: LampKind, light: f32) -> Lamp {
    Lamp { name: String::new(), light: Vec3::splat(light), range: None, kind }
}

/// Hangs the lamp at a place, shining along `direction`.
fn hang(model: &mut Model, lamp: Lamp, place: Vec3, direction: Vec3) {
    let turn = Quat::from_rotation_arc(Vec3::NEG_Z, direction.normalize());
    model.roots.push(model.nodes.len());
    let parent_from_node = Affine3A::from_rotation_translation(turn, place);
    model.nodes.push(Node { parent_from_node, lamp: Some(model.lamps.len()), ..Default::default() });
    model.lamps.push(lamp);
}

fn draw(gpu: &mut Gpu, frame: Frame, exposure: f32) -> Vec<Vec3> {
    let frame = Frame { tone_mapping: ToneMapping::None, exposure, ..frame };
    let pixels = gpu.render_to_pixels(&frame, SIZE, SIZE, Alpha::Straight).expect("it draws");
    let linear = |pixel: &[u8]| Vec3::from_array([0, 1, 2].map(|part| decode_srgb(f32::from(pixel[part]) / 255.0)));
    pixels.chunks(4).map(|pixel| linear(pixel) / exposure).collect()
}

fn at(light: &[Vec3], x: u32, y: u32) -> f32 {
    light[(y * SIZE + x) as usize].x
}

#[test]
fn lamps_give_the_light_of_their_units() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&darkness())).expect("a panorama");
    let ahead = Vec3::new(0.0, 0.0, 2.0);
    let spot = LampKind::Spot { inner: 0.1, outer: 0.3 };
    let edge = (0.2_f32.cos() - 0.3_f32.cos()) / (0.1_f32.cos() - 0.3_f32.cos());
    for (what, lamp, direction, expected) in [
        ("a far lamp of pi lux is as bright as white surroundings", lamp(LampKind::Far, PI), Vec3::NEG_Z, 1.0),
        ("from the side it is the cosine", lamp(LampKind::Far, PI), Vec3::new(0.0, -1.0, -1.0), 0.5_f32.sqrt()),
        ("from behind it gives nothing", lamp(LampKind::Far, PI), Vec3::Z, 0.0),
        ("a point fades with the square of two metres", lamp(LampKind::Point, PI), Vec3::Y, 0.25),
        (
            "its range ends it softly",
            Lamp { range: Some(3.0), ..lamp(LampKind::Point, PI) },
            Vec3::Y,
            0.25 * 65.0 / 81.0,
        ),
        ("beyond it there is nothing", Lamp { range: Some(1.9), ..lamp(LampKind::Point, PI) }, Vec3::Y, 0.0),
        ("inside of a cone there is all", lamp(spot, PI), Vec3::NEG_Z, 0.25),
        ("at its edge it falls", lamp(spot, PI), Vec3::new(0.2_f32.sin(), 0.0, -0.2_f32.cos()), 0.25 * edge * edge),
        ("outside there is nothing", lamp(spot, PI), Vec3::new(0.31_f32.sin(), 0.0, -0.31_f32.cos()), 0.0),
    ] {
        let mut model = shapes::alone(shapes::card(0.05), chalk());
        hang(&mut model, lamp, ahead, direction);
        gpu.upload_model(ModelId(1), &model).expect("a card fits");
        let frame = frame_of(&model, look(Vec3::Z * 0.2, Vec3::ZERO, 10.0, SIZE));
        assert_eq!(frame.lamps.len(), 1);
        let light = at(&draw(&mut gpu, frame, 0.7), SIZE / 2, SIZE / 2);
        assert!((light - expected).abs() < 0.01, "{what}: {light} instead of {expected}");
    }
}

/// A small card floating over a large one, and a ball beside it.
fn little_stage() -> Model {
    let mut model = Model::default();
    let flat = Quat::from_rotation_x(-PI / 2.0);
    shapes::add(&mut model, shapes::card(1.0), chalk(), Affine3A::from_quat(flat));
    let floating = Affine3A::from_rotation_translation(flat, Vec3::new(-0.4, 0.5, 0.0));
    shapes::add(&mut model, shapes::card(0.2), Material { double_sided: true, ..chalk() }, floating);
    let ball = Affine3A::from_translation(Vec3::new(0.5, 0.3, 0.0));
    shapes::add(&mut model, shapes::ball(0.3), chalk(), ball);
    model
}

#[test]
fn what_hides_the_lamp_is_dark_and_what_does_not_is_not() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&darkness())).expect("a panorama");
    let spot = LampKind::Spot { inner: 0.6, outer: 0.7 };
    for (name, lamp, place) in [
        ("far", lamp(LampKind::Far, PI), Vec3::ZERO),
        ("spot", lamp(spot, 9.0 * PI), Vec3::Y * 3.0),
        ("point", lamp(LampKind::Point, 9.0 * PI), Vec3::Y * 3.0),
    ] {
        let mut model = little_stage();
        hang(&mut model, lamp, place, Vec3::NEG_Y);
        gpu.upload_model(ModelId(1), &model).expect("it fits");
        let view = look(Vec3::new(0.0, 4.0, 1.5), Vec3::ZERO, 35.0, SIZE);
        let frame = frame_of(&model, view);
        // Without bounds nothing casts a shadow.
        let bare = draw(&mut gpu, Frame { bounds: Aabb::EMPTY, ..frame.clone() }, 0.5);
        let shaded = draw(&mut gpu, frame.clone(), 0.5);
        let pixel = |point: Vec3| {
            let clip = view.clip_from_view * (view.world_from_view.inverse().transform_point3(point)).extend(1.0);
            let on = |part: f32| ((part / clip.w * 0.5 + 0.5) * SIZE as f32) as u32;
            (on(clip.x), on(-clip.y))
        };
        let (x, y) = pixel(Vec3::new(-0.4, 0.0, 0.21));
        // The floating card hides half of that pixel's surroundings; just inside of the shadow all is dark.
        let (inside_x, inside_y) = pixel(Vec3::new(-0.4, 0.0, 0.12));
        assert!(at(&bare, x, y) > 0.8, "{name}: {}", at(&bare, x, y));
        let hidden = frame.opaque.len();
        assert_eq!(hidden, 3);
        let covered = shaded.iter().zip(&bare).filter(|(shaded, bare)| shaded.x < bare.x * 0.2 && bare.x > 0.3).count();
        assert!(covered > 20, "{name}: {covered} pixels lie in the shadow");
        let (open_x, open_y) = pixel(Vec3::new(0.0, 0.0, 0.8));
        let (seen, free) = (at(&shaded, open_x, open_y), at(&bare, open_x, open_y));
        assert!((seen - free).abs() < 0.01, "{name}: the open floor keeps its light, {seen} of {free}");
        assert!(at(&shaded, inside_x, inside_y) <= at(&bare, inside_x, inside_y));
        // No acne: the floating card's and the ball's lit sides are as without a shadow.
        let (card_x, card_y) = pixel(Vec3::new(-0.4, 0.5, 0.0));
        let (top_x, top_y) = pixel(Vec3::new(0.5, 0.6, 0.0));
        for (x, y) in [(card_x, card_y), (top_x, top_y)] {
            assert!((at(&shaded, x, y) - at(&bare, x, y)).abs() < 0.01, "{name}: a lit side shades itself");
        }
        assert_eq!(draw(&mut gpu, frame, 0.5), shaded, "the kept map gives the same picture");
    }
}

#[test]
fn shadow_map() {
    let Some(mut gpu) = open() else { return };
    let dusk = Panorama { width: 4, height: 2, pixels: vec![[0.05, 0.06, 0.1]; 8] };
    gpu.set_environment(Environment::Panorama(&dusk)).expect("a panorama");
    let mut model = little_stage();
    let warm = Lamp { light: Vec3::new(12.0, 9.0, 6.0), ..lamp(LampKind::Spot { inner: 0.4, outer: 0.5 }, 1.0) };
    hang(&mut model, warm, Vec3::new(-1.5, 2.0, 0.6), Vec3::new(1.4, -2.0, -0.6));
    hang(
        &mut model,
        Lamp { light: Vec3::new(0.1, 0.2, 0.6), ..lamp(LampKind::Point, 1.0) },
        Vec3::new(0.9, 0.4, 0.7),
        Vec3::Y,
    );
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let frame = frame_of(&model, look(Vec3::new(0.6, 2.2, 2.6), Vec3::new(0.0, 0.1, 0.0), 40.0, 128));
    let pixels = gpu.render_to_pixels(&frame, 128, 128, Alpha::Straight).expect("it draws");
    gpu::check_golden("shadow_map", 128, &pixels);
}

#[test]
fn a_lit_ball_has_no_acne_anywhere() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&darkness())).expect("a panorama");
    for size in [0.01, 1.0, 100.0] {
        let mut model = shapes::alone(shapes::ball(size), chalk());
        let direction = Vec3::new(-0.6, -0.5, -0.6);
        hang(&mut model, lamp(LampKind::Far, PI), Vec3::ZERO, direction);
        gpu.upload_model(ModelId(1), &model).expect("it fits");
        let frame = frame_of(&model, look(Vec3::Z * 4.0 * size, Vec3::ZERO, 30.0, SIZE));
        let bare = draw(&mut gpu, Frame { bounds: Aabb::EMPTY, ..frame.clone() }, 0.9);
        let shaded = draw(&mut gpu, frame, 0.9);
        let worst = shaded.iter().zip(&bare).filter(|(_, bare)| bare.x > 0.15).map(|(shaded, bare)| bare.x - shaded.x);
        let worst = worst.fold(0.0, f32::max);
        assert!(worst < 0.02, "a ball of {size} m loses {worst} to itself");
    }
}

/// What a white matt surface sends that faces `normal`, summed over the panorama.
fn irradiance_over_pi(panorama: &Panorama, normal: Vec3) -> Vec3 {
    let (width, height) = (panorama.width as usize, panorama.height as usize);
    let mut sum = Vec3::ZERO;
    for (index, pixel) in panorama.pixels.iter().enumerate() {
        let polar = ((index / width) as f32 + 0.5) / height as f32 * PI;
        let around = ((index % width) as f32 + 0.5) / width as f32 * 2.0 * PI - PI;
        let toward = Vec3::new(polar.sin() * around.cos(), polar.cos(), polar.sin() * around.sin());
        let solid_angle = (PI / height as f32) * (2.0 * PI / width as f32) * polar.sin();
        sum += Vec3::from_array(*pixel) * (toward.dot(normal).max(0.0) * solid_angle);
    }
    sum / PI
}

#[test]
fn matt_cards_get_the_light_of_real_surroundings_with_their_sun() {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let Some(folder) = ancestors.map(|folder| folder.join("shared/environments")).find(|folder| folder.is_dir()) else {
        eprintln!("SKIPPED: no folder `shared/environments` beside or above the repository");
        return;
    };
    let Some(mut gpu) = open() else { return };
    let model = shapes::alone(shapes::card(1.0), chalk());
    gpu.upload_model(ModelId(1), &model).expect("a card fits");
    for name in ["lebombo_1k", "spruit_sunrise_1k", "studio_small_08_1k"] {
        let file = fs::read(folder.join(name).with_extension("hdr")).expect("it can be read");
        let panorama = read_hdr(&file).expect("it is an .hdr");
        gpu.set_environment(Environment::Panorama(&panorama)).expect("it fits");
        let normals = [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::new(0.6, 0.3, 0.7).normalize(), Vec3::NEG_Z];
        let all = normals.map(|normal| (normal, irradiance_over_pi(&panorama, normal)));
        let mean = all.iter().map(|(_, light)| light.max_element()).sum::<f32>() / all.len() as f32;
        for (normal, expected) in all {
            let up = if normal.y.abs() > 0.9 { Vec3::X } else { Vec3::Y };
            let mut frame = frame_of(&model, look(normal * 4.0, Vec3::ZERO, 20.0, SIZE));
            let camera = glam::camera::rh::view::look_at_mat4(normal * 4.0, Vec3::ZERO, up);
            frame.views[0].world_from_view = Affine3A::from_mat4(camera.inverse());
            frame.opaque[0].world_from_node = Affine3A::from_quat(Quat::from_rotation_arc(Vec3::Z, normal));
            let light = draw(&mut gpu, frame, 0.5 / expected.max_element())[(SIZE / 2 * SIZE + SIZE / 2) as usize];
            // The darkest side is counted by the mean of all sides: its neighbours' light is mixed into it.
            let error = ((light - expected) / expected.max_element().max(mean * 0.3)).abs().max_element();
            assert!(error < 0.02, "{name} toward {normal}: {light} instead of {expected}");
        }
    }
}
