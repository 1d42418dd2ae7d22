//! Products stay where they are: anchors, corrections of the device, loss and return of tracking, pauses, new origins.

use super::placing::sized;
use super::script::{Script, floor, near, near_degrees, tilted};
use vitrine::ar::{Effect, Event, Hint, ItemId, Placement, Status};
use vitrine::math::{Pose, Quat, Vec3};

const ITEM: ItemId = ItemId::FIRST;

fn anchors(script: &Script) -> Vec<Pose> {
    let anchor = |effect: &Effect| match effect {
        Effect::Anchor { world_from_anchor, .. } => Some(*world_from_anchor),
        _ => None,
    };
    script.effects.iter().filter_map(anchor).collect()
}

/// Placed two metres ahead, at rest, with its anchor.
fn anchored(reduced_motion: bool) -> Script {
    let mut script = Script::start_with(sized(0.8, 0.9, 0.7), Placement::Floor, reduced_motion);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    script.frames(30, &[]);
    script
}

fn moved(script: &mut Script, position: Vec3, degrees: f32) {
    let orientation = Quat::from_rotation_y(degrees.to_radians());
    script.tell(Event::AnchorMoved { item: ITEM, world_from_anchor: Some(Pose { position, orientation }) });
}

#[test]
fn a_product_at_rest_has_an_anchor_and_a_moved_one_a_new_one() {
    let mut script = anchored(true);
    assert_eq!(anchors(&script).len(), 1, "once");
    near(anchors(&script)[0].position, Vec3::new(0.0, 0.0, -2.0));
    // While it is dragged there is none, whatever the device says of the old one.
    script.drag(1, Vec3::new(0.0, 0.4, -1.65), Vec3::X * 0.5);
    script.frames(60, &[]);
    moved(&mut script, Vec3::new(0.0, 0.0, -2.0), 0.0);
    near(script.room.items()[0].pose.position, Vec3::new(0.5, 0.0, -2.0));
    assert_eq!(anchors(&script).len(), 1);
    script.tell(Event::PressEnd { id: 1 });
    moved(&mut script, Vec3::new(0.0, 0.0, -2.0), 0.0);
    script.frames(30, &[]);
    assert_eq!(anchors(&script).len(), 2);
    near(anchors(&script)[1].position, Vec3::new(0.5, 0.0, -2.0));
    // Buttons pressed one after the other give one anchor, not ten.
    for _ in 0..10 {
        script.tell(Event::Move { right_m: 0.05, forward_m: 0.0 });
        script.frames(5, &[]);
    }
    script.frames(30, &[]);
    assert_eq!(anchors(&script).len(), 3);
    near(anchors(&script)[2].position, Vec3::new(1.0, 0.0, -2.0));
}

#[test]
fn small_corrections_glide_large_ones_jump_and_a_tremor_is_nothing() {
    let mut script = anchored(false);
    let at = |script: &Script| script.room.items()[0].pose.position;
    for step in 0..100 {
        moved(&mut script, Vec3::new(0.0005 * (step % 2) as f32, 0.0, -2.0), 0.05);
    }
    assert_eq!(at(&script), Vec3::new(0.0, 0.0, -2.0), "it does not creep");
    moved(&mut script, Vec3::new(0.1, 0.02, -2.0), 5.0);
    assert!(at(&script).x < 0.01, "not at once: {}", at(&script));
    script.frame(&[]);
    assert!((0.005..0.05).contains(&at(&script).x), "on its way: {}", at(&script));
    script.frames(60, &[]);
    near(at(&script), Vec3::new(0.1, 0.02, -2.0));
    near_degrees(script.yaw_degrees(), 5.0);
    moved(&mut script, Vec3::new(1.5, 0.0, -1.0), 90.0);
    near(at(&script), Vec3::new(1.5, 0.0, -1.0));
    near_degrees(script.yaw_degrees(), 90.0);
    assert_eq!(anchors(&script).len(), 1, "the anchor is as it was");
    let mut script = anchored(true);
    moved(&mut script, Vec3::new(0.1, 0.0, -2.0), 0.0);
    near(at(&script), Vec3::new(0.1, 0.0, -2.0));
}

#[test]
fn a_correction_never_tips_a_product() {
    let mut script = anchored(true);
    let tipped = tilted(12.0).orientation * Quat::from_rotation_y(0.3);
    let pose = Pose { position: Vec3::new(0.05, 0.0, -2.0), orientation: tipped };
    script.tell(Event::AnchorMoved { item: ITEM, world_from_anchor: Some(pose) });
    near(script.room.items()[0].pose.orientation * Vec3::Y, Vec3::Y);
}

#[test]
fn lost_anchors_and_strangers_move_nothing() {
    let mut script = anchored(true);
    let before = script.room.items().to_vec();
    script.tell(Event::AnchorMoved { item: ITEM, world_from_anchor: None });
    script.tell(Event::AnchorMoved { item: ItemId(9), world_from_anchor: Some(Pose::IDENTITY) });
    let nowhere = Pose { position: Vec3::splat(f32::NAN), orientation: Quat::IDENTITY };
    script.tell(Event::AnchorMoved { item: ITEM, world_from_anchor: Some(nowhere) });
    assert_eq!(script.room.items(), before);
}

#[test]
fn no_anchor_is_made_while_the_device_is_lost() {
    let mut script = Script::placed();
    for _ in 0..100 {
        script.lost_frame();
    }
    assert_eq!(anchors(&script).len(), 0);
    assert_eq!(script.last_hint(), Hint::TrackingLost);
    script.frames(30, &[]);
    assert_eq!(anchors(&script).len(), 1);
}

#[test]
fn a_product_that_leaves_lets_its_anchor_go() {
    let mut script = anchored(true);
    let effects = script.tell(Event::Remove);
    assert!(effects.contains(&Effect::DropAnchor { item: ITEM }), "{effects:?}");
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    let effects = script.tell(Event::RemoveItem(ITEM));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::DropAnchor { .. })), "it had none yet: {effects:?}");
}

#[test]
fn an_unknown_origin_takes_it_away_until_its_anchor_is_found() {
    let mut script = anchored(true);
    script.tell(Event::SpaceReset { old_from_new: None });
    assert_eq!(script.room.status(), Status::SessionStarted);
    moved(&mut script, Vec3::new(3.0, 0.0, 1.0), 45.0);
    assert_eq!(script.room.status(), Status::ObjectPlaced);
    near(script.room.items()[0].pose.position, Vec3::new(3.0, 0.0, 1.0));
    near_degrees(script.yaw_degrees(), 45.0);
}

#[test]
fn a_pause_stops_fingers_and_the_search_and_ends_without_a_jump() {
    let mut script = Script::start(Placement::Floor);
    script.frame(&[]);
    let effects = script.tell(Event::Suspended(true));
    assert_eq!(effects, [Effect::Hint(Hint::Suspended)]);
    script.frames(1000, &[floor(0.0, 0.0, -2.0)]);
    assert_eq!(script.room.status(), Status::SessionStarted, "a minute behind a dialog is no minute of searching");
    script.tell(Event::Suspended(false));
    assert_eq!(script.last_hint(), Hint::Search(Placement::Floor));
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    script.press(1, Vec3::new(0.0, 0.0, -2.0));
    script.draw_to(1, Vec3::new(0.1, 0.0, -2.0));
    script.tell(Event::Suspended(true));
    let before = script.room.items().to_vec();
    script.draw_to(1, Vec3::new(1.0, 0.0, -2.0));
    script.tell(Event::Suspended(false));
    script.draw_to(1, Vec3::new(1.0, 0.0, -2.0));
    assert_eq!(script.room.items(), before, "the finger was cancelled");
}

#[test]
fn the_session_s_length_is_counted_when_it_ends_whoever_ends_it() {
    for (event, name) in [(Event::Ended { reason: "system" }, "ar-end"), (Event::BridgeFailed, "ar-end")] {
        let mut script = anchored(true);
        script.frames(120, &[]);
        script.tell(event);
        let counted: Vec<_> = script.counted().collect();
        assert_eq!(counted.first().map(|entry| entry.name), Some("ar-start"));
        let end = counted.last().expect("counted");
        assert_eq!((end.name, end.items), (name, 1));
        assert!((end.seconds - 2.5).abs() < 0.05, "{}", end.seconds);
    }
}

#[test]
fn moving_and_pictures_are_counted() {
    let mut script = anchored(true);
    for _ in 0..4 {
        script.tell(Event::Move { right_m: 0.05, forward_m: 0.0 });
        script.frames(6, &[]);
    }
    script.frames(30, &[]);
    script.tell(Event::PhotoTaken);
    let counted: Vec<_> = script.counted().collect();
    let names: Vec<_> = counted.iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["ar-start", "ar-place", "ar-move", "ar-photo"]);
    assert_eq!(counted[2].item, Some(ITEM));
    assert!((counted[2].seconds - 0.3).abs() < 0.05, "three times six pictures: {}", counted[2].seconds);
}
