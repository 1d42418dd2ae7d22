//! What surfaces do beyond metallic-roughness: every extension of materials with its defaults, its values, its limits.

use super::looks::{slot, with_material};
use super::{read, read_material};
use serde_json::{Value, json};
use vitrine::import;
use vitrine::import::Files;
use vitrine::math::{Vec3, Vec4};
use vitrine::model::{
    Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Material, Role, Sheen, Specular, Transmission, Volume,
};

fn extended(name: &str, says: Value) -> Material {
    read_material(&with_material(json!({ "extensions": { name: says } })))
}

#[test]
fn empty_extensions_have_the_defaults_of_their_pages() {
    let read = |name| extended(name, json!({}));
    assert_eq!(read("KHR_materials_ior").ior, 1.5);
    assert_eq!(read("KHR_materials_dispersion").dispersion, 0.0);
    assert_eq!(read("KHR_materials_specular").specular, Some(Specular::default()));
    assert_eq!(read("KHR_materials_clearcoat").clearcoat, Some(Clearcoat::default()));
    assert_eq!(read("KHR_materials_sheen").sheen, Some(Sheen::default()));
    assert_eq!(read("KHR_materials_transmission").transmission, Some(Transmission::default()));
    assert_eq!(read("KHR_materials_volume").volume, Some(Volume::default()));
    assert_eq!(read("KHR_materials_iridescence").iridescence, Some(Iridescence::default()));
    assert_eq!(read("KHR_materials_anisotropy").anisotropy, Some(Anisotropy::default()));
    let diffuse = read("KHR_materials_diffuse_transmission").diffuse_transmission;
    assert_eq!(diffuse, Some(DiffuseTransmission::default()));
    assert_eq!(
        (Specular::default().strength, Clearcoat::default().normal_scale, Volume::default().attenuation_distance),
        (1.0, 1.0, f32::INFINITY)
    );
    let film = Iridescence::default();
    assert_eq!((film.ior, film.thickness_min, film.thickness_max), (1.3, 100.0, 400.0));
}

#[test]
fn layers_find_their_places() {
    let texture = json!({ "index": 0 });
    let material = read_material(&with_material(json!({ "extensions": {
        "KHR_materials_ior": { "ior": 1.7 },
        "KHR_materials_specular": { "specularFactor": 0.3, "specularTexture": texture,
            "specularColorFactor": [2.0, 0.5, 0.0], "specularColorTexture": texture },
        "KHR_materials_clearcoat": { "clearcoatFactor": 0.4, "clearcoatTexture": texture,
            "clearcoatRoughnessFactor": 0.5, "clearcoatRoughnessTexture": texture,
            "clearcoatNormalTexture": { "index": 0, "texCoord": 1, "scale": 0.6 } },
        "KHR_materials_sheen": { "sheenColorFactor": [0.1, 0.2, 0.3], "sheenColorTexture": texture,
            "sheenRoughnessFactor": 0.7, "sheenRoughnessTexture": texture },
        "KHR_materials_iridescence": { "iridescenceFactor": 0.8, "iridescenceTexture": texture, "iridescenceIor": 1.9,
            "iridescenceThicknessMinimum": 200.0, "iridescenceThicknessMaximum": 500.0,
            "iridescenceThicknessTexture": texture },
        "KHR_materials_anisotropy": { "anisotropyStrength": 0.9, "anisotropyRotation": 1.5,
            "anisotropyTexture": texture },
    } })));
    let specular = Specular { strength: 0.3, color: Vec3::new(2.0, 0.5, 0.0) };
    let clearcoat = Clearcoat { strength: 0.4, roughness: 0.5, normal_scale: 0.6 };
    let sheen = Sheen { color: Vec3::new(0.1, 0.2, 0.3), roughness: 0.7 };
    let film = Iridescence { strength: 0.8, ior: 1.9, thickness_min: 200.0, thickness_max: 500.0 };
    assert_eq!((material.ior, material.specular, material.clearcoat), (1.7, Some(specular), Some(clearcoat)));
    assert_eq!((material.sheen, material.iridescence), (Some(sheen), Some(film)));
    assert_eq!(material.anisotropy, Some(Anisotropy { strength: 0.9, rotation_rad: 1.5 }));
    let roles = [
        Role::Specular,
        Role::SpecularColor,
        Role::Clearcoat,
        Role::ClearcoatRoughness,
        Role::SheenColor,
        Role::SheenRoughness,
        Role::Iridescence,
        Role::IridescenceThickness,
        Role::Anisotropy,
    ];
    for role in Role::ALL {
        let expected = if roles.contains(&role) { slot(0) } else { None };
        let expected = if role == Role::ClearcoatNormal { slot(1) } else { expected };
        assert_eq!(material.texture(role), expected, "{role:?}");
    }
}

#[test]
fn what_lets_light_through_finds_its_place() {
    let texture = json!({ "index": 0 });
    let material = read_material(&with_material(json!({ "extensions": {
        "KHR_materials_transmission": { "transmissionFactor": 0.9, "transmissionTexture": texture },
        "KHR_materials_volume": { "thicknessFactor": 0.02, "thicknessTexture": texture, "attenuationDistance": 0.5,
            "attenuationColor": [0.9, 0.8, 0.7] },
        "KHR_materials_dispersion": { "dispersion": 0.36 },
        "KHR_materials_diffuse_transmission": { "diffuseTransmissionFactor": 0.2, "diffuseTransmissionTexture": texture,
            "diffuseTransmissionColorFactor": [0.3, 0.4, 0.5], "diffuseTransmissionColorTexture": texture },
    } })));
    let volume = Volume { thickness: 0.02, attenuation_distance: 0.5, attenuation_color: Vec3::new(0.9, 0.8, 0.7) };
    let diffuse = DiffuseTransmission { strength: 0.2, color: Vec3::new(0.3, 0.4, 0.5) };
    assert_eq!(material.transmission, Some(Transmission { strength: 0.9 }));
    let roles = [Role::Transmission, Role::Thickness, Role::DiffuseTransmission, Role::DiffuseTransmissionColor];
    for role in Role::ALL {
        assert_eq!(material.texture(role), if roles.contains(&role) { slot(0) } else { None }, "{role:?}");
    }
    assert_eq!((material.volume, material.dispersion), (Some(volume), 0.36));
    assert_eq!(material.diffuse_transmission, Some(diffuse));
    assert!(material.is_transmissive());
}

#[test]
fn specular_glossiness_takes_the_place_of_the_core_surface() {
    let material = read_material(&with_material(json!({
        "pbrMetallicRoughness": { "metallicFactor": 1.0, "baseColorFactor": [0.0, 0.0, 0.0, 1.0],
            "metallicRoughnessTexture": { "index": 0 } },
        "extensions": { "KHR_materials_pbrSpecularGlossiness": {
            "diffuseFactor": [0.1, 0.2, 0.3, 0.4], "diffuseTexture": { "index": 0, "texCoord": 1 },
            "specularFactor": [0.5, 0.6, 0.7], "glossinessFactor": 0.75,
            "specularGlossinessTexture": { "index": 0 },
        } },
    })));
    let mut expected = Material {
        base_color: Vec4::new(0.1, 0.2, 0.3, 0.4),
        metallic: 0.0,
        roughness: 0.25,
        is_glossy: true,
        ior: 0.0,
        specular: Some(Specular { color: Vec3::new(0.5, 0.6, 0.7), ..Specular::default() }),
        ..Material::default()
    };
    *expected.texture_mut(Role::BaseColor) = slot(1);
    *expected.texture_mut(Role::MetallicRoughness) = slot(0);
    *expected.texture_mut(Role::SpecularColor) = slot(0);
    assert_eq!(material, expected);
}

#[test]
fn values_beyond_their_limits_are_brought_back() {
    assert_eq!(extended("KHR_materials_ior", json!({ "ior": 0.5 })).ior, 1.0);
    assert_eq!(extended("KHR_materials_ior", json!({ "ior": 0 })).ior, 0.0);
    assert_eq!(extended("KHR_materials_dispersion", json!({ "dispersion": -1 })).dispersion, 0.0);
    let coat = extended("KHR_materials_clearcoat", json!({ "clearcoatFactor": 3, "clearcoatRoughnessFactor": -3 }));
    assert_eq!(coat.clearcoat.map(|coat| (coat.strength, coat.roughness)), Some((1.0, 0.0)));
    let volume = json!({ "thicknessFactor": -1, "attenuationDistance": 0, "attenuationColor": [2, -1, 0.5] });
    let expected = Volume { attenuation_color: Vec3::new(1.0, 0.0, 0.5), ..Volume::default() };
    assert_eq!(extended("KHR_materials_volume", volume).volume, Some(expected));
    let film =
        extended("KHR_materials_iridescence", json!({ "iridescenceIor": 0.1, "iridescenceThicknessMinimum": -5 }));
    assert_eq!(film.iridescence.map(|film| (film.ior, film.thickness_min)), Some((1.0, 0.0)));
}

#[test]
fn values_of_a_wrong_kind_are_errors_that_name_their_place() {
    let cases = [
        ("KHR_materials_ior", json!({ "ior": "glass" }), "`ior`"),
        ("KHR_materials_specular", json!({ "specularColorFactor": [1, 1] }), "`specularColorFactor`"),
        ("KHR_materials_clearcoat", json!({ "clearcoatTexture": { "index": 7 } }), "there are 1 textures"),
        ("KHR_materials_sheen", json!({ "sheenColorTexture": {} }), "`index` is missing"),
        ("KHR_materials_transmission", json!([]), "an object should stand here"),
        ("KHR_materials_volume", json!({ "attenuationDistance": true }), "`attenuationDistance`"),
        ("KHR_materials_pbrSpecularGlossiness", json!({ "diffuseFactor": [1, 1, 1] }), "`diffuseFactor`"),
    ];
    for (name, says, expected) in cases {
        let glb = with_material(json!({ "extensions": { name: says } }));
        let error = import::read(&glb.to_bytes(), &Files::default()).unwrap_err();
        assert_eq!(error.code(), "invalid-gltf");
        assert!(error.message().contains(name) && error.message().contains(expected), "{error}");
    }
}

#[test]
fn more_pictures_than_the_card_takes_are_left_out_with_a_warning() {
    let mut glb = with_material(json!({ "extensions": {} }));
    // One texture each, with a picture of its own.
    for _ in 0..12 {
        let view = glb.view(b"\x89PNG\r\n\x1a\n and so on");
        let image = glb.push("images", json!({ "bufferView": view, "mimeType": "image/png" }));
        glb.push("textures", json!({ "source": image }));
    }
    let texture = |index: usize| json!({ "index": index });
    glb.json["materials"][0] = json!({
        "pbrMetallicRoughness": { "baseColorTexture": texture(0), "metallicRoughnessTexture": texture(1) },
        "normalTexture": texture(2), "occlusionTexture": texture(1), "emissiveTexture": texture(3),
        "extensions": {
            "KHR_materials_clearcoat": { "clearcoatTexture": texture(4), "clearcoatRoughnessTexture": texture(4),
                "clearcoatNormalTexture": texture(5) },
            "KHR_materials_sheen": { "sheenColorTexture": texture(6), "sheenRoughnessTexture": texture(6) },
            "KHR_materials_anisotropy": { "anisotropyTexture": texture(7) },
            "KHR_materials_iridescence": { "iridescenceTexture": texture(8) },
            "KHR_materials_volume": { "thicknessTexture": texture(9) },
        },
    });
    let import = read(&glb);
    assert_eq!(import.warnings.len(), 2, "{:?}", import.warnings);
    assert!(import.warnings[0].contains("materials/0") && import.warnings[0].contains("iridescenceTexture"));
    assert!(import.warnings[1].contains("thickness"), "{:?}", import.warnings);
    let units = import.model.materials[0].units(&import.model.textures);
    assert_eq!(units.iter().flatten().max(), Some(&7), "eight pictures are read");
    assert_eq!(units[7], units[1], "occlusion shares the picture of roughness");
}
