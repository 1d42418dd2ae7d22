//! Tangents where a file has none, by `bevy_mikktspace`: the space that normal maps are baked in.

use super::push_words;
use bevy_mikktspace::{Geometry, TangentSpace, generate_tangents};

/// No vertex.
const NONE: u32 = u32::MAX;

/// The answer as [`super::Decoder::Tangents`] says. A vertex whose triangles do not agree becomes several.
pub fn make(parameters: &[u32], bytes: &[u8]) -> Result<Vec<u8>, String> {
    let &[vertices, corners] = parameters else { return Err("it lacks parameters".to_owned()) };
    let (vertices, corners) = (vertices as usize, corners as usize);
    let words = bytes.as_chunks::<4>().0;
    if words.len() != vertices * 8 + corners {
        return Err("its streams have other lengths than they should".to_owned());
    }
    let (floats, corner_words) = words.split_at(vertices * 8);
    let floats: Vec<f32> = floats.iter().map(|word| f32::from_le_bytes(*word)).collect();
    let corners: Vec<u32> = corner_words.iter().map(|word| u32::from_le_bytes(*word)).collect();
    if corners.iter().any(|&corner| corner as usize >= vertices) {
        return Err("its corners name vertices that do not exist".to_owned());
    }
    let tangents = vec![[0.0; 4]; corners.len()];
    let mut shape = Shape { vertices, floats: &floats, corners: &corners, tangents };
    generate_tangents(&mut shape).map_err(|error| error.to_string())?;
    Ok(weld(vertices, &corners, &shape.tangents))
}

struct Shape<'a> {
    vertices: usize,
    floats: &'a [f32],
    corners: &'a [u32],
    tangents: Vec<[f32; 4]>,
}

impl Shape<'_> {
    /// `N` floats of a corner's vertex in the stream that starts `stream` floats in.
    fn floats<const N: usize>(&self, stream: usize, corner: usize) -> [f32; N] {
        let vertex = self.corners.get(corner).map_or(0, |&vertex| vertex as usize);
        let floats = self.floats.get(stream * self.vertices + vertex * N..).and_then(|rest| rest.first_chunk());
        floats.copied().unwrap_or([0.0; N])
    }
}

impl Geometry for Shape<'_> {
    fn num_faces(&self) -> usize {
        self.corners.len() / 3
    }

    fn num_vertices_of_face(&self, _: usize) -> usize {
        3
    }

    fn position(&self, face: usize, corner: usize) -> [f32; 3] {
        self.floats(0, face * 3 + corner)
    }

    fn normal(&self, face: usize, corner: usize) -> [f32; 3] {
        self.floats(3, face * 3 + corner)
    }

    fn tex_coord(&self, face: usize, corner: usize) -> [f32; 2] {
        self.floats(6, face * 3 + corner)
    }

    fn set_tangent(&mut self, space: Option<TangentSpace>, face: usize, corner: usize) {
        if let (Some(space), Some(place)) = (space, self.tangents.get_mut(face * 3 + corner)) {
            let [x, y, z, sign] = space.tangent_encoded();
            // MikkTSpace has v going up, glTF down.
            *place = [x, y, z, -sign];
        }
    }
}

/// One vertex for each pair of old vertex and tangent.
fn weld(vertices: usize, corners: &[u32], tangents: &[[f32; 4]]) -> Vec<u8> {
    let mut first = vec![NONE; vertices];
    // For each new vertex: the old one, the tangent, and the next new one of the same old one.
    let mut made: Vec<(u32, [f32; 4], u32)> = Vec::with_capacity(vertices);
    let mut new_corners = Vec::with_capacity(corners.len());
    for (&corner, tangent) in corners.iter().zip(tangents) {
        let Some(head) = first.get_mut(corner as usize) else { continue };
        let mut at = *head;
        while let Some((_, _, next)) = made.get(at as usize).filter(|(_, other, _)| other != tangent) {
            at = *next;
        }
        if at == NONE {
            at = made.len() as u32;
            made.push((corner, *tangent, std::mem::replace(head, at)));
        }
        new_corners.push(at);
    }
    let mut bytes = Vec::new();
    push_words(&mut bytes, [made.len() as u32]);
    push_words(&mut bytes, made.iter().map(|(source, ..)| *source));
    push_words(&mut bytes, made.iter().flat_map(|(_, tangent, _)| tangent.map(f32::to_bits)));
    push_words(&mut bytes, new_corners);
    bytes
}
