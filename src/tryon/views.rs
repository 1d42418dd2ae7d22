//! Tells a picture of a new view from another one of the same: a photo that is looked at again above all. Pictures of one view repeat
//! each other's errors, so together they tell as much as one.

use crate::math::Vec2;

/// A view is a new one when the points moved so far among each other, in shares of their size in the picture: by a change of
/// distance of 3 %, or a turn of about that many degrees. Judged in the picture, since a better guess of the lens moves the pose.
const NEW_VIEW: f32 = 0.03;
/// So many pictures of one view are enough to be rid of the tracker's noise.
const ENOUGH: f32 = 8.0;

/// The present view, and how many of its pictures told something.
#[derive(Clone, Debug, Default)]
pub(super) struct Views {
    /// Where its first picture has the points, in picture heights.
    first: Vec<Vec2>,
    pictures: f32,
}

impl Views {
    /// Takes where a picture has the points, in picture heights; true when a new view begins with it.
    pub fn is_new(&mut self, seen: Vec<Vec2>) -> bool {
        let is_new = has_moved(&self.first, &seen);
        if is_new {
            *self = Self { first: seen, pictures: 0.0 };
        }
        is_new
    }

    /// True while pictures of this view still tell something.
    pub fn tells(&self) -> bool {
        self.pictures < ENOUGH
    }

    /// Counts a picture of this view; its share of all of them.
    pub fn share(&mut self) -> f32 {
        self.pictures += 1.0;
        1.0 / self.pictures
    }
}

/// Whether points have moved among each other so far that they are another view; always so where others are seen.
fn has_moved(before: &[Vec2], now: &[Vec2]) -> bool {
    if before.len() != now.len() || now.is_empty() {
        return true;
    }
    let middle = |marks: &[Vec2]| marks.iter().sum::<Vec2>() / marks.len() as f32;
    let (was, is) = (middle(before), middle(now));
    let size: f32 = before.iter().map(|mark| mark.distance_squared(was)).sum();
    let moved: f32 = before.iter().zip(now).map(|(before, now)| (*now - is).distance_squared(*before - was)).sum();
    moved > NEW_VIEW * NEW_VIEW * size
}
