//! Morph targets (glTF 2.0, section 3.7.2.2).

use super::Error;
use super::json::Object;
use super::ledger::Ledger;
use super::mesh::Source;
use super::stream::Stream;
use crate::model::{Mesh, MorphTarget, Primitive};

/// The targets of a primitive.
pub(super) fn targets(
    primitive: &Object,
    vertices: usize,
    source: &Source,
    ledger: &mut Ledger,
) -> Result<Vec<MorphTarget>, Error> {
    let mut targets = Vec::new();
    for object in primitive.objects("targets") {
        ledger.charge(1, size_of::<MorphTarget>(), &object.place)?;
        let mut read = |stream: Stream| stream.read((&object, vertices), source, ledger);
        targets.push(MorphTarget {
            positions: read(Stream::Position)?,
            normals: read(Stream::Normal)?,
            tangents: read(Stream::TangentShift)?,
        });
    }
    Ok(targets)
}

/// One weight for each target of a mesh, 0 where the file says nothing.
pub(super) fn weights(object: &Object, primitives: &[Primitive], ledger: &mut Ledger) -> Vec<f32> {
    let most = primitives.iter().map(|primitive| primitive.targets.len()).max().unwrap_or(0);
    let weights = object.number_list("weights");
    fit(weights, most, object, ledger)
}

/// The weights that a node has of its own; none when the mesh's hold.
pub(super) fn node_weights(object: &Object, mesh: Option<&Mesh>, ledger: &mut Ledger) -> Vec<f32> {
    match mesh {
        Some(mesh) if object.field("weights").is_some() => {
            fit(object.number_list("weights"), mesh.weights.len(), object, ledger)
        }
        _ => Vec::new(),
    }
}

fn fit(mut weights: Vec<f32>, targets: usize, object: &Object, ledger: &mut Ledger) -> Vec<f32> {
    if !weights.is_empty() && weights.len() != targets {
        let (place, count) = (&object.place, weights.len());
        ledger.warn(format!("{place}: it has {count} `weights` for {targets} morph targets; others count as 0."));
    }
    weights.resize(targets, 0.0);
    weights
}
