//! The native command as a merchandiser meets it: its answers, its exit codes, its pictures.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[allow(dead_code)] // every test uses its part of it
#[path = "support/glb.rs"]
mod glb;
#[allow(dead_code)]
#[path = "support/gpu.rs"]
mod gpu;

use glb::Glb;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder for one test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/command").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("target can be written");
    folder
}

fn vitrine(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vitrine")).current_dir(folder).args(words).output().expect("the command starts")
}

fn check(folder: &Path, file: &str) -> (i32, Value) {
    let output = vitrine(folder, &["check", file, "--json"]);
    let reports: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let code = output.status.code().expect("it ended by itself");
    assert_eq!(reports[0]["exit"], code);
    (code, reports[0].clone())
}

fn told(report: &Value) -> String {
    let findings = report["findings"].as_array().expect("a list");
    findings.iter().map(|finding| format!("{} {}\n", finding["severity"], finding["message"])).collect()
}

#[test]
fn a_good_product_is_fine_and_its_numbers_are_right() {
    let folder = folder("good");
    let mut glb = Glb::triangle();
    glb.json["extensionsUsed"] = json!(["KHR_materials_unlit", "ACME_teapot"]);
    glb.json["nodes"] = json!([{ "mesh": 0, "scale": [0.5, 0.25, 1] }]);
    fs::write(folder.join("good.glb"), glb.to_bytes()).unwrap();
    let (code, report) = check(&folder, "good.glb");
    assert_eq!((code, &report["usable"]), (0, &json!(true)), "{report:#}");
    assert_eq!(report["size_m"], json!([0.5, 0.25, 0.0]));
    assert_eq!((&report["triangles"], &report["vertices"], &report["draw_calls"]), (&json!(1), &json!(3), &json!(1)));
    assert_eq!(report["extensions"][0]["fate"], "drawn");
    assert_eq!(report["extensions"][1]["fate"], "ignored");
    let quick_look = report["platforms"].as_array().unwrap().iter().find(|entry| entry["name"] == "iPhone, Quick Look");
    assert_eq!(quick_look.unwrap()["losses"], json!(["unlit surfaces are lit"]));
}

#[test]
fn scenes_are_listed_and_chosen() {
    let folder = folder("scenes");
    let mut glb = Glb::triangle();
    glb.json["scenes"] = json!([{ "nodes": [0], "name": "on" }, { "nodes": [], "name": "off" }]);
    fs::write(folder.join("lamp.glb"), glb.to_bytes()).unwrap();
    let (code, report) = check(&folder, "lamp.glb");
    assert_eq!((code, &report["scenes"]), (0, &json!(["on", "off"])), "{report:#}");
    if gpu::open().is_none() {
        return;
    }
    let poster = |name: &str| {
        let output = vitrine(&folder, &["poster", "lamp.glb", "lamp.png", "--size", "16", "--scene", name]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let picture = image::open(folder.join("lamp.png")).unwrap().into_rgba8();
        (picture.pixels().any(|pixel| pixel[3] > 0), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!([poster("on").0, poster("off").0], [true, false]);
    assert!(poster("dim").1.contains("It has: on, off."), "an unknown name is told");
}

#[test]
fn a_missing_picture_is_an_error_and_a_file_that_is_none_is_worse() {
    let folder = folder("bad");
    let mut glb = Glb::triangle();
    glb.add_uvs();
    glb.json["images"] = json!([{ "uri": "seat.png" }, { "uri": "data:image/png;base64,iVBORw0K" }]);
    glb.json["textures"] = json!([{ "source": 0 }, { "source": 1 }]);
    glb.json["materials"] = json!([{ "emissiveTexture": { "index": 0 }, "normalTexture": { "index": 1 } }]);
    glb.primitive()["material"] = json!(0);
    fs::write(folder.join("missing.glb"), glb.to_bytes()).unwrap();
    fs::write(folder.join("none.glb"), b"<!doctype html>").unwrap();
    let (code, report) = check(&folder, "missing.glb");
    assert_eq!(code, 1, "{report:#}");
    assert!(told(&report).contains("\"error\" \"images/0: the picture"), "{}", told(&report));
    assert!(told(&report).contains("\"error\" \"images/1: picture"), "{}", told(&report));
    let (code, report) = check(&folder, "none.glb");
    assert_eq!((code, &report["usable"]), (2, &json!(false)));
    assert!(told(&report).contains("web page"));
    assert_eq!(check(&folder, "absent.glb").0, 2);
    let all = vitrine(&folder, &["check", "missing.glb", "none.glb"]);
    assert_eq!(all.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&all.stdout).contains("none.glb\n  error: this is a web page"));
}

#[test]
fn a_picture_in_avif_is_decoded() {
    let folder = folder("avif");
    let picture = include_bytes!("avif/alpha_420.avif");
    fs::write(folder.join("quarters.avif"), picture).unwrap();
    fs::write(folder.join("half.avif"), &picture[..picture.len() / 2]).unwrap();
    let mut glb = Glb::triangle();
    glb.add_uvs();
    glb.json["extensionsUsed"] = json!(["EXT_texture_avif", "KHR_materials_unlit"]);
    glb.json["images"] = json!([{ "uri": "quarters.avif" }]);
    glb.json["textures"] = json!([{ "extensions": { "EXT_texture_avif": { "source": 0 } } }]);
    let color = json!({ "baseColorTexture": { "index": 0 } });
    glb.json["materials"] = json!([{ "pbrMetallicRoughness": color, "extensions": { "KHR_materials_unlit": {} } }]);
    glb.primitive()["material"] = json!(0);
    fs::write(folder.join("good.glb"), glb.to_bytes()).unwrap();
    let (code, report) = check(&folder, "good.glb");
    assert_eq!((code, &report["longest_side_px"]), (0, &json!(16)), "{report:#}");
    glb.json["images"] = json!([{ "uri": "half.avif" }]);
    fs::write(folder.join("bad.glb"), glb.to_bytes()).unwrap();
    let (code, report) = check(&folder, "bad.glb");
    assert_eq!(code, 1, "{report:#}");
    assert!(told(&report).contains("container is broken"), "{}", told(&report));
    if gpu::open().is_none() {
        return;
    }
    let list = json!([{ "name": "red", "model": "good.glb", "tone_mapping": "none", "size": 64 }]);
    fs::write(folder.join("list.json"), list.to_string()).unwrap();
    let output = vitrine(&folder, &["render", "list.json", ".", "--models", ".", "--environments", "."]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let drawn = image::open(folder.join("red.png")).unwrap().into_rgba8();
    let is_near = |color: [u8; 3]| {
        drawn.pixels().any(|pixel| pixel[3] == 255 && pixel.0.iter().zip(color).all(|(a, b)| a.abs_diff(b) < 6))
    };
    assert!(is_near([200, 40, 30]) && is_near([30, 60, 180]), "red and blue are to be seen");
}

#[test]
fn a_wrong_unit_is_told() {
    let folder = folder("scale");
    for (name, scale, part) in [("chair.glb", 40.0, "scale it by 0.01"), ("sofa.glb", 0.003, "scale it by 1000")] {
        let mut glb = Glb::triangle();
        glb.json["nodes"] = json!([{ "mesh": 0, "scale": [scale, scale, scale] }]);
        fs::write(folder.join(name), glb.to_bytes()).unwrap();
        let (code, report) = check(&folder, name);
        assert_eq!(code, 0);
        assert!(told(&report).contains(part), "{}", told(&report));
    }
}

/// A part of the file's name, a part of the finding, and why it has to be.
const EXPLAINED: [(&str, &str, &str); 0] = [];

#[test]
fn every_shared_model_is_read_without_an_unexplained_warning() {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let Some(models) = ancestors.map(|folder| folder.join("shared/models")).find(|folder| folder.is_dir()) else {
        eprintln!("SKIPPED: no folder `shared/models` beside or above the repository");
        return;
    };
    let (mut files, mut open) = (Vec::new(), vec![models]);
    while let Some(folder) = open.pop() {
        let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        let is_model = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "glb" || ending == "gltf");
        files.extend(entries.iter().filter(|path| is_model(path)).map(|path| path.display().to_string()));
        open.extend(entries.into_iter().filter(|path| path.is_dir()));
    }
    let words: Vec<&str> = ["check", "--json"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let output = vitrine(Path::new("."), &words);
    let reports: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(reports.len(), files.len());
    let mut unexplained = Vec::new();
    let mut idle = Vec::from(EXPLAINED);
    for report in &reports {
        let file = report["file"].as_str().expect("a name");
        // Size, place and cost are the makers' own choices.
        let told = report["findings"].as_array().expect("a list").iter();
        let told = told.filter(|finding| !["scale", "floor", "cost"].iter().any(|code| finding["code"] == *code));
        for message in told.map(|finding| finding["message"].as_str().expect("words")) {
            let is_reason = |(name, part, _): &(&str, &str, &str)| file.contains(name) && message.contains(part);
            if !EXPLAINED.iter().any(is_reason) {
                unexplained.push(format!("{file}: {message}"));
            }
            idle.retain(|reason| !is_reason(reason));
        }
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert!(idle.is_empty(), "no longer said, to be taken out: {idle:#?}");
}

#[test]
fn wrong_words_end_with_two_and_a_hint() {
    let folder = folder("words");
    for words in [&["chek"][..], &["check"], &["check", "--jsn", "a.glb"], &["poster", "a.glb"], &["render", "a", "b"]]
    {
        let output = vitrine(&folder, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("vitrine: "), "{words:?}");
    }
    assert!(String::from_utf8_lossy(&vitrine(&folder, &["help"]).stdout).contains("vitrine check FILE"));
}

#[test]
fn posters_and_scenarios_are_drawn() {
    if gpu::open().is_none() {
        return;
    }
    let folder = folder("pictures");
    // A name with a blank and an umlaut, escaped in the file as the standard asks.
    let glb = Glb::triangle();
    fs::write(folder.join("sch\u{f6}n 1.bin"), &glb.binary).unwrap();
    fs::write(folder.join("a.gltf"), glb.to_gltf("sch%C3%B6n%201.bin")).unwrap();
    let poster = vitrine(&folder, &["poster", "a.gltf", "a.webp", "--size", "64"]);
    assert!(poster.status.success(), "{}", String::from_utf8_lossy(&poster.stderr));
    let picture = image::open(folder.join("a.webp")).unwrap().into_rgba8();
    assert_eq!(picture.dimensions(), (64, 64));
    assert!(picture.pixels().any(|pixel| pixel[3] == 255) && picture.pixels().any(|pixel| pixel[3] == 0));
    let list = json!([
        { "name": "side", "model": "a.gltf", "eye": [0.5, 0.5, 3], "target": [0.5, 0.5, 0], "fovy_deg": 40, "size": [96, 64] },
        { "name": "sky", "model": "a.gltf", "background": "environment", "size": 64 },
        { "name": "gone", "model": "b.gltf" },
    ]);
    fs::write(folder.join("list.json"), list.to_string()).unwrap();
    let render = |names: &[&str]| {
        let words =
            [&["render", "list.json", "out", "--models", ".", "--environments", ".", "--progress"], names].concat();
        vitrine(&folder, &words)
    };
    let output = render(&["side", "sky"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("1/2  side") && said.contains("2/2  sky"), "{said}");
    let side = image::open(folder.join("out/side.png")).unwrap().into_rgba8();
    assert_eq!(side.dimensions(), (96, 64));
    assert_eq!(side.get_pixel(0, 0)[3], 0);
    let sky = image::open(folder.join("out/sky.png")).unwrap().into_rgba8();
    assert!(sky.pixels().all(|pixel| pixel[3] == 255), "the surroundings fill the picture");
    let output = render(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("gone: ./b.gltf"));
    assert!(folder.join("out/sky.png").exists(), "the others are drawn all the same");
}
