//! A material's numbers and textures as the page reads and writes them.

use crate::model::{AlphaMode, Material, NUMBERS, Role, TextureSlot};
use serde_json::{Map, Value};

/// glTF's cut-off where a material has none.
const USUAL_CUTOFF: f32 = 0.5;
/// The number of [`AlphaMode::Mask`] at the boundary.
const MASK: f32 = 1.0;

/// Every number of a material, a list each.
pub fn read(material: &Material) -> Value {
    let mut material = material.clone();
    let mut all = Map::new();
    let mut add = |name: &str, numbers: &[f32]| drop(all.insert(name.to_owned(), numbers.into()));
    for name in NUMBERS {
        if let Some((numbers, _)) = material.numbers_mut(name) {
            add(name, numbers);
        }
    }
    let (mode, cutoff) = match material.alpha_mode {
        AlphaMode::Opaque => (0.0, USUAL_CUTOFF),
        AlphaMode::Mask { cutoff } => (MASK, cutoff),
        AlphaMode::Blend => (2.0, USUAL_CUTOFF),
    };
    add("alphaMode", &[mode]);
    add("alphaCutoff", &[cutoff]);
    add("doubleSided", &[f32::from(u8::from(material.double_sided))]);
    all.into()
}

/// Changes a number, kept within glTF's range. `None` for names and lengths that it has not.
pub fn write(material: &mut Material, name: &str, values: &[Value]) -> Option<()> {
    // JSON has no infinity: null is all there is beyond numbers.
    let number = |value: &Value| value.as_f64().map_or(f32::INFINITY, |number| number as f32);
    let first = number(values.first()?);
    match name {
        "alphaMode" => {
            material.alpha_mode = match material.alpha_mode {
                _ if first == 0.0 => AlphaMode::Opaque,
                _ if first != MASK => AlphaMode::Blend,
                AlphaMode::Mask { cutoff } => AlphaMode::Mask { cutoff },
                _ => AlphaMode::Mask { cutoff: USUAL_CUTOFF },
            };
        }
        "alphaCutoff" => material.alpha_mode = AlphaMode::Mask { cutoff: first.clamp(0.0, 1.0) },
        "doubleSided" => material.double_sided = first != 0.0,
        _ => {
            let (numbers, [least, most]) = material.numbers_mut(name).filter(|(old, _)| old.len() == values.len())?;
            numbers.iter_mut().zip(values).for_each(|(old, value)| *old = number(value).clamp(least, most));
        }
    }
    Some(())
}

/// Puts a texture in the place of a role; `None` takes it away.
pub fn set_slot(material: &mut Material, role: Role, slot: Option<TextureSlot>) {
    material.is_glossy &= role != Role::MetallicRoughness;
    *material.texture_mut(role) = slot;
}
