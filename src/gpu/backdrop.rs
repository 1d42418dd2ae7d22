//! The backdrop pass: the surroundings behind everything.

use crate::gpu::{bindings::Layouts, pipelines::Recipe, shaders, target};

/// Draws it.
pub(super) struct Backdrop {
    pipeline: wgpu::RenderPipeline,
}

impl Backdrop {
    pub fn new(device: &wgpu::Device, layouts: &Layouts) -> Self {
        let module = shaders::BACKDROP.module(device);
        let groups = [&layouts.view, &layouts.panorama];
        let recipe = Recipe::fullscreen(&shaders::BACKDROP, &module, "backdrop", &groups, target::COLOR);
        Self { pipeline: Recipe { depth_write: Some(false), ..recipe }.make(device) }
    }

    /// The view's bind group must be set.
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>, panorama: &wgpu::BindGroup, wanted: bool) {
        if wanted {
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(1, panorama, &[]);
            pass.draw(0..3, 0..1);
        }
    }
}
