//! What moves or repeats: skins, morph targets, animations, copies, hidden nodes.

use super::{Glb, read};
use serde_json::{Value, json};
use vitrine::import;
use vitrine::import::Files;
use vitrine::math::{Affine3A, Quat, Vec2, Vec3, Vec4};
use vitrine::model::{Channel, Interpolation, LampKind, Role, Target};
use vitrine::scene::Item;
use vitrine::scene::frame::ModelId;

/// A triangle that hangs on two joints, nodes 1 and 2, by these weights of its first vertex.
fn skinned(weights: [f32; 4]) -> Glb {
    let mut glb = Glb::triangle();
    let normals = glb.floats("VEC3", &[0.0, 0.0, 1.0].repeat(3));
    let joints = glb.accessor(5121, "VEC4", 3, &[0, 1, 9, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    let weights = glb.floats("VEC4", &[weights, [1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]].concat());
    glb.set_attribute("NORMAL", normals);
    glb.set_attribute("JOINTS_0", joints);
    glb.set_attribute("WEIGHTS_0", weights);
    glb.json["nodes"] = json!([
        { "mesh": 0, "skin": 0, "translation": [100, 0, 0] },
        { "children": [2] },
        { "translation": [0, 2, 0] },
    ]);
    glb.json["scenes"] = json!([{ "nodes": [0, 1] }]);
    glb.json["skins"] = json!([{ "joints": [1, 2], "name": "rig" }]);
    glb
}

#[test]
fn skins_carry_vertices_and_ignore_the_node() {
    let import = read(&skinned([1.0, 3.0, 0.0, 0.0]));
    assert_eq!(import.warnings, Vec::<String>::new());
    let set = &import.model.meshes[0].primitives[0].joint_sets[0];
    assert_eq!((set.joints[0], set.weights[0]), ([0, 1, 0, 0], Vec4::new(0.25, 0.75, 0.0, 0.0)));
    assert_eq!(import.model.skins[0].joints[1].joint_from_mesh, Affine3A::IDENTITY);
    let item = Item::new(1, ModelId(1), &import.model);
    let positions = item.positions_of(&import.model, &item.parts()[0]);
    // Two metres up by the second joint: the first vertex three quarters of it, the others all of it.
    assert_eq!(positions, [Vec3::new(0.0, 1.5, 0.0), Vec3::new(1.0, 2.0, 0.0), Vec3::new(0.0, 3.0, 0.0)]);
    assert_eq!((item.bounds.min, item.bounds.max), (Vec3::new(0.0, 1.5, 0.0), Vec3::new(1.0, 3.0, 0.0)));
}

#[test]
fn inverse_bind_matrices_come_before_the_joint() {
    let mut glb = skinned([1.0, 0.0, 0.0, 0.0]);
    let down = [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, -2.0, 0.0, 1.0];
    let identity = [1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0];
    glb.json["skins"][0]["inverseBindMatrices"] = json!(glb.clone().json["accessors"].as_array().unwrap().len());
    glb.floats("MAT4", &[identity, down].concat());
    let matrices = glb.json["accessors"].as_array_mut().unwrap().last_mut().unwrap();
    matrices["count"] = json!(2);
    let model = read(&glb).model;
    let item = Item::new(1, ModelId(1), &model);
    assert_eq!(item.positions_of(&model, &item.parts()[0]), [Vec3::ZERO, Vec3::X, Vec3::Y], "bound as it stands");
}

#[test]
fn vertices_that_nothing_pulls_hang_on_their_first_joint() {
    let set = &read(&skinned([0.0; 4])).model.meshes[0].primitives[0].joint_sets[0];
    assert_eq!((set.joints[0], set.weights[0]), ([0, 0, 0, 0], Vec4::X));
}

#[test]
fn wrong_skins_are_errors_that_name_their_place() {
    let wrong: [(fn(&mut Value), &str); 5] = [
        (|json| json["skins"][0]["joints"] = json!([1]), "nodes/0: its mesh 0 hangs on joint 1, but its skin has 1"),
        (|json| json["skins"][0]["joints"] = json!([7]), "skins/0: `joints` names 7"),
        (|json| json["nodes"][0]["skin"] = json!(3), "nodes/0: `skin` is 3"),
        (|json| json["skins"][0]["inverseBindMatrices"] = json!(0), "one for each joint"),
        (
            |json| drop(json["meshes"][0]["primitives"][0]["attributes"].as_object_mut().unwrap().remove("WEIGHTS_0")),
            "`WEIGHTS_0` is missing",
        ),
    ];
    for (spoil, words) in wrong {
        let mut glb = skinned([1.0, 1.0, 0.0, 0.0]);
        spoil(&mut glb.json);
        let error = import::read(&glb.to_bytes(), &Files::default()).unwrap_err();
        assert!(error.message().contains(words), "{error}");
    }
}

/// A triangle with a target that lifts its last vertex, and another that turns it to face down.
fn morphing() -> Glb {
    let mut glb = Glb::triangle();
    let lift = glb.floats("VEC3", &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let flip = glb.floats("VEC3", &[0.0, 0.0, 0.0, -2.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    glb.primitive()["targets"] = json!([{ "POSITION": lift }, { "POSITION": flip }]);
    glb.json["meshes"][0]["weights"] = json!([0.5, 0.0]);
    glb
}

#[test]
fn morph_targets_are_blended_by_the_mesh_or_the_node() {
    let model = read(&morphing()).model;
    let primitive = &model.meshes[0].primitives[0];
    assert_eq!(primitive.targets[0].positions[2], Vec3::Z);
    assert!(primitive.targets[1].normals[0].distance(Vec3::Z * -2.0) < 1e-6, "flat shapes have normals of their own");
    let item = Item::new(1, ModelId(1), &model);
    assert_eq!(item.positions_of(&model, &item.parts()[0])[2], Vec3::new(0.0, 1.0, 0.5));
    let mut glb = morphing();
    glb.json["nodes"] = json!([{ "mesh": 0, "weights": [0.0, 1.0] }]);
    let model = read(&glb).model;
    let item = Item::new(1, ModelId(1), &model);
    assert_eq!(item.positions_of(&model, &item.parts()[0])[1], -Vec3::X);
    glb.json["nodes"] = json!([{ "mesh": 0, "weights": [1.0] }]);
    let import = read(&glb);
    assert_eq!(import.model.nodes[0].weights, [1.0, 0.0]);
    assert!(import.warnings[0].contains("1 `weights` for 2"), "{:?}", import.warnings);
}

/// A triangle whose node an animation of this sampler moves.
fn animated(path: &str, interpolation: &str, times: &[f32], values: &[f32], kind: &str) -> Glb {
    let mut glb = Glb::triangle();
    let input = glb.floats("SCALAR", times);
    let output = glb.floats(kind, values);
    let sampler = json!({ "input": input, "output": output, "interpolation": interpolation });
    let channel = json!({ "sampler": 0, "target": { "node": 0, "path": path } });
    glb.json["animations"] = json!([{ "samplers": [sampler], "channels": [channel] }]);
    glb
}

#[test]
fn animations_are_read_with_names_of_their_own() {
    let mut glb = animated("translation", "LINEAR", &[0.5, 2.0], &[0.0, 0.0, 0.0, 1.0, 2.0, 3.0], "VEC3");
    let one = glb.json["animations"][0].clone();
    glb.json["animations"].as_array_mut().unwrap().extend([one.clone(), one]);
    glb.json["animations"][0]["name"] = json!("Animation 3");
    let import = read(&glb);
    assert_eq!(import.warnings, Vec::<String>::new());
    let names: Vec<&str> = import.model.animations.iter().map(|animation| animation.name.as_str()).collect();
    assert_eq!(names, ["Animation 3", "Animation 2", "Animation 3 (3)"]);
    let animation = &import.model.animations[0];
    assert_eq!(animation.duration_s, 2.0);
    assert_eq!(animation.channels, [Channel { curve: 0, target: Target::Translation(0) }]);
    let curve = &animation.curves[0];
    assert_eq!((curve.interpolation, curve.width), (Interpolation::Linear, 3));
    assert_eq!(curve.values, [0.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
}

#[test]
fn rotations_of_small_integers_are_read() {
    let mut glb = animated("rotation", "LINEAR", &[0.0], &[0.0, 0.0, 0.0, 1.0], "VEC4");
    let output = glb.accessor(5122, "VEC4", 1, &[0, 0, 1, 128, 0, 0, 0, 0]);
    glb.json["accessors"][output]["normalized"] = json!(true);
    glb.json["animations"][0]["samplers"][0]["output"] = json!(output);
    let model = read(&glb).model;
    let mut item = Item::new(1, ModelId(1), &model);
    item.set_pose(|pose| pose.apply(&model.animations[0], 0.0));
    assert_eq!(item.pose().nodes[0].place.rotation, Quat::from_xyzw(0.0, -1.0, 0.0, 0.0));
}

#[test]
fn broken_animations_are_warnings_and_the_product_is_whole() {
    let good = || animated("translation", "LINEAR", &[0.0, 1.0], &[0.0; 6], "VEC3");
    let broken: [(fn(&mut Glb), &str); 8] = [
        (|glb| glb.json["animations"][0]["samplers"][0]["interpolation"] = json!("WOBBLE"), "no interpolation"),
        (|glb| glb.json["animations"][0]["samplers"][0]["interpolation"] = json!("CUBICSPLINE"), "3 for each of 2"),
        (|glb| glb.json["animations"][0]["channels"][0]["target"]["path"] = json!("rotation"), "4 for each of 2"),
        (|glb| glb.json["animations"][0]["channels"][0]["target"]["path"] = json!("weights"), "no morph targets"),
        (|glb| glb.json["animations"][0]["channels"][0]["target"]["path"] = json!("colour"), "moves nothing"),
        (|glb| glb.json["nodes"][0]["matrix"] = json!([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]), "a `matrix`"),
        (
            |glb| {
                let times = glb.floats("SCALAR", &[1.0, 0.5]);
                glb.json["animations"][0]["samplers"][0]["input"] = json!(times);
            },
            "no rising floats",
        ),
        (
            |glb| {
                let numbers = glb.floats("VEC3", &[f32::NAN; 6]);
                glb.json["animations"][0]["samplers"][0]["output"] = json!(numbers);
            },
            "not all of its numbers are finite",
        ),
    ];
    for (spoil, words) in broken {
        let mut glb = good();
        spoil(&mut glb);
        let import = read(&glb);
        assert!(import.warnings[0].contains(words), "{words}: {:?}", import.warnings);
        assert!(import.model.animations.is_empty() && import.model.triangle_count() == 1);
    }
}

#[test]
fn pointers_lead_to_nodes_weights_and_visibility() {
    let mut glb = morphing();
    let input = glb.floats("SCALAR", &[0.0]);
    let three = glb.floats("VEC3", &[1.0, 2.0, 3.0]);
    let two = glb.floats("SCALAR", &[0.25, 0.75]);
    let one = glb.floats("SCALAR", &[0.5]);
    let shown = glb.accessor(5121, "SCALAR", 1, &[0]);
    glb.json["nodes"] = json!([{ "mesh": 0 }, { "mesh": 0 }, { "mesh": 0, "weights": [0.0, 0.0] }]);
    let pointers = [
        ("/nodes/0/translation", three),
        ("/nodes/0/weights", two),
        ("/nodes/1/weights/1", one),
        ("/meshes/0/weights/0", one),
        ("/nodes/1/extensions/KHR_node_visibility/visible", shown),
        ("/cameras/0/perspective/yfov", one),
        ("/nodes/9/translation", three),
    ];
    let samplers = pointers.map(|(_, output)| json!({ "input": input, "output": output }));
    let channels = (0..).zip(pointers).map(|(sampler, (pointer, _))| {
        let extensions = json!({ "KHR_animation_pointer": { "pointer": pointer } });
        json!({ "sampler": sampler, "target": { "path": "pointer", "extensions": extensions } })
    });
    glb.json["extensionsUsed"] = json!(["KHR_animation_pointer", "KHR_node_visibility"]);
    glb.json["animations"] = json!([{ "samplers": samplers, "channels": channels.collect::<Vec<_>>() }]);
    let import = read(&glb);
    let targets: Vec<Target> = import.model.animations[0].channels.iter().map(|channel| channel.target).collect();
    let expected = [
        Target::Translation(0),
        Target::Weights { node: 0, first: 0 },
        Target::Weights { node: 1, first: 1 },
        Target::Weights { node: 0, first: 0 },
        Target::Weights { node: 1, first: 0 },
        Target::Visible(1),
    ];
    assert_eq!(targets, expected);
    assert_eq!(import.warnings.len(), 2, "{:?}", import.warnings);
    assert!(import.warnings[0].contains("\"/cameras/0/perspective/yfov\" leads to nothing"));
}

#[test]
fn pointers_lead_to_materials() {
    let mut glb = Glb::triangle();
    glb.add_uvs();
    let texture = json!({ "index": 0, "extensions": { "KHR_texture_transform": { "scale": [-2.0, 1.0] } } });
    glb.push("images", json!({ "uri": "data:image/png;base64,iVBORw0KGgo=" }));
    glb.push("textures", json!({ "source": 0 }));
    let material = json!({
        "pbrMetallicRoughness": { "baseColorTexture": texture },
        "emissiveFactor": [0.5, 0.25, 0.0],
        "extensions": {
            "KHR_materials_emissive_strength": { "emissiveStrength": 4.0 },
            "KHR_materials_clearcoat": { "clearcoatFactor": 0.5 },
        },
    });
    glb.push("materials", material);
    glb.primitive()["material"] = json!(0);
    let input = glb.floats("SCALAR", &[0.0]);
    let (one, three) = (glb.floats("SCALAR", &[0.75]), glb.floats("VEC3", &[1.0, 0.0, 1.0]));
    let (two, four) = (glb.floats("VEC2", &[0.25, 0.5]), glb.floats("VEC4", &[2.0, 0.5, 0.25, 0.125]));
    let right = glb.floats("SCALAR", &[std::f32::consts::FRAC_PI_2]);
    let slot = "/materials/0/pbrMetallicRoughness/baseColorTexture/extensions/KHR_texture_transform";
    let pointers = [
        ("/materials/0/pbrMetallicRoughness/baseColorFactor".to_owned(), four),
        ("/materials/0/extensions/KHR_materials_clearcoat/clearcoatRoughnessFactor".to_owned(), one),
        ("/materials/0/emissiveFactor".to_owned(), three),
        ("/materials/0/extensions/KHR_materials_emissive_strength/emissiveStrength".to_owned(), one),
        (format!("{slot}/offset"), two),
        (format!("{slot}/rotation"), right),
        ("/materials/0/normalTexture/scale".to_owned(), one),
        ("/materials/7/emissiveFactor".to_owned(), three),
        ("/materials/0/colour".to_owned(), three),
    ];
    let samplers = pointers.clone().map(|(_, output)| json!({ "input": input, "output": output }));
    let channels = (0..).zip(pointers).map(|(sampler, (pointer, _))| {
        let extensions = json!({ "KHR_animation_pointer": { "pointer": pointer } });
        json!({ "sampler": sampler, "target": { "path": "pointer", "extensions": extensions } })
    });
    let used = ["pointer", "texture_transform", "clearcoat", "emissive_strength"];
    let used = used.map(|name| match name {
        "pointer" => "KHR_animation_pointer".to_owned(),
        "texture_transform" => "KHR_texture_transform".to_owned(),
        name => format!("KHR_materials_{name}"),
    });
    glb.json["extensionsUsed"] = json!(used);
    glb.json["animations"] = json!([{ "samplers": samplers, "channels": channels.collect::<Vec<_>>() }]);
    let import = read(&glb);
    let lost: Vec<&String> = import.warnings.iter().filter(|warning| warning.contains("leads to nothing")).collect();
    assert_eq!(lost.len(), 2, "{:?}", import.warnings);
    let mut model = import.model;
    assert_eq!(model.animated.len(), 5, "what belongs together is one: {:?}", model.animated);
    let mut pose = vitrine::scene::Pose::rest(&model);
    assert_eq!(model.animate(&pose.properties), Vec::<usize>::new(), "at rest nothing changes");
    pose.apply(&model.animations[0], 0.0);
    assert_eq!(model.animate(&pose.properties), [0]);
    let material = &model.materials[0];
    assert_eq!(material.base_color, Vec4::new(1.0, 0.5, 0.25, 0.125), "kept within its range");
    let clearcoat = material.clearcoat.unwrap();
    assert_eq!((clearcoat.strength, clearcoat.roughness, material.normal_scale), (0.5, 0.75, 0.75));
    assert_eq!(material.emissive, Vec3::new(0.75, 0.0, 0.75), "colour and strength meet");
    let map = material.texture(Role::BaseColor).unwrap().texture_from_uv;
    // Scaled by -2 along u, then a quarter to the left: u runs along +v.
    assert!(map.x.abs_diff_eq(Vec2::new(0.0, 2.0), 1e-6) && map.y.abs_diff_eq(Vec2::X, 1e-6), "{map:?}");
    assert_eq!(map.translation, Vec2::new(0.25, 0.5));
    assert_eq!(model.animate(&pose.properties), Vec::<usize>::new(), "told once");
}

#[test]
fn pointers_lead_to_lamps() {
    let mut glb = Glb::triangle();
    glb.json["extensionsUsed"] = json!(["KHR_animation_pointer", "KHR_lights_punctual"]);
    let lamp = json!({ "type": "spot", "color": [1.0, 0.5, 0.0], "intensity": 8.0, "spot": { "outerConeAngle": 0.5 } });
    glb.json["extensions"] = json!({ "KHR_lights_punctual": { "lights": [lamp] } });
    let input = glb.floats("SCALAR", &[0.0]);
    let one = glb.floats("SCALAR", &[0.25]);
    let names = ["intensity", "spot/innerConeAngle", "spot/outerConeAngle", "name"];
    let channels = names.map(|name| {
        let pointer = format!("/extensions/KHR_lights_punctual/lights/0/{name}");
        let extensions = json!({ "KHR_animation_pointer": { "pointer": pointer } });
        json!({ "sampler": 0, "target": { "path": "pointer", "extensions": extensions } })
    });
    let samplers = json!([{ "input": input, "output": one }]);
    glb.json["animations"] = json!([{ "samplers": samplers, "channels": channels }]);
    let import = read(&glb);
    assert_eq!(import.warnings.len(), 1, "{:?}", import.warnings);
    let mut model = import.model;
    let mut pose = vitrine::scene::Pose::rest(&model);
    pose.apply(&model.animations[0], 0.0);
    assert_eq!(model.animate(&pose.properties), Vec::<usize>::new(), "no material changes");
    assert_eq!(model.lamps[0].light, Vec3::new(0.25, 0.125, 0.0));
    let LampKind::Spot { inner, outer } = model.lamps[0].kind else { panic!("a spot") };
    assert!((outer - 0.25).abs() < 1e-6 && inner < outer && inner > 0.249, "{inner} {outer}");
}

#[test]
fn copies_stand_where_the_attributes_say() {
    let mut glb = Glb::triangle();
    let places = glb.floats("VEC3", &[0.0, 0.0, 0.0, 5.0, 0.0, 0.0]);
    let turns = glb.accessor(5120, "VEC4", 2, &[0, 0, 127, 0, 0, 0, 0, 127]);
    glb.json["accessors"][turns]["normalized"] = json!(true);
    let sizes = glb.floats("VEC3", &[-1.0, 1.0, 1.0, 2.0, 2.0, 2.0]);
    let attributes = json!({ "TRANSLATION": places, "ROTATION": turns, "SCALE": sizes });
    glb.json["nodes"][0]["extensions"] = json!({ "EXT_mesh_gpu_instancing": { "attributes": attributes } });
    glb.json["extensionsUsed"] = json!(["EXT_mesh_gpu_instancing"]);
    glb.json["extensionsRequired"] = json!(["EXT_mesh_gpu_instancing"]);
    let import = read(&glb);
    assert_eq!((import.warnings.len(), import.model.triangle_count()), (0, 2));
    let copies = &import.model.nodes[0].instances;
    assert_eq!(copies[0].transform_point3(Vec3::X), Vec3::new(7.0, 0.0, 0.0), "upright ones come first");
    assert!(copies[1].transform_point3(Vec3::new(1.0, 2.0, 0.0)).distance(Vec3::new(1.0, -2.0, 0.0)) < 1e-6);
    let item = Item::new(1, ModelId(1), &import.model);
    let found: Vec<_> = item.parts().iter().map(|part| (part.instances, part.mirrored)).collect();
    assert_eq!(found, [(Some([0, 1]), false), (Some([1, 1]), true)]);
    assert!(item.bounds.max.distance(Vec3::new(7.0, 2.0, 0.0)) < 1e-6, "{:?}", item.bounds);
    glb.json["accessors"][places]["count"] = json!(1);
    let error = import::read(&glb.to_bytes(), &Files::default()).unwrap_err();
    assert!(error.message().contains("its count is not that"), "{error}");
}

#[test]
fn hidden_nodes_hide_their_children() {
    let mut glb = Glb::triangle();
    glb.json["nodes"] = json!([
        { "children": [1], "extensions": { "KHR_node_visibility": { "visible": false } } },
        { "mesh": 0, "translation": [9, 0, 0] },
        { "mesh": 0 },
    ]);
    glb.json["scenes"] = json!([{ "nodes": [0, 2] }]);
    glb.json["extensionsUsed"] = json!(["KHR_node_visibility"]);
    let import = read(&glb);
    assert_eq!(import.warnings, Vec::<String>::new());
    let mut item = Item::new(1, ModelId(1), &import.model);
    let shown = |item: &Item| [0, 1, 2].map(|node| item.is_node_shown(node));
    assert_eq!((shown(&item), item.bounds.max), ([false, false, true], Vec3::new(1.0, 1.0, 0.0)));
    item.set_node_visible(2, false);
    item.set_node_visible(0, true);
    assert_eq!(shown(&item), [false; 3], "the page cannot show what the file hides");
    item.set_pose(|pose| pose.nodes[0].visible = true);
    assert_eq!(shown(&item), [true, true, false]);
}

#[test]
fn all_scenes_are_there_by_name() {
    let mut glb = Glb::triangle();
    glb.json["nodes"] = json!([{ "mesh": 0 }, { "mesh": 0 }]);
    let scene = |name: &str, node: u32| json!({ "nodes": [node], "name": name });
    glb.json["scenes"] = json!([scene("closed", 0), scene("open", 1), scene("", 1), scene("open", 0)]);
    glb.json["scene"] = json!(1);
    let mut model = read(&glb).model;
    let scenes: Vec<_> = model.scenes.iter().map(|scene| (scene.name.as_str(), scene.roots.as_slice())).collect();
    assert_eq!(scenes, [("closed", &[0][..]), ("open", &[1]), ("Scene 3", &[1]), ("open (4)", &[0])]);
    assert_eq!(model.roots, [1]);
    assert!(model.show_scene(Some("open (4)")) && model.roots == [0]);
    assert!(model.show_scene(Some("ajar")) && model.roots == [1], "the file's own choice");
}
