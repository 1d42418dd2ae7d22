//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_variants>: the looks of a product.

use super::json::{Object, quoted};
use super::ledger::Ledger;
use super::names::Names;
use crate::model::{Variant, VariantMaterial};

const NAME: &str = "KHR_materials_variants";

/// The looks of the file, each under a name of its own: pages choose by name.
pub(super) fn names(root: &Object, ledger: &mut Ledger) -> Vec<Variant> {
    let Some(extension) = root.extension(NAME) else { return Vec::new() };
    let mut own = Names::of("Variant");
    let mut variants = Vec::new();
    for (index, variant) in extension.objects("variants").iter().enumerate() {
        let written = variant.text("name").unwrap_or_default();
        let name = own.give(written, index);
        if name != written {
            let (was, is) = (quoted(written), quoted(&name));
            ledger.warn(format!("{}: its name {was} is empty or taken, so it is called {is}.", variant.place));
        }
        variants.push(Variant { name });
    }
    variants
}

/// The materials of a primitive under the looks. A look named twice takes its first material.
pub(super) fn mappings(primitive: &Object, materials: usize, variants: usize) -> Vec<VariantMaterial> {
    let Some(extension) = primitive.extension(NAME) else { return Vec::new() };
    let mut seen = vec![false; variants];
    let mut entries = Vec::new();
    for mapping in extension.objects("mappings") {
        let material = mapping.index_below("material", materials, "materials");
        let Some(material) = material else {
            mapping.complain(format_args!("`material` is missing"));
            continue;
        };
        for variant in mapping.indices_below("variants", variants, "variants") {
            let seen = seen.get_mut(variant);
            if seen.is_some_and(|seen| !std::mem::replace(seen, true)) {
                entries.push(VariantMaterial { variant, material });
            }
        }
    }
    entries
}
