//! The loop: the browser's callbacks become events, the tick last; effects are carried out; a frame is drawn when there
//! is something new.

use super::effects::{self, Pending};
use super::request::ask;
use super::stage::{Fault, Stage};
use super::{json, xr};
use crate::scene::frame::Frame;
use crate::viewer::{Effect, Event, Notice, Viewer};
use js_sys::Function;
#[cfg(feature = "webgpu")]
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
#[cfg(feature = "webgpu")]
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlCanvasElement, ImageBitmap};

/// Everything one element needs while it is on the page.
pub struct Run {
    /// What is to be seen.
    pub viewer: Viewer,
    /// Where it is drawn; `None` once it is closed.
    pub stage: Option<Stage>,
    /// What is on its way.
    pub pending: Pending,
    /// A picture of the page's, for the time of one verb.
    pub lent: Option<ImageBitmap>,
    /// The room session.
    pub xr: xr::State,
    /// The last one, whose memory the next one uses again.
    pub frame: Frame,
    /// How many frames were drawn, for tests of idleness.
    pub frames_drawn: u32,
    /// The page's script that has decoders do their jobs.
    pub unpack: Function,
    /// The page's script that brings the code that a first picture does without.
    pub later: Function,
    notify: Function,
    next_frame: Option<i32>,
    on_frame: Option<Closure<dyn FnMut(f64)>>,
    on_lost: Option<Closure<dyn FnMut(web_sys::Event)>>,
}

/// A run as callbacks share it. Borrowed only for the moment of a call, never over a call into the page.
pub type Shared = Rc<RefCell<Run>>;

/// Opens the card and starts to listen.
///
/// # Errors
/// Those of [`Stage::open`].
pub async fn open(
    canvas: HtmlCanvasElement,
    notify: Function,
    unpack: Function,
    later: Function,
    picture_bytes: f32,
) -> Result<Shared, Fault> {
    let stage = Stage::open(canvas).await?;
    let longest_side = stage.gpu.max_picture_size();
    let shared = Rc::new(RefCell::new(Run {
        viewer: Viewer::default(),
        stage: Some(stage),
        pending: Pending::default(),
        lent: None,
        xr: xr::State::default(),
        frame: Frame::default(),
        frames_drawn: 0,
        unpack,
        later,
        notify,
        next_frame: None,
        on_frame: None,
        on_lost: None,
    }));
    watch(&shared);
    send(&shared, Event::CardOpened { longest_side, picture_bytes });
    send(&shared, Event::SecondHalf { is_here: false });
    Ok(shared)
}

/// Tells the viewer what happened and does what it asks.
pub fn send(shared: &Shared, event: Event) {
    change(shared, |viewer| viewer.update(event));
}

/// Lets something happen to the viewer and does what it then asks.
pub fn change(shared: &Shared, change: impl FnOnce(&mut Viewer) -> Vec<Effect>) {
    let asked = {
        let mut run = shared.borrow_mut();
        if run.stage.is_none() {
            return;
        }
        change(&mut run.viewer)
    };
    effects::carry_out(shared, asked);
    wish_frame(shared);
}

/// Sends an event that comes later, if the run still stands.
pub fn send_later(weak: &Weak<RefCell<Run>>, event: Event) {
    if let Some(shared) = weak.upgrade() {
        send(&shared, event);
    }
}

/// Brings the code that a first picture does without; the viewer then does what it waited for.
///
/// # Errors
/// What the page's script says.
pub async fn bring_second_half(weak: &Weak<RefCell<Run>>) -> Result<(), String> {
    let Some(later) = weak.upgrade().map(|shared| shared.borrow().later.clone()) else { return Ok(()) };
    ask(&later, [&JsValue::UNDEFINED; 3]).await?;
    send_later(weak, Event::SecondHalf { is_here: true });
    Ok(())
}

/// Draws the page's view in this very call, whether or not there is anything new: the canvas then holds the picture until
/// the browser shows the page again. False in the room, and when the canvas gave no picture to draw on.
pub fn draw_now(shared: &Shared) -> bool {
    let is_drawn = {
        let run = &mut *shared.borrow_mut();
        !run.viewer.is_in_room() && run.draw()
    };
    if is_drawn {
        send(shared, Event::Drawn);
        let is_busy = shared.borrow().stage.as_ref().is_some_and(|stage| stage.gpu.is_busy());
        if is_busy {
            send(shared, Event::Unfinished);
        }
    }
    is_drawn
}

/// Gives everything back.
pub fn close(shared: &Shared) {
    let mut run = shared.borrow_mut();
    if let (Some(handle), Some(window)) = (run.next_frame.take(), web_sys::window()) {
        // A handle that is already used up is ignored by the browser.
        let _ = window.cancel_animation_frame(handle);
    }
    run.pending = Pending::default();
    run.xr = xr::State::Idle;
    if let Some(stage) = run.stage.take() {
        if let Some(closure) = run.on_lost.take() {
            let listener = closure.as_ref().unchecked_ref();
            let _ = stage.canvas.remove_event_listener_with_callback("webglcontextlost", listener);
        }
        stage.device.destroy();
    }
}

impl Run {
    /// Tells the page, a microtask later: the page may call right back.
    pub fn tell(&self, notice: Notice) {
        let notify = self.notify.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let detail = json::text(&notice.detail);
            if let Err(error) = notify.call2(&JsValue::NULL, &JsValue::from_str(notice.name), &detail) {
                web_sys::console::error_1(&error);
            }
        });
    }

    /// What the product takes on the card.
    pub fn memory_bytes(&self) -> u64 {
        self.stage.as_ref().map_or(0, |stage| stage.gpu.memory_bytes())
    }

    /// Draws the page's view. True when a picture was shown.
    fn draw(&mut self) -> bool {
        let size_px = self.viewer.size_px();
        let Some(stage) = &mut self.stage else { return false };
        stage.resize_px(size_px);
        let view = self.viewer.page_view(stage.size_px());
        self.viewer.frame_into(&[view], &mut self.frame);
        let is_shown = stage.draw(&self.frame);
        self.frames_drawn += u32::from(is_shown);
        is_shown
    }
}

/// Asks the browser for a callback, once, when there is something to do in it.
fn wish_frame(shared: &Shared) {
    let mut run = shared.borrow_mut();
    // In the room the session's own callback draws.
    if run.next_frame.is_some() || run.stage.is_none() || run.viewer.is_in_room() || !run.viewer.wants_tick() {
        return;
    }
    let (Some(window), Some(closure)) = (web_sys::window(), &run.on_frame) else { return };
    run.next_frame = window.request_animation_frame(closure.as_ref().unchecked_ref()).ok();
}

/// The browser's callback before it shows the page.
fn on_frame(shared: &Shared, now_ms: f64) {
    shared.borrow_mut().next_frame = None;
    if shared.borrow().viewer.is_in_room() {
        return;
    }
    send(shared, Event::Tick { now_ms });
    if shared.borrow().viewer.wants_draw() {
        draw_now(shared);
    }
    wish_frame(shared);
}

/// Connects the callbacks that last as long as the run.
fn watch(shared: &Shared) {
    let weak = Rc::downgrade(shared);
    let on_frame_closure = Closure::new({
        let weak = weak.clone();
        move |now_ms| {
            if let Some(shared) = weak.upgrade() {
                on_frame(&shared, now_ms);
            }
        }
    });
    let on_lost: Closure<dyn FnMut(web_sys::Event)> = Closure::new({
        let weak = weak.clone();
        move |_| {
            let message = "The browser took the graphics card away.".to_owned();
            send_later(&weak, Event::CardLost { message });
        }
    });
    let mut run = shared.borrow_mut();
    if let Some(stage) = &run.stage {
        let listener = on_lost.as_ref().unchecked_ref();
        let _ = stage.canvas.add_event_listener_with_callback("webglcontextlost", listener);
        listen_to_card(&stage.device, weak);
    }
    run.on_frame = Some(on_frame_closure);
    run.on_lost = Some(on_lost);
}

/// The card's own words: errors to the console, and its promise to say when it is lost (WebGPU; on WebGL2 the canvas
/// says so itself).
fn listen_to_card(device: &wgpu::Device, weak: Weak<RefCell<Run>>) {
    device.on_uncaptured_error(std::sync::Arc::new(|error| web_sys::console::error_1(&error.to_string().into())));
    #[cfg(feature = "webgpu")]
    if let Some(lost) = device.as_webgpu().and_then(|device| Reflect::get(device.as_ref(), &"lost".into()).ok()) {
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(info) = JsFuture::from(js_sys::Promise::resolve(&lost)).await else { return };
            // A card that we gave back ourselves is lost to nobody: the run is closed by then.
            send_later(&weak, Event::CardLost { message: super::request::words_of(&info) });
        });
    }
    #[cfg(not(feature = "webgpu"))]
    drop(weak);
}
