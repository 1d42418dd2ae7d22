//! Tangents for normal maps where a file has none: the standard asks for MikkTSpace (glTF 2.0, section 3.7.2.1), whose
//! code is downloaded only for such a file.

use super::normals;
use crate::math::Vec4;
use crate::model::{Material, Model, Primitive, Role, Topology};
use crate::unpack::{Decoder, Job};

/// A primitive that lacks tangents, and how to make them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutTangents {
    /// Index into [`Model::meshes`].
    pub mesh: usize,
    /// Index into its primitives.
    pub primitive: usize,
    /// To be unpacked.
    pub job: Job,
}

/// What is to be made before the model looks as its normal maps mean it. Without it shaders guess from the picture.
pub fn needed(model: &Model) -> Vec<WithoutTangents> {
    let mut found = Vec::new();
    for (mesh, primitives) in model.meshes.iter().enumerate() {
        for (index, primitive) in primitives.primitives.iter().enumerate() {
            if let Some(job) = job(primitive, &model.materials) {
                found.push(WithoutTangents { mesh, primitive: index, job });
            }
        }
    }
    found
}

/// Takes what the decoder made; indices on the vertices that `primitive` had are void. False when it does not fit: then
/// the primitive stays as it was.
pub fn take(model: &mut Model, place: &WithoutTangents, answer: &[u8]) -> bool {
    let mesh = model.meshes.get_mut(place.mesh);
    let Some(primitive) = mesh.and_then(|mesh| mesh.primitives.get_mut(place.primitive)) else { return false };
    let Some((sources, tangents, corners)) = parts(answer) else { return false };
    let fits = |indices: &[u32], below: usize| indices.iter().all(|&index| (index as usize) < below);
    if !fits(&sources, primitive.positions.len()) || !fits(&corners, sources.len()) {
        return false;
    }
    primitive.rearrange(&sources);
    primitive.tangents = tangents;
    primitive.indices = corners;
    normals::mend_tangents(primitive);
    true
}

fn job(primitive: &Primitive, materials: &[Material]) -> Option<Job> {
    let is_plain = primitive.topology == Topology::Triangles && primitive.tangents.is_empty();
    let mut used = primitive.variant_materials.iter().map(|entry| entry.material).chain(primitive.material);
    let uv_set = used.find_map(|index| uv_set(materials.get(index)?)).filter(|_| is_plain)?;
    let uvs = primitive.uvs.get(uv_set).filter(|uvs| !uvs.is_empty())?;
    let numbers = primitive.positions.iter().chain(&primitive.normals).flat_map(|vector| vector.to_array());
    let numbers = numbers.chain(uvs.iter().flat_map(|uv| uv.to_array())).map(f32::to_bits);
    let bytes = numbers.chain(primitive.indices.iter().copied()).flat_map(u32::to_le_bytes).collect();
    let parameters = vec![primitive.positions.len() as u32, primitive.indices.len() as u32];
    Some(Job { decoder: Decoder::Tangents, parameters, bytes })
}

/// The coordinates along which a material's tangents run; none when it needs no tangents.
fn uv_set(material: &Material) -> Option<usize> {
    let set_of = |role| material.texture(role).map(|slot| slot.uv_set);
    let brushed = material.anisotropy.map(|_| set_of(Role::Anisotropy).unwrap_or(0));
    set_of(Role::Normal).or(set_of(Role::ClearcoatNormal)).or(brushed)
}

/// Which vertices the new ones were, their tangents, and the new corners.
fn parts(answer: &[u8]) -> Option<(Vec<u32>, Vec<Vec4>, Vec<u32>)> {
    let words: Vec<u32> = answer.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
    let (&count, rest) = words.split_first()?;
    let (sources, rest) = rest.split_at_checked(count as usize)?;
    let (tangents, corners) = rest.split_at_checked((count as usize).checked_mul(4)?)?;
    let tangents = tangents.as_chunks::<4>().0.iter().map(|words| Vec4::from(words.map(f32::from_bits))).collect();
    Some((sources.to_vec(), tangents, corners.to_vec()))
}
