//! The shopper's hands on the page: one finger or button turns, two fingers zoom and shift, keys do all of it.

use super::event::{Phase, Pointer};
use crate::math::Vec2;
use crate::shelf::Shelf;
use std::f32::consts::PI;

/// The fingers and buttons that are down.
#[derive(Clone, Debug, Default)]
pub struct Hands {
    down: Shelf<i32, Pointer>,
}

/// What the hands ask of the camera.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gesture {
    /// Turn, in radians: theta, phi.
    pub turn: Vec2,
    /// Shift of the picture in shares of its height, right and up.
    pub shift: Vec2,
    /// Natural logarithm of the change of distance; positive moves away.
    pub zoom: f32,
}

/// A whole canvas height of dragging turns this far.
const TURN_PER_HEIGHT_RAD: f32 = 2.0 * PI;
/// One press of a key.
const TURN_PER_KEY_RAD: f32 = PI / 12.0;
const SHIFT_PER_KEY: f32 = 0.08;
const ZOOM_PER_KEY: f32 = 0.18;
/// One notch of a usual wheel is 100 px.
const ZOOM_PER_WHEEL_PIXEL: f32 = 0.0012;

impl Hands {
    /// A pointer did something; `height_css` is the canvas's height. `None` when it means nothing.
    pub fn pointer(&mut self, pointer: Pointer, height_css: f32) -> Option<Gesture> {
        match pointer.phase {
            Phase::Down => {
                self.down.insert(pointer.id, pointer);
                None
            }
            Phase::Up | Phase::Cancel => {
                self.down.remove(pointer.id);
                None
            }
            Phase::Move => {
                let before = self.spread();
                let held = self.down.get_mut(pointer.id)?;
                let moved = (pointer.position - held.position) / height_css.max(1.0);
                held.position = pointer.position;
                let pans = held.pans;
                Some(self.gesture(moved, pans, before))
            }
        }
    }

    /// Something is down.
    pub fn are_busy(&self) -> bool {
        !self.down.is_empty()
    }

    /// Pixels of a wheel as a gesture.
    pub fn wheel(delta_pixels: f32) -> Gesture {
        Gesture { zoom: delta_pixels.clamp(-500.0, 500.0) * ZOOM_PER_WHEEL_PIXEL, ..Gesture::default() }
    }

    /// A key as a gesture; `None` for keys that mean nothing here.
    pub fn key(key: &str, shift: bool) -> Option<Gesture> {
        let arrow = match key {
            "ArrowLeft" => Vec2::new(-1.0, 0.0),
            "ArrowRight" => Vec2::new(1.0, 0.0),
            "ArrowUp" => Vec2::new(0.0, 1.0),
            "ArrowDown" => Vec2::new(0.0, -1.0),
            "+" | "=" | "PageUp" => return Some(Gesture { zoom: -ZOOM_PER_KEY, ..Gesture::default() }),
            "-" | "_" | "PageDown" => return Some(Gesture { zoom: ZOOM_PER_KEY, ..Gesture::default() }),
            _ => return None,
        };
        Some(if shift {
            Gesture { shift: arrow * SHIFT_PER_KEY, ..Gesture::default() }
        } else {
            // The arrow says where the camera goes: right shows the right side, up shows the top.
            Gesture { turn: Vec2::new(arrow.x, -arrow.y) * TURN_PER_KEY_RAD, ..Gesture::default() }
        })
    }

    fn gesture(&self, moved: Vec2, pans: bool, before: Option<f32>) -> Gesture {
        let picture = Vec2::new(moved.x, -moved.y);
        match (before, self.spread()) {
            // Each of two fingers carries half of the shift.
            (Some(before), Some(after)) if before > 1.0 && after > 1.0 => {
                Gesture { zoom: (before / after).ln(), shift: picture * 0.5, ..Gesture::default() }
            }
            _ if pans => Gesture { shift: picture, ..Gesture::default() },
            _ => Gesture { turn: -moved * TURN_PER_HEIGHT_RAD, ..Gesture::default() },
        }
    }

    /// The distance between the first two pointers in CSS pixels.
    fn spread(&self) -> Option<f32> {
        let mut positions = self.down.values().map(|pointer| pointer.position);
        Some(positions.next()?.distance(positions.next()?))
    }
}
