//! Fingers and buttons on the placed product: drag, turn, land, and what must not move it.

use super::script::looking_at;
use super::script::{EYE_M, Script, floor, near, near_degrees};
use vitrine::ar::{Effect, Event, Hint, Placement, Status};
use vitrine::math::{Aabb, Quat, Ray, Vec3};

#[test]
fn a_drag_keeps_the_grabbed_point_under_the_finger() {
    let mut script = Script::placed();
    // The front edge of the armchair's seat, 0.35 m nearer than its middle; the foot is at (0, 0, -2).
    let grabbed = Vec3::new(0.1, 0.4, -1.65);
    script.press(1, grabbed);
    script.draw_to(1, grabbed + Vec3::new(0.005, 0.0, 0.0));
    near(script.foot(), Vec3::new(0.0, 0.0, -2.0));
    script.draw_to(1, grabbed + Vec3::new(0.02, 0.0, 0.0));
    script.draw_to(1, grabbed + Vec3::new(0.62, 0.0, -0.5));
    // The first 2 cm only told that this is a drag and not a tap.
    near(script.foot(), Vec3::new(0.6, 0.0, -2.5));
    assert_eq!(script.last_hint(), Hint::None, "he has found out");
    script.tell(Event::PressEnd { id: 1 });
    near(script.foot(), Vec3::new(0.6, 0.0, -2.5));
    near_degrees(script.yaw_degrees(), 0.0);
    script.draw_to(1, grabbed);
    near(script.foot(), Vec3::new(0.6, 0.0, -2.5));
}

#[test]
fn the_phone_may_move_while_a_finger_rests() {
    let mut script = Script::placed();
    let on_floor = Vec3::new(1.0, 0.0, -2.0);
    script.press(1, on_floor);
    // The same direction from half a metre to the right: the finger drags half a metre.
    let direction = looking_at(script.viewer.position, on_floor).direction;
    script.viewer.position.x += 0.5;
    for step in [0.02, 0.52] {
        let ray = Ray { origin: Vec3::new(step, EYE_M, 0.0), direction };
        script.tell(Event::PressMove { id: 1, ray, hits: vec![] });
    }
    near(script.foot(), Vec3::new(0.5, 0.0, -2.0));
}

#[test]
fn ten_metres_are_the_end_of_the_reach() {
    let mut script = Script::placed();
    script.press(1, Vec3::new(0.0, 0.0, -3.0));
    script.draw_to(1, Vec3::new(0.0, 0.0, -3.1));
    script.draw_to(1, Vec3::new(0.0, 0.0, -200.0));
    near(script.foot(), Vec3::new(0.0, 0.0, -10.0));
    // Above the horizon there is no floor: it stays.
    script.draw_to(1, Vec3::new(3.0, 9.0, -3.0));
    near(script.foot(), Vec3::new(0.0, 0.0, -10.0));
    script.tell(Event::Move { right_m: 0.0, forward_m: 500.0 });
    near(script.foot(), Vec3::new(0.0, 0.0, -10.0));
}

#[test]
fn grabbing_the_top_of_something_tall_does_not_fling_it_away() {
    let wardrobe = Aabb { min: Vec3::new(-0.5, 0.0, -0.3), max: Vec3::new(0.5, 2.0, 0.3) };
    let mut script = Script::start_with(wardrobe, Placement::Floor, true);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    let before = script.room.item_pose().expect("placed").position;
    // One degree at eye height would be metres on a plane through the finger.
    script.press(1, Vec3::new(0.0, 1.4, -1.7));
    for step in 1..=10 {
        script.draw_to(1, Vec3::new(0.0, 1.4 + 0.003 * step as f32, -1.7));
    }
    let moved = script.room.item_pose().expect("placed").position.distance(before);
    assert!(moved < 2.0, "a finger's breadth moved it {moved} m");
}

#[test]
fn two_fingers_turn_and_do_not_move() {
    let mut script = Script::placed();
    let foot = script.foot();
    let around = |degrees: f32| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        [foot + 0.3 * Vec3::new(sin, 0.0, cos), foot - 0.3 * Vec3::new(sin, 0.0, cos)]
    };
    let [first, second] = around(90.0);
    script.press(1, first);
    script.press(2, second);
    // The first five degrees only tell that this is a turn.
    for degrees in 1..=46 {
        let [first, second] = around(90.0 + degrees as f32);
        script.draw_to(1, first);
        script.draw_to(2, second);
    }
    near(script.foot(), foot);
    let turned = script.yaw_degrees();
    assert!((40.0..=42.0).contains(&turned), "46 degrees of the fingers turn by about 41, not {turned}");
    // A pinch changes nothing: true size.
    for share in [0.8, 0.5, 1.5] {
        let [first, second] = around(136.0);
        script.draw_to(1, foot + (first - foot) * share);
        script.draw_to(2, foot + (second - foot) * share);
    }
    near_degrees(script.yaw_degrees(), turned);
    // The finger that stays is not a drag.
    script.tell(Event::PressEnd { id: 1 });
    script.draw_to(2, foot + Vec3::new(1.0, 0.0, 1.0));
    near(script.foot(), foot);
    script.tell(Event::PressEnd { id: 2 });
    script.press(3, foot);
    script.draw_to(3, foot + Vec3::new(0.02, 0.0, 0.0));
    script.draw_to(3, foot + Vec3::new(0.42, 0.0, 0.0));
    assert!(script.foot().distance(foot) > 0.3, "a new finger drags again");
}

#[test]
fn a_small_twist_is_a_shaking_hand() {
    let mut script = Script::placed();
    script.press(1, Vec3::new(0.3, 0.0, -2.0));
    script.press(2, Vec3::new(-0.3, 0.0, -2.0));
    for z in [0.01, -0.01, 0.02, 0.0] {
        script.draw_to(1, Vec3::new(0.3, 0.0, -2.0 + z));
    }
    near_degrees(script.yaw_degrees(), 0.0);
}

#[test]
fn it_lands_on_the_floor_where_the_finger_points_when_let_go() {
    let mut script = Script::start_with(
        Aabb { min: Vec3::new(-0.1, 0.0, -0.1), max: Vec3::new(0.1, 0.0, 0.1) },
        Placement::Floor,
        true,
    );
    script.frame(&[floor(0.0, 0.75, -1.5)]);
    script.tap();
    script.press(1, Vec3::new(0.0, 0.75, -1.5));
    script.draw_to(1, Vec3::new(0.02, 0.75, -1.5));
    // The finger points past the table's edge at the floor.
    let (target, floor_there) = (Vec3::new(1.0, 0.0, -2.5), floor(1.0, 0.0, -2.5));
    script.draw_to_over(1, target, &[floor_there]);
    assert_eq!(script.room.item_pose().expect("placed").position.y, 0.75, "not while dragging");
    script.tell(Event::PressEnd { id: 1 });
    let landed = script.room.item_pose().expect("placed").position;
    assert!(landed.distance(target) < 0.05, "{landed} is not {target}");
}

#[test]
fn it_does_not_land_on_a_far_shelf_or_after_a_mere_tap() {
    let mut script = Script::placed();
    script.press(1, Vec3::new(0.0, 0.0, -3.0));
    script.draw_to_over(1, Vec3::new(0.001, 0.0, -3.0), &[floor(0.0, 0.4, -2.2)]);
    script.tell(Event::PressEnd { id: 1 });
    near(script.foot(), Vec3::new(0.0, 0.0, -2.0));
    script.press(1, Vec3::new(0.0, 0.0, -3.0));
    script.draw_to(1, Vec3::new(0.1, 0.0, -3.0));
    script.draw_to_over(1, Vec3::new(0.2, 0.0, -3.0), &[floor(4.0, 1.2, -5.0)]);
    script.tell(Event::PressEnd { id: 1 });
    assert!(script.foot().y.abs() < 1e-6, "a shelf across the room is not where it was dragged");
}

#[test]
fn landing_glides_unless_motion_is_reduced() {
    let small = Aabb { min: Vec3::new(-0.1, 0.0, -0.1), max: Vec3::new(0.1, 0.1, 0.1) };
    for reduced_motion in [false, true] {
        let mut script = Script::start_with(small, Placement::Floor, reduced_motion);
        script.frame(&[floor(0.0, 0.75, -1.5)]);
        script.tap();
        script.press(1, Vec3::new(0.0, 0.75, -1.5));
        script.draw_to(1, Vec3::new(0.05, 0.75, -1.5));
        script.draw_to_over(1, Vec3::new(0.5, 0.0, -2.5), &[floor(0.5, 0.0, -2.5)]);
        script.tell(Event::PressEnd { id: 1 });
        let height = |script: &Script| script.room.item_pose().expect("placed").position.y;
        assert_eq!(height(&script) < 0.01, reduced_motion, "{}", height(&script));
        script.frames(60, &[]);
        assert_eq!(height(&script), 0.0, "landed after a second");
    }
}

#[test]
fn buttons_do_what_gestures_do() {
    let mut script = Script::start(Placement::Floor);
    script.tell(Event::Place);
    assert_eq!(script.last_hint(), Hint::NoPlaceYet(Placement::Floor));
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tell(Event::Place);
    assert_eq!(script.room.status(), Status::ObjectPlaced);
    // Seen by someone who looks along +X, right is +Z and forward +X.
    script.viewer.orientation = Quat::from_rotation_y(-90f32.to_radians());
    script.frame(&[]);
    script.tell(Event::Move { right_m: 0.25, forward_m: 0.5 });
    near(script.foot(), Vec3::new(0.5, 0.0, -1.75));
    script.tell(Event::Turn { degrees: 15.0 });
    near_degrees(script.yaw_degrees(), 15.0);
    near(script.foot(), Vec3::new(0.5, 0.0, -1.75));
    script.tell(Event::Turn { degrees: 350.0 });
    near_degrees(script.yaw_degrees(), 5.0);
    let effects = script.tell(Event::Remove);
    assert!(effects.contains(&Effect::Status { status: Status::SessionStarted, reason: None }), "{effects:?}");
    assert_eq!(script.last_hint(), Hint::Search(Placement::Floor));
    assert_eq!(script.room.item_pose(), None);
}

#[test]
fn a_finger_that_goes_down_before_placing_does_not_drag() {
    let mut script = Script::start(Placement::Floor);
    script.press(1, Vec3::new(0.0, 0.0, -2.0));
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tell(Event::Place);
    script.draw_to(1, Vec3::new(2.0, 0.0, -2.0));
    script.tell(Event::PressEnd { id: 1 });
    near(script.foot(), Vec3::new(0.0, 0.0, -2.0));
    // A press that the system took away places nothing either.
    script.tell(Event::Remove);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.press(2, Vec3::new(0.0, 0.0, -2.0));
    script.tell(Event::PressCancel { id: 2 });
    script.tell(Event::PressEnd { id: 2 });
    assert_eq!(script.room.status(), Status::SessionStarted);
}
