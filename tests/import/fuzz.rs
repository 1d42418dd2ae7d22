//! Damage by the thousand: cut, flipped and rewritten files never panic, never take long, and never break a promise.

use super::{Glb, sound};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use vitrine::import;

/// A file in which most parts of the reader have something to do.
fn rich() -> Glb {
    let mut glb = Glb::triangle();
    let indices = glb.accessor(5123, "SCALAR", 3, &[0, 0, 1, 0, 2, 0]);
    let normals = glb.floats("VEC3", &[0.0, 0.0, 1.0].repeat(3));
    let tangents = glb.floats("VEC4", &[1.0, 0.0, 0.0, 1.0].repeat(3));
    let uvs = glb.floats("VEC2", &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    let colors = glb.accessor(5121, "VEC4", 3, &[255; 12]);
    let sparse_indices = glb.view(&[1]);
    let sparse_values = glb.view(&[0; 12]);
    glb.json["accessors"][colors]["normalized"] = json!(true);
    glb.json["accessors"][0]["sparse"] = json!({
        "count": 1,
        "indices": { "bufferView": sparse_indices, "componentType": 5121 },
        "values": { "bufferView": sparse_values },
    });
    for (name, accessor) in [("NORMAL", normals), ("TANGENT", tangents), ("TEXCOORD_0", uvs), ("COLOR_0", colors)] {
        glb.set_attribute(name, accessor);
    }
    glb.primitive()["indices"] = json!(indices);
    glb.primitive()["mode"] = json!(4);
    glb.primitive()["material"] = json!(0);
    let picture = glb.view(b"\x89PNG\r\n\x1a\n....");
    glb.json["images"] = json!([{ "bufferView": picture }, { "uri": "data:image/png;base64,iVBORw0K" }]);
    glb.json["samplers"] = json!([{ "magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 33071 }]);
    glb.json["textures"] = json!([{ "source": 0, "sampler": 0 }, { "source": 1 }]);
    let transform =
        json!({ "KHR_texture_transform": { "offset": [0, 1], "rotation": 1, "scale": [2, 2], "texCoord": 0 } });
    glb.json["materials"] = json!([{
        "pbrMetallicRoughness": { "baseColorFactor": [1, 1, 1, 1], "baseColorTexture": { "index": 0, "extensions": transform } },
        "normalTexture": { "index": 1, "scale": 0.5 }, "emissiveFactor": [1, 1, 1], "alphaMode": "MASK", "alphaCutoff": 0.5,
        "extensions": { "KHR_materials_emissive_strength": { "emissiveStrength": 2 } },
    }, {}]);
    glb.json["extensions"]["KHR_materials_variants"] = json!({ "variants": [{ "name": "a" }, { "name": "b" }] });
    glb.primitive()["extensions"]["KHR_materials_variants"] =
        json!({ "mappings": [{ "material": 1, "variants": [0, 1] }] });
    glb.json["nodes"] = json!([
        { "children": [1, 2], "translation": [0, 1, 0], "rotation": [0, 0, 0, 1], "scale": [1, 1, 1] },
        { "mesh": 0 },
        { "mesh": 0, "matrix": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] },
    ]);
    glb
}

/// Reads what may be broken: only the promises count. True when a model came out.
fn survive(file: &[u8], case: &str) -> bool {
    let outcome = std::panic::catch_unwind(|| {
        let _ = import::needs(file);
        match import::read(file, &HashMap::new()) {
            Ok(import) => {
                sound::check(&import.model);
                true
            }
            Err(error) => {
                assert!(!error.message.is_empty() && error.message.len() < 2000);
                false
            }
        }
    });
    outcome.unwrap_or_else(|_| panic!("{case} is not survived"))
}

/// Marsaglia's xorshift: the same damage in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

#[test]
fn a_file_cut_at_any_byte_is_called_truncated() {
    let whole = rich().to_bytes();
    assert!(survive(&whole, "the whole file"));
    for length in 0..whole.len() {
        let error = import::read(&whole[..length], &HashMap::new()).unwrap_err();
        assert_eq!(error.code, "truncated", "{length}: {error}");
    }
    let mut text = rich().json;
    text["buffers"] = json!([{ "byteLength": 0, "uri": "data:," }]);
    let text = text.to_string();
    for length in 1..text.len() {
        let error = import::read(&text.as_bytes()[..length], &HashMap::new()).unwrap_err();
        assert_eq!(error.code, "truncated", "{length}: {error}");
    }
}

#[test]
fn flipped_bytes_are_survived() {
    let whole = rich().to_bytes();
    let mut dice = Dice(0x5EED);
    let start = Instant::now();
    let mut read = 0;
    for case in 0..4000 {
        let mut file = whole.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(file.len());
            file[at] = if dice.below(2) == 0 { file[at] ^ 1 << dice.below(8) } else { dice.below(256) as u8 };
        }
        read += usize::from(survive(&file, &format!("flip {case}")));
    }
    assert!(read > 100, "only {read} of the damaged files got far enough to be read");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn rewritten_values_are_survived() {
    let whole = rich();
    let paths = paths_of(&whole.json);
    let mut dice = Dice(0xC0FFEE);
    let start = Instant::now();
    let mut read = 0;
    for case in 0..3000 {
        let mut glb = whole.clone();
        glb.json["buffers"] = json!([{ "byteLength": glb.binary.len() }]);
        for _ in 0..=dice.below(2) {
            let path = &paths[dice.below(paths.len())];
            if let Some(value) = glb.json.pointer_mut(path) {
                *value = strange_value(&mut dice);
            }
        }
        read += usize::from(survive(&glb.to_bytes(), &format!("rewrite {case}")));
    }
    assert!(read > 200, "only {read} of the rewritten files got far enough to be read");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

/// Every place in the JSON.
fn paths_of(json: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    let mut open = vec![(String::new(), json)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(fields) => open.extend(fields.iter().map(|(key, value)| (format!("{path}/{key}"), value))),
            Value::Array(list) => open.extend(list.iter().enumerate().map(|(i, value)| (format!("{path}/{i}"), value))),
            _ => {}
        }
        paths.push(path);
    }
    paths
}

fn strange_value(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(""),
        json!([]),
        json!({}),
        json!(-1),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(5),
        json!(0.5),
        json!(255),
        json!(5120),
        json!(5125),
        json!(5126),
        json!(65_536),
        json!(4_294_967_295_u64),
        json!(4_294_967_296_u64),
        json!(u64::MAX),
        json!(1e300),
        json!(-1e38),
        json!("VEC3"),
        json!("SCALAR"),
        json!("data:,"),
        json!([0]),
        json!([0, 1, 2]),
        json!([1e38, 1e38, 1e38]),
        json!([{}]),
        json!("\u{0}"),
    ];
    values[dice.below(values.len())].clone()
}
