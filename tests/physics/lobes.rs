//! Every lobe by numbers: none makes light, and each sends what the formula of its paper says.

use super::{SIZE, ball_under_white, frame_of, look, open, shapes, uniform_panorama};
use std::f32::consts::PI;
use vitrine::{
    color::decode_srgb,
    gpu::{Alpha, Environment, Gpu},
    math::{Vec3, Vec4},
    model::{
        Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Material, Panorama, Sheen, Specular, Transmission,
        Volume,
    },
    scene::frame::{Frame, ModelId, ToneMapping},
};

/// A white surface with one lobe, by the roughness of the lobe or else of the base.
type Lobe = (&'static str, fn(f32) -> Material);

const WHITE: [Lobe; 9] = [
    ("clearcoat", |roughness| Material {
        clearcoat: Some(Clearcoat { strength: 1.0, roughness, ..Default::default() }),
        ..white(0.5)
    }),
    ("half a clearcoat", |roughness| Material {
        clearcoat: Some(Clearcoat { strength: 0.5, roughness: 0.2, ..Default::default() }),
        ..white(roughness)
    }),
    ("sheen", |roughness| Material {
        sheen: Some(Sheen { color: Vec3::ONE, roughness, ..Default::default() }),
        ..white(0.8)
    }),
    ("specular", |roughness| Material {
        specular: Some(Specular { strength: 0.5, color: Vec3::splat(3.0), ..Default::default() }),
        ior: 1.8,
        ..white(roughness)
    }),
    ("mirror of index 0", |roughness| Material { ior: 0.0, ..white(roughness) }),
    ("anisotropy", |roughness| Material {
        anisotropy: Some(Anisotropy { strength: 0.9, rotation_rad: 1.0 }),
        ..white(roughness)
    }),
    ("transmission", |roughness| Material { transmission: Some(Transmission { strength: 1.0 }), ..white(roughness) }),
    ("volume", |roughness| Material {
        transmission: Some(Transmission { strength: 0.7 }),
        volume: Some(Volume { thickness: 0.5, ..Default::default() }),
        dispersion: 1.0,
        ..white(roughness)
    }),
    ("diffuse transmission", |roughness| Material {
        diffuse_transmission: Some(DiffuseTransmission { strength: 0.6, ..Default::default() }),
        ..white(roughness)
    }),
];

fn white(roughness: f32) -> Material {
    Material { base_color: Vec4::ONE, metallic: 0.0, roughness, ..Default::default() }
}

fn furnace(gpu: &mut Gpu, material: Material) -> (Vec3, Vec3, Vec3) {
    let pixels = ball_under_white(gpu, material, 0.5);
    assert!(pixels.len() > 1000, "the ball fills the picture");
    let mean = pixels.iter().sum::<Vec3>() / pixels.len() as f32;
    let least = pixels.iter().copied().fold(Vec3::MAX, Vec3::min);
    let most = pixels.iter().copied().fold(Vec3::MIN, Vec3::max);
    (mean * 2.0, least * 2.0, most * 2.0)
}

#[test]
fn no_lobe_makes_or_loses_light() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&uniform_panorama(1.0))).expect("a panorama");
    for (name, lobe) in WHITE {
        for metallic in [0.0, 1.0] {
            for roughness in [0.0, 0.25, 0.5, 1.0] {
                let (mean, least, most) = furnace(&mut gpu, Material { metallic, ..lobe(roughness) });
                let of = format!("{name}, metallic {metallic}, roughness {roughness}: {least} .. {mean} .. {most}");
                assert!((mean - 1.0).abs().max_element() < 0.01, "{of}");
                // A byte of sRGB is one percent there.
                assert!(least.min_element() > 0.98 && most.max_element() < 1.02, "{of}");
            }
        }
    }
}

#[test]
fn colours_of_films_and_cloth_stay_below_the_light() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&uniform_panorama(1.0))).expect("a panorama");
    for roughness in [0.0, 0.4, 1.0] {
        for metallic in [0.0, 1.0] {
            for thickness_max in [150.0, 300.0, 550.0, 900.0] {
                let film = Iridescence { strength: 1.0, ior: 1.6, thickness_max, ..Default::default() };
                let (.., most) = furnace(&mut gpu, Material { metallic, iridescence: Some(film), ..white(roughness) });
                assert!(most.max_element() < 1.012, "{thickness_max} nm, roughness {roughness}: {most}");
            }
            let sheen = Sheen { color: Vec3::new(1.0, 0.5, 0.1), roughness, ..Default::default() };
            let (.., most) = furnace(&mut gpu, Material { metallic, sheen: Some(sheen), ..white(0.5) });
            assert!(most.max_element() < 1.012, "sheen of roughness {roughness}: {most}");
        }
    }
}

/// Where the sun of [`sun_panorama`] stands, and the light it sends onto a surface that faces it.
struct SunLight {
    direction: Vec3,
    light: f32,
}

/// Black but for one pixel, upward on the side of +Z.
fn sun_panorama() -> (Panorama, SunLight) {
    let (width, height, row, column) = (256_usize, 128_usize, 48_usize, 200_usize);
    let mut pixels = vec![[0.0; 3]; width * height];
    pixels[row * width + column] = [50_000.0; 3];
    let polar = (row as f32 + 0.5) / height as f32 * PI;
    let around = (column as f32 + 0.5) / width as f32 * 2.0 * PI - PI;
    let direction = Vec3::new(polar.sin() * around.cos(), polar.cos(), polar.sin() * around.sin());
    let light = 50_000.0 * (PI / height as f32) * (2.0 * PI / width as f32) * polar.sin();
    (Panorama { width: width as u32, height: height as u32, pixels }, SunLight { direction, light })
}

/// What the middle of a card facing +Z sends to an eye at `eye`, per unit of the sun's light.
fn sent(gpu: &mut Gpu, sun: &SunLight, material: Material, eye: Vec3, expected: Vec3) -> Vec3 {
    let model = shapes::alone(shapes::card(1.0), material);
    gpu.upload_model(ModelId(1), &model).expect("a card fits");
    let exposure = 0.5 / (expected.max_element() * sun.light);
    let view = look(eye * 4.0, Vec3::ZERO, 5.0, SIZE);
    let frame = Frame { tone_mapping: ToneMapping::None, exposure, ..frame_of(&model, view) };
    let pixels = gpu.render_to_pixels(&frame, SIZE, SIZE, Alpha::Straight).expect("it draws");
    let middle = ((SIZE / 2 * SIZE + SIZE / 2) * 4) as usize;
    let part = |part: usize| decode_srgb(f32::from(pixels[middle + part]) / 255.0) / (exposure * sun.light);
    Vec3::new(part(0), part(1), part(2))
}

/// A black dielectric that reflects nothing by itself.
fn nothing() -> Material {
    let specular = Specular { strength: 0.0, ..Default::default() };
    Material { base_color: Vec4::new(0.0, 0.0, 0.0, 1.0), specular: Some(specular), ..white(0.5) }
}

fn ggx(alpha_x: f32, alpha_y: f32, l: Vec3, v: Vec3) -> f32 {
    let h = (l + v).normalize();
    let lean = (h.x / alpha_x).powi(2) + (h.y / alpha_y).powi(2) + h.z * h.z;
    let distribution = 1.0 / (PI * alpha_x * alpha_y * lean * lean);
    let lambda = |w: Vec3| {
        let square = ((alpha_x * w.x).powi(2) + (alpha_y * w.y).powi(2)) / (w.z * w.z);
        ((1.0 + square).sqrt() - 1.0) * 0.5
    };
    distribution / ((1.0 + lambda(l) + lambda(v)) * 4.0 * l.z * v.z)
}

fn schlick(f0: f32, l: Vec3, v: Vec3) -> f32 {
    f0 + (1.0 - f0) * (1.0 - (l + v).normalize().dot(v)).powi(5)
}

/// Estevez and Kulla 2017, equations 2 and 3 with table 1.
fn charlie(roughness: f32, l: Vec3, v: Vec3) -> f32 {
    let alpha = roughness * roughness;
    let h = (l + v).normalize();
    let distribution = (2.0 + 1.0 / alpha) * (1.0 - h.z * h.z).sqrt().powf(1.0 / alpha) / (2.0 * PI);
    let curve = |x: f32| {
        let t = (1.0 - alpha).powi(2);
        let between = |at_0: f32, at_1: f32| t * at_1 + (1.0 - t) * at_0;
        let (a, b, c) = (between(21.5473, 25.3245), between(3.82987, 3.32435), between(0.19823, 0.16801));
        a / (1.0 + b * x.powf(c)) + between(-1.97760, -1.27393) * x + between(-4.32054, -4.85967)
    };
    let lambda = |x: f32| if x < 0.5 { curve(x).exp() } else { (2.0 * curve(0.5) - curve(1.0 - x)).exp() };
    distribution / ((1.0 + lambda(l.z) + lambda(v.z)) * 4.0 * l.z * v.z)
}

fn assert_near(name: &str, sent: Vec3, expected: Vec3) {
    // Below it the little that is left of the sky around the sun is stronger.
    if expected.max_element() < 0.01 {
        return;
    }
    let error = (sent - expected).abs() / expected.max_element();
    assert!(error.max_element() < 0.03, "{name}: {sent} instead of {expected}");
}

#[test]
fn lobes_send_what_their_formulas_say() {
    let Some(mut gpu) = open() else { return };
    let (panorama, sun) = sun_panorama();
    gpu.set_environment(Environment::Panorama(&panorama)).expect("a panorama");
    let l = sun.direction;
    for eye in [Vec3::new(0.1, -0.2, 1.0), Vec3::new(-0.4, -0.3, 0.8), Vec3::new(-0.1, -0.6, 0.6)] {
        let v = eye.normalize();
        let coat = Clearcoat { strength: 1.0, roughness: 0.3, ..Default::default() };
        let material = Material { clearcoat: Some(coat), ..nothing() };
        let expected = Vec3::splat(schlick(0.04, l, v) * ggx(0.09, 0.09, l, v) * l.z);
        assert_near("clearcoat", sent(&mut gpu, &sun, material, v, expected), expected);

        for roughness in [0.5, 0.7, 1.0] {
            let color = Vec3::new(0.9, 0.5, 0.2);
            let material = Material { sheen: Some(Sheen { color, roughness, ..Default::default() }), ..nothing() };
            let expected = color * charlie(roughness, l, v) * l.z;
            assert_near("sheen", sent(&mut gpu, &sun, material, v, expected), expected);
        }

        // The card's tangent is +X; across it the alpha is the square of the roughness.
        let brushed = Anisotropy { strength: 0.6, ..Default::default() };
        let black = Material { base_color: Vec4::new(0.0, 0.0, 0.0, 1.0), ..white(0.4) };
        let material = Material { anisotropy: Some(brushed), ..black };
        let along = 0.16 + (1.0 - 0.16) * 0.36;
        let expected = Vec3::splat(schlick(0.04, l, v) * ggx(along, 0.16, l, v) * l.z);
        assert_near("anisotropy", sent(&mut gpu, &sun, material, v, expected), expected);

        let through = DiffuseTransmission { strength: 1.0, color: Vec3::new(0.2, 0.6, 0.9), ..Default::default() };
        let behind = Material { diffuse_transmission: Some(through), double_sided: true, ..nothing() };
        let expected = through.color * (l.z / PI);
        let from_behind = Vec3::new(v.x, v.y, -v.z);
        assert_near("diffuse transmission", sent(&mut gpu, &sun, behind, from_behind, expected), expected);
    }
}

#[test]
fn thin_films_have_the_colours_of_their_thickness() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&uniform_panorama(1.0))).expect("a panorama");
    // Soap on a black mirror of index 1.5, looked at from straight above: two waves, half a wave apart at the top. Sums
    // over the visible spectrum (CIE 1931, equal energy) give these; the film is clearest where a wave fits.
    for (thickness, name, order) in [(90.0, "bright", 1.0), (10.0, "dark", -1.0)] {
        let film = Iridescence { strength: 1.0, ior: 1.33, thickness_max: thickness, ..Default::default() };
        let material =
            Material { base_color: Vec4::new(0.0, 0.0, 0.0, 1.0), ior: 1.0, iridescence: Some(film), ..white(0.0) };
        let pixels = ball_under_white(&mut gpu, material, 1.0);
        let least = pixels.iter().map(|pixel| pixel.y).fold(f32::MAX, f32::min);
        // A free film reflects 4 R at its brightest, and next to nothing when it is far thinner than a wave.
        let single = (0.33_f32 / 2.33).powi(2);
        let expected = if order > 0.0 { 4.0 * single } else { 0.0 };
        assert!((least - expected).abs() < 0.015, "{name}: {least} instead of {expected}");
    }
}

#[test]
fn a_body_takes_colour_by_its_depth() {
    let Some(mut gpu) = open() else { return };
    gpu.set_environment(Environment::Panorama(&uniform_panorama(1.0))).expect("a panorama");
    let volume = Volume {
        thickness: 0.4,
        attenuation_distance: 0.2,
        attenuation_color: Vec3::new(0.9, 0.5, 0.7),
        ..Default::default()
    };
    let glass =
        Material { transmission: Some(Transmission { strength: 1.0 }), volume: Some(volume), ior: 1.0, ..white(0.0) };
    let pixels = ball_under_white(&mut gpu, glass, 1.0);
    // The middle of the ball; towards its rim more is reflected.
    let least = pixels.iter().copied().fold(Vec3::MAX, Vec3::min);
    let expected = volume.attenuation_color * volume.attenuation_color;
    assert!((least - expected).abs().max_element() < 0.02, "{least} instead of {expected}");
}
