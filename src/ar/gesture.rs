//! Fingers on the product: one drags, two turn, and pinch where a page allows another than the true size.

use super::Surface;
use super::item::Item;
use super::motion::wrap;
use super::search::Spot;
use crate::math::{Pose, Ray, Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

/// A tap may shake by this much without dragging, in metres.
const DRAG_FROM_M: f32 = 0.015;
/// Two fingers may shake by this much without turning: 5 degrees in radians.
const TURN_FROM_RAD: f32 = 0.087;
/// Two fingers may come so much nearer or farther without pinching, as a share.
const PINCH_FROM: f32 = 0.15;
/// Walls that look this differently are two, as a cosine: 30 degrees.
const OTHER_WALL: f32 = 0.866;
/// Surfaces closer in height than this are one surface, in metres.
const STEP_M: f32 = 0.03;
/// How far beside the product the surface may have been seen that it lands on, in metres.
const LANDING_MARGIN_M: f32 = 0.25;
/// Nobody has more fingers.
const MOST_PRESSES: usize = 10;

/// All fingers that are down, and what they do.
#[derive(Clone, Debug, Default)]
pub(super) struct Gestures {
    presses: Vec<Press>,
    doing: Doing,
}

#[derive(Clone, Debug)]
struct Press {
    id: u32,
    ray: Ray,
    /// The surface it points at, if that is the first thing there.
    landing: Option<Landing>,
}

/// A surface that a finger points at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Landing {
    pub spot: Spot,
    /// It is one for this product.
    pub fits: bool,
}

/// What a movement of a finger has done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Did {
    Nothing,
    Dragged,
    Turned,
    /// This many times the size.
    Pinched(f32),
}

/// How a drag ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DragEnd {
    /// It goes on, or there was none.
    NotYet,
    /// The product is where the finger left it.
    Settled,
    /// The finger left it on a surface where it does not belong; it stays where it was before that.
    Refused,
}

#[derive(Clone, Copy, Debug, Default)]
enum Doing {
    #[default]
    Nothing,
    Drag(Drag),
    Turn(Turn),
    /// Fingers are still down from something that is over. Lifting one of two must not drag the product about.
    Spent,
}

#[derive(Clone, Copy, Debug)]
struct Drag {
    /// A point of the plane the finger draws on, parallel to the surface.
    plane: Vec3,
    /// From the finger's point on that plane to where the product touches its surface.
    contact_from_finger: Vec3,
    /// The product's direction, to which it returns from a wall that has turned it.
    yaw_rad: f32,
    /// From where the finger points to where it counts as pointing.
    bend: Bend,
    has_begun: bool,
}

/// A turn of a ray, about Y and toward Y, in radians.
#[derive(Clone, Copy, Debug)]
struct Bend {
    yaw_rad: f32,
    pitch_rad: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Turn {
    /// The fingers' last direction; `None` while one of them points past the surface.
    angle_rad: Option<f32>,
    turned_rad: f32,
    has_begun: bool,
    /// The fingers' distance at first and last.
    apart_m: Option<(f32, f32)>,
    is_pinch: bool,
}

impl Gestures {
    /// A finger goes down on a placed product.
    pub fn start(&mut self, item: &Item, viewer: Pose, id: u32, ray: Ray) {
        self.forget(id);
        if self.presses.len() >= MOST_PRESSES {
            return;
        }
        self.presses.push(Press { id, ray, landing: None });
        self.doing = match (self.presses.as_slice(), self.doing) {
            ([_], _) => Drag::begin(item, viewer, ray).map_or(Doing::Spent, Doing::Drag),
            ([_, _], Doing::Drag(_)) => Doing::Turn(Turn::default()),
            _ => Doing::Spent,
        };
    }

    /// A finger points elsewhere; `landing` is the surface there.
    pub fn moved(&mut self, item: &mut Item, viewer: Pose, id: u32, ray: Ray, landing: Option<Landing>) -> Did {
        let Some(press) = self.presses.iter_mut().find(|press| press.id == id) else { return Did::Nothing };
        (press.ray, press.landing) = (ray, landing);
        match (&mut self.doing, self.presses.as_slice()) {
            (Doing::Drag(drag), _) => drag.moved(item, viewer, ray),
            (Doing::Turn(turn), [first, second]) => turn.moved(item, first.ray, second.ray),
            _ => Did::Nothing,
        }
    }

    /// A finger is lifted; a product dragged above or below another level, or to another wall, lands there.
    pub fn end(&mut self, item: &mut Item, viewer: Pose, id: u32, reduced_motion: bool) -> DragEnd {
        let press = self.presses.iter().find(|press| press.id == id).cloned();
        let ended = match (press, self.doing) {
            (Some(press), Doing::Drag(drag)) if drag.has_begun => drag.land(item, viewer, &press, reduced_motion),
            _ => DragEnd::NotYet,
        };
        self.cancel(id);
        ended
    }

    /// A finger is gone; the product stays as it is.
    pub fn cancel(&mut self, id: u32) {
        if self.forget(id) {
            self.doing = if self.presses.is_empty() { Doing::Nothing } else { Doing::Spent };
        }
    }

    /// Fingers that are down now mean nothing any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// No finger is down.
    pub fn is_idle(&self) -> bool {
        self.presses.is_empty()
    }

    fn forget(&mut self, id: u32) -> bool {
        let before = self.presses.len();
        self.presses.retain(|press| press.id != id);
        self.presses.len() != before
    }
}

impl Drag {
    /// The grabbed point stays under the finger. A finger beside the product drags it too: a watch on a table is
    /// smaller than a finger.
    fn begin(item: &Item, viewer: Pose, ray: Ray) -> Option<Self> {
        let normal = item.normal();
        let grabbed = item.meets(ray).unwrap_or(item.contact());
        let height = (grabbed - item.contact()).dot(normal);
        let eye_height = (viewer.position - item.contact()).dot(normal);
        // Near the eye's own height a plane is seen edge-on, and a finger's breadth is metres. What is grabbed above
        // half that height counts as grabbed straight below it.
        let plane = grabbed - normal * (height - height.clamp(0.0, (eye_height * 0.5).max(0.0)));
        let bend = Bend::between(ray.direction, (plane - ray.origin).try_normalize()?);
        Some(Self {
            plane,
            contact_from_finger: item.contact() - plane,
            yaw_rad: item.yaw_rad(),
            bend,
            has_begun: false,
        })
    }

    fn moved(&mut self, item: &mut Item, viewer: Pose, ray: Ray) -> Did {
        let Some(finger) = self.bend.of(ray).meets_plane(self.plane, item.normal()) else { return Did::Nothing };
        if !self.has_begun {
            if (finger + self.contact_from_finger).distance(item.contact()) < DRAG_FROM_M {
                return Did::Nothing;
            }
            self.has_begun = true;
            self.contact_from_finger = item.contact() - finger;
        }
        item.turn_to(self.yaw_rad);
        item.slide_to(finger + self.contact_from_finger, viewer);
        Did::Dragged
    }

    /// Lands where the finger points, if a surface of another height, or another wall, was seen there. Only now and not
    /// while dragging: a product that hops between table and floor under the finger cannot be aimed.
    fn land(self, item: &mut Item, viewer: Pose, press: &Press, reduced_motion: bool) -> DragEnd {
        let Some(Landing { spot, fits }) = press.landing else { return DragEnd::Settled };
        match self.aims_at(item, press.ray, spot) {
            Some(position) if fits => item.land_on(Spot { position, ..spot }, viewer, reduced_motion),
            // What is seen past a product on a wall is not aimed at.
            Some(_) if item.surface().is_level() || item.surface() == Surface::Air => return DragEnd::Refused,
            _ => {}
        }
        DragEnd::Settled
    }

    /// Where it would touch a surface that is another than its own; `None` when the finger does not mean that one.
    fn aims_at(self, item: &Item, ray: Ray, spot: Spot) -> Option<Vec3> {
        let rise = spot.position.y - item.contact().y;
        match (item.surface(), spot.surface) {
            (from, to) if from.is_level() && to.is_level() && rise.abs() > STEP_M => {
                self.on_level(item, ray, spot.position)
            }
            (from, to) if from.is_level() && to.is_level() => {
                // A top of the same height; the floor beside one is no landing.
                (spot.carrier.is_some() && spot.carrier != item.carrier).then_some(spot.position)
            }
            // Behind everything that stands there is a wall.
            (from, _) if from.is_level() => None,
            (Surface::Wall, Surface::Wall) => (item.normal().dot(spot.normal) < OTHER_WALL).then_some(spot.position),
            (from, to) => (from != to && to != Surface::Air).then_some(spot.position),
        }
    }

    /// Where it would touch another level that was seen at a point; `None` when it is the same level, or too far beside.
    fn on_level(self, item: &Item, ray: Ray, level: Vec3) -> Option<Vec3> {
        let rise = level.y - item.contact().y;
        let finger = self.bend.of(ray).meets_plane(self.plane + Vec3::Y * rise, Vec3::Y)?;
        let contact = finger + self.contact_from_finger;
        let beside = Vec3::new(contact.x - level.x, 0.0, contact.z - level.z).length();
        let is_there = rise.abs() > STEP_M && beside <= item.radius_m() + LANDING_MARGIN_M;
        is_there.then_some(Vec3::new(contact.x, level.y, contact.z))
    }
}

impl Bend {
    /// What turns one unit direction into another.
    fn between(from: Vec3, to: Vec3) -> Self {
        let ((from_yaw, from_pitch), (to_yaw, to_pitch)) = (angles(from), angles(to));
        Self { yaw_rad: wrap(to_yaw - from_yaw), pitch_rad: to_pitch - from_pitch }
    }

    fn of(self, ray: Ray) -> Ray {
        let (yaw, pitch) = angles(ray.direction);
        let (sin_yaw, cos_yaw) = (yaw + self.yaw_rad).sin_cos();
        let (sin_pitch, cos_pitch) = (pitch + self.pitch_rad).clamp(-FRAC_PI_2, FRAC_PI_2).sin_cos();
        Ray { origin: ray.origin, direction: Vec3::new(sin_yaw * cos_pitch, sin_pitch, cos_yaw * cos_pitch) }
    }
}

/// About Y from +Z, and toward Y, in radians.
fn angles(direction: Vec3) -> (f32, f32) {
    (direction.x.atan2(direction.z), direction.y.atan2(Vec2::new(direction.x, direction.z).length()))
}

impl Turn {
    fn moved(&mut self, item: &mut Item, first: Ray, second: Ray) -> Did {
        let pinched = self.pinched(item, first, second);
        let before = std::mem::replace(&mut self.angle_rad, angle_on_surface(item, first, second));
        let (Some(before), Some(now)) = (before, self.angle_rad) else { return pinched };
        let step = wrap(now - before);
        self.turned_rad += step;
        if !self.has_begun {
            self.has_begun = self.turned_rad.abs() >= TURN_FROM_RAD;
            return pinched;
        }
        item.turn(step);
        if pinched == Did::Nothing && item.turns() { Did::Turned } else { pinched }
    }

    fn pinched(&mut self, item: &Item, first: Ray, second: Ray) -> Did {
        let on_plane = |ray: Ray| ray.meets_plane(item.contact(), item.normal());
        let (Some(a), Some(b)) = (on_plane(first), on_plane(second)) else { return Did::Nothing };
        let now = a.distance(b);
        let (start, before) = self.apart_m.unwrap_or((now, now));
        self.apart_m = Some((start, now));
        if !self.is_pinch {
            self.is_pinch = (now - start).abs() > start * PINCH_FROM;
            return Did::Nothing;
        }
        if before > 1e-3 { Did::Pinched(now / before) } else { Did::Nothing }
    }
}

/// The direction from one finger's point to the other's on the product's level surface, about Y as its yaw.
fn angle_on_surface(item: &Item, first: Ray, second: Ray) -> Option<f32> {
    let from = first.meets_plane(item.contact(), Vec3::Y)?;
    let to = second.meets_plane(item.contact(), Vec3::Y)?;
    let between = to - from;
    (between.length_squared() > 1e-6).then(|| between.x.atan2(between.z))
}
