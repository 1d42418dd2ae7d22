//! Shapes as sheets of quadrilaterals: every builder gives a [`Part`], every part can be bent, moved and mirrored.

pub mod block;
pub mod curve;
pub mod cushion;
pub mod frame;
pub mod lathe;
pub mod shell;
pub mod surface;
pub mod sweep;

use glam::{Affine3A, Vec2, Vec3};

/// A grid of points, row after row. Its outside is where `column direction x row direction` points.
#[derive(Clone, Debug)]
pub struct Patch {
    /// Points in a row, at least 2.
    pub columns: usize,
    /// Rows, at least 2.
    pub rows: usize,
    /// Metres; `row * columns + column`.
    pub points: Vec<Vec3>,
    /// Metres on the surface, u to the right and v up; a picture that is not repeated uses 0..1 instead.
    pub uvs_m: Vec<Vec2>,
}

impl Patch {
    /// A grid filled by a function of `(column, row)`, both 0..1.
    pub fn from_fn(columns: usize, rows: usize, mut point_at: impl FnMut(f32, f32) -> (Vec3, Vec2)) -> Self {
        let mut patch = Self { columns, rows, points: Vec::new(), uvs_m: Vec::new() };
        for row in 0..rows {
            for column in 0..columns {
                let (point, uv_m) = point_at(column as f32 / (columns - 1) as f32, row as f32 / (rows - 1) as f32);
                patch.points.push(point);
                patch.uvs_m.push(uv_m);
            }
        }
        patch
    }

    /// The other side of the sheet becomes the outside.
    pub fn flipped(mut self) -> Self {
        for row in 0..self.rows {
            let range = row * self.columns..(row + 1) * self.columns;
            self.points[range.clone()].reverse();
            self.uvs_m[range].reverse();
        }
        self
    }

    /// Corners of the two triangles of every cell, as indices into `points`.
    pub fn triangles(&self) -> impl Iterator<Item = [usize; 3]> + '_ {
        (0..self.rows - 1).flat_map(move |row| {
            (0..self.columns - 1).flat_map(move |column| {
                let corner = row * self.columns + column;
                let (right, above, across) = (corner + 1, corner + self.columns, corner + self.columns + 1);
                [[corner, right, across], [corner, across, above]]
            })
        })
    }
}

/// Sheets that belong together: where their edges meet, light runs smoothly over them unless the angle is sharp.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The sheets.
    pub patches: Vec<Patch>,
}

impl Part {
    /// One sheet alone.
    pub fn of(patch: Patch) -> Self {
        Self { patches: vec![patch] }
    }

    /// Several parts as one, so that their touching edges are smoothed together.
    pub fn joined(parts: impl IntoIterator<Item = Part>) -> Self {
        Self { patches: parts.into_iter().flat_map(|part| part.patches).collect() }
    }

    /// Every point sent through a function. It must not turn the part inside out.
    pub fn bent(mut self, new_from_old: impl Fn(Vec3) -> Vec3) -> Self {
        for point in self.patches.iter_mut().flat_map(|patch| &mut patch.points) {
            *point = new_from_old(*point);
        }
        self
    }

    /// Moved by metres.
    pub fn moved(self, x_m: f32, y_m: f32, z_m: f32) -> Self {
        self.bent(|point| point + Vec3::new(x_m, y_m, z_m))
    }

    /// Placed by a transform without mirroring.
    pub fn placed(self, place: Affine3A) -> Self {
        self.bent(|point| place.transform_point3(point))
    }

    /// The mirror image in the plane x = 0.
    pub fn mirrored_x(self) -> Self {
        let mut mirrored = self.bent(|point| Vec3::new(-point.x, point.y, point.z));
        mirrored.patches = mirrored.patches.into_iter().map(Patch::flipped).collect();
        mirrored
    }

    /// The mirror image in the plane z = 0.
    pub fn mirrored_z(self) -> Self {
        let mut mirrored = self.bent(|point| Vec3::new(point.x, point.y, -point.z));
        mirrored.patches = mirrored.patches.into_iter().map(Patch::flipped).collect();
        mirrored
    }

    /// Texture coordinates made anew from the points.
    pub fn mapped(mut self, uv_m_from_point: impl Fn(Vec3) -> Vec2) -> Self {
        for patch in &mut self.patches {
            patch.uvs_m = patch.points.iter().map(|&point| uv_m_from_point(point)).collect();
        }
        self
    }

    /// Another stretch of the same material, so that no two boards are cut from the same spot.
    pub fn cut_at(mut self, u_m: f32, v_m: f32) -> Self {
        for uv in self.patches.iter_mut().flat_map(|patch| &mut patch.uvs_m) {
            *uv += Vec2::new(u_m, v_m);
        }
        self
    }

    /// The grain turned by a right angle: u takes the place of v.
    pub fn grain_turned(mut self) -> Self {
        for uv in self.patches.iter_mut().flat_map(|patch| &mut patch.uvs_m) {
            *uv = Vec2::new(uv.y, -uv.x);
        }
        self
    }
}
