//! The product's parts and materials at the viewer's boundary: asked for, changed, put back, found under a point.

#[path = "support/glb.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod glb;
#[path = "support/script.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod script;

use glb::Glb;
use script::Script;
use serde_json::{Value, json};
use vitrine::ar;
use vitrine::math::{Pose, Quat, Vec3};
use vitrine::viewer::{Effect, Event, Viewer};

/// A triangle of wood, and a part above it.
fn with_parts() -> Glb {
    let mut file = Glb::triangle();
    file.push(
        "materials",
        json!({ "name": "wood", "pbrMetallicRoughness": { "baseColorFactor": [0.5, 0.25, 0.1, 1.0] } }),
    );
    file.primitive()["material"] = json!(0);
    file.json["nodes"][0]["name"] = json!("seat");
    file.push("nodes", json!({ "name": "chair", "children": [0] }));
    file.json["scenes"][0]["nodes"] = json!([1]);
    file
}

fn number(script: &Script, material: usize, name: &str) -> Value {
    script.viewer.query(&format!("material {material}"))["numbers"][name].clone()
}

/// Which materials were sent to the card.
fn updated(script: &Script) -> Vec<usize> {
    let materials = script.effects.iter().filter_map(|effect| match effect {
        Effect::UpdateMaterial { material, .. } => Some(*material),
        _ => None,
    });
    materials.collect()
}

#[test]
fn parts_and_materials_are_listed() {
    let script = Script::showing(&with_parts());
    let parts = script.viewer.query("parts");
    assert_eq!(parts["nodes"], json!([["seat", 1, true], ["chair", -1, false]]));
    assert_eq!(parts["materials"], json!(["wood"]));
    assert_eq!(number(&script, 0, "baseColorFactor"), json!([0.5, 0.25, 0.1_f32, 1.0]));
    assert_eq!(number(&script, 0, "attenuationDistance"), json!([null]), "JSON has no infinity");
    assert_eq!(script.viewer.query("node 0"), json!({ "visible": true, "shown": true }));
    for nothing in ["material 7", "material", "node", "pick 1", "parts of it"] {
        let answer = script.viewer.query(nothing);
        assert!(answer.is_null() || nothing == "parts of it", "{nothing}: {answer}");
    }
    assert_eq!(Viewer::default().query("parts"), Value::Null, "without a product there are no parts");
}

#[test]
fn materials_change_within_gltfs_ranges_and_go_back() {
    let mut script = Script::showing(&with_parts());
    script.act("material", json!({ "material": 0, "name": "roughnessFactor", "value": [7] }));
    assert_eq!((number(&script, 0, "roughnessFactor"), updated(&script)), (json!([1.0]), vec![0]));
    assert!(script.viewer.wants_draw());
    script.act("material", json!({ "material": 0, "name": "clearcoatFactor", "value": [0.5] }));
    script.act("material", json!({ "material": 0, "name": "alphaCutoff", "value": [0.25] }));
    script.act("material", json!({ "material": 0, "name": "attenuationDistance", "value": [2] }));
    assert_eq!(number(&script, 0, "alphaMode"), json!([1.0]));
    script.act("material", json!({ "material": 0, "name": "alphaMode", "value": [2] }));
    let frame = script.draw();
    assert_eq!((frame.opaque.len(), frame.blended.len()), (0, 1), "it is drawn as what it is now");
    script.act("reset-parts", json!({ "material": 0 }));
    assert_eq!(updated(&script), [0]);
    for (name, value) in
        [("clearcoatFactor", json!([0.0])), ("alphaMode", json!([0.0])), ("roughnessFactor", json!([1.0]))]
    {
        assert_eq!(number(&script, 0, name), value, "{name}");
    }
    assert_eq!(script.draw().opaque.len(), 1);
    script.act("reset-parts", json!({}));
    assert!(updated(&script).is_empty(), "there is nothing left to put back");
}

#[test]
fn hidden_parts_take_what_hangs_on_them_along() {
    let mut script = Script::showing(&with_parts());
    script.act("node", json!({ "node": 1, "visible": false }));
    assert_eq!(script.draw().opaque.len(), 0);
    assert_eq!(script.viewer.query("node 0"), json!({ "visible": true, "shown": false }));
    assert_eq!(script.viewer.query("node 1"), json!({ "visible": false, "shown": false }));
    script.act("update-framing", json!({}));
    assert_eq!(script.viewer.query("dimensions")["x"], json!(0.0));
    script.act("reset-parts", json!({}));
    script.act("update-framing", json!({}));
    assert_eq!(script.draw().opaque.len(), 1);
    assert!(script.viewer.query("dimensions")["x"].as_f64().unwrap() > 0.0);
}

#[test]
fn pictures_of_the_page_take_each_others_place() {
    let mut script = Script::showing(&with_parts());
    let lend = |script: &mut Script, role: &str, key: &str| {
        script.act("texture", json!({ "material": 0, "role": role, "key": key }));
        let image = script.effects.iter().find_map(|effect| match effect {
            Effect::UploadLent { image, .. } => Some(*image),
            _ => None,
        });
        (image, script.effects.iter().any(|effect| matches!(effect, Effect::AddTexture { .. })))
    };
    let texture = |script: &Script, role: &str| script.viewer.query("material 0")["textures"][role].clone();
    assert_eq!(lend(&mut script, "baseColorTexture", "oak"), (Some(0), true));
    assert_eq!(texture(&script, "baseColorTexture"), json!("oak"));
    assert_eq!(lend(&mut script, "baseColorTexture", "elm"), (Some(0), false), "nobody reads the first any more");
    assert_eq!(lend(&mut script, "emissiveTexture", "elm"), (Some(0), false), "one picture at two places");
    assert_eq!(lend(&mut script, "baseColorTexture", "ash"), (Some(1), true), "the other is still read");
    script.act("texture", json!({ "material": 0, "role": "emissiveTexture" }));
    assert_eq!(
        (texture(&script, "emissiveTexture"), texture(&script, "baseColorTexture")),
        (Value::Null, json!("ash"))
    );
    script.act("reset-parts", json!({}));
    assert_eq!(texture(&script, "baseColorTexture"), Value::Null);
}

#[test]
fn a_point_of_the_canvas_finds_the_part_under_it() {
    let mut script = Script::showing(&with_parts());
    script.set("camera-orbit", "0deg 90deg auto");
    script.set("camera-target", "0m 0m 0m");
    script.act("jump-camera", json!({}));
    // The triangle's corner at the origin is in the middle of the picture; right and up from it is the triangle.
    let hit = script.viewer.query("pick 210 140");
    assert_eq!(
        (&hit["node"], &hit["material"], &hit["normal"]),
        (&json!(0), &json!(0), &json!([0.0, 0.0, 1.0])),
        "{hit}"
    );
    let radius = script.camera()["radius"].as_f64().unwrap();
    let (x, y) = (hit["position"][0].as_f64().unwrap(), hit["position"][1].as_f64().unwrap());
    // 10 of 300 pixels, 30 degrees being the whole height.
    let expected = radius * 15.0_f64.to_radians().tan() * 10.0 / 150.0;
    assert!((x - expected).abs() < 1e-4 && (y - expected).abs() < 1e-4, "{x} {y} {expected}");
    assert_eq!(script.viewer.query("pick 190 160"), Value::Null, "beside it");
}

#[test]
fn a_kept_view_is_not_home() {
    let mut script = Script::new();
    script.set("camera-controls", "");
    script.set("camera-orbit", "30deg 60deg 3m");
    let kept = json!({ "theta": 1.0, "phi": 1.2, "radius": 2.0, "target": { "x": 0.1, "y": 0.2, "z": 0.0 }, "turntable": 0.5 });
    script.act("keep-view", kept);
    script.set("src", "chair.glb");
    let generation = script.generation();
    script.fetched(generation, Ok(Glb::triangle().to_bytes()));
    script.draw();
    let near = |value: &Value, wanted: f64| (value.as_f64().unwrap() - wanted).abs() < 1e-3;
    let camera = script.camera();
    assert!(near(&camera["theta"], 1.0) && near(&camera["radius"], 2.0) && near(&camera["turntable"], 0.5), "{camera}");
    assert!(near(&camera["target"]["y"], 0.2), "{camera}");
    script.act("reset-view", json!({}));
    script.settle();
    let home = script.camera();
    assert!(near(&home["theta"], 30.0_f64.to_radians()) && near(&home["radius"], 3.0), "{home}");
    assert!(near(&home["turntable"], 0.0), "{home}");
}

#[test]
fn changes_hold_in_the_room() {
    let mut script = Script::showing(&with_parts());
    let eye = Pose { position: Vec3::new(0.0, 1.6, 0.0), orientation: Quat::IDENTITY };
    let floor = Pose { position: Vec3::new(0.0, 0.0, -2.0), orientation: Quat::IDENTITY };
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    for step in 0..30 {
        let now_ms = f64::from(step) * 16.0;
        script.send(Event::Room(ar::Event::Frame { now_ms, world_from_viewer: Some(eye), hits: vec![floor] }));
    }
    script.act("ar-place", json!({}));
    let view = script.viewer.page_view([100, 100]);
    assert_eq!(script.viewer.frame(&[view]).opaque.len(), 1);
    script.act("material", json!({ "material": 0, "name": "alphaMode", "value": [2] }));
    assert_eq!((updated(&script), script.viewer.frame(&[view]).blended.len()), (vec![0], 1));
    script.act("node", json!({ "node": 0, "visible": false }));
    assert_eq!(script.viewer.frame(&[view]).blended.len(), 0);
    assert_eq!(script.viewer.query("pick 210 140"), Value::Null, "the page's canvas is the room's");
}
