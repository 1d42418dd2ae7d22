//! How much of the surrounding light arrives where: rays from every vertex, kept in one texel for each.
//!
//! The sheets are grids, so a picture with one texel for a vertex holds them exactly: no unwrapping, no margins, and the
//! card's own filter mixes between vertices. It is read without mip levels, through the second texture coordinates.

use crate::assembly::{Assembly, Encoding, Ground, Picture};
use crate::parallel;
use crate::rays::RayTree;
use crate::shape::surface::Sheet;
use glam::{Vec2, Vec3};

/// Rays over the whole sphere; half of them leave any one surface.
const DIRECTIONS: usize = 224;
/// A vertex that sees more insides than this share of its rays is buried in another part.
const BURIED: f32 = 0.35;
const PICTURE_WIDTH: usize = 256;

/// The picture, and where each sheet of the assembly lies in it (texture coordinates of every vertex).
pub struct Baked {
    /// Red: how much light arrives.
    pub picture: Picture,
    /// For each sheet of the assembly in file order.
    pub uvs: Vec<Vec<Vec2>>,
}

/// Bakes a whole product. Blended surfaces shade nothing.
pub fn baked(assembly: &Assembly) -> Baked {
    let sheets: Vec<&Sheet> = assembly.pieces().flat_map(|piece| &piece.sheets).collect();
    let tree = RayTree::new(shading_triangles(assembly));
    let reach_m = assembly.shade_reach_m;
    let directions = sphere();
    let values = parallel::map(sheets.len(), |index| sheet_values(sheets[index], &tree, &directions, reach_m));
    let (places, height) = placed(&sheets);
    let mut bytes = vec![255; PICTURE_WIDTH * height];
    let mut uvs = Vec::new();
    for ((sheet, values), (left, top)) in sheets.iter().zip(&values).zip(places) {
        let mut sheet_uvs = Vec::new();
        for row in 0..sheet.rows {
            for column in 0..sheet.columns {
                let (x, y) = (left + column, top + row);
                bytes[y * PICTURE_WIDTH + x] = (values[row * sheet.columns + column] * 255.0).round() as u8;
                sheet_uvs.push((Vec2::new(x as f32, y as f32) + 0.5) / Vec2::new(PICTURE_WIDTH as f32, height as f32));
            }
        }
        uvs.push(sheet_uvs);
    }
    let name = "Occlusion".into();
    let picture =
        Picture { name, size_px: (PICTURE_WIDTH, height), bytes, encoding: Encoding::GreyPng, repeats: false };
    Baked { picture, uvs }
}

fn shading_triangles(assembly: &Assembly) -> Vec<[Vec3; 3]> {
    let mut triangles = Vec::new();
    for piece in assembly.pieces().filter(|piece| !assembly.materials[piece.material.0].blended) {
        for sheet in &piece.sheets {
            triangles.extend(sheet.triangles.iter().map(|corners| corners.map(|corner| sheet.positions[corner])));
        }
    }
    // A hair's breadth away, so that what stands on the ground is not shaded by rounding.
    let quad = match assembly.ground {
        Ground::Floor => Some([Vec3::new(-9.0, -4e-4, 9.0), Vec3::X * 18.0, Vec3::Z * -18.0]),
        Ground::Wall => Some([Vec3::new(-9.0, -9.0, -4e-4), Vec3::X * 18.0, Vec3::Y * 18.0]),
        Ground::Free => None,
    };
    if let Some([corner, right, up]) = quad {
        triangles.push([corner, corner + right, corner + right + up]);
        triangles.push([corner, corner + right + up, corner + up]);
    }
    triangles
}

/// Directions spread evenly over the sphere, the same for every vertex: shades change smoothly and never sparkle.
fn sphere() -> Vec<Vec3> {
    let golden = std::f32::consts::PI * (3.0 - 5.0_f32.sqrt());
    (0..DIRECTIONS)
        .map(|index| {
            let y = 1.0 - 2.0 * (index as f32 + 0.5) / DIRECTIONS as f32;
            let (sin, cos) = (golden * index as f32).sin_cos();
            Vec3::new(cos, 0.0, sin) * (1.0 - y * y).sqrt() + Vec3::Y * y
        })
        .collect()
}

fn sheet_values(sheet: &Sheet, tree: &RayTree, directions: &[Vec3], reach_m: f32) -> Vec<f32> {
    let vertices = sheet.positions.iter().zip(&sheet.normals);
    let raw: Vec<Option<f32>> =
        vertices.map(|(point, normal)| vertex_value(*point, *normal, tree, directions, reach_m)).collect();
    filled(raw, sheet.columns)
}

fn vertex_value(point: Vec3, normal: Vec3, tree: &RayTree, directions: &[Vec3], reach_m: f32) -> Option<f32> {
    let start = point + normal * (reach_m * 0.002).min(3e-4);
    let (mut light, mut whole, mut inside) = (0.0, 0.0, 0.0);
    for direction in directions {
        let weight = direction.dot(normal);
        if weight <= 0.0 {
            continue;
        }
        whole += weight;
        match tree.first_hit(start, *direction, reach_m) {
            None => light += weight,
            Some(hit) => {
                // What is far away shades less: light comes round it from the room.
                let share = hit.distance_m / reach_m;
                light += weight * share * share;
                inside += if hit.from_inside { weight } else { 0.0 };
            }
        }
    }
    (inside < BURIED * whole).then(|| (light / whole).clamp(0.0, 1.0))
}

/// Buried vertices take the mean of their neighbours in the grid, ring after ring.
fn filled(mut values: Vec<Option<f32>>, columns: usize) -> Vec<f32> {
    let rows = values.len() / columns;
    for _ in 0..columns.max(rows) {
        if values.iter().all(Option::is_some) {
            break;
        }
        let before = values.clone();
        for index in 0..values.len() {
            let (row, column) = (index / columns, index % columns);
            if before[index].is_some() {
                continue;
            }
            let mut near = Vec::new();
            near.extend((row > 0).then(|| before[index - columns]).flatten());
            near.extend((row + 1 < rows).then(|| before[index + columns]).flatten());
            near.extend((column > 0).then(|| before[index - 1]).flatten());
            near.extend((column + 1 < columns).then(|| before[index + 1]).flatten());
            if !near.is_empty() {
                values[index] = Some(near.iter().sum::<f32>() / near.len() as f32);
            }
        }
    }
    values.into_iter().map(|value| value.unwrap_or(0.3)).collect()
}

/// Left and top texel of every sheet, tallest first in shelves; and the height used.
fn placed(sheets: &[&Sheet]) -> (Vec<(usize, usize)>, usize) {
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(sheets[index].rows));
    let mut places = vec![(0, 0); sheets.len()];
    let (mut left, mut top, mut shelf) = (0, 0, 0);
    for index in order {
        let sheet = sheets[index];
        assert!(sheet.columns <= PICTURE_WIDTH, "a sheet of {} columns is wider than the picture", sheet.columns);
        if left + sheet.columns > PICTURE_WIDTH {
            (left, top, shelf) = (0, top + shelf, 0);
        }
        places[index] = (left, top);
        left += sheet.columns;
        shelf = shelf.max(sheet.rows);
    }
    (places, (top + shelf).next_multiple_of(16))
}
