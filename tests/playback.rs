//! Animations by numbers: curves between their keys, poses mixed, and the viewer's playing, pausing, seeking and resting.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[path = "support/glb.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod glb;

use glb::Glb;
use serde_json::{Value, json};
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};
use vitrine::ar;
use vitrine::math::{Pose as Place, Quat, Vec2, Vec3};
use vitrine::model::{Animation, Channel, Curve, Interpolation, Model, Node, Target, Trs};
use vitrine::scene::Pose;
use vitrine::viewer::{Effect, Event, File, Viewer};

/// One node, and an animation of it.
fn moved(target: Target, interpolation: Interpolation, times: &[f32], values: &[f32]) -> (Model, Animation) {
    let node = Node { rest: Some(Trs::default()), weights: vec![0.5, 0.25], ..Node::default() };
    let keys = times.len() * if interpolation == Interpolation::CubicSpline { 3 } else { 1 };
    let curve = Curve { interpolation, times: times.to_vec(), width: values.len() / keys, values: values.to_vec() };
    let channels = vec![Channel { curve: 0, target }];
    let animation = Animation { name: "a".into(), duration_s: 9.0, curves: vec![curve], channels };
    (Model { nodes: vec![node], ..Model::default() }, animation)
}

fn pose_at((model, animation): &(Model, Animation), time_s: f32) -> Pose {
    let mut pose = Pose::rest(model);
    pose.apply(animation, time_s);
    pose
}

#[test]
fn straight_lines_and_steps_between_keys_and_rest_beyond() {
    let keys = [0.0, 0.0, 0.0, 1.0, 2.0, 4.0];
    for (interpolation, share) in [(Interpolation::Linear, 0.25), (Interpolation::Step, 0.0)] {
        let file = moved(Target::Translation(0), interpolation, &[1.0, 3.0], &keys);
        let at = |time_s| pose_at(&file, time_s).nodes[0].place.translation;
        assert_eq!(at(0.0), Vec3::ZERO);
        assert_eq!(at(1.5), Vec3::new(1.0, 2.0, 4.0) * share);
        assert_eq!((at(3.0), at(7.0)), (Vec3::new(1.0, 2.0, 4.0), Vec3::new(1.0, 2.0, 4.0)));
    }
}

#[test]
fn rotations_take_the_shorter_arc_at_even_speed() {
    let end = -Quat::from_rotation_y(FRAC_PI_2);
    let keys = [[0.0, 0.0, 0.0, 1.0], end.to_array()].concat();
    let file = moved(Target::Rotation(0), Interpolation::Linear, &[0.0, 1.0], &keys);
    for (time_s, angle) in [(0.5, FRAC_PI_4), (0.25, FRAC_PI_4 / 2.0), (1.0, FRAC_PI_2)] {
        let turn = pose_at(&file, time_s).nodes[0].place.rotation;
        assert!(turn.angle_between(Quat::from_rotation_y(angle)) < 1e-3, "{turn} at {time_s}");
    }
}

#[test]
fn cubic_splines_are_hermite_with_tangents_over_the_span() {
    // Over two seconds from 0, leaving at 1 a second, to 4, arriving at 3 a second. In the middle Hermite gives
    // (0 + 4) / 2 + 2 * (1 - 3) / 8 = 1.5, after a quarter 0.15625 * 4 + 2 * (0.140625 * 1 - 0.046875 * 3) = 0.625.
    let three = |number: f32| [number, number * 2.0, number * 4.0];
    let keys = [three(9.0), three(0.0), three(1.0), three(3.0), three(4.0), three(9.0)].concat();
    let file = moved(Target::Scale(0), Interpolation::CubicSpline, &[1.0, 3.0], &keys);
    for (time_s, expected) in [(1.0, 0.0), (1.5, 0.625), (2.0, 1.5), (3.0, 4.0), (5.0, 4.0), (0.0, 0.0)] {
        let scale = pose_at(&file, time_s).nodes[0].place.scale;
        assert!(scale.distance(Vec3::from(three(expected))) < 1e-5, "{scale} at {time_s}");
    }
}

#[test]
fn weights_move_together_or_alone() {
    let both = moved(Target::Weights { node: 0, first: 0 }, Interpolation::Linear, &[0.0, 1.0], &[0.0, 1.0, 1.0, 0.0]);
    assert_eq!(pose_at(&both, 0.25).weights_of(0), [0.25, 0.75]);
    let second = moved(Target::Weights { node: 0, first: 1 }, Interpolation::Linear, &[0.0, 1.0], &[0.0, 1.0]);
    assert_eq!(pose_at(&second, 0.75).weights_of(0), [0.5, 0.75]);
}

#[test]
fn poses_mix_by_share() {
    let file = moved(Target::Translation(0), Interpolation::Step, &[0.0], &[4.0, 0.0, 0.0]);
    let mut hidden = pose_at(&file, 0.0);
    hidden.nodes[0].visible = false;
    hidden.nodes[0].place.rotation = Quat::from_rotation_x(FRAC_PI_2);
    let mut pose = Pose::rest(&file.0);
    pose.mix(&hidden, 0.25);
    assert_eq!(pose.nodes[0].place.translation, Vec3::X);
    assert!(pose.nodes[0].place.rotation.angle_between(Quat::from_rotation_x(FRAC_PI_2 / 4.0)) < 1e-3);
    assert!(pose.nodes[0].visible);
    pose.mix(&hidden, 1.0);
    assert!(!pose.nodes[0].visible && pose.nodes[0].place.translation == Vec3::X * 4.0);
}

/// A viewer that shows a triangle with two animations: "slide" goes along X, "rise" along Y, each by a metre in a second.
struct Script {
    viewer: Viewer,
    now_ms: f64,
}

impl Script {
    fn showing(attributes: &[(&str, &str)]) -> (Self, Vec<Effect>) {
        let mut file = Glb::triangle();
        let times = file.floats("SCALAR", &[0.0, 1.0]);
        for (name, end) in [("slide", [1.0, 0.0, 0.0]), ("rise", [0.0, 1.0, 0.0])] {
            let values = file.floats("VEC3", &[[0.0; 3], end].concat());
            let target = json!({ "node": 0, "path": "translation" });
            let animation = json!({
                "name": name,
                "samplers": [{ "input": times, "output": values }],
                "channels": [{ "sampler": 0, "target": target }],
            });
            file.push("animations", animation);
        }
        let mut script = Self { viewer: Viewer::default(), now_ms: 0.0 };
        script.send(Event::Resized { size_css: Vec2::new(400.0, 300.0), pixel_ratio: 1.0 });
        script.send(Event::Visible(true));
        for (name, value) in attributes {
            script.set(name, value);
        }
        let effects = script.set("src", "robot.glb");
        let generation = effects.iter().find_map(|effect| match effect {
            Effect::Fetch { generation, .. } => Some(*generation),
            _ => None,
        });
        let (generation, answer) = (generation.expect("a fetch"), Ok(file.to_bytes()));
        let effects = script.send(Event::Fetched { generation, file: File::Product, answer });
        script.tick(16.0);
        (script, effects)
    }

    fn send(&mut self, event: Event) -> Vec<Effect> {
        self.viewer.update(event)
    }

    fn set(&mut self, name: &str, value: &str) -> Vec<Effect> {
        self.send(Event::Set { name: name.to_owned(), value: Some(value.to_owned()) })
    }

    fn act(&mut self, name: &str, detail: Value) -> Vec<String> {
        notices(&self.send(Event::Act { name: name.to_owned(), detail: detail.to_string() }))
    }

    /// What the page is told while time goes on in steps that the viewer takes whole, and pictures are drawn.
    fn tick(&mut self, milliseconds: f64) -> Vec<String> {
        let (mut told, steps) = (Vec::new(), (milliseconds / 50.0).ceil());
        for _ in 0..steps as usize {
            self.now_ms += milliseconds / steps;
            let now_ms = self.now_ms;
            told.extend(notices(&self.send(Event::Tick { now_ms })));
            self.send(Event::Drawn);
        }
        told
    }

    fn place(&self) -> Vec3 {
        let frame = self.viewer.frame(&[self.viewer.page_view([100, 100])]);
        frame.opaque[0].world_from_node.translation.into()
    }

    fn is_at(&self, x: f32, y: f32) {
        let place = self.place();
        assert!(place.distance(Vec3::new(x, y, 0.0)) < 2e-3, "{place}, not {x} {y}");
    }
}

/// The names of notices about animations, and a loop's number.
fn notices(effects: &[Effect]) -> Vec<String> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::Notify(notice) if ["play", "pause", "finished", "warning"].contains(&notice.name) => {
            Some(notice.name.to_owned())
        }
        Effect::Notify(notice) if notice.name == "loop" => Some(format!("loop {}", notice.detail["count"])),
        _ => None,
    });
    told.collect()
}

#[test]
fn without_autoplay_the_product_rests_until_it_is_asked() {
    let (mut script, _) = Script::showing(&[]);
    assert_eq!(script.viewer.query("animation")["names"], json!(["slide", "rise"]));
    script.tick(500.0);
    script.is_at(0.0, 0.0);
    assert!(!script.viewer.wants_tick(), "at rest nothing is drawn");
    assert_eq!(script.act("play", json!({})), ["play"]);
    assert!(script.viewer.wants_tick());
    script.tick(50.0);
    script.tick(400.0);
    let at = script.place().x;
    assert!((0.39..0.46).contains(&at), "{at}");
    assert_eq!(script.act("pause", json!({})), ["pause"]);
    script.tick(300.0);
    assert_eq!(script.place().x, at);
    assert!(!script.viewer.wants_tick());
    assert_eq!(script.act("pause", json!({})), Vec::<String>::new(), "told once");
}

#[test]
fn autoplay_begins_by_itself_but_not_under_reduced_motion() {
    let (mut script, effects) = Script::showing(&[("autoplay", "")]);
    assert_eq!(notices(&effects), ["play"]);
    assert_eq!(script.tick(2100.0), ["loop 1", "loop 2"]);
    let (mut script, effects) = Script::showing(&[("autoplay", ""), ("reduced-motion", "")]);
    assert_eq!(notices(&effects), Vec::<String>::new());
    script.tick(500.0);
    script.is_at(0.0, 0.0);
    assert_eq!(script.act("play", json!({})), ["play"], "the page may ask all the same");
}

#[test]
fn seeking_shows_the_moment_also_while_paused() {
    let (mut script, _) = Script::showing(&[("animation-name", "rise")]);
    script.act("seek", json!({ "seconds": 0.75 }));
    assert!(script.viewer.wants_draw());
    script.is_at(0.0, 0.75);
    let answer = script.viewer.query("animation");
    assert_eq!((&answer["time"], &answer["duration"], &answer["name"]), (&json!(0.75), &json!(1.0), &json!("rise")));
    script.tick(300.0);
    script.is_at(0.0, 0.75);
    script.act("time-scale", json!({ "factor": -0.5 }));
    script.act("play", json!({}));
    // After a rest the first tick only sets the clock.
    script.tick(50.0);
    script.tick(500.0);
    script.is_at(0.0, 0.5);
}

#[test]
fn a_number_of_times_and_back_and_forth() {
    let (mut script, _) = Script::showing(&[]);
    script.act("play", json!({ "repetitions": 2, "pingpong": true }));
    assert_eq!(script.tick(1500.0), ["loop 1"]);
    script.is_at(0.5, 0.0);
    assert_eq!(script.tick(600.0), ["finished"]);
    script.is_at(0.0, 0.0);
    assert!(!script.viewer.wants_tick());
    assert_eq!(script.viewer.query("animation")["paused"], json!(true));
}

#[test]
fn one_animation_fades_into_another() {
    let (mut script, _) = Script::showing(&[("autoplay", ""), ("animation-crossfade-duration", "400")]);
    script.tick(300.0);
    script.set("animation-name", "rise");
    script.tick(200.0);
    // Half of each: slide at 0.5 s, rise at 0.2 s.
    script.is_at(0.25, 0.1);
    script.tick(300.0);
    script.is_at(0.0, 0.5);
    let told = script.set("animation-name", "dance");
    assert_eq!(notices(&told), ["warning"]);
}

#[test]
fn it_plays_on_in_the_room() {
    let (mut script, _) = Script::showing(&[("autoplay", "")]);
    script.send(Event::RoomStarted(ar::Mode::Ar, ar::Device::Phone));
    let time = |script: &Script| script.viewer.query("animation")["time"].as_f64().unwrap();
    let before = time(&script);
    for step in 0..11 {
        let eye = Place { position: Vec3::Y * 1.6, orientation: Quat::IDENTITY };
        let now_ms = script.now_ms + f64::from(step) * 20.0;
        script.send(Event::Room(ar::Event::Frame { now_ms, world_from_viewer: Some(eye), hits: Vec::new() }));
    }
    assert!((time(&script) - before - 0.2).abs() < 1e-3, "{}", time(&script) - before);
}
