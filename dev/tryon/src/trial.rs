//! One person before the mirror, scored.

use crate::camera::Camera;
use crate::hand::Hand;
use crate::path::Path;
use crate::person::Person;
use crate::random::Random;
use vitrine::math::{Aabb, Pose, Quat, Vec3};
use vitrine::tryon::{Event, Kind, Mirror, Worn};

/// The tracker takes pictures so often, and needs so long for each.
const PICTURE_MS: f64 = 1000.0 / 30.0;
const TRACKER_MS: f64 = 20.0;
/// The page draws so often.
const DRAW_MS: f64 = 1000.0 / 60.0;

/// Who stands there.
pub enum Body {
    /// A face.
    Face(Person),
    /// A hand.
    Hand(Hand),
}

/// Who finds the pose.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The mirror, which was told the lens.
    Told,
    /// The mirror, which finds the lens out.
    Found,
    /// Each picture for itself, the lens taken for 63 degrees.
    Plain,
}

/// A drawn picture: what was drawn, and what was so.
pub struct Drawn {
    /// When, in seconds.
    pub seconds: f32,
    /// camera_from_body as drawn; its size is the body's true one, see [`Shown::scale`].
    pub shown: Shown,
    /// camera_from_body in truth.
    pub truth: Pose,
}

/// A pose that was drawn.
#[derive(Clone, Copy)]
pub struct Shown {
    /// In the mirror's metres.
    pub pose: Pose,
    /// How large the mirror takes the body for, in shares of its true size.
    pub scale: f32,
}

impl Shown {
    /// Where the body is if its size is taken away from what is wrong: a face a twentieth larger and farther away looks the same,
    /// and so do the products on it.
    pub fn position(&self) -> Vec3 {
        self.pose.position / self.scale
    }
}

/// Draws a person's motion for so many seconds.
pub fn draw(body: &Body, camera: &Camera, path: &Path, way: Way, seconds: f32, random: &mut Random) -> Vec<Drawn> {
    let told = match way {
        Way::Told => Some(camera.view.vertical_fov_rad),
        Way::Found => None,
        Way::Plain => Some(63f32.to_radians()),
    };
    let mut mirror = opened(body, camera, told);
    let (mut drawn, mut held) = (Vec::new(), None);
    let (mut picture, mut now_ms) = (0.0, 0.0);
    while now_ms < f64::from(seconds) * 1e3 {
        // The tracker's answers that came since the picture before.
        while picture * PICTURE_MS + TRACKER_MS <= now_ms {
            let time_ms = picture * PICTURE_MS;
            if way == Way::Plain {
                mirror = opened(body, camera, told);
            }
            mirror.update(seen(body, camera, path.at(camera, time_ms as f32 * 1e-3), time_ms, random));
            if way == Way::Plain {
                mirror.update(Event::Tick { now_ms: time_ms });
                held = shown(body, &mirror);
            }
            picture += 1.0;
        }
        if way != Way::Plain {
            mirror.update(Event::Tick { now_ms });
            held = shown(body, &mirror);
        }
        if let Some(shown) = held {
            let seconds = now_ms as f32 * 1e-3;
            drawn.push(Drawn { seconds, shown, truth: path.at(camera, seconds) });
        }
        now_ms += DRAW_MS;
    }
    drawn
}

/// A mirror before a camera, with something on.
pub fn opened(body: &Body, camera: &Camera, told: Option<f32>) -> Mirror {
    let kind = match body {
        Body::Face(_) => Kind::Glasses,
        Body::Hand(_) => Kind::Watch,
    };
    let mut mirror = Mirror::default();
    let worn = Worn::by_box(0, kind, Aabb { min: Vec3::splat(-0.03), max: Vec3::splat(0.03) });
    // Nothing comes softly: the first picture counts, too.
    mirror.update(Event::Opened { wear: vec![worn], reduced_motion: true });
    mirror.update(camera.event(told));
    mirror
}

/// What the tracker says of one picture.
pub fn seen(body: &Body, camera: &Camera, pose: Pose, time_ms: f64, random: &mut Random) -> Event {
    match body {
        Body::Face(person) => Event::Faces { time_ms, faces: vec![person.seen(camera, pose, random)] },
        Body::Hand(hand) => Event::Hands { time_ms, hands: vec![hand.seen(camera, pose, random)] },
    }
}

fn shown(body: &Body, mirror: &Mirror) -> Option<Shown> {
    match body {
        Body::Face(person) => {
            let scale = mirror.measures().face?.pupil_distance.mm * 1e-3 / person.pupil_distance;
            Some(Shown { pose: mirror.head()?, scale })
        }
        // The mean hand's size is all that is known.
        Body::Hand(hand) => Some(Shown { pose: mirror.hand()?, scale: 1.0 / hand.size }),
    }
}

/// How far the mirror turns the body away from how it is, in degrees.
pub fn turned_deg(drawn: &Drawn) -> f32 {
    let between: Quat = drawn.shown.pose.orientation * drawn.truth.orientation.conjugate();
    (2.0 * between.w.abs().min(1.0).acos()).to_degrees()
}

/// How far the body is turned away from the camera, in degrees.
pub fn aside_deg(drawn: &Drawn, front: Vec3) -> f32 {
    (drawn.truth.orientation * front).angle_between(-drawn.truth.position).to_degrees()
}

/// How far off the body is, its size taken out: across the line of sight, which a shopper sees, and along it, in millimetres.
pub fn off_mm(drawn: &Drawn) -> [f32; 2] {
    let sight = drawn.truth.position.normalize_or(Vec3::NEG_Z);
    // Across: where the line of sight to what is drawn passes the body. Along: how much nearer or farther it is drawn.
    let drawn_sight = drawn.shown.pose.position.normalize_or(Vec3::NEG_Z);
    let distance = drawn.truth.position.length();
    let across = (drawn_sight - sight).length() * distance;
    [across * 1e3, (drawn.shown.position().length() - distance).abs() * 1e3]
}

/// How much the body trembles where nothing moves: root mean square of its way from its middle, in millimetres, across the line of
/// sight and along it.
pub fn jitter_mm(drawn: &[Drawn]) -> [f32; 2] {
    let places = || drawn.iter().map(|drawn| drawn.shown.position());
    let count = drawn.len().max(1) as f32;
    let middle = places().sum::<Vec3>() / count;
    let sight = middle.normalize_or(Vec3::NEG_Z);
    let along = |place: Vec3| (place - middle).dot(sight);
    let mean_square = |square: &dyn Fn(Vec3) -> f32| (places().map(square).sum::<f32>() / count).sqrt() * 1e3;
    let across = mean_square(&|place| (place - middle - sight * along(place)).length_squared());
    [across, mean_square(&|place| along(place) * along(place))]
}

/// How late the drawn motion is: the shift at which it is most like the true one, in milliseconds.
pub fn lag_ms(drawn: &[Drawn], camera: &Camera, path: &Path) -> f32 {
    let apart = |lag_ms: i32| -> f32 {
        let one = |drawn: &Drawn| {
            let then = path.at(camera, drawn.seconds - lag_ms as f32 * 1e-3);
            let turn = drawn.shown.pose.orientation.angle_between(then.orientation);
            // Places across the picture, and turns as far as they move an ear.
            let across = |position: Vec3| position.truncate() / -position.z;
            let moved = across(drawn.shown.pose.position).distance(across(then.position)) * -then.position.z;
            moved * moved + (turn * 0.08) * (turn * 0.08)
        };
        drawn.iter().map(one).sum()
    };
    let best = (-60..=160).min_by(|a, b| apart(*a).total_cmp(&apart(*b)));
    best.unwrap_or_default() as f32
}
