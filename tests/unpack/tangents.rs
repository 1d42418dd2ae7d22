//! Tangents made anew agree with those that authors baked with the same method.

use vitrine::import::tangents;
use vitrine::model::Model;
use vitrine::unpack;

/// Makes what the model lacks.
fn complete(model: &mut Model) -> usize {
    let needed = tangents::needed(model);
    for place in &needed {
        assert!(tangents::take(model, place, &unpack::run(&place.job).unwrap()));
    }
    needed.len()
}

#[test]
fn they_agree_with_those_of_the_file() {
    for name in ["WaterBottle/glTF/WaterBottle.gltf", "Avocado/glTF/Avocado.gltf"] {
        let Some(import) = super::shared(name) else { return };
        let mut model = import.model;
        assert!(tangents::needed(&model).is_empty(), "{name} has its own");
        let theirs = model.meshes[0].primitives[0].clone();
        model.meshes[0].primitives[0].tangents.clear();
        assert_eq!(complete(&mut model), 1);
        let ours = &model.meshes[0].primitives[0];
        assert_eq!(ours.indices.len(), theirs.indices.len());
        let (mut alike, mut sides) = (0, 0);
        for (&a, &b) in ours.indices.iter().zip(&theirs.indices) {
            let (a, b) = (a as usize, b as usize);
            assert_eq!((ours.positions[a], ours.uvs[0][a]), (theirs.positions[b], theirs.uvs[0][b]), "{name}");
            alike += usize::from(ours.tangents[a].truncate().dot(theirs.tangents[b].truncate()) > 0.95);
            sides += usize::from(ours.tangents[a].w == theirs.tangents[b].w);
        }
        let share = |count: usize| count as f32 / ours.indices.len() as f32;
        println!("{name}: {} of directions, {} of sides", share(alike), share(sides));
        assert!(share(alike) > 0.95 && share(sides) > 0.99, "{name}: {} {}", share(alike), share(sides));
    }
}

#[test]
fn a_seam_splits_its_vertices_and_nothing_else_changes() {
    let Some(import) = super::shared("GlamVelvetSofa/glTF-Binary/GlamVelvetSofa.glb") else { return };
    let plain = import.model;
    let mut model = plain.clone();
    assert!(complete(&mut model) > 0);
    assert!(tangents::needed(&model).is_empty());
    for (ours, theirs) in model.meshes.iter().zip(&plain.meshes) {
        for (ours, theirs) in ours.primitives.iter().zip(&theirs.primitives) {
            let corners = |primitive: &vitrine::model::Primitive| {
                let vertex = |&index: &u32| (primitive.positions[index as usize], primitive.normals[index as usize]);
                primitive.indices.iter().map(vertex).collect::<Vec<_>>()
            };
            assert!(corners(ours) == corners(theirs));
            assert!(ours.tangents.iter().all(|tangent| (tangent.truncate().length() - 1.0).abs() < 1e-4));
        }
    }
}

#[test]
fn an_answer_that_does_not_fit_changes_nothing() {
    let Some(import) = super::shared("GlamVelvetSofa/glTF-Binary/GlamVelvetSofa.glb") else { return };
    let mut model = import.model;
    let place = tangents::needed(&model).remove(0);
    let answer = unpack::run(&place.job).unwrap();
    let before = model.clone();
    let mut wrong = answer.clone();
    wrong[4..8].fill(0xFF);
    for answer in [&[][..], &answer[..40], &answer[..answer.len() / 2], &wrong] {
        assert!(!tangents::take(&mut model, &place, answer));
        assert!(model == before);
    }
}
