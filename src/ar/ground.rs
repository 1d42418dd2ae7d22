//! What is known of the room's surfaces: planes, the floor's height, and what a hit on them can carry.

use super::items::Items;
use super::search::Spot;
use super::shape::Shape;
use super::surface::normal;
use super::upright::UprightBox;
use super::{ItemId, Mode, Placement, Plane, Surface};
use crate::math::{Pose, Quat, Ray, Vec3};

/// A hit belongs to a plane this near to it, in metres.
const SAME_PLANE_M: f32 = 0.06;
/// And with a normal within 15 degrees of its own: the cosine.
const SAME_NORMAL: f32 = 0.966;
/// Level surfaces this much above a known floor are tables, in metres.
const TABLE_FROM_M: f32 = 0.25;
/// Where the floor is not known, level surfaces less than this below the eye are tables, in metres.
const TABLE_BELOW_EYE_M: f32 = 1.0;
/// An eye is this high above a floor that is not known, in metres: standing and sitting people's mean.
const EYE_HEIGHT_M: f32 = 1.4;
/// A floor of which no more than its height is known goes this far, in metres.
const FLOOR_M: f32 = 8.0;
/// A product may be so much larger than what carries it, in metres: outlines are not better than that.
const OUTLINE_M: f32 = 0.02;
/// A plane and a hit nearer to each other than this are the same surface, in metres.
const SAME_M: f32 = 0.05;

/// Where things float, in metres before the shopper.
const IN_FRONT_M: f32 = 1.2;
/// Nothing floats nearer to the eye than this, in metres.
const MIN_AIR_M: f32 = 0.3;

/// The room's surfaces.
#[derive(Clone, Debug, Default)]
pub(super) struct Ground {
    pub mode: Mode,
    pub planes: Vec<Plane>,
    /// The floor's height where the device tells it.
    pub floor_m: Option<f32>,
    /// The lowest level hit so far.
    lowest_m: Option<f32>,
}

/// What a look ahead has found for a product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Found {
    /// Nothing at all.
    Nothing,
    /// Surfaces, none of its kind.
    Wrong,
    /// One of its kind that is too small.
    TooSmall,
    /// A place.
    Spot(Spot),
}

impl Ground {
    /// Nothing is known yet.
    pub fn new(mode: Mode) -> Self {
        Self { mode, ..Self::default() }
    }

    /// The reference space has another origin; its floor is still its floor.
    pub fn forget(&mut self) {
        (self.planes, self.lowest_m) = (Vec::new(), None);
    }

    /// Learns from the hits of one picture.
    pub fn see(&mut self, hits: &[Pose]) {
        let level = hits.iter().filter(|hit| Surface::of(hit) == Some(Surface::Floor)).map(|hit| hit.position.y);
        self.lowest_m = level.chain(self.lowest_m).reduce(f32::min);
    }

    /// The floor's height, guessed from the eye's where nothing has told it.
    pub fn floor_height_m(&self, viewer: Pose) -> f32 {
        self.known_floor_m().or(self.lowest_m).unwrap_or(viewer.position.y - EYE_HEIGHT_M)
    }

    fn known_floor_m(&self) -> Option<f32> {
        let floors = self.planes.iter().filter(|plane| plane.label.as_deref() == Some("floor"));
        let labelled = floors.map(|plane| plane.world_from_plane.position.y).reduce(f32::min);
        labelled.or(self.floor_m).or((self.mode == Mode::Vr).then_some(0.0))
    }

    /// Upright planes that products can stand against.
    pub fn walls(&self) -> impl Iterator<Item = &Plane> + Clone {
        self.planes.iter().filter(|plane| plane.surface() == Some(Surface::Wall))
    }

    /// The plane that a point of a surface lies on.
    pub fn plane_at(&self, point: Vec3, normal: Vec3) -> Option<&Plane> {
        let near = self.planes.iter().filter(|plane| {
            let is_same = plane.normal().dot(normal) > SAME_NORMAL && plane.height_m(point).abs() < SAME_PLANE_M;
            is_same && plane.outside_m(plane.to_plane(point)) < SAME_PLANE_M
        });
        near.min_by(|a, b| a.height_m(point).abs().total_cmp(&b.height_m(point).abs()))
    }

    /// What a product finds along a ray, with the hits that the device has on it, nearest first. `viewer` is the eye.
    pub fn look(
        &self,
        ray: Ray,
        hits: &[Pose],
        viewer: Pose,
        items: &Items,
        wish: (ItemId, Shape, Placement),
    ) -> Found {
        let (id, shape, placement) = wish;
        if placement == Placement::Air {
            return Found::Spot(in_the_air(ray, hits, shape));
        }
        let mut found = Found::Nothing;
        if (placement.accepts(Surface::Item))
            && let Some((carrier, met)) = items.pick_carrier(ray, id)
        {
            let is_first =
                hits.first().is_none_or(|hit| hit.position.distance(ray.origin) + 0.05 > met.distance(ray.origin));
            match items.top_of(carrier, met, shape) {
                Some(spot) if is_first => return Found::Spot(spot),
                None if is_first => found = Found::TooSmall,
                _ => {}
            }
        }
        for hit in self.own_hits(ray, hits).chain(hits.iter().copied()) {
            match self.judge(&hit, viewer, shape, placement) {
                Found::Spot(spot) => return Found::Spot(spot),
                Found::TooSmall => found = Found::TooSmall,
                Found::Wrong if found == Found::Nothing => found = Found::Wrong,
                _ => {}
            }
        }
        found
    }

    /// Whether a product may be at one hit.
    pub fn judge(&self, hit: &Pose, viewer: Pose, shape: Shape, placement: Placement) -> Found {
        let plane = self.plane_at(hit.position, normal(hit));
        let surface = match plane {
            Some(plane) => plane.surface(),
            None => Surface::of(hit),
        };
        let Some(surface) = surface.map(|surface| self.refine(surface, hit.position, viewer)) else {
            return Found::Wrong;
        };
        if !placement.accepts(surface) {
            return Found::Wrong;
        }
        let must_fit = |plane: &&Plane| plane.is_whole() || surface == Surface::Table;
        if let Some(plane) = plane.filter(must_fit) {
            let (long, short) = shape.face_sides_m(surface);
            let (plane_long, plane_short) = plane.sides_m();
            if long > plane_long + OUTLINE_M || short > plane_short + OUTLINE_M {
                return Found::TooSmall;
            }
        }
        let (position, normal) = match plane {
            // The plane has been looked at for longer than the hit.
            Some(plane) => (hit.position - plane.normal() * plane.height_m(hit.position), plane.normal()),
            None => (hit.position, normal(hit)),
        };
        Found::Spot(Spot { surface, position, normal, carrier: None })
    }

    /// A level surface above the floor is a table.
    fn refine(&self, surface: Surface, position: Vec3, viewer: Pose) -> Surface {
        let is_raised = match self.known_floor_m() {
            Some(floor_m) => position.y > floor_m + TABLE_FROM_M,
            None => viewer.position.y - position.y < TABLE_BELOW_EYE_M,
        };
        if surface == Surface::Floor && is_raised { Surface::Table } else { surface }
    }

    /// Where a ray meets what is known without the device's hits: a plane before all of them, a showroom's floor.
    fn own_hits(&self, ray: Ray, hits: &[Pose]) -> impl Iterator<Item = Pose> {
        let first_m = hits.first().map_or(f32::INFINITY, |hit| hit.position.distance(ray.origin) - SAME_M);
        let nearest = self.plane_along(ray).filter(|met| met.position.distance(ray.origin) < first_m);
        let floor = self.known_floor_m().filter(|_| self.mode == Mode::Vr);
        nearest.into_iter().chain(floor.and_then(|floor_m| floor_along(ray, floor_m)))
    }

    /// The first surface along a ray of which the device tells without being asked: a plane, or the floor.
    pub fn along(&self, ray: Ray) -> Option<Pose> {
        let floor = self.known_floor_m().or(self.lowest_m).and_then(|floor_m| floor_along(ray, floor_m));
        nearest(ray, self.plane_along(ray).into_iter().chain(floor))
    }

    fn plane_along(&self, ray: Ray) -> Option<Pose> {
        let met = self.planes.iter().filter_map(|plane| {
            Some(Pose { position: plane.meets(ray)?, orientation: plane.world_from_plane.orientation })
        });
        nearest(ray, met)
    }

    /// The first surface of any kind along a ray, for measuring.
    pub fn first_point(&self, ray: Ray, hits: &[Pose]) -> Option<Vec3> {
        self.own_hits(ray, hits).chain(hits.first().copied()).next().map(|hit| hit.position)
    }

    /// How far a product's foot reaches over the edge of the table under it, in metres.
    pub fn over_edge_m(&self, upright: &UprightBox) -> f32 {
        let foot = upright.foot();
        let middle = upright.point(Vec3::NEG_Y);
        let Some(plane) = self.plane_at(middle, Vec3::Y).filter(|plane| plane.surface() != Some(Surface::Floor)) else {
            return 0.0;
        };
        foot.iter().map(|corner| plane.outside_m(plane.to_plane(*corner))).fold(0.0, f32::max)
    }
}

fn nearest(ray: Ray, met: impl Iterator<Item = Pose>) -> Option<Pose> {
    let distance_squared = |met: &Pose| met.position.distance_squared(ray.origin);
    met.min_by(|a, b| distance_squared(a).total_cmp(&distance_squared(b)))
}

/// Where a ray from above meets a floor of this height.
fn floor_along(ray: Ray, floor_m: f32) -> Option<Pose> {
    let position = ray.meets_plane(Vec3::Y * floor_m, Vec3::Y).filter(|_| ray.direction.y < 0.0)?;
    (position.distance(ray.origin) < FLOOR_M).then_some(Pose { position, orientation: Quat::IDENTITY })
}

/// An arm's length and a half ahead, or before the surface that is nearer.
fn in_the_air(ray: Ray, hits: &[Pose], shape: Shape) -> Spot {
    let depth_m = shape.radius_m(Surface::Air);
    let free_m = hits.first().map_or(f32::INFINITY, |hit| hit.position.distance(ray.origin) - depth_m);
    let distance_m = (IN_FRONT_M + depth_m).min(free_m).max(MIN_AIR_M);
    let position = ray.origin + ray.direction * distance_m;
    Spot { surface: Surface::Air, position, normal: -ray.direction, carrier: None }
}
