//! How close our pictures are to path-traced ones: every shared scenario, drawn by the native command, by the measure of
//! the glTF render-fidelity tests. Each may lose half a decibel before it fails.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[allow(dead_code)]
#[path = "../dev/src/bench/measure.rs"]
mod measure;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Scenario and what was measured for it, in dB; lower is closer.
const MEASURED: [(&str, f64); 14] = [
    ("WaterBottle", -20.38),
    ("MaterialsVariantsShoe", -24.34),
    ("Avocado", -16.50),
    ("ClearCoatCarPaint", -27.10),
    ("ClearcoatWicker", -26.45),
    ("TransmissionTest", -20.85),
    ("AttenuationTest", -21.79),
    ("SpecularTest", -15.60),
    ("NormalTangentMirrorTest", -19.88),
    ("AlphaBlendModeTest", -17.24),
    ("VertexColorTest", -24.47),
    ("TextureTransformMultiTest", -14.18),
    ("OrientationTest", -15.60),
    ("MetalRoughSpheresNoTextures", -23.24),
];

/// The folder of large test data, beside the repository or above it.
fn shared() -> Option<PathBuf> {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    ancestors.map(|folder| folder.join("shared")).find(|folder| folder.join("fidelity").is_dir())
}

#[test]
fn pictures_are_as_close_to_the_truth_as_they_were() {
    let Some(shared) = shared() else {
        eprintln!("SKIPPED: no folder `shared/fidelity` beside or above the repository");
        return;
    };
    if gpu::open().is_none() {
        return;
    }
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fidelity/test");
    let status = Command::new(env!("CARGO_BIN_EXE_vitrine"))
        .arg("render")
        .args([shared.join("fidelity/scenarios.json"), out.clone()])
        .args(["--models".into(), shared.join("models"), "--environments".into(), shared.join("environments")])
        .status()
        .expect("the command starts");
    assert!(status.success(), "a scenario could not be drawn: see above");
    let load = |path: PathBuf| image::open(path).expect("a picture").into_rgba8();
    let mut worse = Vec::new();
    for (name, measured) in MEASURED {
        let file = format!("{name}.png");
        let reference = load(shared.join("fidelity/reference").join(&file));
        let ours = measure::distance(&reference, &load(out.join(&file)));
        let theirs = measure::distance(&reference, &load(shared.join("fidelity/model-viewer").join(&file)));
        let (ours, theirs) = (ours.decibels, theirs.decibels);
        eprintln!("{name:32} {ours:7.2} dB   model-viewer {theirs:7.2} dB");
        if ours > measured + 0.5 {
            worse.push(format!("{name}: {ours:.2} dB instead of {measured:.2}"));
        }
    }
    assert!(worse.is_empty(), "farther from the truth than before: {worse:?}; see target/fidelity/test");
}
