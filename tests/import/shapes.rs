//! Geometry: streams, formats, sparse data, modes, normals, nodes.

use super::{Glb, read, read_primitive};
use serde_json::json;
use vitrine::math::{Affine3A, Quat, Vec2, Vec3, Vec4};
use vitrine::model::Topology;

#[test]
fn every_index_format_is_read() {
    let formats: [(u32, &[u8]); 3] =
        [(5121, &[2, 1, 0]), (5123, &[2, 0, 1, 0, 0, 0]), (5125, &[2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])];
    for (component, bytes) in formats {
        let mut glb = Glb::triangle();
        let normals = glb.floats("VEC3", &[0.0, 0.0, 1.0].repeat(3));
        glb.set_attribute("NORMAL", normals);
        glb.primitive()["indices"] = json!(glb.clone().accessors());
        glb.accessor(component, "SCALAR", 3, bytes);
        assert_eq!(read_primitive(&glb).indices, [2, 1, 0], "{component}");
    }
}

impl Glb {
    /// How many accessors there are: the index of the next.
    fn accessors(&self) -> usize {
        self.json["accessors"].as_array().map_or(0, Vec::len)
    }
}

#[test]
fn quantised_positions_are_read_in_every_format() {
    let cases: [(u32, bool, &[u8], f32); 8] = [
        (5120, false, &[0x81], -127.0),
        (5120, true, &[0x81], -1.0),
        (5121, false, &[255], 255.0),
        (5121, true, &[255], 1.0),
        (5122, false, &[0x01, 0x80], -32767.0),
        (5122, true, &[0x01, 0x80], -1.0),
        (5123, false, &[0xFF, 0xFF], 65535.0),
        (5123, true, &[0xFF, 0xFF], 1.0),
    ];
    for (component, normalized, bytes, value) in cases {
        let mut glb = Glb::triangle();
        glb.json["extensionsUsed"] = json!(["KHR_mesh_quantization"]);
        glb.json["extensionsRequired"] = json!(["KHR_mesh_quantization"]);
        let position = glb.accessor(component, "VEC3", 3, &bytes.repeat(9));
        glb.json["accessors"][position]["normalized"] = json!(normalized);
        glb.set_attribute("POSITION", position);
        assert_eq!(read_primitive(&glb).positions, [Vec3::splat(value); 3], "{component} {normalized}");
    }
}

#[test]
fn quantised_streams_that_nobody_announced_are_read_with_a_warning() {
    let mut glb = Glb::triangle();
    let position = glb.accessor(5120, "VEC3", 3, &[0, 0, 0, 1, 0, 0, 0, 1, 0]);
    glb.set_attribute("POSITION", position);
    let import = read(&glb);
    assert_eq!(import.warnings.len(), 1);
    assert!(import.warnings[0].contains("KHR_mesh_quantization"), "{}", import.warnings[0]);
    assert_eq!(import.model.triangle_count(), 1);
}

#[test]
fn strides_and_offsets_pick_interleaved_streams() {
    let mut glb = Glb::triangle();
    let rows: [[f32; 5]; 3] = [[0.0, 0.0, 0.0, 0.25, 0.5], [2.0, 0.0, 0.0, 1.0, 0.0], [0.0, 2.0, 0.0, 0.0, 1.0]];
    let bytes: Vec<u8> = rows.as_flattened().iter().flat_map(|value| value.to_le_bytes()).collect();
    let view = glb.view(&bytes);
    glb.json["bufferViews"][view]["byteStride"] = json!(20);
    let accessor = |kind: &str, offset: usize| json!({ "bufferView": view, "byteOffset": offset, "componentType": 5126, "type": kind, "count": 3 });
    let position = glb.push("accessors", accessor("VEC3", 0));
    let uv = glb.push("accessors", accessor("VEC2", 12));
    glb.set_attribute("POSITION", position);
    glb.set_attribute("TEXCOORD_1", uv);
    let primitive = read_primitive(&glb);
    assert_eq!(primitive.positions, [Vec3::ZERO, Vec3::X * 2.0, Vec3::Y * 2.0]);
    assert_eq!(primitive.uvs[1], [Vec2::new(0.25, 0.5), Vec2::X, Vec2::Y]);
    assert!(primitive.uvs[0].is_empty());
}

#[test]
fn normalised_texture_coordinates_and_colours_are_read_in_every_format() {
    let formats: [(u32, &[u8]); 2] = [(5121, &[51]), (5123, &[51, 51])];
    for (component, fifth) in formats {
        for (kind, width) in [("VEC3", 3), ("VEC4", 4)] {
            let mut glb = Glb::triangle();
            let uv = glb.accessor(component, "VEC2", 3, &fifth.repeat(6));
            let color = glb.accessor(component, kind, 3, &fifth.repeat(3 * width));
            glb.json["accessors"][uv]["normalized"] = json!(true);
            glb.json["accessors"][color]["normalized"] = json!(true);
            glb.set_attribute("TEXCOORD_0", uv);
            glb.set_attribute("COLOR_0", color);
            let primitive = read_primitive(&glb);
            assert_eq!(primitive.uvs[0], [Vec2::splat(0.2); 3]);
            let alpha = if width == 4 { 0.2 } else { 1.0 };
            assert_eq!(primitive.colors, [Vec4::new(0.2, 0.2, 0.2, alpha); 3], "{component} {kind}");
        }
    }
    let mut glb = Glb::triangle();
    let color = glb.floats("VEC3", &[2.0, 0.5, 0.0].repeat(3));
    glb.set_attribute("COLOR_0", color);
    assert_eq!(read_primitive(&glb).colors, [Vec4::new(2.0, 0.5, 0.0, 1.0); 3]);
}

#[test]
fn sparse_accessors_replace_elements_of_a_base_and_of_nothing() {
    for with_base in [true, false] {
        let mut glb = Glb::triangle();
        let indices = glb.view(&[1, 2]);
        let values: Vec<u8> = [0.0, 0.0, 5.0, 0.0, 7.0, 0.0_f32].iter().flat_map(|value| value.to_le_bytes()).collect();
        let values = glb.view(&values);
        let accessor = &mut glb.json["accessors"][0];
        accessor["sparse"] = json!({
            "count": 2,
            "indices": { "bufferView": indices, "componentType": 5121 },
            "values": { "bufferView": values },
        });
        if !with_base {
            accessor.as_object_mut().unwrap().remove("bufferView");
        }
        assert_eq!(read_primitive(&glb).positions, [Vec3::ZERO, Vec3::Z * 5.0, Vec3::Y * 7.0]);
    }
}

#[test]
fn every_mode_becomes_points_lines_or_triangles() {
    let corners = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 0.0]];
    let expected = [
        (0, Topology::Points, 4),
        (1, Topology::Lines, 4),
        (2, Topology::Lines, 6),
        (3, Topology::Lines, 8),
        (5, Topology::Triangles, 6),
        (6, Topology::Triangles, 6),
    ];
    for (mode, topology, count) in expected {
        let mut glb = Glb::with_positions(&corners);
        glb.primitive()["mode"] = json!(mode);
        let primitive = read_primitive(&glb);
        assert_eq!((primitive.topology, primitive.indices.len()), (topology, count), "mode {mode}");
        if mode == 5 {
            assert!(primitive.normals.iter().all(|normal| normal.distance(Vec3::Z) < 1e-6), "a strip turns over");
        }
    }
}

#[test]
fn missing_normals_are_flat_and_split_vertices() {
    let mut glb = Glb::with_positions(&[[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
    let indices = glb.accessor(5121, "SCALAR", 6, &[0, 1, 2, 0, 2, 3]);
    let uv = glb.floats("VEC2", &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
    let tangent = glb.floats("VEC4", &[1.0, 0.0, 0.0, 1.0].repeat(4));
    glb.primitive()["indices"] = json!(indices);
    glb.set_attribute("TEXCOORD_0", uv);
    glb.set_attribute("TANGENT", tangent);
    let primitive = read_primitive(&glb);
    assert_eq!(primitive.indices, [0, 1, 2, 3, 4, 5]);
    assert_eq!(primitive.positions, [Vec3::ZERO, Vec3::X, Vec3::Y, Vec3::ZERO, Vec3::Y, Vec3::Z]);
    assert_eq!(primitive.normals, [Vec3::Z, Vec3::Z, Vec3::Z, Vec3::X, Vec3::X, Vec3::X]);
    assert_eq!(primitive.uvs[0], [Vec2::ZERO, Vec2::X, Vec2::Y, Vec2::ZERO, Vec2::Y, Vec2::ONE]);
    assert!(primitive.tangents.is_empty(), "tangents without normals mean nothing");
}

#[test]
fn normals_and_tangents_of_the_file_become_unit_length() {
    let mut glb = Glb::triangle();
    let normals = glb.floats("VEC3", &[0.0, 3.0, 0.0, 0.0, 0.0, 0.0, f32::NAN, 0.0, 0.0]);
    let tangents = glb.floats("VEC4", &[2.0, 0.0, 0.0, -0.9, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]);
    glb.set_attribute("NORMAL", normals);
    glb.set_attribute("TANGENT", tangents);
    let import = read(&glb);
    let primitive = &import.model.meshes[0].primitives[0];
    assert_eq!(primitive.normals, [Vec3::Y, Vec3::Z, Vec3::Z], "a broken normal takes its triangle's");
    assert_eq!(primitive.tangents[0], Vec4::new(1.0, 0.0, 0.0, -1.0));
    assert!(
        import.warnings[0].contains("accessor 1 (meshes/0/primitives/0 NORMAL): 1 elements"),
        "{:?}",
        import.warnings
    );
}

#[test]
fn normals_and_tangents_have_a_direction_however_short_or_long_they_are() {
    for length in [3e-38, 2e-21, 1e30, f32::MAX] {
        let mut glb = Glb::triangle();
        let normals = glb.floats("VEC3", &[0.0, 0.6 * length, 0.8 * length].repeat(3));
        let tangents = glb.floats("VEC4", &[0.8 * length, 0.0, 0.6 * length, 1.0].repeat(3));
        glb.set_attribute("NORMAL", normals);
        glb.set_attribute("TANGENT", tangents);
        let primitive = read_primitive(&glb);
        assert!(primitive.normals[0].distance(Vec3::new(0.0, 0.6, 0.8)) < 1e-5, "{length}: {}", primitive.normals[0]);
        assert!(
            primitive.tangents[0].distance(Vec4::new(0.8, 0.0, 0.6, 1.0)) < 1e-5,
            "{length}: {:?}",
            primitive.tangents
        );
    }
}

#[test]
fn nothing_drawable_is_a_warning_and_the_rest_stays() {
    let mut glb = Glb::triangle();
    let primitives = glb.json["meshes"][0]["primitives"].as_array_mut().unwrap();
    primitives.push(json!({ "attributes": {} }));
    primitives.push(json!({ "attributes": { "POSITION": 0 }, "mode": 4 }));
    let two = glb.accessor(5121, "SCALAR", 2, &[0, 1]);
    let five = glb.accessor(5121, "SCALAR", 5, &[0, 1, 2, 0, 1]);
    glb.json["meshes"][0]["primitives"][2]["indices"] = json!(two);
    glb.json["meshes"][0]["primitives"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "attributes": { "POSITION": 0 }, "indices": five }));
    let import = read(&glb);
    assert_eq!(import.model.meshes[0].primitives.len(), 2);
    assert_eq!(import.model.triangle_count(), 2);
    assert_eq!(import.warnings.len(), 3, "{:?}", import.warnings);
    assert!(import.warnings[0].contains("meshes/0/primitives/1: it has no POSITION"));
    assert!(import.warnings[1].contains("its 2 corners form nothing"));
    assert!(import.warnings[2].contains("its last 2 corners complete nothing"));
}

#[test]
fn nodes_stand_where_their_matrix_or_their_parts_say() {
    let mut glb = Glb::triangle();
    let half = std::f32::consts::FRAC_1_SQRT_2;
    glb.json["nodes"] = json!([
        { "name": "chair", "children": [1, 2], "translation": [1, 2, 3], "rotation": [0, half, 0, half], "scale": [2, 2, -2] },
        { "mesh": 0 },
        { "matrix": [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0, 4, 5, 6, 1] },
    ]);
    let model = read(&glb).model;
    let turn = Quat::from_rotation_y(std::f32::consts::FRAC_PI_2);
    let expected = Affine3A::from_scale_rotation_translation(Vec3::new(2.0, 2.0, -2.0), turn, Vec3::new(1.0, 2.0, 3.0));
    assert!(model.nodes[0].parent_from_node.abs_diff_eq(expected, 1e-5));
    assert!(model.nodes[0].parent_from_node.matrix3.determinant() < 0.0, "a mirror stays a mirror");
    assert_eq!(model.nodes[2].parent_from_node.translation, Vec3::new(4.0, 5.0, 6.0).into());
    assert_eq!(model.nodes[2].parent_from_node.transform_vector3(Vec3::Y), Vec3::NEG_Y);
    assert_eq!((model.nodes[0].name.as_str(), &model.nodes[0].children), ("chair", &vec![1, 2]));
}

#[test]
fn the_named_scene_is_shown_else_the_first_else_all() {
    let mut glb = Glb::triangle();
    glb.json["nodes"] = json!([{ "mesh": 0 }, { "mesh": 0 }, { "mesh": 0 }]);
    glb.json["scenes"] = json!([{ "nodes": [0] }, { "nodes": [2, 1] }]);
    glb.json["scene"] = json!(1);
    assert_eq!(read(&glb).model.roots, [2, 1]);
    glb.json.as_object_mut().unwrap().remove("scene");
    assert_eq!(read(&glb).model.roots, [0]);
    glb.json.as_object_mut().unwrap().remove("scenes");
    assert_eq!(read(&glb).model.roots, [0, 1, 2]);
    glb.json["scenes"] = json!([{}]);
    let import = read(&glb);
    assert!(import.model.roots.is_empty());
    assert!(import.warnings[0].contains("nothing to draw"), "{:?}", import.warnings);
}
