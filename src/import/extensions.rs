//! Which extensions are drawn, which are left out with a warning, and which a file may not require.

use super::json::{Object, quoted};
use super::ledger::Ledger;
use super::{Error, khr_mesh_quantization};

/// What we make of an extension.
enum Treatment {
    /// Drawn as it says.
    Drawn,
    /// Says nothing about the look.
    Harmless,
    /// Refines a surface or the light; without it the product is plainer but whole, so it is never refused.
    Plainer(&'static str),
    /// Without it something is wrong or missing: a warning when optional, refused when required.
    Needed { loss: &'static str, advice: &'static str },
}

const TABLE: &[(&str, Treatment)] = &[
    ("KHR_materials_variants", Treatment::Drawn),
    ("KHR_materials_unlit", Treatment::Drawn),
    ("KHR_materials_emissive_strength", Treatment::Drawn),
    ("KHR_materials_ior", Treatment::Drawn),
    ("KHR_materials_specular", Treatment::Drawn),
    ("KHR_materials_clearcoat", Treatment::Drawn),
    ("KHR_materials_sheen", Treatment::Drawn),
    ("KHR_materials_transmission", Treatment::Drawn),
    ("KHR_materials_volume", Treatment::Drawn),
    ("KHR_materials_dispersion", Treatment::Drawn),
    ("KHR_materials_iridescence", Treatment::Drawn),
    ("KHR_materials_anisotropy", Treatment::Drawn),
    ("KHR_materials_diffuse_transmission", Treatment::Drawn),
    ("KHR_materials_pbrSpecularGlossiness", Treatment::Drawn),
    ("KHR_texture_transform", Treatment::Drawn),
    (khr_mesh_quantization::NAME, Treatment::Drawn),
    ("EXT_texture_webp", Treatment::Drawn),
    ("KHR_node_visibility", Treatment::Drawn),
    ("EXT_mesh_gpu_instancing", Treatment::Drawn),
    ("KHR_animation_pointer", Treatment::Drawn),
    ("EXT_texture_avif", Treatment::Drawn),
    ("KHR_texture_basisu", Treatment::Drawn),
    ("KHR_draco_mesh_compression", Treatment::Drawn),
    ("EXT_meshopt_compression", Treatment::Drawn),
    ("KHR_meshopt_compression", Treatment::Drawn),
    ("KHR_xmp", Treatment::Harmless),
    ("KHR_xmp_json_ld", Treatment::Harmless),
    ("MSFT_lod", Treatment::Harmless),
    ("KHR_materials_volume_scatter", Treatment::Plainer("light does not scatter inside parts")),
    ("KHR_materials_diffuse_roughness", Treatment::Plainer("matt surfaces are evenly matt")),
    ("EXT_materials_bump", Treatment::Plainer("bump textures are not drawn")),
    ("KHR_lights_punctual", Treatment::Drawn),
    ("EXT_lights_image_based", Treatment::Plainer("the file's surroundings give no light")),
    ("EXT_lights_ies", Treatment::Plainer("lamps in the file give no light")),
    (
        "MSFT_texture_dds",
        Treatment::Needed {
            loss: "its DDS pictures are left out",
            advice: "export the textures as PNG, JPEG or WebP instead of DDS",
        },
    ),
    (
        "KHR_gaussian_splatting",
        Treatment::Needed { loss: "splats are drawn as points", advice: "export the product as a mesh" },
    ),
];

const UNKNOWN: Treatment = Treatment::Needed {
    loss: "what it says is left out",
    advice: "export without it, or take it out of `extensionsRequired` if the product is right without it",
};

/// An extension that a file names, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtensionUse {
    /// As the file writes it.
    pub name: String,
    /// The file says that it cannot be read without it.
    pub required: bool,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Drawn as it says, or nothing to draw.
    Drawn,
    /// Left out; what is lost.
    Ignored(&'static str),
    /// The file cannot be drawn with it; what to do.
    Refused(&'static str),
}

/// What becomes of every extension that the file names, each once, in file order.
pub(super) fn uses(root: &Object) -> Vec<ExtensionUse> {
    let required = root.texts("extensionsRequired");
    let mut uses: Vec<ExtensionUse> = Vec::new();
    for name in root.texts("extensionsUsed").iter().chain(&required) {
        let is_required = required.contains(name);
        let fate = match treatment(name) {
            Treatment::Drawn | Treatment::Harmless => Fate::Drawn,
            Treatment::Needed { advice, .. } if is_required => Fate::Refused(advice),
            Treatment::Plainer(loss) | Treatment::Needed { loss, .. } => Fate::Ignored(loss),
        };
        if uses.iter().all(|known| known.name != *name) {
            uses.push(ExtensionUse { name: (*name).to_owned(), required: is_required, fate });
        }
    }
    uses
}

/// Refuses a file that requires what we cannot draw; warns once of everything else that is left out.
pub(super) fn check(root: &Object, ledger: &mut Ledger) -> Result<(), Error> {
    let required = root.texts("extensionsRequired");
    for name in &required {
        if let Treatment::Needed { advice, .. } = treatment(name) {
            return Err(refused(name, advice));
        }
    }
    for name in root.texts("extensionsUsed").into_iter().chain(required) {
        if let Treatment::Plainer(loss) | Treatment::Needed { loss, .. } = treatment(name) {
            ledger.warn(format!("The extension {} is not drawn: {loss}.", shown(name)));
        }
    }
    Ok(())
}

fn refused(name: &str, advice: &str) -> Error {
    let message = format!("The model requires the extension {}, which cannot be drawn: {advice}.", shown(name));
    Error::new("unsupported-extension", message)
}

fn treatment(name: &str) -> &'static Treatment {
    TABLE.iter().find(|(known, _)| *known == name).map_or(&UNKNOWN, |(_, treatment)| treatment)
}

fn shown(name: &str) -> String {
    let plain = name.len() < 80 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain { name.to_owned() } else { quoted(name) }
}
