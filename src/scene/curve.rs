//! Numbers over time: what a curve of an animation says at a moment (glTF 2.0, appendix C).

use crate::math::Quat;
use crate::model::{Curve, Interpolation};

/// Fills `out`, as long as the curve is wide, with the curve's numbers at `time_s`. Before the first key and after the
/// last the curve stays as it is there. With `is_rotation` the four numbers are a quaternion and come out unit length.
pub(super) fn sample(curve: &Curve, time_s: f32, is_rotation: bool, out: &mut [f32]) {
    let after = curve.times.partition_point(|&key| key <= time_s);
    let (from, to) = (after.saturating_sub(1), after.min(curve.times.len().saturating_sub(1)));
    let time_of = |key: usize| curve.times.get(key).copied().unwrap_or_default();
    let span = time_of(to) - time_of(from);
    let share = if span > 0.0 { (time_s - time_of(from)) / span } else { 0.0 };
    let width = out.len();
    let is_cubic = curve.interpolation == Interpolation::CubicSpline;
    let parts = if is_cubic { 3 } else { 1 };
    // The numbers of a key: for splines part 0 is the tangent in, 1 the value, 2 the tangent out.
    let numbers = |key: usize, part: usize| {
        let start = (key * parts + part) * width;
        curve.values.get(start..start + width).unwrap_or_default()
    };
    let value = if is_cubic { 1 } else { 0 };
    let (start, end) = (numbers(from, value), numbers(to, value));
    match curve.interpolation {
        Interpolation::Step => out.iter_mut().zip(start).for_each(|(out, start)| *out = *start),
        Interpolation::Linear if is_rotation => slerp(out, start, end, share),
        Interpolation::Linear => {
            out.iter_mut().zip(start).zip(end).for_each(|((out, start), end)| *out = start + (end - start) * share);
        }
        Interpolation::CubicSpline => {
            let (square, cube) = (share * share, share * share * share);
            let of_end = 3.0 * square - 2.0 * cube;
            let (leaving, arriving) = (span * (cube - 2.0 * square + share), span * (cube - square));
            let tangents = numbers(from, 2).iter().zip(numbers(to, 0));
            for (((out, start), end), (tangent_out, tangent_in)) in out.iter_mut().zip(start).zip(end).zip(tangents) {
                *out = (1.0 - of_end) * start + of_end * end + leaving * tangent_out + arriving * tangent_in;
            }
        }
    }
    if is_rotation && let Ok(four) = <[f32; 4]>::try_from(&*out) {
        let turn = Quat::from_array(four);
        let length = turn.length();
        let unit = if length > 0.0 && length.is_finite() { turn / length } else { Quat::IDENTITY };
        out.copy_from_slice(&unit.to_array());
    }
}

/// Along the shorter arc.
fn slerp(out: &mut [f32], start: &[f32], end: &[f32], share: f32) {
    let quaternion = |numbers: &[f32]| numbers.try_into().map_or(Quat::IDENTITY, Quat::from_array).normalize();
    let turn = quaternion(start).slerp(quaternion(end), share);
    out.iter_mut().zip(turn.to_array()).for_each(|(out, number)| *out = number);
}
