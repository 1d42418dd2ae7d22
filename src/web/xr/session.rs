//! One session from the moment the browser grants it to its end: the device's callbacks become events of the room, and
//! each of its pictures is drawn within its callback.

use super::depth::{Depth, Judgement};
use super::fingers::Fingers;
use super::hits::Hits;
use super::layer::Layer;
use super::listener::Listener;
use super::member::get;
use super::photo;
use super::reflections::RoomMirror;
use super::senses::Senses;
use super::space::{add_views, pose_of};
use super::xr_sys::{
    XrFrame, XrInputSourceEvent, XrReferenceSpace, XrReferenceSpaceEvent, XrSession, XrView, XrViewerPose,
};
use super::{State, Way, refuse};
use crate::ar;
use crate::scene::frame::View;
use crate::viewer::{Event, Notice};
use crate::web::run::{Run, Shared, send};
use js_sys::{Function, Promise};
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Called for each picture, with the time in milliseconds.
type OnFrame = Closure<dyn FnMut(f64, XrFrame)>;

/// A session that runs. Dropping it ends it.
pub struct Session {
    xr: XrSession,
    run: Weak<RefCell<Run>>,
    space: XrReferenceSpace,
    hits: Hits,
    fingers: RefCell<Fingers>,
    senses: Senses,
    depth: RefCell<Depth>,
    /// `None` where the device does not estimate light.
    mirror: RefCell<Option<RoomMirror>>,
    views: RefCell<Views>,
    /// What the last picture had to tell, for its memory.
    news: RefCell<Vec<ar::Event>>,
    /// Who waits for a picture to keep: what to call with it, and what without.
    photographers: RefCell<Vec<[Function; 2]>>,
    /// One was kept with this picture.
    has_photo: Cell<bool>,
    /// `None` while the way is changed.
    layer: RefCell<Option<Layer>>,
    /// The reference space has the floor at height 0.
    knows_floor: bool,
    way: Way,
    /// A first picture has come through.
    is_proved: Cell<bool>,
    /// Why it ends; the system when nobody here asked.
    end_reason: Cell<&'static str>,
    listeners: RefCell<Vec<Listener>>,
    on_frame: RefCell<Option<OnFrame>>,
}

/// The views of the last picture, for their memory.
#[derive(Default)]
struct Views {
    xr: Vec<(XrView, View)>,
    plain: Vec<View>,
}

/// For the shop's developer.
const DEPTH_TOO_SLOW: &str =
    "Reading the room's depth takes this device too long: real things no longer hide products.";

/// Why a session that was granted cannot run: there is no way into its layer.
const NO_LAYER: &str = "ar-bridge-failed";

impl Session {
    /// Makes a granted session run.
    pub(super) async fn begin(shared: &Shared, xr: XrSession, way: Way, mode: ar::Mode) {
        let is_over = Rc::new(Cell::new(false));
        let over = is_over.clone();
        // The shopper may leave, and the viewer may be closed, while the device gets ready.
        let early_end = Listener::on(&xr, "end", move |_| over.set(true));
        let opened = Self::open(shared, &xr, way).await;
        drop(early_end);
        if is_over.get() || shared.borrow().stage.is_none() {
            shared.borrow_mut().xr = State::Idle;
            return drop(opened);
        }
        match opened {
            Ok(session) => {
                shared.borrow_mut().xr = State::Running(session.clone());
                send(shared, Event::RoomStarted(mode, device_of(&session.xr)));
                // Null, or nothing at all, where the browser shows nothing of the page (WebXR DOM Overlays Module, section 2.2).
                if get(&session.xr, "domOverlayState").is_falsy() {
                    shared.borrow().tell(Notice { name: "room-captions", detail: json!({}) });
                }
                if session.knows_floor {
                    send(shared, Event::Room(ar::Event::FloorHeight(0.0)));
                }
                session.next_frame();
            }
            Err(problem) => {
                web_sys::console::warn_1(&problem);
                end_quietly(&xr);
                if cfg!(feature = "webgl") {
                    refuse(shared, NO_LAYER);
                } else {
                    shared.borrow_mut().xr = State::Idle;
                    ask_for_other_build(shared);
                }
            }
        }
    }

    /// Ends it; `reason` is told when the device has ended it.
    pub(super) fn end(&self, reason: &'static str) {
        self.end_reason.set(reason);
        end_quietly(&self.xr);
    }

    async fn open(shared: &Shared, xr: &XrSession, way: Way) -> Result<Rc<Self>, JsValue> {
        let (space, knows_floor) = reference_space(xr).await?;
        let hits = Hits::open(xr, knows_floor).await;
        let senses = Senses::open(xr).await;
        let mirror = RefCell::new(senses.light_probe().and_then(RoomMirror::of));
        let canvas = shared.borrow().stage.as_ref().map(|stage| stage.canvas.clone());
        let layer = Layer::open(xr, &canvas.ok_or("The viewer is closed.")?, way).await?;
        let session = Rc::new(Self {
            xr: xr.clone(),
            run: Rc::downgrade(shared),
            space,
            hits,
            fingers: RefCell::default(),
            senses,
            depth: RefCell::new(Depth::of(xr)),
            mirror,
            views: RefCell::default(),
            news: RefCell::default(),
            photographers: RefCell::default(),
            has_photo: Cell::new(false),
            knows_floor,
            layer: RefCell::new(Some(layer)),
            way,
            is_proved: Cell::new(false),
            end_reason: Cell::new("system"),
            listeners: RefCell::default(),
            on_frame: RefCell::default(),
        });
        session.listen()?;
        Ok(session)
    }

    fn listen(self: &Rc<Self>) -> Result<(), JsValue> {
        let weak = Rc::downgrade(self);
        *self.on_frame.borrow_mut() = Some(Closure::new(move |now_ms, frame: XrFrame| {
            if let Some(session) = weak.upgrade() {
                session.draw_frame(now_ms, &frame);
            }
        }));
        let mut listeners = self.listeners.borrow_mut();
        for name in ["selectstart", "select", "selectend"] {
            listeners
                .push(self.on(&self.xr, name, move |session, event| session.select(name, event.unchecked_into()))?);
        }
        listeners.push(self.on(&self.xr, "visibilitychange", |session, _| session.visibility_changed())?);
        listeners.push(self.on(&self.xr, "end", |session, _| session.has_ended())?);
        if let Some(Layer::Bridge(bridge)) = &*self.layer.borrow()
            && let Some(canvas) = bridge.canvas()
        {
            listeners.push(self.on(&canvas, "webglcontextlost", |session, _| session.bridge_may_be_lost())?);
        }
        listeners.push(self.on(&self.space, "reset", |session, event| session.space_reset(event.unchecked_ref()))?);
        Ok(())
    }

    fn on(
        self: &Rc<Self>,
        target: &web_sys::EventTarget,
        name: &'static str,
        then: impl Fn(&Rc<Self>, web_sys::Event) + 'static,
    ) -> Result<Listener, JsValue> {
        let weak = Rc::downgrade(self);
        Listener::on(target, name, move |event| {
            if let Some(session) = weak.upgrade() {
                then(&session, event);
            }
        })
    }

    fn next_frame(&self) {
        if let Some(callback) = &*self.on_frame.borrow() {
            // Refused only when the session has ended.
            let _ = self.xr.request_animation_frame(callback.as_ref().unchecked_ref());
        }
    }

    /// One picture: what the device saw, then what is to be seen.
    fn draw_frame(self: &Rc<Self>, now_ms: f64, frame: &XrFrame) {
        // First, so that a problem with one picture does not end them all.
        self.next_frame();
        let Some(shared) = self.run.upgrade() else { return };
        self.move_fingers(&shared, frame);
        let mut news = self.news.take();
        self.senses.news(frame, &self.space, &mut news);
        self.tell(&shared, news.drain(..));
        self.news.replace(news);
        let viewer = frame.viewer_pose(&self.space).ok().flatten();
        let world_from_viewer = viewer.as_ref().map(|viewer| pose_of(&viewer.transform()));
        let mut hits = shared.borrow_mut().viewer.spare_hits();
        self.hits.ahead(frame, &self.space, world_from_viewer, &mut hits);
        self.tell(&shared, [ar::Event::Frame { now_ms, world_from_viewer, hits }]);
        if !self.draw(&shared, frame, viewer.as_ref()) {
            self.way_ends(&shared);
        }
        self.tell(&shared, self.reflections(frame, now_ms));
        if self.has_photo.take() {
            self.tell(&shared, [ar::Event::PhotoTaken]);
        }
    }

    /// One after the other, each with memory that an event before it has left.
    fn move_fingers(&self, shared: &Shared, frame: &XrFrame) {
        let count = self.fingers.borrow().count();
        let touched = (count > 0).then(|| self.hits.touched(frame)).flatten();
        for index in 0..count {
            let hits = shared.borrow_mut().viewer.spare_hits();
            let moved = self.fingers.borrow().moved(index, frame, &self.space, touched.as_ref(), hits);
            self.tell(shared, moved);
        }
    }

    /// False when this way into the layer does not carry.
    fn draw(&self, shared: &Shared, xr_frame: &XrFrame, viewer: Option<&XrViewerPose>) -> bool {
        let run = &mut *shared.borrow_mut();
        let mut layer = self.layer.borrow_mut();
        let (Some(stage), Some(layer)) = (&mut run.stage, &mut *layer) else { return true };
        if !self.is_proved.get() {
            if !layer.is_proved(stage) {
                return false;
            }
            self.is_proved.set(true);
        }
        let Views { xr: views, plain } = &mut *self.views.borrow_mut();
        views.clear();
        plain.clear();
        if let Some(viewer) = viewer {
            add_views(viewer, layer.xr(), views);
        }
        let Some((first_eye, first)) = views.first() else {
            // Without a view the browser shows the camera picture alone: the layer is cleared for each picture.
            return true;
        };
        plain.extend(views.iter().map(|(_, view)| *view));
        let frame = &mut run.frame;
        run.viewer.frame_into(plain, frame);
        let mut depth = self.depth.borrow_mut();
        let judgement = depth.read(&self.xr, xr_frame, views, layer, &mut frame.room_depths);
        run.viewer.add_pointers(Fingers::pointers(xr_frame, &self.xr, &self.space), frame);
        let carries = layer.draw(stage, frame);
        depth.give_back(&mut frame.room_depths);
        if carries {
            self.hand_out_photo(layer, first_eye);
        }
        run.viewer.room_lines(first).into_iter().for_each(|notice| run.tell(notice));
        if matches!(judgement, Judgement::TooSlow) {
            run.tell(Notice { name: "warning", detail: json!({ "code": "ar-depth-slow", "message": DEPTH_TOO_SLOW }) });
        }
        carries
    }

    /// What mirrors would show of the room, when there is news of it.
    fn reflections(&self, frame: &XrFrame, now_ms: f64) -> Option<ar::Event> {
        let layer = self.layer.borrow();
        self.mirror.borrow_mut().as_mut()?.go_on(&self.xr, frame, &self.space, layer.as_ref()?, now_ms)
    }

    /// The picture that was just drawn, for those who wait for one.
    fn hand_out_photo(&self, layer: &Layer, eye: &XrView) {
        let photographers = self.photographers.take();
        if photographers.is_empty() {
            return;
        }
        self.has_photo.set(true);
        let photo = photo::shoot(&self.xr, layer.context(), layer.xr(), eye);
        for [keep, go_without] in &photographers {
            // They are a promise's own and throw nothing.
            let _ = match &photo {
                Ok(photo) => keep.call1(&JsValue::UNDEFINED, photo),
                Err(problem) => go_without.call1(&JsValue::UNDEFINED, problem),
            };
        }
    }

    /// Does what the room asks of the device.
    pub(super) fn carry_out(&self, effect: ar::Effect) {
        self.senses.carry_out(&self.xr, effect);
    }

    /// A promise of the next picture.
    pub(super) fn photo(&self) -> Promise {
        Promise::new(&mut |keep, go_without| self.photographers.borrow_mut().push([keep, go_without]))
    }

    /// Tries the direct way within this session where there is one, else gives up.
    fn way_ends(self: &Rc<Self>, shared: &Shared) {
        let was_bridge = matches!(&*self.layer.borrow(), Some(Layer::Bridge(_)));
        if !(cfg!(feature = "webgl") && was_bridge && self.way == Way::Auto) {
            return self.give_up(shared);
        }
        let bridge = self.layer.borrow_mut().take();
        let canvas = shared.borrow().stage.as_ref().map(|stage| stage.canvas.clone());
        let session = self.clone();
        spawn_local(async move {
            let Some(canvas) = canvas else { return };
            let opened = Layer::open(&session.xr, &canvas, Way::Direct).await;
            // Only now: the device shows the bridge's layer until it has another.
            drop(bridge);
            match (opened, session.run.upgrade()) {
                (Ok(layer), _) => *session.layer.borrow_mut() = Some(layer),
                (Err(problem), Some(shared)) => {
                    web_sys::console::warn_1(&problem);
                    session.give_up(&shared);
                }
                (Err(_), None) => {}
            }
        });
    }

    /// The context of a bridge that is given up on purpose is lost too; that is no news.
    fn bridge_may_be_lost(self: &Rc<Self>) {
        let is_lost = matches!(&*self.layer.borrow(), Some(Layer::Bridge(bridge)) if bridge.is_lost());
        if is_lost && let Some(shared) = self.run.upgrade() {
            self.way_ends(&shared);
        }
    }

    /// There is no way for this build into the layer.
    fn give_up(&self, shared: &Shared) {
        *self.layer.borrow_mut() = None;
        if cfg!(feature = "webgl") {
            send(shared, Event::Room(ar::Event::BridgeFailed));
        } else {
            self.end(NO_LAYER);
            ask_for_other_build(shared);
        }
    }

    fn select(&self, name: &str, event: XrInputSourceEvent) {
        let Some(shared) = self.run.upgrade() else { return };
        let source = event.input_source();
        let told = {
            let mut fingers = self.fingers.borrow_mut();
            match name {
                "selectstart" => fingers.start(&event.frame(), source, &self.space),
                "select" => fingers.complete(&source),
                _ => fingers.end(&source),
            }
        };
        self.tell(&shared, told);
    }

    fn visibility_changed(&self) {
        let Some(shared) = self.run.upgrade() else { return };
        let is_suspended = self.xr.visibility_state().as_deref() != Some("visible");
        if is_suspended {
            let cancelled = self.fingers.borrow_mut().cancel_all();
            self.tell(&shared, cancelled);
        }
        self.tell(&shared, [ar::Event::Suspended(is_suspended)]);
    }

    fn space_reset(&self, event: &XrReferenceSpaceEvent) {
        if let Some(shared) = self.run.upgrade() {
            let old_from_new = event.transform().map(|transform| pose_of(&transform));
            self.tell(&shared, [ar::Event::SpaceReset { old_from_new }]);
        }
    }

    /// The page goes on. A microtask later: some end within the very call that asks for it, or within a callback.
    fn has_ended(self: &Rc<Self>) {
        let session = self.clone();
        spawn_local(async move {
            if let Some(shared) = session.run.upgrade() {
                shared.borrow_mut().xr = State::Idle;
                for [_, go_without] in session.photographers.take() {
                    let _ = go_without.call1(&JsValue::UNDEFINED, &"The session is over.".into());
                }
                session.tell(&shared, [ar::Event::Ended { reason: session.end_reason.get() }]);
            }
        });
    }

    fn tell(&self, shared: &Shared, events: impl IntoIterator<Item = ar::Event>) {
        for event in events {
            send(shared, Event::Room(event));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        end_quietly(&self.xr);
    }
}

/// Ends a session. Browsers refuse this only to sessions that have ended, which is what is wanted.
pub(super) fn end_quietly(xr: &XrSession) {
    if let Ok(promise) = xr.end() {
        spawn_local(async move { drop(JsFuture::from(promise).await) });
    }
}

/// A headset is what one does not touch (WebXR AR Module, "interactionMode").
fn device_of(xr: &XrSession) -> ar::Device {
    let is_touched = get(xr, "interactionMode").as_string().is_none_or(|mode| mode == "screen-space");
    if is_touched { ar::Device::Phone } else { ar::Device::Headset }
}

/// With the floor at height 0 where the device offers it, else from where the session began. The second is true when
/// the floor is known.
async fn reference_space(xr: &XrSession) -> Result<(XrReferenceSpace, bool), JsValue> {
    if let Ok(promise) = xr.request_reference_space("local-floor")
        && let Ok(space) = JsFuture::from(promise).await
    {
        return Ok((space.unchecked_into(), true));
    }
    let space = JsFuture::from(xr.request_reference_space("local")?).await?;
    Ok((space.unchecked_into(), false))
}

/// The page loads the WebGL2 build, which has a second way, and asks the shopper to tap again.
fn ask_for_other_build(shared: &Shared) {
    shared.borrow().tell(Notice { name: "ar-bridge-failed", detail: json!({}) });
}
