//! The caption pass: words that the page has painted, over everything else.

use crate::gpu::{
    Error, Gpu, Picture,
    mip::Meaning,
    plan::PlannedView,
    shaders,
    shadow::{Scene, square},
    uniforms::Quad,
};
use crate::math::{Affine3A, Mat4, Vec4};

/// The words and what draws them.
pub(super) struct Caption {
    pipeline: wgpu::RenderPipeline,
    words: wgpu::TextureView,
    sampler: wgpu::Sampler,
}

impl Gpu {
    /// Takes the words of frames to come ([`Frame::caption`]): an opaque picture, its colours in sRGB.
    ///
    /// # Errors
    /// The picture has no pixels, not as many as its size says, or more on a side than the card takes.
    ///
    /// [`Frame::caption`]: crate::scene::frame::Frame::caption
    #[inline(never)] // captions are a room's: in the browser they come later than the rest
    pub fn take_caption(&mut self, picture: &Picture<'_>) -> Result<(), Error> {
        let Self { device, queue, layouts, pictures, .. } = self;
        let words = pictures.upload(device, queue, layouts, picture, Meaning::Color)?.view;
        let pipeline = match self.caption.take() {
            Some(before) => before.pipeline,
            None => {
                let module = shaders::CAPTION.module(device);
                let groups = [&layouts.view, &layouts.picture];
                square(&shaders::CAPTION, &module, ["hanging", "caption"], &groups).make(device)
            }
        };
        self.caption = Some(Caption { pipeline, words, sampler: pictures.linear.clone() });
        Ok(())
    }

    /// Where the uniform of a frame's words lies in the arena; `None` where there are none.
    #[inline(never)] // as above
    pub(super) fn plan_caption(&mut self, world_from_caption: Affine3A) -> Option<u32> {
        let world_from_quad = Mat4::from(world_from_caption).to_cols_array_2d();
        let uniform = Quad { world_from_quad, color: Vec4::ONE.to_array() };
        self.caption.is_some().then(|| self.arena.push(&uniform))
    }

    /// In every view.
    #[inline(never)] // as above
    pub(super) fn draw_caption(
        &self,
        scene: &Scene<'_>,
        pass: &mut wgpu::RenderPass<'_>,
        (uniform, views): (u32, &[PlannedView]),
    ) {
        let Some(caption) = &self.caption else { return };
        let resources = [
            self.arena.binding::<Quad>(),
            wgpu::BindingResource::TextureView(&caption.words),
            wgpu::BindingResource::Sampler(&caption.sampler),
        ];
        pass.set_pipeline(&caption.pipeline);
        pass.set_bind_group(1, &self.arena.bind(&self.device, &self.layouts.picture, &resources), &[uniform]);
        for view in views {
            view.begin(pass);
            pass.set_bind_group(0, scene.view, &[view.uniform]);
            pass.draw(0..4, 0..1);
        }
    }
}
