//! The reticle pass: the ring where a tap would place the item.

use crate::gpu::{
    bindings::{Layouts, bind},
    shaders,
    shadow::{Scene, lying},
    uniforms::Quad,
};

/// Draws it.
pub(super) struct ReticleRing {
    pipeline: wgpu::RenderPipeline,
    /// The shader reads no texture, but the layout of lying squares has one.
    texture: wgpu::TextureView,
    sampler: wgpu::Sampler,
}

impl ReticleRing {
    pub fn new(device: &wgpu::Device, layouts: &Layouts, texture: wgpu::TextureView, sampler: wgpu::Sampler) -> Self {
        Self { pipeline: lying(device, layouts, &shaders::RETICLE, "reticle"), texture, sampler }
    }

    /// The view's bind group must be set.
    pub fn draw(&self, scene: &Scene<'_>, pass: &mut wgpu::RenderPass<'_>, uniform: Option<u32>) {
        let Some(uniform) = uniform else { return };
        let resources = [
            scene.arena.binding::<Quad>(),
            wgpu::BindingResource::TextureView(&self.texture),
            wgpu::BindingResource::Sampler(&self.sampler),
        ];
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(1, &bind(scene.device, &scene.layouts.picture, &resources), &[uniform]);
        pass.draw(0..4, 0..1);
    }
}
