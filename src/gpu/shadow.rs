//! The shadow pass: what an item hides from the floor, as a small soft picture, kept until the item's shape changes;
//! and the floor pass, which lays it down.

use crate::{
    gpu::{
        bindings::{Arena, Layouts},
        models::shadow_key,
        occlusion::GridGroup,
        pipelines::{Recipe, SurfaceKey, SurfacePipelines},
        plan::Planned,
        render::Models,
        shaders, target,
        uniforms::{Blur, Quad},
    },
    math::{Mat4, Vec2, Vec3, Vec4},
    scene::frame::{ModelId, Shadow},
    shelf::Shelf,
};

/// Red: the wide part; green: the line of contact.
pub(super) const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rg8Unorm;
/// The longer side of the picture, in texels.
const SIZE: u32 = 256;
/// Taps of `blur.wgsl` to each side.
const TAPS: f32 = 10.0;
/// How far below the floor counts as touching it, as a share of the reach.
const BELOW: f32 = 0.02;

/// The pictures of all shadows and what draws them.
pub(super) struct Shadows {
    blur: wgpu::RenderPipeline,
    floor: wgpu::RenderPipeline,
    sampler: wgpu::Sampler,
    kept: Vec<Kept>,
}

/// One item's shadow.
struct Kept {
    /// What it was drawn for.
    shadow: Shadow,
    size: [u32; 2],
    sharp: wgpu::TextureView,
    soft: wgpu::TextureView,
}

/// One frame's work on one shadow.
pub(super) struct PlannedShadow {
    item: u32,
    /// The picture must be drawn anew: where its camera and its two blurs lie in the arena.
    stale: Option<[u32; 3]>,
    quad: u32,
}

impl Shadows {
    pub fn new(device: &wgpu::Device, layouts: &Layouts, sampler: wgpu::Sampler) -> Self {
        let module = shaders::BLUR.module(device);
        let blur = Recipe::fullscreen(&shaders::BLUR, &module, "soften", &[&layouts.picture], FORMAT).make(device);
        let floor = lying(device, &[&layouts.view, &layouts.picture], &shaders::FLOOR, "floor_shadow");
        Self { blur, floor, sampler, kept: Vec::new() }
    }

    /// What must be done for these shadows. Pictures of items that are gone are freed.
    pub fn plan(
        &mut self,
        device: &wgpu::Device,
        arena: &mut Arena,
        shadows: &[Shadow],
        view_uniform: impl Fn(Mat4) -> crate::gpu::uniforms::View,
        planned: &mut Vec<PlannedShadow>,
    ) {
        self.kept.retain(|kept| shadows.iter().any(|shadow| shadow.item == kept.shadow.item));
        let plan = |shadow: &Shadow| {
            let quad = arena.push(&quad_uniform(shadow));
            let is_fresh =
                self.kept.iter().any(|kept| kept.shadow.item == shadow.item && looks_the_same(&kept.shadow, shadow));
            let stale = (!is_fresh).then(|| {
                let old = self.kept.iter().position(|kept| kept.shadow.item == shadow.item);
                let old = old.map(|index| self.kept.swap_remove(index));
                // What moves is drawn anew in every frame, in the same size as a rule.
                let kept = match old.filter(|old| old.size == size_of_picture(shadow)) {
                    Some(old) => Kept { shadow: *shadow, ..old },
                    None => Kept::new(device, shadow),
                };
                let [across, down] = blur_uniforms(shadow);
                let clip_from_world = clip_from_shadow(shadow) * Mat4::from(shadow.world_from_shadow.inverse());
                self.kept.push(kept);
                [arena.push(&view_uniform(clip_from_world)), arena.push(&across), arena.push(&down)]
            });
            PlannedShadow { item: shadow.item, stale, quad }
        };
        planned.clear();
        planned.extend(shadows.iter().map(plan));
    }

    /// Draws the pictures that are not up to date.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        planned: &[PlannedShadow],
        draws: &[Planned],
    ) {
        for (shadow, [camera, across, down]) in planned.iter().filter_map(|shadow| Some((shadow, shadow.stale?))) {
            let Some(kept) = self.kept.iter().find(|kept| kept.shadow.item == shadow.item) else { continue };
            {
                let mut pass = target::begin_plain(encoder, "shadow", &kept.sharp);
                pass.set_bind_group(0, scene.view, &[camera]);
                for draw in draws.iter().filter(|draw| draw.item == shadow.item) {
                    scene.draw_with(&mut pass, draw, shadow_key(draw.stretch.topology));
                }
            }
            for (from, to, offset) in [(&kept.sharp, &kept.soft, across), (&kept.soft, &kept.sharp, down)] {
                let group = self.picture_group::<Blur>(scene, from);
                let mut pass = target::begin_plain(encoder, "blur", to);
                pass.set_pipeline(&self.blur);
                pass.set_bind_group(0, &group, &[offset]);
                pass.draw(0..3, 0..1);
            }
        }
    }

    /// Lays the shadows on their floors; with a pipeline of its own where the room's things may hide them.
    pub fn lay(
        &self,
        scene: &Scene<'_>,
        pass: &mut wgpu::RenderPass<'_>,
        planned: &[PlannedShadow],
        in_room: Option<&wgpu::RenderPipeline>,
    ) {
        for shadow in planned {
            let Some(kept) = self.kept.iter().find(|kept| kept.shadow.item == shadow.item) else { continue };
            pass.set_pipeline(in_room.unwrap_or(&self.floor));
            pass.set_bind_group(1, &self.picture_group::<Quad>(scene, &kept.sharp), &[shadow.quad]);
            pass.draw(0..4, 0..1);
        }
    }

    pub fn bytes(&self) -> u64 {
        self.kept.iter().map(|kept| u64::from(kept.size[0]) * u64::from(kept.size[1]) * 2 * 2).sum()
    }

    fn picture_group<T>(&self, scene: &Scene<'_>, picture: &wgpu::TextureView) -> wgpu::BindGroup {
        scene.arena.bind(
            scene.device,
            &scene.layouts.picture,
            &[
                scene.arena.binding::<T>(),
                wgpu::BindingResource::TextureView(picture),
                wgpu::BindingResource::Sampler(&self.sampler),
            ],
        )
    }
}

/// What drawing needs to know of the rest.
pub(super) struct Scene<'a> {
    pub device: &'a wgpu::Device,
    pub layouts: &'a Layouts,
    pub arena: &'a Arena,
    pub view: &'a wgpu::BindGroup,
    pub draws: &'a Shelf<ModelId, wgpu::BindGroup>,
    /// By item, with their offsets; the first one is for items without a grid.
    pub grids: &'a [GridGroup],
    pub models: &'a Models,
    pub pipelines: &'a SurfacePipelines,
}

impl Scene<'_> {
    /// One primitive with another pipeline than its material's.
    pub fn draw_with(&self, pass: &mut wgpu::RenderPass<'_>, draw: &Planned, key: SurfaceKey) {
        let Some(model) = self.models.get(draw.model) else { return };
        let Some(material) = model.material(draw.material) else { return };
        let Some(pipeline) = self.pipelines.get(key) else { return };
        pass.set_pipeline(pipeline);
        pass.set_bind_group(1, &material.group, &[]);
        self.draw_shape(pass, model, draw);
    }
}

/// A pipeline for a square lying in the scene.
pub(super) fn lying(
    device: &wgpu::Device,
    groups: &[&wgpu::BindGroupLayout],
    program: &shaders::Program,
    fragment: &str,
) -> wgpu::RenderPipeline {
    square(program, &program.module(device), ["lying", fragment], groups).make(device)
}

/// A square in the scene, seen from its front; the names are those of its stages.
pub(super) fn square<'a>(
    program: &'a shaders::Program,
    module: &'a wgpu::ShaderModule,
    [vertex, fragment]: [&'a str; 2],
    groups: &'a [&'a wgpu::BindGroupLayout],
) -> Recipe<'a> {
    Recipe {
        program,
        module,
        vertex,
        fragment,
        groups,
        has_vertices: false,
        primitive: wgpu::PrimitiveState {
            topology: wgpu::PrimitiveTopology::TriangleStrip,
            cull_mode: Some(wgpu::Face::Back),
            ..Default::default()
        },
        format: target::COLOR,
        targets: 1,
        blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
        depth_write: Some(false),
        samples: target::SAMPLES,
        alpha_to_coverage: false,
        only_depth: false,
        constants: &[],
    }
}

impl Kept {
    fn new(device: &wgpu::Device, shadow: &Shadow) -> Self {
        let size = size_of_picture(shadow);
        let [width, height] = size;
        let view = || {
            let texture = device.create_texture(&wgpu::TextureDescriptor {
                label: Some("shadow"),
                size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: FORMAT,
                usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::RENDER_ATTACHMENT,
                view_formats: &[],
            });
            texture.create_view(&Default::default())
        };
        Self { shadow: *shadow, size, sharp: view(), soft: view() }
    }
}

/// In texels.
fn size_of_picture(shadow: &Shadow) -> [u32; 2] {
    let longer = shadow.half_size.max_element().max(1e-6);
    shadow.half_size.to_array().map(|half| ((half / longer * SIZE as f32) as u32).clamp(16, SIZE))
}

/// The place does not matter: the shadow moves with its item.
fn looks_the_same(a: &Shadow, b: &Shadow) -> bool {
    a.version == b.version
        && a.half_size == b.half_size
        && a.reach == b.reach
        && a.lean == b.lean
        && a.softness == b.softness
}

/// A camera under the floor that looks up along the light: x to X, y to -Z, depth from just below the floor to the reach.
fn clip_from_shadow(shadow: &Shadow) -> Mat4 {
    let Vec2 { x, y } = shadow.half_size.max(Vec2::splat(1e-6));
    let depth = shadow.reach.max(1e-6) * (1.0 + BELOW);
    Mat4::from_cols(
        Vec4::new(1.0 / x, 0.0, 0.0, 0.0),
        Vec4::new(shadow.lean.x / x, -shadow.lean.y / y, 1.0 / depth, 0.0),
        Vec4::new(0.0, -1.0 / y, 0.0, 0.0),
        Vec4::new(0.0, 0.0, BELOW / (1.0 + BELOW), 1.0),
    )
}

/// Across, then down. The radii are shares of the longer half side, so that big and small things have alike shadows.
fn blur_uniforms(shadow: &Shadow) -> [Blur; 2] {
    let longer = shadow.half_size.max_element();
    let step = |share: f32| (longer * share / TAPS / (shadow.half_size * 2.0).max(Vec2::splat(1e-6))).to_array();
    let [wide_x, wide_y] = step(0.05 + 0.3 * shadow.softness);
    let [contact_x, contact_y] = step(0.015 + 0.05 * shadow.softness);
    [
        Blur { wide_step: [wide_x, 0.0], contact_step: [contact_x, 0.0] },
        Blur { wide_step: [0.0, wide_y], contact_step: [0.0, contact_y] },
    ]
}

fn quad_uniform(shadow: &Shadow) -> Quad {
    let scale = Vec3::new(shadow.half_size.x, 1.0, shadow.half_size.y);
    let world_from_quad = Mat4::from(shadow.world_from_shadow) * Mat4::from_scale(scale);
    Quad { world_from_quad: world_from_quad.to_cols_array_2d(), color: [0.0, 0.0, 0.0, shadow.intensity] }
}
