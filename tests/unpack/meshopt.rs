//! Meshopt: files packed by the crate's own encoder read as the plain one does.

use super::glb::Glb;
use meshoptimizer_rs::Workspace;
use meshoptimizer_rs::codec::{
    self, IndexEncoding, VertexEncoding, encode_filter_exp, encode_filter_oct, encode_index_buffer,
    encode_index_sequence, encode_vertex_buffer,
};
use serde_json::{Value, json};
use vitrine::import;
use vitrine::import::Files;
use vitrine::math::Vec3;

/// A wavy sheet of vertices: positions, normals, corners.
fn sheet() -> (Vec<f32>, Vec<f32>, Vec<u32>) {
    const SIDE: u32 = 24;
    let (mut positions, mut normals, mut corners) = (Vec::new(), Vec::new(), Vec::new());
    for (x, y) in (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y))) {
        let (x, y) = (x as f32 / 23.0, y as f32 / 23.0);
        positions.extend([x, y, (x * 9.0).sin() * 0.1]);
        normals.extend(Vec3::new(-(x * 9.0).cos() * 0.9, 0.0, 1.0).normalize().to_array());
    }
    for (x, y) in (0..SIDE - 1).flat_map(|y| (0..SIDE - 1).map(move |x| (x, y))) {
        let at = y * SIDE + x;
        corners.extend([at, at + 1, at + SIDE, at + 1, at + SIDE + 1, at + SIDE]);
    }
    (positions, normals, corners)
}

fn bytes_of(floats: &[f32]) -> Vec<u8> {
    floats.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// How a view is packed.
struct Packing {
    extension: &'static str,
    mode: &'static str,
    filter: &'static str,
}

/// Adds a view whose bytes are only there packed, and an accessor on it.
fn packed_accessor(glb: &mut Glb, packing: &Packing, stride: usize, packed: &[u8], accessor: Value) -> usize {
    let source = glb.view(packed);
    let view = glb.json["bufferViews"][source].take();
    let count = accessor["count"].as_u64().unwrap();
    glb.json["bufferViews"][source] = json!({
        "buffer": 1, "byteLength": count as usize * stride,
        "extensions": { packing.extension: {
            "buffer": 0, "byteOffset": view["byteOffset"], "byteLength": view["byteLength"],
            "byteStride": stride, "count": count, "mode": packing.mode, "filter": packing.filter,
        } },
    });
    if packing.mode == "ATTRIBUTES" {
        glb.json["bufferViews"][source]["byteStride"] = json!(stride);
    }
    let mut accessor = accessor;
    accessor["bufferView"] = json!(source);
    glb.push("accessors", accessor)
}

/// The sheet with packed positions (exponential), normals (octahedral) and corners.
fn packed_sheet(extension: &'static str, version: u8) -> Glb {
    let (positions, normals, corners) = sheet();
    let (count, workspace) = (positions.len() / 3, &mut Workspace::default());
    let encoding = VertexEncoding::new(version, 2).unwrap();
    let mut glb = Glb::triangle();
    let packing = |mode, filter| Packing { extension, mode, filter };
    let filtered = encode_filter_exp(count, 12, 20, &positions, codec::ExpMode::SharedVector, workspace).unwrap();
    let packed = encode_vertex_buffer(&filtered, count, 12, encoding, workspace).unwrap();
    let about = json!({ "componentType": 5126, "type": "VEC3", "count": count });
    let position = packed_accessor(&mut glb, &packing("ATTRIBUTES", "EXPONENTIAL"), 12, &packed, about);
    let four: Vec<f32> = normals.chunks(3).flat_map(|normal| [normal[0], normal[1], normal[2], 0.0]).collect();
    let filtered = encode_filter_oct(count, 8, 16, &four, workspace).unwrap();
    let packed = encode_vertex_buffer(&filtered, count, 8, encoding, workspace).unwrap();
    let about = json!({ "componentType": 5122, "type": "VEC3", "count": count, "normalized": true });
    let normal = packed_accessor(&mut glb, &packing("ATTRIBUTES", "OCTAHEDRAL"), 8, &packed, about);
    let packed = encode_index_buffer(&corners, IndexEncoding::DEFAULT, workspace).unwrap();
    let about = json!({ "componentType": 5125, "type": "SCALAR", "count": corners.len() });
    let indices = packed_accessor(&mut glb, &packing("TRIANGLES", "NONE"), 4, &packed, about);
    *glb.primitive() = json!({ "attributes": { "POSITION": position, "NORMAL": normal }, "indices": indices });
    glb.json["extensionsRequired"] = json!([extension, "KHR_mesh_quantization"]);
    glb.json["buffers"] = json!([{ "byteLength": glb.binary.len() },
        { "byteLength": 1 << 20, "uri": "fallback.bin", "extensions": { extension: { "fallback": true } } }]);
    glb
}

#[test]
fn both_extensions_give_the_plain_shape() {
    let (positions, normals, corners) = sheet();
    for (extension, version) in
        [("EXT_meshopt_compression", 0), ("KHR_meshopt_compression", 0), ("KHR_meshopt_compression", 1)]
    {
        let file = packed_sheet(extension, version).to_bytes();
        assert_eq!(import::needs(&file).unwrap(), Vec::<String>::new(), "the fallback is not fetched");
        assert_eq!(import::packed(&file, &Files::default()).unwrap().len(), 3);
        let import = super::read(&file, &Files::default()).unwrap();
        assert_eq!(import.warnings, Vec::<String>::new());
        let primitive = &import.model.meshes[0].primitives[0];
        // The encoder turns triangles so that each begins elsewhere, but keeps their order.
        for (ours, theirs) in primitive.indices.chunks(3).zip(corners.chunks(3)) {
            assert!((0..3).any(|turn| (0..3).all(|i| ours[(i + turn) % 3] == theirs[i])), "{ours:?} {theirs:?}");
        }
        for (ours, theirs) in primitive.positions.iter().zip(positions.chunks(3)) {
            assert!(ours.distance(Vec3::from_slice(theirs)) < 1e-5);
        }
        for (ours, theirs) in primitive.normals.iter().zip(normals.chunks(3)) {
            assert!(ours.distance(Vec3::from_slice(theirs)) < 1e-3);
        }
    }
}

#[test]
fn sequences_of_indices_are_read_too() {
    let mut glb = Glb::triangle();
    let packed = encode_index_sequence(&[2, 1, 0], IndexEncoding::DEFAULT, &mut Workspace::default()).unwrap();
    let packing = Packing { extension: "EXT_meshopt_compression", mode: "INDICES", filter: "NONE" };
    let about = json!({ "componentType": 5123, "type": "SCALAR", "count": 3 });
    let indices = packed_accessor(&mut glb, &packing, 2, &packed, about);
    glb.primitive()["indices"] = json!(indices);
    glb.json["buffers"] = json!([{ "byteLength": glb.binary.len() }, { "byteLength": 6 }]);
    let import = super::read(&glb.to_bytes(), &Files::default()).unwrap();
    // Without normals each triangle gets its own vertices, in the order of its corners.
    assert_eq!(import.model.meshes[0].primitives[0].positions, [Vec3::Y, Vec3::X, Vec3::ZERO]);
}

#[test]
fn a_direction_without_length_does_not_lose_the_others() {
    let mut workspace = Workspace::default();
    let mut filtered = encode_filter_oct(2, 4, 8, &[0.0, 0.0, 1.0, 0.0, 0.0, 0.6, 0.8, 0.0], &mut workspace).unwrap();
    filtered[..4].fill(0);
    let bytes = encode_vertex_buffer(&filtered, 2, 4, VertexEncoding::new(0, 2).unwrap(), &mut workspace).unwrap();
    let job = vitrine::unpack::Job { decoder: vitrine::unpack::Decoder::Meshopt, parameters: vec![0, 1, 2, 4], bytes };
    let plain = vitrine::unpack::run(&job).unwrap();
    assert!(plain[..4] == [0; 4] && plain[4..8] != [0; 4], "{plain:?}");
}

#[test]
fn wrong_words_and_broken_data_are_told_with_their_place() {
    let good = packed_sheet("EXT_meshopt_compression", 0);
    let spoil = |path: &str, value: Value| {
        let mut glb = good.clone();
        *glb.json.pointer_mut(&format!("/bufferViews/1/extensions/EXT_meshopt_compression/{path}")).unwrap() = value;
        super::read(&glb.to_bytes(), &Files::default()).unwrap_err()
    };
    for (path, value, code) in [
        ("mode", json!("CIRCLES"), "invalid-gltf"),
        ("filter", json!(7), "invalid-gltf"),
        ("byteStride", json!(0), "invalid-gltf"),
        ("count", json!(1_u64 << 40), "too-large"),
        ("byteLength", json!(1 << 30), "invalid-gltf"),
        ("byteLength", json!(30), "unpack-failed"),
    ] {
        let error = spoil(path, value);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.message().contains("bufferViews/1"), "{error}");
    }
    let mut colors = bytes_of(&[0.0; 8]);
    colors.truncate(30);
    assert_eq!(spoil("count", json!(1)).code(), "unpack-failed");
}
