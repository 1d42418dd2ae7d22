//! Scripts against the viewer: events in, effects and frames out. No browser, no card, no clock.

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
use vitrine::math::{Pose, Quat, Vec3};
use vitrine::scene::frame::Background;
use vitrine::viewer::{Effect, Event, FetchError, File, Panorama};

/// A triangle of two materials under two looks.
fn with_variants() -> Glb {
    let mut file = Glb::triangle();
    file.push("materials", json!({ "name": "plain" }));
    file.push("materials", json!({ "name": "rust" }));
    file.json["extensionsUsed"] = json!(["KHR_materials_variants"]);
    file.json["extensions"] =
        json!({ "KHR_materials_variants": { "variants": [{ "name": "Sage" }, { "name": "Rust" }] } });
    let primitive = file.primitive();
    primitive["material"] = json!(0);
    primitive["extensions"] = json!({ "KHR_materials_variants": { "mappings": [{ "material": 1, "variants": [1] }] } });
    file
}

#[test]
fn a_product_goes_from_address_to_first_frame() {
    let mut script = Script::new();
    script.set("src", "chair.glb");
    let generation = script.generation();
    script.fetched(generation, Ok(Glb::triangle().to_bytes()));
    assert!(script.effects.iter().any(|effect| matches!(effect, Effect::Upload { .. })), "{:?}", script.effects);
    assert!(script.notice("load").is_none(), "not loaded before it is seen");
    let frame = script.draw();
    assert_eq!(frame.opaque.len(), 1);
    assert_eq!(frame.views[0].viewport, [0, 0, 800, 600]);
    let load = script.notice("load").expect("a load notice");
    assert_eq!((&load["url"], &load["triangles"]), (&json!("chair.glb"), &json!(1)));
    assert_eq!(script.settle(), 0, "a still product asks for no frames");
}

#[test]
fn answers_of_an_older_load_are_dropped() {
    let mut script = Script::new();
    script.set("src", "old.glb");
    let old = script.generation();
    script.set("src", "new.glb");
    let new = script.generation();
    assert!(
        script.effects.iter().any(|effect| matches!(effect, Effect::AbortFetches { generation } if *generation == old))
    );
    script.fetched(old, Ok(Glb::triangle().to_bytes()));
    script.draw();
    assert!(script.notice("load").is_none());
    script.fetched(new, Ok(Glb::triangle().to_bytes()));
    script.draw();
    assert_eq!(script.notice("load").expect("loaded")["url"], json!("new.glb"));
}

#[test]
fn failures_have_stable_codes_and_keep_the_old_product() {
    let missing = Err(FetchError::Status(404));
    let offline = Err(FetchError::Network("no connection".to_owned()));
    let broken = Glb::triangle().to_bytes()[..40].to_vec();
    let answers = [
        (missing, "model-not-found"),
        (offline, "network"),
        (Ok(b"hello".to_vec()), "not-gltf"),
        (Ok(broken), "truncated"),
    ];
    for (answer, code) in answers {
        let mut script = Script::showing(&Glb::triangle());
        script.set("src", "other.glb");
        let generation = script.generation();
        script.fetched(generation, answer);
        assert_eq!(script.code("error"), code);
        assert_eq!(script.draw().opaque.len(), 1, "the old product stays after {code}");
    }
}

#[test]
fn a_drag_turns_softly_and_comes_to_rest_within_the_limits() {
    let mut script = Script::showing(&Glb::triangle());
    script.drag([200.0, 150.0], [100.0, 150.0]);
    assert!(script.camera()["theta"].as_f64().unwrap() < 0.1, "not at once");
    let frames = script.settle();
    assert!((5..200).contains(&frames), "{frames} frames");
    assert!(script.camera()["theta"].as_f64().unwrap() > 1.0);
    script.drag([200.0, 100_000.0], [200.0, 0.0]);
    script.settle();
    let phi = script.camera()["phi"].as_f64().unwrap();
    assert!((phi - 2.748).abs() < 0.01, "stops short of the pole: {phi}");
}

#[test]
fn hands_mean_nothing_without_camera_controls() {
    let mut script = Script::new();
    script.set("src", "chair.glb");
    let generation = script.generation();
    script.fetched(generation, Ok(Glb::triangle().to_bytes()));
    script.draw();
    script.drag([200.0, 150.0], [100.0, 150.0]);
    script.send(Event::Wheel(100.0));
    assert_eq!(script.settle(), 0);
    assert!(!script.viewer.uses_wheel() && !script.viewer.uses_key("ArrowLeft"));
}

#[test]
fn keys_turn_and_say_where_the_camera_is() {
    let mut script = Script::showing(&Glb::triangle());
    for _ in 0..6 {
        script.send(Event::Key { key: "ArrowRight".to_owned(), shift: false });
    }
    assert_eq!(script.notice("announce").expect("words")["text"], json!("Seen from the right"));
    script.send(Event::Key { key: "Home".to_owned(), shift: false });
    script.settle();
    assert!(script.camera()["theta"].as_f64().unwrap().abs() < 1e-3);
}

#[test]
fn reduced_motion_jumps_and_never_turns_by_itself() {
    let mut script = Script::showing(&Glb::triangle());
    script.set("reduced-motion", "");
    script.set("auto-rotate", "");
    script.set("auto-rotate-delay", "0");
    script.drag([200.0, 150.0], [100.0, 150.0]);
    assert!(script.settle() <= 2);
    assert!(script.camera()["theta"].as_f64().unwrap() > 1.0);
}

#[test]
fn the_turntable_waits_for_the_shopper() {
    let mut script = Script::showing(&Glb::triangle());
    script.set("auto-rotate", "");
    script.drag([200.0, 150.0], [199.0, 150.0]);
    let turntable = |script: &Script| script.camera()["turntable"].as_f64().unwrap();
    for _ in 0..20 {
        script.tick(100.0);
    }
    assert_eq!(turntable(&script), 0.0, "two seconds after a touch");
    for _ in 0..20 {
        script.tick(100.0);
    }
    let turned = turntable(&script);
    assert!((0.05..0.15).contains(&turned), "about a second of turning: {turned}");
}

#[test]
fn looks_are_chosen_by_name_and_wrong_names_are_told() {
    let mut script = Script::showing(&with_variants());
    assert_eq!(script.viewer.query("variants"), json!(["Sage", "Rust"]));
    assert_eq!(script.draw().opaque[0].material, Some(0));
    script.set("variant-name", "Rust");
    assert_eq!(script.notice("variant-applied"), Some(&json!({ "variant": "Rust" })));
    assert_eq!(script.draw().opaque[0].material, Some(1));
    script.set("variant-name", "Blue");
    assert!(script.notice("warning").expect("a warning")["message"].as_str().unwrap().contains("Sage, Rust"));
    assert_eq!(script.draw().opaque[0].material, Some(0));
}

#[test]
fn bad_attributes_warn_and_leave_the_default() {
    let mut script = Script::showing(&Glb::triangle());
    let bad = [
        ("exposure", "bright"),
        ("exposure", "-1"),
        ("camera-orbit", "1 2"),
        ("tone-mapping", "film"),
        ("colour", "red"),
    ];
    for (name, value) in bad {
        script.set(name, value);
        assert_eq!(script.code("warning"), "attribute", "{name}={value}");
    }
    assert_eq!(script.draw().exposure, 1.0);
}

#[test]
fn unreadable_surroundings_leave_the_light() {
    let mut script = Script::showing(&Glb::triangle());
    script.set("environment-image", "room.hdr");
    let generation = script.generation();
    script.send(Event::Fetched {
        generation,
        file: File::Panorama(Panorama::Light),
        answer: Err(FetchError::Status(404)),
    });
    assert_eq!(script.code("warning"), "environment");
    assert!(!script.effects.iter().any(|effect| matches!(effect, Effect::Surround { .. })));
    script.set("environment-image", "other.hdr");
    let generation = script.generation();
    let outcome = Err("no picture".to_owned());
    script.send(Event::PanoramaReady { generation, role: Panorama::Light, outcome });
    assert_eq!(script.code("warning"), "environment");
    assert_eq!(script.draw().background, Background::Transparent);
}

#[test]
fn a_sky_lights_too_unless_something_else_does() {
    let mut script = Script::showing(&Glb::triangle());
    let roles = |script: &Script| -> Vec<Option<Panorama>> {
        let role = |effect: &Effect| match effect {
            Effect::Fetch { file: File::Panorama(role), .. } => Some(Some(*role)),
            Effect::Surround { file: None, .. } => Some(None),
            _ => None,
        };
        script.effects.iter().filter_map(role).collect()
    };
    script.set("skybox-image", "lake.jpg");
    assert_eq!(roles(&script), [Some(Panorama::LightAndSky)]);
    let generation = script.generation();
    let answer = Ok(vec![1, 2, 3]);
    script.send(Event::Fetched { generation, file: File::Panorama(Panorama::LightAndSky), answer });
    assert!(matches!(script.effects.last(), Some(Effect::Surround { file: Some(_), .. })));
    assert_eq!(script.draw().background, Background::Transparent, "nothing is drawn that is not there yet");
    script.send(Event::PanoramaReady { generation, role: Panorama::LightAndSky, outcome: Ok(None) });
    assert!(script.notice("environment-change").is_some());
    assert_eq!(script.draw().background, Background::Environment);

    script.set("environment-image", "neutral");
    assert_eq!(roles(&script), [None, Some(Panorama::Sky)], "the studio lights, the lake is drawn");
    let generation = script.generation();
    script.send(Event::PanoramaReady { generation, role: Panorama::Sky, outcome: Ok(Some("smaller".to_owned())) });
    assert_eq!(script.code("warning"), "environment");
    script.set("skybox-height", "1.5m");
    script.set("skybox-blur", "0.25");
    script.set("environment-rotation", "90deg");
    let frame = script.draw();
    assert_eq!((frame.background, frame.sky.blur), (Background::Environment, 0.25));
    assert!(frame.sky.ground.is_some_and(|ground| ground.height == 1.5 && ground.radius >= 15.0));
    assert!((frame.light.rotation_rad - std::f32::consts::FRAC_PI_2).abs() < 1e-6);

    script.set("skybox-image", "neutral");
    assert!(matches!(script.effects[..], [.., Effect::DropSky]));
    assert_eq!(roles(&script), [None], "the studio lights and is drawn");
    script.set("skybox-image", "");
    assert_eq!(script.draw().background, Background::Transparent);
}

#[test]
fn the_room_shows_the_product_where_it_was_placed_and_the_page_goes_on_after() {
    let mut script = Script::showing(&Glb::triangle());
    let eye = Pose { position: Vec3::new(0.0, 1.6, 0.0), orientation: Quat::IDENTITY };
    let floor = Pose { position: Vec3::new(0.0, 0.0, -2.0), orientation: Quat::IDENTITY };
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    assert_eq!(script.notice("ar-status").expect("a status")["status"], json!("session-started"));
    for step in 0..30 {
        let frame =
            ar::Event::Frame { now_ms: f64::from(step) * 16.0, world_from_viewer: Some(eye), hits: vec![floor] };
        script.send(Event::Room(frame));
    }
    let view = script.viewer.page_view([100, 100]);
    assert!(script.viewer.frame(&[view]).reticle.is_some());
    script.send(Event::Act { name: "ar-place".to_owned(), detail: String::new() });
    let frame = script.viewer.frame(&[view]);
    let place = Vec3::from(frame.opaque[0].world_from_node.translation);
    assert!(place.distance(floor.position) < 0.6 && frame.reticle.is_none(), "{place}");
    assert_eq!(frame.shadows.len(), 1, "a real floor takes a shadow");
    script.send(Event::Room(ar::Event::Ended { reason: "system" }));
    assert!(!script.viewer.is_in_room() && script.viewer.wants_draw());
    assert_eq!(Vec3::from(script.draw().opaque[0].world_from_node.translation), Vec3::ZERO);
}

#[test]
fn the_same_state_gives_the_same_frame() {
    let script = Script::showing(&with_variants());
    let view = script.viewer.page_view([320, 240]);
    assert_eq!(script.viewer.frame(&[view]), script.viewer.frame(&[view]));
}

#[test]
fn verbs_with_bad_details_are_told() {
    let mut script = Script::showing(&Glb::triangle());
    for (name, detail) in [
        ("dance", ""),
        ("ar-turn", "{}"),
        ("reset-view", "[1]"),
        ("keep-view", "{}"),
        ("node", r#"{ "node": 9, "visible": false }"#),
        ("node", r#"{ "node": -1, "visible": false }"#),
        ("material", r#"{ "material": 0, "name": "gloss", "value": [1] }"#),
        ("texture", r#"{ "material": 0, "role": "shine" }"#),
    ] {
        script.effects.clear();
        script.send(Event::Act { name: name.to_owned(), detail: detail.to_owned() });
        assert!(script.notice("warning").is_some(), "{name} {detail}");
    }
}
