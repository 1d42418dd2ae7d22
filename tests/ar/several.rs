//! Several products: picked, moved, copied, replaced and removed on their own; snapped to walls and to each other.

use super::placing::sized;
use super::script::{Script, floor, near, near_degrees, plane};
use vitrine::ar::{Effect, Event, Hint, ItemId, Placement, Problem, Status};
use vitrine::math::{Pose, Quat, Vec3};

const SOFA: ItemId = ItemId::FIRST;
const CHAIR: ItemId = ItemId(1);

/// A sofa two metres ahead and a chair a metre and a half to its right, both looking at the shopper's side of the room.
fn furnished() -> Script {
    let mut script = Script::start_with(sized(2.0, 0.8, 0.9), Placement::Floor, true);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    let pose = Pose { position: Vec3::new(1.8, 0.0, -2.0), orientation: Quat::IDENTITY };
    script.tell(Event::AddItem {
        id: CHAIR,
        bounds: sized(0.5, 0.9, 0.5),
        placement: Placement::Floor,
        pose: Some(pose),
    });
    script
}

fn at(script: &Script, id: ItemId) -> Vec3 {
    script.room.item(id).expect("in the room").pose.position
}

#[test]
fn each_is_picked_and_moved_on_its_own() {
    let mut script = furnished();
    assert_eq!(script.room.items().len(), 2);
    script.drag(1, Vec3::new(1.8, 0.4, -1.75), Vec3::new(0.5, 0.0, 0.5));
    assert!(script.effects.contains(&Effect::Selected(Some(CHAIR))), "the finger has picked it");
    script.tell(Event::PressEnd { id: 1 });
    near(at(&script, CHAIR), Vec3::new(2.3, 0.0, -1.5));
    near(at(&script, SOFA), Vec3::new(0.0, 0.0, -2.0));
    // Buttons act on the one that is selected; the page can select, too.
    script.tell(Event::SelectItem(Some(SOFA)));
    script.tell(Event::Turn { degrees: 20.0 });
    near_degrees(script.yaw_degrees(), 20.0);
    near(script.room.item(CHAIR).expect("there").pose.orientation * Vec3::Z, Vec3::Z);
    script.tell(Event::SelectItem(Some(ItemId(77))));
    assert!(script.room.item(SOFA).is_some_and(|item| item.is_selected), "what is not there is not selected");
}

#[test]
fn the_nearest_along_the_ray_is_picked_and_two_fingers_stay_with_it() {
    let mut script = furnished();
    let pose = Pose { position: Vec3::new(0.0, 0.0, -4.0), orientation: Quat::IDENTITY };
    script.tell(Event::AddItem {
        id: ItemId(2),
        bounds: sized(1.0, 2.0, 0.5),
        placement: Placement::Floor,
        pose: Some(pose),
    });
    // Through the sofa's seat to the wardrobe behind it.
    script.press(1, Vec3::new(0.0, 0.7, -1.6));
    assert!(script.room.item(SOFA).is_some_and(|item| item.is_selected));
    // The second finger comes down on the chair: still the sofa.
    script.press(2, Vec3::new(1.8, 0.4, -1.75));
    assert!(script.room.item(SOFA).is_some_and(|item| item.is_selected));
    script.tell(Event::PressEnd { id: 1 });
    script.tell(Event::PressEnd { id: 2 });
    // Over the sofa's back it is the wardrobe.
    script.press(3, Vec3::new(0.0, 1.4, -3.75));
    assert!(script.room.item(ItemId(2)).is_some_and(|item| item.is_selected));
}

#[test]
fn copies_stand_beside_and_replacements_in_place() {
    let mut script = furnished();
    script.tell(Event::DuplicateItem { id: CHAIR, new_id: ItemId(9) });
    near(at(&script, ItemId(9)), Vec3::new(2.4, 0.0, -2.0));
    assert!(script.room.item(ItemId(9)).is_some_and(|item| item.is_selected && !item.overlaps));
    script.tell(Event::DuplicateItem { id: CHAIR, new_id: CHAIR });
    script.tell(Event::DuplicateItem { id: ItemId(50), new_id: ItemId(51) });
    assert_eq!(script.room.items().len(), 3, "neither is a copy");
    // A larger variant whose origin lies elsewhere stands where the old one stood.
    let mut tall = sized(0.7, 1.4, 0.7);
    tall.min.y += 1.0;
    tall.max.y += 1.0;
    script.tell(Event::ReplaceItem { id: CHAIR, bounds: tall });
    near(at(&script, CHAIR), Vec3::new(1.8, -1.0, -2.0));
    near(script.room.item(CHAIR).expect("there").support.position, Vec3::new(1.8, 0.0, -2.0));
}

#[test]
fn removing_one_leaves_the_others_and_an_empty_room_says_so() {
    let mut script = furnished();
    script.tell(Event::SelectItem(Some(CHAIR)));
    script.tell(Event::RemoveItem(CHAIR));
    assert!(script.room.item(CHAIR).is_none() && script.room.item(SOFA).is_some_and(|item| item.is_selected));
    script.tell(Event::RemoveItem(SOFA));
    assert_eq!((script.room.status(), script.last_hint()), (Status::SessionStarted, Hint::Empty));
    assert!(script.effects.contains(&Effect::Selected(None)) && script.room.items().is_empty());
    // What comes next looks for its place.
    script.tell(Event::AddItem {
        id: ItemId(3),
        bounds: sized(0.5, 0.5, 0.5),
        placement: Placement::Floor,
        pose: None,
    });
    script.frame(&[floor(0.5, 0.0, -2.0)]);
    script.tap();
    near(at(&script, ItemId(3)), Vec3::new(0.5, 0.0, -2.0));
}

#[test]
fn those_that_wait_find_their_places_one_after_the_other() {
    let mut script = Script::start(Placement::Floor);
    for id in 1..3 {
        script.tell(Event::AddItem {
            id: ItemId(id),
            bounds: sized(0.4, 0.4, 0.4),
            placement: Placement::Floor,
            pose: None,
        });
    }
    for (count, x) in [-1.5f32, 0.0, 1.5].into_iter().enumerate() {
        script.frame(&[floor(x, 0.0, -2.0)]);
        let ghosts = script.room.items().iter().filter(|item| item.is_ghost).count();
        assert_eq!((ghosts, script.room.items().len()), (1, count + 1), "one ghost at a time");
        script.tap();
    }
    assert!(script.room.items().iter().all(|item| !item.is_ghost));
    // Taken up, the selected one is a ghost again and the rest stay.
    script.tell(Event::Remove);
    script.frame(&[]);
    assert_eq!(script.room.status(), Status::ObjectPlaced);
    assert!(script.room.item(ItemId(2)).is_some_and(|item| item.is_ghost));
}

#[test]
fn a_room_holds_so_many_and_no_more() {
    let mut script = Script::start(Placement::Floor);
    for id in 1..200 {
        let pose = Some(Pose { position: Vec3::new(id as f32 * 0.05, 0.0, -2.0), orientation: Quat::IDENTITY });
        script.tell(Event::AddItem {
            id: ItemId(id),
            bounds: sized(0.04, 0.1, 0.04),
            placement: Placement::Floor,
            pose,
        });
    }
    assert_eq!(script.room.items().iter().filter(|item| !item.is_ghost).count(), 63, "and the first, which waits");
}

#[test]
fn overlaps_are_told_of_both_and_touching_is_none() {
    let mut script = furnished();
    script.tell(Event::SelectItem(Some(CHAIR)));
    for (left_m, overlaps) in [(0.0, false), (0.55, false), (0.02, true), (-0.03, false)] {
        script.tell(Event::Move { right_m: -left_m, forward_m: 0.0 });
        for id in [SOFA, CHAIR] {
            let item = script.room.item(id).expect("there");
            assert_eq!(
                (item.overlaps, item.problem),
                (overlaps, overlaps.then_some(Problem::Overlaps)),
                "{left_m} {id:?}"
            );
        }
    }
    // Turned boxes: their corners pass each other where their upright boxes would not.
    let mut script = furnished();
    script.tell(Event::SelectItem(Some(CHAIR)));
    script.tell(Event::Turn { degrees: 45.0 });
    script.tell(Event::Move { right_m: -0.5, forward_m: 0.7 });
    assert!(!script.room.item(CHAIR).expect("there").overlaps);
}

#[test]
fn a_back_near_a_wall_lies_against_it() {
    let mut script = Script::start_with(sized(2.0, 0.8, 0.9), Placement::Floor, true);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    // A wall at z = -3 that is turned by 10 degrees.
    let turn = Quat::from_rotation_y(10f32.to_radians());
    let wall =
        plane(1, Vec3::new(0.0, 1.2, -3.0), turn * Quat::from_rotation_x(90f32.to_radians()), 4.0, 2.4, Some("wall"));
    let normal = turn * Vec3::Z;
    script.tell(Event::Planes(vec![wall]));
    let drag = |script: &mut Script, back_m: f32| {
        script.drag(1, Vec3::new(0.0, 0.4, -1.55), Vec3::NEG_Z * back_m);
        script.tell(Event::PressCancel { id: 1 });
    };
    drag(&mut script, 0.3);
    near_degrees(script.yaw_degrees(), 0.0);
    let foot = script.room.items()[0].pose.position;
    near(foot, Vec3::new(0.0, 0.0, -2.3));
    // Back to the start, then so near that the back is within 8 cm.
    script.tell(Event::Move { right_m: 0.0, forward_m: -0.3 });
    drag(&mut script, 0.5);
    near_degrees(script.yaw_degrees(), 10.0);
    let item = script.room.items()[0];
    let back = item.pose.to_affine().transform_point3(Vec3::new(0.0, 0.0, -0.45));
    let off = (back - Vec3::new(0.0, 1.2, -3.0)).dot(normal);
    assert!(off.abs() < 1e-4, "the back is {off} m before the wall");
    assert_eq!(item.problem, None);
    // Pushed into it by a button, it says so.
    script.tell(Event::Move { right_m: 0.0, forward_m: 0.2 });
    assert_eq!(script.room.items()[0].problem, Some(Problem::InWall));
}

#[test]
fn away_from_the_wall_it_looks_as_before() {
    let mut script = Script::start_with(sized(1.0, 0.8, 0.8), Placement::Floor, true);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    script.tell(Event::Turn { degrees: 20.0 });
    script.tell(Event::Planes(vec![plane(
        1,
        Vec3::new(0.0, 1.2, -3.0),
        Quat::from_rotation_x(90f32.to_radians()),
        4.0,
        2.4,
        None,
    )]));
    let grabbed = Vec3::new(0.0, 0.4, -1.6);
    script.drag(1, grabbed, Vec3::NEG_Z * 0.6);
    near_degrees(script.yaw_degrees(), 0.0);
    script.draw_to(1, grabbed - Vec3::Z * 0.2);
    near_degrees(script.yaw_degrees(), 20.0);
}

#[test]
fn edges_of_neighbours_come_in_line() {
    let mut script = furnished();
    // The chair's left side is 0.55 m from the sofa's right one; dragged to 3 cm, and 4 cm out of line.
    script.drag(1, Vec3::new(1.8, 0.4, -1.75), Vec3::new(-0.52, 0.0, 0.24));
    script.tell(Event::PressEnd { id: 1 });
    // Against it, and both fronts in line: half of 0.9 less half of 0.5 before the sofa's middle.
    near(at(&script, CHAIR), Vec3::new(1.25, 0.0, -1.8));
    assert!(script.room.items().iter().all(|item| !item.overlaps));
    // 30 degrees off is meant to be off.
    let mut script = furnished();
    script.tell(Event::SelectItem(Some(CHAIR)));
    script.tell(Event::Turn { degrees: 30.0 });
    script.drag(1, Vec3::new(1.8, 0.4, -1.75), Vec3::NEG_X * 0.42);
    near_degrees(script.yaw_degrees(), 30.0);
}

#[test]
fn a_finger_that_misses_everything_drags_the_selected_one() {
    let mut script = furnished();
    script.tell(Event::SelectItem(Some(CHAIR)));
    script.press(1, Vec3::new(1.8, 0.0, -1.0));
    script.draw_to(1, Vec3::new(1.9, 0.0, -1.0));
    script.draw_to(1, Vec3::new(2.4, 0.0, -1.0));
    let dragged = at(&script, CHAIR);
    assert!(dragged.x > 2.2, "{dragged}");
    script.tell(Event::PressEnd { id: 1 });
    script.tell(Event::SelectItem(None));
    script.press(2, Vec3::new(0.0, 0.0, -0.5));
    script.draw_to(2, Vec3::new(1.0, 0.0, -0.5));
    script.tell(Event::PressEnd { id: 2 });
    near(at(&script, SOFA), Vec3::new(0.0, 0.0, -2.0));
    near(at(&script, CHAIR), dragged);
}
