//! Every shader is joined, checked, written as WebGL2 would get it, and its structs are compared with their twins in Rust.

#![cfg(feature = "native")]
#![allow(clippy::expect_used, clippy::panic)] // a test may stop at once

use naga::{
    ShaderStage,
    back::glsl,
    front::wgsl,
    valid::{Capabilities, ValidationFlags, Validator},
};
use std::mem::{offset_of, size_of};
use vitrine::gpu::{
    shaders::{PROGRAMS, Program},
    uniforms,
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
fn every_entry_point_can_be_written_for_webgl2() {
    let options =
        glsl::Options { version: glsl::Version::Embedded { version: 300, is_webgl: true }, ..Default::default() };
    for program in PROGRAMS {
        let (module, info) = validated(program);
        let stages: Vec<_> = module.entry_points.iter().map(|entry| entry.stage).collect();
        assert!(stages.contains(&ShaderStage::Vertex) && stages.contains(&ShaderStage::Fragment), "{}", program.name);
        for entry in &module.entry_points {
            let pipeline =
                glsl::PipelineOptions { shader_stage: entry.stage, entry_point: entry.name.clone(), multiview: None };
            let mut text = String::new();
            glsl::Writer::new(
                &mut text,
                &module,
                &info,
                &options,
                &pipeline,
                naga::proc::BoundsCheckPolicies::default(),
            )
            .and_then(|mut writer| writer.write())
            .unwrap_or_else(|error| panic!("{} {}: {error}", program.name, entry.name));
            assert!(text.starts_with("#version 300 es"), "{} {}", program.name, entry.name);
        }
    }
}

#[test]
fn no_stage_reads_more_textures_than_webgl2_has() {
    for program in PROGRAMS {
        let (module, info) = validated(program);
        for (index, entry) in module.entry_points.iter().enumerate() {
            let of_entry = info.get_entry_point(index);
            let textures = module.global_variables.iter().filter(|(handle, variable)| {
                matches!(module.types[variable.ty].inner, naga::TypeInner::Image { .. })
                    && !of_entry[*handle].is_empty()
            });
            assert!(textures.count() <= 16, "{} {}", program.name, entry.name);
        }
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
    same_layout!(View: clip_from_world world_from_clip eye light_intensity sun_direction last_level sun_light is_studio
        light_rotation);
    same_layout!(Draw: world_from_node);
    same_layout!(Slot: x y translation uv_set present);
    same_layout!(Material: base_color emissive metallic roughness normal_scale occlusion_strength cutoff unlit blend
        base_color_slot metallic_roughness_slot normal_slot occlusion_slot emissive_slot);
    same_layout!(Bake: face sample_count roughness source_size source_level);
    same_layout!(Mip: texel);
    same_layout!(Blur: wide_step contact_step);
    same_layout!(Quad: world_from_quad color);
    same_layout!(Present: exposure tone_mapping alpha_mode flip_y target_encodes);
}

#[test]
fn a_line_is_found_in_its_file() {
    let program = PROGRAMS.iter().find(|program| program.name == "pbr").expect("there is one");
    let line = program.source().lines().position(|line| line.contains("fn pbr(")).expect("it is in there") as u32 + 1;
    assert_eq!(program.place(line).0, "pbr.wgsl");
}
