//! The backdrop pass: the surroundings behind everything, sharp, blurred, or laid on the ground.

use crate::{
    gpu::{
        bindings::{Arena, Layouts, bind},
        environment::{LAST_LEVEL, Light},
        pipelines::Recipe,
        shaders, target,
        uniforms::Sky,
    },
    math::{Mat4, Vec3},
    scene::frame::Frame,
};

/// Draws it.
pub(super) struct Backdrop {
    pipeline: wgpu::RenderPipeline,
}

impl Backdrop {
    pub fn new(device: &wgpu::Device, layouts: &Layouts) -> Self {
        let module = shaders::BACKDROP.module(device);
        let groups = [&layouts.sky];
        let recipe = Recipe::fullscreen(&shaders::BACKDROP, &module, "backdrop", &groups, target::COLOR);
        Self { pipeline: Recipe { depth_write: Some(false), samples: target::SAMPLES, ..recipe }.make(device) }
    }

    /// What is drawn: the picture of these surroundings.
    pub fn group(
        device: &wgpu::Device,
        layouts: &Layouts,
        arena: &Arena,
        light: &Light,
        sampler: &wgpu::Sampler,
    ) -> wgpu::BindGroup {
        let resources = [
            arena.binding::<Sky>(),
            wgpu::BindingResource::TextureView(&light.panorama),
            wgpu::BindingResource::TextureView(&light.specular),
            wgpu::BindingResource::Sampler(sampler),
        ];
        bind(device, &layouts.sky, &resources)
    }

    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>, group: &wgpu::BindGroup, uniform: u32) {
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, group, &[uniform]);
        pass.draw(0..3, 0..1);
    }
}

/// The picture as this camera sees it.
pub(super) fn uniform(frame: &Frame, light: &Light, clip_from_world: Mat4, eye: Vec3) -> Sky {
    let (sine, cosine) = frame.light.rotation_rad.sin_cos();
    let ground = frame.sky.ground.unwrap_or_default();
    Sky {
        world_from_clip: clip_from_world.inverse().to_cols_array_2d(),
        eye: eye.to_array(),
        intensity: frame.light.intensity * light.scale,
        center: (ground.floor + Vec3::Y * ground.height).to_array(),
        height: ground.height,
        rotation: [cosine, sine],
        radius: ground.radius,
        // As `reflection.wgsl` finds the level of a roughness.
        blur: (frame.sky.blur.clamp(0.0, 1.0).ln() * (2.0 / 3.0)).exp() * LAST_LEVEL as f32,
        is_studio: f32::from(u8::from(light.is_studio)),
    }
}
