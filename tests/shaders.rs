//! Every shader is joined, checked, written as WebGL2 would get it, and its structs are compared with their twins in Rust.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

#[path = "../shaders/strip.rs"]
#[allow(dead_code)]
mod strip;

use naga::{
    ShaderStage,
    back::glsl,
    front::wgsl,
    valid::{Capabilities, ValidationFlags, Validator},
};
use std::{
    collections::{BTreeMap, HashMap},
    mem::{offset_of, size_of},
};
use vitrine::{
    gpu::{
        shaders::{PROGRAMS, Program},
        uniforms,
    },
    model::Role,
};

fn parsed(program: &Program) -> naga::Module {
    wgsl::parse_str(&program.source()).unwrap_or_else(|error| {
        let line = error.location(&program.source()).map_or(0, |location| location.line_number);
        let (file, line) = program.place(line);
        panic!("{}: {file}:{line} (comments not counted): {}", program.name, error.emit_to_string(&program.source()))
    })
}

fn validated(program: &Program) -> (naga::Module, naga::valid::ModuleInfo) {
    let module = parsed(program);
    let info = Validator::new(ValidationFlags::all(), Capabilities::empty())
        .validate(&module)
        .unwrap_or_else(|error| panic!("{}: {}", program.name, error.emit_to_string(&program.source())));
    (module, info)
}

#[test]
fn every_program_is_valid() {
    for program in PROGRAMS {
        validated(program);
    }
}

#[test]
fn what_shops_download_is_valid_and_has_the_same_doors() {
    let files: BTreeMap<&str, &str> = PROGRAMS.iter().flat_map(|program| program.parts.iter().copied()).collect();
    let texts: Vec<String> = files.values().map(|text| (*text).to_owned()).collect();
    let short: BTreeMap<&str, String> = files.keys().copied().zip(strip::shortened(&texts)).collect();
    for program in PROGRAMS {
        let source: String = program.parts.iter().map(|(name, _)| short[name].as_str()).collect();
        let module = wgsl::parse_str(&source)
            .unwrap_or_else(|error| panic!("{}: {}", program.name, error.emit_to_string(&source)));
        Validator::new(ValidationFlags::all(), Capabilities::empty())
            .validate(&module)
            .unwrap_or_else(|error| panic!("{}: {}", program.name, error.emit_to_string(&source)));
        let doors = |module: &naga::Module| {
            let entries = module.entry_points.iter().map(|entry| entry.name.clone());
            let overrides = module.overrides.iter().filter_map(|(_, constant)| constant.name.clone());
            entries.chain(overrides).collect::<Vec<_>>()
        };
        assert_eq!(doors(&module), doors(&parsed(program)), "{}", program.name);
    }
    let [long, short] = [texts.concat().len(), short.values().map(String::len).sum()];
    assert!(short * 3 < long * 2, "{short} of {long} bytes are left");
}

#[test]
fn every_entry_point_can_be_written_for_webgl2() {
    for program in PROGRAMS {
        let (module, info) = validated(program);
        let stages: Vec<_> = module.entry_points.iter().map(|entry| entry.stage).collect();
        assert!(stages.contains(&ShaderStage::Vertex) && stages.contains(&ShaderStage::Fragment), "{}", program.name);
        for entry in &module.entry_points {
            // A surface has none of the lobes, or all.
            for lobes in [0.0, 127.0] {
                let constants: HashMap<_, _> = [("lobes".to_string(), lobes)].into_iter().collect();
                let constants = if module.overrides.is_empty() { HashMap::new() } else { constants };
                let written = written(&module, &info, entry, &constants);
                assert!(written.starts_with("#version 300 es"), "{} {}", program.name, entry.name);
            }
        }
    }
}

/// The GLSL of an entry point.
fn written(
    module: &naga::Module,
    info: &naga::valid::ModuleInfo,
    entry: &naga::EntryPoint,
    constants: &HashMap<String, f64>,
) -> String {
    let options =
        glsl::Options { version: glsl::Version::Embedded { version: 300, is_webgl: true }, ..Default::default() };
    let pipeline =
        glsl::PipelineOptions { shader_stage: entry.stage, entry_point: entry.name.clone(), multiview: None };
    let constants = constants.iter().map(|(name, value)| (name.clone(), *value)).collect();
    let (module, info) =
        naga::back::pipeline_constants::process_overrides(module, info, Some((entry.stage, &entry.name)), &constants)
            .unwrap_or_else(|error| panic!("{}: {error}", entry.name));
    let mut text = String::new();
    glsl::Writer::new(&mut text, &module, &info, &options, &pipeline, naga::proc::BoundsCheckPolicies::default())
        .and_then(|mut writer| writer.write())
        .unwrap_or_else(|error| panic!("{}: {error}", entry.name));
    text
}

/// `clearcoatRoughnessTexture` is `CLEARCOAT_ROUGHNESS` in shaders.
fn constant_name(gltf_name: &str) -> String {
    let mut name = String::new();
    for letter in gltf_name.strip_suffix("Texture").expect("all end so").chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

#[test]
fn texture_roles_have_the_same_places_in_rust_and_in_shaders() {
    let program = PROGRAMS.iter().find(|program| program.name == "pbr").expect("there is one");
    let module = parsed(program);
    for (place, role) in Role::ALL.into_iter().enumerate() {
        let name = constant_name(role.gltf_name());
        let constant = module.constants.iter().find(|(_, constant)| constant.name.as_deref() == Some(&name));
        let value = constant.map(|(_, constant)| &module.global_expressions[constant.init]);
        let expected = naga::Expression::Literal(naga::Literal::U32(place as u32));
        assert_eq!(value, Some(&expected), "{name}");
    }
}

#[test]
fn no_program_reads_more_textures_than_webgl2_has() {
    // wgpu has sixteen units on WebGL2 for all stages together.
    for program in PROGRAMS {
        let module = parsed(program);
        let is_texture = |ty| matches!(module.types[ty].inner, naga::TypeInner::Image { .. });
        let textures = module.global_variables.iter().filter(|(_, variable)| is_texture(variable.ty));
        assert!(textures.count() <= 16, "{}", program.name);
    }
}

/// Where a WGSL struct has its members, and its size.
fn layout(struct_name: &str) -> (Vec<(String, usize)>, usize) {
    for program in PROGRAMS {
        let module = parsed(program);
        let found = module.types.iter().find_map(|(_, ty)| match &ty.inner {
            naga::TypeInner::Struct { members, span } if ty.name.as_deref() == Some(struct_name) => {
                let name = |member: &naga::StructMember| member.name.clone().unwrap_or_default();
                Some((members.iter().map(|member| (name(member), member.offset as usize)).collect(), *span as usize))
            }
            _ => None,
        });
        if let Some(layout) = found {
            return layout;
        }
    }
    panic!("no shader has a struct {struct_name}")
}

/// Compares one struct: all members of the shader must be named, at the same places.
macro_rules! same_layout {
    ($name:ident: $($field:ident)*) => {{
        let (members, size) = layout(stringify!($name));
        let ours = vec![$((stringify!($field).to_string(), offset_of!(uniforms::$name, $field))),*];
        assert_eq!(members, ours, stringify!($name));
        // WebGL2 through wgpu takes no other sizes; ours is bound with the rounded size.
        assert_eq!(size % 16, 0, "{}: give its last member @size(16)", stringify!($name));
        assert_eq!(size, size_of::<uniforms::$name>().next_multiple_of(16), stringify!($name));
    }};
}

#[test]
fn structs_are_the_same_in_rust_and_in_shaders() {
    same_layout!(View: clip_from_world eye light_intensity last_level see_through light_rotation picture_from_clip
        shadow_from_world lamps lamp_count shadowed shadow_texel shadow_blur layer first_step steps_per_metre);
    same_layout!(Lamp: place nearness cone cone_offset light end);
    same_layout!(Sky: world_from_clip eye intensity center height rotation radius blur is_studio);
    same_layout!(Draw: world_from_node first_shape shape_size joint_sets first_joint first_target target_size
        first_weight weight_count first_copy has_copies faded padding);
    same_layout!(Grid: cell_from_world counts per_row);
    same_layout!(Occlusion: rows corner cell counts per_row share bias);
    same_layout!(Room: depth_from_world depth_size first_row rest_count rests);
    same_layout!(Rest: place radius up);
    same_layout!(Slot: x y translation uv_set unit);
    same_layout!(Material: base_color emissive metallic roughness normal_scale occlusion_strength cutoff unlit blend
        glossy ior specular_color specular clearcoat clearcoat_roughness clearcoat_normal_scale transmission sheen_color
        sheen_roughness absorption thickness iridescence film_ior film_thinnest film_thickest anisotropy dispersion
        anisotropy_direction diffuse_transmission_color diffuse_transmission slots);
    same_layout!(Bake: face sample_count roughness source_size source_level sun_limit sun_cosine looks sun_center);
    same_layout!(Mip: texel);
    same_layout!(Blur: wide_step contact_step);
    same_layout!(Quad: world_from_quad color);
    same_layout!(Feed: picture_from_clip tint exposure is_neutral);
    same_layout!(Present: exposure tone_mapping alpha_mode flip_y target_encodes);
}

#[test]
fn a_line_is_found_in_its_file() {
    let program = PROGRAMS.iter().find(|program| program.name == "pbr").expect("there is one");
    let line = program.source().lines().position(|line| line.contains("fn pbr(")).expect("it is in there") as u32 + 1;
    assert_eq!(program.place(line).0, "pbr.wgsl");
}
