//! Several products in one viewer: each loaded once, none seen on the page, all of them in the room, each on its own.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

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
use vitrine::scene::frame::ModelId;
use vitrine::viewer::{Effect, Event, FetchError, Panorama};

/// A triangle of two materials under two looks, which says itself where it belongs.
fn picture() -> Glb {
    let mut file = Glb::triangle();
    file.push("materials", json!({ "name": "oak" }));
    file.push("materials", json!({ "name": "black" }));
    file.json["extensionsUsed"] = json!(["KHR_materials_variants"]);
    file.json["extensions"] =
        json!({ "KHR_materials_variants": { "variants": [{ "name": "Oak" }, { "name": "Black" }] } });
    file.json["extras"] = json!({ "vitrine": { "placement": "wall" } });
    let primitive = file.primitive();
    primitive["material"] = json!(0);
    primitive["extensions"] = json!({ "KHR_materials_variants": { "mappings": [{ "material": 1, "variants": [1] }] } });
    file
}

fn list(script: &mut Script, name: &str, detail: Value) {
    script.effects.clear();
    script.send(Event::RoomList { name: name.to_owned(), detail: detail.to_string() });
}

/// Adds an item whose product comes at once.
fn add(script: &mut Script, id: u32, file: &Glb) {
    list(script, "add-item", json!({ "id": id, "src": format!("{id}.glb") }));
    let generation = script.generation();
    script.fetched(generation, Ok(file.to_bytes()));
}

fn room(script: &mut Script, event: ar::Event) {
    script.effects.clear();
    script.send(Event::Room(event));
}

/// One picture of the session, its phone 1.5 m above the floor, looking at one surface.
fn look_at(script: &mut Script, now_ms: f64, hit: Pose) {
    let world_from_viewer = Some(Pose { position: Vec3::new(0.0, 1.5, 0.0), orientation: Quat::IDENTITY });
    room(script, ar::Event::Frame { now_ms, world_from_viewer, hits: vec![hit] });
}

fn floor(z: f32) -> Pose {
    Pose { position: Vec3::new(0.0, 0.0, z), orientation: Quat::IDENTITY }
}

/// Upright, its normal to the shopper.
fn wall() -> Pose {
    Pose { position: Vec3::new(0.0, 1.4, -3.0), orientation: Quat::from_rotation_x(std::f32::consts::FRAC_PI_2) }
}

/// Looks until the place is found, and places what waits.
fn place(script: &mut Script, from_ms: f64, hit: Pose) {
    for step in 0..30 {
        look_at(script, from_ms + f64::from(step) * 16.0, hit);
    }
    room(script, ar::Event::Place);
}

fn items(script: &Script) -> Vec<Value> {
    script.viewer.query("room")["items"].as_array().unwrap().clone()
}

#[test]
fn each_product_is_loaded_once_and_none_is_seen_on_the_page() {
    let mut script = Script::showing(&Glb::triangle());
    add(&mut script, 1, &picture());
    let told = script.notice("room-item").expect("told when it is there");
    assert_eq!(
        (&told["id"], &told["status"], &told["variants"]),
        (&json!(1), &json!("ready"), &json!(["Oak", "Black"]))
    );
    assert!(script.notice("load").is_none() && script.notice("progress").is_none(), "{:?}", script.effects);
    list(&mut script, "add-item", json!({ "id": 2, "src": "1.glb" }));
    assert!(!script.effects.iter().any(|effect| matches!(effect, Effect::Fetch { .. })), "{:?}", script.effects);
    assert_eq!(script.notice("room-item").expect("there at once")["id"], 2);
    assert_eq!(script.draw().opaque.len(), 1, "the page shows its own product");
}

#[test]
fn loads_go_on_side_by_side_and_old_answers_are_dropped() {
    let mut script = Script::new();
    script.set("src", "chair.glb");
    let own = script.generation();
    list(&mut script, "add-item", json!({ "id": 1, "src": "1.glb" }));
    let other = script.generation();
    assert_ne!(own, other);
    list(&mut script, "remove-item", json!({ "id": 1 }));
    assert!(
        script
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::AbortFetches { generation } if *generation == other))
    );
    script.fetched(other, Ok(picture().to_bytes()));
    assert!(script.notice("room-item").is_none(), "nobody waits for it any more");
    assert!(script.viewer.model(ModelId(other)).is_none());
    script.fetched(own, Ok(Glb::triangle().to_bytes()));
    assert_eq!(script.draw().opaque.len(), 1);
    assert!(!script.viewer.awaits_panorama(other, Panorama::Light));
}

#[test]
fn a_product_that_does_not_come_is_told_of_its_items_alone() {
    let mut script = Script::showing(&Glb::triangle());
    list(&mut script, "add-item", json!({ "id": 5, "src": "gone.glb" }));
    let generation = script.generation();
    script.fetched(generation, Err(FetchError::Status(404)));
    let told = script.notice("room-item").expect("told");
    assert_eq!((&told["status"], &told["code"]), (&json!("failed"), &json!("model-not-found")));
    assert!(script.notice("error").is_none(), "the element's own product is well");
    assert_eq!(script.draw().opaque.len(), 1);
}

#[test]
fn another_product_of_the_element_leaves_the_list_alone() {
    let mut script = Script::showing(&Glb::triangle());
    add(&mut script, 1, &picture());
    let kept = script.notice("room-item").is_some();
    script.set("src", "other.glb");
    let generation = script.generation();
    script.fetched(generation, Ok(Glb::triangle().to_bytes()));
    let dropped = script.effects.iter().filter(|effect| matches!(effect, Effect::Drop(_))).count();
    assert!(kept && dropped == 1, "only the element's old product is given back");
}

#[test]
fn the_room_shows_all_of_them_each_at_its_place_in_its_look() {
    let mut script = Script::showing(&Glb::triangle());
    add(&mut script, 1, &picture());
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    place(&mut script, 0.0, floor(-2.0));
    assert!(script.notice("room-items").is_some(), "the page hears what stands");
    // The second one says in its own file that it hangs on a wall: the floor is refused, a wall is taken.
    place(&mut script, 1000.0, floor(-2.0));
    assert_eq!(items(&script).iter().filter(|item| item["placed"] == json!(true)).count(), 1);
    place(&mut script, 2000.0, wall());
    let placed = items(&script);
    assert_eq!(placed.len(), 2);
    assert!((placed[1]["position"][2].as_f64().unwrap() + 3.0).abs() < 0.01, "{placed:?}");
    list(&mut script, "item-variant", json!({ "id": 1, "variant": "Black" }));
    let frame = script.viewer.frame(&[]);
    assert_eq!(frame.opaque.len(), 2);
    assert_eq!(frame.opaque[1].material, Some(1), "in its own look");
    assert_eq!(frame.shadows.len(), 1, "what hangs on a wall throws none on the floor");
    assert!(frame.reticle.is_some(), "the selected one is marked");
    assert_ne!(frame.opaque[0].item, frame.opaque[1].item);
}

#[test]
fn items_are_selected_copied_removed_and_put_back_on_their_own() {
    let mut script = Script::showing(&Glb::triangle());
    add(&mut script, 1, &Glb::triangle());
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    place(&mut script, 0.0, floor(-2.0));
    place(&mut script, 1000.0, floor(-3.0));
    list(&mut script, "select-item", json!({ "id": 0 }));
    assert_eq!(items(&script)[0]["selected"], json!(true));
    let still = items(&script)[1]["position"].clone();
    script.act("ar-move", json!({ "right_m": 0.5, "forward_m": 0.0 }));
    assert_eq!(items(&script)[1]["position"], still, "only the selected one moves");
    list(&mut script, "duplicate-item", json!({ "id": 0, "new_id": 7 }));
    assert_eq!(script.viewer.frame(&[]).opaque.len(), 3);
    let place = items(&script)[0].clone();
    list(&mut script, "remove-item", json!({ "id": 0 }));
    assert_eq!(script.viewer.frame(&[]).opaque.len(), 2);
    list(&mut script, "add-item", json!({ "id": 0, "place": place }));
    let back = items(&script).into_iter().find(|item| item["id"] == json!(0)).expect("back");
    for axis in 0..3 {
        let (now, before) = (back["position"][axis].as_f64().unwrap(), place["position"][axis].as_f64().unwrap());
        assert!((now - before).abs() < 1e-4, "{back} is not at {place}");
    }
    room(&mut script, ar::Event::Ended { reason: "shopper" });
    assert_eq!(script.draw().opaque.len(), 1, "the page shows its own product again");
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    assert_eq!(script.viewer.query("room")["status"], json!("session-started"), "the list comes along again");
}

#[test]
fn nonsense_is_told_and_loses_nothing() {
    let mut script = Script::showing(&Glb::triangle());
    add(&mut script, 1, &picture());
    for (name, detail) in [
        ("add-item", json!({ "src": "1.glb" })),
        ("add-item", json!({ "id": 2 })),
        ("add-item", json!({ "id": 1e99, "src": "1.glb" })),
        ("duplicate-item", json!({ "id": 9, "new_id": 10 })),
        ("fly", json!({ "id": 1 })),
    ] {
        list(&mut script, name, detail.clone());
        assert_eq!(script.code("warning"), "verb", "{name} {detail}");
    }
    list(&mut script, "remove-item", json!({ "id": 77 }));
    for id in 100..200 {
        list(&mut script, "add-item", json!({ "id": id, "src": "1.glb" }));
    }
    assert_eq!(script.code("room-item"), "too-many");
}

/// The same room again: the places of all items, by id, relative to the first one.
fn relative(script: &Script) -> Vec<(u64, [f64; 3])> {
    let all = items(script);
    let position = |item: &Value| -> [f64; 3] { std::array::from_fn(|axis| item["position"][axis].as_f64().unwrap()) };
    let origin = position(&all[0]);
    let from_origin = |item: &Value| {
        let place = position(item);
        (item["id"].as_u64().unwrap(), std::array::from_fn(|axis| place[axis] - origin[axis]))
    };
    all.iter().map(from_origin).collect()
}

#[test]
fn a_layout_is_written_down_and_comes_back_under_other_numbers() {
    for key in ["json", "link"] {
        let mut script = Script::showing(&Glb::triangle());
        add(&mut script, 1, &Glb::triangle());
        script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
        place(&mut script, 0.0, floor(-2.0));
        place(&mut script, 1000.0, floor(-3.0));
        list(&mut script, "save-layout", json!({}));
        // The page keeps either as text.
        let layout = match &script.notice("room-layout").expect("written")[key] {
            Value::String(link) => link.clone(),
            json => json.to_string(),
        };
        let before = relative(&script);

        let mut script = Script::showing(&Glb::triangle());
        add(&mut script, 8, &Glb::triangle());
        script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
        list(&mut script, "restore-layout", json!({ "layout": layout, "ids": { "0": 0, "1": 8 } }));
        // In another corner of another room: the shopper finds a place for the first, the other goes with it.
        place(&mut script, 0.0, floor(-1.5));
        for step in 0..20 {
            look_at(&mut script, 1000.0 + f64::from(step) * 16.0, floor(-1.5));
        }
        let after = relative(&script);
        assert_eq!(after.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [0, 8], "{key}");
        let distance = |all: &[(u64, [f64; 3])]| all[1].1.iter().map(|value| value * value).sum::<f64>().sqrt();
        assert!((distance(&before) - distance(&after)).abs() < 0.02, "{key}: {before:?} {after:?}");
    }
    let mut script = Script::showing(&Glb::triangle());
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    list(&mut script, "restore-layout", json!({ "layout": "{}", "ids": {} }));
    assert_eq!(script.code("warning"), "room", "what cannot be read is told");
}

#[test]
fn a_written_doorway_is_answered_in_words() {
    let mut script = Script::showing(&Glb::triangle());
    script.set("ar-units", "cm");
    for (width_m, fits) in [(3.0, true), (0.2, false)] {
        list(&mut script, "doorway", json!({ "width_m": width_m, "height_m": width_m }));
        let answer = script.notice("room-fits").expect("an answer")["answer"].as_str().unwrap().to_owned();
        assert_eq!(answer.contains("spare"), fits, "{answer}");
    }
}
