//! Builds small glTF files by code, so that a test says in one line what is special about its file.

use serde_json::{Value, json};

/// A file in the making: the JSON is open to every change, the buffer grows by [`Glb::view`].
#[derive(Clone, Debug)]
pub struct Glb {
    pub json: Value,
    pub binary: Vec<u8>,
}

impl Glb {
    /// Only the version.
    pub fn new() -> Self {
        Self { json: json!({ "asset": { "version": "2.0" } }), binary: Vec::new() }
    }

    /// One scene, one node, one mesh, one triangle with positions: accessor 0.
    pub fn triangle() -> Self {
        Self::with_positions(&[[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    }

    /// The same with other corners.
    pub fn with_positions(positions: &[[f32; 3]]) -> Self {
        let mut glb = Self::new();
        let position = glb.floats("VEC3", positions.as_flattened());
        glb.json["scene"] = json!(0);
        glb.json["scenes"] = json!([{ "nodes": [0] }]);
        glb.json["nodes"] = json!([{ "mesh": 0 }]);
        glb.json["meshes"] = json!([{ "primitives": [{ "attributes": { "POSITION": position } }] }]);
        glb
    }

    /// Appends to one of the file's lists; returns the index.
    pub fn push(&mut self, list: &str, value: Value) -> usize {
        if self.json[list].is_null() {
            self.json[list] = json!([]);
        }
        let list = self.json[list].as_array_mut().expect("a list of the file");
        list.push(value);
        list.len() - 1
    }

    /// Puts bytes into the buffer behind a view of their own.
    pub fn view(&mut self, bytes: &[u8]) -> usize {
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        let view = json!({ "buffer": 0, "byteOffset": self.binary.len(), "byteLength": bytes.len() });
        self.binary.extend(bytes);
        self.push("bufferViews", view)
    }

    /// An accessor over bytes of its own.
    pub fn accessor(&mut self, component: u32, kind: &str, count: usize, bytes: &[u8]) -> usize {
        let view = self.view(bytes);
        self.push("accessors", json!({ "bufferView": view, "componentType": component, "type": kind, "count": count }))
    }

    /// An accessor of floats.
    pub fn floats(&mut self, kind: &str, values: &[f32]) -> usize {
        let width = match kind {
            "SCALAR" => 1,
            "VEC2" => 2,
            "VEC3" => 3,
            _ => 4,
        };
        let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.accessor(5126, kind, values.len() / width, &bytes)
    }

    /// The first primitive.
    pub fn primitive(&mut self) -> &mut Value {
        &mut self.json["meshes"][0]["primitives"][0]
    }

    /// Gives the first primitive another stream.
    pub fn set_attribute(&mut self, name: &str, accessor: usize) {
        self.primitive()["attributes"][name] = json!(accessor);
    }

    /// Gives the first primitive, a triangle, both sets of texture coordinates.
    pub fn add_uvs(&mut self) {
        for name in ["TEXCOORD_0", "TEXCOORD_1"] {
            let uvs = self.floats("VEC2", &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
            self.set_attribute(name, uvs);
        }
    }

    /// The .glb file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut json = self.json.clone();
        if json.is_object() && json["buffers"].is_null() && !self.binary.is_empty() {
            json["buffers"] = json!([{ "byteLength": self.binary.len() }]);
        }
        let mut chunks = chunk(0x4E4F_534A, json.to_string().as_bytes(), b' ');
        if !self.binary.is_empty() {
            chunks.extend(chunk(0x004E_4942, &self.binary, 0));
        }
        let length = u32::try_from(12 + chunks.len()).expect("a small file");
        [&b"glTF"[..], &2_u32.to_le_bytes(), &length.to_le_bytes(), &chunks].concat()
    }

    /// A .gltf whose buffer lies at this address.
    pub fn to_gltf(&self, uri: &str) -> Vec<u8> {
        let mut json = self.json.clone();
        json["buffers"] = json!([{ "byteLength": self.binary.len(), "uri": uri }]);
        json.to_string().into_bytes()
    }
}

fn chunk(kind: u32, bytes: &[u8], padding: u8) -> Vec<u8> {
    let mut body = bytes.to_vec();
    body.resize(body.len().next_multiple_of(4), padding);
    let length = u32::try_from(body.len()).expect("a small file");
    [&length.to_le_bytes()[..], &kind.to_le_bytes(), &body].concat()
}
