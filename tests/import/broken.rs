//! Everything wrong once: the right code, a message that names the place, no panic.

use super::{Glb, read};
use serde_json::{Value, json};
use vitrine::import::Files;
use vitrine::import::{self, Error};

fn error_of(file: &[u8]) -> Error {
    match import::read(file, &Files::default()) {
        Ok(import) => panic!("was read, with {:?}", import.warnings),
        Err(error) => error,
    }
}

/// A triangle with indices, normals, a sparse part, a second node, a material with a texture, and two variants.
fn good() -> Glb {
    let mut glb = Glb::triangle();
    let indices = glb.accessor(5121, "SCALAR", 3, &[0, 1, 2]);
    let normals = glb.floats("VEC3", &[0.0, 0.0, 1.0].repeat(3));
    let replaced = glb.view(&[2]);
    let values = glb.view(&[0; 12]);
    glb.json["accessors"][normals]["sparse"] = json!({
        "count": 1,
        "indices": { "bufferView": replaced, "componentType": 5121 },
        "values": { "bufferView": values },
    });
    glb.set_attribute("NORMAL", normals);
    glb.primitive()["indices"] = json!(indices);
    glb.primitive()["material"] = json!(0);
    glb.json["nodes"] = json!([{ "children": [1] }, { "mesh": 0 }]);
    let picture = glb.view(b"\x89PNG\r\n\x1a\n....");
    glb.json["images"] = json!([{ "bufferView": picture, "mimeType": "image/png" }]);
    glb.json["samplers"] = json!([{}]);
    glb.json["textures"] = json!([{ "source": 0, "sampler": 0 }]);
    glb.json["materials"] = json!([{ "normalTexture": { "index": 0 } }]);
    glb.json["extensions"]["KHR_materials_variants"] = json!({ "variants": [{ "name": "a" }, { "name": "b" }] });
    glb.primitive()["extensions"]["KHR_materials_variants"] =
        json!({ "mappings": [{ "material": 0, "variants": [1] }] });
    glb.add_uvs();
    glb.json["buffers"] = json!([{ "byteLength": glb.binary.len() }]);
    glb
}

#[test]
fn the_file_before_it_is_broken_is_good() {
    assert_eq!(read(&good()).warnings, Vec::<String>::new());
}

/// Where in the JSON, what stands there instead, the code, a part of the message.
#[rustfmt::skip]
const WRONG: &[(&str, &str, &str, &str)] = &[
    ("/asset", "null", "not-gltf", "asset"),
    ("/asset/version", r#""1.0""#, "not-gltf", "only glTF 2.0"),
    ("/asset/version", "2", "not-gltf", "only glTF 2.0"),
    ("/asset/minVersion", r#""2.1""#, "not-gltf", "minVersion"),
    ("/buffers", "{}", "invalid-gltf", "`buffers` should be a list"),
    ("/buffers/0", "3", "invalid-gltf", "buffers/0: an object should stand here"),
    ("/buffers/0/byteLength", "4096", "truncated", "buffers/0: its `byteLength` is 4096"),
    ("/buffers/0/byteLength", "-1", "invalid-gltf", "`byteLength` should be a whole number"),
    ("/buffers/0/byteLength", "1e300", "invalid-gltf", "`byteLength`"),
    ("/buffers/0/byteLength", "null", "invalid-gltf", "`byteLength` is missing"),
    ("/buffers/0/byteLength", "8", "invalid-gltf", "bytes from byte 92 of buffer 0, which has 8"),
    ("/buffers/0/uri", r#""other.bin""#, "missing-file", "other.bin"),
    ("/buffers/0/uri", r#""data:base64""#, "invalid-gltf", "no comma"),
    ("/buffers/0/uri", r#""data:;base64,!!""#, "invalid-gltf", "not valid base64"),
    ("/buffers/0/uri", "7", "invalid-gltf", "`uri` should be a text"),
    ("/bufferViews/0/buffer", "1", "invalid-gltf", "there are 1 buffers"),
    ("/bufferViews/0/buffer", "null", "invalid-gltf", "`buffer` is missing"),
    ("/bufferViews/0/byteOffset", "18446744073709551615", "invalid-gltf", "bufferViews/0: it takes"),
    ("/bufferViews/0/byteLength", "18446744073709551615", "invalid-gltf", "bufferViews/0: it takes"),
    ("/bufferViews/0/byteLength", "35", "invalid-gltf", "do not fit into the 35 bytes"),
    ("/bufferViews/0/byteStride", "0", "invalid-gltf", "`byteStride` must be from 4 to 252"),
    ("/bufferViews/0/byteStride", "253", "invalid-gltf", "`byteStride` must be from 4 to 252"),
    ("/bufferViews/0/byteStride", "8", "invalid-gltf", "the stride is 8"),
    ("/bufferViews/0/byteStride", "16", "invalid-gltf", "16 apart"),
    ("/accessors/0/bufferView", "99", "invalid-gltf", "bufferView 99 is named"),
    ("/accessors/0/byteOffset", "4", "invalid-gltf", "from byte 4"),
    ("/accessors/0/byteOffset", "18446744073709551615", "invalid-gltf", "do not fit"),
    ("/accessors/0/count", "4", "invalid-gltf", "accessor 0 (meshes/0/primitives/0 POSITION): 4 elements"),
    ("/accessors/0/count", "18446744073709551615", "invalid-gltf", "do not fit"),
    ("/accessors/0/count", "2", "invalid-gltf", "names vertex 2, but there are 2"),
    ("/accessors/0/count", "1.5", "invalid-gltf", "`count` should be a whole number"),
    ("/accessors/0/componentType", "5124", "invalid-gltf", "componentType 5124 does not exist"),
    ("/accessors/0/componentType", "5125", "invalid-gltf", "POSITION cannot be 3 32-bit unsigned"),
    ("/accessors/0/type", r#""VEC2""#, "invalid-gltf", "POSITION cannot be 2"),
    ("/accessors/0/type", r#""MAT3""#, "invalid-gltf", "\"MAT3\""),
    ("/accessors/0/normalized", "1", "invalid-gltf", "`normalized` should be true or false"),
    ("/accessors/1/componentType", "5120", "invalid-gltf", "indices must be single unsigned"),
    ("/accessors/1/type", r#""VEC2""#, "invalid-gltf", "do not fit"),
    ("/accessors/2/sparse/count", "4", "invalid-gltf", "replaces 4 elements of 3"),
    ("/accessors/2/sparse/count", "2", "invalid-gltf", "sparse, indices: 2 elements"),
    ("/accessors/2/sparse/indices", "null", "invalid-gltf", "`indices` is missing"),
    ("/accessors/2/sparse/values", "null", "invalid-gltf", "`values` is missing"),
    ("/accessors/2/sparse/indices/componentType", "5126", "invalid-gltf", "indices cannot be 32-bit floats"),
    ("/accessors/2/sparse/indices/bufferView", "99", "invalid-gltf", "bufferView 99"),
    ("/accessors/2/sparse/values/byteOffset", "1", "invalid-gltf", "sparse, values: 1 elements"),
    ("/meshes/0", "[]", "invalid-gltf", "meshes/0: an object should stand here"),
    ("/meshes/0/primitives/0/attributes", "null", "invalid-gltf", "`attributes` is missing"),
    ("/meshes/0/primitives/0/attributes/POSITION", "99", "invalid-gltf", "POSITION: accessor 99 is named"),
    ("/meshes/0/primitives/0/attributes/NORMAL", "1", "invalid-gltf", "NORMAL cannot be 1"),
    ("/meshes/0/primitives/0/attributes/NORMAL", "-1", "invalid-gltf", "`NORMAL` should be a whole number"),
    ("/meshes/0/primitives/0/indices", "99", "invalid-gltf", "primitives/0 indices: accessor 99"),
    ("/meshes/0/primitives/0/mode", "7", "invalid-gltf", "mode 7 does not exist"),
    ("/meshes/0/primitives/0/material", "1", "invalid-gltf", "there are 1 materials"),
    ("/meshes/0/primitives/0/extensions/KHR_materials_variants/mappings/0/material", "9", "invalid-gltf", "1 materials"),
    ("/meshes/0/primitives/0/extensions/KHR_materials_variants/mappings/0/variants/0", "2", "invalid-gltf", "2 variants"),
    ("/extensions/KHR_materials_variants/variants/0/name", "3", "invalid-gltf", "`name` should be a text"),
    ("/nodes/1/mesh", "1", "invalid-gltf", "nodes/1: `mesh` is 1, but there are 1 meshes"),
    ("/nodes/0/children/0", "2", "invalid-gltf", "there are 2 nodes"),
    ("/nodes/0/children/0", "0", "invalid-gltf", "nodes/0: it is its own ancestor"),
    ("/nodes/0/children", "[1, 1]", "invalid-gltf", "nodes/1: it is a child of node 0 and again of node 0"),
    ("/nodes/1/children", "[0]", "invalid-gltf", "it is its own ancestor"),
    ("/nodes/0/rotation", "[0, 0, 0, 0]", "invalid-gltf", "`rotation` is no rotation"),
    ("/nodes/0/rotation", "[0, 0, 1]", "invalid-gltf", "3 numbers where 4 belong"),
    ("/nodes/0/matrix", "[1]", "invalid-gltf", "1 numbers where 16 belong"),
    ("/nodes/0/scale", "[1e39, 0, 0]", "invalid-gltf", "`scale` should be a number"),
    ("/scene", "1", "invalid-gltf", "there are 1 scenes"),
    ("/scenes/0/nodes/0", "2", "invalid-gltf", "there are 2 nodes"),
    ("/scenes/0/nodes/0", "1", "invalid-gltf", "is a child of another node"),
    ("/scenes/0/nodes", "[0, 0]", "invalid-gltf", "stands at its top twice"),
    ("/materials/0/normalTexture/index", "1", "invalid-gltf", "there are 1 textures"),
    ("/materials/0/normalTexture/index", "null", "invalid-gltf", "`index` is missing"),
    ("/materials/0/alphaMode", r#""GLASS""#, "invalid-gltf", "OPAQUE, MASK or BLEND"),
    ("/materials/0/doubleSided", r#""no""#, "invalid-gltf", "`doubleSided` should be true or false"),
    ("/materials/0/emissiveFactor", "[1, 1]", "invalid-gltf", "2 numbers where 3 belong"),
    ("/textures/0/source", "1", "invalid-gltf", "there are 1 images"),
    ("/textures/0/sampler", "1", "invalid-gltf", "there are 1 samplers"),
    ("/samplers/0/wrapS", "1", "invalid-gltf", "`wrapS` cannot be 1"),
    ("/samplers/0/magFilter", "9987", "invalid-gltf", "`magFilter` cannot be 9987"),
    ("/samplers/0/minFilter", "1", "invalid-gltf", "`minFilter` cannot be 1"),
    ("/images/0/bufferView", "99", "invalid-gltf", "images/0: bufferView 99"),
    ("/extensionsRequired", r#""KHR""#, "invalid-gltf", "`extensionsRequired` should be a list"),
    ("/extensionsRequired", "[1]", "invalid-gltf", "should hold texts"),
];

#[test]
fn every_wrong_value_is_an_error_that_names_its_place() {
    for (path, value, code, part) in WRONG {
        let mut glb = good();
        set(&mut glb.json, path, serde_json::from_str(value).expect("JSON"));
        let error = error_of(&glb.to_bytes());
        assert_eq!(error.code(), *code, "{path} = {value}: {error}");
        assert!(error.message().contains(part), "{path} = {value}: {error}");
    }
}

/// Puts a value at a JSON pointer whose parent exists.
fn set(json: &mut Value, path: &str, value: Value) {
    let (parent, key) = path.rsplit_once('/').expect("a pointer");
    match json.pointer_mut(parent).unwrap_or_else(|| panic!("{path}")) {
        Value::Array(list) => list[key.parse::<usize>().expect("an index")] = value,
        object => object[key] = value,
    }
}

#[test]
fn wrong_numbers_in_the_buffer_are_errors() {
    let cases: [(usize, &[u8], &str); 4] = [
        (0, &f32::NAN.to_le_bytes(), "accessor 0 (meshes/0/primitives/0 POSITION): vertex 0 is not at a finite place"),
        (28, &f32::INFINITY.to_le_bytes(), "vertex 2 is not at a finite place"),
        (38, &[3], "accessor 1 (meshes/0/primitives/0 indices): it names vertex 3, but there are 3"),
        (76, &[3], "accessor 2 (meshes/0/primitives/0 NORMAL): its sparse part replaces element 3"),
    ];
    for (at, bytes, part) in cases {
        let mut glb = good();
        glb.binary[at..at + bytes.len()].copy_from_slice(bytes);
        let error = error_of(&glb.to_bytes());
        assert_eq!(error.code(), "invalid-gltf");
        assert!(error.message().contains(part), "{error}");
    }
}

#[test]
fn what_is_no_gltf_is_told_by_its_first_bytes() {
    let cases: [(&[u8], &str, &str); 9] = [
        (b"", "truncated", "empty"),
        (b"glT", "truncated", "first four bytes"),
        (b"<!doctype html>", "not-gltf", "web page"),
        (b"PK\x03\x04", "not-gltf", "zip"),
        (b"\x89PNG\r\n", "not-gltf", "neither"),
        (b"{\"name\":1}", "not-gltf", "asset"),
        (b"{\"asset\":{}}", "not-gltf", "asset.version"),
        (b"{\"asset\" 1}", "invalid-gltf", "the JSON"),
        (b"glTF\x01\0\0\0\x0c\0\0\0", "not-gltf", "version 1"),
    ];
    for (file, code, part) in cases {
        let error = error_of(file);
        assert_eq!((error.code(), import::needs(file).unwrap_err()), (code, error.clone()));
        assert!(error.message().contains(part), "{error}");
    }
}

#[test]
fn wrong_container_lengths_are_told() {
    let whole = good().to_bytes();
    // The file's length, the JSON chunk's length, the JSON chunk's kind.
    let cases: [(usize, u32, &str, &str); 4] = [
        (8, u32::MAX, "truncated", "promises 4294967295 bytes"),
        (8, 4, "invalid-gltf", "no JSON chunk"),
        (12, u32::MAX, "truncated", "a chunk promises"),
        (16, 0, "invalid-gltf", "no JSON chunk"),
    ];
    for (at, value, code, part) in cases {
        let mut file = whole.clone();
        file[at..at + 4].copy_from_slice(&value.to_le_bytes());
        let error = error_of(&file);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.message().contains(part), "{error}");
    }
}

#[test]
fn small_files_cannot_ask_for_much_memory() {
    let mut zeros = Glb::triangle();
    zeros.json["accessors"][0] = json!({ "componentType": 5126, "type": "VEC3", "count": 4_000_000_000_u64 });
    let mut repeated = zeros.clone();
    repeated.json["accessors"][0]["count"] = json!(14_000_000);
    repeated.primitive()["mode"] = json!(0);
    repeated.json["meshes"][0]["primitives"] = vec![repeated.primitive().clone(); 1000].into();
    let mut pictures = Glb::triangle();
    let view = pictures.view(&[0xFF; 1 << 20]);
    pictures.json["images"] = vec![json!({ "bufferView": view, "mimeType": "image/png" }); 500].into();
    pictures.json["textures"] = (0..500).map(|source| json!({ "source": source })).collect();
    pictures.json["materials"] = (0..500).map(|index| json!({ "normalTexture": { "index": index } })).collect();
    for glb in [zeros, repeated, pictures] {
        let error = error_of(&glb.to_bytes());
        assert_eq!(error.code(), "too-large", "{error}");
    }
    let many_objects = format!("{{\"asset\":[{}]}}", "{},".repeat(400_000));
    assert_eq!(error_of(many_objects.as_bytes()).code(), "too-large");
    let deep = "[".repeat(100_000);
    assert_eq!(error_of(format!("{{\"asset\":{deep}").as_bytes()).code(), "invalid-gltf");
}
