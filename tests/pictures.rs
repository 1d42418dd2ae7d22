//! Pictures of small scenes against committed ones: each names the pass it is about.

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
    gpu::{Alpha, Environment, Gpu, Output, Picture},
    math::{Aabb, Affine3A, Vec2, Vec3},
    model::{AlphaMode, Material, Model, Panorama, Role, TextureSlot, Transmission, UvTransform},
    scene::frame::{Background, Frame, Mark, ModelId, Occlusion, Reticle, Shadow, ToneMapping},
};

const SIZE: u32 = 128;

fn slot(texture: usize) -> Option<TextureSlot> {
    Some(TextureSlot { texture, uv_set: 0, texture_from_uv: UvTransform::IDENTITY })
}

fn draw(gpu: &mut Gpu, frame: &Frame, alpha: Alpha) -> Vec<u8> {
    gpu.render_to_pixels(frame, SIZE, SIZE, alpha).expect("it draws")
}

fn pixel(pixels: &[u8], x: u32, y: u32) -> [u8; 4] {
    let start = ((y * SIZE + x) * 4) as usize;
    [pixels[start], pixels[start + 1], pixels[start + 2], pixels[start + 3]]
}

/// Red and white squares, as many on a side.
fn checker(side: u32, squares: u32) -> Vec<u8> {
    let is_red = |x: u32, y: u32| (x * squares / side + y * squares / side) % 2 == 0;
    let texel = |x, y| if is_red(x, y) { [200, 30, 30, 255] } else { [240, 240, 240, 255] };
    (0..side).flat_map(|y| (0..side).flat_map(move |x| texel(x, y))).collect()
}

/// A textured ball in the studio.
fn checkered_ball() -> Model {
    let mut model = Model::default();
    let texture = shapes::add_texture(&mut model);
    let mut material = Material { metallic: 0.0, roughness: 0.4, ..Default::default() };
    *material.texture_mut(Role::BaseColor) = slot(texture);
    shapes::add(&mut model, shapes::ball(1.0), material, Affine3A::IDENTITY);
    model
}

#[test]
fn pbr() {
    let Some(mut gpu) = open() else { return };
    let mut model = Model::default();
    for metallic in 0..2 {
        for step in 0..4 {
            let mut material = shapes::matt(0.8, 0.55, 0.35);
            material.metallic = metallic as f32;
            material.roughness = step as f32 / 3.0;
            let place = Vec3::new(step as f32 * 2.2 - 3.3, 1.1 - metallic as f32 * 2.2, 0.0);
            shapes::add(&mut model, shapes::ball(1.0), material, Affine3A::from_translation(place));
        }
    }
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let view = look(Vec3::new(0.0, 2.0, 13.0), Vec3::ZERO, 40.0, SIZE);
    check_golden("pbr", SIZE, &draw(&mut gpu, &frame_of(&model, view), Alpha::Straight));
}

#[test]
fn mip() {
    let Some(mut gpu) = open() else { return };
    let model = checkered_ball();
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let picture = checker(256, 16);
    gpu.upload_picture(ModelId(1), 0, Picture::Rgba8 { width: 256, height: 256, pixels: &picture }).expect("it fits");
    let view = look(Vec3::new(0.5, 1.0, 4.0), Vec3::ZERO, 35.0, SIZE);
    check_golden("mip", SIZE, &draw(&mut gpu, &frame_of(&model, view), Alpha::Straight));
}

#[test]
fn shadow() {
    let Some(mut gpu) = open() else { return };
    let mut model = Model::default();
    let ball = Affine3A::from_translation(Vec3::new(-0.6, 0.5, 0.0));
    shapes::add(&mut model, shapes::ball(0.5), shapes::matt(0.2, 0.4, 0.7), ball);
    let standing = Affine3A::from_translation(Vec3::new(0.7, 0.5, 0.0));
    let card = Material { double_sided: true, ..shapes::matt(0.7, 0.3, 0.2) };
    shapes::add(&mut model, shapes::card(0.5), card, standing);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let view = look(Vec3::new(0.8, 2.2, 3.6), Vec3::new(0.0, 0.2, 0.0), 40.0, SIZE);
    let shadow = Shadow {
        item: 1,
        world_from_shadow: Affine3A::IDENTITY,
        half_size: Vec2::new(1.6, 0.9),
        reach: 1.0,
        lean: Vec2::ZERO,
        intensity: 1.0,
        softness: 0.5,
        version: 1,
    };
    let frame = Frame { shadows: vec![shadow], ..frame_of(&model, view) };
    let pixels = draw(&mut gpu, &frame, Alpha::Premultiplied);
    check_golden("shadow", SIZE, &pixels);
    let (under, corner) = (pixel(&pixels, 38, 73), pixel(&pixels, 2, 2));
    assert!(under[3] > 60 && under[0] == 0, "the floor under the ball is shaded: {under:?}");
    assert_eq!(corner, [0; 4], "the page shows through beside it");
    // The picture is kept: drawn again without any change it is the same.
    assert_eq!(pixels, draw(&mut gpu, &frame, Alpha::Premultiplied));
}

/// A white floor with a red ball on it, in its own light.
fn ball_on_floor() -> (Model, Frame) {
    let mut model = Model::default();
    let lying = Affine3A::from_rotation_x(-std::f32::consts::FRAC_PI_2);
    shapes::add(&mut model, shapes::card(1.0), shapes::matt(0.8, 0.8, 0.8), lying);
    let standing = Affine3A::from_translation(Vec3::new(0.0, 0.4, 0.0));
    shapes::add(&mut model, shapes::ball(0.4), shapes::matt(0.8, 0.05, 0.05), standing);
    let frame = frame_of(&model, look(Vec3::new(0.0, 2.2, 3.6), Vec3::new(0.0, 0.2, 0.0), 40.0, SIZE));
    let bounds = Aabb { min: Vec3::new(-1.0, 0.0, -1.0), max: Vec3::new(1.0, 0.8, 1.0) };
    let occlusion = Occlusion { item: 1, world_from_item: Affine3A::IDENTITY, bounds, version: 1 };
    (model, Frame { occlusions: vec![occlusion], ..frame })
}

#[test]
fn occlusion() {
    let Some(mut gpu) = open() else { return };
    let (model, frame) = ball_on_floor();
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let without = draw(&mut gpu, &Frame { occlusions: Vec::new(), ..frame.clone() }, Alpha::Straight);
    let with = draw(&mut gpu, &frame, Alpha::Straight);
    check_golden("occlusion", SIZE, &with);
    let [before, after] = [&without, &with].map(|pixels| pixel(pixels, 64, 84));
    assert!(after[1] + 15 < before[1], "the floor before the ball is darker: {before:?}, {after:?}");
    assert!(after[0] > after[1] + 4, "and red by the ball's light: {after:?}");
    let [before, after] = [&without, &with].map(|pixels| pixel(pixels, 26, 88));
    assert!(after[1].abs_diff(before[1]) < 10, "far from it nothing changes: {before:?}, {after:?}");
    assert_eq!(with, draw(&mut gpu, &frame, Alpha::Straight), "it is found once");
}

#[test]
fn an_authored_shade_is_not_counted_twice() {
    let Some(mut gpu) = open() else { return };
    let (mut model, frame) = ball_on_floor();
    let texture = shapes::add_texture(&mut model);
    *model.materials[0].texture_mut(Role::Occlusion) = slot(texture);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let mut brightness = |authored: u8, occlusions: &[Occlusion]| {
        let picture = Picture::Rgba8 { width: 1, height: 1, pixels: &[authored; 4] };
        gpu.upload_picture(ModelId(1), 0, picture).expect("it fits");
        let pixels = draw(&mut gpu, &Frame { occlusions: occlusions.to_vec(), ..frame.clone() }, Alpha::Straight);
        let [red, green, blue, _] = pixel(&pixels, 64, 84).map(f32::from);
        red * 0.21 + green * 0.72 + blue * 0.07
    };
    let found = frame.occlusions.to_vec();
    let [open, shaded] = [brightness(255, &[]), brightness(255, &found)];
    assert!(shaded + 10.0 < open, "before the ball there is shade: {open} {shaded}");
    let [authored, both] = [brightness(100, &[]), brightness(100, &found)];
    assert!(authored + 15.0 < shaded, "the file's own shade is darker: {authored} {shaded}");
    assert!((both - authored).abs() < 4.0, "and it alone counts: {both} {authored}");
}

#[test]
fn occlusion_comes_piece_by_piece_on_a_page() {
    let Some(mut gpu) = open() else { return };
    let (model, frame) = ball_on_floor();
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let format = wgpu::TextureFormat::Rgba8Unorm;
    let texture = gpu.device().create_texture(&wgpu::TextureDescriptor {
        label: None,
        size: wgpu::Extent3d { width: SIZE, height: SIZE, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    });
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    let alpha = Alpha::Straight;
    let output = Output { view: &view, format, width: SIZE, height: SIZE, flip_y: false, alpha };
    let mut busy_frames = |frame: &Frame| {
        (0..200)
            .take_while(|_| {
                gpu.render(frame, &output).expect("it draws");
                gpu.is_busy()
            })
            .count()
    };
    // Eight steps of eight pictures and eight bands, of which the last one is not waited for.
    let pieces = 8 * (8 + 8) - 1;
    assert_eq!(busy_frames(&frame), 2 + pieces, "a frame to see that nothing changes, and one for the compiler");
    assert_eq!(busy_frames(&frame), 0, "then nothing");
    let mut moving = frame.clone();
    moving.occlusions[0].version = 2;
    assert_eq!(busy_frames(&moving), 1 + pieces, "the same after a change");
    let room = Frame { background: Background::Room, ..frame };
    gpu.render(&room, &output).expect("it draws");
    assert!(gpu.is_busy(), "in a room it waits");
}

#[test]
fn backdrop() {
    let Some(mut gpu) = open() else { return };
    // Red where +X is, green where +Z is, blue above: any wrong turn is seen.
    let pixels = (0..64 * 128).map(|index| {
        let (column, row) = (index % 128, index / 128);
        let red = if (60..68).contains(&column) { 1.0 } else { 0.1 };
        let green = if (92..100).contains(&column) { 1.0 } else { 0.1 };
        [red, green, if row < 20 { 1.0 } else { 0.1 }]
    });
    let panorama = Panorama { width: 128, height: 64, pixels: pixels.collect() };
    gpu.set_environment(Environment::Panorama(&panorama)).expect("it fits");
    let mirror = Material { roughness: 0.0, ..Default::default() };
    let model = shapes::alone(shapes::ball(0.4), mirror);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    // Looking along +X: red in the middle, green (+Z) to the right.
    let view = look(Vec3::new(-2.0, 0.0, 0.0), Vec3::ZERO, 100.0, SIZE);
    let mut frame = Frame { background: Background::Environment, ..frame_of(&model, view) };
    let pixels = draw(&mut gpu, &frame, Alpha::Opaque);
    check_golden("backdrop", SIZE, &pixels);
    let [red, green, ..] = pixel(&pixels, 64, 100);
    assert!(red > 200 && green < 120, "+X is red");
    // Turned a quarter about Y: what was at +X stands at -Z, and +Z comes to +X.
    frame.light.rotation_rad = std::f32::consts::FRAC_PI_2;
    let [red, green, ..] = pixel(&draw(&mut gpu, &frame, Alpha::Opaque), 64, 100);
    assert!(green > 200 && red < 120, "after the turn +X is green");
}

#[test]
fn reticle() {
    let Some(mut gpu) = open() else { return };
    let view = look(Vec3::new(0.0, 1.5, 1.5), Vec3::ZERO, 40.0, SIZE);
    let ring = Reticle { world_from_reticle: Affine3A::IDENTITY, radius: 0.4, color: Vec3::ONE, mark: Mark::Ring };
    let frame = Frame { reticle: Some(ring), ..frame_of(&Model::default(), view) };
    let pixels = draw(&mut gpu, &frame, Alpha::Premultiplied);
    check_golden("reticle", SIZE, &pixels);
    assert_eq!(pixel(&pixels, 64, 20), [0; 4]);
}

#[test]
fn a_caption_is_over_everything_the_right_way_round_and_has_no_back() {
    let Some(mut gpu) = open() else { return };
    let model = shapes::alone(shapes::ball(0.4), Material::default());
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let corners = [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [255; 4]];
    let words = Picture::Rgba8 { width: 2, height: 2, pixels: &corners.concat() };
    gpu.take_caption(&words).expect("it fits");
    // Behind the ball, a quarter of a metre in every direction from its middle.
    let place = Affine3A::from_translation(Vec3::new(0.0, 0.0, -0.6)) * Affine3A::from_scale(Vec3::splat(0.25));
    let mut seen_from = |eye: Vec3, caption: Option<Affine3A>| {
        let frame = Frame { caption, ..frame_of(&model, look(eye, Vec3::ZERO, 40.0, SIZE)) };
        let pixels = draw(&mut gpu, &frame, Alpha::Premultiplied);
        [[52, 52], [75, 52], [52, 75], [75, 75]].map(|[x, y]| pixel(&pixels, x, y))
    };
    let eye = Vec3::new(0.0, 0.0, 2.0);
    let alone = seen_from(eye, None);
    let [red, green, blue, white] = seen_from(eye, Some(place));
    assert!(red[0] > 180 && red[1] < 60 && red[2] < 60, "upper left: {red:?}");
    assert!(green[1] > 180 && green[0] < 60 && green[2] < 60, "upper right: {green:?}");
    assert!(blue[2] > 180 && blue[0] < 60 && blue[1] < 60, "lower left: {blue:?}");
    assert!(white.iter().all(|channel| *channel > 180), "lower right: {white:?}");
    assert!(alone.iter().all(|pixel| pixel[0].abs_diff(pixel[1]) < 20), "the ball is grey: {alone:?}");
    let back = -eye;
    assert_eq!(seen_from(back, Some(place)), seen_from(back, None));
    gpu.take_caption(&Picture::Rgba8 { width: 0, height: 2, pixels: &[] }).expect_err("it has no pixels");
}

#[test]
fn a_beam_is_seen_from_every_side_and_fades_towards_what_it_meets() {
    let Some(mut gpu) = open() else { return };
    for eye in [Vec3::new(0.0, 0.0, 0.3), Vec3::new(0.0, 0.3, 0.0001)] {
        let view = look(eye, Vec3::ZERO, 60.0, SIZE);
        let beam = Reticle::beam(Vec3::X * -0.1, Vec3::X * 0.1, eye, Vec3::ONE);
        let frame = Frame { cursors: vec![beam], ..frame_of(&Model::default(), view) };
        let pixels = draw(&mut gpu, &frame, Alpha::Premultiplied);
        let [first, last] = [40, 88].map(|across| pixel(&pixels, across, SIZE / 2)[3]);
        assert!(first > last + 20 && last > 20, "from {eye} it is {first} where it begins and {last} where it ends");
        assert_eq!(pixel(&pixels, 64, SIZE / 2 + 8), [0; 4], "it is thin");
    }
}

#[test]
fn blended() {
    let Some(mut gpu) = open() else { return };
    let mut model = Model::default();
    shapes::add(&mut model, shapes::ball(0.4), shapes::matt(0.1, 0.5, 0.2), Affine3A::IDENTITY);
    let mut glass = shapes::matt(0.2, 0.3, 0.9);
    glass.base_color.w = 0.4;
    glass.roughness = 0.1;
    glass.alpha_mode = AlphaMode::Blend;
    glass.double_sided = true;
    shapes::add(&mut model, shapes::ball(1.0), glass, Affine3A::IDENTITY);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let view = look(Vec3::new(0.0, 1.0, 4.0), Vec3::ZERO, 35.0, SIZE);
    let frame = frame_of(&model, view);
    check_golden("blended", SIZE, &draw(&mut gpu, &frame, Alpha::Straight));
    // Two walls of 40 %: the page shows through with 36 %.
    let [.., alpha] = pixel(&draw(&mut gpu, &frame, Alpha::Premultiplied), 64, 30);
    assert!((155..172).contains(&alpha), "{alpha} of 255 is opaque");
}

/// What shines by itself, in one colour.
fn unlit(color: Vec3, alpha: f32) -> Material {
    let base_color = color.extend(alpha);
    Material { base_color, unlit: true, double_sided: true, alpha_mode: AlphaMode::Blend, ..Default::default() }
}

/// Light as the screen shows it, of a picture without a tone curve.
fn shown(light: Vec3) -> [u8; 3] {
    let encode = |part: f32| if part <= 0.0031308 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
    light.to_array().map(|part| (encode(part.clamp(0.0, 1.0)) * 255.0).round() as u8)
}

fn assert_color(pixels: &[u8], [x, y]: [u32; 2], expected: Vec3, what: &str) {
    let ([r, g, b, _], expected) = (pixel(pixels, x, y), shown(expected));
    let worst = [r, g, b].into_iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max();
    assert!(worst <= Some(2), "{what}: {:?} instead of {expected:?}", [r, g, b]);
}

#[test]
fn peel() {
    let Some(mut gpu) = open() else { return };
    let colors = [Vec3::new(0.9, 0.1, 0.05), Vec3::new(0.05, 0.2, 0.8), Vec3::new(0.1, 0.7, 0.1)];
    let mut model = Model::default();
    let backdrop = Material { alpha_mode: AlphaMode::Opaque, ..unlit(Vec3::ONE, 1.0) };
    shapes::add(&mut model, shapes::card(9.0), backdrop, Affine3A::from_translation(Vec3::NEG_Z * 3.0));
    // Two panes that cross, and one that stands behind both of them, in the file's order and in the other.
    let places = [
        Affine3A::from_rotation_y(-0.7),
        Affine3A::from_rotation_y(0.7),
        Affine3A::from_translation(Vec3::NEG_Z * 1.5),
    ];
    for (color, place) in colors.into_iter().zip(places) {
        shapes::add(&mut model, shapes::card(1.0), unlit(color, 0.5), place);
    }
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let mut frame = frame_of(&model, look(Vec3::new(0.0, 0.0, 5.0), Vec3::ZERO, 30.0, SIZE));
    frame.tone_mapping = ToneMapping::None;
    let over = |near: Vec3, far: Vec3| near * 0.5 + far * 0.5;
    let [red, blue, green] = colors;
    let behind = over(green, Vec3::ONE);
    for order in ["as sorted", "the other way round"] {
        let pixels = draw(&mut gpu, &frame, Alpha::Opaque);
        for x in [44, 56, 62] {
            let what = format!("left at {x}, {order}: the pane that is nearer there");
            assert_color(&pixels, [x, 64], over(blue, over(red, behind)), &what);
            let what = format!("right at {x}, {order}");
            assert_color(&pixels, [SIZE - x, 64], over(red, over(blue, behind)), &what);
        }
        assert_color(&pixels, [64, 8], Vec3::ONE, "above them there is only the wall");
        frame.blended.reverse();
    }
    let pixels = draw(&mut gpu, &Frame { background: Background::Room, ..frame }, Alpha::Opaque);
    assert_color(&pixels, [44, 64], over(blue, over(red, behind)), "in a room");
}

#[test]
fn more_layers_than_are_found_are_all_drawn() {
    let Some(mut gpu) = open() else { return };
    let mut model = Model::default();
    // Seven panes like an open book's, and a light behind them.
    for index in 0..7 {
        let place = Affine3A::from_translation(Vec3::Z * index as f32 * 0.2) * Affine3A::from_rotation_y(0.3);
        shapes::add(&mut model, shapes::card(1.0), unlit(Vec3::ZERO, 0.2), place);
    }
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let frame = frame_of(&model, look(Vec3::new(0.0, 0.0, 8.0), Vec3::ZERO, 20.0, SIZE));
    assert!(frame.layers[0].crossing.is_some(), "their boxes reach into each other");
    let [.., alpha] = pixel(&draw(&mut gpu, &frame, Alpha::Premultiplied), 64, 64);
    let expected = (255.0 * (1.0 - 0.8_f32.powi(7))).round() as u8;
    assert!(alpha.abs_diff(expected) <= 1, "each is drawn once: {alpha} instead of {expected}");
}

#[test]
fn behind() {
    let Some(mut gpu) = open() else { return };
    let glass = |tint: Vec3| Material {
        base_color: tint.extend(1.0),
        metallic: 0.0,
        roughness: 0.0,
        ior: 1.0,
        transmission: Some(Transmission { strength: 1.0 }),
        ..Default::default()
    };
    let [near, far] = [Vec3::new(0.9, 0.5, 0.2), Vec3::new(0.3, 0.6, 0.8)];
    let mut model = Model::default();
    let wall = Material { alpha_mode: AlphaMode::Opaque, ..unlit(Vec3::ONE, 1.0) };
    shapes::add(&mut model, shapes::card(9.0), wall, Affine3A::from_translation(Vec3::NEG_Z * 3.0));
    shapes::add(&mut model, shapes::card(0.5), glass(near), Affine3A::from_translation(Vec3::Z));
    shapes::add(&mut model, shapes::card(1.0), glass(far), Affine3A::IDENTITY);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let frame = frame_of(&model, look(Vec3::new(0.0, 0.0, 5.0), Vec3::ZERO, 30.0, SIZE));
    let pixels = draw(&mut gpu, &Frame { tone_mapping: ToneMapping::None, ..frame }, Alpha::Opaque);
    assert_color(&pixels, [64, 64], near * far, "a pane is seen through the one before it");
    assert_color(&pixels, [64, 26], far, "the farther one alone");
    assert_color(&pixels, [64, 4], Vec3::ONE, "the wall");
}

#[test]
fn masked() {
    let Some(mut gpu) = open() else { return };
    let mut model = Model::default();
    let texture = shapes::add_texture(&mut model);
    let mut leaf = Material { alpha_mode: AlphaMode::Mask { cutoff: 0.5 }, metallic: 0.0, ..Default::default() };
    *leaf.texture_mut(Role::BaseColor) = slot(texture);
    shapes::add(&mut model, shapes::card(1.0), leaf, Affine3A::IDENTITY);
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    // A disc whose invisible surroundings are glaring magenta: none of it may be seen.
    let texel = |x: i32, y: i32| {
        let distance = f32::from(((x - 32).pow(2) + (y - 32).pow(2)) as u16).sqrt();
        let alpha = ((24.0 - distance) * 64.0 + 128.0).clamp(0.0, 255.0) as u8;
        if alpha > 0 { [60, 160, 60, alpha] } else { [255, 0, 255, 0] }
    };
    let picture: Vec<u8> = (0..64).flat_map(|y| (0..64).flat_map(move |x| texel(x, y))).collect();
    gpu.upload_picture(ModelId(1), 0, Picture::Rgba8 { width: 64, height: 64, pixels: &picture }).expect("it fits");
    let pixels = draw(&mut gpu, &frame_of(&model, look(Vec3::Z * 4.0, Vec3::ZERO, 32.0, SIZE)), Alpha::Straight);
    check_golden("masked", SIZE, &pixels);
    assert_eq!(pixel(&pixels, 64, 64)[3], 255);
    assert_eq!(pixel(&pixels, 2, 64)[3], 0);
}

#[test]
fn mirrored_parts_show_their_outside() {
    let Some(mut gpu) = open() else { return };
    let view = look(Vec3::new(0.5, 1.0, 4.0), Vec3::ZERO, 35.0, SIZE);
    let model = shapes::alone(shapes::ball(1.0), shapes::matt(0.7, 0.7, 0.2));
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let mut frame = frame_of(&model, view);
    let plain = draw(&mut gpu, &frame, Alpha::Straight);
    frame.opaque[0].world_from_node = Affine3A::from_scale(Vec3::new(-1.0, 1.0, 1.0));
    let mirrored = draw(&mut gpu, &frame, Alpha::Straight);
    let worst = plain.iter().zip(&mirrored).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst.is_some_and(|worst| worst <= 40), "a mirrored ball is the same ball: {worst:?}");
    let mean = plain.iter().zip(&mirrored).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / plain.len() as f64;
    assert!(mean < 0.1, "{mean}");
}

#[test]
fn two_views_and_an_empty_one() {
    let Some(mut gpu) = open() else { return };
    let model = shapes::alone(shapes::ball(1.0), shapes::matt(0.7, 0.7, 0.2));
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let mut view = look(Vec3::Z * 4.0, Vec3::ZERO, 50.0, SIZE);
    view.viewport = [0, 0, SIZE / 2, SIZE / 2];
    let mut frame = frame_of(&model, view);
    let mut right = view;
    right.viewport = [SIZE / 2, SIZE / 2, SIZE / 2, SIZE / 2];
    let mut empty = view;
    empty.viewport = [SIZE, 0, 0, SIZE];
    frame.views.extend([right, empty]);
    let pixels = draw(&mut gpu, &frame, Alpha::Premultiplied);
    assert_eq!(pixel(&pixels, 32, 32), pixel(&pixels, 96, 96));
    assert_eq!(pixel(&pixels, 32, 32)[3], 255);
    assert_eq!(pixel(&pixels, 96, 32), [0; 4]);
}

#[test]
fn everything_of_a_model_is_freed() {
    let Some(mut gpu) = open() else { return };
    let model = checkered_ball();
    let view = look(Vec3::Z * 4.0, Vec3::ZERO, 35.0, SIZE);
    draw(&mut gpu, &frame_of(&Model::default(), view), Alpha::Opaque);
    let before = gpu.memory_bytes();
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let picture = checker(256, 16);
    gpu.upload_picture(ModelId(1), 0, Picture::Rgba8 { width: 256, height: 256, pixels: &picture }).expect("it fits");
    draw(&mut gpu, &frame_of(&model, view), Alpha::Opaque);
    assert!(gpu.memory_bytes() > before + 256 * 256 * 4);
    gpu.drop_model(ModelId(1));
    draw(&mut gpu, &frame_of(&model, view), Alpha::Opaque);
    assert_eq!(gpu.memory_bytes(), before);
}

#[test]
fn what_the_card_cannot_take_is_an_error_with_advice() {
    let Some(mut gpu) = open() else { return };
    let model = checkered_ball();
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    let mut upload = |width, height, pixels: &[u8]| {
        gpu.upload_picture(ModelId(1), 0, Picture::Rgba8 { width, height, pixels }).expect_err("it cannot fit").code
    };
    assert_eq!(upload(1_000_000, 1, &[]), "picture-too-large");
    assert_eq!(upload(0, 4, &[]), "picture-empty");
    assert_eq!(upload(4, 4, &[0; 10]), "picture-broken");
    let panorama = Panorama { width: 4, height: 2, pixels: Vec::new() };
    let error = gpu.set_environment(Environment::Panorama(&panorama)).expect_err("it has no pixels");
    assert_eq!(error.code, "environment-broken");
    let frame = frame_of(&model, look(Vec3::Z, Vec3::ZERO, 35.0, SIZE));
    let error = gpu.render_to_pixels(&frame, 1_000_000, 1, Alpha::Opaque).expect_err("it is too wide");
    assert_eq!(error.code, "picture-too-large");
}
