//! The grid of the occlusion pass: where its cells lie, in the item and in a texture, and from where it is looked at.

use crate::{
    gpu::uniforms,
    math::{Aabb, Affine3A, Mat4, Vec3, Vec4},
};

/// Directions that light is followed along.
pub(super) const DIRECTIONS: usize = 64;
/// About how many cells a grid has: of a shoe they are 2 millimetres wide, and 1.5 % of a cube.
const CELLS: f32 = 131_072.0;
/// The longest row of cells.
const LONGEST: f32 = 400.0;
/// How wide the picture of light on open planes is, in texels.
const OPEN: u32 = 32;

/// Cells around an item, slice beside slice in a texture.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    /// The middle of the first cell, in the item's space.
    corner: Vec3,
    /// A cell's width.
    cell: f32,
    counts: [u32; 3],
    per_row: u32,
}

impl Grid {
    /// As fine as may be: cells are cubes, so that flat things get finer ones than bulky things.
    pub fn around(bounds: Aabb) -> Self {
        let size = bounds.size();
        let counts_of = |cell: f32| (size / cell).ceil() + 3.0;
        let mut cell = (size.max_element() / LONGEST).max(1e-6);
        while counts_of(cell).element_product() > CELLS {
            cell *= 1.02;
        }
        let counts = counts_of(cell);
        let [width, height, depth] = counts.to_array();
        let per_row = (depth * height / width).sqrt().ceil().clamp(1.0, depth);
        let corner = bounds.center() - (counts - 1.0) * 0.5 * cell;
        Self { corner, cell, counts: [width as u32, height as u32, depth as u32], per_row: per_row as u32 }
    }

    /// The size of its texture; under the slices lies the picture of light on open planes.
    pub fn texels(&self) -> [u32; 2] {
        let [width, height, depth] = self.counts;
        [(width * self.per_row).max(OPEN), depth.div_ceil(self.per_row) * height + OPEN]
    }

    pub fn uniform(&self, world_from_item: Affine3A) -> uniforms::Grid {
        let cell_from_item =
            Affine3A::from_scale(Vec3::splat(1.0 / self.cell)) * Affine3A::from_translation(-self.corner);
        uniforms::Grid {
            cell_from_world: Mat4::from(cell_from_item * world_from_item.inverse()).to_cols_array_2d(),
            counts: self.counts.map(|count| count as f32),
            per_row: self.per_row as f32,
        }
    }

    pub fn step_uniform(&self, rows: [[f32; 4]; 24], bias: f32) -> uniforms::Occlusion {
        uniforms::Occlusion {
            rows,
            corner: self.corner.to_array(),
            cell: self.cell,
            counts: self.counts,
            per_row: self.per_row,
            share: 1.0 / DIRECTIONS as f32,
            bias,
            padding: [0.0; 2],
        }
    }
}

/// Evenly over the sphere: a spiral by the golden angle.
pub(super) fn direction(index: usize) -> Vec3 {
    let height = 1.0 - (2.0 * index as f32 + 1.0) / DIRECTIONS as f32;
    let (sine, cosine) = (index as f32 * 2.399_963).sin_cos();
    let radius = (1.0 - height * height).sqrt();
    Vec3::new(radius * cosine, height, radius * sine)
}

/// A camera infinitely far in `direction` that sees the whole box and a rim around it, depth 0 nearest .. 1 farthest.
pub(super) fn clip_along(direction: Vec3, bounds: Aabb) -> Mat4 {
    let side = direction.any_orthonormal_vector();
    let row = |axis: Vec3, scale: f32| {
        let scale = scale / ((bounds.size() * 0.5).dot(axis.abs()).max(1e-6) * 1.05);
        (axis * scale).extend(-bounds.center().dot(axis) * scale)
    };
    let depth = row(direction, -0.5) + Vec4::W * 0.5;
    Mat4::from_cols(row(side, 1.0), row(direction.cross(side), 1.0), depth, Vec4::W).transpose()
}

/// From clip space to 0..1 across and down a picture, and to nearness.
pub(super) fn texels_from_clip() -> Mat4 {
    Mat4::from_translation(Vec3::new(0.5, 0.5, 1.0)) * Mat4::from_scale(Vec3::new(0.5, -0.5, -1.0))
}

#[cfg(test)]
mod tests {
    use super::{CELLS, DIRECTIONS, Grid, clip_along, direction, texels_from_clip};
    use crate::math::{Aabb, Vec3};

    fn boxed(size: Vec3) -> Aabb {
        Aabb { min: Vec3::ONE, max: Vec3::ONE + size }
    }

    #[test]
    fn grids_fit_products_of_every_shape() {
        let shapes = [Vec3::ONE, Vec3::new(2.0, 2.0, 0.0), Vec3::new(0.0, 30.0, 0.0), Vec3::ZERO, Vec3::splat(1e-4)];
        for size in shapes {
            let grid = Grid::around(boxed(size));
            let [width, height] = grid.texels();
            assert!(width <= 2048 && height <= 2048, "{size}: {width} x {height}");
            let cells: u32 = grid.counts.iter().product();
            assert!(cells as f32 <= CELLS && grid.counts.iter().all(|&count| count >= 2), "{size}: {:?}", grid.counts);
        }
    }

    #[test]
    fn directions_cancel_out() {
        let sum: Vec3 = (0..DIRECTIONS).map(direction).sum();
        assert!(sum.length() < 0.5, "{sum}");
        assert!((0..DIRECTIONS).all(|index| direction(index).is_normalized()));
    }

    #[test]
    fn every_camera_sees_the_whole_box() {
        let bounds = boxed(Vec3::new(1.0, 2.0, 0.01));
        for index in 0..DIRECTIONS {
            let toward = direction(index);
            let clip_from_item = clip_along(toward, bounds);
            for corner in bounds.corners() {
                let clip = clip_from_item.project_point3(corner);
                assert!(clip.x.abs() < 1.0 && clip.y.abs() < 1.0 && (0.0..1.0).contains(&clip.z), "{clip}");
            }
            let nearness = |point: Vec3| (texels_from_clip() * clip_from_item).project_point3(point).z;
            let middle = bounds.center();
            assert!(nearness(middle + toward * 0.001) > nearness(middle), "nearer to the light is more");
        }
    }
}
