//! The mirror: the page's numbers become events, the camera's pictures go to the card. What the page says by which name
//! stands in `www/boundary.ts`.

use super::picture;
use super::run::{Shared, change};
use crate::gpu::Picture;
use crate::math::{Vec2, Vec3};
use crate::tryon::{Event, FaceLandmarks, Finger, HandLandmarks, Kind, KnownScale, Landmark, PictureLight, Side};
use crate::viewer::{Effect, Notice, Viewer};
use serde_json::json;
use web_sys::ImageBitmap;

/// Numbers of a landmark.
const PARTS: usize = 4;

/// The page says something; unknown names and too few numbers are nothing.
#[inline(never)]
pub fn take(run: &Shared, name: &str, numbers: &[f64], picture: Option<&ImageBitmap>) {
    if let Some(picture) = picture
        && let Some(problem) = show(run, picture)
    {
        return change(run, |_| vec![Notice::effect("mirror", json!({ "problem": problem }))]);
    }
    change(run, |viewer| told(viewer, name, numbers));
    if name == "close"
        && let Some(stage) = &mut run.borrow_mut().stage
    {
        stage.gpu.drop_feed();
    }
}

/// Takes the camera's newest picture to the card; what is wrong with it.
fn show(run: &Shared, bitmap: &ImageBitmap) -> Option<String> {
    let stage = &mut run.borrow_mut().stage;
    let stage = stage.as_mut()?;
    let source = picture::source(bitmap);
    let picture = Picture::External { width: bitmap.width(), height: bitmap.height(), source: &source };
    let format = stage.format();
    stage.gpu.set_feed(&picture, format).err().map(|error| error.message)
}

fn told(viewer: &mut Viewer, name: &str, numbers: &[f64]) -> Vec<Effect> {
    let number = |index: usize| numbers.get(index).copied().unwrap_or(f64::NAN);
    let part = |index: usize| number(index) as f32;
    let point = |index: usize| Vec2::new(part(index), part(index + 1));
    let color = |index: usize| Vec3::new(part(index), part(index + 1), part(index + 2));
    if let Some(text) = name.strip_prefix("sizes ") {
        return viewer.mirror_sizes(text);
    }
    viewer.mirror_event(match name {
        "open" => {
            let kind = Kind::ALL.get(number(0) as usize).copied().filter(|_| number(0) >= 0.0);
            return viewer.open_mirror(kind, side(number(1)).unwrap_or_default(), finger(number(2)));
        }
        "camera" => Event::Camera {
            size_px: [number(0) as u32, number(1) as u32],
            vertical_fov: Some(part(2)).filter(|fov| fov.is_finite()),
            mirrored: number(3) > 0.0,
        },
        "faces" => Event::Faces { time_ms: number(0), faces: faces(numbers) },
        "hands" => Event::Hands { time_ms: number(0), hands: hands(numbers) },
        "picture" => Event::Tick { now_ms: number(0) },
        "pupil-distance" if number(0) > 0.0 => Event::KnownScale(KnownScale::PupilDistance(part(0))),
        "pupil-distance" => Event::KnownScale(KnownScale::None),
        "card" => Event::KnownScale(KnownScale::Card { corners: [1, 3, 5, 7].map(point), time_ms: number(0) }),
        "touch" => Event::Touch(point(0)),
        "light" => {
            Event::Light(PictureLight { mean: color(0), face: (numbers.len() >= 15).then(|| [3, 6, 9, 12].map(color)) })
        }
        "close" => Event::Closed,
        _ => return Vec::new(),
    })
}

/// The time, how many points each has, then four numbers a point.
fn faces(numbers: &[f64]) -> Vec<FaceLandmarks> {
    let Some((&[_, count], rest)) = numbers.split_first_chunk() else { return Vec::new() };
    let length = (count as usize).saturating_mul(PARTS).max(PARTS);
    rest.chunks_exact(length).map(|numbers| FaceLandmarks { points: points(numbers) }).collect()
}

/// The same, and before the points of each hand which one it is: 0 left, 1 right, -1 unknown.
fn hands(numbers: &[f64]) -> Vec<HandLandmarks> {
    let Some((&[_, count], rest)) = numbers.split_first_chunk() else { return Vec::new() };
    let length = (count as usize).saturating_mul(PARTS).saturating_add(1);
    let hand = |numbers: &[f64]| {
        let (&which, rest) = numbers.split_first()?;
        Some(HandLandmarks { side: side(which), points: points(rest) })
    };
    rest.chunks_exact(length).filter_map(hand).collect()
}

fn points(numbers: &[f64]) -> Vec<Landmark> {
    let (points, _) = numbers.as_chunks::<PARTS>();
    points
        .iter()
        .map(|&point| {
            let [x, y, z, confidence] = point.map(|part| part as f32);
            Landmark { x, y, z, confidence }
        })
        .collect()
}

fn side(number: f64) -> Option<Side> {
    match number {
        0.0 => Some(Side::Left),
        1.0 => Some(Side::Right),
        _ => None,
    }
}

fn finger(number: f64) -> Finger {
    let all = [Finger::Thumb, Finger::Index, Finger::Middle, Finger::Ring, Finger::Little];
    all.get(number as usize).copied().filter(|_| number >= 0.0).unwrap_or_default()
}
