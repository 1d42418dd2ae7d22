//! What a ray meets first: which part of a product, where, and facing which way. Exact on the triangles.

use super::Item;
use super::item::{is_skinned, primitive_of};
use crate::math::{Aabb, Ray, Vec2, Vec3};
use crate::model::{Model, Primitive, Topology};

/// Where a ray meets a product. Everything is in the product's own space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Index into [`Item::parts`].
    pub part: usize,
    /// In metres.
    pub position: Vec3,
    /// Of the triangle, unit length, towards where the ray came from.
    pub normal: Vec3,
    /// First texture coordinates; `None` where the file has none.
    pub uv: Option<Vec2>,
    /// From the ray's origin, in metres.
    pub distance: f32,
}

impl Item {
    /// The nearest triangle on the way of a ray in the product's own space. Only what is drawn is met: hidden parts and
    /// the backs of one-sided surfaces are not.
    ///
    /// Every triangle is tried: a hundred thousand take about a millisecond, and a tree over them would have to be built
    /// anew for every pose.
    pub fn pick(&self, model: &Model, ray: Ray) -> Option<Hit> {
        let mut nearest: Option<Hit> = None;
        for (index, part) in self.parts().iter().enumerate().filter(|(_, part)| self.is_node_shown(part.node)) {
            let primitive = primitive_of(model, part).filter(|primitive| primitive.topology == Topology::Triangles);
            let Some(primitive) = primitive else { continue };
            let material = primitive.material_under(self.variant).and_then(|index| model.materials.get(index));
            let is_double_sided = material.is_some_and(|material| material.double_sided);
            let is_rigid = !is_skinned(model, part) && primitive.targets.is_empty();
            let moved = if is_rigid { Vec::new() } else { self.positions_of(model, part) };
            let positions = if is_rigid { &primitive.positions } else { &moved };
            let bounds = Aabb::around(positions.iter().copied());
            for item_from_place in self.places_of(model, part) {
                let place_from_item = item_from_place.inverse();
                let local = Ray {
                    origin: place_from_item.transform_point3(ray.origin),
                    // Not made unit length again, so that distances stay those of the product's space.
                    direction: place_from_item.transform_vector3(ray.direction),
                };
                let limit = nearest.map_or(f32::INFINITY, |hit| hit.distance);
                if !may_meet(bounds, local, limit) {
                    continue;
                }
                let Some(met) = meet(positions, &primitive.indices, local, is_double_sided, limit) else { continue };
                // Normals go through the inverse transpose.
                let normal = (place_from_item.matrix3.transpose() * met.normal).normalize_or_zero();
                nearest = Some(Hit {
                    part: index,
                    position: ray.origin + ray.direction * met.distance,
                    normal: if normal.dot(ray.direction) > 0.0 { -normal } else { normal },
                    uv: uv_at(primitive, &met),
                    distance: met.distance,
                });
            }
        }
        nearest
    }
}

/// The ray goes through the box before `limit`. Flat boxes are met as well.
fn may_meet(bounds: Aabb, ray: Ray, limit: f32) -> bool {
    let to_min = (bounds.min - ray.origin) / ray.direction;
    let to_max = (bounds.max - ray.origin) / ray.direction;
    let enters = to_min.min(to_max).max_element();
    // A little later, so that rounding never loses what lies in a side of the box.
    let leaves = to_min.max(to_max).min_element() * 1.0001;
    leaves >= 0.0 && enters <= leaves && enters <= limit
}

/// A triangle on the way of a ray.
struct Meeting {
    /// In lengths of the ray's direction.
    distance: f32,
    /// Where the triangle's three indices start.
    corner: usize,
    /// How near it is to the second and third corner, 0..1.
    weights: Vec2,
    /// Towards the side from which the corners turn counter-clockwise; of any length.
    normal: Vec3,
}

/// The nearest triangle before `limit` (Möller and Trumbore, "Fast, minimum storage ray/triangle intersection", 1997).
fn meet(positions: &[Vec3], indices: &[u32], ray: Ray, is_double_sided: bool, limit: f32) -> Option<Meeting> {
    let mut nearest = None;
    let mut limit = limit;
    for (triangle, corners) in indices.chunks_exact(3).enumerate() {
        let &[a, b, c] = corners else { continue };
        let at = |index: u32| positions.get(index as usize).copied();
        let (Some(a), Some(b), Some(c)) = (at(a), at(b), at(c)) else { continue };
        let (ab, ac) = (b - a, c - a);
        let across = ray.direction.cross(ac);
        let facing = ab.dot(across);
        if facing == 0.0 || (facing < 0.0 && !is_double_sided) {
            continue;
        }
        let from_a = ray.origin - a;
        let u = from_a.dot(across) / facing;
        let turned = from_a.cross(ab);
        let v = ray.direction.dot(turned) / facing;
        let distance = ac.dot(turned) / facing;
        if u >= 0.0 && v >= 0.0 && u + v <= 1.0 && distance >= 0.0 && distance < limit {
            limit = distance;
            nearest = Some(Meeting { distance, corner: triangle * 3, weights: Vec2::new(u, v), normal: ab.cross(ac) });
        }
    }
    nearest
}

/// The first texture coordinates at a meeting.
fn uv_at(primitive: &Primitive, meeting: &Meeting) -> Option<Vec2> {
    let [first, _] = &primitive.uvs;
    let at = |corner: usize| first.get(*primitive.indices.get(meeting.corner + corner)? as usize).copied();
    let (a, b, c) = (at(0)?, at(1)?, at(2)?);
    Some(a + (b - a) * meeting.weights.x + (c - a) * meeting.weights.y)
}
