//! Flat surfaces of the room (WebXR Plane Detection Module), told when one of them has changed.

use super::member::{elements, get, number};
use super::space::pose_of;
use super::xr_sys::{XrFrame, XrReferenceSpace};
use crate::ar::{Event, Orientation, Plane};
use crate::math::Vec2;
use wasm_bindgen::{JsCast as _, JsValue};

/// Pictures between two looks: planes grow a few times a second.
const EVERY: u32 = 6;

/// The planes of one session.
#[derive(Default)]
pub(super) struct Planes {
    /// Every plane seen so far; its place is its number.
    known: Vec<JsValue>,
    /// How many there were, and the sum of the times when they changed.
    told: (u32, f64),
    pictures: u32,
}

impl Planes {
    /// All planes, if any of them is another one than was told.
    pub fn news(&mut self, frame: &XrFrame, space: &XrReferenceSpace) -> Option<Event> {
        self.pictures = self.pictures.wrapping_add(1);
        if self.pictures % EVERY != 1 {
            return None;
        }
        let planes = elements(&get(frame, "detectedPlanes"));
        let changed = planes.iter().filter_map(|plane| get(&plane, "lastChangedTime").as_f64()).sum();
        let now = (planes.length(), changed);
        if std::mem::replace(&mut self.told, now) == now {
            return None;
        }
        Some(Event::Planes(planes.iter().filter_map(|plane| self.plane(plane, frame, space)).collect()))
    }

    fn plane(&mut self, plane: JsValue, frame: &XrFrame, space: &XrReferenceSpace) -> Option<Plane> {
        let world_from_plane =
            pose_of(&frame.pose(get(&plane, "planeSpace").unchecked_ref(), space).ok()??.transform());
        let corner = |point: JsValue| Some(Vec2::new(number(&point, "x")?, number(&point, "z")?));
        let polygon = elements(&get(&plane, "polygon")).iter().filter_map(corner).collect();
        let orientation = match get(&plane, "orientation").as_string().as_deref() {
            Some("horizontal") => Some(Orientation::Horizontal),
            Some("vertical") => Some(Orientation::Vertical),
            _ => None,
        };
        let label = get(&plane, "semanticLabel").as_string();
        let id = self.known.iter().position(|known| *known == plane).unwrap_or_else(|| {
            self.known.push(plane);
            self.known.len() - 1
        });
        Some(Plane { id: id as u32, world_from_plane, polygon, orientation, label })
    }
}
