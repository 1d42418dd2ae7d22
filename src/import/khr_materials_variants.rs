//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_materials_variants>: the looks of a product.

use super::json::{Object, quoted};
use super::ledger::Ledger;
use crate::model::{Variant, VariantMaterial};
use serde_json::{Map, Value};

const NAME: &str = "KHR_materials_variants";

/// The looks of the file, each under a name of its own: pages choose by name.
pub(super) fn names(root: &Object, ledger: &mut Ledger) -> Vec<Variant> {
    let Some(extension) = root.extension(NAME) else { return Vec::new() };
    let mut taken = Map::new();
    let mut variants = Vec::new();
    for (index, variant) in extension.objects("variants").iter().enumerate() {
        let written = variant.text("name").unwrap_or_default();
        let wished = if written.is_empty() { format!("Variant {}", index + 1) } else { written.to_owned() };
        let mut name = wished.clone();
        if taken.contains_key(&name) {
            // The index is in no other such name, so one try is enough unless the file is made to defeat it.
            name = format!("{wished} ({})", index + 1);
            while taken.contains_key(&name) {
                name.push('\'');
            }
        }
        if name != written {
            let (was, is) = (quoted(written), quoted(&name));
            ledger.warn(format!("{}: its name {was} is empty or taken, so it is called {is}.", variant.place));
        }
        taken.insert(name.clone(), Value::Null);
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
