//! Nodes, their tree and the shown scene (glTF 2.0, section 3.5).

use super::Error;
use super::json::Object;
use super::ledger::Ledger;
use crate::math::{Affine3A, Mat4, Quat, Vec3};
use crate::model::Node;

/// The nodes of a file and the roots of its shown scene: one tree each, every node with one parent at most.
pub(super) fn read(root: &Object, meshes: usize, ledger: &mut Ledger) -> Result<(Vec<Node>, Vec<usize>), Error> {
    let objects = root.objects("nodes")?;
    let mut nodes = Vec::with_capacity(objects.len());
    for object in &objects {
        if object.field("skin").is_some() {
            ledger.warn("The file has skins, which are not posed yet: the product is shown at rest.");
        }
        nodes.push(Node {
            name: object.name(),
            parent_from_node: read_place(object)?,
            mesh: object.index_below("mesh", meshes, "meshes")?,
            children: object.indices_below("children", objects.len(), "nodes")?,
        });
    }
    let parents = find_parents(&nodes)?;
    refuse_cycles(&nodes, &parents)?;
    let roots = read_roots(root, &parents)?;
    Ok((nodes, roots))
}

fn read_place(object: &Object) -> Result<Affine3A, Error> {
    let place = read_matrix(object)?;
    // Finite numbers alone do not help: a rotation times a huge scale may overflow.
    if place.is_finite() { Ok(place) } else { Err(object.invalid("its numbers are too large for a place")) }
}

/// A matrix, or translation, rotation and scale. The scale may be negative: it mirrors, and the drawing side turns the
/// triangles by the matrix's sign.
fn read_matrix(object: &Object) -> Result<Affine3A, Error> {
    if let Some(columns) = object.numbers::<16>("matrix")? {
        return Ok(Affine3A::from_mat4(Mat4::from_cols_array(&columns)));
    }
    let translation = object.numbers("translation")?.map_or(Vec3::ZERO, |xyz: [f32; 3]| Vec3::from(xyz));
    let scale = object.numbers("scale")?.map_or(Vec3::ONE, |xyz: [f32; 3]| Vec3::from(xyz));
    let rotation = object.numbers("rotation")?.map_or(Quat::IDENTITY, Quat::from_array);
    let length = rotation.length();
    if !(length > 0.0 && length.is_finite()) {
        return Err(object.invalid("`rotation` is no rotation: its four numbers must have length 1"));
    }
    Ok(Affine3A::from_scale_rotation_translation(scale, rotation / length, translation))
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

/// The scene that the file names, else the first, else every node without a parent.
fn read_roots(root: &Object, parents: &[Option<usize>]) -> Result<Vec<usize>, Error> {
    let scenes = root.objects("scenes")?;
    let shown = root.index_below("scene", scenes.len(), "scenes")?.unwrap_or(0);
    let Some(scene) = scenes.get(shown) else { return Ok(roots_of(parents).collect()) };
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
