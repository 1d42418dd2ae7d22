//! What the documentation of [`Model`] promises, checked on every model that any test reads.

use vitrine::model::{Animation, Interpolation, Model, Primitive, Target, Topology};

/// Fails when the model breaks a promise.
pub fn check(model: &Model) {
    let mut parents = vec![0; model.nodes.len()];
    for node in &model.nodes {
        assert!(node.mesh.is_none_or(|mesh| mesh < model.meshes.len()));
        assert!(node.parent_from_node.is_finite());
        if let Some(rest) = node.rest {
            assert!(rest.to_affine().abs_diff_eq(node.parent_from_node, 0.0) && rest.rotation.is_normalized());
        }
        let skin = node.skin.map(|skin| &model.skins[skin]);
        let mesh = node.mesh.map(|mesh| &model.meshes[mesh]);
        let sets = mesh.into_iter().flat_map(|mesh| &mesh.primitives).flat_map(|primitive| &primitive.joint_sets);
        for joint in sets.flat_map(|set| set.joints.iter().flatten()) {
            assert!(skin.is_none_or(|skin| usize::from(*joint) < skin.joints.len()));
        }
        let weights = mesh.map_or(0, |mesh| mesh.weights.len());
        assert!(node.weights.is_empty() || node.weights.len() == weights);
        assert!(node.instances.iter().all(|place| place.is_finite()));
        node.children.iter().for_each(|&child| parents[child] += 1);
    }
    assert!(parents.iter().all(|&count| count <= 1), "a node with two parents");
    let mut roots = model.scenes.iter().map(|scene| &scene.roots).chain([&model.roots]).flatten();
    assert!(roots.all(|&root| parents[root] == 0), "a root with a parent");
    assert!(model.scenes.is_empty() || model.default_scene < model.scenes.len());
    let mut visits = vec![0; model.nodes.len()];
    model.walk(&mut |index, _, _| visits[index] += 1);
    assert!(visits.iter().all(|&count| count <= 1), "a node is shown twice");
    let joints = model.skins.iter().flat_map(|skin| &skin.joints);
    assert!(joints.into_iter().all(|joint| joint.node < model.nodes.len() && joint.joint_from_mesh.is_finite()));
    for mesh in &model.meshes {
        assert!(mesh.primitives.iter().all(|primitive| primitive.targets.len() <= mesh.weights.len()));
    }
    model.animations.iter().for_each(|animation| check_animation(model, animation));
    assert!(model.textures.iter().all(|texture| texture.image < model.images.len()));
    for material in &model.materials {
        for slot in material.texture_slots() {
            assert!(slot.texture < model.textures.len() && slot.uv_set < 2);
        }
        assert!(material.emissive.is_finite() && material.base_color.is_finite());
    }
    model.meshes.iter().flat_map(|mesh| &mesh.primitives).for_each(|primitive| check_primitive(model, primitive));
    for (index, variant) in model.variants.iter().enumerate() {
        assert!(model.variants[..index].iter().all(|other| other.name != variant.name), "two variants of one name");
    }
}

fn check_animation(model: &Model, animation: &Animation) {
    assert!(!animation.name.is_empty() && !animation.channels.is_empty() && animation.duration_s.is_finite());
    for animated in &model.animated {
        assert!(animated.property.material().is_none_or(|material| material < model.materials.len()));
        assert_eq!(animated.rest, animated.now);
        assert!(animated.rest.iter().all(|number| number.is_finite()));
    }
    for curve in &animation.curves {
        let parts = if curve.interpolation == Interpolation::CubicSpline { 3 } else { 1 };
        assert!(!curve.times.is_empty() && curve.times.is_sorted() && curve.times[0] >= 0.0);
        assert_eq!(curve.values.len(), curve.times.len() * curve.width * parts);
        assert!(curve.values.iter().all(|number| number.is_finite()));
        assert!(*curve.times.last().unwrap() <= animation.duration_s);
    }
    for channel in &animation.channels {
        let width = animation.curves[channel.curve].width;
        let (node, expected) = match channel.target {
            Target::Translation(node) | Target::Scale(node) => (node, 3),
            Target::Rotation(node) => (node, 4),
            Target::Visible(node) => (node, 1),
            Target::Weights { node, first } => {
                let mesh = &model.meshes[model.nodes[node].mesh.unwrap()];
                assert!(first + width <= mesh.weights.len());
                (node, width)
            }
            Target::Property { property, first } => {
                assert!(property < model.animated.len() && first + width <= 5);
                (0, width)
            }
        };
        assert!(node < model.nodes.len());
        assert_eq!(width, expected);
    }
}

fn check_primitive(model: &Model, primitive: &Primitive) {
    let count = primitive.positions.len();
    let targets = primitive.targets.iter().flat_map(|target| [&target.positions, &target.normals, &target.tangents]);
    for stream in targets {
        assert!((stream.is_empty() || stream.len() == count) && stream.iter().all(|shift| shift.is_finite()));
    }
    for set in &primitive.joint_sets {
        assert_eq!((set.joints.len(), set.weights.len()), (count, count));
    }
    for vertex in 0..if primitive.joint_sets.is_empty() { 0 } else { count } {
        let sum: f32 = primitive.joint_sets.iter().map(|set| set.weights[vertex].element_sum()).sum();
        assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    }
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
