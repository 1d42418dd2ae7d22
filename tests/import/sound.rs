//! What the documentation of [`Model`] promises, checked on every model that any test reads.

use vitrine::model::{Model, Primitive, Topology};

/// Fails when the model breaks a promise.
pub fn check(model: &Model) {
    let mut parents = vec![0; model.nodes.len()];
    for node in &model.nodes {
        assert!(node.mesh.is_none_or(|mesh| mesh < model.meshes.len()));
        assert!(node.parent_from_node.is_finite());
        node.children.iter().for_each(|&child| parents[child] += 1);
    }
    assert!(parents.iter().all(|&count| count <= 1), "a node with two parents");
    assert!(model.roots.iter().all(|&root| parents[root] == 0), "a root with a parent");
    let mut visits = vec![0; model.nodes.len()];
    model.walk(|index, _, _| visits[index] += 1);
    assert!(visits.iter().all(|&count| count <= 1), "a node is shown twice");
    assert!(model.textures.iter().all(|texture| texture.image < model.images.len()));
    for material in &model.materials {
        let slots = [
            material.base_color_texture,
            material.metallic_roughness_texture,
            material.normal_texture,
            material.occlusion_texture,
            material.emissive_texture,
        ];
        for slot in slots.into_iter().flatten() {
            assert!(slot.texture < model.textures.len() && slot.uv_set < 2);
        }
        assert!(material.emissive.is_finite() && material.base_color.is_finite());
    }
    model.meshes.iter().flat_map(|mesh| &mesh.primitives).for_each(|primitive| check_primitive(model, primitive));
    for (index, variant) in model.variants.iter().enumerate() {
        assert!(model.variants[..index].iter().all(|other| other.name != variant.name), "two variants of one name");
    }
}

fn check_primitive(model: &Model, primitive: &Primitive) {
    let count = primitive.positions.len();
    let streams = [
        primitive.normals.len(),
        primitive.tangents.len(),
        primitive.uvs[0].len(),
        primitive.uvs[1].len(),
        primitive.colors.len(),
    ];
    assert!(streams.iter().all(|&length| length == 0 || length == count), "{count} positions, {streams:?}");
    assert!(!primitive.indices.is_empty());
    assert!(primitive.indices.iter().all(|&index| (index as usize) < count));
    let corners = match primitive.topology {
        Topology::Points => 1,
        Topology::Lines => 2,
        Topology::Triangles => 3,
    };
    assert_eq!(primitive.indices.len() % corners, 0);
    assert!(primitive.topology != Topology::Triangles || primitive.normals.len() == count);
    assert!(primitive.positions.iter().all(|point| point.is_finite()));
    assert!(primitive.normals.iter().all(|normal| (normal.length() - 1.0).abs() < 1e-4));
    for tangent in &primitive.tangents {
        assert!((tangent.truncate().length() - 1.0).abs() < 1e-4 && tangent.w.abs() == 1.0, "{tangent}");
    }
    assert!(primitive.uvs.iter().flatten().all(|uv| uv.is_finite()));
    assert!(primitive.colors.iter().all(|color| color.is_finite()));
    assert!(primitive.material.is_none_or(|material| material < model.materials.len()));
    for entry in &primitive.variant_materials {
        assert!(entry.material < model.materials.len() && entry.variant < model.variants.len());
    }
}
