//! Nodes, their tree and the shown scene (glTF 2.0, section 3.5).

use super::accessor::Accessors;
use super::json::Object;
use super::ledger::Ledger;
use super::names::Names;
use super::{Error, ext_mesh_gpu_instancing, khr_lights_punctual, khr_node_visibility, morph};
use crate::math::{Affine3A, Mat4, Quat, Vec3};
use crate::model::{Model, NamedScene, Node, Trs};

/// The nodes of a file, its scenes and the roots of the shown one, into its model, which has its meshes and skins. One
/// tree each, every node with one parent at most.
pub(super) fn read(root: &Object, model: &mut Model, accessors: &Accessors, ledger: &mut Ledger) -> Result<(), Error> {
    let objects = root.objects("nodes");
    let mut nodes = Vec::new();
    for object in &objects {
        nodes.push(read_node(object, objects.len(), model, accessors, ledger)?);
    }
    let parents = find_parents(&nodes)?;
    refuse_cycles(&nodes, &parents)?;
    read_scenes(root, &parents, model);
    model.nodes = nodes;
    Ok(())
}

fn read_node(
    object: &Object,
    nodes: usize,
    model: &Model,
    accessors: &Accessors,
    ledger: &mut Ledger,
) -> Result<Node, Error> {
    let instances = ext_mesh_gpu_instancing::read(object, accessors, ledger)?;
    let mesh = object.index_below("mesh", model.meshes.len(), "meshes");
    let (parent_from_node, rest) = read_place(object);
    Ok(Node {
        name: object.name(),
        parent_from_node,
        rest,
        mesh,
        skin: object.index_below("skin", model.skins.len(), "skins"),
        lamp: khr_lights_punctual::of_node(object, model.lamps.len()),
        weights: morph::node_weights(object, mesh.and_then(|mesh| model.meshes.get(mesh)), ledger),
        visible: khr_node_visibility::read(object),
        instances,
        children: object.indices_below("children", nodes, "nodes"),
    })
}

fn read_place(object: &Object) -> (Affine3A, Option<Trs>) {
    let (place, rest) = match object.numbers::<16>("matrix") {
        Some(columns) => (Affine3A::from_mat4(Mat4::from_cols_array(&columns)), None),
        None => {
            let rest = read_trs(object);
            (rest.to_affine(), Some(rest))
        }
    };
    // Finite numbers alone do not help: a rotation times a huge scale may overflow.
    if !place.is_finite() {
        object.complain(format_args!("its numbers are too large for a place"));
    }
    (place, rest)
}

/// Translation, rotation and scale. The scale may be negative: it mirrors, and the drawing side turns the triangles by
/// the matrix's sign.
fn read_trs(object: &Object) -> Trs {
    let translation = object.numbers("translation").map_or(Vec3::ZERO, Vec3::from_array);
    let scale = object.numbers("scale").map_or(Vec3::ONE, Vec3::from_array);
    let rotation = object.numbers("rotation").map_or(Quat::IDENTITY, Quat::from_array);
    let length = rotation.length();
    if !(length > 0.0 && length.is_finite()) {
        object.complain(format_args!("`rotation` is no rotation: its four numbers must have length 1"));
    }
    Trs { translation, rotation: rotation / length, scale }
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

/// All scenes, of which the one that the file names is shown, else the first; every node without a parent where there is none.
fn read_scenes(root: &Object, parents: &[Option<usize>], model: &mut Model) {
    let objects = root.objects("scenes");
    let mut names = Names::of("Scene");
    let scenes = objects.iter().enumerate();
    let scenes = scenes
        .map(|(index, scene)| NamedScene { name: names.give(&scene.name(), index), roots: read_roots(scene, parents) });
    model.scenes = scenes.collect();
    model.default_scene = root.index_below("scene", objects.len(), "scenes").unwrap_or(0);
    model.roots = roots_of(parents).collect();
    model.show_scene(None);
}

fn read_roots(scene: &Object, parents: &[Option<usize>]) -> Vec<usize> {
    let roots = scene.indices_below("nodes", parents.len(), "nodes");
    let mut seen = vec![false; parents.len()];
    for &index in &roots {
        if parents.get(index).is_some_and(Option::is_some) {
            scene.complain(format_args!("node {index} stands at its top, but is a child of another node"));
        }
        if seen.get_mut(index).is_some_and(|flag| std::mem::replace(flag, true)) {
            scene.complain(format_args!("node {index} stands at its top twice"));
        }
    }
    roots
}

fn roots_of(parents: &[Option<usize>]) -> impl Iterator<Item = usize> {
    parents.iter().enumerate().filter(|(_, parent)| parent.is_none()).map(|(index, _)| index)
}
