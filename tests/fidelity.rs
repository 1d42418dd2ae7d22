//! How close our pictures are to path-traced ones: the shared scenarios that need nothing but core materials, by the
//! measure of the glTF render-fidelity tests. Each may lose half a decibel before it fails.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[path = "support/fidelity.rs"]
mod measure;

use gpu::{frame_of, look, open};
use std::{collections::HashMap, fs, path::Path, path::PathBuf};
use vitrine::{
    gpu::{Alpha, Environment, Gpu, Picture},
    import,
    math::Vec3,
    model::Model,
    scene::frame::ModelId,
};

const SIZE: u32 = 512;
/// Scenario and what was measured for it, in dB; lower is closer. Neighbours share their light.
const MEASURED: &[(&str, f64)] = &[
    ("WaterBottle", -20.52),
    ("VertexColorTest", -24.46),
    ("TextureTransformMultiTest", -14.18),
    ("AlphaBlendModeTest", -17.25),
    ("Avocado", -16.50),
    ("OrientationTest", -15.33),
    ("MetalRoughSpheresNoTextures", -22.99),
    ("NormalTangentMirrorTest", -20.74),
];

/// The folder of large test data, beside the repository or above it.
fn shared() -> Option<PathBuf> {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    ancestors.map(|folder| folder.join("shared/fidelity")).find(|folder| folder.is_dir())?.parent().map(Path::to_owned)
}

#[test]
fn pictures_are_as_close_to_the_truth_as_they_were() {
    let Some(shared) = shared() else {
        eprintln!("SKIPPED: no folder `shared/fidelity` beside or above the repository");
        return;
    };
    let Some(mut gpu) = open() else { return };
    let text = fs::read_to_string(shared.join("fidelity/scenarios.json")).expect("the scenarios can be read");
    let scenarios: serde_json::Value = serde_json::from_str(&text).expect("the scenarios are JSON");
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fidelity");
    fs::create_dir_all(&out).expect("target can be written");
    let mut worse = Vec::new();
    let mut lit_by = String::new();
    for &(name, measured) in MEASURED {
        let all = scenarios.as_array().expect("a list");
        let scenario = all.iter().find(|scenario| scenario["name"] == name).expect("it is listed");
        let pixels = draw(&mut gpu, &shared, scenario, &mut lit_by);
        let picture = image::RgbaImage::from_raw(SIZE, SIZE, pixels).expect("as many bytes as pixels");
        picture.save(out.join(format!("{name}.png"))).expect("target can be written");
        let load = |folder: &str| {
            let path = shared.join("fidelity").join(folder).join(format!("{name}.png"));
            image::open(path).expect("a picture").into_rgba8()
        };
        let ours = measure::decibels(&load("reference"), &picture);
        let theirs = measure::decibels(&load("reference"), &load("model-viewer"));
        eprintln!("{name:32} {ours:7.2} dB   model-viewer {theirs:7.2} dB");
        if ours > measured + 0.5 {
            worse.push(format!("{name}: {ours:.2} dB instead of {measured:.2}"));
        }
    }
    assert!(worse.is_empty(), "farther from the truth than before: {worse:?}; see target/fidelity");
}

fn draw(gpu: &mut Gpu, shared: &Path, scenario: &serde_json::Value, lit_by: &mut String) -> Vec<u8> {
    let text = |key: &str| scenario[key].as_str().expect("a text");
    let vector = |key: &str| {
        let part = |index: usize| scenario[key][index].as_f64().expect("a number") as f32;
        Vec3::new(part(0), part(1), part(2))
    };
    if lit_by != text("environment") {
        *lit_by = text("environment").to_owned();
        let light = fs::read(shared.join("environments").join(&lit_by)).expect("the light can be read");
        let panorama = import::radiance::read_hdr(&light).expect("it is an .hdr");
        gpu.set_environment(Environment::Panorama(&panorama)).expect("it fits");
    }
    let model = upload(gpu, &shared.join("models").join(text("model")));
    let fovy_deg = scenario["fovy_deg"].as_f64().expect("a number") as f32;
    let frame = frame_of(&model, look(vector("eye"), vector("target"), fovy_deg, SIZE));
    gpu.render_to_pixels(&frame, SIZE, SIZE, Alpha::Straight).expect("it draws")
}

fn upload(gpu: &mut Gpu, path: &Path) -> Model {
    let file = fs::read(path).expect("the model can be read");
    let folder = path.parent().expect("a file lies in a folder");
    let names = import::needs(&file).expect("it is glTF");
    let others: HashMap<String, Vec<u8>> =
        names.into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).expect("it lies beside it"))).collect();
    let model = import::read(&file, &others).expect("it is glTF").model;
    gpu.upload_model(ModelId(1), &model).expect("it fits");
    for (index, image) in model.images.iter().enumerate().filter(|(_, image)| !image.bytes.is_empty()) {
        let picture = image::load_from_memory(&image.bytes).expect("a picture").into_rgba8();
        let (width, height) = picture.dimensions();
        gpu.upload_picture(ModelId(1), index, Picture::Rgba8 { width, height, pixels: &picture }).expect("it fits");
    }
    model
}
