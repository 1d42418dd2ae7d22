//! The flat surfaces that a device has found in the room: where they are, how far they reach, what they are.

use super::Surface;
use super::motion::sound_pose;
use crate::math::{Pose, Ray, Vec2, Vec3};

/// One flat surface, as WebXR's plane detection tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The same plane keeps its number for the session.
    pub id: u32,
    /// Y is the normal, out of the surface.
    pub world_from_plane: Pose,
    /// Its outline, x and z in metres in the plane's own space. At least three corners.
    pub polygon: Vec<Vec2>,
    /// Level or upright, where the device says so.
    pub orientation: Option<Orientation>,
    /// What it is, by WebXR's semantic labels: `floor`, `wall`, `ceiling`, `table`, `couch`, `shelf`, `door`, ...
    pub label: Option<String>,
}

/// How a plane lies, as WebXR's plane detection says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orientation {
    /// Level.
    Horizontal,
    /// Upright.
    Vertical,
}

impl Plane {
    /// The plane, if its numbers are numbers of a room and it has an area.
    pub(super) fn sound(self) -> Option<Self> {
        let world_from_plane = sound_pose(self.world_from_plane)?;
        let is_sound = |point: &Vec2| point.is_finite() && point.abs().max_element() < 100.0;
        let has_area = self.polygon.len() >= 3 && self.polygon.iter().all(is_sound);
        has_area.then_some(Self { world_from_plane, ..self })
    }

    /// What it is for products; `None` for slopes, doors and windows.
    pub(super) fn surface(&self) -> Option<Surface> {
        match self.label.as_deref() {
            Some("door" | "window" | "screen") => None,
            Some("floor") => Some(Surface::Floor),
            Some("table" | "desk" | "shelf" | "couch" | "bed") if self.normal().y > 0.0 => Some(Surface::Table),
            _ => Surface::of(&self.world_from_plane),
        }
    }

    /// A device that labels a plane knows all of it; another one may still grow.
    pub(super) fn is_whole(&self) -> bool {
        self.label.is_some()
    }

    /// Out of the surface; unit length.
    pub(super) fn normal(&self) -> Vec3 {
        self.world_from_plane.orientation * Vec3::Y
    }

    /// Where on the plane a point of the world lies, x and z.
    pub(super) fn to_plane(&self, point: Vec3) -> Vec2 {
        let local = self.world_from_plane.orientation.inverse() * (point - self.world_from_plane.position);
        Vec2::new(local.x, local.z)
    }

    /// The point of the world.
    pub(super) fn to_world(&self, point: Vec2) -> Vec3 {
        self.world_from_plane.position + self.world_from_plane.orientation * Vec3::new(point.x, 0.0, point.y)
    }

    /// How far a point is above the plane, in metres; negative behind it.
    pub(super) fn height_m(&self, point: Vec3) -> f32 {
        (point - self.world_from_plane.position).dot(self.normal())
    }

    /// Whether a point of the plane lies within the outline (by counting the edges to one side, even-odd).
    pub(super) fn contains(&self, point: Vec2) -> bool {
        let mut inside = false;
        for (a, b) in self.edges() {
            if (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x {
                inside = !inside;
            }
        }
        inside
    }

    /// How far a point of the plane is outside the outline, in metres; 0 within.
    pub(super) fn outside_m(&self, point: Vec2) -> f32 {
        if self.contains(point) {
            return 0.0;
        }
        let distance = |(a, b): (Vec2, Vec2)| {
            let along = (b - a) * ((point - a).dot(b - a) / (b - a).length_squared().max(1e-12)).clamp(0.0, 1.0);
            (point - a).distance(along)
        };
        self.edges().map(distance).fold(f32::INFINITY, f32::min)
    }

    /// Where a ray from the front meets it.
    pub(super) fn meets(&self, ray: Ray) -> Option<Vec3> {
        let point = ray.meets_plane(self.world_from_plane.position, self.normal())?;
        (ray.direction.dot(self.normal()) < 0.0 && self.contains(self.to_plane(point))).then_some(point)
    }

    /// The longer and the shorter side of the smallest rectangle around it, in metres. (One of the outline's edges lies
    /// on that rectangle: Freeman and Shapira 1975.)
    pub(super) fn sides_m(&self) -> (f32, f32) {
        let mut best = (f32::INFINITY, f32::INFINITY);
        for (a, b) in self.edges() {
            let Some(along) = (b - a).try_normalize() else { continue };
            let extent = |axis: Vec2| {
                let along = self.polygon.iter().map(|corner| corner.dot(axis));
                let (low, high) = along.fold((f32::INFINITY, f32::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
                high - low
            };
            let (width, depth) = (extent(along), extent(along.perp()));
            if width * depth < best.0 * best.1 {
                best = (width.max(depth), width.min(depth));
            }
        }
        best
    }

    /// Brings a point so far in that corners at these offsets from it lie within the outline too, as far as it is
    /// convex and large enough.
    pub(super) fn keep_inside(&self, point: Vec2, corners: &[Vec2]) -> Vec2 {
        let turn = self.edges().map(|(a, b)| a.perp_dot(b)).sum::<f32>().signum();
        let mut kept = point;
        // Going in at one edge may go out at another: a few times round settles in every convex outline.
        for (a, b) in (0..4).flat_map(|_| self.edges()) {
            let Some(inward) = ((b - a).perp() * turn).try_normalize() else { continue };
            let lowest = corners.iter().map(|corner| (kept + *corner - a).dot(inward)).fold(f32::INFINITY, f32::min);
            if lowest < 0.0 {
                kept -= inward * lowest;
            }
        }
        let is_inside = corners.iter().all(|corner| self.outside_m(kept + *corner) < 1e-3);
        if is_inside { kept } else { point }
    }

    fn edges(&self) -> impl Iterator<Item = (Vec2, Vec2)> {
        let next = self.polygon.iter().cycle().skip(1);
        self.polygon.iter().copied().zip(next.copied())
    }
}
