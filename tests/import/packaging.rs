//! Around the data: .glb and .gltf, addresses, other files, and what extensions a file may ask for.

use super::{Glb, read, read_with};
use serde_json::json;
use vitrine::import;
use vitrine::import::Files;

fn needs(file: &[u8]) -> Vec<String> {
    import::needs(file).expect("a file that can be understood")
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_usize, |bits, &byte| bits << 8 | usize::from(byte)) << (8 * (3 - three.len()));
        let digits = (0..=three.len()).map(|i| char::from(ALPHABET[bits >> (18 - 6 * i) & 63]));
        text.extend(digits.chain("==".chars()).take(4));
    }
    text
}

#[test]
fn every_packaging_gives_the_same_model() {
    let glb = Glb::triangle();
    let expected = read(&glb).model;
    let percent: String = glb.binary.iter().map(|byte| format!("%{byte:02x}")).collect();
    let others = Files::from_iter([("chair 1.bin".to_owned(), glb.binary.clone())]);
    let uris = [
        format!("data:application/octet-stream;base64,{}", base64(&glb.binary)),
        format!("data:application/octet-stream,{percent}"),
        "chair 1.bin".to_owned(),
    ];
    for uri in uris {
        let file = glb.to_gltf(&uri);
        assert_eq!(import::read(&file, &others).unwrap().model, expected, "{uri}");
        assert_eq!(needs(&file).len(), usize::from(uri == "chair 1.bin"));
    }
    let with_mark = [b"\xEF\xBB\xBF \n", glb.to_gltf("chair 1.bin").as_slice()].concat();
    assert_eq!(import::read(&with_mark, &others).unwrap().model, expected);
}

#[test]
fn chunks_of_other_kinds_and_bytes_behind_the_end_are_skipped() {
    let glb = Glb::triangle();
    let mut bytes = glb.to_bytes();
    bytes.extend([&3_u32.to_le_bytes()[..], b"ABCD", b"xyz"].concat());
    let length = bytes.len() as u32;
    bytes[8..12].copy_from_slice(&length.to_le_bytes());
    bytes.extend(b"trailing");
    assert_eq!(import::read(&bytes, &Files::default()).unwrap().model, read(&glb).model);
}

#[test]
fn needed_files_are_listed_once_in_file_order_without_idle_pictures() {
    let mut glb = Glb::new();
    glb.json["buffers"] = json!([
        { "byteLength": 1, "uri": "b.bin" }, { "byteLength": 1, "uri": "data:,x" }, { "byteLength": 1, "uri": "a.bin" },
    ]);
    glb.json["images"] = json!([{ "uri": "idle.png" }, { "uri": "z.png" }, { "uri": "a.bin" }]);
    glb.json["textures"] = json!([{ "source": 1 }, { "source": 2 }, { "source": 0 }]);
    glb.json["materials"] = json!([{ "emissiveTexture": { "index": 1 }, "normalTexture": { "index": 0 } }]);
    assert_eq!(needs(glb.json.to_string().as_bytes()), ["b.bin", "a.bin", "z.png"]);
}

#[test]
fn a_missing_buffer_is_an_error_and_a_missing_picture_a_warning() {
    let glb = Glb::triangle();
    let error = import::read(&glb.to_gltf("chair.bin"), &Files::default()).unwrap_err();
    assert_eq!(error.code(), "missing-file");
    assert!(error.message().contains("chair.bin"), "{error}");

    let mut glb = Glb::triangle();
    glb.json["images"] = json!([{ "uri": "seat.png" }]);
    glb.json["textures"] = json!([{ "source": 0 }]);
    glb.json["materials"] = json!([{ "emissiveTexture": { "index": 0 } }]);
    let import = read(&glb);
    assert!(import.warnings[0].contains("seat.png"), "{:?}", import.warnings);
    assert!(import.model.images[0].bytes.is_empty());

    let others = Files::from_iter([("seat.png".to_owned(), b"\x89PNG...".to_vec())]);
    let import = read_with(&glb, &others);
    assert_eq!(import.warnings, Vec::<String>::new());
    let image = &import.model.images[0];
    assert_eq!((image.name.as_str(), image.media_type.as_str(), image.bytes.len()), ("seat.png", "image/png", 7));
    glb.json["images"][0] = json!({ "uri": "data:image/gif;base64,R0lG" });
    let image = &read(&glb).model.images[0];
    assert_eq!(
        (image.name.as_str(), image.media_type.as_str(), image.bytes.as_slice()),
        ("", "image/gif", &b"GIF"[..])
    );
}

#[test]
fn required_extensions_that_cannot_be_drawn_are_refused_with_advice() {
    let cases = [("MSFT_texture_dds", "PNG, JPEG or WebP"), ("ACME_teapot", "extensionsRequired")];
    for (name, advice) in cases {
        let mut glb = Glb::triangle();
        glb.json["extensionsUsed"] = json!([name]);
        glb.json["extensionsRequired"] = json!([name]);
        let error = import::read(&glb.to_bytes(), &Files::default()).unwrap_err();
        assert_eq!(error.code(), "unsupported-extension");
        assert!(error.message().contains(name) && error.message().contains(advice), "{error}");
        assert_eq!(import::needs(&glb.to_bytes()).unwrap_err(), error, "known before anything else is fetched");
    }
}

#[test]
fn what_can_be_left_out_is_left_out_with_one_warning_each() {
    let mut glb = Glb::triangle();
    glb.json["extensionsUsed"] = json!([
        "KHR_materials_clearcoat",
        "KHR_materials_diffuse_roughness",
        "EXT_materials_bump",
        "KHR_materials_unlit",
        "KHR_draco_mesh_compression",
        "KHR_xmp_json_ld",
        "ACME_teapot",
    ]);
    glb.json["extensionsRequired"] = json!(["KHR_materials_diffuse_roughness", "KHR_materials_unlit"]);
    let warnings = read(&glb).warnings;
    assert_eq!(warnings.len(), 3, "{warnings:?}");
    for (warning, name) in warnings.iter().zip(["diffuse_roughness", "bump", "ACME_teapot"]) {
        assert!(warning.contains(name) && warning.ends_with('.'), "{warning}");
    }
}

#[test]
fn packed_data_that_nobody_unpacked_is_refused_though_it_is_optional() {
    let mut draco = Glb::triangle();
    draco.json["accessors"][0].as_object_mut().unwrap().remove("bufferView");
    draco.primitive()["extensions"]["KHR_draco_mesh_compression"] = json!({ "bufferView": 0, "attributes": {} });
    let mut meshopt = Glb::triangle();
    meshopt.json["buffers"] = json!([{ "byteLength": 36 }, { "byteLength": 36 }]);
    meshopt.json["bufferViews"][0]["buffer"] = json!(1);
    meshopt.json["bufferViews"][0]["extensions"]["EXT_meshopt_compression"] = json!({});
    for (glb, place) in [(draco, "meshes/0/primitives/0"), (meshopt, "bufferViews/0")] {
        let error = import::read(&glb.to_bytes(), &Files::default()).unwrap_err();
        assert_eq!(error.code(), "packed", "{error}");
        assert!(error.message().contains(place));
    }
}
