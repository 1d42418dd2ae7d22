//! Layouts: written, read back, put back into a room; and texts that are none.

use super::placing::sized;
use super::script::{Script, floor, near, near_degrees, plane};
use vitrine::ar::{Effect, Event, Hint, ItemId, Layout, LayoutItem, Placement, Plane, Status, Surface};
use vitrine::math::{Pose, Quat, Vec3};

const SOFA: ItemId = ItemId::FIRST;
const LAMP: ItemId = ItemId(1);

fn names() -> Vec<(ItemId, String)> {
    vec![(SOFA, "SOFA".to_owned()), (LAMP, "https://shop.example/lamp_2.glb?a=~1&b=ü".to_owned())]
}

/// A sofa at (0, 0, -2), and a lamp a metre and a half to its right, turned by 30 degrees.
fn furnished(planes: Vec<Plane>) -> Script {
    let mut script = Script::start_with(sized(2.0, 0.8, 0.9), Placement::Floor, true);
    script.tell(Event::Planes(planes));
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    let pose = Pose { position: Vec3::new(1.5, 0.0, -2.0), orientation: Quat::from_rotation_y(30f32.to_radians()) };
    script.tell(Event::AddItem {
        id: LAMP,
        bounds: sized(0.3, 1.5, 0.3),
        placement: Placement::Floor,
        pose: Some(pose),
    });
    script.frames(30, &[]);
    script
}

fn saved(script: &mut Script) -> (Layout, String) {
    let effects = script.tell(Event::SaveLayout { names: names(), keeps_anchors: true });
    let told = effects.into_iter().find_map(|effect| match effect {
        Effect::Layout { json, link } => Some((json, link)),
        _ => None,
    });
    let (json, link) = told.expect("told");
    (Layout::parse(&json.to_string()).expect("our own"), link)
}

/// The same products in the next session, waiting.
fn next_visit(layout: Layout) -> Script {
    let mut script = Script::start_with(sized(2.0, 0.8, 0.9), Placement::Floor, true);
    script.tell(Event::AddItem { id: LAMP, bounds: sized(0.3, 1.5, 0.3), placement: Placement::Floor, pose: None });
    script.tell(Event::RestoreLayout { layout, ids: vec![SOFA, LAMP] });
    script
}

fn at(script: &Script, id: ItemId) -> Vec3 {
    script.room.item(id).expect("in the room").pose.position
}

#[test]
fn what_still_waits_for_its_place_is_saved_as_it_was() {
    let whole = plane(1, Vec3::new(0.0, 0.0, -1.5), Quat::IDENTITY, 5.0, 4.0, Some("floor"));
    let (layout, _) = saved(&mut furnished(vec![whole]));
    assert!(layout.floor_sides_m.is_some() && layout.items.len() == 2);
    let mut script = next_visit(layout.clone());
    script.frames(10, &[]);
    assert_eq!(saved(&mut script).0, layout, "nothing stands yet");
    // Something new stands, and nobody knows yet where the others stood.
    let pose = Some(Pose { position: Vec3::new(-1.0, 0.0, -1.0), orientation: Quat::IDENTITY });
    let rug = ItemId(2);
    script.tell(Event::AddItem { id: rug, bounds: sized(1.0, 0.01, 1.0), placement: Placement::Floor, pose });
    script.frames(10, &[]);
    let names = [names(), vec![(rug, "RUG".to_owned())]].concat();
    let effects = script.tell(Event::SaveLayout { names, keeps_anchors: false });
    let json = effects.iter().find_map(|effect| match effect {
        Effect::Layout { json, .. } => Some(json.to_string()),
        _ => None,
    });
    let again = Layout::parse(&json.expect("told")).expect("our own");
    let order: Vec<&str> = again.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(order, ["RUG", &layout.items[0].name, &layout.items[1].name]);
    assert_eq!(again.items[1..], layout.items);
}

#[test]
fn what_is_written_is_read() {
    let layout = Layout {
        floor_sides_m: Some((4.25, 3.0)),
        items: vec![
            LayoutItem {
                name: "SOFA ~_%\"\\\n💺".to_owned(),
                contact: Vec3::new(-1.25, 0.0, 0.5),
                yaw_rad: -1.5,
                surface: Surface::Floor,
                scale: 1.0,
                handle: Some("00-ff".to_owned()),
            },
            LayoutItem {
                name: "b".to_owned(),
                contact: Vec3::new(0.01, 2.5, -99.0),
                yaw_rad: 3.0,
                surface: Surface::Ceiling,
                scale: 0.5,
                handle: None,
            },
        ],
    };
    let read = Layout::parse(&layout.to_json().to_string()).expect("our own");
    assert_eq!(read.floor_sides_m, layout.floor_sides_m);
    for (read, item) in read.items.iter().zip(&layout.items) {
        assert_eq!((&read.name, read.contact, read.surface), (&item.name, item.contact, item.surface));
        assert!((read.yaw_rad - item.yaw_rad).abs() < 1e-5 && read.scale == item.scale && read.handle == item.handle);
    }
    // A link is short, safe in an address, and without what only this device knows.
    let link = layout.to_link();
    assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{link}");
    let shared = Layout::parse_link(&link).expect("our own");
    assert_eq!(shared.floor_sides_m, None);
    for (shared, item) in shared.items.iter().zip(&layout.items) {
        assert_eq!((&shared.name, shared.surface, &shared.handle), (&item.name, item.surface, &None));
        assert!(shared.contact.distance(item.contact) < 0.01 && (shared.yaw_rad - item.yaw_rad).abs() < 0.01);
        assert_eq!(shared.scale, item.scale);
    }
    let empty = Layout::default();
    assert_eq!(Layout::parse(&empty.to_json().to_string()), Ok(empty.clone()));
    assert_eq!(Layout::parse_link(&empty.to_link()), Ok(empty));
}

#[test]
fn other_texts_are_refused_with_words() {
    let item = |fields: &str| format!("{{\"vitrine_layout\":1,\"items\":[{{{fields}}}]}}");
    let many = format!("{{\"vitrine_layout\":1,\"items\":[{}]}}", vec!["{}"; 65].join(","));
    let long = format!("{{\"vitrine_layout\":1,\"items\":[],\"x\":\"{}\"}}", "x".repeat(70_000));
    let deep = "[".repeat(60_000);
    for (text, word) in [
        ("", "JSON"),
        ("{", "JSON"),
        (deep.as_str(), "JSON"),
        ("[]", "no layout"),
        ("{\"vitrine_layout\":2,\"items\":[]}", "version 2"),
        ("{\"vitrine_layout\":1}", "items"),
        ("{\"vitrine_layout\":1,\"items\":[],\"floor\":[1]}", "floor"),
        (many.as_str(), "65 products"),
        (long.as_str(), "longer"),
        (&item(""), "items/0: \"name\""),
        (&item("\"name\":\"\""), "\"name\""),
        (&item("\"name\":\"a\",\"at\":[0,1]"), "\"at\""),
        (&item("\"name\":\"a\",\"at\":[0,1e300,0]"), "\"at\""),
        (&item("\"name\":\"a\",\"at\":[0,1000,0]"), "\"at\""),
        (&item("\"name\":\"a\",\"at\":[0,0,0],\"yaw\":1e9"), "\"yaw\""),
        (&item("\"name\":\"a\",\"at\":[0,0,0],\"yaw\":0,\"on\":\"moon\""), "\"on\""),
        (&item("\"name\":\"a\",\"at\":[0,0,0],\"yaw\":0,\"on\":\"floor\",\"scale\":0"), "\"scale\""),
    ] {
        let refusal = Layout::parse(text).expect_err(&text[..text.len().min(80)]);
        assert!(refusal.contains(word), "{refusal} should name {word}");
    }
    for text in ["", "2~a_0_0_0_0_f", "1~", "1~a", "1~a_0_0_0_0", "1~a_0_0_0_0_x", "1~a_nan_0_0_0_f", "1~a_0_0_0_0_f_0"]
    {
        assert!(Layout::parse_link(text).is_err(), "{text}");
    }
    for text in ["1~%_0_0_0_0_f", "1~%ff_0_0_0_0_f", "1~a_0_0_0_0_f_1_1", "1~a_99999999_0_0_0_f", "1~a_0_0_0_9e9_f"] {
        assert!(Layout::parse_link(text).is_err(), "{text}");
    }
}

#[test]
fn without_a_known_floor_the_first_finds_its_place_and_the_others_go_with_it() {
    let (layout, link) = saved(&mut furnished(vec![]));
    assert_eq!(layout.items.len(), 2);
    assert!(link.len() < 120, "{} bytes: {link}", link.len());
    for layout in [layout, Layout::parse_link(&link).expect("our own")] {
        let mut script = next_visit(layout);
        script.viewer =
            Pose { position: Vec3::new(2.0, 1.5, 1.0), orientation: Quat::from_rotation_y(-90f32.to_radians()) };
        script.frames(2, &[floor(4.0, 0.0, 1.0)]);
        assert_eq!(script.room.items().len(), 1, "the sofa's ghost");
        script.tap();
        script.frame(&[]);
        near(at(&script, SOFA), Vec3::new(4.0, 0.0, 1.0));
        // The sofa looks along -X now: a quarter turn to the right. What was at its +X is at +Z.
        assert!(at(&script, LAMP).distance(Vec3::new(4.0, 0.0, 2.5)) < 0.02, "{}", at(&script, LAMP));
        let front = script.room.item(LAMP).expect("there").pose.orientation * Vec3::Z;
        let turned = front.x.atan2(front.z).to_degrees();
        assert!((turned - (-60.0)).abs() < 1.0, "{turned}");
    }
}

#[test]
fn on_the_same_floor_everything_stands_where_it_stood() {
    let turn = Quat::from_rotation_y(0.3);
    let room = plane(1, Vec3::new(0.5, 0.0, -1.0), turn, 5.0, 4.0, Some("floor"));
    let (layout, _) = saved(&mut furnished(vec![room]));
    assert_eq!(layout.floor_sides_m, Some((5.0, 4.0)));
    // The same floor, from another origin: shifted and turned.
    let new_from_old = Pose { position: Vec3::new(-1.0, 0.1, 2.0), orientation: Quat::from_rotation_y(1.0) };
    let moved = |point: Vec3| new_from_old.orientation * point + new_from_old.position;
    let floor_now = |width: f32| {
        plane(7, moved(Vec3::new(0.5, 0.0, -1.0)), new_from_old.orientation * turn, width, 4.0, Some("floor"))
    };
    let mut script = next_visit(layout.clone());
    script.tell(Event::Planes(vec![floor_now(5.1)]));
    script.frame(&[]);
    assert_eq!(script.room.status(), Status::ObjectPlaced);
    near(at(&script, SOFA), moved(Vec3::new(0.0, 0.0, -2.0)));
    near(at(&script, LAMP), moved(Vec3::new(1.5, 0.0, -2.0)));
    near_degrees(script.yaw_degrees(), 1f32.to_degrees());
    // A floor of another size is another room: the sofa waits for a tap.
    let mut script = next_visit(layout);
    script.tell(Event::Planes(vec![floor_now(7.0)]));
    script.frames(5, &[]);
    assert_eq!(script.room.status(), Status::SessionStarted);
}

#[test]
fn kept_anchors_come_first_and_are_not_waited_for_for_ever() {
    let mut script = furnished(vec![]);
    let effects = script.tell(Event::SaveLayout { names: names(), keeps_anchors: true });
    for item in [SOFA, LAMP] {
        assert!(effects.contains(&Effect::KeepAnchor { item }), "{effects:?}");
    }
    // The name of the anchor comes later: the layout is told again.
    let effects = script.tell(Event::AnchorKept { item: LAMP, handle: "lamp-7".to_owned() });
    let Some(Effect::Layout { json, .. }) = effects.first() else { panic!("told again: {effects:?}") };
    let layout = Layout::parse(&json.to_string()).expect("our own");
    assert_eq!(layout.items[1].handle.as_deref(), Some("lamp-7"));

    let mut script = next_visit(layout.clone());
    assert!(script.effects.contains(&Effect::RestoreAnchor { item: LAMP, handle: "lamp-7".to_owned() }));
    script.frames(30, &[floor(0.0, 0.0, -2.0)]);
    assert_eq!(script.last_hint(), Hint::Restoring);
    let pose = Pose { position: Vec3::new(0.0, 0.0, 3.0), orientation: Quat::from_rotation_y(120f32.to_radians()) };
    script.tell(Event::AnchorMoved { item: LAMP, world_from_anchor: Some(pose) });
    script.frame(&[]);
    near(at(&script, LAMP), Vec3::new(0.0, 0.0, 3.0));
    // The room is turned by a quarter: the sofa, 1.5 m to the lamp's left then, is now at its +Z.
    near(at(&script, SOFA), Vec3::new(0.0, 0.0, 4.5));
    // It never comes: after four seconds the shopper finds the place.
    let mut script = next_visit(layout);
    script.frames(300, &[floor(0.0, 0.0, -2.0)]);
    assert_eq!(script.last_hint(), Hint::TapToPlace);
    script.tap();
    script.frame(&[]);
    near(at(&script, LAMP), Vec3::new(1.5, 0.0, -2.0));
}

#[test]
fn a_layout_saved_while_something_moves_has_its_anchor_kept_once_it_rests() {
    let mut script = furnished(vec![]);
    script.tell(Event::SelectItem(Some(LAMP)));
    script.tell(Event::Move { right_m: 0.1, forward_m: 0.0 });
    let effects = script.tell(Event::SaveLayout { names: names(), keeps_anchors: true });
    assert!(effects.contains(&Effect::KeepAnchor { item: SOFA }), "{effects:?}");
    assert!(!effects.contains(&Effect::KeepAnchor { item: LAMP }), "{effects:?}");
    script.effects.clear();
    script.frames(60, &[]);
    let told = |wanted: &Effect| script.effects.iter().filter(|effect| *effect == wanted).count();
    assert_eq!(told(&Effect::KeepAnchor { item: LAMP }), 1, "{:?}", script.effects);
    let is_made = |effect: &Effect| matches!(effect, Effect::Anchor { item: LAMP, .. });
    let made = script.effects.iter().position(is_made).expect("it has come to rest");
    assert_eq!(script.effects[made + 1], Effect::KeepAnchor { item: LAMP });
}

#[test]
fn a_layout_for_somebody_else_keeps_no_anchors() {
    let mut script = furnished(vec![]);
    let effects = script.tell(Event::SaveLayout { names: names(), keeps_anchors: false });
    assert!(effects.iter().all(|effect| matches!(effect, Effect::Layout { .. })), "{effects:?}");
    assert!(script.tell(Event::AnchorKept { item: LAMP, handle: "lamp-7".to_owned() }).is_empty());
}

#[test]
fn what_is_forgotten_is_told_to_the_device_and_what_stands_there_is_anchored_anew() {
    let mut script = furnished(vec![]);
    script.tell(Event::SaveLayout { names: names(), keeps_anchors: true });
    script.tell(Event::AnchorKept { item: LAMP, handle: "lamp-7".to_owned() });
    script.effects.clear();
    script.tell(Event::ForgetAnchors { handles: vec!["lamp-7".to_owned(), "stool-1".to_owned()] });
    script.frames(60, &[]);
    for handle in ["lamp-7", "stool-1"] {
        assert!(script.effects.contains(&Effect::ForgetAnchor { handle: handle.to_owned() }), "{:?}", script.effects);
    }
    let anchored =
        |id| script.effects.iter().any(|effect| matches!(effect, Effect::Anchor { item, .. } if *item == id));
    assert!(anchored(LAMP) && !anchored(SOFA), "{:?}", script.effects);
}

#[test]
fn what_stands_already_goes_back_to_its_kept_anchor() {
    let mut script = furnished(vec![]);
    let (mut layout, _) = saved(&mut script);
    layout.items[1].handle = Some("lamp-7".to_owned());
    let before = at(&script, LAMP);
    script.tell(Event::SelectItem(Some(LAMP)));
    script.tell(Event::Move { right_m: 0.4, forward_m: 0.0 });
    let effects = script.tell(Event::RestoreLayout { layout, ids: vec![SOFA, LAMP] });
    assert!(effects.contains(&Effect::RestoreAnchor { item: LAMP, handle: "lamp-7".to_owned() }), "{effects:?}");
    script.tell(Event::AnchorMoved {
        item: LAMP,
        world_from_anchor: Some(Pose { position: before, orientation: Quat::IDENTITY }),
    });
    script.frame(&[]);
    near(at(&script, LAMP), before);
}

#[test]
fn when_the_first_is_removed_the_next_finds_the_place() {
    let (layout, _) = saved(&mut furnished(vec![]));
    let mut script = next_visit(layout);
    script.frames(2, &[floor(0.0, 0.0, -2.0)]);
    script.tell(Event::RemoveItem(SOFA));
    script.frames(2, &[floor(0.5, 0.0, -2.0)]);
    assert_eq!(script.last_hint(), Hint::TapToPlace);
    script.tap();
    near(at(&script, LAMP), Vec3::new(0.5, 0.0, -2.0));
}

#[test]
fn what_stood_on_another_stands_on_it_again() {
    let layout = |name: &str, contact: Vec3, surface: Surface| LayoutItem {
        name: name.to_owned(),
        contact,
        yaw_rad: 0.0,
        surface,
        scale: 1.0,
        handle: None,
    };
    let items =
        vec![layout("SOFA", Vec3::ZERO, Surface::Floor), layout("LAMP", Vec3::new(0.4, 0.8, 0.0), Surface::Item)];
    let mut script = next_visit(Layout { floor_sides_m: None, items });
    script.frames(2, &[floor(0.0, 0.0, -2.0)]);
    script.tap();
    script.frame(&[]);
    near(at(&script, LAMP), Vec3::new(0.4, 0.8, -2.0));
    script.tell(Event::SelectItem(Some(SOFA)));
    script.tell(Event::Move { right_m: 1.0, forward_m: 0.0 });
    near(at(&script, LAMP), Vec3::new(1.4, 0.8, -2.0));
}

#[test]
fn what_the_page_does_not_name_is_not_written() {
    let mut script = furnished(vec![]);
    let effects = script.tell(Event::SaveLayout {
        names: vec![(LAMP, "LAMP".to_owned()), (ItemId(70), "no".to_owned())],
        keeps_anchors: false,
    });
    let written = effects.iter().find_map(|effect| match effect {
        Effect::Layout { json, .. } => Some(json.clone()),
        _ => None,
    });
    let layout = Layout::parse(&written.expect("told").to_string()).expect("our own");
    let names: Vec<_> = layout.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["LAMP"]);
    // Neither ids that are not there nor too few of them do harm.
    let mut script = Script::start(Placement::Floor);
    script.tell(Event::RestoreLayout { layout: layout.clone(), ids: vec![ItemId(40)] });
    script.tell(Event::RestoreLayout { layout, ids: vec![] });
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    assert_eq!(script.room.status(), Status::ObjectPlaced);
}
