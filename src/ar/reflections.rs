//! What mirrors show of the shopper's room: filtered over time, and bounded like the rest of its light.
//!
//! # The bound
//! A mirror shows the room in its own colours, as far as each channel is within [`MIRRORED`] of the brightness there. On
//! average it is as bright as the light from all around, and nowhere brighter than [`BRIGHTEST_SPOT`] times that. The
//! rougher a surface, the nearer what it mirrors comes to the one tint of all the room's light, which `light.rs` bounds;
//! wholly rough ones have that tint alone.

use super::light::tint;
use super::motion::glide;
use crate::color::luminance;
use crate::math::Vec3;

/// Light that arrives from all around, from far away.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reflections {
    /// Linear, by the directions of the reference space: a cube's faces +X -X +Y -Y +Z -Z as cards look them up, each
    /// [`Self::SIDE`] rows from the top of as many texels.
    pub texels: Vec<Vec3>,
}

impl Reflections {
    /// Texels along a face; phones know no more of a room.
    pub const SIDE: usize = 16;
    /// Texels of all faces.
    pub const COUNT: usize = 6 * Self::SIDE * Self::SIDE;
}

/// How far a channel of what a mirror shows may be from the brightness there, as a share.
pub const MIRRORED: f32 = 0.6;
/// What a mirror shows is nowhere brighter than this many times the mean.
pub const BRIGHTEST_SPOT: f32 = 12.0;
/// How quickly mirrors follow the device, in milliseconds.
const FOLLOW_MS: f32 = 600.0;
/// Nearer than this to its goal nobody sees a difference.
const SAME: f32 = 1.0 / 512.0;
/// A device that says more is mistaken.
const MOST: f32 = 1.0e5;

/// Follows what the device tells without jumps.
#[derive(Clone, Debug, Default)]
pub(super) struct ReflectionFilter {
    goal: Vec<Vec3>,
    shown: Vec<Vec3>,
    is_there: bool,
}

impl ReflectionFilter {
    /// Takes what the device tells. The first is shown as it is: before, mirrors showed another room.
    pub fn take(&mut self, told: Reflections) {
        let Some(bounded) = bounded(told.texels) else { return };
        self.goal = bounded;
        self.is_there = self.shown.is_empty();
        if self.is_there {
            self.shown.clone_from(&self.goal);
        }
    }

    /// Takes one picture.
    pub fn frame(&mut self, elapsed_ms: f32) {
        if self.is_there {
            return;
        }
        let share = glide(elapsed_ms, FOLLOW_MS);
        let mut farthest = 0.0_f32;
        for (now, goal) in self.shown.iter_mut().zip(&self.goal) {
            *now = now.lerp(*goal, share);
            farthest = farthest.max((*goal - *now).abs().max_element());
        }
        if farthest < SAME {
            self.shown.clone_from(&self.goal);
            self.is_there = true;
        }
    }

    /// As mirrors show it now, 1 on average; nothing where the device has told nothing.
    pub fn shown(&self) -> &[Vec3] {
        &self.shown
    }
}

/// The same with a mean of 1 and within the bound; `None` for numbers that are none, and for a room without light.
fn bounded(mut texels: Vec<Vec3>) -> Option<Vec<Vec3>> {
    let is_sound = |color: &Vec3| color.is_finite() && color.abs().max_element() < MOST;
    if texels.len() != Reflections::COUNT || !texels.iter().all(is_sound) {
        return None;
    }
    let (mut sum, mut whole) = (0.0, 0.0);
    for (index, color) in texels.iter().enumerate() {
        let share = share_of_sphere(index);
        sum += luminance(color.max(Vec3::ZERO)) * share;
        whole += share;
    }
    let mean = sum / whole;
    if mean < 1e-6 {
        return None;
    }
    for color in &mut texels {
        let light = color.max(Vec3::ZERO);
        *color = tint(light, MIRRORED) * (luminance(light) / mean).min(BRIGHTEST_SPOT);
    }
    Some(texels)
}

/// The solid angle of a texel, up to a factor: those at a face's corners are seen smaller.
fn share_of_sphere(index: usize) -> f32 {
    let place = |count: usize| (count as f32 + 0.5) / Reflections::SIDE as f32 * 2.0 - 1.0;
    let (column, row) = (place(index % Reflections::SIDE), place(index / Reflections::SIDE % Reflections::SIDE));
    let square = 1.0 + column * column + row * row;
    1.0 / (square * square.sqrt())
}
