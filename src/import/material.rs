//! Materials (glTF 2.0, section 3.9).

use super::json::Object;
use super::ledger::Ledger;
use super::{
    Error, khr_materials_anisotropy, khr_materials_clearcoat, khr_materials_diffuse_transmission,
    khr_materials_dispersion, khr_materials_emissive_strength, khr_materials_ior, khr_materials_iridescence,
    khr_materials_pbr_specular_glossiness, khr_materials_sheen, khr_materials_specular, khr_materials_transmission,
    khr_materials_unlit, khr_materials_volume, khr_texture_transform,
    uv_sets::{self, UvSets},
};
use crate::math::{Vec3, Vec4};
use crate::model::{AlphaMode, MOST_TEXTURES, Material, ROLES, Texture, TextureSlot};

/// All materials of a file that has these textures, and the coordinate sets that each of them reads.
pub(super) fn read(
    root: &Object,
    textures: &[Texture],
    ledger: &mut Ledger,
) -> Result<(Vec<Material>, Vec<UvSets>), Error> {
    let mut slots = Slots { textures: textures.len(), uv_sets: UvSets::default(), ledger };
    let (mut materials, mut uv_sets) = (Vec::new(), Vec::new());
    for object in root.objects("materials")? {
        let mut material = Material { name: object.name(), ..Material::default() };
        read_surface(&object, &mut slots, &mut material)?;
        read_lobes(&object, &mut slots, &mut material)?;
        warn_of_dropped(&object, &material, textures, slots.ledger);
        materials.push(material);
        uv_sets.push(std::mem::take(&mut slots.uv_sets));
    }
    Ok((materials, uv_sets))
}

/// What the core standard says.
fn read_surface(object: &Object, slots: &mut Slots, material: &mut Material) -> Result<(), Error> {
    if let Some(surface) = object.object("pbrMetallicRoughness")? {
        let color =
            surface.numbers("baseColorFactor")?.map_or(material.base_color, |color: [f32; 4]| Vec4::from(color));
        material.base_color = color.clamp(Vec4::ZERO, Vec4::ONE);
        material.metallic = surface.share("metallicFactor", 1.0)?;
        material.roughness = surface.share("roughnessFactor", 1.0)?;
        material.base_color_texture = slots.read(&surface, "baseColorTexture")?;
        material.metallic_roughness_texture = slots.read(&surface, "metallicRoughnessTexture")?;
    }
    if let Some((texture, info)) = slots.read_with_info(object, "normalTexture")? {
        material.normal_texture = Some(texture);
        material.normal_scale = info.number("scale")?.unwrap_or(1.0);
    }
    if let Some((texture, info)) = slots.read_with_info(object, "occlusionTexture")? {
        material.occlusion_texture = Some(texture);
        material.occlusion_strength = info.share("strength", 1.0)?;
    }
    material.emissive_texture = slots.read(object, "emissiveTexture")?;
    let emissive = object.color("emissiveFactor", Vec3::ZERO)?;
    let strength = khr_materials_emissive_strength::read(object)?;
    // Clamped, because two finite numbers may have a product that is none.
    material.emissive = (emissive * strength).min(Vec3::splat(f32::MAX));
    material.alpha_mode = read_alpha_mode(object)?;
    material.double_sided = object.flag("doubleSided")?;
    material.unlit = khr_materials_unlit::read(object)?;
    Ok(())
}

/// What the extensions say.
fn read_lobes(object: &Object, slots: &mut Slots, material: &mut Material) -> Result<(), Error> {
    material.ior = khr_materials_ior::read(object)?;
    material.specular = khr_materials_specular::read(object, slots)?;
    khr_materials_pbr_specular_glossiness::read(object, slots, material)?;
    material.clearcoat = khr_materials_clearcoat::read(object, slots)?;
    material.sheen = khr_materials_sheen::read(object, slots)?;
    material.transmission = khr_materials_transmission::read(object, slots)?;
    material.volume = khr_materials_volume::read(object, slots)?;
    material.dispersion = khr_materials_dispersion::read(object)?;
    material.iridescence = khr_materials_iridescence::read(object, slots)?;
    material.anisotropy = khr_materials_anisotropy::read(object, slots)?;
    material.diffuse_transmission = khr_materials_diffuse_transmission::read(object, slots)?;
    Ok(())
}

/// Warns of textures for which the card has no place.
fn warn_of_dropped(object: &Object, material: &Material, textures: &[Texture], ledger: &mut Ledger) {
    let units = material.units(textures);
    for ((slot, unit), role) in material.slots().iter().zip(units).zip(ROLES) {
        if slot.is_some() && unit.is_none() {
            ledger.warn(format!(
                "{}: it reads more than {MOST_TEXTURES} pictures, so its texture for {} is left out. Pack several into \
                 the channels of one.",
                object.place,
                role.name.replace('_', " ")
            ));
        }
    }
}

fn read_alpha_mode(object: &Object) -> Result<AlphaMode, Error> {
    match object.text("alphaMode")? {
        None | Some("OPAQUE") => Ok(AlphaMode::Opaque),
        Some("MASK") => Ok(AlphaMode::Mask { cutoff: object.number("alphaCutoff")?.unwrap_or(0.5) }),
        Some("BLEND") => Ok(AlphaMode::Blend),
        Some(_) => Err(object.invalid("`alphaMode` must be OPAQUE, MASK or BLEND")),
    }
}

/// Reads texture slots.
pub(super) struct Slots<'a> {
    /// How many textures the file has.
    textures: usize,
    /// Those of the material at hand.
    uv_sets: UvSets,
    ledger: &'a mut Ledger,
}

impl Slots<'_> {
    /// A texture slot; `None` when the material has none, or none that can be drawn.
    pub fn read(&mut self, parent: &Object, key: &str) -> Result<Option<TextureSlot>, Error> {
        Ok(self.read_with_info(parent, key)?.map(|(slot, _)| slot))
    }

    /// The same with the JSON it stands in.
    pub fn read_with_info<'a>(
        &mut self,
        parent: &Object<'a>,
        key: &str,
    ) -> Result<Option<(TextureSlot, Object<'a>)>, Error> {
        let Some(info) = parent.object(key)? else { return Ok(None) };
        let texture = info.index_below("index", self.textures, "textures")?;
        let texture = texture.ok_or_else(|| info.invalid("`index` is missing"))?;
        let transform = khr_texture_transform::read(&info)?;
        let written = transform.uv_set.or(info.index("texCoord")?).unwrap_or(0);
        let Some(uv_set) = uv_sets::place(&mut self.uv_sets, written) else {
            let place = &info.place;
            let what = "a surface reads at most two of the coordinate sets TEXCOORD_0 to TEXCOORD_7";
            self.ledger.warn(format!("{place}: {what}, so this texture on TEXCOORD_{written} is left out."));
            return Ok(None);
        };
        Ok(Some((TextureSlot { texture, uv_set, texture_from_uv: transform.texture_from_uv }, info)))
    }
}
