//! A card for tests, cameras, and pictures compared with committed ones.

use std::{
    fs,
    path::{Path, PathBuf},
};
use vitrine::{
    gpu::{self, Gpu},
    math::{Affine3A, Vec3},
    model::Model,
    scene::{
        Item, Scene,
        frame::{Frame, ModelId, View},
    },
    shelf::Shelf,
};

/// The card, or a spoken skip. With REQUIRE_GPU=1 a missing card is a failure.
pub fn open() -> Option<Gpu> {
    match pollster::block_on(gpu::native()) {
        Ok(gpu) => Some(gpu),
        Err(error) if std::env::var("REQUIRE_GPU").is_ok_and(|value| value == "1") => panic!("no adapter: {error}"),
        Err(error) => {
            eprintln!("SKIPPED: no adapter ({error})");
            None
        }
    }
}

/// A camera for a whole square picture.
pub fn look(eye: Vec3, target: Vec3, fovy_deg: f32, size: u32) -> View {
    let distance = eye.distance(target);
    View {
        viewport: [0, 0, size, size],
        world_from_view: Affine3A::from_mat4(glam::camera::rh::view::look_at_mat4(eye, target, Vec3::Y).inverse()),
        clip_from_view: glam::camera::rh::proj::directx::perspective(
            fovy_deg.to_radians(),
            1.0,
            distance * 0.01,
            distance * 10.0,
        ),
    }
}

/// Everything of the model's scene with its lamps, without any shadow on a floor.
pub fn frame_of(model: &Model, view: View) -> Frame {
    let mut models = Shelf::default();
    models.insert(ModelId(1), model.clone());
    Scene { items: vec![Item::new(1, ModelId(1), model)], ..Default::default() }.frame(&models, &[view])
}

/// Compares with `tests/golden/NAME.png`. GOLDEN=create makes a missing one, GOLDEN=update replaces it.
pub fn check_golden(name: &str, size: u32, pixels: &[u8]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = root.join("tests/golden").join(format!("{name}.png"));
    let order = std::env::var("GOLDEN").unwrap_or_default();
    if order == "update" || (order == "create" && !golden.exists()) {
        save(&golden, size, pixels);
        let bytes = fs::metadata(&golden).expect("it was just written").len();
        assert!(bytes <= 16 * 1024, "{name}.png has {bytes} bytes; goldens have at most 16 KiB");
        return;
    }
    assert!(
        golden.exists(),
        "tests/golden/{name}.png is missing; look at it after `GOLDEN=create cargo test --test pictures`"
    );
    let expected = image::open(&golden).expect("a golden is a picture").to_rgba8();
    assert_eq!(expected.dimensions(), (size, size), "{name}");
    let differences: Vec<u8> =
        expected.as_raw().iter().zip(pixels).map(|(expected, actual)| expected.abs_diff(*actual)).collect();
    let (mean, count) = (
        differences.iter().map(|&difference| f64::from(difference)).sum::<f64>() / differences.len() as f64,
        differences.chunks(4).filter(|pixel| pixel.iter().any(|&part| part > 24)).count(),
    );
    // Drivers differ at edges and in the last bits.
    if mean > 1.0 || count > (size * size) as usize / 100 {
        let folder: PathBuf = root.join("target/golden");
        fs::create_dir_all(&folder).expect("target can be written");
        save(&folder.join(format!("{name}.actual.png")), size, pixels);
        let shown: Vec<u8> = differences
            .chunks(4)
            .flat_map(|pixel| [pixel[0].saturating_mul(8), pixel[1].saturating_mul(8), pixel[2].saturating_mul(8), 255])
            .collect();
        save(&folder.join(format!("{name}.difference.png")), size, &shown);
        panic!(
            "{name} differs by {mean:.2} on average, {count} pixels by more than 24. See target/golden/{name}.*.png; if \
             the new picture is right: GOLDEN=update cargo test --test pictures {name}"
        );
    }
}

fn save(path: &Path, size: u32, pixels: &[u8]) {
    image::save_buffer(path, pixels, size, size, image::ColorType::Rgba8).expect("the folder can be written");
}
