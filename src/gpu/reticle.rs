//! The reticle pass: the ring where a tap would place the item, rings where somebody points, and the rays to them.

use crate::gpu::{
    Gpu,
    bindings::Layouts,
    shaders,
    shadow::{Scene, lying},
    uniforms::Quad,
};
use crate::math::{Mat4, Vec3};
use crate::scene::frame::{Frame, Mark, Reticle};

/// Of a beam where it begins; by less than 1 the shader tells it from a ring.
const BEAM_OPACITY: f32 = 0.7;

/// Draws it.
pub(super) struct ReticleRing {
    pipeline: wgpu::RenderPipeline,
    /// The shader reads no texture, but the layout of lying squares has one.
    texture: wgpu::TextureView,
    sampler: wgpu::Sampler,
}

impl ReticleRing {
    fn new(device: &wgpu::Device, layouts: &Layouts, texture: wgpu::TextureView, sampler: wgpu::Sampler) -> Self {
        let groups = [&layouts.view, &layouts.picture];
        Self { pipeline: lying(device, &groups, &shaders::RETICLE, "reticle"), texture, sampler }
    }

    /// The view's bind group must be set. With a pipeline of its own where the room's things may hide it.
    #[inline(never)] // as below
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        pass: &mut wgpu::RenderPass<'_>,
        uniforms: &[u32],
        in_room: Option<&wgpu::RenderPipeline>,
    ) {
        let resources = [
            scene.arena.binding::<Quad>(),
            wgpu::BindingResource::TextureView(&self.texture),
            wgpu::BindingResource::Sampler(&self.sampler),
        ];
        pass.set_pipeline(in_room.unwrap_or(&self.pipeline));
        let group = scene.arena.bind(scene.device, &scene.layouts.picture, &resources);
        for uniform in uniforms {
            pass.set_bind_group(1, &group, &[*uniform]);
            pass.draw(0..4, 0..1);
        }
    }
}

impl Gpu {
    /// Adds where the uniforms of a frame's marks lie in the arena.
    #[inline(never)] // marks are a room's: in the browser they come later than the rest
    pub(super) fn plan_rings(&mut self, frame: &Frame, uniforms: &mut Vec<u32>) {
        let Self { device, layouts, pictures, arena, reticle, .. } = self;
        reticle
            .get_or_insert_with(|| ReticleRing::new(device, layouts, pictures.white.clone(), pictures.linear.clone()));
        let rings = frame.reticle.iter().chain(&frame.cursors);
        uniforms.extend(rings.map(|ring| arena.push(&uniform(ring))));
    }
}

/// What the shader is told.
fn uniform(reticle: &Reticle) -> Quad {
    let world_from_quad = Mat4::from(reticle.world_from_reticle) * Mat4::from_scale(Vec3::splat(reticle.radius));
    let opacity = match reticle.mark {
        Mark::Ring => 1.0,
        Mark::Beam => BEAM_OPACITY,
    };
    Quad { world_from_quad: world_from_quad.to_cols_array_2d(), color: reticle.color.extend(opacity).to_array() }
}
