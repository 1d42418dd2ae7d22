//! What moves, drawn: the vertex stage against its twin on the processor, and against rigid shapes at the same places.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test may stop at once

#[allow(dead_code)] // every test uses its part of it
#[path = "support/gpu.rs"]
mod gpu;
#[allow(dead_code)]
#[path = "support/shapes.rs"]
mod shapes;

use gpu::{frame_of, look, open};
use std::{fs, path::Path};
use vitrine::import::Files;
use vitrine::{
    gpu::{Alpha, Gpu},
    import,
    math::{Affine3A, Quat, Vec3, Vec4},
    model::{Joint, JointSet, Material, Mesh, Model, MorphTarget, Node, Primitive, Skin},
    scene::{Item, Scene, frame::Frame, frame::ModelId, frame::View},
    shelf::Shelf,
};

const SIZE: u32 = 128;

fn draw(gpu: &mut Gpu, model: &Model, frame: &Frame) -> Vec<u8> {
    gpu.upload_model(ModelId(1), model).expect("it fits");
    gpu.render_to_pixels(frame, SIZE, SIZE, Alpha::Straight).expect("it draws")
}

/// The frame of an item alone.
fn frame_with(item: Item, model: &Model, view: View) -> Frame {
    let mut models = Shelf::default();
    models.insert(ModelId(1), model.clone());
    Scene { items: vec![item], ..Scene::default() }.frame(&models, &[view])
}

fn difference(a: &[u8], b: &[u8]) -> f64 {
    assert!(a.iter().skip(3).step_by(4).filter(|alpha| **alpha > 0).count() > 400, "something is seen");
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / a.len() as f64
}

/// A turn, an uneven scale and a shift.
fn place() -> Affine3A {
    Affine3A::from_scale_rotation_translation(
        Vec3::new(1.4, 0.6, 0.9),
        Quat::from_rotation_z(0.7) * Quat::from_rotation_x(0.4),
        Vec3::new(0.3, -0.2, 0.1),
    )
}

fn view() -> View {
    look(Vec3::new(0.5, 1.0, 5.0), Vec3::ZERO, 40.0, SIZE)
}

fn shiny() -> Material {
    Material { metallic: 1.0, roughness: 0.2, ..shapes::matt(0.9, 0.6, 0.3) }
}

#[test]
fn joints_carry_positions_and_normals_as_a_rigid_place_does() {
    let Some(mut gpu) = open() else { return };
    let rigid = {
        let mut model = Model::default();
        shapes::add(&mut model, shapes::ball(1.0), shiny(), place());
        model
    };
    let expected = draw(&mut gpu, &rigid, &frame_of(&rigid, view()));
    // Two sets of joints whose pulls sum 1, all at the same place, which a mesh bound half its height up reaches.
    let bound = Affine3A::from_translation(Vec3::Y * 0.5);
    let mut model = shapes::alone(shapes::ball(1.0), shiny());
    let count = model.meshes[0].primitives[0].positions.len();
    let set = |pulls: Vec4| JointSet { joints: vec![[0, 1, 0, 1]; count], weights: vec![pulls; count] };
    model.meshes[0].primitives[0].joint_sets =
        vec![set(Vec4::new(0.1, 0.2, 0.3, 0.0)), set(Vec4::new(0.0, 0.4, 0.0, 0.0))];
    for _ in 0..2 {
        model.roots.push(model.nodes.len());
        model.nodes.push(Node { parent_from_node: place() * bound.inverse(), ..Node::default() });
    }
    let joints = vec![Joint { node: 1, joint_from_mesh: bound }, Joint { node: 2, joint_from_mesh: bound }];
    model.skins = vec![Skin { joints, ..Skin::default() }];
    model.nodes[0].skin = Some(0);
    model.nodes[0].parent_from_node = Affine3A::from_translation(Vec3::X * 50.0);
    let frame = frame_with(Item::new(1, ModelId(1), &model), &model, view());
    assert_eq!((frame.joints.len(), frame.opaque[0].first_joint), (2, Some(0)));
    let off = difference(&expected, &draw(&mut gpu, &model, &frame));
    assert!(off < 0.05, "{off}");
}

#[test]
fn a_mirroring_skin_shows_its_outside() {
    let Some(mut gpu) = open() else { return };
    let mirror = Affine3A::from_scale(Vec3::new(-1.0, 1.0, 1.0));
    let mut model = Model::default();
    shapes::add(&mut model, shapes::ball(1.0), shiny(), mirror);
    let expected = draw(&mut gpu, &model, &frame_of(&model, view()));
    let count = model.meshes[0].primitives[0].positions.len();
    let set = JointSet { joints: vec![[0; 4]; count], weights: vec![Vec4::X; count] };
    model.meshes[0].primitives[0].joint_sets = vec![set];
    model.skins =
        vec![Skin { joints: vec![Joint { node: 0, joint_from_mesh: Affine3A::IDENTITY }], ..Skin::default() }];
    model.nodes[0].skin = Some(0);
    let frame = frame_with(Item::new(1, ModelId(1), &model), &model, view());
    assert!(frame.opaque[0].mirrored);
    let off = difference(&expected, &draw(&mut gpu, &model, &frame));
    assert!(off < 0.05, "{off}");
}

#[test]
fn morph_targets_lead_from_one_shape_to_another() {
    let Some(mut gpu) = open() else { return };
    // From a ball to an egg with the egg's own normals, past a target that is not blended in.
    let (ball, mut egg) = (shapes::ball(0.6), shapes::ball(0.6));
    let stretch = Vec3::new(1.0, 1.8, 0.7);
    egg.positions.iter_mut().for_each(|point| *point *= stretch);
    egg.normals.iter_mut().for_each(|normal| *normal = (*normal / stretch).normalize());
    let shift = |from: &[Vec3], to: &[Vec3]| from.iter().zip(to).map(|(a, b)| (*b - *a) * 2.0).collect::<Vec<_>>();
    let target = MorphTarget {
        positions: shift(&ball.positions, &egg.positions),
        normals: shift(&ball.normals, &egg.normals),
        tangents: Vec::new(),
    };
    let idle = MorphTarget { positions: vec![Vec3::ONE; ball.positions.len()], ..MorphTarget::default() };
    let plain = shapes::alone(Primitive { tangents: Vec::new(), ..egg }, shiny());
    let expected = draw(&mut gpu, &plain, &frame_of(&plain, view()));
    let morphing = Primitive { targets: vec![idle, target], tangents: Vec::new(), ..ball };
    let mut model = shapes::alone(morphing, shiny());
    model.meshes[0].weights = vec![0.0, 0.5];
    let frame = frame_with(Item::new(1, ModelId(1), &model), &model, view());
    assert_eq!(frame.morph_weights.len(), 1, "only what is blended in is sent");
    let off = difference(&expected, &draw(&mut gpu, &model, &frame));
    assert!(off < 0.05, "{off}");
}

#[test]
fn copies_are_one_draw_and_look_like_nodes_of_their_own() {
    let Some(mut gpu) = open() else { return };
    let spots: Vec<Affine3A> = (0..9)
        .map(|spot| {
            let at = Vec3::new((spot % 3) as f32 - 1.0, (spot / 3) as f32 - 1.0, 0.0);
            let mirror = if spot < 6 { 1.0 } else { -1.0 };
            Affine3A::from_translation(at) * place() * Affine3A::from_scale(Vec3::new(0.3 * mirror, 0.3, 0.3))
        })
        .collect();
    let mut apart = shapes::alone(shapes::ball(1.0), shiny());
    apart.nodes.clear();
    apart.roots = (0..9).collect();
    apart.nodes.extend(spots.iter().map(|&spot| Node { parent_from_node: spot, mesh: Some(0), ..Node::default() }));
    let expected = draw(&mut gpu, &apart, &frame_of(&apart, view()));
    let mut model = shapes::alone(shapes::ball(1.0), shiny());
    model.nodes[0].instances = spots;
    let frame = frame_with(Item::new(1, ModelId(1), &model), &model, view());
    assert_eq!(frame.opaque.len(), 2, "one draw for the upright, one for the mirrored");
    let off = difference(&expected, &draw(&mut gpu, &model, &frame));
    assert!(off < 0.05, "{off}");
}

/// A file of the shared test data, without its pictures.
fn shared(name: &str) -> Option<Model> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let Some(folder) = above.map(|folder| folder.join("shared/models")).find(|folder| folder.is_dir()) else {
        println!("SKIPPED: no folder shared/models beside the checkout");
        return None;
    };
    let bytes = fs::read(folder.join(format!("{name}/glTF-Binary/{name}.glb"))).expect("the file is there");
    let import = import::read(&bytes, &Files::default()).expect("it is right");
    assert_eq!(import.warnings, Vec::<String>::new(), "{name}");
    Some(import.model)
}

/// The item's parts as the processor deforms them, rigid, without light.
fn baked(item: &Item, model: &Model) -> Model {
    let mut baked = Model { materials: vec![unlit()], ..Model::default() };
    for part in item.parts() {
        let old = &model.meshes[part.mesh].primitives[part.primitive];
        let positions = item.positions_of(model, part);
        let shape = Primitive {
            normals: vec![Vec3::Y; positions.len()],
            positions,
            indices: old.indices.clone(),
            material: Some(0),
            ..Primitive::default()
        };
        for place in item.places_of(model, part) {
            baked.roots.push(baked.nodes.len());
            let mesh = Some(baked.meshes.len());
            baked.nodes.push(Node { parent_from_node: place, mesh, ..Node::default() });
        }
        baked.meshes.push(Mesh { primitives: vec![shape], ..Mesh::default() });
    }
    baked
}

fn unlit() -> Material {
    Material { unlit: true, double_sided: true, ..shapes::matt(0.2, 0.7, 0.4) }
}

#[test]
fn the_card_deforms_other_peoples_products_as_the_processor_does() {
    let Some(mut gpu) = open() else { return };
    for name in ["CesiumMan", "RiggedFigure", "AnimatedMorphCube", "InterpolationTest", "SimpleInstancing"] {
        let Some(mut model) = shared(name) else { return };
        model.materials = vec![unlit()];
        for primitive in model.meshes.iter_mut().flat_map(|mesh| &mut mesh.primitives) {
            (primitive.material, primitive.colors) = (Some(0), Vec::new());
        }
        let rest = Item::new(1, ModelId(1), &model);
        let (middle, reach) = (rest.bounds.center(), rest.bounds.size().length());
        let view = look(middle + Vec3::new(0.4, 0.3, 1.0) * reach, middle, 60.0, SIZE);
        let mut pictures: Vec<Vec<u8>> = Vec::new();
        for share in [0.0, 0.3, 0.8] {
            let mut item = rest.clone();
            for animation in &model.animations {
                item.set_pose(|pose| pose.apply(animation, animation.duration_s * share));
            }
            let rigid = baked(&item, &model);
            let expected = draw(&mut gpu, &rigid, &frame_of(&rigid, view));
            let picture = draw(&mut gpu, &model, &frame_with(item, &model, view));
            let off = difference(&expected, &picture);
            assert!(off < 0.1, "{name} at {share}: {off}");
            pictures.push(picture);
        }
        let moves = pictures.windows(2).all(|pair| pair[0] != pair[1]);
        assert!(moves == !model.animations.is_empty(), "{name}");
    }
}
