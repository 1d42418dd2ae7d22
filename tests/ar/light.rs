//! The room's light: filtered, bounded, and never so coloured that the shop's red is another red.

use super::script::Script;
use vitrine::ar::{
    BRIGHTEST, BRIGHTEST_SPOT, CHROMA, DIMMEST, Event, LightEstimate, MIRRORED, Options, Placement, Reflections,
    RoomLight, STRONGEST,
};
use vitrine::math::{Quat, Vec3};

/// What a surface that looks along `normal` gets from all around (real spherical harmonics in WebXR's order).
fn around(harmonics: &[Vec3; 9], normal: Vec3) -> Vec3 {
    let Vec3 { x, y, z } = normal;
    let basis = [
        0.282_095,
        0.488_603 * y,
        0.488_603 * z,
        0.488_603 * x,
        1.092_548 * x * y,
        1.092_548 * y * z,
        0.315_392 * (3.0 * z * z - 1.0),
        1.092_548 * x * z,
        0.546_274 * (x * x - y * y),
    ];
    harmonics.iter().zip(basis).map(|(color, share)| *color * share).sum()
}

fn luminance(color: Vec3) -> f32 {
    color.dot(Vec3::new(0.2126, 0.7152, 0.0722))
}

fn estimate(direction: Vec3, intensity: Vec3, mean: Vec3) -> LightEstimate {
    let mut harmonics = [Vec3::ZERO; 9];
    harmonics[0] = mean / 0.282_095;
    LightEstimate { direction, intensity, harmonics }
}

fn lit(estimates: &[LightEstimate], pictures: usize) -> Script {
    let mut script = Script::start(Placement::Floor);
    for estimate in estimates {
        script.tell(Event::Light(*estimate));
        script.frames(pictures, &[]);
    }
    script
}

/// Repeatable numbers from -1 to 1.
fn numbers() -> impl FnMut() -> f32 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }
}

#[test]
fn an_estimate_in_turned_axes_is_the_same_light() {
    let mut number = numbers();
    let mut vector = || Vec3::new(number(), number(), number());
    for _ in 0..100 {
        let (axis, direction) = (vector().normalize(), vector().normalize());
        let turn = Quat::from_axis_angle(axis, vector().x * 3.0);
        let told = LightEstimate { direction, intensity: Vec3::ONE, harmonics: std::array::from_fn(|_| vector()) };
        let turned = told.turned(turn);
        assert!(turned.direction.abs_diff_eq(turn * direction, 1e-5));
        for _ in 0..10 {
            let normal = vector().normalize();
            let (before, after) = (around(&told.harmonics, normal), around(&turned.harmonics, turn * normal));
            assert!(before.abs_diff_eq(after, 1e-4), "{before} is {after} about {axis}");
        }
    }
}

/// The stated bound, for every direction, under a thousand rooms, also while the light goes from one to the next.
#[test]
fn every_channel_stays_within_the_bound_in_every_direction() {
    let mut number = numbers();
    let mut script = Script::start(Placement::Floor);
    for _ in 0..1000 {
        let mut color = || Vec3::new(number(), number(), number());
        let harmonics = std::array::from_fn(|_| color() * 4.0);
        let light = LightEstimate { direction: color(), intensity: color() * 5.0, harmonics };
        script.tell(Event::Light(light));
        script.frames(3, &[]);
        let shown = script.room.light().expect("told");
        for normal in [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::Z, Vec3::NEG_Z, Vec3::ONE.normalize_or_zero()]
        {
            let light = around(&shown.harmonics, normal) + shown.intensity * 0.5;
            let brightness = luminance(light);
            assert!(brightness > 0.05 && light.is_finite(), "{light}");
            let off = (light / brightness - Vec3::ONE).abs().max_element();
            assert!(off <= CHROMA + 1e-3, "{off} off the neutral white in {normal}: {light}");
            // A red of the shop under it: its channels keep their proportions within the bound.
            let red = Vec3::new(0.6, 0.03, 0.05);
            let shown_red = red * light / brightness;
            assert!(((shown_red - red) / red).abs().max_element() <= CHROMA + 1e-3);
        }
        let mean = luminance(shown.harmonics[0]) * 0.282_095;
        assert!((DIMMEST - 1e-3..=BRIGHTEST + 1e-3).contains(&mean), "{mean}");
        assert!(luminance(shown.intensity) <= STRONGEST + 1e-3);
        assert!((shown.direction.length() - 1.0).abs() < 1e-3 && shown.direction.y > 0.2, "{}", shown.direction);
    }
}

#[test]
fn it_begins_with_the_page_s_light_and_follows_without_a_jump() {
    let goal = estimate(Vec3::new(1.0, 1.0, 0.0), Vec3::splat(2.0), Vec3::splat(0.5));
    let script = lit(&[goal], 0);
    assert_eq!(script.room.light(), Some(RoomLight::NEUTRAL), "the first word changes nothing yet");
    let mut script = script;
    let mut before = RoomLight::NEUTRAL;
    for _ in 0..240 {
        script.frame(&[]);
        let now = script.room.light().expect("told");
        assert!((luminance(now.intensity) - luminance(before.intensity)).abs() < 0.04, "a step is not seen");
        assert!(now.direction.angle_between(before.direction) < 0.05);
        before = now;
    }
    assert!((luminance(before.intensity) - 2.0).abs() < 0.01, "{}", before.intensity);
    assert!(before.direction.angle_between(Vec3::new(1.0, 1.0, 0.0)) < 0.01);
    assert!((luminance(before.harmonics[0]) * 0.282_095 - 0.5).abs() < 0.01);
}

#[test]
fn a_lamp_from_below_is_shown_from_the_side() {
    let script = lit(&[estimate(Vec3::new(0.5, -1.0, 0.0), Vec3::ONE, Vec3::ONE)], 300);
    let direction = script.room.light().expect("told").direction;
    assert!(direction.x > 0.9 && direction.y > 0.2, "{direction}");
}

#[test]
fn numbers_that_are_none_leave_the_light_as_it_was() {
    let sound = estimate(Vec3::Y, Vec3::splat(1.5), Vec3::splat(0.8));
    let mut script = lit(&[sound], 300);
    let before = script.room.light().expect("told");
    for bad in [f32::NAN, f32::INFINITY, 1e30, -1e30] {
        for broken in [
            LightEstimate { intensity: Vec3::splat(bad), ..sound },
            LightEstimate { direction: Vec3::splat(bad), ..sound },
            LightEstimate { harmonics: [Vec3::splat(bad); 9], ..sound },
        ] {
            script.tell(Event::Light(broken));
            script.frame(&[]);
            let now = script.room.light().expect("told");
            assert!(now.intensity.distance(before.intensity) < 0.1 && now.direction.is_finite(), "{bad}: {now:?}");
            assert!(now.harmonics.iter().all(|color| color.is_finite()), "{bad}");
        }
    }
    script.tell(Event::Light(LightEstimate { direction: Vec3::ZERO, ..sound }));
    let mut script = lit(&[LightEstimate { direction: Vec3::ZERO, ..sound }], 3);
    assert_eq!(script.room.light(), None, "no direction, no light");
    script.tell(Event::Light(sound));
    assert!(script.room.light().is_some());
}

#[test]
fn it_is_switched_off_by_one_choice() {
    let mut script = lit(&[estimate(Vec3::Y, Vec3::ONE, Vec3::ONE)], 3);
    script.tell(Event::Set(Options { light: false, ..Options::default() }));
    assert_eq!(script.room.light(), None);
    script.tell(Event::Set(Options::default()));
    assert!(script.room.light().is_some());
}

/// A grey room with a window of this colour, four texels of the face +Z.
fn windowed(window: Vec3) -> Reflections {
    let mut texels = vec![Vec3::splat(0.5); Reflections::COUNT];
    texels[4 * 256..4 * 256 + 4].fill(window);
    Reflections { texels }
}

/// The mean over all directions, by the solid angles of the texels.
fn mean(texels: &[Vec3]) -> f32 {
    let place = |count: usize| (count as f32 + 0.5) / 8.0 - 1.0;
    let share = |at: usize| (1.0 + place(at % 16).powi(2) + place(at / 16 % 16).powi(2)).powf(-1.5);
    let sum: f32 = texels.iter().enumerate().map(|(at, color)| luminance(*color) * share(at)).sum();
    sum / (0..texels.len()).map(share).sum::<f32>()
}

#[test]
fn mirrors_show_the_room_with_a_mean_of_one_and_follow_it_without_a_jump() {
    let mut script = lit(&[estimate(Vec3::Y, Vec3::ONE, Vec3::ONE)], 0);
    assert!(script.room.reflections().is_empty(), "nothing is told yet");
    script.tell(Event::Reflections(windowed(Vec3::splat(2.0))));
    let first = script.room.reflections().to_vec();
    assert!((mean(&first) - 1.0).abs() < 1e-3, "{}", mean(&first));
    assert!((first[4 * 256].x / first[0].x - 4.0).abs() < 1e-3, "the window is four times as bright as the wall");
    // The window goes out and another one opens.
    let mut other = windowed(Vec3::splat(0.5));
    other.texels[100] = Vec3::splat(3.0);
    script.tell(Event::Reflections(other));
    assert_eq!(script.room.reflections(), first, "not yet");
    let mut before = first[4 * 256].x;
    for _ in 0..300 {
        script.frame(&[]);
        let now = script.room.reflections()[4 * 256].x;
        assert!(now <= before + 1e-6 && before - now < 0.1, "{before} became {now} with one picture");
        before = now;
    }
    let last = script.room.reflections().to_vec();
    assert!((last[100].x / last[0].x - 6.0).abs() < 1e-3 && (last[4 * 256].x - last[0].x).abs() < 1e-3);
    script.frames(2, &[]);
    assert_eq!(script.room.reflections(), last, "it comes to rest");
}

#[test]
fn what_mirrors_show_stays_within_its_bound_in_every_room_and_between_two() {
    let mut number = numbers();
    let mut script = lit(&[estimate(Vec3::Y, Vec3::ONE, Vec3::ONE)], 0);
    for _ in 0..50 {
        let texel = |_| Vec3::new(number(), number(), number()) * 10.0_f32.powf(number() * 3.0);
        script.tell(Event::Reflections(Reflections { texels: (0..Reflections::COUNT).map(texel).collect() }));
        script.frames(3, &[]);
        for color in script.room.reflections() {
            let brightness = luminance(*color);
            assert!((0.0..=BRIGHTEST_SPOT + 1e-3).contains(&brightness), "{color}");
            assert!((*color - brightness).abs().max_element() <= MIRRORED * brightness + 1e-4, "{color}");
        }
        assert!(mean(script.room.reflections()) < 1.0 + 1e-3);
    }
}

#[test]
fn reflections_that_are_none_change_nothing_and_the_switch_is_the_lights() {
    let mut script = lit(&[estimate(Vec3::Y, Vec3::ONE, Vec3::ONE)], 0);
    script.tell(Event::Reflections(windowed(Vec3::ONE)));
    let before = script.room.reflections().to_vec();
    for texels in [
        Vec::new(),
        vec![Vec3::ONE; 5],
        vec![Vec3::ZERO; Reflections::COUNT],
        vec![Vec3::NEG_ONE; Reflections::COUNT],
        vec![Vec3::splat(f32::NAN); Reflections::COUNT],
        vec![Vec3::splat(1e30); Reflections::COUNT],
    ] {
        script.tell(Event::Reflections(Reflections { texels }));
        script.frames(3, &[]);
        assert_eq!(script.room.reflections(), before);
    }
    script.tell(Event::Set(Options { light: false, ..Options::default() }));
    assert!(script.room.reflections().is_empty());
    script.tell(Event::Set(Options::default()));
    assert_eq!(script.room.reflections(), before);
    let mut dark = Script::start(Placement::Floor);
    dark.tell(Event::Reflections(windowed(Vec3::ONE)));
    assert!(dark.room.reflections().is_empty(), "without light they are not seen");
}
