//! Lamps of files (KHR_lights_punctual): units, cones, ranges, and every way to be wrong.

use super::{Glb, read};
use serde_json::{Value, json};
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};
use vitrine::import;
use vitrine::import::Files;
use vitrine::math::Vec3;
use vitrine::model::{Lamp, LampKind, Model};
use vitrine::scene::{Item, Scene, frame::ModelId};
use vitrine::shelf::Shelf;

/// A triangle with these lamps, each on a node of its own.
fn with_lamps(lamps: &[Value]) -> Glb {
    let mut glb = Glb::triangle();
    glb.json["extensionsUsed"] = json!(["KHR_lights_punctual"]);
    glb.json["extensions"] = json!({ "KHR_lights_punctual": { "lights": lamps } });
    for light in 0..lamps.len() {
        let node = json!({ "translation": [0, 0, 2], "extensions": { "KHR_lights_punctual": { "light": light } } });
        let node = glb.push("nodes", node);
        glb.json["scenes"][0]["nodes"].as_array_mut().expect("a list").push(json!(node));
    }
    glb
}

#[test]
fn lamps_have_the_units_and_defaults_of_the_extension() {
    let import = read(&with_lamps(&[
        json!({ "type": "directional", "name": "sun", "intensity": 3, "color": [1, 0.5, 0] }),
        json!({ "type": "point", "range": 4 }),
        json!({ "type": "spot" }),
        json!({ "type": "spot", "spot": { "innerConeAngle": 0.2, "outerConeAngle": 0.4 }, "range": 0 }),
    ]));
    let lamp = |kind, light| Lamp { name: String::new(), light, range: None, kind };
    let expected = [
        Lamp { name: "sun".into(), ..lamp(LampKind::Far, Vec3::new(3.0, 1.5, 0.0)) },
        Lamp { range: Some(4.0), ..lamp(LampKind::Point, Vec3::ONE) },
        lamp(LampKind::Spot { inner: 0.0, outer: FRAC_PI_4 }, Vec3::ONE),
        lamp(LampKind::Spot { inner: 0.2, outer: 0.4 }, Vec3::ONE),
    ];
    assert_eq!(import.model.lamps, expected);
    assert_eq!(import.model.nodes.iter().map(|node| node.lamp).collect::<Vec<_>>()[1..], [0, 1, 2, 3].map(Some));
    assert_eq!(import.warnings, [""; 0]);
}

#[test]
fn cones_out_of_order_are_brought_into_it_with_a_word() {
    for (spot, inner, outer) in [
        (json!({ "innerConeAngle": 0.5, "outerConeAngle": 0.5 }), 0.4995, 0.5),
        (json!({ "innerConeAngle": -1, "outerConeAngle": 0.5 }), 0.0, 0.5),
        (json!({ "outerConeAngle": 3 }), 0.0, FRAC_PI_2),
        (json!({ "outerConeAngle": 0 }), 0.0, 0.001),
    ] {
        let import = read(&with_lamps(&[json!({ "type": "spot", "spot": spot })]));
        assert_eq!(import.model.lamps[0].kind, LampKind::Spot { inner, outer }, "{spot}");
        assert_eq!(import.warnings.len(), 1, "{spot}");
    }
}

#[test]
fn wrong_lamps_are_told_with_their_place() {
    for (lamp, part) in [
        (json!({}), "`type` must be"),
        (json!({ "type": "area" }), "`type` must be"),
        (json!({ "type": "point", "color": [1, 1] }), "`color` has 2 numbers"),
        (json!({ "type": "point", "intensity": "bright" }), "`intensity` should be a number"),
    ] {
        let error = import::read(&with_lamps(&[lamp]).to_bytes(), &Files::default()).expect_err("a wrong lamp");
        let words = error.message();
        assert!(words.contains(part) && words.contains("KHR_lights_punctual/lights/0"), "{words}");
    }
    let mut glb = with_lamps(&[json!({ "type": "point" })]);
    glb.json["nodes"][1]["extensions"]["KHR_lights_punctual"]["light"] = json!(7);
    let error = import::read(&glb.to_bytes(), &Files::default()).expect_err("there is no such lamp");
    assert!(error.message().contains("`light` is 7, but there are 1 lights"), "{}", error.message());
}

fn frame_of(model: &Model) -> vitrine::scene::frame::Frame {
    let mut models = Shelf::default();
    models.insert(ModelId(1), model.clone());
    Scene { items: vec![Item::new(1, ModelId(1), model)], ..Default::default() }.frame(&models, &[])
}

#[test]
fn lamps_come_into_the_frame_strongest_first_where_their_nodes_are() {
    let weak = json!({ "type": "point", "intensity": 2 });
    let strong = json!({ "type": "point", "intensity": 20 });
    let mut glb = with_lamps(&[weak, strong, json!({ "type": "directional", "intensity": 1 })]);
    glb.json["nodes"][3]["rotation"] = json!([0.0, 0.707_106_77, 0.0, 0.707_106_77]);
    let frame = frame_of(&read(&glb).model);
    let kinds: Vec<LampKind> = frame.lamps.iter().map(|lamp| lamp.kind).collect();
    assert_eq!(kinds, [LampKind::Point, LampKind::Far, LampKind::Point]);
    assert_eq!((frame.lamps[0].position, frame.lamps[0].light), (Vec3::Z * 2.0, Vec3::splat(20.0)));
    assert!(frame.lamps[1].direction.distance(Vec3::NEG_X) < 1e-5, "a quarter turn about Y takes -Z to -X");
    assert!(frame.bounds.size().max_element() > 0.9);
}

#[test]
fn more_lamps_than_are_drawn_are_told() {
    let import = read(&with_lamps(&vec![json!({ "type": "point" }); 9]));
    assert!(matches!(&import.warnings[..], [words] if words.contains("9 lamps") && words.contains("the 8")));
}
