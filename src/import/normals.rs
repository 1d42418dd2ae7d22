//! Normals and tangents where the file has none or broken ones. Nothing smooth is invented: the standard asks for flat.

use super::Error;
use super::ledger::Ledger;
use crate::math::{Vec3, Vec4, direction};
use crate::model::Primitive;

/// Gives every triangle its own three vertices and their flat normal (glTF 2.0, section 3.7.2.1). Tangents without
/// normals mean nothing and are dropped, as the standard says.
pub(super) fn split_flat(primitive: &mut Primitive, place: &str, ledger: &mut Ledger) -> Result<(), Error> {
    let corners = std::mem::take(&mut primitive.indices);
    ledger.charge(corners.len(), primitive.vertex_size() + size_of::<u32>(), place)?;
    primitive.rearrange(&corners);
    primitive.tangents.clear();
    primitive.normals = flat(&primitive.positions);
    for target in &mut primitive.targets {
        // A shape has flat normals of its own (glTF 2.0, section 3.7.2.2); the target holds the way to them.
        ledger.charge(primitive.positions.len(), size_of::<Vec3>(), place)?;
        let moved: Vec<Vec3> = primitive.positions.iter().zip(&target.positions).map(|(&a, &b)| a + b).collect();
        target.normals = flat(&moved).iter().zip(&primitive.normals).map(|(&there, &here)| there - here).collect();
        target.tangents.clear();
    }
    primitive.indices = (0_u32..).take(primitive.positions.len()).collect();
    Ok(())
}

/// Makes every normal unit length; one without a direction takes that of the triangles at its vertex.
pub(super) fn mend(primitive: &mut Primitive) {
    let Primitive { positions, normals, indices, .. } = primitive;
    let mut any_broken = false;
    for normal in normals.iter_mut() {
        *normal = direction(*normal).unwrap_or(Vec3::ZERO);
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
        let along = direction(tangent.truncate()).unwrap_or_else(|| normal.any_orthonormal_vector());
        let sign = if tangent.w < 0.0 { -1.0 } else { 1.0 };
        *tangent = Vec4::from((along, sign));
    }
}

/// The normals of triangles whose corners stand one after the other.
fn flat(corners: &[Vec3]) -> Vec<Vec3> {
    let triangles = corners.as_chunks::<3>().0;
    triangles.iter().flat_map(|&corners| [unit(area(corners)); 3]).collect()
}

/// A triangle's normal, as long as twice its area.
fn area([a, b, c]: [Vec3; 3]) -> Vec3 {
    (b - a).cross(c - a)
}

/// Up for a triangle without area: it is never seen, but its normal must be one.
fn unit(vector: Vec3) -> Vec3 {
    direction(vector).unwrap_or(Vec3::Y)
}
