//! What is known while the mirror is open, event by event.

use super::hand::Hand;
use super::head::{self, Head};
use super::light::Light;
use super::occluder::{Occluder, Shapes};
use super::place::{self, Placed};
use super::swing::Earrings;
use super::{Effect, Event, FaceLandmarks, HandLandmarks, KnownScale, LightHint, Measures, Status, View, Worn};
use crate::math::{Pose, Vec2};

/// No field of view is narrower or wider than this, in radians.
const FIELDS_OF_VIEW: std::ops::Range<f32> = 0.17..2.44;
/// Somebody who was away for longer may be somebody else, in milliseconds.
const ANOTHER_AFTER_MS: f64 = 2500.0;
/// The page hears of measures that changed by more than this, in millimetres.
const NEWS_MM: f32 = 0.5;
/// Pupils nearer together than this, as a share of the picture's height, are too far away to be right; farther apart, too near.
const EYES: (f32, f32) = (0.035, 0.42);
/// Trackers see at most so many; more are no answer.
const MOST_SEEN: usize = 16;

/// What is known.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    wear: Vec<Worn>,
    reduced_motion: bool,
    /// There from the camera's first word on.
    head: Option<Head>,
    hand: Hand,
    /// The middle of the face and of the hand that are followed, in picture coordinates.
    face_at: Option<Vec2>,
    hand_at: Option<Vec2>,
    touched: Option<Vec2>,
    trouble: Option<Status>,
    known: KnownScale,
    light: Light,
    shapes: Shapes,
    earrings: Earrings,
    now_ms: f64,
    told: Measures,
}

impl Opened {
    pub fn new(wear: Vec<Worn>, reduced_motion: bool) -> Self {
        Self {
            wear,
            reduced_motion,
            head: None,
            hand: Hand::default(),
            face_at: None,
            hand_at: None,
            touched: None,
            trouble: None,
            known: KnownScale::None,
            light: Light::default(),
            shapes: Shapes::new(),
            earrings: Earrings::default(),
            now_ms: 0.0,
            told: Measures::default(),
        }
    }

    /// Something else is worn; the body stays known.
    pub fn wear(&mut self, wear: Vec<Worn>, reduced_motion: bool) {
        (self.wear, self.reduced_motion) = (wear, reduced_motion);
    }

    pub fn update(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Camera { size_px, vertical_fov, mirrored } => self.camera(size_px, vertical_fov, mirrored),
            Event::Faces { time_ms, faces } if time_ms.is_finite() => self.faces(time_ms, &faces),
            Event::Hands { time_ms, hands } if time_ms.is_finite() => self.hands(time_ms, &hands),
            Event::Tick { now_ms } if now_ms.is_finite() => self.tick(now_ms, effects),
            Event::KnownScale(known) => self.known_scale(known),
            Event::Touch(at) if at.is_finite() => self.touched = Some(at),
            Event::Light(picture) => self.light.take(picture),
            _ => {}
        }
    }

    fn camera(&mut self, size_px: [u32; 2], vertical_fov: Option<f32>, mirrored: bool) {
        if size_px.contains(&0) {
            return;
        }
        let vertical_fov = vertical_fov.filter(|fov| FIELDS_OF_VIEW.contains(fov));
        let mut head = Head::new(size_px, vertical_fov, mirrored);
        if let Some(before) = &self.head {
            head.ruler = before.ruler;
        }
        head.tell(self.known);
        (self.head, self.hand) = (Some(head), Hand::default());
        (self.face_at, self.hand_at, self.trouble, self.earrings) = Default::default();
    }

    fn faces(&mut self, time_ms: f64, faces: &[FaceLandmarks]) {
        let Some(head) = &mut self.head else { return };
        let boxes = faces.iter().take(MOST_SEEN).map(|face| head::bounds(face).map(Seen::of_bounds));
        let touched = self.touched.take();
        let chosen = choose(boxes, self.face_at, touched);
        let is_long_gone = head.presence.is_long_gone(time_ms, ANOTHER_AFTER_MS);
        let moved_away = |seen: Seen| self.face_at.is_some_and(|before| before.distance(seen.middle) > seen.size);
        if chosen.is_some_and(|(_, seen)| is_long_gone || (touched.is_some() && moved_away(seen))) {
            head.change_face();
        }
        head.presence.answered(time_ms);
        let Some((chosen, seen)) = chosen else { return };
        let Some(face) = faces.get(chosen) else { return };
        if head.see(face, time_ms) {
            head.presence.seen(time_ms);
            self.face_at = Some(seen.middle);
            self.trouble = trouble(seen, head.learned.eye_distance(face) * head.view().focal());
        }
    }

    fn hands(&mut self, time_ms: f64, hands: &[HandLandmarks]) {
        let Some(view) = self.view() else { return };
        self.hand.presence.answered(time_ms);
        let boxes = hands.iter().take(MOST_SEEN).map(|hand| {
            let face = FaceLandmarks { points: hand.points.clone() };
            head::bounds(&face).map(Seen::of_bounds)
        });
        let Some((chosen, seen)) = choose(boxes, self.hand_at, self.touched.take()) else { return };
        if hands.get(chosen).is_some_and(|hand| self.hand.see(hand, view, time_ms)) {
            self.hand.presence.seen(time_ms);
            self.hand_at = Some(seen.middle);
            self.trouble = trouble(seen, seen.size * 0.4);
        }
    }

    fn tick(&mut self, now_ms: f64, effects: &mut Vec<Effect>) {
        self.now_ms = now_ms;
        self.hand.presence.tick(now_ms, self.reduced_motion);
        if let Some(head) = &mut self.head {
            head.presence.tick(now_ms, self.reduced_motion);
            if self.shapes.follow(&head.learned, now_ms) {
                effects.push(Effect::OccluderShapes);
            }
        }
        let camera_from_head = self.head();
        let head = self.head.as_ref().zip(camera_from_head);
        self.earrings.tick(&self.wear, head, now_ms, self.reduced_motion);
        let measures = self.measures();
        if measures.differs(&self.told, NEWS_MM) {
            self.told = measures;
            effects.push(Effect::Measures);
        }
    }

    fn known_scale(&mut self, known: KnownScale) {
        let is_sound = match known {
            KnownScale::None => true,
            KnownScale::PupilDistance(mm) => (40.0..=80.0).contains(&mm),
            KnownScale::Card { corners, .. } => corners.iter().all(|corner| corner.is_finite()),
        };
        if is_sound {
            self.known = known;
            if let Some(head) = &mut self.head {
                head.tell(known);
            }
        }
    }

    /// What the mirror sees.
    pub fn status(&self) -> Status {
        let Some(head) = &self.head else { return Status::WaitingForCamera };
        let (face, hand) = (&head.presence, &self.hand.presence);
        let wanted = [(self.wants(false), face), (self.wants(true), hand)];
        let any =
            |test: &dyn Fn(&super::presence::Presence) -> bool| wanted.iter().any(|(wanted, who)| *wanted && test(who));
        match self.trouble {
            _ if any(&|who| who.is_there(self.now_ms)) => self.trouble.unwrap_or(Status::Found),
            _ if self.light.is_dark() => Status::TooDark,
            _ if any(&|who| who.ever()) => Status::Lost,
            _ => Status::Searching,
        }
    }

    /// Whether something is worn on the head, or on the hand.
    pub fn wants(&self, hand: bool) -> bool {
        self.wear.iter().any(|worn| worn.kind.is_for_hand() == hand)
    }

    pub fn view(&self) -> Option<View> {
        self.head.as_ref().map(Head::view)
    }

    /// camera_from_head while somebody is there or going.
    pub fn head(&self) -> Option<Pose> {
        let head = self.head.as_ref().filter(|head| head.presence.opacity() > 0.0)?;
        head.at(self.now_ms)
    }

    /// camera_from_hand while a hand is there or going.
    pub fn hand(&self) -> Option<Pose> {
        self.hand.at(self.now_ms).filter(|_| self.hand.presence.opacity() > 0.0)
    }

    pub fn worn(&self) -> Vec<Placed> {
        let mut placed = Vec::new();
        let camera_from_head = self.head();
        for worn in &self.wear {
            if worn.kind.is_for_hand() {
                let opacity = self.hand.presence.opacity();
                placed.extend(place::on_hand(worn, &self.hand, self.now_ms, opacity));
            } else if let Some((head, pose)) = self.head.as_ref().zip(camera_from_head) {
                placed.extend(place::on_head(worn, head, pose, &self.earrings));
            }
        }
        placed.retain(|placed| placed.opacity > 0.0);
        placed
    }

    pub fn occluders(&self) -> Vec<Occluder<'_>> {
        let mut occluders = Vec::new();
        if let Some((head, pose)) = self.head.as_ref().zip(self.head()).filter(|_| self.wants(false)) {
            occluders.extend(self.shapes.of_head(head, pose));
        }
        if self.wants(true) && self.hand.presence.opacity() > 0.0 {
            occluders.extend(self.shapes.of_hand(&self.hand, self.now_ms));
        }
        occluders
    }

    pub fn measures(&self) -> Measures {
        Measures { face: self.head.as_ref().and_then(Head::measures), hand: self.hand.measures() }
    }

    pub fn light(&self) -> Option<LightHint> {
        self.light.hint()
    }
}

/// A face or hand in the picture.
#[derive(Clone, Copy)]
struct Seen {
    middle: Vec2,
    /// The longer side of its box.
    size: f32,
    low: Vec2,
    high: Vec2,
}

impl Seen {
    fn of_bounds((low, high): (Vec2, Vec2)) -> Self {
        Self { middle: (low + high) * 0.5, size: (high - low).max_element(), low, high }
    }
}

/// Which one wears the products: the one touched, else the one followed, else the nearest.
fn choose(
    seen: impl Iterator<Item = Option<Seen>>,
    followed: Option<Vec2>,
    touched: Option<Vec2>,
) -> Option<(usize, Seen)> {
    let at = touched.or(followed);
    let score = |seen: &Seen| match at {
        // Near is near only in the size of what is seen there.
        Some(at) if at.distance(seen.middle) < seen.size => 2.0 + seen.size - at.distance(seen.middle) / seen.size,
        _ => seen.size,
    };
    let seen = seen.enumerate().filter_map(|(index, seen)| Some((index, seen?)));
    seen.max_by(|a, b| score(&a.1).total_cmp(&score(&b.1)))
}

/// What is wrong with where somebody is; `eyes` is the pupils' distance as a share of the picture's height.
fn trouble(seen: Seen, eyes: f32) -> Option<Status> {
    let outside = (-seen.low).max(seen.high - 1.0).max_element();
    match eyes {
        _ if eyes < EYES.0 => Some(Status::TooFar),
        _ if eyes > EYES.1 => Some(Status::TooClose),
        _ if outside > 0.25 * seen.size => Some(Status::AtTheEdge),
        _ => None,
    }
}
