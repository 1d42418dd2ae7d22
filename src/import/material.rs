//! Materials (glTF 2.0, section 3.9).

use super::json::Object;
use super::ledger::Ledger;
use super::{Error, khr_materials_emissive_strength, khr_materials_unlit, khr_texture_transform};
use crate::math::{Vec3, Vec4};
use crate::model::{AlphaMode, Material, TextureSlot};

/// All materials of a file; `textures` is how many of those there are.
pub(super) fn read(root: &Object, textures: usize, ledger: &mut Ledger) -> Result<Vec<Material>, Error> {
    root.objects("materials")?.iter().map(|object| read_material(object, textures, ledger)).collect()
}

fn read_material(object: &Object, textures: usize, ledger: &mut Ledger) -> Result<Material, Error> {
    let mut material = Material { name: object.name(), ..Material::default() };
    if let Some(surface) = object.object("pbrMetallicRoughness")? {
        let color =
            surface.numbers("baseColorFactor")?.map_or(material.base_color, |color: [f32; 4]| Vec4::from(color));
        material.base_color = color.clamp(Vec4::ZERO, Vec4::ONE);
        material.metallic = surface.number("metallicFactor")?.unwrap_or(1.0).clamp(0.0, 1.0);
        material.roughness = surface.number("roughnessFactor")?.unwrap_or(1.0).clamp(0.0, 1.0);
        material.base_color_texture = read_slot(&surface, "baseColorTexture", textures, ledger)?.map(|(slot, _)| slot);
        material.metallic_roughness_texture =
            read_slot(&surface, "metallicRoughnessTexture", textures, ledger)?.map(|(slot, _)| slot);
    }
    if let Some((texture, info)) = read_slot(object, "normalTexture", textures, ledger)? {
        material.normal_texture = Some(texture);
        material.normal_scale = info.number("scale")?.unwrap_or(1.0);
    }
    if let Some((texture, info)) = read_slot(object, "occlusionTexture", textures, ledger)? {
        material.occlusion_texture = Some(texture);
        material.occlusion_strength = info.number("strength")?.unwrap_or(1.0).clamp(0.0, 1.0);
    }
    material.emissive_texture = read_slot(object, "emissiveTexture", textures, ledger)?.map(|(slot, _)| slot);
    let emissive = object.numbers("emissiveFactor")?.map_or(Vec3::ZERO, |color: [f32; 3]| Vec3::from(color));
    let strength = khr_materials_emissive_strength::read(object)?;
    // Clamped, because two finite numbers may have a product that is none.
    material.emissive = (emissive.max(Vec3::ZERO) * strength).min(Vec3::splat(f32::MAX));
    material.alpha_mode = read_alpha_mode(object)?;
    material.double_sided = object.flag("doubleSided")?;
    material.unlit = khr_materials_unlit::read(object)?;
    Ok(material)
}

fn read_alpha_mode(object: &Object) -> Result<AlphaMode, Error> {
    match object.text("alphaMode")? {
        None | Some("OPAQUE") => Ok(AlphaMode::Opaque),
        Some("MASK") => Ok(AlphaMode::Mask { cutoff: object.number("alphaCutoff")?.unwrap_or(0.5) }),
        Some("BLEND") => Ok(AlphaMode::Blend),
        Some(_) => Err(object.invalid("`alphaMode` must be OPAQUE, MASK or BLEND")),
    }
}

/// A texture slot and the JSON it stands in; `None` when the material has none, or none that can be drawn.
fn read_slot<'a>(
    parent: &Object<'a>,
    key: &str,
    textures: usize,
    ledger: &mut Ledger,
) -> Result<Option<(TextureSlot, Object<'a>)>, Error> {
    let Some(info) = parent.object(key)? else { return Ok(None) };
    let texture = info.index_below("index", textures, "textures")?;
    let texture = texture.ok_or_else(|| info.invalid("`index` is missing"))?;
    let transform = khr_texture_transform::read(&info)?;
    let uv_set = transform.uv_set.or(info.index("texCoord")?).unwrap_or(0);
    if uv_set > 1 {
        ledger.warn(format!("{}: only TEXCOORD_0 and TEXCOORD_1 are read, not {uv_set}; it is left out.", info.place));
        return Ok(None);
    }
    Ok(Some((TextureSlot { texture, uv_set, texture_from_uv: transform.texture_from_uv }, info)))
}
