//! Draco: the same triangles as in the plain file, corner by corner; broken streams end in words.

use super::glb::Glb;
use serde_json::json;
use std::path::Path;
use vitrine::import::Files;
use vitrine::import::{self, Unpacked};
use vitrine::math::Vec3;
use vitrine::model::Primitive;
use vitrine::unpack::{self, Decoder, Job};

/// Two files with the same product; only their packing differs.
const TWINS: [[&str; 2]; 3] = [
    ["CesiumMan/glTF-Draco/CesiumMan.gltf", "CesiumMan/glTF-Binary/CesiumMan.glb"],
    ["RiggedFigure/glTF-Draco/RiggedFigure.gltf", "RiggedFigure/glTF-Binary/RiggedFigure.glb"],
    ["WaterBottle/glTF-Draco/WaterBottle.gltf", "WaterBottle/glTF/WaterBottle.gltf"],
];

#[test]
fn gives_the_triangles_of_the_plain_file() {
    for [packed, plain] in TWINS {
        let (Some(packed_import), Some(plain_import)) = (super::shared(packed), super::shared(plain)) else { return };
        assert_eq!(packed_import.warnings, plain_import.warnings, "{packed}");
        let (ours, theirs) = (packed_import.model, plain_import.model);
        for (ours, theirs) in ours.meshes.iter().zip(&theirs.meshes) {
            for (ours, theirs) in ours.primitives.iter().zip(&theirs.primitives) {
                assert_eq!(ours.triangle_count(), theirs.triangle_count(), "{packed}");
                assert_eq!(ours.uvs[0].is_empty(), theirs.uvs[0].is_empty(), "{packed}");
                compare(packed, ours, theirs);
            }
        }
    }
}

/// Every triangle of the one is one of the other. Draco rounds positions, normals and coordinates.
fn compare(name: &str, ours: &Primitive, theirs: &Primitive) {
    let middle = |primitive: &Primitive, triangle: &[u32]| {
        triangle.iter().map(|&corner| primitive.positions[corner as usize]).sum::<Vec3>() / 3.0
    };
    let middles: Vec<Vec3> = ours.indices.chunks(3).map(|triangle| middle(ours, triangle)).collect();
    let bounds = theirs.positions.iter().fold(Vec3::ZERO, |most, point| most.max(point.abs()));
    let near = bounds.max_element() * 2e-3;
    for triangle in theirs.indices.chunks(3) {
        let wanted = middle(theirs, triangle);
        let candidates = middles.iter().enumerate().filter(|(_, found)| found.distance(wanted) < near);
        let is_same = candidates.map(|(index, _)| &ours.indices[index * 3..][..3]).any(|found| {
            // The same corner first, or one of the other two; never the other way round.
            (0..3).any(|turn| (0..3).all(|i| is_same_corner(ours, found[(i + turn) % 3], theirs, triangle[i], near)))
        });
        assert!(is_same, "{name}: no triangle at {wanted}");
    }
}

fn is_same_corner(ours: &Primitive, our_corner: u32, theirs: &Primitive, their_corner: u32, near: f32) -> bool {
    let (a, b) = (our_corner as usize, their_corner as usize);
    let uvs = ours.uvs[0].get(a).zip(theirs.uvs[0].get(b)).is_none_or(|(a, b)| a.distance(*b) < 3e-3);
    ours.positions[a].distance(theirs.positions[b]) < near && ours.normals[a].distance(theirs.normals[b]) < 0.05 && uvs
}

#[test]
fn morph_targets_lie_on_the_vertices_that_the_file_counts() {
    let Some(import) = super::shared("MorphPrimitivesTest/glTF-Draco/MorphPrimitivesTest.gltf") else { return };
    let points: Vec<usize> =
        import.model.meshes[0].primitives.iter().map(|primitive| primitive.positions.len()).collect();
    assert_eq!(points, [21, 9]);
}

/// The first Draco stream of the test data.
fn stream() -> Option<Vec<u8>> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let path = above.map(|folder| folder.join("shared/models").join(TWINS[1][0])).find(|path| path.is_file())?;
    let (file, others) = super::load(&path);
    let mut jobs = import::packed(&file, &others).unwrap();
    assert_eq!(jobs.len(), 1);
    assert_eq!(import::read(&file, &others).unwrap_err().code(), "packed");
    Some(jobs.remove(0).job.bytes)
}

/// A triangle whose data is this stream, though it is not.
fn file_with(stream: &[u8]) -> Glb {
    let mut glb = Glb::triangle();
    glb.json["accessors"][0].as_object_mut().unwrap().remove("bufferView");
    let view = glb.view(stream);
    glb.json["extensionsRequired"] = json!(["KHR_draco_mesh_compression"]);
    glb.primitive()["extensions"] =
        json!({ "KHR_draco_mesh_compression": { "bufferView": view, "attributes": { "POSITION": 7 } } });
    glb
}

#[test]
fn what_is_no_draco_data_is_told_with_its_place() {
    let file = file_with(b"DRACO and nothing else").to_bytes();
    let error = super::read(&file, &Files::default()).unwrap_err();
    assert_eq!(error.code(), "unpack-failed");
    assert!(error.message().contains("meshes/0/primitives/0") && error.message().contains("broken"), "{error}");
}

#[test]
fn an_attribute_that_the_stream_lacks_is_told() {
    let Some(stream) = stream() else { return };
    let error = super::read(&file_with(&stream).to_bytes(), &Files::default()).unwrap_err();
    assert!(error.message().contains("attribute 7"), "{error}");
}

#[test]
fn an_answer_that_is_cut_off_is_an_error() {
    let Some(stream) = stream() else { return };
    let job = Job { decoder: Decoder::Draco, parameters: Vec::new(), bytes: stream.clone() };
    let answer = unpack::run(&job).unwrap();
    let file = file_with(&stream).to_bytes();
    for length in [0, 4, 11, 12, 40, answer.len() - 1] {
        let mut unpacked = Unpacked::default();
        unpacked.insert(1, answer[..length].to_vec());
        assert_eq!(import::read_unpacked(&file, &Files::default(), &unpacked).unwrap_err().code(), "invalid-gltf");
    }
}

#[test]
fn a_promise_of_too_much_is_not_believed() {
    // Edgebreaker, then a number of vertices of five bytes.
    let bytes = b"DRACO\x02\x02\x01\x01\0\0\0\xFF\xFF\xFF\xFF\x0F\x01".to_vec();
    let job = Job { decoder: Decoder::Draco, parameters: Vec::new(), bytes };
    assert!(unpack::run(&job).unwrap_err().contains("promises more"));
}

/// Damage in the whole of the stream, by a generator that always gives the same.
#[test]
fn damage_never_leaves_the_decoder() {
    let Some(stream) = stream() else { return };
    let mut state = 0x2545_F491_u32;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % below
    };
    let mut broken = 0;
    for round in 0..150 {
        let mut bytes = stream.clone();
        if round % 3 == 0 {
            bytes.truncate(next(stream.len()));
        }
        for _ in 0..=next(3) {
            let at = next(bytes.len().max(1));
            if let Some(byte) = bytes.get_mut(at) {
                *byte = next(256) as u8;
            }
        }
        broken += usize::from(unpack::run(&Job { decoder: Decoder::Draco, parameters: Vec::new(), bytes }).is_err());
    }
    assert!(broken > 50, "only {broken} of 150 were noticed");
}
