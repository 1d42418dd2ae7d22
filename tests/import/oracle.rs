//! A second opinion: what the `gltf` crate reads from files of other people's making.

use super::sound;
use gltf::animation::util::ReadOutputs;
use gltf::image::Source;
use gltf::mesh::Mode;
use std::path::{Path, PathBuf};
use vitrine::import;
use vitrine::import::Files;
use vitrine::math::{Affine3A, Mat4, Vec2, Vec3, Vec4};
use vitrine::model::{self, AlphaMode, Model, Role, TextureSlot, Topology};
use vitrine::scene::Item;
use vitrine::scene::frame::ModelId;

/// Every glTF file of the test data.
fn models() -> Vec<PathBuf> {
    let (mut files, mut open) = (Vec::new(), Vec::from_iter(super::shared("models")));
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|extension| extension.to_str()) {
                _ if path.is_dir() => open.push(path),
                Some("glb" | "gltf") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// The file and the other files that it needs.
fn load(path: &Path) -> (Vec<u8>, Files) {
    let file = std::fs::read(path).unwrap();
    let needed = import::needs(&file).unwrap_or_default();
    let others = needed.into_iter().map(|name| (name.clone(), std::fs::read(path.with_file_name(name)).unwrap()));
    let others = others.collect();
    (file, others)
}

#[test]
fn the_gltf_crate_reads_the_same_from_every_file() {
    let files = models();
    let mut compared = 0;
    for path in &files {
        let shown = path.display().to_string();
        let (file, others) = load(path);
        let Some(import) = read(&file, &others, &shown) else { continue };
        let Ok(theirs) = gltf::Gltf::from_slice(&file) else { continue };
        let Ok(buffers) = gltf::import_buffers(&theirs.document, path.parent(), theirs.blob) else { continue };
        compare(&shown, &import.model, &theirs.document, &buffers);
        compared += 1;
    }
    println!("{compared} of {} files compared", files.len());
    assert!(files.is_empty() || compared > 30, "only {compared} files were compared");
}

/// Every file gives a model that shows something, except those whose data is packed: `tests/unpack.rs` reads
/// them.
fn read(file: &[u8], others: &Files, shown: &str) -> Option<import::Import> {
    match import::read(file, others) {
        Ok(import) => {
            sound::check(&import.model);
            let item = Item::new(1, ModelId(1), &import.model);
            assert!(item.bounds.size().max_element() > 0.0, "{shown} shows nothing");
            Some(import)
        }
        Err(error) => {
            assert_eq!(error.code(), "packed", "{shown}: {error}");
            assert!(shown.contains("glTF-Draco"), "{shown}: {error}");
            None
        }
    }
}

fn compare(file: &str, ours: &Model, theirs: &gltf::Document, buffers: &[gltf::buffer::Data]) {
    assert_eq!(ours.nodes.len(), theirs.nodes().len(), "{file}");
    for (ours, theirs) in ours.nodes.iter().zip(theirs.nodes()) {
        assert_eq!(ours.mesh, theirs.mesh().map(|mesh| mesh.index()), "{file}");
        assert_eq!(ours.children, theirs.children().map(|child| child.index()).collect::<Vec<_>>(), "{file}");
        let expected = Affine3A::from_mat4(Mat4::from_cols_array_2d(&theirs.transform().matrix()));
        assert!(ours.parent_from_node.abs_diff_eq(expected, 1e-4), "{file}: {:?}", theirs.name());
    }
    let scene = theirs.default_scene().or_else(|| theirs.scenes().next()).expect("a scene");
    assert_eq!(ours.roots, scene.nodes().map(|node| node.index()).collect::<Vec<_>>(), "{file}");
    for (ours, theirs) in ours.skins.iter().zip(theirs.skins()) {
        compare_skin(file, ours, &theirs, buffers);
    }
    assert_eq!((ours.skins.len(), ours.animations.len()), (theirs.skins().len(), theirs.animations().len()), "{file}");
    for (ours, theirs) in ours.animations.iter().zip(theirs.animations()) {
        compare_animation(file, ours, &theirs, buffers);
    }
    let names: Vec<&str> = ours.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(
        names,
        theirs.variants().into_iter().flatten().map(|variant| variant.name()).collect::<Vec<_>>(),
        "{file}"
    );
    for (ours, theirs) in ours.materials.iter().zip(theirs.materials()) {
        compare_material(file, ours, &theirs);
    }
    for (ours, theirs) in ours.textures.iter().zip(theirs.textures()) {
        assert_eq!(ours.image, theirs.source().index(), "{file}");
    }
    for (ours, theirs) in ours.images.iter().zip(theirs.images()) {
        if let (Source::View { view, .. }, false) = (theirs.source(), ours.bytes.is_empty()) {
            let expected = &buffers[view.buffer().index()][view.offset()..][..view.length()];
            assert!(ours.bytes == expected, "{file}: another picture");
        }
    }
    assert_eq!(ours.meshes.len(), theirs.meshes().len());
    for (ours, theirs) in ours.meshes.iter().zip(theirs.meshes()) {
        assert_eq!(ours.primitives.len(), theirs.primitives().len(), "{file}");
        for (ours, theirs) in ours.primitives.iter().zip(theirs.primitives()) {
            compare_primitive(file, ours, &theirs, buffers);
        }
    }
}

fn compare_skin(file: &str, ours: &model::Skin, theirs: &gltf::Skin, buffers: &[gltf::buffer::Data]) {
    let joints: Vec<usize> = ours.joints.iter().map(|joint| joint.node).collect();
    assert_eq!(joints, theirs.joints().map(|joint| joint.index()).collect::<Vec<_>>(), "{file}");
    let reader = theirs.reader(|buffer| Some(&buffers[buffer.index()].0));
    for (joint, matrix) in ours.joints.iter().zip(reader.read_inverse_bind_matrices().into_iter().flatten()) {
        assert_eq!(joint.joint_from_mesh, Affine3A::from_mat4(Mat4::from_cols_array_2d(&matrix)), "{file}");
    }
}

fn compare_animation(file: &str, ours: &model::Animation, theirs: &gltf::Animation, buffers: &[gltf::buffer::Data]) {
    assert_eq!(ours.channels.len(), theirs.channels().count(), "{file}");
    for (channel, theirs) in ours.channels.iter().zip(theirs.channels()) {
        let curve = &ours.curves[channel.curve];
        let reader = theirs.reader(|buffer| Some(&buffers[buffer.index()].0));
        assert_eq!(curve.times, reader.read_inputs().unwrap().collect::<Vec<_>>(), "{file}");
        let node = theirs.target().node().index();
        let (target, values): (model::Target, Vec<f32>) = match reader.read_outputs().unwrap() {
            ReadOutputs::Translations(values) => (model::Target::Translation(node), values.flatten().collect()),
            ReadOutputs::Scales(values) => (model::Target::Scale(node), values.flatten().collect()),
            ReadOutputs::Rotations(values) => (model::Target::Rotation(node), values.into_f32().flatten().collect()),
            ReadOutputs::MorphTargetWeights(values) => {
                (model::Target::Weights { node, first: 0 }, values.into_f32().collect())
            }
        };
        assert_eq!((channel.target, &curve.values), (target, &values), "{file}");
        let interpolation = match theirs.sampler().interpolation() {
            gltf::animation::Interpolation::Linear => model::Interpolation::Linear,
            gltf::animation::Interpolation::Step => model::Interpolation::Step,
            gltf::animation::Interpolation::CubicSpline => model::Interpolation::CubicSpline,
        };
        assert_eq!(curve.interpolation, interpolation, "{file}");
    }
}

fn compare_material(file: &str, ours: &model::Material, theirs: &gltf::Material) {
    let surface = theirs.pbr_metallic_roughness();
    assert_eq!(ours.base_color, Vec4::from(surface.base_color_factor()), "{file}");
    assert_eq!((ours.metallic, ours.roughness), (surface.metallic_factor(), surface.roughness_factor()), "{file}");
    let strength = theirs.emissive_strength().unwrap_or(1.0);
    assert_eq!(ours.emissive, Vec3::from(theirs.emissive_factor()) * strength, "{file}");
    assert_eq!((ours.double_sided, ours.unlit), (theirs.double_sided(), theirs.unlit()), "{file}");
    let alpha_mode = match theirs.alpha_mode() {
        gltf::material::AlphaMode::Opaque => AlphaMode::Opaque,
        gltf::material::AlphaMode::Mask => AlphaMode::Mask { cutoff: theirs.alpha_cutoff().unwrap_or(0.5) },
        gltf::material::AlphaMode::Blend => AlphaMode::Blend,
    };
    assert_eq!(ours.alpha_mode, alpha_mode, "{file}");
    let normal = theirs.normal_texture();
    assert_eq!(ours.normal_scale, normal.as_ref().map_or(1.0, |texture| texture.scale()), "{file}");
    let occlusion = theirs.occlusion_texture();
    assert_eq!(ours.occlusion_strength, occlusion.as_ref().map_or(1.0, |texture| texture.strength()), "{file}");
    assert_eq!(
        ours.texture(Role::Normal).map(|slot| slot.texture),
        normal.map(|texture| texture.texture().index()),
        "{file}"
    );
    assert_eq!(
        ours.texture(Role::Occlusion).map(|slot| slot.texture),
        occlusion.map(|slot| slot.texture().index()),
        "{file}"
    );
    compare_slot(file, ours.texture(Role::BaseColor), surface.base_color_texture());
    compare_slot(file, ours.texture(Role::MetallicRoughness), surface.metallic_roughness_texture());
    compare_slot(file, ours.texture(Role::Emissive), theirs.emissive_texture());
}

fn compare_slot(file: &str, ours: Option<TextureSlot>, theirs: Option<gltf::texture::Info>) {
    let uv_set = |info: &gltf::texture::Info| {
        info.texture_transform().and_then(|transform| transform.tex_coord()).unwrap_or(info.tex_coord()) as usize
    };
    let found = ours.map(|slot| (slot.texture, slot.uv_set));
    assert_eq!(found, theirs.as_ref().map(|info| (info.texture().index(), uv_set(info))), "{file}");
    let Some(transform) = theirs.as_ref().and_then(|info| info.texture_transform()) else { return };
    let map = ours.expect("a slot").texture_from_uv;
    assert_eq!(map.translation, Vec2::from(transform.offset()), "{file}");
    let scale = Vec2::new(map.x.length(), map.y.length());
    assert!(scale.abs_diff_eq(Vec2::from(transform.scale()).abs(), 1e-5), "{file}");
}

/// Joints, weights and morph targets; of primitives whose vertices are the file's.
fn compare_deformation(file: &str, ours: &model::Primitive, theirs: &gltf::Primitive, buffers: &[gltf::buffer::Data]) {
    let reader = theirs.reader(|buffer| Some(&buffers[buffer.index()].0));
    for (number, set) in (0..).zip(&ours.joint_sets) {
        let joints = reader.read_joints(number).unwrap().into_u16();
        let weights = reader.read_weights(number).unwrap().into_f32().map(Vec4::from);
        for ((ours, pulls), (theirs, weights)) in set.joints.iter().zip(&set.weights).zip(joints.zip(weights)) {
            assert!(pulls.abs_diff_eq(weights, 1e-2), "{file}: {pulls} {weights}");
            for lane in 0..4 {
                assert!(ours[lane] == theirs[lane] || weights[lane] == 0.0, "{file}");
            }
        }
    }
    assert_eq!(ours.targets.len(), theirs.morph_targets().count(), "{file}");
    for (ours, (positions, normals, _)) in ours.targets.iter().zip(reader.read_morph_targets()) {
        let positions: Vec<Vec3> = positions.into_iter().flatten().map(Vec3::from).collect();
        let normals: Vec<Vec3> = normals.into_iter().flatten().map(Vec3::from).collect();
        assert!(ours.positions == positions && ours.normals == normals, "{file}: other morph targets");
    }
}

fn compare_primitive(file: &str, ours: &model::Primitive, theirs: &gltf::Primitive, buffers: &[gltf::buffer::Data]) {
    let reader = theirs.reader(|buffer| Some(&buffers[buffer.index()].0));
    let positions: Vec<Vec3> = reader.read_positions().unwrap().map(Vec3::from).collect();
    let topology = match theirs.mode() {
        Mode::Points => Topology::Points,
        Mode::Lines | Mode::LineStrip | Mode::LineLoop => Topology::Lines,
        Mode::Triangles | Mode::TriangleStrip | Mode::TriangleFan => Topology::Triangles,
    };
    assert_eq!(ours.topology, topology, "{file}");
    assert_eq!(ours.material, theirs.material().index(), "{file}");
    let corners: Vec<u32> = match reader.read_indices() {
        Some(indices) => indices.into_u32().collect(),
        None => (0..positions.len() as u32).collect(),
    };
    if matches!(theirs.mode(), Mode::Points | Mode::Lines | Mode::Triangles) {
        // Flat normals split vertices, so what is compared are the corners.
        let at = |index: &u32| positions[*index as usize];
        let ours: Vec<Vec3> = ours.indices.iter().map(|&index| ours.positions[index as usize]).collect();
        assert!(ours == corners.iter().map(at).collect::<Vec<_>>(), "{file}: other positions");
    }
    let Some(normals) = reader.read_normals() else { return };
    compare_deformation(file, ours, theirs, buffers);
    assert!(ours.positions == positions && (ours.indices == corners || theirs.mode() != Mode::Triangles), "{file}");
    for (ours, theirs) in ours.normals.iter().zip(normals) {
        assert!(ours.distance(Vec3::from(theirs).normalize_or(*ours)) < 1e-5, "{file}: {ours} {theirs:?}");
    }
    for (ours, theirs) in ours.tangents.iter().zip(reader.read_tangents().into_iter().flatten()) {
        let theirs = Vec4::from(theirs);
        assert!(
            ours.truncate().distance(theirs.truncate().normalize_or(ours.truncate())) < 1e-5,
            "{file}: {ours} {theirs}"
        );
        assert_eq!(ours.w < 0.0, theirs.w < 0.0, "{file}");
    }
    for set in 0..2 {
        let uvs = reader.read_tex_coords(set).map(|uvs| uvs.into_f32().map(Vec2::from).collect::<Vec<_>>());
        assert!(ours.uvs[set as usize] == uvs.unwrap_or_default(), "{file}: other texture coordinates");
    }
    let colors = reader.read_colors(0).map(|colors| colors.into_rgba_f32().map(Vec4::from).collect::<Vec<_>>());
    assert!(ours.colors == colors.unwrap_or_default(), "{file}: other colours");
}
