//! The shopper's room through WebXR: the session, its input and the way its pictures take.
//!
//! `session.rs` is one session from the click to its end: device poses, hits and fingers become [`crate::ar::Event`]s,
//! the viewer's [`crate::scene::frame::Frame`] goes into the device's layer. There are two ways into the layer:
//! - *bridge* (`bridge.rs`), the default: wgpu draws into its own canvas, a small WebGL2 context takes it from there
//!   within the same callback. Works with both builds.
//! - *direct* (`direct.rs`, WebGL2 build only): wgpu draws into the layer's frame buffer. The way out when the first
//!   picture does not come over the bridge.
//!
//! What only some devices know comes beside: `senses.rs` (surfaces, anchors, light), `depth.rs` and `reflections.rs`.
//! `photo.rs` keeps what the shopper sees.

mod anchors;
mod bridge;
mod context_state;
mod depth;
mod depth_texture;
#[cfg(feature = "webgl")]
mod direct;
mod fingers;
mod hits;
mod layer;
mod light;
mod listener;
mod member;
mod offscreen;
mod photo;
mod planes;
mod reflections;
mod senses;
mod session;
mod space;
mod xr_sys;

use crate::ar;
use crate::viewer::Event;
use crate::web::run::{Shared, send};
use js_sys::{Array, Object, Promise, Reflect};
use session::Session;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;
use xr_sys::NAVIGATOR;

/// The session of one viewer, as far as it has come.
#[derive(Default)]
pub enum State {
    /// None.
    #[default]
    Idle,
    /// The browser asks the shopper.
    Asked,
    /// It runs. Dropping this ends it.
    Running(Rc<Session>),
}

/// How pictures get into the device's layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// The bridge; when it does not carry, directly.
    #[default]
    Auto,
    /// The bridge or not at all.
    Bridge,
    /// Directly or not at all.
    Direct,
}

impl Way {
    /// From the page's word; anything unknown is [`Way::Auto`].
    pub fn from_word(word: Option<&str>) -> Self {
        match word {
            Some("bridge") => Self::Bridge,
            Some("direct") => Self::Direct,
            _ => Self::Auto,
        }
    }
}

/// The session's kind, from the page's word; anything unknown is the shopper's own room.
pub fn mode_from_word(word: Option<&str>) -> ar::Mode {
    if word == Some("vr") { ar::Mode::Vr } else { ar::Mode::Ar }
}

/// Asks for a session. Must be called within the click itself: browsers refuse it a moment later.
#[inline(never)] // it comes with the second half
pub fn start(run: &Shared, overlay: &HtmlElement, way: Way, mode: ar::Mode) {
    if !matches!(run.borrow().xr, State::Idle) {
        return;
    }
    let Some(xr) = NAVIGATOR.with(|navigator| navigator.xr()) else {
        return refuse(run, "ar-not-supported");
    };
    let wants_camera = run.borrow().viewer.wants_camera_picture();
    let promise = match xr.request_session(word(mode), &session_init(overlay, mode, wants_camera)) {
        Ok(promise) => promise,
        Err(problem) => return refuse(run, reason(&problem)),
    };
    run.borrow_mut().xr = State::Asked;
    let weak_run = Rc::downgrade(run);
    spawn_local(async move {
        let answer = JsFuture::from(promise).await;
        match (answer, weak_run.upgrade()) {
            (Ok(session), Some(run)) => Session::begin(&run, session.unchecked_into(), way, mode).await,
            // The viewer was closed meanwhile.
            (Ok(session), None) => session::end_quietly(session.unchecked_ref()),
            (Err(problem), Some(run)) => refuse(&run, reason(&problem)),
            (Err(_), None) => {}
        }
    });
}

/// Ends the session, if there is one; the room hears of it when the device has ended it.
pub fn end(run: &Shared) {
    let running = match &run.borrow().xr {
        State::Running(session) => Some(session.clone()),
        State::Idle | State::Asked => None,
    };
    if let Some(session) = running {
        session.end("shopper");
    }
}

/// What only the device can do for the room.
#[inline(never)] // it comes with the second half
pub fn carry_out(run: &Shared, effect: ar::Effect) {
    let running = match &run.borrow().xr {
        State::Running(session) => Some(session.clone()),
        State::Idle | State::Asked => None,
    };
    if let Some(session) = running {
        session.carry_out(effect);
    }
}

/// Keeps the next picture of the session: a promise of `{width, height, pixels, hasCamera}`, four bytes a pixel, rows from
/// the top. Rejected where there is no session.
#[inline(never)] // it comes with the second half
pub fn photo(run: &Shared) -> Promise {
    match &run.borrow().xr {
        State::Running(session) => session.photo(),
        State::Idle | State::Asked => Promise::reject(&"There is no room session.".into()),
    }
}

/// The session that never began.
fn refuse(run: &Shared, reason: &'static str) {
    run.borrow_mut().xr = State::Idle;
    send(run, Event::Room(ar::Event::Refused { reason }));
}

fn word(mode: ar::Mode) -> &'static str {
    match mode {
        ar::Mode::Ar => "immersive-ar",
        ar::Mode::Vr => "immersive-vr",
    }
}

/// What a session in the shopper's own room would like.
const AR_FEATURES: &str =
    "local-floor hit-test dom-overlay anchors plane-detection light-estimation depth-sensing hand-tracking";
/// What it likes beside, for photos, where the shop says so: with it some versions of Chrome lose tabs and frames.
const CAMERA: &str = "camera-access";
/// What a showroom would like.
const VR_FEATURES: &str = "local-floor hand-tracking";

/// Nothing is required: a device without one of these still shows the product, and a required feature that it lacks
/// would refuse the session.
fn session_init(overlay: &HtmlElement, mode: ar::Mode, wants_camera: bool) -> Object {
    let names = |names: &str| -> Array { names.split(' ').map(JsValue::from_str).collect() };
    if mode == ar::Mode::Vr {
        return object([("optionalFeatures", &names(VR_FEATURES))]);
    }
    let depth = object([
        ("usagePreference", &names("cpu-optimized gpu-optimized")),
        ("dataFormatPreference", &names("luminance-alpha float32")),
    ]);
    let features = names(AR_FEATURES);
    if wants_camera {
        features.push(&CAMERA.into());
    }
    object([("optionalFeatures", &features), ("domOverlay", &object([("root", overlay)])), ("depthSensing", &depth)])
}

/// A plain object with these members.
fn object<const N: usize>(members: [(&str, &JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Fails only on frozen objects.
        let _ = Reflect::set(&object, &name.into(), value);
    }
    object
}

/// Why the browser refuses a session, by the name of its DOMException.
fn reason(problem: &JsValue) -> &'static str {
    let name = Reflect::get(problem, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotSupportedError") => "ar-not-supported",
        Some("InvalidStateError") => "ar-busy",
        _ => "ar-refused",
    }
}
