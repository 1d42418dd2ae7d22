//! Input sources of the session as fingers: a number each, from going down to being let go.

use super::hits::Hits;
use super::member::{elements, get};
use super::space::ray_of;
use super::xr_sys::{XrFrame, XrInputSource, XrReferenceSpace, XrSession};
use crate::ar::Event;
use crate::math::Ray;
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

    /// Where all fingers point in this picture.
    pub fn moves(&self, frame: &XrFrame, space: &XrReferenceSpace, hits: &Hits) -> Vec<Event> {
        if self.down.is_empty() {
            return Vec::new();
        }
        let touched = hits.touch(frame, space);
        let moved = |(source, id): &(XrInputSource, u32)| {
            let ray = ray_of(frame, &source.target_ray_space(), space)?;
            let hits = touched.iter().find(|(touching, _)| touching == source).map(|(_, hits)| hits.clone());
            Some(Event::PressMove { id: *id, ray, hits: hits.unwrap_or_default() })
        };
        self.down.iter().filter_map(moved).collect()
    }

    /// Where controllers, hands and gaze point, with nothing pressed; a finger on a screen needs no cursor.
    pub fn pointers(frame: &XrFrame, session: &XrSession, space: &XrReferenceSpace) -> impl Iterator<Item = Ray> {
        let sources = elements(&get(session, "inputSources"));
        // Compared as the browser's own words: ours would be a copy for each picture.
        let modes = ["tracked-pointer", "gaze"].map(JsValue::from_str);
        let count = sources.length();
        (0..count)
            .map(move |at| sources.get(at).unchecked_into::<XrInputSource>())
            .filter(move |source| modes.contains(&get(source, "targetRayMode")))
            .filter_map(move |source| ray_of(frame, &source.target_ray_space(), space))
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
