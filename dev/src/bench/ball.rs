//! A product of so many triangles, made by code: what the cost of a picture is measured with.

use crate::Failure;
use crate::files;
use serde_json::json;
use std::path::Path;

/// Quads around the ball and from pole to pole: 100,000 triangles, the poles' without area among them.
const QUADS: [u32; 2] = [250, 200];
/// In metres.
const RADIUS: f32 = 0.2;
const FLOAT: u32 = 5126;
const UNSIGNED_INT: u32 = 5125;

/// Writes a ball that lies on the floor as a .glb; the answer is how many triangles it has.
pub fn write(path: &Path) -> Result<u32, Failure> {
    let (positions, normals) = points();
    let indices = indices();
    let bytes = |floats: &[f32]| floats.iter().flat_map(|float| float.to_le_bytes()).collect::<Vec<u8>>();
    let parts = [bytes(&positions), bytes(&normals), indices.iter().flat_map(|index| index.to_le_bytes()).collect()];
    let binary = parts.concat();
    let starts = [0, parts[0].len(), parts[0].len() + parts[1].len()];
    let view = |at: usize| json!({ "buffer": 0, "byteOffset": starts[at], "byteLength": parts[at].len() });
    let vertices = positions.len() / 3;
    let file = json!({
        "asset": { "version": "2.0" },
        "scene": 0,
        "scenes": [{ "nodes": [0] }],
        "nodes": [{ "mesh": 0 }],
        "meshes": [{ "primitives": [{ "attributes": { "POSITION": 0, "NORMAL": 1 }, "indices": 2, "material": 0 }] }],
        "materials": [{ "pbrMetallicRoughness": { "baseColorFactor": [0.6, 0.2, 0.1, 1.0], "metallicFactor": 0.0 } }],
        "accessors": [
            { "bufferView": 0, "componentType": FLOAT, "count": vertices, "type": "VEC3",
              "min": [-RADIUS, 0.0, -RADIUS], "max": [RADIUS, 2.0 * RADIUS, RADIUS] },
            { "bufferView": 1, "componentType": FLOAT, "count": vertices, "type": "VEC3" },
            { "bufferView": 2, "componentType": UNSIGNED_INT, "count": indices.len(), "type": "SCALAR" },
        ],
        "bufferViews": [view(0), view(1), view(2)],
        "buffers": [{ "byteLength": binary.len() }],
    });
    files::write(path, &glb(file.to_string(), &binary))?;
    Ok(indices.len() as u32 / 3)
}

/// Positions and normals, ring by ring from the upper pole.
fn points() -> (Vec<f32>, Vec<f32>) {
    let [around, down] = QUADS;
    let (mut positions, mut normals) = (Vec::new(), Vec::new());
    for ring in 0..=down {
        let (ring_radius, height) = (std::f32::consts::PI * ring as f32 / down as f32).sin_cos();
        for place in 0..=around {
            let (sine, cosine) = (std::f32::consts::TAU * place as f32 / around as f32).sin_cos();
            let normal = [ring_radius * sine, height, ring_radius * cosine];
            normals.extend(normal);
            positions.extend([normal[0] * RADIUS, (normal[1] + 1.0) * RADIUS, normal[2] * RADIUS]);
        }
    }
    (positions, normals)
}

/// Counter-clockwise seen from outside.
fn indices() -> Vec<u32> {
    let [around, down] = QUADS;
    let quads = (0..down).flat_map(|ring| (0..around).map(move |place| ring * (around + 1) + place));
    let corners = |first: u32| {
        let below = first + around + 1;
        [first, below, first + 1, first + 1, below, below + 1]
    };
    quads.flat_map(corners).collect()
}

/// glTF 2.0 section 4.4: header, then a JSON chunk padded with spaces, then a binary chunk.
fn glb(mut json: String, binary: &[u8]) -> Vec<u8> {
    json.push_str(&" ".repeat(json.len().next_multiple_of(4) - json.len()));
    let word = |number: usize| (number as u32).to_le_bytes();
    let chunk = |kind: &[u8; 4], content: &[u8]| [&word(content.len())[..], kind, content].concat();
    let chunks = [chunk(b"JSON", json.as_bytes()), chunk(b"BIN\0", binary)].concat();
    [&b"glTF"[..], &word(2), &word(12 + chunks.len()), &chunks].concat()
}

#[cfg(test)]
mod tests {
    use super::{indices, points};

    #[test]
    fn has_as_many_triangles_as_it_says_and_names_no_others_points() {
        let (positions, normals) = points();
        assert_eq!((indices().len() / 3, positions.len()), (100_000, normals.len()));
        assert_eq!(indices().into_iter().max(), Some(positions.len() as u32 / 3 - 1));
    }
}
