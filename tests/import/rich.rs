//! A file in which most parts of the reader have something to do, to be damaged in every way.

use super::Glb;
use serde_json::{Value, json};

/// The file, whole.
pub fn rich() -> Glb {
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
        "occlusionTexture": { "index": 1, "strength": 0.5 }, "emissiveTexture": { "index": 1 }, "doubleSided": true,
        "extensions": lobes(),
    }, { "extensions": { "KHR_materials_unlit": {} } }]);
    glb.json["extensions"]["KHR_materials_variants"] = json!({ "variants": [{ "name": "a" }, { "name": "b" }] });
    glb.primitive()["extensions"]["KHR_materials_variants"] =
        json!({ "mappings": [{ "material": 1, "variants": [0, 1] }] });
    add_motion(&mut glb);
    let copies = glb.floats("VEC3", &[0.0, 0.0, 0.0, 5.0, 0.0, 0.0]);
    let attributes = json!({ "TRANSLATION": copies });
    glb.json["extensionsUsed"] = json!(["KHR_texture_transform", "EXT_mesh_gpu_instancing", "KHR_node_visibility"]);
    glb.json["extensionsRequired"] = json!(["KHR_texture_transform"]);
    glb.json["scene"] = json!(0);
    glb.json["scenes"] = json!([{ "nodes": [0, 3], "name": "shop" }]);
    glb.json["nodes"] = json!([
        { "children": [1, 2], "translation": [0, 1, 0], "rotation": [0, 0, 0, 1], "scale": [1, 1, 1] },
        { "mesh": 0, "skin": 0, "weights": [0, 1] },
        {
            "mesh": 0, "matrix": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
            "extensions": {
                "EXT_mesh_gpu_instancing": { "attributes": attributes }, "KHR_node_visibility": { "visible": true },
            },
        },
        { "children": [4], "name": "hip" },
        { "translation": [0, 1, 0] },
    ]);
    glb
}

/// Joints, morph targets and an animation of both, for nodes that come later.
fn add_motion(glb: &mut Glb) {
    let joints = glb.accessor(5121, "VEC4", 3, &[0, 1, 0, 0].repeat(3));
    let weights = glb.floats("VEC4", &[0.5, 0.5, 0.0, 0.0].repeat(3));
    glb.set_attribute("JOINTS_0", joints);
    glb.set_attribute("WEIGHTS_0", weights);
    let lift = glb.floats("VEC3", &[0.0, 0.0, 1.0].repeat(3));
    glb.primitive()["targets"] = json!([{ "POSITION": lift, "NORMAL": lift, "TANGENT": lift }, { "POSITION": lift }]);
    glb.json["meshes"][0]["weights"] = json!([0.5, 0]);
    let matrices =
        glb.floats("MAT4", &[1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0].repeat(2));
    glb.json["accessors"][matrices]["count"] = json!(2);
    glb.json["skins"] = json!([{ "joints": [3, 4], "skeleton": 3, "inverseBindMatrices": matrices, "name": "rig" }]);
    let times = glb.floats("SCALAR", &[0.0, 1.0]);
    let moves = glb.floats("VEC3", &[0.0; 6]);
    let turns = glb.accessor(5122, "VEC4", 2, &[0, 0, 0, 0, 0, 0, 255, 127].repeat(2));
    glb.json["accessors"][turns]["normalized"] = json!(true);
    let blends = glb.floats("SCALAR", &[0.0; 12]);
    glb.json["animations"] = json!([{
        "name": "walk",
        "samplers": [
            { "input": times, "output": moves, "interpolation": "LINEAR" },
            { "input": times, "output": turns, "interpolation": "STEP" },
            { "input": times, "output": blends, "interpolation": "CUBICSPLINE" },
        ],
        "channels": [
            { "sampler": 0, "target": { "node": 3, "path": "translation" } },
            { "sampler": 1, "target": { "node": 4, "path": "rotation" } },
            { "sampler": 2, "target": { "node": 1, "path": "weights" } },
        ],
    }]);
}

/// Every extension of materials that refines a surface.
fn lobes() -> Value {
    let slot = || json!({ "index": 1, "texCoord": 0 });
    json!({
        "KHR_materials_emissive_strength": { "emissiveStrength": 2 },
        "KHR_materials_clearcoat": {
            "clearcoatFactor": 1, "clearcoatTexture": slot(), "clearcoatRoughnessFactor": 0.5,
            "clearcoatRoughnessTexture": slot(), "clearcoatNormalTexture": slot(),
        },
        "KHR_materials_sheen": {
            "sheenColorFactor": [1, 1, 1], "sheenColorTexture": slot(), "sheenRoughnessFactor": 1,
            "sheenRoughnessTexture": slot(),
        },
        "KHR_materials_specular": {
            "specularFactor": 1, "specularTexture": slot(), "specularColorFactor": [1, 1, 1], "specularColorTexture": slot(),
        },
        "KHR_materials_ior": { "ior": 1.4 },
        "KHR_materials_transmission": { "transmissionFactor": 1, "transmissionTexture": slot() },
        "KHR_materials_volume": {
            "thicknessFactor": 1, "thicknessTexture": slot(), "attenuationDistance": 1, "attenuationColor": [1, 1, 1],
        },
        "KHR_materials_dispersion": { "dispersion": 0.2 },
        "KHR_materials_iridescence": {
            "iridescenceFactor": 1, "iridescenceTexture": slot(), "iridescenceIor": 1.4,
            "iridescenceThicknessMinimum": 100, "iridescenceThicknessMaximum": 400,
            "iridescenceThicknessTexture": slot(),
        },
        "KHR_materials_anisotropy": { "anisotropyStrength": 1, "anisotropyRotation": 1, "anisotropyTexture": slot() },
    })
}

/// Every place in the JSON.
pub fn paths_of(json: &Value) -> Vec<String> {
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
