//! Dimension lines over the camera picture: lengths in the room as the page draws them on the screen.

use super::effect::Notice;
use super::{Effect, Viewer};
use crate::math::{Mat4, Vec2, Vec3, Vec4};
use crate::scene::frame::View;
use serde_json::{Value, json};

/// The page hears of moved lines no more often than this, in milliseconds: labels are read, not watched.
const PAUSE_MS: f64 = 60.0;
/// Points nearer to the eye than this are cut off, in metres.
const NEAR_M: f32 = 0.02;
/// Smaller movements are not told, in shares of the screen.
const STILL: f32 = 5e-4;

/// What the page was last told.
#[derive(Debug, Default)]
pub struct Lines {
    /// The shopper wants to see them.
    are_shown: bool,
    told_ms: f64,
    /// Both ends of each line on the screen, for lines that are seen.
    told: Vec<[Vec2; 2]>,
}

impl Viewer {
    /// Shows or hides them.
    pub(super) fn show_lines(&mut self, are_shown: bool) -> Vec<Effect> {
        self.lines = Lines { are_shown, ..Lines::default() };
        if are_shown { Vec::new() } else { vec![Effect::Notify(notice(Vec::new()))] }
    }

    /// The lines as one eye sees them, when the page does not know that yet. To be asked for each picture of a session.
    #[inline(never)] // in the browser it comes later than the rest
    pub fn room_lines(&mut self, view: &View) -> Option<Notice> {
        let now_ms = self.clock.now_ms;
        let is_due = self.lines.are_shown && (now_ms - self.lines.told_ms).abs() >= PAUSE_MS;
        if !is_due {
            return None;
        }
        let clip_from_world = view.clip_from_view * Mat4::from(view.world_from_view.inverse());
        let lines = self.room.lines().iter().map(|line| (line.from, line.to, &line.label));
        let measured = self.room.measurements().iter().map(|line| (line.from, line.to, &line.label));
        let seen = || {
            let all = lines.clone().chain(measured.clone());
            all.filter_map(|(from, to, label)| Some((on_screen(clip_from_world, from, to)?, label)))
        };
        let is_still = seen().count() == self.lines.told.len()
            && seen()
                .zip(&self.lines.told)
                .all(|((now, _), told)| now.iter().zip(told).all(|(now, told)| now.abs_diff_eq(*told, STILL)));
        if is_still {
            return None;
        }
        let told: Vec<[Vec2; 2]> = seen().map(|(ends, _)| ends).collect();
        let text = |([from, to], label): ([Vec2; 2], &String)| json!({ "from": from.to_array(), "to": to.to_array(), "label": label });
        let answer = notice(seen().map(text).collect());
        self.lines = Lines { are_shown: true, told_ms: now_ms, told };
        Some(answer)
    }
}

fn notice(lines: Vec<Value>) -> Notice {
    Notice { name: "room-lines", detail: json!({ "lines": lines }) }
}

/// Both ends from the upper left corner, 0 to 1 across the screen; `None` for a line behind the eye.
fn on_screen(clip_from_world: Mat4, from: Vec3, to: Vec3) -> Option<[Vec2; 2]> {
    let [from, to] = [from, to].map(|point| clip_from_world * point.extend(1.0));
    if from.w < NEAR_M && to.w < NEAR_M {
        return None;
    }
    let cut = |end: Vec4, other: Vec4| match end.w < NEAR_M {
        true => end.lerp(other, (NEAR_M - end.w) / (other.w - end.w)),
        false => end,
    };
    let place = |end: Vec4| Vec2::new(end.x, -end.y) / end.w * 0.5 + 0.5;
    let ends = [place(cut(from, to)), place(cut(to, from))];
    ends.iter().all(|end| end.is_finite()).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_where_the_eye_sees_them() {
        // A lens of 90 degrees: 1 m to the side at 1 m is the edge of the picture.
        let mut clip = Mat4::IDENTITY;
        (clip.z_axis, clip.w_axis) = (Vec4::new(0.0, 0.0, -1.0, -1.0), Vec4::new(0.0, 0.0, -0.1, 0.0));
        let [from, to] = on_screen(clip, Vec3::new(-1.0, 0.0, -1.0), Vec3::new(0.0, 1.0, -1.0)).unwrap();
        assert!(from.abs_diff_eq(Vec2::new(0.0, 0.5), 1e-5), "{from}");
        assert!(to.abs_diff_eq(Vec2::new(0.5, 0.0), 1e-5), "{to}");
        assert_eq!(on_screen(clip, Vec3::new(0.0, 0.0, 1.0), Vec3::new(1.0, 0.0, 2.0)), None);
        let [_, cut] = on_screen(clip, Vec3::new(0.0, 0.0, -1.0), Vec3::new(0.0, 0.0, 1.0)).unwrap();
        assert!(cut.is_finite(), "what goes past the eye ends before it");
    }
}
