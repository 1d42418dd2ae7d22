//! Where products may be put: surfaces, planes, sizes, other products, the air, and what happens without any of them.

use super::script::{Script, floor, looking_at, near, near_degrees, plane, tilted, wall};
use vitrine::ar::{Effect, Event, Hint, ItemId, Mode, Placement, Problem, Status, Surface};
use vitrine::math::{Aabb, Pose, Quat, Vec3};

/// A box with its origin in the middle of its underside.
pub fn sized(width: f32, height: f32, depth: f32) -> Aabb {
    Aabb { min: Vec3::new(-width / 2.0, 0.0, -depth / 2.0), max: Vec3::new(width / 2.0, height, depth / 2.0) }
}

#[test]
fn every_word_of_the_attribute_means_one_placement() {
    for (word, placement) in Placement::WORDS {
        assert_eq!(Placement::from_word(word), Some(placement));
        assert!(Placement::CHOICES.contains(word), "{word} is offered");
    }
    for word in ["", "Floor", "ground", "floor "] {
        assert_eq!(Placement::from_word(word), None, "{word:?}");
    }
}

#[test]
fn a_known_plane_hides_the_surface_behind_it_whatever_the_hits_say() {
    let bounds = sized(0.3, 0.4, 0.3);
    let mut script = Script::start_in(Mode::Ar, bounds, Placement::Table);
    script.tell(Event::FloorHeight(0.0));
    script.tell(Event::Planes(vec![plane(1, Vec3::new(0.0, 0.75, -2.0), Quat::IDENTITY, 1.2, 0.8, Some("table"))]));
    // Through the middle of the table; a device without hit tests knows only the floor behind it.
    let ahead = looking_at(script.viewer.position, Vec3::new(0.0, 0.75, -2.0)).direction;
    script.viewer.orientation = Quat::from_rotation_arc(Vec3::NEG_Z, ahead);
    script.frames(3, &[floor(0.0, 0.0, -4.0)]);
    assert_eq!(script.last_hint(), Hint::TapToPlace);
    script.tell(Event::Place);
    near(script.room.items()[0].pose.position, Vec3::new(0.0, 0.75, -2.0));
}

#[test]
fn the_first_picture_shows_a_ghost_before_the_shopper() {
    let mut script = Script::start(Placement::Floor);
    script.tell(Event::FloorHeight(0.0));
    script.frame(&[]);
    let [ghost] = script.room.items() else { panic!("one ghost: {:?}", script.room.items()) };
    assert!(ghost.is_ghost && ghost.id == ItemId::FIRST && !ghost.is_selected);
    let foot = ghost.support.position;
    assert!(foot.y == 0.0 && foot.z < -1.0 && foot.x.abs() < 1e-5, "on the floor, ahead: {foot}");
    near(ghost.pose.orientation * Vec3::Z, Vec3::Z);
    assert_eq!(script.room.status(), Status::SessionStarted);
    assert!(script.room.item_pose().is_none() && script.room.preview_pose().is_none(), "no place yet");
    script.tap();
    assert_eq!(script.room.status(), Status::SessionStarted, "a tap on a ghost without a place places nothing");
    // Found: the ghost is where the tap will put it.
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    let preview = script.room.preview_pose();
    assert_eq!(script.room.items().first().map(|item| item.pose), preview);
}

#[test]
fn after_ten_seconds_without_a_surface_it_is_put_in_front() {
    let mut script = Script::start(Placement::Floor);
    script.tell(Event::FloorHeight(-0.2));
    script.frames(595, &[]);
    assert_eq!(script.room.status(), Status::SessionStarted, "not yet ten seconds");
    script.frames(10, &[]);
    assert_eq!(script.room.status(), Status::ObjectPlaced);
    assert_eq!(script.last_hint(), Hint::PlacedInFront(Surface::Floor));
    let item = script.room.items()[0];
    assert_eq!(item.problem, Some(Problem::NoSurface));
    assert!((item.support.position.y + 0.2).abs() < 1e-5, "on the floor that is known");
    // Once the shopper moves it, it is where the shopper wants it.
    script.tell(Event::Move { right_m: 0.1, forward_m: 0.0 });
    assert_eq!(script.room.items()[0].problem, None);
}

#[test]
fn a_picture_without_a_wall_floats_until_it_is_dragged_to_one() {
    let mut script = Script::start_with(sized(0.6, 0.8, 0.04), Placement::Wall, true);
    script.frames(610, &[floor(0.0, 0.0, -2.0)]);
    assert_eq!(script.last_hint(), Hint::PlacedInFront(Surface::Air));
    let middle = script.room.items()[0].support.position;
    script.press(1, middle);
    script.draw_to(1, middle + Vec3::X * 0.1);
    script.draw_to_over(1, Vec3::new(0.4, 1.5, -3.0), &[wall(0.4, 1.5)]);
    script.tell(Event::PressEnd { id: 1 });
    let item = script.room.items()[0];
    assert_eq!((item.surface, item.problem), (Surface::Wall, None));
    near(item.support.position, Vec3::new(0.4, 1.5, -3.0));
}

#[test]
fn a_wrong_surface_is_refused_with_the_word_for_the_right_one() {
    let words = [
        (Placement::Wall, floor(0.0, 0.0, -2.0), "This one hangs on a wall. Point the phone at a wall"),
        (Placement::Ceiling, floor(0.0, 0.0, -2.0), "This one hangs from the ceiling. Point the phone at the ceiling"),
        (Placement::Floor, wall(0.0, 1.0), "This one stands on a level surface. Point the phone at the floor"),
        (Placement::Table, floor(0.0, 0.0, -2.0), "This one stands on a table or shelf. Point the phone at one"),
        (Placement::Item, floor(0.0, 0.0, -2.0), "This one goes onto another product. Point the phone at it"),
        (Placement::Any, tilted(180.0), "This one goes on the floor or a wall. Point the phone there"),
    ];
    for (placement, hit, text) in words {
        let mut script = Script::start(placement);
        script.tell(Event::FloorHeight(0.0));
        script.frames(70, &[hit]);
        let hint = script.last_hint();
        assert_eq!((hint.code(), hint.text()), ("wrong-surface", text), "{placement:?}");
        script.tap();
        assert_eq!(script.room.status(), Status::SessionStarted, "{placement:?}");
    }
}

#[test]
fn a_lamp_hangs_from_the_ceiling() {
    let lamp = Aabb { min: Vec3::new(-0.2, -0.8, -0.2), max: Vec3::new(0.2, 0.0, 0.2) };
    let mut script = Script::start_with(lamp, Placement::Ceiling, true);
    let ceiling = Pose { position: Vec3::new(0.5, 2.5, -1.0), orientation: Quat::from_rotation_x(180f32.to_radians()) };
    script.frame(&[ceiling]);
    script.tap();
    let item = script.room.items()[0];
    assert_eq!(item.surface, Surface::Ceiling);
    near(item.pose.position, Vec3::new(0.5, 2.5, -1.0));
    near(item.support.orientation * Vec3::Y, Vec3::NEG_Y);
    script.tell(Event::Move { right_m: 0.0, forward_m: 0.3 });
    near(script.room.items()[0].pose.position, Vec3::new(0.5, 2.5, -1.3));
}

#[test]
fn a_table_top_is_known_by_label_by_plane_and_by_height() {
    let vase = sized(0.2, 0.3, 0.2);
    // By height over a floor that is known, without planes.
    let mut script = Script::start_with(vase, Placement::Table, true);
    script.tell(Event::FloorHeight(0.0));
    script.frame(&[floor(0.0, 0.2, -2.0)]);
    assert!(script.room.reticle().is_none(), "a carpet is no table");
    script.frame(&[floor(0.0, 0.72, -2.0)]);
    assert_eq!(script.room.reticle().map(|reticle| reticle.surface), Some(Surface::Table));
    // By label, although it is low.
    let mut script = Script::start_with(vase, Placement::Table, true);
    let table = plane(1, Vec3::new(0.0, 0.2, -2.0), Quat::IDENTITY, 1.0, 0.6, Some("table"));
    script.tell(Event::Planes(vec![table]));
    script.frame(&[floor(0.1, 0.21, -2.1)]);
    script.tap();
    // It stands on the plane, not on the hit, which is a centimetre off.
    near(script.room.items()[0].support.position, Vec3::new(0.1, 0.2, -2.1));
}

#[test]
fn what_is_larger_than_the_table_top_is_refused_there() {
    let table = plane(1, Vec3::new(0.0, 0.75, -2.0), Quat::from_rotation_y(0.4), 1.2, 0.7, Some("table"));
    for (width, depth, fits) in [(1.15, 0.65, true), (0.65, 1.15, true), (1.3, 0.5, false), (0.8, 0.8, false)] {
        let mut script = Script::start_with(sized(width, 0.4, depth), Placement::Floor, true);
        script.tell(Event::Planes(vec![table.clone()]));
        script.frames(70, &[floor(0.0, 0.75, -2.0)]);
        assert_eq!(script.room.reticle().is_some(), fits, "{width} by {depth}");
        if !fits {
            assert_eq!(script.last_hint(), Hint::TooSmall(Placement::Floor));
        }
    }
    // A floor that may still grow refuses nothing.
    let mut script = Script::start_with(sized(2.0, 0.8, 1.0), Placement::Floor, true);
    script.tell(Event::FloorHeight(0.0));
    script.tell(Event::Planes(vec![plane(1, Vec3::new(0.0, 0.0, -2.0), Quat::IDENTITY, 0.5, 0.5, None)]));
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    assert!(script.room.reticle().is_some());
}

#[test]
fn a_vase_that_is_dragged_off_its_table_stays_and_says_why() {
    let mut script = Script::start_with(sized(0.2, 0.3, 0.2), Placement::Table, true);
    script.tell(Event::FloorHeight(0.0));
    script.tell(Event::Planes(vec![plane(1, Vec3::new(0.0, 0.75, -2.0), Quat::IDENTITY, 1.2, 0.8, Some("table"))]));
    script.frame(&[floor(0.0, 0.75, -2.0)]);
    script.tap();
    script.press(1, Vec3::new(0.0, 0.8, -1.9));
    script.draw_to(1, Vec3::new(0.05, 0.8, -1.9));
    script.draw_to_over(1, Vec3::new(1.5, 0.0, -2.5), &[floor(1.5, 0.0, -2.5)]);
    script.tell(Event::PressEnd { id: 1 });
    assert_eq!(script.last_hint(), Hint::WrongSurface(Placement::Table));
    let item = script.room.items()[0];
    assert!((item.support.position.y - 0.75).abs() < 1e-4 && item.surface == Surface::Table, "{item:?}");
    // The wall behind a sofa is not where it was dragged to.
    let mut script = Script::placed();
    script.press(1, Vec3::new(0.0, 0.4, -1.65));
    for x in [0.05, 0.5] {
        script.draw_to_over(1, Vec3::new(x, 0.4, -1.65), &[wall(x, 0.2)]);
    }
    script.tell(Event::PressEnd { id: 1 });
    assert_eq!((script.last_hint(), script.room.items()[0].surface), (Hint::None, Surface::Floor));
}

#[test]
fn nothing_hangs_over_the_edge_of_a_table() {
    let mut script = Script::start_with(sized(0.4, 0.3, 0.4), Placement::Table, true);
    script.tell(Event::Planes(vec![plane(1, Vec3::new(0.0, 0.75, -2.0), Quat::IDENTITY, 1.2, 0.8, Some("table"))]));
    script.frame(&[floor(0.58, 0.75, -1.62)]);
    script.tap();
    let item = script.room.items()[0];
    let foot = item.support.position;
    // Turned to the shopper a little, its corners reach farther than half its width.
    assert!(foot.x < 0.4 && foot.x > 0.25 && foot.z <= -1.8 && foot.z > -2.0, "{foot}");
    assert_eq!(item.problem, None);
    // By buttons it can be pushed over it, which is told.
    script.tell(Event::Move { right_m: 0.2, forward_m: 0.0 });
    assert_eq!(script.room.items()[0].problem, Some(Problem::OverEdge));
}

#[test]
fn no_picture_hangs_on_a_door_or_a_window() {
    for (label, is_wall) in [("wall", true), ("door", false), ("window", false)] {
        let mut script = Script::start_with(sized(0.6, 0.8, 0.04), Placement::Wall, true);
        let upright = Quat::from_rotation_x(90f32.to_radians());
        script.tell(Event::Planes(vec![plane(3, Vec3::new(0.0, 1.2, -3.0), upright, 3.0, 2.4, Some(label))]));
        script.frame(&[wall(0.2, 1.4)]);
        assert_eq!(script.room.reticle().is_some(), is_wall, "{label}");
    }
}

#[test]
fn planes_serve_where_the_device_has_no_hit_tests() {
    let mut script = Script::start(Placement::Floor);
    script.viewer.orientation = Quat::from_rotation_x(-40f32.to_radians());
    script.tell(Event::Planes(vec![plane(1, Vec3::new(0.0, 0.0, -2.0), Quat::IDENTITY, 4.0, 4.0, Some("floor"))]));
    script.frame(&[]);
    let reticle = script.room.reticle().expect("found").world_from_reticle.position;
    near(reticle, Vec3::new(0.0, 0.0, -1.5 / 40f32.to_radians().tan()));
    script.viewer.orientation = Quat::from_rotation_x(-80f32.to_radians()) * Quat::IDENTITY;
    script.viewer.position.x = 9.0;
    script.frames(20, &[]);
    assert!(script.room.reticle().is_none(), "beside the floor's outline there is none");
}

#[test]
fn planes_of_no_numbers_or_without_an_area_are_not_there() {
    let mut script = Script::start(Placement::Floor);
    script.viewer.orientation = Quat::from_rotation_x(-40f32.to_radians());
    let sound = plane(1, Vec3::new(0.0, 0.0, -2.0), Quat::IDENTITY, 4.0, 4.0, None);
    let mut line = sound.clone();
    line.polygon.truncate(2);
    let mut endless = sound.clone();
    endless.polygon[0].x = f32::INFINITY;
    let mut nowhere = sound.clone();
    nowhere.world_from_plane.position.y = f32::NAN;
    script.tell(Event::Planes(vec![line, endless, nowhere]));
    script.frame(&[]);
    assert!(script.room.reticle().is_none());
    script.tell(Event::Planes(vec![sound]));
    script.frame(&[]);
    assert!(script.room.reticle().is_some());
}

#[test]
fn a_lamp_goes_onto_a_sideboard_and_comes_along() {
    let mut script = Script::start_with(sized(1.2, 0.8, 0.4), Placement::Floor, true);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    let lamp = ItemId(5);
    script.tell(Event::AddItem { id: lamp, bounds: sized(0.2, 0.4, 0.2), placement: Placement::Item, pose: None });
    script.viewer.orientation = looking_along(script.viewer.position, Vec3::new(0.3, 0.8, -2.0));
    script.frame(&[floor(0.6, 0.0, -4.0)]);
    assert_eq!(script.room.reticle().map(|reticle| reticle.surface), Some(Surface::Item));
    script.tap();
    near(script.room.item(lamp).expect("placed").support.position, Vec3::new(0.3, 0.8, -2.0));
    assert!(script.room.items().iter().all(|item| !item.overlaps), "what stands on something does not reach into it");
    // The sideboard moves and turns; the lamp stays where it is on it.
    script.tell(Event::SelectItem(Some(ItemId::FIRST)));
    script.viewer.orientation = Quat::IDENTITY;
    script.frame(&[]);
    script.tell(Event::Move { right_m: 0.5, forward_m: 0.0 });
    near(script.room.item(lamp).expect("placed").support.position, Vec3::new(0.8, 0.8, -2.0));
    script.tell(Event::Turn { degrees: 90.0 });
    near(script.room.item(lamp).expect("placed").support.position, Vec3::new(0.5, 0.8, -2.3));
    // Pushed over its edge it says so; dragged, it stays on it.
    script.tell(Event::SelectItem(Some(lamp)));
    script.tell(Event::Move { right_m: 0.3, forward_m: 0.0 });
    assert_eq!(script.room.item(lamp).and_then(|item| item.problem), Some(Problem::OverEdge));
    script.drag(1, Vec3::new(0.8, 1.0, -2.2), Vec3::X * 0.5);
    script.tell(Event::PressEnd { id: 1 });
    let dragged = script.room.item(lamp).expect("placed");
    assert_eq!(dragged.problem, None);
    near(dragged.support.position, Vec3::new(0.6, 0.8, -2.3));
    // One that is too large does not go up there.
    let big = ItemId(6);
    script.tell(Event::AddItem { id: big, bounds: sized(1.3, 0.4, 0.9), placement: Placement::Item, pose: None });
    script.viewer.orientation = looking_along(script.viewer.position, Vec3::new(0.5, 0.8, -2.0));
    script.frames(70, &[]);
    assert_eq!(script.last_hint(), Hint::TooSmall(Placement::Item));
}

#[test]
fn a_lamp_changes_from_one_sideboard_to_the_next() {
    let mut script = Script::start_with(sized(0.2, 0.4, 0.2), Placement::Table, true);
    for (id, x) in [(1, -0.6), (2, 0.6)] {
        let pose = Some(Pose { position: Vec3::new(x, 0.0, -2.0), orientation: Quat::IDENTITY });
        script.tell(Event::AddItem { id: ItemId(id), bounds: sized(0.8, 0.6, 0.5), placement: Placement::Floor, pose });
    }
    script.viewer.orientation = looking_along(script.viewer.position, Vec3::new(-0.6, 0.6, -2.0));
    script.frame(&[]);
    script.tap();
    near(script.room.item(ItemId::FIRST).expect("placed").support.position, Vec3::new(-0.6, 0.6, -2.0));
    script.press(1, Vec3::new(-0.6, 0.7, -1.9));
    assert!(script.room.item(ItemId::FIRST).is_some_and(|item| item.is_selected));
    for target in [Vec3::new(-0.55, 0.6, -1.95), Vec3::new(0.5, 0.6, -2.0)] {
        script.draw_to(1, target);
    }
    script.tell(Event::PressEnd { id: 1 });
    let foot = script.room.item(ItemId::FIRST).expect("placed").support.position;
    near(foot, Vec3::new(0.5, 0.6, -2.0));
    // It goes with the second now.
    script.tell(Event::SelectItem(Some(ItemId(2))));
    script.viewer.orientation = Quat::IDENTITY;
    script.frame(&[]);
    script.tell(Event::Move { right_m: 1.0, forward_m: 0.0 });
    near(script.room.item(ItemId::FIRST).expect("placed").support.position, foot + Vec3::X);
}

#[test]
fn a_lamp_in_the_air_is_where_the_shopper_looks() {
    let mut script = Script::start_with(sized(0.4, 0.4, 0.4), Placement::Air, true);
    script.frame(&[]);
    assert_eq!(script.last_hint(), Hint::TapToPlace);
    script.tap();
    let item = script.room.items()[0];
    assert_eq!(item.surface, Surface::Air);
    near(item.support.position, Vec3::new(0.0, 1.5, -1.4));
    script.tell(Event::Move { right_m: 0.1, forward_m: 0.2 });
    near(script.room.items()[0].support.position, Vec3::new(0.1, 1.7, -1.4));
    script.tell(Event::Turn { degrees: 30.0 });
    near_degrees(script.yaw_degrees(), 30.0);
}

#[test]
fn in_a_showroom_it_stands_there_from_the_first_picture() {
    let mut script = Script::start_in(Mode::Vr, sized(0.8, 0.9, 0.7), Placement::Floor);
    script.frame(&[]);
    assert_eq!(script.room.status(), Status::ObjectPlaced);
    let item = script.room.items()[0];
    assert_eq!((item.surface, item.support.position.y, item.problem), (Surface::Floor, 0.0, None));
    // A second one stands beside it, and both can be dragged over the floor.
    script.tell(Event::AddItem {
        id: ItemId(1),
        bounds: sized(0.8, 0.9, 0.7),
        placement: Placement::Floor,
        pose: None,
    });
    script.frame(&[]);
    assert!(script.room.items().iter().all(|item| !item.overlaps && !item.is_ghost), "{:?}", script.room.items());
    let foot = script.room.item(ItemId(1)).expect("placed").support.position;
    script.drag(1, foot + Vec3::new(0.0, 0.4, 0.35), Vec3::X * 0.5);
    near(script.room.item(ItemId(1)).expect("placed").support.position, foot + Vec3::X * 0.5);
}

#[test]
fn placing_is_counted_with_its_time_and_without_its_place() {
    let mut script = Script::start(Placement::Floor);
    script.frames(60, &[]);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    let counted = script.effects.iter().find_map(|effect| match effect {
        Effect::Analytics(entry) if entry.name == "ar-place" => Some(*entry),
        _ => None,
    });
    let entry = counted.expect("counted");
    assert_eq!((entry.item, entry.items), (Some(ItemId::FIRST), 1));
    assert!((entry.seconds - 1.0).abs() < 0.05, "{}", entry.seconds);
}

fn looking_along(from: Vec3, to: Vec3) -> Quat {
    Quat::from_rotation_arc(Vec3::NEG_Z, looking_at(from, to).direction)
}
