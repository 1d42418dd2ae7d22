//! What a device knows of the room beyond hits: surfaces, anchors, light. Each of them is told where the device has it.

use super::anchors;
use super::light::Light;
use super::planes::Planes;
use super::xr_sys::{XrFrame, XrReferenceSpace, XrSession};
use crate::ar::{Effect, Event};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// All of it, for one session.
pub(super) struct Senses {
    anchors: anchors::Shared,
    planes: RefCell<Planes>,
    light: RefCell<Option<Light>>,
}

impl Senses {
    /// Asks for what must be asked for.
    pub async fn open(session: &XrSession) -> Self {
        let light = RefCell::new(Light::open(session).await);
        Self { anchors: anchors::Shared::default(), planes: RefCell::default(), light }
    }

    /// Within a picture: adds what there is to tell.
    pub fn news(&self, frame: &XrFrame, space: &XrReferenceSpace, news: &mut Vec<Event>) {
        anchors::frame(&self.anchors, frame, space, news);
        news.extend(self.planes.borrow_mut().news(frame, space));
        news.extend(self.light.borrow_mut().as_mut().and_then(|light| light.news(frame, space)));
    }

    /// The probe of its light, where it has one.
    pub fn light_probe(&self) -> Option<JsValue> {
        self.light.borrow().as_ref().map(Light::probe)
    }

    /// Does what the room asks of the device.
    pub fn carry_out(&self, session: &XrSession, effect: Effect) {
        anchors::carry_out(&self.anchors, session, effect);
    }
}
