//! One product standing in the room or hanging on a wall: where it touches, which way it looks.

use super::Surface;
use super::motion::{glide, sound_point, wrap};
use super::search::Spot;
use crate::math::{Aabb, Pose, Quat, Ray, Vec3};
use std::f32::consts::{FRAC_PI_2, PI};

/// Nothing is placed or dragged farther than this from the shopper, in metres.
pub(super) const REACH_M: f32 = 10.0;
/// How quickly a product lands on another surface, in milliseconds.
const LANDING_MS: f32 = 90.0;
/// A finger points no better than this, in metres.
const FINGER_M: f32 = 0.03;
/// Between a product and its copy, in metres.
const BESIDE_M: f32 = 0.1;

/// A product's shape as far as placing goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    bounds: Aabb,
}

impl Shape {
    /// A box that is empty, or larger than any room, counts as a point.
    pub fn new(bounds: Aabb) -> Self {
        let is_sound = !bounds.is_empty() && sound_point(bounds.min).is_some() && sound_point(bounds.max).is_some();
        Self { bounds: if is_sound { bounds } else { Aabb { min: Vec3::ZERO, max: Vec3::ZERO } } }
    }

    /// The point of the product that touches the surface, in its own space: the middle of its underside or of its back.
    fn touching_point(self, surface: Surface) -> Vec3 {
        let center = self.bounds.center();
        match surface {
            Surface::Floor | Surface::Table | Surface::Item => Vec3::new(center.x, self.bounds.min.y, center.z),
            Surface::Wall => Vec3::new(center.x, center.y, self.bounds.min.z),
            Surface::Ceiling => Vec3::new(center.x, self.bounds.max.y, center.z),
            Surface::Air => center,
        }
    }

    /// Half the wider side of the face that touches the surface, in metres.
    pub fn radius_m(self, surface: Surface) -> f32 {
        let size = self.bounds.size();
        match surface {
            Surface::Wall => size.x.max(size.y) * 0.5,
            _ => size.x.max(size.z) * 0.5,
        }
    }
}

/// One product in the room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item {
    shape: Shape,
    surface: Surface,
    /// Where it touches the surface.
    contact: Vec3,
    /// About Y; 0 looks along +Z. On a wall it is the wall's own direction.
    yaw_rad: f32,
    /// From the contact to where it is still drawn, while it lands.
    landing: Vec3,
}

impl Item {
    /// On the spot, looking at the shopper or away from the wall.
    pub fn placed(shape: Shape, spot: Spot, viewer: Pose) -> Self {
        let front = match spot.surface {
            Surface::Wall => level(spot.normal).unwrap_or(Vec3::Z),
            _ => level(viewer.position - spot.position).unwrap_or_else(|| toward_shopper(viewer)),
        };
        let yaw_rad = front.x.atan2(front.z);
        Self { shape, surface: spot.surface, contact: spot.position, yaw_rad, landing: Vec3::ZERO }
    }

    /// Where somebody has put it already; the upright part of the pose counts.
    pub fn at(shape: Shape, surface: Surface, world_from_item: Pose) -> Self {
        let front = level(world_from_item.orientation * Vec3::Z).unwrap_or(Vec3::Z);
        let yaw_rad = front.x.atan2(front.z);
        let touching = Quat::from_rotation_y(yaw_rad) * shape.touching_point(surface);
        Self { shape, surface, contact: world_from_item.position + touching, yaw_rad, landing: Vec3::ZERO }
    }

    /// The same, a hand's breadth to its own right.
    pub fn beside(&self) -> Self {
        let step = self.shape.bounds.size().x + BESIDE_M;
        Self { contact: self.contact + Quat::from_rotation_y(self.yaw_rad) * Vec3::X * step, ..*self }
    }

    /// Another product at the same place: it touches the surface where this one did.
    pub fn replace(&mut self, shape: Shape) {
        self.shape = shape;
    }

    /// world_from_item, true size.
    pub fn pose(&self) -> Pose {
        let orientation = Quat::from_rotation_y(self.yaw_rad);
        let touching = orientation * self.shape.touching_point(self.surface);
        Pose { position: self.contact + self.landing - touching, orientation }
    }

    /// The surface beneath or behind: its Y is the normal, its origin where the product touches it.
    pub fn support(&self) -> Pose {
        let orientation = match self.surface {
            Surface::Wall => Quat::from_rotation_y(self.yaw_rad) * Quat::from_rotation_x(FRAC_PI_2),
            Surface::Ceiling => Quat::from_rotation_y(self.yaw_rad) * Quat::from_rotation_x(PI),
            _ => Quat::from_rotation_y(self.yaw_rad),
        };
        Pose { position: self.contact, orientation }
    }

    /// What it is on.
    pub fn surface(&self) -> Surface {
        self.surface
    }

    /// Where it touches its surface.
    pub fn contact(&self) -> Vec3 {
        self.contact
    }

    /// The surface's normal.
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

    fn meets_box(&self, ray: Ray, margin_m: f32) -> Option<Vec3> {
        let pose = self.pose();
        let item_from_world = pose.orientation.inverse();
        let origin = item_from_world * (ray.origin - pose.position);
        let inverse = (item_from_world * ray.direction).recip();
        let near = (self.shape.bounds.min - margin_m - origin) * inverse;
        let far = (self.shape.bounds.max + margin_m - origin) * inverse;
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

    /// Puts it on a level surface at another height.
    pub fn land_at(&mut self, contact: Vec3, viewer: Pose, reduced_motion: bool) {
        let before = self.contact + self.landing;
        self.contact.y = contact.y;
        self.slide_to(contact, viewer);
        self.landing = if reduced_motion { Vec3::ZERO } else { before - self.contact };
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

    /// Moves it as the shopper sees it; on a wall forward is up.
    pub fn nudge(&mut self, right_m: f32, forward_m: f32, viewer: Pose) {
        let step = match self.surface {
            Surface::Floor | Surface::Table | Surface::Item | Surface::Ceiling => {
                let forward = -toward_shopper(viewer);
                forward.cross(Vec3::Y) * right_m + forward * forward_m
            }
            // Seen from the room, the wall's right is +X of the product's own space.
            Surface::Wall | Surface::Air => {
                Quat::from_rotation_y(self.yaw_rad) * Vec3::X * right_m + Vec3::Y * forward_m
            }
        };
        self.slide_to(self.contact + step, viewer);
    }

    /// Goes on landing.
    pub fn frame(&mut self, elapsed_ms: f32) {
        self.landing *= 1.0 - glide(elapsed_ms, LANDING_MS);
        if self.landing.length_squared() < 1e-6 {
            self.landing = Vec3::ZERO;
        }
    }

    /// The same place after the reference space moved its origin.
    pub fn moved_space(&mut self, old_from_new: Pose) {
        let new_from_old = old_from_new.orientation.inverse();
        let front = new_from_old * (Quat::from_rotation_y(self.yaw_rad) * Vec3::Z);
        if let Some(contact) = sound_point(new_from_old * (self.contact - old_from_new.position)) {
            self.contact = contact;
            self.yaw_rad = wrap(front.x.atan2(front.z));
            self.landing = Vec3::ZERO;
        }
    }
}

/// The level part of a direction; `None` when it is all up or down.
fn level(direction: Vec3) -> Option<Vec3> {
    let flat = Vec3::new(direction.x, 0.0, direction.z);
    (flat.length_squared() > 1e-4).then(|| flat.try_normalize()).flatten()
}

/// From where the shopper looks, back to the shopper, level. Looking straight down or up, the top of the screen is ahead.
fn toward_shopper(viewer: Pose) -> Vec3 {
    let back = viewer.orientation * Vec3::Z;
    let top = viewer.orientation * Vec3::Y;
    level(back).or_else(|| level(top * -back.y.signum())).unwrap_or(Vec3::Z)
}
