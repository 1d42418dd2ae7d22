//! Which triangle a ray meets first: a tree of boxes over all triangles.

use glam::Vec3;

/// Triangles sorted into boxes.
pub struct RayTree {
    corners: Vec<[Vec3; 3]>,
    boxes: Vec<BoxNode>,
}

struct BoxNode {
    low: Vec3,
    high: Vec3,
    /// First triangle of a leaf, or the second child of a fork (the first follows at once).
    link: u32,
    /// Triangles in a leaf; 0 marks a fork.
    count: u32,
    /// Along which axis a fork divides.
    axis: usize,
}

/// Where a ray ends.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Metres from the start.
    pub distance_m: f32,
    /// The triangle was met from its inside.
    pub from_inside: bool,
}

const LEAF_TRIANGLES: usize = 4;

impl RayTree {
    /// Sorts the triangles.
    pub fn new(mut corners: Vec<[Vec3; 3]>) -> Self {
        let mut boxes = Vec::new();
        if !corners.is_empty() {
            let count = corners.len();
            split(&mut corners, 0, count, &mut boxes);
        }
        Self { corners, boxes }
    }

    /// The nearest triangle on the way, if one is nearer than `reach_m`.
    pub fn first_hit(&self, start: Vec3, direction: Vec3, reach_m: f32) -> Option<Hit> {
        let mut nearest: Option<Hit> = None;
        let mut reach_m = reach_m;
        let inverse = direction.recip();
        let mut open = [0_u32; 64];
        let mut open_count = usize::from(!self.boxes.is_empty());
        while open_count > 0 {
            open_count -= 1;
            let index = open[open_count];
            let node = &self.boxes[index as usize];
            if !meets_box(node, start, inverse, reach_m) {
                continue;
            }
            if node.count == 0 {
                // The nearer child is taken first: a hit there spares most of the other.
                let (near, far) =
                    if direction[node.axis] < 0.0 { (node.link, index + 1) } else { (index + 1, node.link) };
                open[open_count] = far;
                open[open_count + 1] = near;
                open_count += 2;
                continue;
            }
            for triangle in &self.corners[node.link as usize..(node.link + node.count) as usize] {
                if let Some(hit) = meets_triangle(triangle, start, direction, reach_m) {
                    reach_m = hit.distance_m;
                    nearest = Some(hit);
                }
            }
        }
        nearest
    }
}

fn split(corners: &mut [[Vec3; 3]], first: usize, count: usize, boxes: &mut Vec<BoxNode>) {
    let range = &mut corners[first..first + count];
    let (mut low, mut high) = (Vec3::MAX, Vec3::MIN);
    for point in range.iter().flatten() {
        low = low.min(*point);
        high = high.max(*point);
    }
    let index = boxes.len();
    boxes.push(BoxNode { low, high, link: first as u32, count: count as u32, axis: 0 });
    if count <= LEAF_TRIANGLES {
        return;
    }
    let axis = (high - low).max_position();
    let middle = count / 2;
    range.select_nth_unstable_by(middle, |a, b| {
        let place = |triangle: &[Vec3; 3]| triangle[0][axis] + triangle[1][axis] + triangle[2][axis];
        place(a).total_cmp(&place(b))
    });
    split(corners, first, middle, boxes);
    boxes[index].link = boxes.len() as u32;
    boxes[index].count = 0;
    boxes[index].axis = axis;
    split(corners, first + middle, count - middle, boxes);
}

fn meets_box(node: &BoxNode, start: Vec3, inverse: Vec3, reach_m: f32) -> bool {
    let (to_low, to_high) = ((node.low - start) * inverse, (node.high - start) * inverse);
    let enter = to_low.min(to_high).max_element().max(0.0);
    let leave = to_low.max(to_high).min_element().min(reach_m);
    enter <= leave
}

fn meets_triangle([a, b, c]: &[Vec3; 3], start: Vec3, direction: Vec3, reach_m: f32) -> Option<Hit> {
    let (edge_1, edge_2) = (b - a, c - a);
    let across = direction.cross(edge_2);
    let determinant = edge_1.dot(across);
    if determinant.abs() < 1e-16 {
        return None;
    }
    let from_a = start - a;
    let u = from_a.dot(across) / determinant;
    let around = from_a.cross(edge_1);
    let v = direction.dot(around) / determinant;
    let distance_m = edge_2.dot(around) / determinant;
    let inside = u >= 0.0 && v >= 0.0 && u + v <= 1.0 && distance_m > 0.0 && distance_m < reach_m;
    inside.then_some(Hit { distance_m, from_inside: determinant < 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_of_two_walls_is_met() {
        let wall = |z: f32| [Vec3::new(-9.0, -9.0, z), Vec3::new(9.0, -9.0, z), Vec3::new(0.0, 9.0, z)];
        let tree = RayTree::new((1..40).map(|z| wall(-(z as f32))).collect());
        let hit = tree.first_hit(Vec3::new(0.1, 0.1, 0.5), Vec3::NEG_Z, 100.0).expect("a wall stands in the way");
        assert!((hit.distance_m - 1.5).abs() < 1e-5 && !hit.from_inside, "{hit:?}");
        let back = tree.first_hit(Vec3::new(0.1, 0.1, -39.5), Vec3::Z, 100.0).expect("the last wall, from behind");
        assert!((back.distance_m - 0.5).abs() < 1e-5 && back.from_inside, "{back:?}");
        assert!(tree.first_hit(Vec3::ZERO, Vec3::Y, 100.0).is_none());
    }
}
