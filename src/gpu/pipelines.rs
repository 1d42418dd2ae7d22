//! Pipelines: made when a model is uploaded, found again by what they do. Each is a blocking compile on WebGL2, so the
//! key holds only what cannot be a uniform.

use crate::{
    gpu::{
        bindings::Layouts,
        geometry::Vertex,
        occlusion,
        shaders::{self, Program},
        shadow, target,
    },
    model::Topology,
};

/// What is special about a pipeline that draws surfaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SurfaceKey {
    pub topology: Topology,
    /// Which side is left out.
    pub cull: Option<wgpu::Face>,
    /// The node's transform turns left into right, and clockwise into counter-clockwise.
    pub mirrored: bool,
    pub kind: Kind,
    /// What the material has beyond metallic-roughness, as bits of `point.wgsl`.
    pub lobes: u32,
    /// The room's things may hide it.
    pub in_room: bool,
}

/// Which pass, and how it treats opacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Opaque,
    Masked,
    Blended,
    /// Drawn over a picture of what lies behind.
    Transmissive,
    /// Distance from the eye, layer by layer.
    Peel,
    /// Height above the floor.
    Shadow,
    /// Nothing but depth, as a lamp sees it.
    ShadowMap,
    /// Colour and nearness to one direction of light.
    Occluder,
}

/// The pipelines that draw surfaces.
pub(super) struct SurfacePipelines {
    pbr: wgpu::ShaderModule,
    shadow: wgpu::ShaderModule,
    shadow_map: wgpu::ShaderModule,
    /// Made when first asked for: in the browser their texts come later than the rest.
    occluder: Option<wgpu::ShaderModule>,
    peel: Option<wgpu::ShaderModule>,
    /// Group 0 and the module of what the room's things may hide.
    room: Option<(wgpu::BindGroupLayout, wgpu::ShaderModule)>,
    made: Vec<(SurfaceKey, wgpu::RenderPipeline)>,
}

impl SurfacePipelines {
    pub fn new(device: &wgpu::Device) -> Self {
        Self {
            pbr: shaders::PBR.module(device),
            shadow: shaders::SHADOW.module(device),
            shadow_map: shaders::SHADOW_MAP.module(device),
            occluder: None,
            peel: None,
            room: None,
            made: Vec::new(),
        }
    }

    /// From now on there may be keys in a room.
    pub fn enter_room(&mut self, layout: &wgpu::BindGroupLayout, surfaces: &wgpu::ShaderModule) {
        self.room.get_or_insert_with(|| (layout.clone(), surfaces.clone()));
    }

    pub fn make(&mut self, device: &wgpu::Device, layouts: &Layouts, key: SurfaceKey) {
        if self.get(key).is_some() {
            return;
        }
        let only_depth = key.kind == Kind::ShadowMap;
        let room = self.room.as_ref().filter(|_| key.in_room);
        let (program, module, fragment, format) = match key.kind {
            Kind::Shadow => (&shaders::SHADOW, &self.shadow, "shadow", shadow::FORMAT),
            Kind::ShadowMap => (&shaders::SHADOW_MAP, &self.shadow_map, "shadow_map", target::COLOR),
            Kind::Occluder => {
                let module = self.occluder.get_or_insert_with(|| shaders::OCCLUDER.module(device));
                (&shaders::OCCLUDER, &*module, "occluder", occlusion::FORMAT)
            }
            Kind::Peel => {
                let module = self.peel.get_or_insert_with(|| shaders::PEEL.module(device));
                (&shaders::PEEL, &*module, "peel", target::COLOR)
            }
            _ => match room {
                Some((_, module)) => (&shaders::ROOM_SURFACE, module, "surface_in_room", target::COLOR),
                None => (&shaders::PBR, &self.pbr, "pbr", target::COLOR),
            },
        };
        let is_shaded = matches!(fragment, "pbr" | "surface_in_room");
        let groups =
            [room.map_or(&layouts.view, |(layout, _)| layout), &layouts.material, &layouts.draw, &layouts.grid];
        let constants = [("lobes", f64::from(key.lobes))];
        let pipeline = Recipe {
            program,
            module,
            vertex: "surface",
            fragment,
            groups: if is_shaded { &groups } else { &groups[..3] },
            has_vertices: true,
            primitive: primitive_state(key),
            format,
            targets: 1,
            blend: match key.kind {
                Kind::Opaque | Kind::ShadowMap | Kind::Occluder | Kind::Peel => None,
                Kind::Masked | Kind::Blended | Kind::Transmissive => {
                    Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING)
                }
                Kind::Shadow => Some(DARKEST_WINS),
            },
            depth_write: (key.kind != Kind::Shadow).then_some(key.kind != Kind::Blended),
            samples: if is_shaded { target::SAMPLES } else { 1 },
            alpha_to_coverage: key.kind == Kind::Masked,
            constants: if is_shaded { &constants } else { &[] },
            only_depth,
        }
        .make(device);
        self.made.push((key, pipeline));
    }

    pub fn get(&self, key: SurfaceKey) -> Option<&wgpu::RenderPipeline> {
        self.made.iter().find(|(made, _)| *made == key).map(|(_, pipeline)| pipeline)
    }
}

/// Higher values stay, whatever comes after.
const DARKEST_WINS: wgpu::BlendState = {
    let max = wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::One,
        dst_factor: wgpu::BlendFactor::One,
        operation: wgpu::BlendOperation::Max,
    };
    wgpu::BlendState { color: max, alpha: max }
};

fn primitive_state(key: SurfaceKey) -> wgpu::PrimitiveState {
    wgpu::PrimitiveState {
        topology: match key.topology {
            Topology::Points => wgpu::PrimitiveTopology::PointList,
            Topology::Lines => wgpu::PrimitiveTopology::LineList,
            Topology::Triangles => wgpu::PrimitiveTopology::TriangleList,
        },
        front_face: if key.mirrored { wgpu::FrontFace::Cw } else { wgpu::FrontFace::Ccw },
        cull_mode: key.cull,
        ..Default::default()
    }
}

/// Everything a pipeline of ours can differ in.
pub(super) struct Recipe<'a> {
    pub program: &'a Program,
    pub module: &'a wgpu::ShaderModule,
    pub vertex: &'a str,
    pub fragment: &'a str,
    pub groups: &'a [&'a wgpu::BindGroupLayout],
    /// Reads [`Vertex`]; otherwise the vertex shader makes its own.
    pub has_vertices: bool,
    pub primitive: wgpu::PrimitiveState,
    pub format: wgpu::TextureFormat,
    /// How many of that format are drawn at once.
    pub targets: usize,
    pub blend: Option<wgpu::BlendState>,
    /// Depth is tested, and written when true; `None` for targets without any.
    pub depth_write: Option<bool>,
    pub samples: u32,
    pub alpha_to_coverage: bool,
    /// Without any colour, into a target with one sample a pixel.
    pub only_depth: bool,
    /// Of the fragment stage.
    pub constants: &'a [(&'a str, f64)],
}

impl Recipe<'_> {
    pub fn make(&self, device: &wgpu::Device) -> wgpu::RenderPipeline {
        let groups: Vec<_> = self.groups.iter().map(|group| Some(*group)).collect();
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(self.program.name),
            bind_group_layouts: &groups,
            immediate_size: 0,
        });
        let vertices = wgpu::VertexBufferLayout {
            array_stride: size_of::<Vertex>() as u64,
            step_mode: wgpu::VertexStepMode::Vertex,
            attributes: &Vertex::ATTRIBUTES,
        };
        let buffers = [Some(vertices)];
        let color =
            wgpu::ColorTargetState { format: self.format, blend: self.blend, write_mask: wgpu::ColorWrites::ALL };
        let targets = vec![Some(color); self.targets];
        device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some(self.program.name),
            layout: Some(&layout),
            vertex: wgpu::VertexState {
                module: self.module,
                entry_point: Some(self.vertex),
                compilation_options: Default::default(),
                buffers: if self.has_vertices { &buffers } else { &[] },
            },
            primitive: self.primitive,
            depth_stencil: self.depth_write.map(|write| wgpu::DepthStencilState {
                format: target::DEPTH,
                depth_write_enabled: Some(write),
                depth_compare: Some(wgpu::CompareFunction::LessEqual),
                stencil: Default::default(),
                // Slanted surfaces are pushed away from the lamp, or they would shade themselves.
                bias: if self.only_depth {
                    wgpu::DepthBiasState { constant: 2, slope_scale: 2.0, clamp: 0.0 }
                } else {
                    Default::default()
                },
            }),
            multisample: wgpu::MultisampleState {
                count: self.samples,
                mask: !0,
                alpha_to_coverage_enabled: self.alpha_to_coverage,
            },
            fragment: Some(wgpu::FragmentState {
                module: self.module,
                entry_point: Some(self.fragment),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: self.constants,
                    ..Default::default()
                },
                targets: if self.only_depth { &[] } else { &targets },
            }),
            multiview_mask: None,
            cache: None,
        })
    }

    /// One triangle over a plain target.
    pub fn fullscreen<'a>(
        program: &'a Program,
        module: &'a wgpu::ShaderModule,
        fragment: &'a str,
        groups: &'a [&'a wgpu::BindGroupLayout],
        format: wgpu::TextureFormat,
    ) -> Recipe<'a> {
        Recipe {
            program,
            module,
            vertex: "fullscreen",
            fragment,
            groups,
            has_vertices: false,
            primitive: Default::default(),
            format,
            targets: 1,
            blend: None,
            depth_write: None,
            samples: 1,
            alpha_to_coverage: false,
            only_depth: false,
            constants: &[],
        }
    }
}
