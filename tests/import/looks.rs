//! Surfaces: materials, textures, samplers, pictures, and the extensions that are drawn.

use super::{Glb, read, read_material, read_primitive};
use serde_json::{Value, json};
use vitrine::math::{Vec2, Vec3, Vec4};
use vitrine::model::{
    AlphaMode, Filter, Material, MipFilter, Role, Sampler, TextureSlot, UvTransform, VariantMaterial, Wrap,
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

/// A triangle with one material and one picture.
pub fn with_material(material: Value) -> Glb {
    let mut glb = Glb::triangle();
    let view = glb.view(PNG);
    glb.json["images"] = json!([{ "bufferView": view, "mimeType": "image/png" }]);
    glb.json["textures"] = json!([{ "source": 0 }]);
    glb.json["materials"] = json!([material]);
    glb.primitive()["material"] = json!(0);
    glb.add_uvs();
    glb
}

pub fn slot(uv_set: usize) -> Option<TextureSlot> {
    Some(TextureSlot { texture: 0, uv_set, texture_from_uv: UvTransform::IDENTITY })
}

#[test]
fn an_empty_material_has_the_defaults_of_the_standard() {
    assert_eq!(read_material(&with_material(json!({}))), Material::default());
    assert_eq!(read_material(&with_material(json!({ "pbrMetallicRoughness": {} }))), Material::default());
}

#[test]
fn every_factor_and_texture_finds_its_place() {
    let material = read_material(&with_material(json!({
        "name": "oak",
        "pbrMetallicRoughness": {
            "baseColorFactor": [0.1, 0.2, 0.3, 0.4], "metallicFactor": 0.5, "roughnessFactor": 0.6,
            "baseColorTexture": { "index": 0 }, "metallicRoughnessTexture": { "index": 0, "texCoord": 1 },
        },
        "normalTexture": { "index": 0, "scale": 0.7 },
        "occlusionTexture": { "index": 0, "texCoord": 1, "strength": 0.8 },
        "emissiveTexture": { "index": 0 },
        "emissiveFactor": [0.5, 0.25, 1.0],
        "alphaMode": "MASK", "alphaCutoff": 0.9, "doubleSided": true,
        "extensions": { "KHR_materials_emissive_strength": { "emissiveStrength": 4.0 }, "KHR_materials_unlit": {} },
    })));
    let mut expected = Material {
        name: "oak".into(),
        base_color: Vec4::new(0.1, 0.2, 0.3, 0.4),
        metallic: 0.5,
        roughness: 0.6,
        normal_scale: 0.7,
        occlusion_strength: 0.8,
        emissive: Vec3::new(2.0, 1.0, 4.0),
        alpha_mode: AlphaMode::Mask { cutoff: 0.9 },
        double_sided: true,
        unlit: true,
        ..Material::default()
    };
    let textures = [
        (Role::BaseColor, slot(0)),
        (Role::MetallicRoughness, slot(1)),
        (Role::Normal, slot(0)),
        (Role::Occlusion, slot(1)),
        (Role::Emissive, slot(0)),
    ];
    for (role, texture) in textures {
        *expected.texture_mut(role) = texture;
    }
    assert_eq!(material, expected);
}

#[test]
fn alpha_modes_are_read() {
    let mode = |material| read_material(&with_material(material)).alpha_mode;
    assert_eq!(mode(json!({ "alphaMode": "OPAQUE" })), AlphaMode::Opaque);
    assert_eq!(mode(json!({ "alphaMode": "BLEND" })), AlphaMode::Blend);
    assert_eq!(mode(json!({ "alphaMode": "MASK" })), AlphaMode::Mask { cutoff: 0.5 });
}

#[test]
fn a_texture_transform_turns_moves_and_replaces_the_uv_set() {
    let with = |transform| {
        let texture = json!({ "index": 0, "texCoord": 0, "extensions": { "KHR_texture_transform": transform } });
        let material = read_material(&with_material(json!({ "emissiveTexture": texture })));
        material.texture(Role::Emissive).expect("a slot")
    };
    let apply = |slot: TextureSlot, uv: Vec2| {
        let map = slot.texture_from_uv;
        map.x * uv.x + map.y * uv.y + map.translation
    };
    assert_eq!(with(json!({})).texture_from_uv, UvTransform::IDENTITY);
    // The example of the extension's page: the lower left quarter of the picture, turned.
    let quarter = with(json!({ "offset": [0, 1], "rotation": std::f32::consts::FRAC_PI_2, "scale": [0.5, 0.5] }));
    for (uv, expected) in [(Vec2::ZERO, Vec2::new(0.0, 1.0)), (Vec2::ONE, Vec2::new(0.5, 0.5))] {
        assert!(apply(quarter, uv).distance(expected) < 1e-6, "{uv} -> {}", apply(quarter, uv));
    }
    // Scale first, then turn: a wide scale stays wide along the turned u.
    let wide = with(json!({ "rotation": std::f32::consts::FRAC_PI_2, "scale": [2.0, 1.0], "texCoord": 1 }));
    assert!(apply(wide, Vec2::X).distance(Vec2::new(0.0, -2.0)) < 1e-6);
    assert_eq!(wide.uv_set, 1);
}

#[test]
fn a_textured_part_without_texture_coordinates_is_a_warning() {
    let mut glb = with_material(json!({ "normalTexture": { "index": 0, "texCoord": 1 } }));
    glb.primitive()["attributes"].as_object_mut().unwrap().remove("TEXCOORD_0");
    assert_eq!(read(&glb).warnings, Vec::<String>::new());
    glb.primitive()["attributes"].as_object_mut().unwrap().remove("TEXCOORD_1");
    let warnings = read(&glb).warnings;
    assert!(warnings[0].contains("meshes/0/primitives/0") && warnings[0].contains("TEXCOORD_1"), "{warnings:?}");
}

#[test]
fn samplers_say_how_textures_are_read() {
    let read_sampler = |sampler: Value| {
        let mut glb = with_material(json!({}));
        glb.json["samplers"] = json!([sampler]);
        glb.json["textures"][0]["sampler"] = json!(0);
        read(&glb).model.textures[0].sampler
    };
    assert_eq!(read_sampler(json!({})), Sampler::default());
    let sampler = read_sampler(json!({ "magFilter": 9728, "minFilter": 9985, "wrapS": 33071, "wrapT": 33648 }));
    let expected = Sampler {
        wrap_u: Wrap::Clamp,
        wrap_v: Wrap::Mirror,
        magnify: Filter::Nearest,
        minify: Filter::Linear,
        mip: MipFilter::Nearest,
    };
    assert_eq!(sampler, expected);
    let minify = [
        (9728, Filter::Nearest, MipFilter::None),
        (9729, Filter::Linear, MipFilter::None),
        (9984, Filter::Nearest, MipFilter::Nearest),
        (9986, Filter::Nearest, MipFilter::Linear),
        (9987, Filter::Linear, MipFilter::Linear),
    ];
    for (code, filter, mip) in minify {
        let sampler = read_sampler(json!({ "minFilter": code, "wrapS": 10497 }));
        assert_eq!((sampler.minify, sampler.mip), (filter, mip), "{code}");
    }
}

#[test]
fn variants_give_primitives_other_materials() {
    let mut glb = with_material(json!({ "name": "blue" }));
    glb.json["materials"].as_array_mut().unwrap().push(json!({ "name": "red" }));
    glb.json["extensionsUsed"] = json!(["KHR_materials_variants"]);
    glb.json["extensions"]["KHR_materials_variants"] =
        json!({ "variants": [{ "name": "Sea" }, { "name": "Fire" }, { "name": "Rust" }] });
    glb.primitive()["extensions"]["KHR_materials_variants"] = json!({ "mappings": [
        { "material": 1, "variants": [1, 2] }, { "material": 0, "variants": [0, 2] },
    ] });
    let model = read(&glb).model;
    let names: Vec<&str> = model.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["Sea", "Fire", "Rust"]);
    let primitive = read_primitive(&glb);
    let entry = |variant, material| VariantMaterial { variant, material };
    assert_eq!(primitive.variant_materials, [entry(1, 1), entry(2, 1), entry(0, 0)]);
    assert_eq!(primitive.material_under(Some(1)), Some(1));
    assert_eq!(primitive.material_under(None), Some(0));
}

#[test]
fn variants_always_have_names_of_their_own() {
    let mut glb = Glb::triangle();
    glb.json["extensions"]["KHR_materials_variants"] =
        json!({ "variants": [{ "name": "Oak" }, { "name": "Oak" }, {}, { "name": "Oak (2)" }] });
    let import = read(&glb);
    let names: Vec<&str> = import.model.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["Oak", "Oak (2)", "Variant 3", "Oak (2) (4)"]);
    assert_eq!(import.warnings.len(), 3, "{:?}", import.warnings);
}

#[test]
fn the_kind_of_a_picture_comes_from_its_bytes_then_from_the_file() {
    let base_color = json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0 } } });
    let kind = |bytes: &[u8], mime: &str| {
        let mut glb = with_material(base_color.clone());
        let view = glb.view(bytes);
        glb.json["images"][0] = json!({ "name": "seat", "bufferView": view, "mimeType": mime });
        let mut import = read(&glb);
        let image = import.model.images.remove(0);
        assert_eq!(
            (image.media_type.is_empty(), image.bytes.is_empty()),
            (!import.warnings.is_empty(), !import.warnings.is_empty())
        );
        assert_eq!(image.name, "seat");
        image.media_type
    };
    assert_eq!(kind(PNG, "image/jpeg"), "image/png");
    assert_eq!(kind(b"\xFF\xD8\xFF\xE0 and so on", ""), "image/jpeg");
    assert_eq!(kind(b"RIFF\x04\0\0\0WEBPVP8 ", ""), "image/webp");
    assert_eq!(kind(b"\0\0\0\x1cftypavif", "image/avif"), "image/avif");
    assert_eq!(kind(b"\xABKTX 20\xBB", "image/png"), "image/ktx2");
    assert_eq!(kind(b"hello", ""), "");
}

#[test]
fn the_best_picture_is_taken_instead_of_its_fallback() {
    let mut glb = with_material(json!({ "emissiveTexture": { "index": 0 } }));
    let kinds: [(&str, &[u8], &str); 3] = [
        ("EXT_texture_webp", b"RIFF\x04\0\0\0WEBPVP8 ", "image/webp"),
        ("EXT_texture_avif", b"\0\0\0\x1cftypavif", "image/avif"),
        ("KHR_texture_basisu", b"\xABKTX 20\xBB\r\n\x1A\n", "image/ktx2"),
    ];
    for (extension, bytes, kind) in kinds {
        let view = glb.view(bytes);
        let better = glb.push("images", json!({ "bufferView": view, "mimeType": kind }));
        glb.json["textures"][0]["extensions"][extension] = json!({ "source": better });
        glb.json["extensionsRequired"] = json!([extension]);
        let import = read(&glb);
        assert_eq!(import.warnings, Vec::<String>::new());
        assert_eq!(import.model.textures[0].image, better);
        assert_eq!(import.model.images[better].media_type, kind);
        assert!(import.model.images[0].bytes.is_empty(), "a picture that nothing drawn uses is not kept");
    }
}

#[test]
fn a_texture_without_a_readable_picture_points_at_an_empty_one() {
    let mut glb = with_material(json!({ "emissiveTexture": { "index": 0 } }));
    glb.json["textures"][0] = json!({ "extensions": { "MSFT_texture_dds": { "source": 0 } } });
    glb.json["extensionsUsed"] = json!(["MSFT_texture_dds"]);
    let import = read(&glb);
    assert_eq!(import.warnings.len(), 2, "{:?}", import.warnings);
    let texture = import.model.textures[import.model.materials[0].texture(Role::Emissive).unwrap().texture];
    assert!(import.model.images[texture.image].bytes.is_empty());
}
