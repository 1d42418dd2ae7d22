//! The peel pass: where surfaces that cross lie behind each other, found for every pixel before they are drawn. Used only
//! in frames where no order of whole parts is right.
//!
//! The four nearest layers of a pixel are found one after the other (depth peeling, Everitt 2001), and then everything is
//! drawn as often as there are layers, the farthest first, each time what is in that layer. So every surface is drawn
//! once with all its samples, and nothing is lost where there are more layers: those behind the fourth keep the order of
//! their parts. The layers are found once a pixel and not once a sample, because WebGL2 reads no samples.

use crate::{
    gpu::{
        bindings::Arena,
        pipelines::{Kind, SurfaceKey},
        plan::{Planned, PlannedView},
        shadow::Scene,
        target, uniforms,
    },
    math::{Aabb, Vec3},
};

/// Layers that are found.
const FOUND: usize = 4;
/// Farther than every step of `layer.wgsl`, and exact as a half float.
const NOTHING: wgpu::Color = wgpu::Color { r: 4096.0, g: 4096.0, b: 4096.0, a: 4096.0 };
/// Steps of `layer.wgsl`.
const STEPS: f32 = 2047.0;

/// What a target keeps of crossing surfaces.
pub(super) struct Layers {
    /// The distances of the layers of every pixel, so far and with the next one.
    pictures: [wgpu::TextureView; 2],
    depth: wgpu::TextureView,
}

/// Where one view's cameras lie in the arena: of the layer to be found or drawn, the nearest first; the last one is of
/// all that lies behind those found.
pub(super) type Cameras = [u32; FOUND + 1];

/// Copies the picture of this number to the other one.
pub(super) type CopyFrom<'a> = &'a dyn Fn(&mut wgpu::CommandEncoder, usize);

impl Layers {
    #[inline(never)] // it comes with the second half
    pub fn new(device: &wgpu::Device, [width, height]: [u32; 2]) -> Self {
        let view = |format, usage| {
            let texture = device.create_texture(&wgpu::TextureDescriptor {
                label: Some("peel"),
                size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage: usage | wgpu::TextureUsages::RENDER_ATTACHMENT,
                view_formats: &[],
            });
            texture.create_view(&Default::default())
        };
        let picture = || view(target::COLOR, wgpu::TextureUsages::TEXTURE_BINDING);
        let depth = view(target::DEPTH, wgpu::TextureUsages::empty());
        Self { pictures: [picture(), picture()], depth }
    }

    /// Both pictures, in the order in which passes read them; the first one is read last, too.
    pub fn pictures(&self) -> &[wgpu::TextureView; 2] {
        &self.pictures
    }

    /// Finds the layers of these draws. `groups` are the views' bind groups with each of the pictures.
    #[inline(never)] // it comes with the second half
    pub fn find<'a>(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        (groups, copy): (&[wgpu::BindGroup; 2], CopyFrom<'_>),
        views: &[PlannedView],
        draws: impl Iterator<Item = &'a Planned> + Clone,
    ) {
        drop(self.begin(encoder, 0, wgpu::LoadOp::Clear(NOTHING)));
        for layer in 0..FOUND {
            let [from, to] = [layer % 2, (layer + 1) % 2];
            copy(encoder, from);
            let mut pass = self.begin(encoder, to, wgpu::LoadOp::Load);
            for view in views {
                let Some(cameras) = view.layers else { continue };
                view.begin(&mut pass);
                pass.set_bind_group(0, &groups[from], &[cameras[layer]]);
                for draw in draws.clone() {
                    for key in draw.keys.into_iter().flatten() {
                        scene.draw_with(&mut pass, draw, key_of(key));
                    }
                }
            }
        }
    }

    fn begin<'a>(
        &self,
        encoder: &'a mut wgpu::CommandEncoder,
        picture: usize,
        load: wgpu::LoadOp<wgpu::Color>,
    ) -> wgpu::RenderPass<'a> {
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("peel"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &self.pictures[picture],
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &self.depth,
                depth_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(1.0), store: wgpu::StoreOp::Discard }),
                stencil_ops: None,
            }),
            ..Default::default()
        })
    }
}

/// What finds the layers of what this draws.
pub(super) fn key_of(key: SurfaceKey) -> SurfaceKey {
    SurfaceKey { kind: Kind::Peel, lobes: 0, ..key }
}

/// The cameras of a view for what crosses within these bounds: distances are counted in steps from the nearest point to
/// the farthest.
#[inline(never)] // it comes with the second half
pub(super) fn cameras(arena: &mut Arena, view: uniforms::View, bounds: Aabb) -> Cameras {
    let eye = Vec3::from_array(view.eye);
    let first_step = eye.distance(eye.max(bounds.min).min(bounds.max));
    let last = bounds.corners().into_iter().map(|corner| eye.distance(corner)).fold(first_step, f32::max);
    let steps_per_metre = STEPS / (last - first_step).max(1e-6);
    let mut camera = uniforms::View { first_step, steps_per_metre, ..view };
    std::array::from_fn(|layer| {
        camera.layer = layer as f32;
        arena.push(&camera)
    })
}
