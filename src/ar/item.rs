//! One product in the room: where it touches what carries it, which way it looks, and where it is still drawn meanwhile.

use super::motion::{glide, sound_point, wrap};
use super::search::Spot;
use super::shape::Shape;
use super::upright::UprightBox;
use super::{ItemId, Surface};
use crate::math::{Pose, Quat, Ray, Vec3};
use std::f32::consts::{FRAC_PI_2, PI};

/// Nothing is placed or dragged farther than this from the shopper, in metres.
pub(super) const REACH_M: f32 = 10.0;
/// How quickly a product glides to where it belongs, in milliseconds.
const GLIDE_MS: f32 = 90.0;
/// A finger points no better than this, in metres.
const FINGER_M: f32 = 0.03;
/// Between a product and its copy, in metres.
const BESIDE_M: f32 = 0.1;

/// One product in the room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item {
    pub shape: Shape,
    surface: Surface,
    /// Where it touches the surface; in the air, its middle.
    contact: Vec3,
    /// About Y; 0 looks along +Z. On a wall it is the wall's own direction.
    yaw_rad: f32,
    /// The product it stands on.
    pub carrier: Option<ItemId>,
    /// From where it is to where it is still drawn.
    lag: Lag,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Lag {
    offset: Vec3,
    yaw_rad: f32,
}

impl Item {
    /// On the spot, looking at the shopper or away from the wall.
    pub fn placed(shape: Shape, spot: Spot, viewer: Pose) -> Self {
        let front = match spot.surface {
            Surface::Wall => level(spot.normal).unwrap_or(Vec3::Z),
            _ => level(viewer.position - spot.position).unwrap_or_else(|| toward_shopper(viewer)),
        };
        Self::new(shape, spot, front)
    }

    /// Where somebody has put it already; the upright part of the pose counts.
    pub fn at(shape: Shape, surface: Surface, world_from_item: Pose) -> Self {
        let front = level(world_from_item.orientation * Vec3::Z).unwrap_or(Vec3::Z);
        let turn = Quat::from_rotation_y(front.x.atan2(front.z));
        let position = world_from_item.position + turn * shape.touching_point(surface);
        Self::new(shape, Spot { surface, position, normal: Vec3::Y, carrier: None }, front)
    }

    /// On the spot, with this level front.
    pub fn new(shape: Shape, spot: Spot, front: Vec3) -> Self {
        let Spot { surface, position: contact, carrier, .. } = spot;
        Self { shape, surface, contact, yaw_rad: front.x.atan2(front.z), carrier, lag: Lag::default() }
    }

    /// The same, a hand's breadth to its own right.
    pub fn beside(&self) -> Self {
        let step = self.shape.size().x + BESIDE_M;
        Self { contact: self.contact + self.right() * step, ..*self }
    }

    /// world_from_item, without scale.
    pub fn pose(&self) -> Pose {
        let orientation = Quat::from_rotation_y(self.yaw_rad + self.lag.yaw_rad);
        let touching = orientation * self.shape.touching_point(self.surface);
        Pose { position: self.contact + self.lag.offset - touching, orientation }
    }

    /// world_from_item where it comes to rest.
    pub fn resting_pose(&self) -> Pose {
        Self { lag: Lag::default(), ..*self }.pose()
    }

    /// The surface beneath, behind or above: its Y is the normal, its origin where the product touches it.
    pub fn support(&self) -> Pose {
        let turn = Quat::from_rotation_y(self.yaw_rad);
        let orientation = match self.surface {
            Surface::Wall => turn * Quat::from_rotation_x(FRAC_PI_2),
            Surface::Ceiling => turn * Quat::from_rotation_x(PI),
            _ => turn,
        };
        Pose { position: self.contact, orientation }
    }

    /// Its box in the room, where it comes to rest.
    pub fn upright(&self) -> UprightBox {
        let bounds = self.shape.bounds();
        let pose = self.resting_pose();
        UprightBox {
            center: pose.position + pose.orientation * bounds.center(),
            half: bounds.size() * 0.5,
            yaw_rad: self.yaw_rad,
        }
    }

    /// What it is on.
    pub fn surface(&self) -> Surface {
        self.surface
    }

    /// Where it touches its surface.
    pub fn contact(&self) -> Vec3 {
        self.contact
    }

    /// About Y; 0 looks along +Z.
    pub fn yaw_rad(&self) -> f32 {
        self.yaw_rad
    }

    /// The direction it is not moved in: the surface's normal, in the air its front.
    pub fn normal(&self) -> Vec3 {
        match self.surface {
            Surface::Wall | Surface::Air => Quat::from_rotation_y(self.yaw_rad) * Vec3::Z,
            Surface::Ceiling => Vec3::NEG_Y,
            _ => Vec3::Y,
        }
    }

    /// Half the wider side of the face that touches the surface, in metres.
    pub fn radius_m(&self) -> f32 {
        self.shape.radius_m(self.surface)
    }

    /// Where the ray meets the product's box; a ray that passes it by less than a finger's breadth meets it too.
    pub fn meets(&self, ray: Ray) -> Option<Vec3> {
        self.meets_box(ray, 0.0).or_else(|| self.meets_box(ray, FINGER_M))
    }

    /// Out of the face of its box that a point on it, or a little beside it, belongs to.
    pub fn normal_at(&self, point: Vec3) -> Vec3 {
        let bounds = self.shape.bounds();
        let pose = self.pose();
        let from_center = pose.orientation.inverse() * (point - pose.position) - bounds.center();
        let beyond = (from_center.abs() - bounds.size() * 0.5).to_array();
        let outermost = if beyond[0] > beyond[1].max(beyond[2]) {
            Vec3::X
        } else if beyond[1] > beyond[2] {
            Vec3::Y
        } else {
            Vec3::Z
        };
        pose.orientation * (outermost * from_center.signum())
    }

    fn meets_box(&self, ray: Ray, margin_m: f32) -> Option<Vec3> {
        let bounds = self.shape.bounds();
        let pose = self.pose();
        let item_from_world = pose.orientation.inverse();
        let origin = item_from_world * (ray.origin - pose.position);
        let inverse = (item_from_world * ray.direction).recip();
        let near = (bounds.min - margin_m - origin) * inverse;
        let far = (bounds.max + margin_m - origin) * inverse;
        let entry = near.min(far).max_element();
        let exit = near.max(far).min_element();
        (entry <= exit && entry > 0.0 && entry.is_finite()).then(|| ray.origin + ray.direction * entry)
    }

    /// Moves it within its surface; a goal out of the shopper's reach is brought to the edge of it.
    pub fn slide_to(&mut self, goal: Vec3, viewer: Pose) {
        // Asked first: brought to the edge of reach, a length beyond all numbers would become no length at all.
        let Some(goal) = sound_point(goal) else { return };
        let normal = self.normal();
        let in_plane = |point: Vec3| point - normal * (point - self.contact).dot(normal);
        let eye = in_plane(viewer.position);
        let reached = eye + (in_plane(goal) - eye).clamp_length_max(REACH_M);
        if let Some(contact) = sound_point(reached) {
            self.contact = contact;
        }
    }

    /// Puts it on another surface; it keeps its direction where the surface has none of its own.
    pub fn land_on(&mut self, spot: Spot, viewer: Pose, reduced_motion: bool) {
        let front = match spot.surface {
            Surface::Wall => level(spot.normal),
            _ => None,
        };
        let mut landed = Self::new(self.shape, spot, front.unwrap_or(self.front()));
        landed.slide_to(spot.position, viewer);
        self.become_again(landed, !reduced_motion);
    }

    /// Is elsewhere from now on, at once or gliding.
    pub fn become_again(&mut self, other: Self, glides: bool) {
        let (before, yaw_before) = (self.pose().position, self.yaw_rad + self.lag.yaw_rad);
        *self = Self { lag: Lag::default(), ..other };
        if glides {
            self.lag.yaw_rad = wrap(yaw_before - self.yaw_rad);
            // The pose's own offset depends on the lag of the turn: what is missing is told last.
            self.lag.offset = before - self.pose().position;
        }
    }

    /// What hangs on a wall does not turn.
    pub fn turns(&self) -> bool {
        self.surface != Surface::Wall
    }

    /// Turns it about Y, if it turns.
    pub fn turn(&mut self, angle_rad: f32) {
        if self.turns() {
            self.yaw_rad = wrap(self.yaw_rad + wrap(angle_rad));
        }
    }

    /// Turns it to look along a direction about Y, if it turns.
    pub fn turn_to(&mut self, yaw_rad: f32) {
        self.turn(yaw_rad - self.yaw_rad);
    }

    /// Moves it by this much, whatever is there.
    pub fn shift(&mut self, by: Vec3) {
        if let Some(contact) = sound_point(self.contact + by) {
            self.contact = contact;
        }
    }

    /// Moves it as the shopper sees it; on a wall and in the air forward is up.
    pub fn nudge(&mut self, right_m: f32, forward_m: f32, viewer: Pose) {
        let step = match self.surface {
            // Seen from the room, the wall's right is +X of the product's own space.
            Surface::Wall | Surface::Air => self.right() * right_m + Vec3::Y * forward_m,
            _ => {
                let forward = -toward_shopper(viewer);
                forward.cross(Vec3::Y) * right_m + forward * forward_m
            }
        };
        self.slide_to(self.contact + step, viewer);
    }

    /// Goes on gliding.
    pub fn frame(&mut self, elapsed_ms: f32) {
        let left = 1.0 - glide(elapsed_ms, GLIDE_MS);
        self.lag = Lag { offset: self.lag.offset * left, yaw_rad: self.lag.yaw_rad * left };
        if self.lag.offset.length_squared() < 1e-6 && self.lag.yaw_rad.abs() < 1e-3 {
            self.lag = Lag::default();
        }
    }

    /// The same place after the reference space moved its origin.
    pub fn moved_space(&mut self, old_from_new: Pose) {
        let new_from_old = old_from_new.orientation.inverse();
        let front = new_from_old * self.front();
        if let Some(contact) = sound_point(new_from_old * (self.contact - old_from_new.position)) {
            self.contact = contact;
            self.yaw_rad = wrap(front.x.atan2(front.z));
            self.lag = Lag::default();
        }
    }

    /// The world's direction of its front.
    pub fn front(&self) -> Vec3 {
        Quat::from_rotation_y(self.yaw_rad) * Vec3::Z
    }

    fn right(&self) -> Vec3 {
        Quat::from_rotation_y(self.yaw_rad) * Vec3::X
    }
}

/// The level part of a direction; `None` when it is all up or down.
pub(super) fn level(direction: Vec3) -> Option<Vec3> {
    let flat = Vec3::new(direction.x, 0.0, direction.z);
    (flat.length_squared() > 1e-4).then(|| flat.try_normalize()).flatten()
}

/// From where the shopper looks, back to the shopper, level. Looking straight down or up, the top of the screen is ahead.
pub(super) fn toward_shopper(viewer: Pose) -> Vec3 {
    let back = viewer.orientation * Vec3::Z;
    let top = viewer.orientation * Vec3::Y;
    level(back).or_else(|| level(top * -back.y.signum())).unwrap_or(Vec3::Z)
}
