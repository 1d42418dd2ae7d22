//! Texture coordinate sets: any two of a file's, under the numbers that the drawing side has.

use super::{Glb, read};
use serde_json::{Value, json};
use vitrine::math::Vec2;
use vitrine::model::Role;

/// A triangle with four sets, the first `u` of each its number, and these materials.
fn with_materials(materials: Value) -> Glb {
    let mut glb = Glb::triangle();
    for set in 0..4_u8 {
        let uvs = glb.floats("VEC2", &[f32::from(set), 0.0, 1.0, 0.0, 0.0, 1.0]);
        glb.set_attribute(&format!("TEXCOORD_{set}"), uvs);
    }
    glb.json["images"] = json!([{ "uri": "data:image/png;base64,iVBORw0K" }]);
    glb.json["textures"] = json!([{ "source": 0 }]);
    glb.json["materials"] = materials;
    glb.primitive()["material"] = json!(0);
    glb
}

fn slot(set: usize) -> Value {
    json!({ "index": 0, "texCoord": set })
}

#[test]
fn a_material_reads_any_two_sets() {
    // Sets of the normal and the emissive texture; their places; what stands in the places.
    let cases = [
        ([0, 1], [0, 1], [0.0, 1.0]),
        ([1, 1], [1, 1], [0.0, 1.0]),
        ([2, 2], [1, 1], [0.0, 2.0]),
        ([3, 0], [1, 0], [0.0, 3.0]),
        ([2, 3], [1, 0], [3.0, 2.0]),
    ];
    for ([normal, emissive], places, found) in cases {
        let import =
            read(&with_materials(json!([{ "normalTexture": slot(normal), "emissiveTexture": slot(emissive) }])));
        assert_eq!(import.warnings, Vec::<String>::new());
        let material = &import.model.materials[0];
        let slots = [material.texture(Role::Normal), material.texture(Role::Emissive)].map(|slot| slot.unwrap().uv_set);
        assert_eq!(slots, places, "{normal} {emissive}");
        let uvs = import.model.meshes[0].primitives[0].uvs.each_ref().map(|uvs| uvs[0]);
        assert_eq!(uvs, found.map(|u| Vec2::new(u, 0.0)), "{normal} {emissive}");
    }
}

#[test]
fn a_third_set_of_one_material_is_left_out_with_a_warning() {
    let material = json!({ "normalTexture": slot(0), "occlusionTexture": slot(1), "emissiveTexture": slot(2) });
    let import = read(&with_materials(json!([material])));
    assert_eq!(import.model.materials[0].texture(Role::Emissive), None);
    assert_eq!(import.warnings.len(), 1);
    assert!(import.warnings[0].contains("materials/0/emissiveTexture") && import.warnings[0].contains("TEXCOORD_2"));
    let import = read(&with_materials(json!([{ "normalTexture": slot(8) }])));
    assert!(import.warnings[0].contains("TEXCOORD_8"), "{:?}", import.warnings);
}

#[test]
fn looks_that_need_different_sets_are_told_only_when_they_disagree() {
    let warnings = |first: usize, second: usize| {
        let mut glb = with_materials(json!([{ "normalTexture": slot(first) }, { "normalTexture": slot(second) }]));
        glb.json["extensions"]["KHR_materials_variants"] = json!({ "variants": [{ "name": "a" }] });
        glb.primitive()["extensions"]["KHR_materials_variants"] =
            json!({ "mappings": [{ "material": 1, "variants": [0] }] });
        read(&glb).warnings
    };
    assert_eq!(warnings(0, 2), Vec::<String>::new());
    assert_eq!(warnings(2, 2), Vec::<String>::new());
    assert!(warnings(1, 2)[0].contains("its looks read different coordinate sets"));
}
