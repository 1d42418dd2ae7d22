//! Animations (glTF 2.0, section 3.11). One that is broken moves nothing, with a warning: the product is still whole.

use super::accessor::{Accessor, Accessors};
use super::component::Component;
use super::json::{Object, quoted};
use super::ledger::Ledger;
use super::names::Names;
use super::{Error, khr_animation_pointer};
use crate::model::{Animation, Channel, Curve, Interpolation, Model, Target};
use serde_json::Value;

/// What a channel moves and how many numbers that takes.
pub(super) type Goal = (Target, usize);

/// All animations of a file, into its model. `file` is the whole JSON, for pointers.
pub(super) fn read(
    (root, file): (&Object, &Value),
    model: &mut Model,
    accessors: &Accessors,
    ledger: &mut Ledger,
) -> Result<(), Error> {
    let mut names = Names::of("Animation");
    for (index, object) in root.objects("animations").iter().enumerate() {
        let mut animation = Animation { name: object.name(), ..Animation::default() };
        let samplers = object.objects("samplers");
        // A sampler that several channels use is read once for every width it is used with: for one, as a rule.
        let mut read: Vec<(usize, usize)> = Vec::new();
        for channel in object.objects("channels") {
            let sampler = channel.index_below("sampler", samplers.len(), "samplers");
            let Some((number, sampler)) = sampler.and_then(|index| Some((index, samplers.get(index)?))) else {
                return Err(channel.invalid("`sampler` is missing"));
            };
            for (target, width) in goals(&channel, file, model, ledger)? {
                let known = read.iter().position(|known| *known == (number, width));
                let curve = match known {
                    Some(curve) => curve,
                    None => match read_curve(sampler, width, accessors, ledger)? {
                        Some(curve) => {
                            read.push((number, width));
                            animation.curves.push(curve);
                            animation.curves.len() - 1
                        }
                        None => continue,
                    },
                };
                animation.channels.push(Channel { curve, target });
            }
        }
        if animation.channels.is_empty() {
            ledger.warn(format!("{}: it moves nothing that is shown, so it is left out.", object.place));
            continue;
        }
        let ends = animation.curves.iter().filter_map(|curve| curve.times.last());
        animation.duration_s = ends.fold(0.0, |latest, &end| end.max(latest));
        animation.name = names.give(&animation.name, index);
        model.animations.push(animation);
    }
    Ok(())
}

fn goals(channel: &Object, file: &Value, model: &mut Model, ledger: &mut Ledger) -> Result<Vec<Goal>, Error> {
    let Some(target) = channel.object("target") else { return Err(channel.invalid("`target` is missing")) };
    let path = target.text("path").unwrap_or_default();
    if let Some(pointer) = khr_animation_pointer::pointer(&target, path)? {
        return Ok(khr_animation_pointer::goals(pointer, &target, file, model, ledger));
    }
    let Some(node) = target.index_below("node", model.nodes.len(), "nodes") else { return Ok(Vec::new()) };
    Ok(node_goal(node, path, &target, model, ledger).into_iter().collect())
}

/// What a path moves of a node; `None`, with a warning, when it moves nothing of ours.
pub(super) fn node_goal(node: usize, path: &str, target: &Object, model: &Model, ledger: &mut Ledger) -> Option<Goal> {
    let place = &target.place;
    let moved = model.nodes.get(node)?;
    let goal = match path {
        "translation" => (Target::Translation(node), 3),
        "rotation" => (Target::Rotation(node), 4),
        "scale" => (Target::Scale(node), 3),
        "weights" => {
            let mesh = moved.mesh.and_then(|mesh| model.meshes.get(mesh));
            let targets = mesh.map_or(0, |mesh| mesh.weights.len());
            if targets == 0 {
                ledger.warn(format!("{place}: node {node} has no morph targets, so it is left out."));
                return None;
            }
            return Some((Target::Weights { node, first: 0 }, targets));
        }
        _ => {
            ledger.warn(format!("{place}: its path {} moves nothing of a node.", quoted(path)));
            return None;
        }
    };
    if moved.rest.is_none() {
        ledger.warn(format!("{place}: node {node} has a `matrix`, which no animation can move."));
        return None;
    }
    Some(goal)
}

/// A sampler for numbers of this width; `None`, with a warning, when it cannot be one.
fn read_curve(
    sampler: &Object,
    width: usize,
    accessors: &Accessors,
    ledger: &mut Ledger,
) -> Result<Option<Curve>, Error> {
    let interpolation = match sampler.text("interpolation") {
        None | Some("LINEAR") => Interpolation::Linear,
        Some("STEP") => Interpolation::Step,
        Some("CUBICSPLINE") => Interpolation::CubicSpline,
        Some(other) => {
            ledger.warn(format!("{}: there is no interpolation {}.", sampler.place, quoted(other)));
            return Ok(None);
        }
    };
    let open = |key: &str| accessors.open(sampler.required_index(key), &format!("{} {key}", sampler.place));
    let (input, output) = (open("input")?, open("output")?);
    let parts = if interpolation == Interpolation::CubicSpline { 3 } else { 1 };
    let needed = input.count.checked_mul(parts * width);
    if input.count == 0 || output.count.checked_mul(output.width) != needed {
        let (place, keys, numbers) = (&sampler.place, input.count, output.count.saturating_mul(output.width));
        ledger.warn(format!("{place}: {numbers} numbers are not {width} for each of {keys} keys; it is left out."));
        return Ok(None);
    }
    let times = read_times(&input, ledger)?;
    let values = output.numbers(ledger)?;
    if values.iter().any(|number| !number.is_finite()) {
        ledger.warn(format!("{}: not all of its numbers are finite; it is left out.", output.place));
        return Ok(None);
    }
    Ok(times.map(|times| Curve { interpolation, times, width, values }))
}

/// The times of the keys; `None`, with a warning, when time does not go on.
fn read_times(input: &Accessor, ledger: &mut Ledger) -> Result<Option<Vec<f32>>, Error> {
    let times = (input.width == 1 && input.component == Component::F32).then(|| input.numbers(ledger)).transpose()?;
    let times = times.filter(|times| {
        times.is_sorted() && times.first().is_some_and(|start| *start >= 0.0) && times.iter().all(|at| at.is_finite())
    });
    if times.is_none() {
        ledger.warn(format!("{}: its times are no rising floats from 0; it is left out.", input.place));
    }
    Ok(times)
}
