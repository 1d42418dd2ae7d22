//! <https://github.com/KhronosGroup/glTF/tree/main/extensions/2.0/Khronos/KHR_animation_pointer>: animations of more than nodes.

use super::Error;
use super::animation::{Goal, node_goal};
use super::json::{Object, quoted};
use super::ledger::Ledger;
use crate::model::{AnimatedProperty, Model, NUMBERS, Property, Role, Target};
use serde_json::Value;
use std::f32::consts::FRAC_PI_4;

/// Where a file keeps its lamps.
const LAMPS: &str = "/extensions/KHR_lights_punctual/lights";

/// The pointer of a channel's target; `None` when it moves a node as the core says.
pub(super) fn pointer<'a>(target: &Object<'a>, path: &str) -> Result<Option<&'a str>, Error> {
    if path != "pointer" {
        return Ok(None);
    }
    let pointer = target.extension("KHR_animation_pointer").and_then(|extension| extension.text("pointer"));
    pointer.map(Some).ok_or_else(|| target.invalid("its path is a pointer, but `pointer` is missing"))
}

/// What a pointer into the JSON `file` moves: none, with a warning, when it leads to nothing that we draw; several where nodes share a mesh.
pub(super) fn goals(pointer: &str, target: &Object, file: &Value, model: &mut Model, ledger: &mut Ledger) -> Vec<Goal> {
    let mut steps = pointer.split('/').skip(1);
    let (list, index) = (steps.next().unwrap_or_default(), steps.next().and_then(number));
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
        ("materials", _) => material_goal(index, pointer, file, model).into_iter().collect(),
        _ => {
            let lamp = pointer.strip_prefix(LAMPS).and_then(|behind| behind.strip_prefix('/'));
            lamp.and_then(|lamp| lamp_goal(lamp, file, model)).into_iter().collect()
        }
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

/// A number, a colour or a texture's coordinates of a material. `file` is the whole JSON, for what stands at rest.
fn material_goal(material: usize, pointer: &str, file: &Value, model: &mut Model) -> Option<Goal> {
    let steps: Vec<&str> = pointer.split('/').skip(3).collect();
    let (property, first, width, rest) = match *steps.as_slice() {
        [.., texture, "extensions", "KHR_texture_transform", part] => {
            let role = Role::of_gltf(texture)?;
            model.materials.get(material)?.texture(role)?;
            let extension = at(file, pointer.strip_suffix(part)?.strip_suffix('/')?)?;
            let number = |key: &str, place: usize, usual: f32| {
                let value = extension.get(key).map(|value| value.get(place).unwrap_or(value));
                value.and_then(Value::as_f64).map_or(usual, |number| number as f32)
            };
            let offset = [number("offset", 0, 0.0), number("offset", 1, 0.0)];
            let rest =
                [offset[0], offset[1], number("rotation", 0, 0.0), number("scale", 0, 1.0), number("scale", 1, 1.0)];
            let (first, width) = match part {
                "offset" => (0, 2),
                "rotation" => (2, 1),
                "scale" => (3, 2),
                _ => return None,
            };
            (Property::Coordinates { material, role }, first, width, rest)
        }
        ["emissiveFactor"] | [.., "emissiveStrength"] => {
            let object = file.get("materials")?.get(material)?;
            let strength = at(object, "/extensions/KHR_materials_emissive_strength/emissiveStrength");
            let strength = strength.and_then(Value::as_f64).map_or(1.0, |number| number as f32);
            let factor = |place: usize| object.get("emissiveFactor").and_then(|factor| factor.get(place)?.as_f64());
            let [red, green, blue] = [0, 1, 2].map(|place| factor(place).map_or(0.0, |number| number as f32));
            let (first, width) = if steps.len() == 1 { (0, 3) } else { (3, 1) };
            (Property::Emissive(material), first, width, [red, green, blue, strength, 0.0])
        }
        [.., texture, part @ ("scale" | "strength")] => {
            let written = texture.strip_suffix("Texture")?;
            let written = format!("{written}{}", if part == "scale" { "Scale" } else { "Strength" });
            number_goal(material, &written, model)?
        }
        [.., written] => number_goal(material, written, model)?,
        [] => return None,
    };
    Some(animated(model, property, first, width, rest))
}

/// Numbers of a lamp, by the pointer behind the list of lamps.
fn lamp_goal(pointer: &str, file: &Value, model: &mut Model) -> Option<Goal> {
    let (index, name) = pointer.split_once('/')?;
    let lamp = number(index)?;
    model.lamps.get(lamp)?;
    let object = at(file, LAMPS)?.get(lamp)?;
    let at = |value: Option<&Value>, usual: f32| value.and_then(Value::as_f64).map_or(usual, |number| number as f32);
    if let Some(angle) = name.strip_prefix("spot/") {
        let first = ["innerConeAngle", "outerConeAngle"].iter().position(|known| *known == angle)?;
        let spot = object.get("spot")?;
        let rest = [at(spot.get("innerConeAngle"), 0.0), at(spot.get("outerConeAngle"), FRAC_PI_4), 0.0, 0.0, 0.0];
        return Some(animated(model, Property::Cone(lamp), first, 1, rest));
    }
    let (first, width) = match name {
        "color" => (0, 3),
        "intensity" => (3, 1),
        "range" => (4, 1),
        _ => return None,
    };
    let [red, green, blue] = [0, 1, 2].map(|place| at(object.get("color").and_then(|color| color.get(place)), 1.0));
    let rest = [red, green, blue, at(object.get("intensity"), 1.0), at(object.get("range"), 0.0)];
    Some(animated(model, Property::Lamp(lamp), first, width, rest))
}

/// Several pointers may lead to one property.
fn animated(model: &mut Model, property: Property, first: usize, width: usize, rest: [f32; 5]) -> Goal {
    let known = model.animated.iter().position(|animated| animated.property == property);
    let index = known.unwrap_or_else(|| {
        model.animated.push(AnimatedProperty { property, rest, now: rest });
        model.animated.len() - 1
    });
    (Target::Property { property: index, first }, width)
}

/// Numbers that the model knows by glTF's name.
fn number_goal(material: usize, written: &str, model: &mut Model) -> Option<(Property, usize, usize, [f32; 5])> {
    let name = NUMBERS.into_iter().chain(["alphaCutoff"]).find(|name| *name == written)?;
    let (numbers, _) = model.materials.get_mut(material)?.numbers_mut(name)?;
    let (mut rest, width) = ([0.0; 5], numbers.len());
    rest.iter_mut().zip(numbers).for_each(|(rest, number)| *rest = *number);
    Some((Property::Number { material, name }, 0, width, rest))
}

/// Where a pointer leads. No name that glTF gives has the letters that JSON pointers escape, and `Value::pointer` brings 3.5 kB of
/// text search with it to turn them back.
fn at<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer.split('/').skip(1).try_fold(value, |value, step| match value {
        Value::Array(values) => values.get(number(step)?),
        _ => value.get(step),
    })
}

fn number(step: &str) -> Option<usize> {
    let is_plain = !step.is_empty() && step.len() < 9 && step.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| step.bytes().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')))
}
