//! The product in the room, as scripts of plain numbers: what the device reports goes in, poses and words come out.
#![allow(clippy::expect_used, reason = "a test may stop where something is missing")]

#[path = "ar/caption.rs"]
mod caption;
#[path = "ar/crowd.rs"]
mod crowd;
#[path = "ar/gestures.rs"]
mod gestures;
#[path = "ar/hints.rs"]
mod hints;
#[path = "ar/layout.rs"]
mod layout;
#[path = "ar/light.rs"]
mod light;
#[path = "ar/measure.rs"]
mod measure;
#[path = "ar/placing.rs"]
mod placing;
#[path = "ar/pointing.rs"]
mod pointing;
#[path = "ar/script.rs"]
mod script;
#[path = "ar/several.rs"]
mod several;
#[path = "ar/stay.rs"]
mod stay;

use script::{EYE_M, Script, floor, looking_at, near, near_degrees, standing_at, tilted, wall};
use vitrine::ar::{Effect, Event, Hint, Mode, Placement, Room, Status, Surface, Tracking};
use vitrine::math::{Aabb, Pose, Quat, Ray, Vec3};

#[test]
fn a_session_from_start_to_end() {
    let mut script = Script::start(Placement::Floor);
    assert_eq!(script.room.status(), Status::SessionStarted);
    assert_eq!(script.last_hint().text(), "Point the phone at the floor and move it slowly");
    script.frame(&[]);
    assert!(script.room.reticle().is_none(), "nothing is found yet");
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    assert_eq!(script.last_hint(), Hint::TapToPlace);
    near(script.room.reticle().expect("found").world_from_reticle.position, Vec3::new(0.0, 0.0, -2.0));
    script.tap();
    assert_eq!(script.room.status(), Status::ObjectPlaced);
    assert!(script.room.reticle().is_none(), "the reticle has done its work");
    assert_eq!(script.last_hint().text(), "Drag to move, turn with two fingers");
    near(script.foot(), Vec3::new(0.0, 0.0, -2.0));
    let effects = script.tell(Event::Ended { reason: "shopper" });
    assert_eq!(effects, [Effect::Status { status: Status::NotPresenting, reason: Some("shopper") }]);
    assert_eq!(script.room.item_pose(), None);
    let told: Vec<_> = script.effects.iter().filter(|effect| matches!(effect, Effect::Status { .. })).collect();
    assert_eq!(told.len(), 3, "each state is told once: {told:?}");
}

#[test]
fn the_product_faces_the_shopper_wherever_he_stands() {
    for (x, z, degrees) in [(0.0, 0.0, 0.0), (2.0, -2.0, 90.0), (-2.0, -2.0, -90.0), (0.0, -4.0, 180.0)] {
        let mut script = Script::start(Placement::Floor);
        script.viewer = standing_at(x, z);
        script.frame(&[floor(0.0, 0.0, -2.0)]);
        let preview = script.room.preview_pose().expect("shown before the tap");
        script.tap();
        near_degrees(script.yaw_degrees(), degrees);
        assert_eq!(script.room.item_pose(), Some(preview), "placed as it was shown");
    }
}

#[test]
fn looking_straight_down_the_front_is_toward_the_lower_edge_of_the_screen() {
    let mut script = Script::start(Placement::Floor);
    // Turned a quarter left about Y, then down: the top of the screen points to -X.
    let orientation = Quat::from_rotation_y(90f32.to_radians()) * Quat::from_rotation_x(-90f32.to_radians());
    script.viewer = Pose { position: Vec3::new(0.0, EYE_M, -2.0), orientation };
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    near_degrees(script.yaw_degrees(), 90.0);
}

#[test]
fn surfaces_within_twenty_degrees_count() {
    for (degrees, expected) in [
        (0.0, Some(Surface::Floor)),
        (19.5, Some(Surface::Floor)),
        (20.5, None),
        (69.5, None),
        (70.5, Some(Surface::Wall)),
        (90.0, Some(Surface::Wall)),
        (109.5, Some(Surface::Wall)),
        (110.5, None),
        (159.5, None),
        (160.5, Some(Surface::Ceiling)),
        (180.0, Some(Surface::Ceiling)),
    ] {
        assert_eq!(Surface::of(&tilted(degrees)), expected, "{degrees} degrees");
        let is_ceiling = expected == Some(Surface::Ceiling);
        let mut script = Script::start(if is_ceiling { Placement::Ceiling } else { Placement::Any });
        script.frame(&[tilted(degrees)]);
        assert_eq!(script.room.reticle().map(|reticle| reticle.surface), expected, "{degrees} degrees");
    }
}

#[test]
fn the_first_fitting_hit_wins_and_a_table_is_a_floor() {
    let mut script = Script::start(Placement::Floor);
    script.frame(&[wall(0.0, 1.0), floor(0.0, 0.75, -1.5), floor(0.0, 0.0, -2.5)]);
    script.tap();
    near(script.foot(), Vec3::new(0.0, 0.75, -1.5));
}

#[test]
fn wrong_surfaces_get_a_word_after_a_second() {
    let mut script = Script::start(Placement::Floor);
    script.frames(50, &[wall(0.0, 1.5)]);
    assert_eq!(script.last_hint(), Hint::Search(Placement::Floor), "not yet a second");
    script.frames(20, &[wall(0.0, 1.5)]);
    assert_eq!(script.last_hint(), Hint::WrongSurface(Placement::Floor));
    script.tap();
    assert_eq!(script.room.status(), Status::SessionStarted, "a tap without a reticle places nothing");
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    assert_eq!(script.last_hint(), Hint::TapToPlace);
}

#[test]
fn a_picture_hangs_with_its_back_to_the_wall() {
    let picture = Aabb { min: Vec3::new(-0.3, 0.0, -0.02), max: Vec3::new(0.3, 0.8, 0.02) };
    let mut script = Script::start_with(picture, Placement::Wall, true);
    script.viewer = standing_at(2.0, 0.0);
    script.frame(&[floor(0.0, 0.0, -2.0), wall(0.5, 1.6)]);
    script.tap();
    let world_from_item = script.room.item_pose().expect("placed").to_affine();
    // The middle of the back lies on the wall; the front looks into the room, not at the shopper beside it.
    near(world_from_item.transform_point3(Vec3::new(0.0, 0.4, -0.02)), Vec3::new(0.5, 1.6, -3.0));
    near(world_from_item.transform_vector3(Vec3::Z), Vec3::Z);
    let (surface, support) = script.room.support().expect("it hangs on something");
    assert_eq!(surface, Surface::Wall);
    near(support.orientation * Vec3::Y, Vec3::Z);
    assert_eq!(script.last_hint().text(), "Drag to move it along the wall");
    // It moves along the wall and does not turn.
    script.tell(Event::Move { right_m: 0.2, forward_m: -0.1 });
    script.tell(Event::Turn { degrees: 30.0 });
    let world_from_item = script.room.item_pose().expect("placed").to_affine();
    near(world_from_item.transform_point3(Vec3::new(0.0, 0.4, -0.02)), Vec3::new(0.7, 1.5, -3.0));
    near_degrees(script.yaw_degrees(), 0.0);
}

#[test]
fn the_reticle_glides_over_small_steps_and_jumps_over_large_ones() {
    let small = Aabb { min: Vec3::ZERO, max: Vec3::ONE };
    let mut script = Script::start_with(small, Placement::Floor, false);
    let at = |script: &Script| script.room.reticle().expect("shown").world_from_reticle.position;
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.frame(&[floor(0.1, 0.0, -2.0)]);
    assert!((0.01..0.05).contains(&at(&script).x), "{}", at(&script));
    script.frames(60, &[floor(0.1, 0.0, -2.0)]);
    near(at(&script), Vec3::new(0.1, 0.0, -2.0));
    script.frame(&[floor(0.1, 0.75, -2.0)]);
    near(at(&script), Vec3::new(0.1, 0.75, -2.0));
}

#[test]
fn the_reticle_survives_a_few_pictures_without_a_hit() {
    let mut script = Script::start(Placement::Floor);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.frames(10, &[]);
    assert!(script.room.reticle().is_some(), "it would flicker");
    script.frames(10, &[]);
    assert!(script.room.reticle().is_none(), "it would lie");
    assert_eq!(script.last_hint(), Hint::Search(Placement::Floor));
}

#[test]
fn tracking_is_lost_after_thirty_pictures_and_comes_back() {
    let mut script = Script::placed();
    assert!(script.effects.contains(&Effect::Tracking(Tracking::Tracking)));
    let before = script.room.item_pose();
    for _ in 0..29 {
        assert_eq!(script.lost_frame(), []);
    }
    let effects = script.lost_frame();
    assert_eq!(effects, [Effect::Tracking(Tracking::NotTracking), Effect::Hint(Hint::TrackingLost)]);
    assert_eq!(script.lost_frame(), [], "told once");
    assert_eq!(script.room.item_pose(), before, "the product waits");
    let effects = script.frame(&[]);
    assert_eq!(effects.first(), Some(&Effect::Tracking(Tracking::Tracking)));
    assert!(matches!(effects.get(1), Some(Effect::Hint(Hint::Placed(_)))), "{effects:?}");
}

#[test]
fn a_new_origin_of_the_space_leaves_the_product_where_it_is_in_the_room() {
    let mut script = Script::placed();
    // The new origin is at (1, 0, 0) and turned a quarter to the left: old -Z is new +X.
    let orientation = Quat::from_rotation_y(90f32.to_radians());
    let old_from_new = Pose { position: Vec3::X, orientation };
    let before = old_from_new.to_affine().inverse().transform_point3(script.foot());
    script.tell(Event::SpaceReset { old_from_new: Some(old_from_new) });
    near(script.foot(), before);
    near(script.foot(), Vec3::new(2.0, 0.0, -1.0));
    near_degrees(script.yaw_degrees(), -90.0);
    // An origin nobody knows: look for a place again.
    let effects = script.tell(Event::SpaceReset { old_from_new: None });
    assert!(effects.contains(&Effect::Status { status: Status::SessionStarted, reason: None }), "{effects:?}");
    assert_eq!(script.room.item_pose(), None);
}

#[test]
fn refusals_and_failures_are_told_with_their_reason() {
    let mut room = Room::default();
    let refused = [Effect::Status { status: Status::Failed, reason: Some("not-allowed") }];
    assert_eq!(room.update(Event::Refused { reason: "not-allowed" }), refused);
    assert_eq!(room.update(Event::Refused { reason: "not-allowed" }), refused, "each try is told");
    assert!(!room.is_presenting());

    let mut script = Script::placed();
    let effects = script.tell(Event::BridgeFailed);
    let failed = Effect::Status { status: Status::Failed, reason: Some("ar-bridge-failed") };
    assert_eq!(effects, [failed, Effect::EndSession]);
    assert_eq!(script.tell(Event::Ended { reason: "shopper" }), [], "the reason stays");
    assert_eq!(script.room.status(), Status::Failed);
    script.tell(Event::Started {
        bounds: Aabb::EMPTY,
        placement: Placement::Floor,
        mode: Mode::Ar,
        reduced_motion: true,
    });
    assert_eq!(script.room.status(), Status::SessionStarted, "the next try is a new one");
}

#[test]
fn outside_a_session_nothing_happens() {
    let mut room = Room::default();
    let ray = looking_at(Vec3::Y, Vec3::ZERO);
    for event in [
        Event::Frame { now_ms: 0.0, world_from_viewer: Some(Pose::IDENTITY), hits: vec![floor(0.0, 0.0, -2.0)] },
        Event::PressStart { id: 1, ray },
        Event::PressMove { id: 1, ray, hits: vec![] },
        Event::PressEnd { id: 1 },
        Event::Place,
        Event::Move { right_m: 1.0, forward_m: 1.0 },
        Event::Turn { degrees: 10.0 },
        Event::Remove,
        Event::SpaceReset { old_from_new: None },
        Event::BridgeFailed,
        Event::Ended { reason: "shopper" },
    ] {
        assert_eq!(room.update(event.clone()), [], "{event:?}");
        assert!(room.item_pose().is_none() && room.reticle().is_none());
    }
}

#[test]
fn an_empty_or_endless_box_is_a_point() {
    let endless = Aabb { min: Vec3::splat(-1e30), max: Vec3::splat(1e30) };
    let not_a_number = Aabb { min: Vec3::splat(f32::NAN), max: Vec3::ONE };
    for bounds in [Aabb::EMPTY, endless, not_a_number] {
        let mut script = Script::start_with(bounds, Placement::Floor, false);
        script.frame(&[floor(0.5, 0.0, -2.0)]);
        script.tap();
        near(script.room.item_pose().expect("placed").position, Vec3::new(0.5, 0.0, -2.0));
    }
}

/// Every number of every event replaced by what no device should say. `check_numbers` looks after each of them.
#[test]
fn numbers_that_are_none_never_move_the_product() {
    let bad = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 1e20, 1e-45];
    for number in bad {
        let mut script = Script::placed();
        let before = script.room.item_pose();
        let point = Vec3::splat(number);
        let turned = Quat::from_xyzw(number, number, number, number);
        let poses = [
            Pose { position: point, orientation: Quat::IDENTITY },
            Pose { position: Vec3::ZERO, orientation: turned },
            Pose { position: Vec3::ZERO, orientation: Quat::from_xyzw(0.0, 0.0, 0.0, 0.0) },
        ];
        let rays = [
            Ray { origin: point, direction: Vec3::NEG_Z },
            Ray { origin: Vec3::Y, direction: point },
            Ray { origin: Vec3::Y, direction: Vec3::ZERO },
        ];
        for pose in poses {
            for now_ms in [f64::NAN, f64::INFINITY, -1e300, 1e300, script.now_ms] {
                script.tell(Event::Frame { now_ms, world_from_viewer: Some(pose), hits: vec![pose, pose] });
            }
        }
        for (id, ray) in rays.into_iter().enumerate() {
            script.tell(Event::PressStart { id: id as u32, ray });
            script.tell(Event::PressMove { id: id as u32, ray, hits: poses.to_vec() });
            script.tell(Event::PressEnd { id: id as u32 });
        }
        if number.abs() > 1e-40 {
            script.tell(Event::Move { right_m: number, forward_m: number });
            script.tell(Event::Move { right_m: 0.0, forward_m: number });
        }
        assert_eq!(script.room.item_pose(), before, "after {number}");
        script.tell(Event::Turn { degrees: number });
        script.tell(Event::SpaceReset { old_from_new: Some(poses[0]) });
        script.tell(Event::SpaceReset { old_from_new: Some(poses[1]) });
        script.frame(&poses);
    }
}

/// A crowd of random but repeatable events: nothing panics, and what is shown are always numbers within reach.
#[test]
fn any_order_of_events_is_survived() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % below
    };
    let mut script = Script::start(Placement::Any);
    for _ in 0..20_000 {
        let id = random(14);
        let mut coordinate = || random(4001) as f32 / 500.0 - 4.0;
        let target = Vec3::new(coordinate(), coordinate() * 0.5, coordinate());
        let ray = Ray { origin: script.viewer.position, direction: target.normalize_or_zero() };
        let turn = Quat::from_rotation_x(coordinate()) * Quat::from_rotation_y(coordinate());
        let hit = Pose { position: target, orientation: turn };
        match random(20) {
            0..=5 => drop(script.frame(&[hit, floor(target.x, 0.0, target.z)])),
            6..=7 => drop(script.tell(Event::PressStart { id, ray })),
            8..=11 => drop(script.tell(Event::PressMove { id, ray, hits: vec![hit] })),
            12 => drop(script.tell(Event::PressEnd { id })),
            13 => drop(script.tell(Event::PressCancel { id })),
            14 => drop(script.tell(Event::Move { right_m: target.x, forward_m: target.z })),
            15 => drop(script.tell(Event::Turn { degrees: target.x * 100.0 })),
            16 => drop(script.lost_frame()),
            17 => script.viewer.position = Vec3::new(target.x, EYE_M, target.z),
            18 if id == 0 => drop(script.tell(Event::Remove)),
            19 if id == 0 => drop(script.tell(Event::SpaceReset { old_from_new: Some(hit) })),
            _ => drop(script.tell(Event::Place)),
        }
        if let Some(pose) = script.room.item_pose() {
            assert!(pose.position.length() < 40.0, "{pose:?} left the room");
        }
    }
}
