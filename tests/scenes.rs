//! Files with several scenes: which one is shown, at first and when the page asks for another.

#![allow(clippy::expect_used)] // a test fails by panicking

#[path = "support/glb.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod glb;
#[path = "support/script.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod script;

use glb::Glb;
use script::Script;
use serde_json::json;
use vitrine::ar;
use vitrine::viewer::Event;

/// A triangle in each of three scenes: one wide, the file's own choice two wide, and without a name three wide.
fn lamp() -> Glb {
    let mut file = Glb::triangle();
    let triangle = |width: u32| json!({ "mesh": 0, "scale": [width, 1, 1] });
    file.json["nodes"] = json!([triangle(1), triangle(2), triangle(3)]);
    file.json["scenes"] = json!([{ "name": "on", "nodes": [0] }, { "name": "off", "nodes": [1] }, { "nodes": [2] }]);
    file.json["scene"] = json!(1);
    file
}

fn width(script: &Script) -> f64 {
    script.viewer.query("dimensions")["x"].as_f64().expect("a width")
}

#[test]
fn the_named_scene_is_shown_from_the_first_frame_on() {
    let mut script = Script::new();
    script.set("scene-name", "on");
    script.set("src", "lamp.glb");
    let generation = script.generation();
    script.fetched(generation, Ok(lamp().to_bytes()));
    assert_eq!(script.draw().opaque.len(), 1);
    assert_eq!(width(&script), 1.0);
    assert_eq!(script.viewer.query("scenes"), json!(["on", "off", "Scene 3"]));
    assert_eq!(script.notice("load").expect("a load notice")["dimensions"]["x"], json!(1.0));
    assert!(script.notice("warning").is_none(), "{:?}", script.effects);
}

#[test]
fn another_scene_is_framed_and_keeps_what_the_page_has_made_of_the_product() {
    let mut script = Script::showing(&lamp());
    assert_eq!(width(&script), 2.0, "the file's own choice");
    let radius = |script: &Script| script.camera()["radius"].as_f64().expect("a radius");
    let before = radius(&script);
    script.act("node", json!({ "node": 2, "visible": false }));
    script.set("scene-name", "Scene 3");
    assert!(script.viewer.wants_draw() && script.draw().opaque.is_empty(), "the page has hidden it");
    script.act("node", json!({ "node": 2, "visible": true }));
    script.act("update-framing", json!({}));
    script.settle();
    assert!(width(&script) == 3.0 && radius(&script) > before * 1.2, "{} after {before}", radius(&script));
    script.set("scene-name", "broken");
    assert!(script.notice("warning").expect("a word").to_string().contains("on, off, Scene 3"), "{:?}", script.effects);
    assert_eq!(width(&script), 2.0);
}

#[test]
fn before_the_later_code_is_there_a_change_waits() {
    let mut script = Script::new();
    script.send(Event::SecondHalf { is_here: false });
    script.set("scene-name", "on");
    script.set("src", "lamp.glb");
    let generation = script.generation();
    script.fetched(generation, Ok(lamp().to_bytes()));
    script.draw();
    assert_eq!(width(&script), 1.0);
    script.set("scene-name", "off");
    assert_eq!(width(&script), 1.0);
    script.send(Event::SecondHalf { is_here: true });
    assert_eq!(width(&script), 2.0);
}

#[test]
fn in_a_room_it_waits_until_the_shopper_is_back() {
    let mut script = Script::showing(&lamp());
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    script.set("scene-name", "on");
    assert_eq!(width(&script), 2.0, "the room has measured this one");
    script.send(Event::Room(ar::Event::Ended { reason: "shopper" }));
    assert_eq!(width(&script), 1.0);
}
