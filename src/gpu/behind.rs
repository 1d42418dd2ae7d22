//! The behind pass: a picture of what lies behind glass, with blurred levels for rough glass. Made only for frames that
//! show something transmissive.

use crate::gpu::{
    bindings::{Arena, Layouts},
    pipelines::Recipe,
    shaders,
    shadow::Scene,
    target::{self, Target},
    uniforms::Mip,
};

/// What lies behind glass in a target, with its levels.
pub(super) struct Picture {
    /// All levels.
    pub view: wgpu::TextureView,
    levels: Vec<wgpu::TextureView>,
}

/// Draws the picture, which every target has for itself.
pub(super) struct Behind {
    copy: wgpu::RenderPipeline,
    soften: wgpu::RenderPipeline,
    pub sampler: wgpu::Sampler,
}

impl Behind {
    pub fn new(device: &wgpu::Device, layouts: &Layouts, sampler: wgpu::Sampler) -> Self {
        let module = shaders::BEHIND.module(device);
        let pipeline = |fragment| {
            Recipe::fullscreen(&shaders::BEHIND, &module, fragment, &[&layouts.picture], target::COLOR).make(device)
        };
        Self { copy: pipeline("copy"), soften: pipeline("soften"), sampler }
    }

    /// Makes the target's picture, and tells the arena what its levels need to know: the first is level 1's.
    pub fn plan(&self, device: &wgpu::Device, arena: &mut Arena, target: &mut Target, offsets: &mut Vec<u32>) {
        let size = target.size;
        let picture = target.behind.get_or_insert_with(|| Picture::new(device, size));
        let texel = |level: usize| size.map(|side| 1.0 / (side >> level).max(1) as f32);
        offsets.extend((1..picture.levels.len()).map(|level| arena.push(&Mip { texel: texel(level) })));
    }

    /// Takes the picture of what the target shows so far, with a pipeline of its own where there is one.
    pub fn draw(
        &self,
        copy: Option<&wgpu::RenderPipeline>,
        (device, layouts, arena): (&wgpu::Device, &Layouts, &Arena),
        encoder: &mut wgpu::CommandEncoder,
        target: &Target,
        offsets: &[u32],
    ) {
        let Some(picture) = &target.behind else { return };
        let [first, ..] = &*picture.levels else { return };
        let mut step = |pipeline, finer: &wgpu::TextureView, to: &wgpu::TextureView, offset| {
            self.step((device, layouts, arena), encoder, (pipeline, offset), [finer, to]);
        };
        step(copy.unwrap_or(&self.copy), &target.resolved, first, 0);
        for (pair, &offset) in picture.levels.windows(2).zip(offsets) {
            step(&self.soften, &pair[0], &pair[1], offset);
        }
    }

    /// Copies one of two pictures to the other.
    pub fn copy(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        pictures: &[wgpu::TextureView; 2],
        from: usize,
    ) {
        let pictures = [&pictures[from], &pictures[1 - from]];
        self.step((scene.device, scene.layouts, scene.arena), encoder, (&self.copy, 0), pictures);
    }

    fn step(
        &self,
        (device, layouts, arena): (&wgpu::Device, &Layouts, &Arena),
        encoder: &mut wgpu::CommandEncoder,
        (pipeline, offset): (&wgpu::RenderPipeline, u32),
        [from, to]: [&wgpu::TextureView; 2],
    ) {
        let resources = [
            arena.binding::<Mip>(),
            wgpu::BindingResource::TextureView(from),
            wgpu::BindingResource::Sampler(&self.sampler),
        ];
        let group = arena.bind(device, &layouts.picture, &resources);
        let mut pass = target::begin_plain(encoder, "behind", to);
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, &group, &[offset]);
        pass.draw(0..3, 0..1);
    }
}

impl Picture {
    fn new(device: &wgpu::Device, [width, height]: [u32; 2]) -> Self {
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("behind"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 32 - width.max(height).leading_zeros(),
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: target::COLOR,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        });
        let level = |level| {
            texture.create_view(&wgpu::TextureViewDescriptor {
                base_mip_level: level,
                mip_level_count: Some(1),
                ..Default::default()
            })
        };
        let levels = (0..texture.mip_level_count()).map(level).collect();
        Self { view: texture.create_view(&Default::default()), levels }
    }
}
