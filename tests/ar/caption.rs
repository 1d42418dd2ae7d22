//! Where words hang for those who see nothing of the page.

use super::script::{EYE_M, Script, near};
use vitrine::ar::{Event, Placement};
use vitrine::math::{Aabb, Pose, Quat, Vec2, Vec3};

const SIZE: Vec2 = Vec2::new(0.6, 0.1);
const EYE: Vec3 = Vec3::new(0.0, EYE_M, 0.0);

fn captioned(reduced_motion: bool) -> Script {
    let mut script = Script::start_with(Aabb { min: Vec3::ZERO, max: Vec3::ONE }, Placement::Floor, reduced_motion);
    script.tell(Event::Caption(Some(SIZE)));
    assert_eq!(script.room.caption(), None, "nobody knows yet where the eye is");
    script.frame(&[]);
    script
}

fn place(script: &Script) -> Pose {
    let (pose, size) = script.room.caption().expect("it is shown");
    assert_eq!(size, SIZE);
    pose
}

/// The head turned to the left, and raised.
fn turned(yaw_degrees: f32, pitch_degrees: f32) -> Pose {
    let yaw = Quat::from_rotation_y(yaw_degrees.to_radians());
    Pose { position: EYE, orientation: yaw * Quat::from_rotation_x(pitch_degrees.to_radians()) }
}

/// From the eye, in degrees: to the left, and up.
fn seen_at(script: &Script) -> [f32; 2] {
    let away = place(script).position - script.viewer.position;
    let level = Vec2::new(away.x, away.z).length();
    [(-away.x).atan2(-away.z), away.y.atan2(level)].map(f32::to_degrees)
}

#[track_caller]
fn close([left, up]: [f32; 2], to: [f32; 2], degrees: f32) {
    let apart = (left - to[0] + 540.0).rem_euclid(360.0) - 180.0;
    assert!(apart.abs() < degrees && (up - to[1]).abs() < degrees, "{left}, {up} is not {to:?}");
}

/// Upright, and its face to the eye.
#[track_caller]
fn faces_the_eye(script: &Script) {
    let pose = place(script);
    let toward = (script.viewer.position - pose.position).normalize();
    near(pose.orientation * Vec3::Z, toward);
    assert!((pose.orientation * Vec3::X).y.abs() < 1e-4, "it leans");
    assert!((pose.orientation * Vec3::Y).y > 0.0, "it is upside down");
}

#[test]
fn it_hangs_ahead_a_little_below_the_look() {
    let script = captioned(false);
    close(seen_at(&script), [0.0, -14.9], 0.1);
    assert!((place(&script).position.distance(EYE) - 1.2).abs() < 1e-4);
    faces_the_eye(&script);
}

#[test]
fn a_small_turn_of_the_head_leaves_it_where_it_is() {
    let mut script = captioned(false);
    let before = place(&script).position;
    for (yaw, pitch) in [(15.0, 0.0), (-15.0, 0.0), (0.0, 15.0), (10.0, -10.0)] {
        script.viewer = turned(yaw, pitch);
        script.frames(60, &[]);
        near(place(&script).position, before);
    }
}

#[test]
fn a_large_turn_brings_it_along_gently() {
    let mut script = captioned(false);
    script.viewer = turned(60.0, 0.0);
    script.frame(&[]);
    let [left, _] = seen_at(&script);
    assert!((1.0..20.0).contains(&left), "one picture later it is at {left} degrees");
    script.frames(60, &[]);
    close(seen_at(&script), [60.0, -14.9], 1.5);
    faces_the_eye(&script);
}

#[test]
fn it_never_comes_near_on_its_way() {
    for yaw in [120.0, 179.0, 180.0] {
        let mut script = captioned(false);
        script.viewer = turned(yaw, 0.0);
        for _ in 0..90 {
            script.frame(&[]);
            assert!(place(&script).position.distance(EYE) > 1.1, "it goes through the head");
            faces_the_eye(&script);
        }
        close(seen_at(&script), [yaw, -14.9], 1.5);
    }
}

#[test]
fn it_keeps_its_distance_when_the_shopper_walks() {
    let mut script = captioned(false);
    script.viewer.position = EYE + Vec3::new(0.0, 0.0, -3.0);
    script.frames(90, &[]);
    assert!((place(&script).position.distance(script.viewer.position) - 1.2).abs() < 0.03);
    close(seen_at(&script), [0.0, -14.9], 1.5);
}

#[test]
fn with_reduced_motion_it_is_there_at_once() {
    let mut script = captioned(true);
    script.viewer = turned(-60.0, 0.0);
    script.frame(&[]);
    close(seen_at(&script), [-60.0, -14.9], 0.1);
    let before = place(&script).position;
    script.viewer = turned(-50.0, 0.0);
    script.frame(&[]);
    near(place(&script).position, before);
}

#[test]
fn straight_up_and_down_it_stays_in_reach() {
    for (pitch, up) in [(-90.0, -49.8), (90.0, 49.8)] {
        let mut script = captioned(true);
        script.viewer = turned(30.0, pitch);
        script.frame(&[]);
        close(seen_at(&script), [30.0, up], 0.3);
        faces_the_eye(&script);
    }
}

#[test]
fn other_words_come_to_the_same_place_and_none_take_it_away() {
    let mut script = captioned(false);
    script.viewer = turned(15.0, 0.0);
    script.frame(&[]);
    let before = place(&script);
    script.tell(Event::Caption(Some(Vec2::new(0.5, 0.2))));
    assert_eq!(script.room.caption(), Some((before, Vec2::new(0.5, 0.2))));
    script.tell(Event::Caption(None));
    assert_eq!(script.room.caption(), None);
}

#[test]
fn sizes_that_are_none_show_nothing() {
    for size in
        [Vec2::ZERO, Vec2::new(-0.6, 0.1), Vec2::new(0.6, f32::NAN), Vec2::new(f32::INFINITY, 0.1), Vec2::splat(2.1)]
    {
        let mut script = captioned(false);
        script.tell(Event::Caption(Some(size)));
        script.frame(&[]);
        assert_eq!(script.room.caption(), None, "{size}");
    }
}

#[test]
fn a_lost_device_leaves_it_and_another_space_brings_it_back_ahead() {
    let mut script = captioned(false);
    let before = place(&script);
    script.lost_frame();
    assert_eq!(place(&script), before);
    script.viewer = turned(0.0, 0.0);
    script.viewer.position += Vec3::new(5.0, 0.0, 0.0);
    script.tell(Event::SpaceReset { old_from_new: None });
    assert_eq!(script.room.caption(), None);
    script.frame(&[]);
    close(seen_at(&script), [0.0, -14.9], 0.1);
}
