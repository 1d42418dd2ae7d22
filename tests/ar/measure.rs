//! Lengths: exact on exact input, honest under noise; and whether a product fits, also through doorways.

use super::placing::sized;
use super::script::{Script, floor, near, plane};
use vitrine::ar::{
    Dimension, Doorway, Effect, Event, Fit, Hint, ItemId, MeasureKind, MeasureStep, Measurement, Options, Placement,
    Side, Sighting, Unit, Verdict, carry, uncertainty_m,
};
use vitrine::math::{Pose, Quat, Vec3};

/// A wardrobe, 1.2 m wide, 2 m high, 0.6 m deep, at (0, 0, -2).
fn furnished() -> Script {
    let mut script = Script::start_with(sized(1.2, 2.0, 0.6), Placement::Floor, true);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    script
}

fn measured(script: &mut Script, kind: MeasureKind, points: [Vec3; 2]) -> Measurement {
    script.tell(Event::Measure(MeasureStep::Begin(kind)));
    for point in points {
        script.press(1, point);
        script.draw_to_over(1, point, &[floor(point.x, point.y, point.z)]);
        script.tell(Event::PressEnd { id: 1 });
    }
    script.room.measurements().last().expect("measured").clone()
}

#[test]
fn exact_taps_give_exact_lengths() {
    let mut number = 0.0f32;
    for _ in 0..200 {
        number += 0.037;
        let from = Vec3::new(number.sin() * 2.0, number.cos().abs(), -1.0 - number.fract());
        let to = Vec3::new((number * 3.1).cos() * 2.0, (number * 1.7).sin().abs() * 2.0, -2.5);
        let measurement = measured(&mut furnished(), MeasureKind::Gap, [from, to]);
        let off = (measurement.length_m - from.distance(to)).abs();
        assert!(off < 1e-3, "{off} m off");
        near(measurement.from, from);
        near(measurement.to, to);
    }
}

/// Two independent sightings with the noise that is stated, a thousand times, near and far, short and long.
#[test]
fn the_truth_lies_within_the_uncertainty_in_95_of_100_trials() {
    let mut random = Random(0x51ed_270b_9c3a_0f7d);
    for (distance_m, length_m) in [(0.6f32, 0.05f32), (1.0, 0.8), (2.0, 1.6), (3.5, 0.2), (4.0, 3.0), (6.0, 5.0)] {
        let mut inside = 0;
        for _ in 0..1000 {
            let eye = Vec3::new(0.0, 1.5, 0.0);
            let middle = eye + random.direction() * distance_m;
            let half = random.direction() * (length_m * 0.5);
            let drift = 1.0 + 0.005 * random.normal();
            let sight = |random: &mut Random, point: Vec3| {
                let exact = Sighting { point, distance_m: point.distance(eye) };
                let noise = Vec3::new(random.normal(), random.normal(), random.normal()) * exact.variance().sqrt();
                let seen = eye + (point + noise - eye) * drift;
                Sighting { point: seen, distance_m: seen.distance(eye) }
            };
            let (from, to) = (sight(&mut random, middle - half), sight(&mut random, middle + half));
            let off = (from.point.distance(to.point) - length_m).abs();
            inside += u32::from(off <= uncertainty_m(from, to));
        }
        assert!(inside >= 950, "{inside} of 1000 at {distance_m} m over {length_m} m");
        assert!(inside < 1000, "an uncertainty that always holds says nothing: {distance_m} m over {length_m} m");
    }
}

#[test]
fn nearer_is_surer() {
    let uncertain = |distance_m: f32| {
        let point = |x: f32| Sighting { point: Vec3::new(x, 0.0, -distance_m), distance_m };
        uncertainty_m(point(0.0), point(1.0))
    };
    assert!(uncertain(1.0) < 0.03 && uncertain(1.0) < uncertain(2.0) && uncertain(2.0) < uncertain(5.0));
    let same = Sighting { point: Vec3::ZERO, distance_m: 1.0 };
    assert!(uncertainty_m(same, same).is_finite());
}

#[test]
fn a_gap_is_answered_in_a_sentence() {
    for (gap_m, verdict, words) in [
        (1.30, Verdict::Fits, "Fits, 10 cm to spare (±"),
        (1.10, Verdict::DoesNotFit, "10 cm too wide (±"),
        (1.21, Verdict::TooCloseToTell, "Too close to tell (±"),
    ] {
        let points = [Vec3::new(-gap_m / 2.0, 0.0, -1.0), Vec3::new(gap_m / 2.0, 0.0, -1.0)];
        let mut script = furnished();
        let measurement = measured(&mut script, MeasureKind::Gap, points);
        let fit = measurement.fit.expect("a product is selected");
        assert_eq!((fit.verdict(), fit.side), (verdict, Side::Width));
        assert!((fit.spare_m - (gap_m - 1.2)).abs() < 1e-3);
        assert!(measurement.answer.starts_with(words), "{}", measurement.answer);
        assert!(measurement.label.starts_with(&format!("{:.0} cm ±", gap_m * 100.0)), "{}", measurement.label);
        assert!(script.effects.contains(&Effect::Measured(measurement)));
        assert_eq!(script.last_hint(), Hint::Measured);
    }
    // An upright one is compared with the height; with nothing selected there is only the length.
    let mut script = furnished();
    let upright = [Vec3::new(1.0, 0.0, -2.0), Vec3::new(1.0, 2.5, -2.0)];
    let answer = measured(&mut script, MeasureKind::Wall, upright).answer;
    assert!(answer.starts_with("Fits, 50 cm to spare"), "{answer}");
    script.tell(Event::SelectItem(None));
    let measurement = measured(&mut script, MeasureKind::Wall, upright);
    assert_eq!((measurement.fit, measurement.answer.as_str()), (None, ""));
    assert_eq!(script.room.measurements().len(), 2);
    script.tell(Event::Measure(MeasureStep::Clear));
    assert!(script.room.measurements().is_empty());
}

#[test]
fn measuring_leads_from_point_to_point_and_leaves_the_products_alone() {
    let mut script = furnished();
    let before = script.room.items().to_vec();
    script.tell(Event::Measure(MeasureStep::Begin(MeasureKind::Gap)));
    assert_eq!(script.last_hint(), Hint::MeasureFrom);
    // A tap into nothing, then one on the floor by the button, straight ahead.
    script.press(1, Vec3::new(0.0, 9.0, -2.0));
    script.tell(Event::PressEnd { id: 1 });
    assert_eq!(script.last_hint(), Hint::NoPointHere);
    script.frames(200, &[floor(0.0, 0.0, -1.5)]);
    script.tell(Event::Place);
    assert_eq!(script.last_hint(), Hint::MeasureTo);
    script.frame(&[floor(0.5, 0.0, -1.5)]);
    script.tell(Event::Place);
    assert!((script.room.measurements()[0].length_m - 0.5).abs() < 1e-4);
    assert_eq!(script.room.items(), before);
    let counted = script.counted().find(|entry| entry.name == "ar-measure").expect("counted");
    assert!((counted.seconds - 201.0 / 60.0).abs() < 0.1, "{}", counted.seconds);
    // Cancelled: a finger drags again.
    script.tell(Event::Measure(MeasureStep::Begin(MeasureKind::Gap)));
    script.tell(Event::Measure(MeasureStep::Cancel));
    script.drag(2, Vec3::new(0.0, 0.4, -1.7), Vec3::X * 0.5);
    near(script.room.items()[0].pose.position, Vec3::new(0.5, 0.0, -2.0));
}

#[test]
fn measurements_stay_where_they_were_when_the_origin_moves() {
    let mut script = furnished();
    measured(&mut script, MeasureKind::Gap, [Vec3::new(1.0, 0.0, -1.0), Vec3::new(2.0, 0.0, -1.0)]);
    let old_from_new = Pose { position: Vec3::X, orientation: Quat::from_rotation_y(90f32.to_radians()) };
    script.tell(Event::SpaceReset { old_from_new: Some(old_from_new) });
    near(script.room.measurements()[0].from, Vec3::new(1.0, 0.0, 0.0));
    near(script.room.measurements()[0].to, Vec3::new(1.0, 0.0, 1.0));
    script.tell(Event::SpaceReset { old_from_new: None });
    assert!(script.room.measurements().is_empty());
}

#[test]
fn a_table_is_asked_for_both_sides_where_the_device_knows_it() {
    let mut script = Script::start_with(sized(0.6, 0.4, 0.5), Placement::Floor, true);
    script.frame(&[floor(0.0, 0.0, -2.0)]);
    script.tap();
    let points = [Vec3::new(-0.6, 0.75, -1.5), Vec3::new(0.6, 0.75, -1.5)];
    let fit = measured(&mut script, MeasureKind::Table, points).fit.expect("selected");
    assert!((fit.spare_m - 0.6).abs() < 1e-3 && fit.side == Side::Width);
    script.tell(Event::Planes(vec![plane(1, Vec3::new(0.0, 0.75, -1.5), Quat::IDENTITY, 1.2, 0.45, Some("table"))]));
    let measurement = measured(&mut script, MeasureKind::Table, points);
    let fit = measurement.fit.expect("selected");
    assert!((fit.spare_m + 0.05).abs() < 1e-3 && fit.side == Side::Depth, "{fit:?}");
    assert!(measurement.answer.starts_with("5 cm too deep"), "{}", measurement.answer);
}

#[test]
fn a_doorway_lets_through_what_can_be_turned_or_tilted() {
    let door = |width_m: f32, height_m: f32| Doorway { width_m, height_m, uncertainty_m: 0.01 };
    let spare = |size: Vec3, path: &[Doorway]| {
        let fit: Fit = carry(size, path).expect("a doorway");
        (fit.spare_m, fit.is_tilted, fit.verdict())
    };
    let check = |size: Vec3, path: &[Doorway], expected: (f32, bool, Verdict)| {
        let (spare_m, is_tilted, verdict) = spare(size, path);
        let is_right = (spare_m - expected.0).abs() < 2e-3 && (is_tilted, verdict) == (expected.1, expected.2);
        assert!(is_right, "{size} through {path:?}: {spare_m} {is_tilted} {verdict:?}, not {expected:?}");
    };
    // A wardrobe goes through sideways: 0.9 - 0.6, but only 3 cm in height.
    check(Vec3::new(1.2, 2.0, 0.6), &[door(0.9, 2.03)], (0.03, false, Verdict::Fits));
    // A sofa of 2.2 by 0.8 by 0.95: its end, 0.95 by 0.8, through 0.87 lies on its back.
    check(Vec3::new(2.2, 0.8, 0.95), &[door(0.87, 2.0)], (0.07, true, Verdict::Fits));
    // A table top of 1.5 by 2.2, 5 cm thick, on edge: 1.5 high.
    check(Vec3::new(2.2, 0.05, 1.5), &[door(0.8, 2.0)], (0.5, true, Verdict::Fits));
    // A round table's box, 1 by 1 by 0.75, through 0.7: 5 cm too wide in every way.
    check(Vec3::new(1.0, 0.75, 1.0), &[door(0.7, 2.0)], (-0.05, true, Verdict::DoesNotFit));
    // The tightest doorway of a path counts.
    check(Vec3::new(1.2, 2.0, 0.6), &[door(0.9, 2.2), door(0.65, 2.2), door(1.5, 2.5)], (0.05, false, Verdict::Fits));
    // Taller than the opening, it passes aslant: a board of 2.1 by 0.1 through 2 by 0.9.
    let (spare_m, is_tilted, _) = spare(Vec3::new(2.1, 2.1, 0.1), &[door(0.9, 2.0)]);
    assert!(is_tilted && spare_m > 0.0 && spare_m < 0.3, "{spare_m}");
    assert_eq!(carry(Vec3::ONE, &[]), None);
}

#[test]
fn doorways_are_measured_from_corner_to_corner() {
    let mut script = furnished();
    let corners = [Vec3::new(-0.35, 0.0, -1.0), Vec3::new(0.35, 2.1, -1.0)];
    let fit = measured(&mut script, MeasureKind::Doorway, corners).fit.expect("selected");
    // 0.7 by 2.1 m for 0.6 by 2.0.
    assert!((fit.spare_m - 0.1).abs() < 1e-3, "{fit:?}");
    let narrow = [Vec3::new(-0.25, 0.0, -1.0), Vec3::new(0.25, 2.1, -1.0)];
    let answer = measured(&mut script, MeasureKind::Doorway, narrow).answer;
    assert!(answer.starts_with("10 cm too wide"), "{answer}");
    // The way through the wide one still leads through the narrow one.
    let answer = measured(&mut script, MeasureKind::Doorway, corners).answer;
    assert!(answer.starts_with("10 cm too wide"), "{answer}");
}

#[test]
fn lines_say_the_size_and_the_distance_to_the_wall() {
    let mut script = furnished();
    let upright = Quat::from_rotation_x(90f32.to_radians());
    script.tell(Event::Planes(vec![
        plane(1, Vec3::new(0.0, 1.2, -3.0), upright, 6.0, 2.4, None),
        plane(2, Vec3::new(-2.0, 1.2, -2.0), Quat::from_rotation_y(90f32.to_radians()) * upright, 6.0, 2.4, None),
    ]));
    let lines: Vec<_> = script.room.lines().iter().map(|line| (line.of, line.length_m, line.label.as_str())).collect();
    for ((of, length_m, label), expected) in lines.iter().zip([
        (Dimension::Width, 1.2, "120 cm"),
        (Dimension::Height, 2.0, "200 cm"),
        (Dimension::Depth, 0.6, "60 cm"),
        (Dimension::ToWall, 0.7, "70 cm"),
    ]) {
        assert!(*of == expected.0 && (length_m - expected.1).abs() < 1e-4 && *label == expected.2, "{lines:?}");
    }
    let to_wall = &script.room.lines()[3];
    near(to_wall.from, Vec3::new(0.0, 1.0, -2.3));
    near(to_wall.to, Vec3::new(0.0, 1.0, -3.0));
    // Nearer to the other wall; in inches; and none once nothing is selected.
    script.tell(Event::Set(Options { unit: Unit::Inch, ..Options::default() }));
    script.tell(Event::Move { right_m: -1.0, forward_m: 0.0 });
    let labels: Vec<_> = script.room.lines().iter().map(|line| line.label.clone()).collect();
    assert_eq!(labels, ["47 in", "78.5 in", "23.5 in", "15.5 in"]);
    script.tell(Event::SelectItem(None));
    assert!(script.room.lines().is_empty());
}

#[test]
fn size_is_true_unless_the_page_allows_another() {
    let mut script = furnished();
    script.tell(Event::Scale { factor: 2.0 });
    assert_eq!((script.room.items()[0].scale, script.last_hint()), (1.0, Hint::TrueSize));
    script.tell(Event::Set(Options { may_scale: true, ..Options::default() }));
    for (factor, scale) in [(2.0, 2.0), (0.52, 1.0), (100.0, 10.0), (1e-9, 0.1), (f32::NAN, 0.1), (-1.0, 0.1)] {
        script.tell(Event::Scale { factor });
        assert!((script.room.items()[0].scale - scale).abs() < 1e-5, "{factor}");
    }
    // A pinch: fingers twice as far apart show it twice as large, on its own foot.
    script.tell(Event::Scale { factor: 10.0 });
    let foot = Vec3::new(0.0, 0.0, -2.0);
    script.press(1, foot + Vec3::X * 0.2);
    script.press(2, foot - Vec3::X * 0.2);
    for step in 0..=40 {
        let apart = 0.2 + 0.005 * step as f32;
        script.draw_to(1, foot + Vec3::X * apart);
        script.draw_to(2, foot - Vec3::X * apart);
    }
    let item = script.room.items()[0];
    assert!((1.6..2.0).contains(&item.scale), "{}", item.scale);
    near(item.support.position, foot);
    assert!((script.room.lines()[0].length_m - 1.2 * item.scale).abs() < 1e-3, "the line says what is shown");
    script.tell(Event::Set(Options::default()));
    assert_eq!(script.room.items()[0].scale, 1.0);
    assert_eq!(script.room.item(ItemId::FIRST).map(|item| item.support.position), Some(item.support.position));
}

/// Repeatable, normally distributed numbers (Box and Muller 1958).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 40) as f32 + 0.5) / (1u64 << 24) as f32
    }

    fn normal(&mut self) -> f32 {
        (-2.0 * self.unit().ln()).sqrt() * (std::f32::consts::TAU * self.unit()).cos()
    }

    fn direction(&mut self) -> Vec3 {
        Vec3::new(self.normal(), self.normal(), self.normal()).normalize_or(Vec3::X)
    }
}
