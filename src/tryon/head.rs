//! The head that wears the products: found, learned, steadied.

use super::face::{BRIDGE, EARS, EYE_ARM_MM, NOSE_SIDES, PUPILS, TEMPLES};
use super::landmarks::FaceLandmarks;
use super::learn::Learned;
use super::length::{FaceMeasures, Length};
use super::presence::Presence;
use super::ruler::Ruler;
use super::solve::solve;
use super::steady::{Steady, Tremble};
use super::{KnownScale, View};
use crate::math::{Pose, Vec2, Vec3};

/// A face that is explained worse than this is none.
const WORST_MISFIT: f32 = 6.0;
/// The pose's tremble per picture, measured with the tracker on a face whose pupils are 65 pixels apart: shares of that distance
/// across the picture, of the distance, radians.
const TREMBLE: Tremble = Tremble { slope: 0.0030, depth: 0.0030, turn: 0.006 };
/// Where an ear begins behind the face's side, on the mean face, in metres.
const EAR_ROOT: Vec3 = Vec3::new(0.004, 0.021, -0.0165);
/// Heads differ around from what the face tells, as a share.
const SKULL_SPREAD: f32 = 0.025;

/// A head, once seen.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub learned: Learned,
    pub ruler: Ruler,
    pub presence: Presence,
    steady: Option<Steady>,
    /// The last pose as the picture has it, on the mean face's scale.
    raw: Option<Pose>,
    known: KnownScale,
}

impl Head {
    /// Nobody yet, before a camera of that picture size and field of view.
    pub fn new(size_px: [u32; 2], vertical_fov_rad: Option<f32>, mirrored: bool) -> Self {
        let learned = Learned::new(size_px, vertical_fov_rad, mirrored);
        let (ruler, presence) = (Ruler::NEW, Presence::default());
        Self { learned, ruler, presence, steady: None, raw: None, known: KnownScale::None }
    }

    /// The camera as far as it is known.
    pub fn view(&self) -> View {
        self.learned.view()
    }

    /// Takes the tracker's answer; false when it is no face that can be explained.
    pub fn see(&mut self, face: &FaceLandmarks, time_ms: f64) -> bool {
        let near = self.steady.as_ref().filter(|steady| (time_ms - steady.time_ms()).abs() < 200.0).and(self.raw);
        // Where the eyes look is known once it is known about where the head is.
        let near = near.or_else(|| Some(solve(&self.learned.sights(face, None), None)?.pose));
        let Some(solution) =
            solve(&self.learned.sights(face, near), near).filter(|solution| solution.misfit < WORST_MISFIT)
        else {
            return false;
        };
        // A face seen from behind its nose is a wrong minimum.
        if (solution.pose.orientation * Vec3::Z).dot(-solution.pose.position) < 0.0 {
            self.raw = None;
            return false;
        }
        let mut pose = solution.pose;
        self.learned.learn(face, pose);
        if self.raw.is_none() {
            // The first picture changes what is believed of the face and the lens: its pose is that of what is believed then.
            pose = solve(&self.learned.sights(face, Some(pose)), Some(pose)).map_or(pose, |solution| solution.pose);
        }
        self.ruler.measure(face, self.learned.view(), pose, self.learned.point(PUPILS));
        self.use_known(pose);
        let eyes = self.learned.eye_distance(face);
        let tremble = Tremble { slope: TREMBLE.slope * eyes, ..TREMBLE };
        match &mut self.steady {
            Some(steady) if self.raw.is_some() => steady.follow(pose, tremble, time_ms),
            steady => *steady = Some(Steady::new(pose, tremble, time_ms)),
        }
        self.raw = Some(pose);
        true
    }

    /// Another face is worn from now on.
    pub fn change_face(&mut self) {
        self.learned = self.learned.of_another_face();
        (self.ruler, self.steady, self.raw, self.known) = (Ruler::NEW, None, None, KnownScale::None);
        self.presence.forget();
    }

    /// The shopper told a true length, or took it back.
    pub fn tell(&mut self, known: KnownScale) {
        self.known = known;
        if known == KnownScale::None {
            self.ruler.forget_told();
        }
        if let Some(pose) = self.raw {
            self.use_known(pose);
        }
    }

    fn use_known(&mut self, pose: Pose) {
        let pupil = self.learned.point(PUPILS);
        match self.known {
            KnownScale::None => {}
            KnownScale::PupilDistance(mm) => {
                self.ruler.tell_pupils(mm * 1e-3, 2.0 * pupil.x, pose.position.length());
            }
            KnownScale::Card { corners, .. } => {
                let forehead = self.learned.shaped(Vec3::new(0.0, 0.034, 0.014));
                let at = pose.orientation * forehead + pose.position;
                self.ruler.tell_card(corners, self.learned.view(), at);
                // It was held there once: what it told stays.
                self.known = KnownScale::None;
            }
        }
    }

    /// camera_from_head at a moment, in metres; `None` before anybody came.
    pub fn at(&self, now_ms: f64) -> Option<Pose> {
        let pose = self.steady.as_ref()?.at(now_ms);
        Some(Pose { position: pose.position * self.ruler.scale(), ..pose })
    }

    /// A place on the mean face as it is on this head, in metres of head space.
    pub fn place(&self, mean: Vec3) -> Vec3 {
        self.learned.shaped(mean) * self.ruler.scale()
    }

    /// Where the bridge of glasses rests, this far over the pupils, in metres of head space.
    pub fn bridge(&self, over_pupils_m: f32) -> Vec3 {
        let scale = self.ruler.scale();
        let (upper, lower) = (self.learned.point(BRIDGE - 1) * scale, self.learned.point(BRIDGE) * scale);
        let y = self.learned.point(PUPILS).y * scale + over_pupils_m;
        let share = ((y - lower.y) / (upper.y - lower.y).max(1e-4)).clamp(-0.5, 1.5);
        Vec3::new(0.0, y, lower.z + (upper.z - lower.z) * share)
    }

    /// Where the left temple of glasses rests on the ear, in metres of head space.
    pub fn ear(&self) -> Vec3 {
        (self.learned.point(EARS) + EAR_ROOT) * self.ruler.scale()
    }

    /// What is known of the face.
    pub fn measures(&self) -> Option<FaceMeasures> {
        let pose = self.raw?;
        (self.ruler.scale() > 0.0).then_some(())?;
        let (scale, doubt) = (self.ruler.scale() * 1e3, self.ruler.doubt());
        let shape = self.learned.doubt();
        let length = |mean: f32, own_mm: f32| {
            let mm = mean * scale;
            Length { mm, plus_minus_mm: (mm * doubt).hypot(own_mm * (0.5 + 0.5 * shape)) }
        };
        let point = |index: usize| self.learned.point(index);
        let distance = (pose.position.length() * self.ruler.scale()).max(0.1);
        let looking_far = 1.0 / (1.0 - EYE_ARM_MM * 1e-3 / distance);
        let pupils = match self.known {
            KnownScale::PupilDistance(mm) => Length { mm, plus_minus_mm: 0.5 },
            _ => length(2.0 * point(PUPILS).x * looking_far, 1.0),
        };
        let nose = 0.7 * point(NOSE_SIDES).x + 1.3 * point(NOSE_SIDES + 1).x;
        let front = self.bridge(0.0035).z / self.ruler.scale();
        let ear = point(EARS) + EAR_ROOT;
        let around = length(0.565 * (point(TEMPLES).x / 0.068), 5.0);
        Some(FaceMeasures {
            pupil_distance: pupils,
            face_width: length(2.0 * point(TEMPLES).x, 3.0),
            nose_bridge: length(nose, 1.5),
            temple: length(front - ear.z, 4.0),
            head_circumference: Length {
                plus_minus_mm: around.plus_minus_mm.hypot(around.mm * SKULL_SPREAD),
                ..around
            },
        })
    }
}

/// The box around a face's points, in picture coordinates.
pub(super) fn bounds(face: &FaceLandmarks) -> Option<(Vec2, Vec2)> {
    let sound = face.points.iter().filter(|mark| mark.is_sound()).map(|mark| Vec2::new(mark.x, mark.y));
    let (low, high) = sound.fold((Vec2::MAX, Vec2::MIN), |(low, high), at| (low.min(at), high.max(at)));
    low.cmplt(high).all().then_some((low, high))
}
