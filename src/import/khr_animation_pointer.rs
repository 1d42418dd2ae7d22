//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_animation_pointer>: animations of more than nodes.

use super::Error;
use super::animation::{Goal, node_goal};
use super::json::{Object, quoted};
use super::ledger::Ledger;
use crate::model::{Model, Target};

/// The pointer of a channel's target; `None` when it moves a node as the core says.
pub(super) fn pointer<'a>(target: &Object<'a>, path: &str) -> Result<Option<&'a str>, Error> {
    if path != "pointer" {
        return Ok(None);
    }
    let extension = target.extension("KHR_animation_pointer")?;
    let pointer = extension.map(|extension| extension.text("pointer")).transpose()?.flatten();
    pointer.map(Some).ok_or_else(|| target.invalid("its path is a pointer, but `pointer` is missing"))
}

/// What a pointer moves: none, with a warning, when it leads to nothing that we draw; several where nodes share a mesh.
pub(super) fn goals(pointer: &str, target: &Object, model: &mut Model, ledger: &mut Ledger) -> Vec<Goal> {
    let mut steps = pointer.split('/').skip(1);
    let (list, index) = (steps.next().unwrap_or_default(), steps.next().and_then(|step| number(step)));
    let rest = index.map(|_| steps.next().unwrap_or_default()).unwrap_or_default();
    let index = index.unwrap_or(usize::MAX);
    let behind = steps.next();
    let goals: Vec<Goal> = match (list, rest) {
        ("nodes", "extensions") => {
            let is_visible = pointer.ends_with("/extensions/KHR_node_visibility/visible");
            let is_known = is_visible && index < model.nodes.len();
            is_known.then_some((Target::Visible(index), 1)).into_iter().collect()
        }
        ("nodes", "weights") => weight_goal(index, behind, model).into_iter().collect(),
        ("nodes", path) if behind.is_none() => node_goal(index, path, target, model, ledger).into_iter().collect(),
        ("meshes", "weights") => {
            // A node with weights of its own does not follow its mesh's.
            let follows = |node: &crate::model::Node| node.mesh == Some(index) && node.weights.is_empty();
            let nodes = model.nodes.iter().enumerate().filter(|(_, node)| follows(node));
            nodes.filter_map(|(node, _)| weight_goal(node, behind, model)).collect()
        }
        _ => Vec::new(),
    };
    if goals.is_empty() {
        ledger.warn(format!("{}: {} leads to nothing that is animated here.", target.place, quoted(pointer)));
    }
    goals
}

/// All weights of a node, or one of them.
fn weight_goal(node: usize, single: Option<&str>, model: &Model) -> Option<Goal> {
    let mesh = model.nodes.get(node)?.mesh?;
    let count = model.meshes.get(mesh)?.weights.len();
    let (first, width) = match single {
        Some(step) => (number(step)?, 1),
        None => (0, count),
    };
    (first < count).then_some((Target::Weights { node, first }, width))
}

fn number(step: &str) -> Option<usize> {
    let is_plain = !step.is_empty() && step.len() < 9 && step.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| step.bytes().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')))
}
