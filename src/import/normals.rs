//! Normals and tangents where the file has none or broken ones. Nothing smooth is invented: the standard asks for flat.

use super::Error;
use super::ledger::Ledger;
use crate::math::{Vec3, Vec4};
use crate::model::Primitive;

/// Gives every triangle its own three vertices and their flat normal (glTF 2.0, section 3.7.2.1). Tangents without
/// normals mean nothing and are dropped, as the standard says.
pub(super) fn split_flat(primitive: &mut Primitive, place: &str, ledger: &mut Ledger) -> Result<(), Error> {
    let corners = std::mem::take(&mut primitive.indices);
    let vertex_size = size_of::<[Vec3; 2]>() + size_of::<[f32; 8]>() + size_of::<u32>();
    ledger.charge(corners.len(), vertex_size, place)?;
    gather(&mut primitive.positions, &corners);
    gather(&mut primitive.colors, &corners);
    for uvs in &mut primitive.uvs {
        gather(uvs, &corners);
    }
    primitive.tangents.clear();
    let triangles = primitive.positions.chunks_exact(3).filter_map(|corners| corners.first_chunk::<3>());
    primitive.normals = triangles.flat_map(|&corners| [unit(area(corners)); 3]).collect();
    primitive.indices = (0_u32..).take(primitive.positions.len()).collect();
    Ok(())
}

/// Makes every normal unit length; one without a direction takes that of the triangles at its vertex.
pub(super) fn mend(primitive: &mut Primitive) {
    let Primitive { positions, normals, indices, .. } = primitive;
    let mut any_broken = false;
    for normal in normals.iter_mut() {
        *normal = normal.try_normalize().unwrap_or(Vec3::ZERO);
        any_broken |= *normal == Vec3::ZERO;
    }
    if !any_broken {
        return;
    }
    let mut sums = vec![Vec3::ZERO; positions.len()];
    for triangle in indices.chunks_exact(3) {
        let corner = |i: usize| triangle.get(i).and_then(|&index| positions.get(index as usize)).copied();
        let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) else { continue };
        for &index in triangle {
            if let Some(sum) = sums.get_mut(index as usize) {
                *sum += area([a, b, c]);
            }
        }
    }
    for (normal, sum) in normals.iter_mut().zip(sums) {
        if *normal == Vec3::ZERO {
            *normal = unit(sum);
        }
    }
}

/// Makes every tangent unit length with a sign of exactly 1 or -1; one without a direction takes any across its normal.
pub(super) fn mend_tangents(primitive: &mut Primitive) {
    for (tangent, normal) in primitive.tangents.iter_mut().zip(&primitive.normals) {
        let direction = tangent.truncate().try_normalize().unwrap_or_else(|| normal.any_orthonormal_vector());
        let sign = if tangent.w < 0.0 { -1.0 } else { 1.0 };
        *tangent = Vec4::from((direction, sign));
    }
}

fn gather<T: Copy>(stream: &mut Vec<T>, corners: &[u32]) {
    if !stream.is_empty() {
        *stream = corners.iter().filter_map(|&index| stream.get(index as usize).copied()).collect();
    }
}

/// A triangle's normal, as long as twice its area.
fn area([a, b, c]: [Vec3; 3]) -> Vec3 {
    (b - a).cross(c - a)
}

/// Up for a triangle without area: it is never seen, but its normal must be one.
fn unit(vector: Vec3) -> Vec3 {
    vector.try_normalize().unwrap_or(Vec3::Y)
}
