//! The feed pass: a camera's picture behind everything, the body in it that hides what lies behind, and the present pass of
//! such a picture. Made when the first picture of a camera comes; none of it is there before.

use crate::{
    gpu::{
        Error, Gpu, Output, Picture,
        bindings::Layouts,
        geometry::Vertex,
        mip::{self, Meaning},
        pipelines::Recipe,
        shaders,
        shadow::Scene,
        target,
        uniforms::{self, Present},
    },
    math::Vec3,
    scene::frame::{Body, Feed, Frame, ToneMapping},
};
use wgpu::util::DeviceExt as _;

/// Shells around the body in which its outline fades; `feed.wgsl` has the same number.
const SHELLS: u32 = 3;

/// What draws it, and the latest picture.
pub(super) struct CameraFeed {
    texture: wgpu::Texture,
    view: wgpu::TextureView,
    background: wgpu::RenderPipeline,
    body: wgpu::RenderPipeline,
    edge: wgpu::RenderPipeline,
    /// Instead of the one of the behind pass.
    pub copy: wgpu::RenderPipeline,
    present: wgpu::RenderPipeline,
    format: wgpu::TextureFormat,
    sampler: wgpu::Sampler,
}

/// One frame's work.
pub(super) struct PlannedFeed {
    uniform: u32,
    /// Vertices, indices and how many of them.
    body: Option<(wgpu::Buffer, wgpu::Buffer, u32)>,
}

impl Gpu {
    /// Takes a camera's newest picture, for frames with a [`Feed`]. `format` is that of the output of these frames.
    ///
    /// # Errors
    /// The picture is empty, broken, or larger than the card takes.
    pub fn set_feed(&mut self, picture: &Picture<'_>, format: wgpu::TextureFormat) -> Result<(), Error> {
        let size = mip::checked_size(&self.device, picture)?;
        let fits = |feed: &&CameraFeed| [feed.texture.width(), feed.texture.height()] == size && feed.format == format;
        let kept = self.feed.as_deref().filter(fits).map(|feed| feed.texture.clone());
        let texture = match kept {
            Some(texture) => texture,
            None => {
                let texture = mip::blank(&self.device, size, Meaning::Color);
                self.feed = Some(Box::new(CameraFeed::new(self, texture.clone(), format)));
                texture
            }
        };
        mip::write(&self.queue, &texture, picture);
        // WebGL2 reads what it is to copy only when told to go on, and by then the picture may be closed.
        self.queue.submit([]);
        Ok(())
    }

    /// Forgets the camera's picture.
    pub fn drop_feed(&mut self) {
        self.feed = None;
    }

    /// Where everything of the feed lies; `None` in a frame without one.
    #[inline(never)] // in the browser it comes later than the rest
    pub(super) fn plan_feed(&mut self, frame: &Frame) -> Option<PlannedFeed> {
        let feed = frame.feed.as_ref().filter(|_| self.feed.is_some())?;
        let uniform = self.arena.push(&uniform(feed, frame));
        Some(PlannedFeed { uniform, body: body_buffers(&self.device, &feed.body) })
    }

    /// The picture, and the body's depth. The view's bind group must be set.
    #[inline(never)]
    pub(super) fn begin_feed(&self, pass: &mut wgpu::RenderPass<'_>, planned: &PlannedFeed) {
        let Some(feed) = &self.feed else { return };
        pass.set_bind_group(1, &self.feed_group(feed), &[planned.uniform]);
        pass.set_pipeline(&feed.background);
        pass.draw(0..3, 0..1);
        draw_body(pass, &feed.body, planned, 1);
    }

    /// The body's outline over the products. The view's bind group must be set.
    #[inline(never)]
    pub(super) fn end_feed(&self, pass: &mut wgpu::RenderPass<'_>, planned: &PlannedFeed) {
        let Some(feed) = &self.feed else { return };
        pass.set_bind_group(1, &self.feed_group(feed), &[planned.uniform]);
        draw_body(pass, &feed.edge, planned, SHELLS);
    }

    /// The present pass, of whichever kind the picture needs.
    pub(super) fn show(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        target: &target::Target,
        output: &Output<'_>,
        (feed, present): (Option<&PlannedFeed>, u32),
    ) {
        match feed {
            Some(feed) => self.present_feed(encoder, output, feed, present),
            None => self.presenter.draw(scene, encoder, target, output, present),
        }
    }

    /// In place of the present pass.
    #[inline(never)]
    pub(super) fn present_feed(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        output: &Output<'_>,
        planned: &PlannedFeed,
        present: u32,
    ) {
        let (Some(feed), Some(target)) = (&self.feed, self.targets.latest()) else { return };
        let picture = wgpu::BindingResource::TextureView(&target.resolved);
        let resources = [self.arena.binding::<Present>(), picture];
        let group = self.arena.bind(&self.device, &self.layouts.present, &resources);
        let mut pass = target::begin_plain(encoder, "feed_present", output.view);
        pass.set_pipeline(&feed.present);
        pass.set_bind_group(0, &group, &[present]);
        pass.set_bind_group(1, &self.feed_group(feed), &[planned.uniform]);
        pass.draw(0..3, 0..1);
    }

    fn feed_group(&self, feed: &CameraFeed) -> wgpu::BindGroup {
        let resources = [
            self.arena.binding::<uniforms::Feed>(),
            wgpu::BindingResource::TextureView(&feed.view),
            wgpu::BindingResource::Sampler(&feed.sampler),
        ];
        self.arena.bind(&self.device, &self.layouts.picture, &resources)
    }
}

impl CameraFeed {
    fn new(gpu: &Gpu, texture: wgpu::Texture, format: wgpu::TextureFormat) -> Self {
        let Gpu { device, layouts, .. } = gpu;
        let module = shaders::FEED.module(device);
        let groups = [&layouts.view, &layouts.picture];
        let in_scene = |recipe: Recipe<'_>, depth_write| {
            Recipe { depth_write: Some(depth_write), samples: target::SAMPLES, ..recipe }.make(device)
        };
        let plain = |fragment| Recipe::fullscreen(&shaders::FEED, &module, fragment, &groups, target::COLOR);
        let of_body = |vertex, fragment, blend, depth_write| {
            let primitive = wgpu::PrimitiveState { cull_mode: Some(wgpu::Face::Back), ..Default::default() };
            let recipe = Recipe { vertex, primitive, has_vertices: true, blend: Some(blend), ..plain(fragment) };
            in_scene(recipe, depth_write)
        };
        let behind = shaders::BEHIND.module(device);
        let present = shaders::FEED_PRESENT.module(device);
        let present_groups = [&layouts.present, &layouts.picture];
        Self {
            view: texture.create_view(&Default::default()),
            texture,
            background: in_scene(plain("feed"), false),
            body: of_body("body", "hidden", NOTHING, true),
            edge: of_body("body_edge", "hidden_edge", UNCOVER, false),
            copy: copy_pipeline(device, &behind, layouts),
            present: Recipe::fullscreen(&shaders::FEED_PRESENT, &present, "feed_present", &present_groups, format)
                .make(device),
            format,
            sampler: gpu.pictures.linear.clone(),
        }
    }
}

fn copy_pipeline(device: &wgpu::Device, module: &wgpu::ShaderModule, layouts: &Layouts) -> wgpu::RenderPipeline {
    Recipe::fullscreen(&shaders::BEHIND, module, "copy_whole", &[&layouts.picture], target::COLOR).make(device)
}

/// Colours stay as they are.
const NOTHING: wgpu::BlendState = {
    let keep = wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::Zero,
        dst_factor: wgpu::BlendFactor::One,
        operation: wgpu::BlendOperation::Add,
    };
    wgpu::BlendState { color: keep, alpha: keep }
};

/// Puts the camera's own light, which covers nothing, in the place of a share of what is there.
const UNCOVER: wgpu::BlendState = {
    let less = wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::Zero,
        dst_factor: wgpu::BlendFactor::OneMinusSrcAlpha,
        operation: wgpu::BlendOperation::Add,
    };
    wgpu::BlendState { color: wgpu::BlendComponent { src_factor: wgpu::BlendFactor::One, ..less }, alpha: less }
};

fn draw_body(pass: &mut wgpu::RenderPass<'_>, pipeline: &wgpu::RenderPipeline, planned: &PlannedFeed, copies: u32) {
    let Some((vertices, indices, count)) = &planned.body else { return };
    pass.set_pipeline(pipeline);
    pass.set_vertex_buffer(0, vertices.slice(..));
    pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
    pass.draw_indexed(0..*count, 0, 0..copies);
}

/// A few thousand vertices, which move with every picture.
fn body_buffers(device: &wgpu::Device, body: &Body) -> Option<(wgpu::Buffer, wgpu::Buffer, u32)> {
    let vertex = |(&position, &edge): (&Vec3, &Vec3)| {
        let (normal, width) = (edge.normalize_or_zero(), edge.length());
        let part = |value: f32| (value * 32767.0).round() as i16;
        Vertex {
            position: position.to_array(),
            normal: normal.extend(0.0).to_array().map(part),
            tangent: [0; 4],
            uv_0: [width, 0.0],
            uv_1: [0.0; 2],
            color: [0; 4],
        }
    };
    let vertices: Vec<Vertex> = body.positions.iter().zip(&body.edges).map(vertex).collect();
    let is_sound = body.indices.iter().all(|&index| (index as usize) < vertices.len());
    if body.indices.is_empty() || !is_sound {
        return None;
    }
    let buffer = |label, contents, usage| {
        device.create_buffer_init(&wgpu::util::BufferInitDescriptor { label: Some(label), contents, usage })
    };
    let vertices = buffer("body", bytemuck::cast_slice(&vertices), wgpu::BufferUsages::VERTEX);
    let indices = buffer("body", bytemuck::cast_slice(&body.indices), wgpu::BufferUsages::INDEX);
    Some((vertices, indices, body.indices.len() as u32))
}

fn uniform(feed: &Feed, frame: &Frame) -> uniforms::Feed {
    uniforms::Feed {
        picture_from_clip: feed.picture_from_clip,
        tint: feed.tint.to_array(),
        exposure: frame.exposure.max(1e-3),
        is_neutral: f32::from(u8::from(frame.tone_mapping == ToneMapping::Neutral)),
    }
}
