//! Where the rays of controllers, hands and gaze end, by known geometry.

use super::script::{Script, floor, looking_at, near, plane};
use std::f32::consts::FRAC_PI_2;
use vitrine::ar::{Event, MeasureKind, MeasureStep, Placement, Pointed};
use vitrine::math::{Quat, Ray, Vec3};

/// A hand's height beside the shopper.
const HAND: Vec3 = Vec3::new(0.3, 1.2, 0.0);

fn toward(script: &Script, target: Vec3) -> Pointed {
    script.room.pointed(looking_at(HAND, target)).expect("a session runs")
}

#[track_caller]
fn lies(pointed: Pointed, at: Vec3, normal: Vec3) {
    let surface = pointed.surface.expect("it meets something");
    near(surface.position, at);
    near(pointed.end, at);
    near(surface.orientation * Vec3::Y, normal);
}

/// The armchair stands two metres ahead on a floor at height 0, a metre before a wall.
fn furnished() -> Script {
    let mut script = Script::placed();
    script.tell(Event::FloorHeight(0.0));
    let upright = Quat::from_rotation_x(FRAC_PI_2);
    script.tell(Event::Planes(vec![plane(1, Vec3::new(0.0, 1.3, -3.0), upright, 8.0, 2.6, Some("wall"))]));
    script
}

#[test]
fn a_ray_ends_on_the_wall_or_the_floor_and_lies_on_it() {
    let script = furnished();
    let on_wall = Vec3::new(1.5, 1.6, -3.0);
    lies(toward(&script, on_wall), on_wall, Vec3::Z);
    let on_floor = Vec3::new(-1.4, 0.0, -1.0);
    lies(toward(&script, on_floor), on_floor, Vec3::Y);
    // Behind the wall there is no floor.
    let behind = Vec3::new(2.0, 0.0, -4.0);
    let met = HAND + (behind - HAND) * (3.0 / 4.0);
    lies(toward(&script, behind), met, Vec3::Z);
}

#[test]
fn a_product_is_met_where_a_press_would_pick_it() {
    let script = furnished();
    // 0.8 m wide, 0.9 m high, 0.7 m deep about (0, 0.45, -2), turned to the shopper.
    let front = Vec3::new(0.1, 0.5, -1.65);
    lies(toward(&script, front), front, Vec3::Z);
    let top = Vec3::new(0.1, 0.9, -2.0);
    lies(toward(&script, top), top, Vec3::Y);
    // A finger's breadth beside it still picks it.
    let beside = toward(&script, Vec3::new(0.42, 0.5, -1.65));
    assert!(beside.surface.is_some_and(|surface| surface.position.z > -2.4), "{beside:?}");
    let right = script.room.pointed(Ray { origin: Vec3::new(2.0, 0.4, -2.0), direction: Vec3::NEG_X });
    lies(right.expect("a session runs"), Vec3::new(0.4, 0.4, -2.0), Vec3::X);
}

#[test]
fn a_ray_that_meets_nothing_ends_after_two_metres() {
    let script = furnished();
    for direction in [Vec3::Y, Vec3::Z, Vec3::new(0.0, -0.05, 1.0).normalize_or_zero()] {
        let pointed = script.room.pointed(Ray { origin: HAND, direction }).expect("a session runs");
        assert_eq!(pointed.surface, None, "{direction}");
        near(pointed.end, HAND + direction * 2.0);
    }
    let mut unknown = Script::start(Placement::Floor);
    assert_eq!(toward(&unknown, Vec3::new(0.0, 0.0, -1.0)).surface, None, "no floor is known yet");
    unknown.frame(&[floor(0.0, -0.1, -2.0)]);
    let on_floor = Vec3::new(0.0, -0.1, -1.0);
    lies(toward(&unknown, on_floor), on_floor, Vec3::Y);
}

#[test]
fn while_something_is_measured_products_are_looked_through() {
    let mut script = furnished();
    script.tell(Event::Measure(MeasureStep::Begin(MeasureKind::Gap)));
    let through = toward(&script, Vec3::new(0.1, 0.88, -1.65));
    let surface = through.surface.expect("what is behind it");
    assert!(surface.position.z < -2.9 || surface.position.y.abs() < 1e-3, "{surface:?}");
}

#[test]
fn without_a_session_and_for_rays_that_are_none_nothing_is_pointed_at() {
    let mut script = furnished();
    for bad in [f32::NAN, f32::INFINITY, 1e30] {
        assert_eq!(script.room.pointed(Ray { origin: Vec3::splat(bad), direction: Vec3::Y }), None);
        assert_eq!(script.room.pointed(Ray { origin: HAND, direction: Vec3::splat(bad) }), None);
    }
    script.tell(Event::Ended { reason: "shopper" });
    assert_eq!(script.room.pointed(looking_at(HAND, Vec3::ZERO)), None);
}
