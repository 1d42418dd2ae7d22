//! Materials (glTF 2.0, section 3.9).

use super::json::Object;
use super::ledger::Ledger;
use super::{
    khr_materials_anisotropy, khr_materials_clearcoat, khr_materials_diffuse_transmission, khr_materials_dispersion,
    khr_materials_emissive_strength, khr_materials_ior, khr_materials_iridescence,
    khr_materials_pbr_specular_glossiness, khr_materials_sheen, khr_materials_specular, khr_materials_transmission,
    khr_materials_unlit, khr_materials_volume, khr_texture_transform,
    uv_sets::{self, UvSets},
};
use crate::math::Vec3;
use crate::model::{AlphaMode, MOST_TEXTURES, Material, Role, Texture, TextureSlot};

/// All materials of a file that has these textures, and the coordinate sets that each of them reads.
pub(super) fn read(root: &Object, textures: &[Texture], ledger: &mut Ledger) -> (Vec<Material>, Vec<UvSets>) {
    let mut slots = Slots { textures: textures.len(), uv_sets: UvSets::default(), ledger };
    let (mut materials, mut uv_sets) = (Vec::new(), Vec::new());
    for object in root.objects("materials") {
        let mut material = Material { name: object.name(), ..Material::default() };
        read_surface(&object, &mut slots, &mut material);
        read_layers(&object, &mut slots, &mut material);
        warn_of_dropped(&object, &material, textures, slots.ledger);
        materials.push(material);
        uv_sets.push(std::mem::take(&mut slots.uv_sets));
    }
    (materials, uv_sets)
}

/// What the core standard says.
fn read_surface(object: &Object, slots: &mut Slots, material: &mut Material) {
    if let Some(surface) = object.object("pbrMetallicRoughness") {
        read_numbers(&surface, &["baseColorFactor", "metallicFactor", "roughnessFactor"], material);
        read_textures(&surface, &[Role::BaseColor, Role::MetallicRoughness], slots, material);
    }
    read_numbers(object, &["emissiveFactor"], material);
    read_textures(object, &[Role::Normal, Role::Occlusion, Role::Emissive], slots, material);
    let strength = khr_materials_emissive_strength::read(object);
    // Clamped, because two finite numbers may have a product that is none.
    material.emissive = (material.emissive * strength).min(Vec3::splat(f32::MAX));
    material.alpha_mode = read_alpha_mode(object);
    material.double_sided = object.flag("doubleSided");
    material.unlit = khr_materials_unlit::read(object);
}

/// What the extensions say.
fn read_layers(object: &Object, slots: &mut Slots, material: &mut Material) {
    material.ior = khr_materials_ior::read(object);
    khr_materials_specular::LAYER.read(object, slots, material);
    khr_materials_pbr_specular_glossiness::read(object, slots, material);
    khr_materials_volume::read(object, slots, material);
    let others = [
        khr_materials_clearcoat::LAYER,
        khr_materials_sheen::LAYER,
        khr_materials_transmission::LAYER,
        khr_materials_dispersion::LAYER,
        khr_materials_iridescence::LAYER,
        khr_materials_anisotropy::LAYER,
        khr_materials_diffuse_transmission::LAYER,
    ];
    others.iter().for_each(|layer| layer.read(object, slots, material));
}

/// An extension that says all it says in numbers and textures which the model has under glTF's names.
pub(super) struct Layer {
    pub extension: &'static str,
    pub numbers: &'static [&'static str],
    pub textures: &'static [Role],
}

impl Layer {
    /// Takes what the extension says; nothing changes without it.
    pub fn read(&self, object: &Object, slots: &mut Slots, material: &mut Material) {
        if let Some(extension) = object.extension(self.extension) {
            read_numbers(&extension, self.numbers, material);
            read_textures(&extension, self.textures, slots, material);
        }
    }
}

/// Numbers under these names.
fn read_numbers(object: &Object, names: &[&str], material: &mut Material) {
    names.iter().for_each(|name| read_number(object, name, material, name));
}

/// The number that is `written` under one name and known by another, brought back within glTF's range.
fn read_number(object: &Object, written: &str, material: &mut Material, name: &str) {
    if let Some((numbers, [least, most])) = material.numbers_mut(name) {
        object.fill(written, numbers);
        numbers.iter_mut().for_each(|number| *number = number.clamp(least, most));
    }
}

/// Textures of these roles, with the number that some of them carry.
fn read_textures(object: &Object, roles: &[Role], slots: &mut Slots, material: &mut Material) {
    for &role in roles {
        let Some((slot, info)) = slots.read_with_info(object, role.gltf_name()) else { continue };
        *material.texture_mut(role) = Some(slot);
        match role {
            Role::Normal => read_number(&info, "scale", material, "normalScale"),
            Role::ClearcoatNormal => read_number(&info, "scale", material, "clearcoatNormalScale"),
            Role::Occlusion => read_number(&info, "strength", material, "occlusionStrength"),
            _ => {}
        }
    }
}

/// Warns of textures for which the card has no place.
fn warn_of_dropped(object: &Object, material: &Material, textures: &[Texture], ledger: &mut Ledger) {
    let units = material.units(textures);
    for (role, unit) in Role::ALL.into_iter().zip(units) {
        if material.texture(role).is_some() && unit.is_none() {
            ledger.warn(format!(
                "{}: it reads more than {MOST_TEXTURES} pictures, so its {} is left out. Pack several into the channels \
                 of one.",
                object.place,
                role.gltf_name()
            ));
        }
    }
}

fn read_alpha_mode(object: &Object) -> AlphaMode {
    match object.text("alphaMode").unwrap_or("OPAQUE") {
        "OPAQUE" => AlphaMode::Opaque,
        "MASK" => AlphaMode::Mask { cutoff: object.number("alphaCutoff").unwrap_or(0.5) },
        "BLEND" => AlphaMode::Blend,
        _ => {
            object.complain(format_args!("`alphaMode` must be OPAQUE, MASK or BLEND"));
            AlphaMode::Opaque
        }
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
    pub fn read(&mut self, parent: &Object, key: &str) -> Option<TextureSlot> {
        Some(self.read_with_info(parent, key)?.0)
    }

    /// The same with the JSON it stands in.
    pub fn read_with_info<'a>(&mut self, parent: &Object<'a>, key: &str) -> Option<(TextureSlot, Object<'a>)> {
        let info = parent.object(key)?;
        let texture = info.index_below("index", self.textures, "textures");
        if texture.is_none() {
            info.complain(format_args!("`index` is missing"));
        }
        let transform = khr_texture_transform::read(&info);
        let written = transform.uv_set.or(info.index("texCoord")).unwrap_or(0);
        let uv_set = uv_sets::place(&mut self.uv_sets, written);
        if uv_set.is_none() {
            let place = &info.place;
            let what = "a surface reads at most two of the coordinate sets TEXCOORD_0 to TEXCOORD_7";
            self.ledger.warn(format!("{place}: {what}, so this texture on TEXCOORD_{written} is left out."));
        }
        let slot = TextureSlot { texture: texture?, uv_set: uv_set?, texture_from_uv: transform.texture_from_uv };
        Some((slot, info))
    }
}
