//! What each platform will lose of a product. Apple's and Google's viewers are closed: what is known of them comes from
//! their documentation and from what their users found.

use super::cost::Cost;
use vitrine::{
    import::{ExtensionUse, Fate},
    model::{Material, Model},
};

/// One way to see the product.
#[derive(Clone, Debug, PartialEq)]
pub struct Platform {
    pub name: &'static str,
    /// What is not seen there, one phrase each.
    pub losses: Vec<String>,
}

/// What an extension is called where only its look matters, and who loses it.
struct Look {
    extension: &'static str,
    /// As a phrase, for the viewers that lack it.
    lost: &'static str,
    /// USDZ's preview surface has something like it.
    quick_look: bool,
    /// Scene Viewer reads it.
    scene_viewer: bool,
}

const fn look(extension: &'static str, lost: &'static str, quick_look: bool, scene_viewer: bool) -> Look {
    Look { extension, lost, quick_look, scene_viewer }
}

/// Scene Viewer's documentation promises two extensions, unlit and texture transforms. USDZ's preview surface has clear
/// coat, an index of refraction and a specular colour.
const LOOKS: [Look; 20] = [
    look("KHR_materials_unlit", "unlit surfaces are lit", false, true),
    look("KHR_texture_transform", "moved and scaled textures may lie wrong", false, true),
    look("KHR_materials_clearcoat", "clear coat", true, false),
    look("KHR_materials_ior", "the index of refraction", true, false),
    look("KHR_materials_specular", "the strength and colour of reflections", true, false),
    look("KHR_materials_emissive_strength", "glow beyond white", false, false),
    look("KHR_materials_sheen", "the sheen of cloth", false, false),
    look("KHR_materials_transmission", "refraction: glass becomes plain transparency", false, false),
    look("KHR_materials_volume", "the tint of thick glass", false, false),
    look("KHR_materials_dispersion", "the colours of cut glass", false, false),
    look("KHR_materials_diffuse_transmission", "light through thin cloth or paper", false, false),
    look("KHR_materials_iridescence", "thin-film colours", false, false),
    look("KHR_materials_anisotropy", "the stretched highlights of brushed metal", false, false),
    look("KHR_materials_variants", "the other variants: one look only", false, false),
    look("KHR_lights_punctual", "lamps in the file", false, false),
    look("KHR_animation_pointer", "animated materials", false, false),
    look("EXT_mesh_gpu_instancing", "repeated parts", true, false),
    look("KHR_node_visibility", "hidden parts are shown", true, false),
    look("EXT_texture_webp", "its WebP pictures", true, false),
    look("EXT_texture_avif", "its AVIF pictures", true, false),
];

/// Packed data that Quick Look gets unpacked, while Scene Viewer gets the file as it is.
const PACKINGS: [&str; 4] =
    ["KHR_texture_basisu", "EXT_meshopt_compression", "KHR_meshopt_compression", "KHR_draco_mesh_compression"];

/// What is lost where.
pub fn losses(extensions: &[ExtensionUse], model: &Model, cost: &Cost, file_bytes: usize) -> Vec<Platform> {
    let named = |name: &str| extensions.iter().any(|extension| extension.name == name);
    let (browser, quick_look) = (browser(extensions), quick_look(&named, model, cost));
    let small = Vec::from_iter(
        (cost.longest_side_px > 4096)
            .then(|| format!("pictures of {} pixels are scaled down on most phones", cost.longest_side_px)),
    );
    vec![
        Platform { name: "browser with WebGPU", losses: browser.clone() },
        Platform { name: "browser with WebGL2", losses: [browser, small].concat() },
        Platform { name: "iPhone, Quick Look", losses: quick_look },
        Platform { name: "Android, Scene Viewer", losses: scene_viewer(&named, cost, file_bytes) },
    ]
}

fn browser(extensions: &[ExtensionUse]) -> Vec<String> {
    let lost = extensions.iter().filter_map(|extension| match extension.fate {
        Fate::Ignored(loss) if !PACKINGS.contains(&extension.name.as_str()) => Some(loss.to_owned()),
        _ => None,
    });
    lost.collect()
}

fn quick_look(named: &impl Fn(&str) -> bool, model: &Model, cost: &Cost) -> Vec<String> {
    let lost = LOOKS.iter().filter(|look| !look.quick_look && named(look.extension));
    let mut losses: Vec<String> = lost.map(|look| look.lost.to_owned()).collect();
    let primitives = || model.meshes.iter().flat_map(|mesh| &mesh.primitives);
    let mut tell = |is_lost: bool, loss: String| {
        if is_lost {
            losses.push(loss);
        }
    };
    tell(primitives().any(|primitive| !primitive.colors.is_empty()), "vertex colours".into());
    let mut slots = model.materials.iter().flat_map(Material::texture_slots);
    tell(slots.any(|slot| slot.uv_set > 0), "textures on a second coordinate set may lie wrong".into());
    let lines = primitives().any(|primitive| primitive.triangle_count() == 0);
    tell(lines, "lines and points".into());
    tell(cost.longest_side_px > 2048, format!("pictures of {} pixels shrink to 2048", cost.longest_side_px));
    tell(cost.vertices > 100_000, format!("{} vertices may be too many; 100000 are safe", cost.vertices));
    losses
}

fn scene_viewer(named: &impl Fn(&str) -> bool, cost: &Cost, file_bytes: usize) -> Vec<String> {
    let lost = LOOKS.iter().filter(|look| !look.scene_viewer && named(look.extension));
    let mut losses: Vec<String> = lost.map(|look| look.lost.to_owned()).collect();
    losses.extend(
        PACKINGS.iter().filter(|name| named(name)).map(|name| format!("the whole product, if it cannot read {name}")),
    );
    if file_bytes > 15 << 20 {
        losses.push(format!("patience: the file of {} MiB is fetched whole once more", file_bytes >> 20));
    }
    if cost.longest_side_px > 2048 {
        losses.push(format!("pictures of {} pixels shrink on many phones", cost.longest_side_px));
    }
    losses
}
