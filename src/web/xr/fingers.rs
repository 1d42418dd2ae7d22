//! Input sources of the session as fingers: a number each, from going down to being let go.

use super::hits::add_touched;
use super::member::{elements, get};
use super::space::ray_of;
use super::xr_sys::{XrFrame, XrInputSource, XrReferenceSpace, XrSession};
use crate::ar::{Event, Pointer};
use crate::math::Pose;
use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};

/// The input sources whose primary action is under way.
#[derive(Default)]
pub(super) struct Fingers {
    down: Vec<(XrInputSource, u32)>,
    last_id: u32,
}

impl Fingers {
    /// `selectstart`: the action begins.
    pub fn start(&mut self, frame: &XrFrame, source: XrInputSource, space: &XrReferenceSpace) -> Option<Event> {
        let ray = ray_of(frame, &source.target_ray_space(), space)?;
        self.last_id = self.last_id.wrapping_add(1);
        self.down.push((source, self.last_id));
        Some(Event::PressStart { id: self.last_id, ray })
    }

    /// `select`: the action is complete. It comes before `selectend`, which then finds nothing.
    pub fn complete(&mut self, source: &XrInputSource) -> Option<Event> {
        self.lift(source).map(|id| Event::PressEnd { id })
    }

    /// `selectend`: the action is over, complete or not.
    pub fn end(&mut self, source: &XrInputSource) -> Option<Event> {
        self.lift(source).map(|id| Event::PressCancel { id })
    }

    /// How many are down.
    pub fn count(&self) -> usize {
        self.down.len()
    }

    /// Where one of those that are down points in this picture, and the surfaces there; `hits` is an empty list for them.
    pub fn moved(
        &self,
        index: usize,
        frame: &XrFrame,
        space: &XrReferenceSpace,
        touched: Option<&Array>,
        mut hits: Vec<Pose>,
    ) -> Option<Event> {
        let (source, id) = self.down.get(index)?;
        let ray = ray_of(frame, &source.target_ray_space(), space)?;
        if let Some(touched) = touched {
            add_touched(touched, source, space, &mut hits);
        }
        Some(Event::PressMove { id: *id, ray, hits })
    }

    /// Where controllers, hands and eyes point, pressed or not (WebXR, "targetRayMode"); a finger on a screen needs no mark.
    pub fn pointers(frame: &XrFrame, session: &XrSession, space: &XrReferenceSpace) -> impl Iterator<Item = Pointer> {
        let sources = elements(&get(session, "inputSources"));
        // Compared as the browser's own words: ours would be a copy for each picture.
        let [held, gaze, pinched] = ["tracked-pointer", "gaze", "transient-pointer"].map(JsValue::from_str);
        (0..sources.length()).filter_map(move |at| {
            let source: XrInputSource = sources.get(at).unchecked_into();
            let mode = get(&source, "targetRayMode");
            let is_held = mode == held;
            let points = is_held || mode == gaze || mode == pinched;
            let ray = points.then(|| ray_of(frame, &source.target_ray_space(), space));
            Some(Pointer { ray: ray??, is_held })
        })
    }

    /// The session is no longer the shopper's: all fingers are gone.
    pub fn cancel_all(&mut self) -> Vec<Event> {
        self.down.drain(..).map(|(_, id)| Event::PressCancel { id }).collect()
    }

    fn lift(&mut self, source: &XrInputSource) -> Option<u32> {
        let index = self.down.iter().position(|(down, _)| down == source)?;
        Some(self.down.remove(index).1)
    }
}
