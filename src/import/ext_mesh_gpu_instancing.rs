//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Vendor/EXT_mesh_gpu_instancing>: copies of a part.

use super::Error;
use super::accessor::Accessors;
use super::component::Component;
use super::json::Object;
use super::ledger::Ledger;
use crate::math::{Affine3A, Quat, Vec4};
use crate::model::Trs;

/// The copies of a node's mesh, `node_from_instance`, mirrored ones last; none without the extension.
pub(super) fn read(node: &Object, accessors: &Accessors, ledger: &mut Ledger) -> Result<Vec<Affine3A>, Error> {
    let Some(extension) = node.extension("EXT_mesh_gpu_instancing") else { return Ok(Vec::new()) };
    let Some(attributes) = extension.object("attributes") else { return Ok(Vec::new()) };
    let mut copies: Vec<Trs> = Vec::new();
    let mut count = None;
    for (name, width) in [("TRANSLATION", 3), ("ROTATION", 4), ("SCALE", 3)] {
        let Some(index) = attributes.index(name) else { continue };
        let accessor = accessors.open(index, &format!("{} {name}", node.place))?;
        let is_small = matches!(accessor.component, Component::I8 | Component::I16) && accessor.normalized;
        let is_fine = accessor.component == Component::F32 || (is_small && name == "ROTATION");
        if accessor.width != width || !is_fine {
            let what = format!("{name} cannot be {} {}", accessor.width, accessor.component.words());
            return Err(Error::invalid(&accessor.place, what));
        }
        if *count.get_or_insert(accessor.count) != accessor.count {
            return Err(Error::invalid(&accessor.place, "its count is not that of the other instance attributes"));
        }
        let numbers: Vec<Vec4> = accessor.floats(0.0, ledger)?;
        ledger.charge(numbers.len(), size_of::<Trs>(), &accessor.place)?;
        copies.resize(numbers.len(), Trs::default());
        for (copy, numbers) in copies.iter_mut().zip(numbers) {
            match name {
                "TRANSLATION" => copy.translation = numbers.truncate(),
                "SCALE" => copy.scale = numbers.truncate(),
                _ => copy.rotation = Quat::from_vec4(numbers.normalize_or(Vec4::W)),
            }
        }
    }
    ledger.charge(copies.len(), size_of::<Affine3A>(), &node.place)?;
    let places: Vec<Affine3A> = copies.into_iter().map(Trs::to_affine).collect();
    if let Some(broken) = places.iter().position(|place| !place.is_finite()) {
        return Err(node.invalid(format!("instance {broken} is not at a finite place")));
    }
    // Mirrored copies come last; otherwise all keep the file's order.
    let (mirrored, mut places): (Vec<_>, Vec<_>) =
        places.into_iter().partition(|place| place.matrix3.determinant() < 0.0);
    places.extend(mirrored);
    Ok(places)
}
