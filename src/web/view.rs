//! The exported class of the two graphics builds: one viewer, one canvas, one product.

use super::run::{self, Shared, send};
use super::{json, mirror, xr};
use crate::ar;
use crate::math::Vec2;
use crate::viewer::{Event, Phase, Pointer};
use js_sys::{Function, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{HtmlCanvasElement, HtmlElement, ImageBitmap};

/// One viewer: one canvas, one product. `www/boundary.ts` says what each method means to the page.
#[wasm_bindgen]
pub struct Viewer {
    run: Shared,
}

#[wasm_bindgen]
impl Viewer {
    /// Opens the graphics card on the canvas.
    ///
    /// # Errors
    /// An `Error` whose name is a stable code.
    pub async fn open(
        canvas: HtmlCanvasElement,
        notify: Function,
        unpack: Function,
        later: Function,
        picture_bytes: f32,
    ) -> Result<Viewer, JsValue> {
        let run = run::open(canvas, notify, unpack, later, picture_bytes).await.map_err(|fault| fault.to_js())?;
        Ok(Self { run })
    }

    /// An attribute changed; `undefined` when it was removed.
    pub fn set(&self, name: String, value: Option<String>) {
        send(&self.run, Event::Set { name, value });
    }

    /// Does something once; `detail` is JSON.
    pub fn act(&self, name: String, detail: String) {
        send(&self.run, Event::Act { name, detail });
    }

    /// Changes the room list, once the second file is there; `detail` is JSON.
    #[wasm_bindgen(js_name = roomList)]
    pub fn room_list(&self, name: String, detail: String) {
        send(&self.run, Event::RoomList { name, detail });
    }

    /// Does something once with a picture, which stays the page's.
    pub fn lend(&self, picture: ImageBitmap, name: String, detail: String) {
        self.run.borrow_mut().lent = Some(picture);
        self.act(name, detail);
        self.run.borrow_mut().lent = None;
    }

    /// Answers a question as JSON.
    pub fn query(&self, name: &str) -> JsValue {
        let run = self.run.borrow();
        json::text(&match name {
            "memory" => run.memory_bytes().into(),
            "frames" => run.frames_drawn.into(),
            "max-picture" => run.stage.as_ref().map(|stage| stage.gpu.max_picture_size()).into(),
            _ => run.viewer.query(name),
        })
    }

    /// Brings the second file; resolves when what is in it can be called.
    pub fn later(&self) -> Promise {
        let weak = Rc::downgrade(&self.run);
        future_to_promise(async move {
            let outcome = run::bring_second_half(&weak).await;
            outcome.map(|()| JsValue::UNDEFINED).map_err(|problem| js_sys::Error::new(&problem).into())
        })
    }

    /// Draws in this very call, for somebody who reads the canvas next. False when there is no picture.
    pub fn draw(&self) -> bool {
        run::draw_now(&self.run)
    }

    /// The canvas has a new size in CSS pixels.
    pub fn resize(&self, width: f32, height: f32, pixel_ratio: f32) {
        send(&self.run, Event::Resized { size_css: Vec2::new(width, height), pixel_ratio });
    }

    /// Scrolled into or out of sight.
    pub fn visible(&self, is_visible: bool) {
        send(&self.run, Event::Visible(is_visible));
    }

    /// A finger or mouse on the canvas.
    #[allow(clippy::too_many_arguments, reason = "plain numbers are what crosses the boundary cheaply")]
    pub fn pointer(&self, phase: &str, id: i32, x: f32, y: f32, button: i32, shift: bool, touch: bool) {
        let phase = match phase {
            "down" => Phase::Down,
            "move" => Phase::Move,
            "up" => Phase::Up,
            _ => Phase::Cancel,
        };
        let pans = shift || button == 1 || button == 2;
        send(&self.run, Event::Pointer(Pointer { phase, id, position: Vec2::new(x, y), pans, touch }));
    }

    /// Pixels of a wheel. True when they were used.
    pub fn wheel(&self, delta_pixels: f32) -> bool {
        let is_used = self.run.borrow().viewer.uses_wheel();
        send(&self.run, Event::Wheel(delta_pixels));
        is_used
    }

    /// `KeyboardEvent.key`. True when it was used.
    pub fn key(&self, key: String, shift: bool) -> bool {
        let is_used = self.run.borrow().viewer.uses_key(&key);
        send(&self.run, Event::Key { key, shift });
        is_used
    }

    /// Starts a room session; call it synchronously in a click. `way` is `bridge` or `direct` to allow only that way into
    /// the device's layer; `mode` is `vr` for the showroom.
    #[wasm_bindgen(js_name = startAr)]
    pub fn start_ar(&self, overlay: HtmlElement, way: Option<String>, mode: Option<String>) {
        xr::start(&self.run, &overlay, xr::Way::from_word(way.as_deref()), xr::mode_from_word(mode.as_deref()));
    }

    /// Keeps the session's next picture, and the camera's behind it where the browser lends it.
    pub fn photo(&self) -> Promise {
        xr::photo(&self.run)
    }

    /// Ends the session, if there is one.
    #[wasm_bindgen(js_name = endAr)]
    pub fn end_ar(&self) {
        xr::end(&self.run);
    }

    /// Something for the mirror, once its code is there.
    pub fn mirror(&self, name: &str, numbers: &[f64], picture: Option<ImageBitmap>) {
        mirror::take(&self.run, name, numbers, picture.as_ref());
    }

    /// Gives everything back.
    pub fn close(&self) {
        xr::end(&self.run);
        send(&self.run, Event::Room(ar::Event::Ended { reason: "shopper" }));
        run::close(&self.run);
    }
}
