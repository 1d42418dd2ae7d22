//! What drawing a product costs: triangles, draw calls, and memory on the graphics card.

use super::report::Finding;
use std::collections::{BTreeMap, BTreeSet};
use vitrine::model::{Material, Model};

/// Numbers of one product's shown scene.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    pub triangles: usize,
    /// Vertices of the shapes, each shape once however often it is shown.
    pub vertices: usize,
    pub draw_calls: usize,
    pub materials: usize,
    /// Pictures that some material uses.
    pub pictures: usize,
    /// Of the decoded pictures with their mip chains.
    pub texture_bytes: u64,
    /// The longest side of a picture, in pixels.
    pub longest_side_px: u32,
}

/// Counts. `picture_sizes` are those of the decoded pictures.
pub fn of(model: &Model, picture_sizes: &BTreeMap<usize, [u32; 2]>) -> Cost {
    let mut cost = Cost { triangles: model.triangle_count(), materials: model.materials.len(), ..Cost::default() };
    let mut shown_meshes = BTreeSet::new();
    model.walk(&mut |_, node, _| {
        let Some((index, mesh)) = node.mesh.and_then(|index| Some((index, model.meshes.get(index)?))) else { return };
        cost.draw_calls += mesh.primitives.len();
        if shown_meshes.insert(index) {
            cost.vertices += mesh.primitives.iter().map(|primitive| primitive.positions.len()).sum::<usize>();
        }
    });
    let slots = model.materials.iter().flat_map(Material::texture_slots);
    let used: BTreeSet<usize> = slots.filter_map(|slot| Some(model.textures.get(slot.texture)?.image)).collect();
    cost.pictures = used.len();
    for [width, height] in used.iter().filter_map(|image| picture_sizes.get(image)) {
        // Four bytes a pixel; the smaller levels add a third.
        cost.texture_bytes += u64::from(*width) * u64::from(*height) * 16 / 3;
        cost.longest_side_px = cost.longest_side_px.max(*width).max(*height);
    }
    cost
}

/// Words about what is too much for a phone.
pub fn judge(cost: &Cost) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut tell = |is_much: bool, message: String| {
        if is_much {
            findings.push(Finding::warning("cost", message));
        }
    };
    let Cost { triangles, draw_calls, longest_side_px, .. } = *cost;
    let texture_mib = cost.texture_bytes >> 20;
    tell(triangles > 500_000, format!("{triangles} triangles are much for a phone; 100000 show most products well."));
    tell(
        draw_calls > 200,
        format!("{draw_calls} draw calls a frame are much for a phone; join parts of one material."),
    );
    tell(
        texture_mib > 256,
        format!("its pictures take {texture_mib} MiB on the card; phones may shrink or drop them."),
    );
    tell(
        longest_side_px > 4096,
        format!("a picture of {longest_side_px} pixels is more than many phones take; it is scaled down there."),
    );
    findings
}
