//! Skins and what hangs on them (glTF 2.0, section 3.7.3).

use super::Error;
use super::accessor::Accessors;
use super::component::Component;
use super::json::Object;
use super::ledger::Ledger;
use super::mesh::Source;
use crate::math::{Affine3A, Mat4, Vec4};
use crate::model::{Joint, JointSet, Mesh, Node, Skin};

/// All skins of a file; `nodes` is how many of those there are.
pub(super) fn read(
    root: &Object,
    accessors: &Accessors,
    nodes: usize,
    ledger: &mut Ledger,
) -> Result<Vec<Skin>, Error> {
    root.objects("skins").iter().map(|object| read_skin(object, accessors, nodes, ledger)).collect()
}

fn read_skin(object: &Object, accessors: &Accessors, nodes: usize, ledger: &mut Ledger) -> Result<Skin, Error> {
    let joints = object.indices_below("joints", nodes, "nodes");
    ledger.charge(joints.len(), size_of::<Joint>(), &object.place)?;
    let mut matrices = Vec::new();
    if let Some(index) = object.index("inverseBindMatrices") {
        let accessor = accessors.open(index, &format!("{} inverseBindMatrices", object.place))?;
        if (accessor.width, accessor.component) != (16, Component::F32) || accessor.count < joints.len() {
            let what = format!("it must hold {} MAT4 of floats, one for each joint", joints.len());
            return Err(Error::invalid(&accessor.place, what));
        }
        matrices = accessor.numbers(ledger)?;
        if matrices.iter().any(|number| !number.is_finite()) {
            return Err(Error::invalid(&accessor.place, "not all of its numbers are finite"));
        }
    }
    let mut matrices = matrices.as_chunks::<16>().0.iter();
    let joint = |node| {
        let matrix = matrices.next().map_or(Affine3A::IDENTITY, |m| Affine3A::from_mat4(Mat4::from_cols_array(m)));
        Joint { node, joint_from_mesh: matrix }
    };
    Ok(Skin { name: object.name(), joints: joints.into_iter().map(joint).collect() })
}

/// The sets `JOINTS_n` and `WEIGHTS_n` of a primitive, its weights made to sum 1.
pub(super) fn joint_sets(
    attributes: &Object,
    vertices: usize,
    source: &Source,
    ledger: &mut Ledger,
) -> Result<Vec<JointSet>, Error> {
    let mut sets = Vec::new();
    while let Some(joints) = attributes.index(&format!("JOINTS_{}", sets.len())) {
        let name = format!("WEIGHTS_{}", sets.len());
        let weights = attributes.index(&name);
        let weights = weights.ok_or_else(|| attributes.invalid(format!("`{name}` is missing beside its joints")))?;
        let joints = four_of_each(joints, "joints", (attributes, vertices), source, ledger)?;
        let weights = four_of_each(weights, "weights", (attributes, vertices), source, ledger)?;
        let joints = joints.into_iter().map(|four| four.to_array().map(|joint| joint as u16)).collect();
        // A broken number pulls nothing.
        let weights = weights.into_iter().map(|four| if four.is_finite() { four.max(Vec4::ZERO) } else { Vec4::ZERO });
        sets.push(JointSet { joints, weights: weights.collect() });
    }
    balance(&mut sets, vertices);
    Ok(sets)
}

fn four_of_each(
    index: usize,
    what: &str,
    (attributes, vertices): (&Object, usize),
    source: &Source,
    ledger: &mut Ledger,
) -> Result<Vec<Vec4>, Error> {
    let accessor = source.accessors.open(index, &format!("{} {what}", attributes.place))?;
    let is_fine = match what {
        "joints" => matches!(accessor.component, Component::U8 | Component::U16) && !accessor.normalized,
        _ => accessor.component == Component::F32 || (accessor.component.is_unsigned() && accessor.normalized),
    };
    if accessor.width != 4 || !is_fine || accessor.count != vertices {
        let (width, words, count) = (accessor.width, accessor.component.words(), accessor.count);
        let what = format!("{count} {what} of {width} {words} are no four {what} for each of {vertices} vertices");
        return Err(Error::invalid(&accessor.place, what));
    }
    accessor.floats(0.0, ledger)
}

/// Makes the weights of every vertex sum 1, and names joint 0 where the weight is 0. A vertex that nothing pulls on
/// hangs on the first joint that it names.
fn balance(sets: &mut [JointSet], vertices: usize) {
    for vertex in 0..vertices {
        let sum: f32 = sets.iter().filter_map(|set| set.weights.get(vertex)).map(|four| four.element_sum()).sum();
        let is_idle = !(sum > 0.0 && sum.is_finite());
        for (number, set) in sets.iter_mut().enumerate() {
            let (Some(four), Some(weights)) = (set.joints.get_mut(vertex), set.weights.get_mut(vertex)) else {
                continue;
            };
            *weights = match is_idle {
                true => {
                    if number == 0 {
                        Vec4::X
                    } else {
                        Vec4::ZERO
                    }
                }
                false => *weights / sum,
            };
            for (joint, weight) in four.iter_mut().zip(weights.to_array()) {
                if weight == 0.0 {
                    *joint = 0;
                }
            }
        }
    }
}

/// Every joint that a mesh names must exist in the skins that nodes give it.
pub(super) fn check(nodes: &[Node], meshes: &[Mesh], skins: &[Skin]) -> Result<(), Error> {
    let largest_of = |mesh: &Mesh| {
        let sets = mesh.primitives.iter().flat_map(|primitive| &primitive.joint_sets);
        sets.flat_map(|set| set.joints.iter().flatten()).copied().max()
    };
    // A mesh may hang on many nodes, and is looked through once.
    let largest: Vec<Option<u16>> = meshes.iter().map(largest_of).collect();
    for (index, node) in nodes.iter().enumerate() {
        let skin = node.skin.and_then(|skin| skins.get(skin));
        let (Some(skin), Some(mesh)) = (skin, node.mesh) else { continue };
        if let Some(Some(joint)) = largest.get(mesh)
            && usize::from(*joint) >= skin.joints.len()
        {
            let what = format!("its mesh {mesh} hangs on joint {joint}, but its skin has {}", skin.joints.len());
            return Err(Error::invalid(&format!("nodes/{index}"), what));
        }
    }
    Ok(())
}
