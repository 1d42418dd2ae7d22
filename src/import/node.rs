//! Nodes, their tree and the shown scene (glTF 2.0, section 3.5).

use super::accessor::Accessors;
use super::json::Object;
use super::ledger::Ledger;
use super::{Error, ext_mesh_gpu_instancing, khr_lights_punctual, khr_node_visibility, morph};
use crate::math::{Affine3A, Mat4, Quat, Vec3};
use crate::model::{Mesh, Model, NamedScene, Node, Trs};

/// The nodes of a file, its scenes and the roots of the shown one, into its model, which has its meshes and skins. One
/// tree each, every node with one parent at most.
pub(super) fn read(root: &Object, model: &mut Model, accessors: &Accessors, ledger: &mut Ledger) -> Result<(), Error> {
    let objects = root.objects("nodes")?;
    let (meshes, others) = (&model.meshes, [model.skins.len(), model.lamps.len()]);
    let nodes: Result<Vec<Node>, Error> =
        objects.iter().map(|object| read_node(object, objects.len(), (meshes, others), accessors, ledger)).collect();
    let nodes = nodes?;
    let parents = find_parents(&nodes)?;
    refuse_cycles(&nodes, &parents)?;
    (model.roots, model.scenes) = read_scenes(root, &parents)?;
    model.nodes = nodes;
    Ok(())
}

fn read_node(
    object: &Object,
    nodes: usize,
    (meshes, [skins, lamps]): (&[Mesh], [usize; 2]),
    accessors: &Accessors,
    ledger: &mut Ledger,
) -> Result<Node, Error> {
    let mesh = object.index_below("mesh", meshes.len(), "meshes")?;
    let (parent_from_node, rest) = read_place(object)?;
    Ok(Node {
        name: object.name(),
        parent_from_node,
        rest,
        mesh,
        skin: object.index_below("skin", skins, "skins")?,
        lamp: khr_lights_punctual::of_node(object, lamps)?,
        weights: morph::node_weights(object, mesh.and_then(|mesh| meshes.get(mesh)), ledger)?,
        visible: khr_node_visibility::read(object)?,
        instances: ext_mesh_gpu_instancing::read(object, accessors, ledger)?,
        children: object.indices_below("children", nodes, "nodes")?,
    })
}

fn read_place(object: &Object) -> Result<(Affine3A, Option<Trs>), Error> {
    let (place, rest) = match object.numbers::<16>("matrix")? {
        Some(columns) => (Affine3A::from_mat4(Mat4::from_cols_array(&columns)), None),
        None => {
            let rest = read_trs(object)?;
            (rest.to_affine(), Some(rest))
        }
    };
    // Finite numbers alone do not help: a rotation times a huge scale may overflow.
    if place.is_finite() { Ok((place, rest)) } else { Err(object.invalid("its numbers are too large for a place")) }
}

/// Translation, rotation and scale. The scale may be negative: it mirrors, and the drawing side turns the triangles by
/// the matrix's sign.
fn read_trs(object: &Object) -> Result<Trs, Error> {
    let translation = object.numbers("translation")?.map_or(Vec3::ZERO, |xyz: [f32; 3]| Vec3::from(xyz));
    let scale = object.numbers("scale")?.map_or(Vec3::ONE, |xyz: [f32; 3]| Vec3::from(xyz));
    let rotation = object.numbers("rotation")?.map_or(Quat::IDENTITY, Quat::from_array);
    let length = rotation.length();
    if !(length > 0.0 && length.is_finite()) {
        return Err(object.invalid("`rotation` is no rotation: its four numbers must have length 1"));
    }
    Ok(Trs { translation, rotation: rotation / length, scale })
}

/// Every node's parent.
fn find_parents(nodes: &[Node]) -> Result<Vec<Option<usize>>, Error> {
    let mut parents = vec![None; nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        for &child in &node.children {
            let Some(parent) = parents.get_mut(child) else { continue };
            if let Some(other) = parent.replace(index) {
                let what =
                    format!("it is a child of node {other} and again of node {index}, but a node has one parent");
                return Err(Error::invalid(&format!("nodes/{child}"), what));
            }
        }
    }
    Ok(parents)
}

/// With one parent each, nodes that no root leads to hang in a circle.
fn refuse_cycles(nodes: &[Node], parents: &[Option<usize>]) -> Result<(), Error> {
    let mut reached = vec![false; nodes.len()];
    let mut open: Vec<usize> = roots_of(parents).collect();
    while let Some(index) = open.pop() {
        if let (Some(flag), Some(node)) = (reached.get_mut(index), nodes.get(index)) {
            *flag = true;
            open.extend(&node.children);
        }
    }
    match reached.iter().position(|flag| !flag) {
        Some(index) => Err(Error::invalid(&format!("nodes/{index}"), "it is its own ancestor")),
        None => Ok(()),
    }
}

/// The roots of the scene that the file names, else of the first, else every node without a parent; and all scenes.
fn read_scenes(root: &Object, parents: &[Option<usize>]) -> Result<(Vec<usize>, Vec<NamedScene>), Error> {
    let objects = root.objects("scenes")?;
    let shown = root.index_below("scene", objects.len(), "scenes")?.unwrap_or(0);
    let scene = |scene: &Object| Ok(NamedScene { name: scene.name(), roots: read_roots(scene, parents)? });
    let scenes = objects.iter().map(scene).collect::<Result<Vec<NamedScene>, Error>>()?;
    let roots = scenes.get(shown).map(|scene| scene.roots.clone());
    Ok((roots.unwrap_or_else(|| roots_of(parents).collect()), scenes))
}

fn read_roots(scene: &Object, parents: &[Option<usize>]) -> Result<Vec<usize>, Error> {
    let roots = scene.indices_below("nodes", parents.len(), "nodes")?;
    let mut seen = vec![false; parents.len()];
    for &index in &roots {
        if parents.get(index).is_some_and(Option::is_some) {
            return Err(scene.invalid(format!("node {index} stands at its top, but is a child of another node")));
        }
        if seen.get_mut(index).is_some_and(|flag| std::mem::replace(flag, true)) {
            return Err(scene.invalid(format!("node {index} stands at its top twice")));
        }
    }
    Ok(roots)
}

fn roots_of(parents: &[Option<usize>]) -> impl Iterator<Item = usize> {
    parents.iter().enumerate().filter(|(_, parent)| parent.is_none()).map(|(index, _)| index)
}
