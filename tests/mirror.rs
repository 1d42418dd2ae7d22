//! The viewer's mirror: the product worn in the camera's picture, as a script of events.

#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/glb.rs"]
mod glb;
#[allow(dead_code)]
#[path = "support/script.rs"]
mod script;

use glb::Glb;
use script::Script;
use vitrine::math::Vec4;
use vitrine::tryon::{Event, FaceLandmarks, Finger, Kind, Landmark, Side};
use vitrine::viewer::Effect;

fn open(script: &mut Script) -> Vec<Effect> {
    script.viewer.open_mirror(Some(Kind::Glasses), Side::Left, Finger::Ring)
}

fn camera(script: &mut Script, size_px: [u32; 2]) {
    let camera = Event::Camera { size_px, vertical_fov: Some(0.8), mirrored: true };
    script.effects.extend(script.viewer.mirror_event(camera));
}

fn said(effects: &[Effect]) -> Vec<String> {
    let notice = |effect: &Effect| match effect {
        Effect::Notify(notice) => Some(format!("{} {}", notice.name, notice.detail)),
        _ => None,
    };
    effects.iter().filter_map(notice).collect()
}

#[test]
fn a_mirror_without_a_product_stays_closed() {
    let mut script = Script::new();
    assert!(open(&mut script).is_empty());
    camera(&mut script, [640, 480]);
    assert!(script.effects.is_empty() && script.viewer.query("mirror").is_null());
    assert_eq!(script.draw().feed, None);
}

#[test]
fn the_camera_fills_the_canvas_and_nobody_wears_anything_yet() {
    let mut script = Script::showing(&Glb::triangle());
    assert_eq!(said(&open(&mut script)), [r#"mirror {"status":"waiting-for-camera"}"#]);
    // The canvas is 4 to 3.
    for (size_px, half) in [([640, 480], [0.5, -0.5]), ([1280, 720], [0.375, -0.5]), ([480, 640], [0.5, -0.28125])] {
        camera(&mut script, size_px);
        let frame = script.draw();
        let feed = frame.feed.as_ref().expect("the camera is on");
        let [x, y, across, down] = feed.picture_from_clip;
        assert!((x, y) == (0.5, 0.5) && (across - half[0]).abs() < 1e-4 && (down - half[1]).abs() < 1e-4, "{feed:?}");
        assert!(frame.opaque.is_empty() && frame.shadows.is_empty(), "nobody is there");
        // The picture's upper edge, 1 m away, is where the canvas or the cut has it.
        let top = frame.views[0].clip_from_view * Vec4::new(0.0, 0.4_f32.tan(), -1.0, 1.0);
        assert!((top.y / top.w * down + 0.5).abs() < 1e-3, "{top}");
    }
}

#[test]
fn it_wears_no_nonsense_and_forgets_when_it_closes() {
    let mut script = Script::showing(&Glb::triangle());
    open(&mut script);
    camera(&mut script, [640, 480]);
    let points = vec![Landmark { x: f32::NAN, y: f32::INFINITY, z: 0.0, confidence: 1.0 }; 478];
    let faces = vec![FaceLandmarks { points }, FaceLandmarks::default()];
    script.viewer.mirror_event(Event::Faces { time_ms: f64::NAN, faces });
    script.viewer.mirror_event(Event::Tick { now_ms: f64::NAN });
    assert!(script.draw().opaque.is_empty());
    assert_eq!(script.viewer.query("mirror")["worn"], serde_json::json!([]));
    script.viewer.mirror_event(Event::Closed);
    assert!(script.viewer.query("mirror").is_null());
    let frame = script.draw();
    assert!(frame.feed.is_none() && !frame.opaque.is_empty(), "the page's own view is back");
}

#[test]
fn sizes_that_cannot_be_read_are_explained() {
    let mut script = Script::showing(&Glb::triangle());
    open(&mut script);
    for (text, problem) in [
        ("[", "no JSON"),
        ("{}", "no list"),
        ("[{}]", "no name"),
        (r#"[{"name":"M"}]"#, "M has none"),
        (r#"[{"name":"M","frameWidth":-3}]"#, "M has none"),
        ("", ""),
        (r#"[{"name":"M","frameWidth":138,"bridge":18}]"#, ""),
    ] {
        let said = said(&script.viewer.mirror_sizes(text)).concat();
        assert!(said.contains(problem) && said.is_empty() == problem.is_empty(), "{text}: {said}");
    }
}
