//! The present pass: linear light to what the output takes.

use crate::gpu::{
    Alpha, Output,
    bindings::Layouts,
    pipelines::Recipe,
    shaders,
    shadow::Scene,
    target::{self, Target},
    uniforms::Present,
};
use crate::scene::frame::{Frame, ToneMapping};

const PREMULTIPLIED: u32 = 0;
const STRAIGHT: u32 = 1;
const OPAQUE: u32 = 2;

/// One pipeline for each format met.
pub(super) struct Presenter {
    module: wgpu::ShaderModule,
    made: Vec<(wgpu::TextureFormat, wgpu::RenderPipeline)>,
}

impl Presenter {
    pub fn new(device: &wgpu::Device) -> Self {
        Self { module: shaders::PRESENT.module(device), made: Vec::new() }
    }

    pub fn make(&mut self, device: &wgpu::Device, layouts: &Layouts, format: wgpu::TextureFormat) {
        if !self.made.iter().any(|(made, _)| *made == format) {
            let groups = [&layouts.present];
            let recipe = Recipe::fullscreen(&shaders::PRESENT, &self.module, "present", &groups, format);
            self.made.push((format, recipe.make(device)));
        }
    }

    pub fn draw(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        target: &Target,
        output: &Output<'_>,
        uniform: u32,
    ) {
        let Some((_, pipeline)) = self.made.iter().find(|(made, _)| *made == output.format) else { return };
        let picture = wgpu::BindingResource::TextureView(&target.resolved);
        let resources = [scene.arena.binding::<Present>(), picture];
        let group = scene.arena.bind(scene.device, &scene.layouts.present, &resources);
        let mut pass = target::begin_plain(encoder, "present", output.view);
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, &group, &[uniform]);
        pass.draw(0..3, 0..1);
    }
}

/// What the shader is told.
pub(super) fn uniform(frame: &Frame, output: &Output<'_>) -> Present {
    Present {
        exposure: frame.exposure,
        tone_mapping: match frame.tone_mapping {
            ToneMapping::None => 0,
            ToneMapping::Neutral => 1,
            ToneMapping::Agx => 2,
            ToneMapping::Aces => 3,
        },
        alpha_mode: match output.alpha {
            Alpha::Premultiplied => PREMULTIPLIED,
            Alpha::Straight => STRAIGHT,
            Alpha::Opaque => OPAQUE,
        },
        flip_y: u32::from(output.flip_y),
        target_encodes: u32::from(output.format.is_srgb()),
    }
}
