//! A part made ready to be drawn: vertices with normals and tangents, smooth inside, hard only at sharp angles.

use super::{Part, Patch};
use glam::{Vec2, Vec3, Vec4};
use std::collections::HashMap;

/// Sheets whose normals differ by more than this at a shared edge show that edge.
const CREASE_COS: f32 = 0.64; // 50 degrees

/// One sheet with everything a vertex carries.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Points in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Metres.
    pub positions: Vec<Vec3>,
    /// Unit length.
    pub normals: Vec<Vec3>,
    /// Direction of u, unit length; w is the sign of the direction of v.
    pub tangents: Vec<Vec4>,
    /// Metres or 0..1, u right and v up.
    pub uvs_m: Vec<Vec2>,
    /// Counter-clockwise seen from outside; triangles without area are left out.
    pub triangles: Vec<[usize; 3]>,
}

/// Gives every sheet of a part its normals and tangents.
pub fn sheets(part: &Part) -> Vec<Sheet> {
    let mut faces_at: HashMap<[i32; 3], Vec<Vec3>> = HashMap::new();
    for patch in &part.patches {
        for corners in patch.triangles() {
            let face = face_normal(patch, corners);
            for corner in corners {
                faces_at.entry(key(patch.points[corner])).or_default().push(face);
            }
        }
    }
    part.patches.iter().map(|patch| sheet(patch, &faces_at)).collect()
}

fn sheet(patch: &Patch, faces_at: &HashMap<[i32; 3], Vec<Vec3>>) -> Sheet {
    let mut own = vec![Vec3::ZERO; patch.points.len()];
    let mut along = vec![Vec3::ZERO; patch.points.len()];
    let mut upward = vec![Vec3::ZERO; patch.points.len()];
    let mut triangles = Vec::new();
    for corners in patch.triangles() {
        let face = face_normal(patch, corners);
        if face.length() < 1e-14 {
            continue;
        }
        triangles.push(corners);
        let (u_direction, v_direction) = texture_directions(patch, corners);
        for corner in corners {
            own[corner] += face;
            along[corner] += u_direction;
            upward[corner] += v_direction;
        }
    }
    let normals: Vec<Vec3> = own
        .iter()
        .zip(&patch.points)
        .map(|(own, point)| {
            let direction = own.normalize_or_zero();
            let near = faces_at.get(&key(*point)).into_iter().flatten();
            let shared: Vec3 = near
                .filter(|face| face.dot(direction) >= CREASE_COS * face.length())
                .fold(Vec3::ZERO, |sum, face| sum + face);
            (if shared.length() > 0.0 { shared } else { *own }).try_normalize().unwrap_or(Vec3::Y)
        })
        .collect();
    let tangents = normals
        .iter()
        .zip(along.iter().zip(&upward))
        .map(|(&normal, (&along, &upward))| {
            let flat = along - normal * along.dot(normal);
            let tangent = flat.try_normalize().unwrap_or_else(|| normal.any_orthonormal_vector());
            let sign = if normal.cross(tangent).dot(upward) < 0.0 { -1.0 } else { 1.0 };
            tangent.extend(sign)
        })
        .collect();
    Sheet {
        columns: patch.columns,
        rows: patch.rows,
        positions: patch.points.clone(),
        normals,
        tangents,
        uvs_m: patch.uvs_m.clone(),
        triangles,
    }
}

/// Twice the area long, so that big faces say more than the small ones of a bevel beside them.
fn face_normal(patch: &Patch, [a, b, c]: [usize; 3]) -> Vec3 {
    let points = &patch.points;
    (points[b] - points[a]).cross(points[c] - points[a])
}

/// Where u and v grow on a triangle, scaled by its area.
fn texture_directions(patch: &Patch, [a, b, c]: [usize; 3]) -> (Vec3, Vec3) {
    let (edge_1, edge_2) = (patch.points[b] - patch.points[a], patch.points[c] - patch.points[a]);
    let (uv_1, uv_2) = (patch.uvs_m[b] - patch.uvs_m[a], patch.uvs_m[c] - patch.uvs_m[a]);
    let area = uv_1.perp_dot(uv_2);
    let sign = if area < 0.0 { -1.0 } else { 1.0 };
    let weight = edge_1.cross(edge_2).length();
    let u_direction = ((edge_1 * uv_2.y - edge_2 * uv_1.y) * sign).normalize_or_zero() * weight;
    let v_direction = ((edge_2 * uv_1.x - edge_1 * uv_2.x) * sign).normalize_or_zero() * weight;
    (u_direction, v_direction)
}

/// Points nearer than two micrometres count as one.
fn key(point: Vec3) -> [i32; 3] {
    (point * 5e5).round().as_ivec3().to_array()
}
