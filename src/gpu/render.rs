//! One frame, one line per pass.

use crate::{
    gpu::{
        Alpha, Error, Gpu, Output, backdrop,
        bindings::{Arena, bind},
        environment::{Environment, LAST_LEVEL, Light},
        geometry::Stretch,
        lamps::Lamps,
        models::{GpuModel, occluder_key, shadow_key, shadow_map_key},
        occlusion::PlannedOcclusion,
        pipelines::{Kind, SurfaceKey},
        present,
        shadow::{PlannedShadow, Scene},
        target::Turn,
        uniforms::{self, Present, Quad},
    },
    math::{Mat4, Vec3},
    scene::frame::{Background, Draw, Frame, ModelId, Reticle, ToneMapping, View},
    shelf::Shelf,
};
use std::ops::Range;

/// The models on the card.
pub(super) type Models = Shelf<ModelId, GpuModel>;

impl Gpu {
    /// Draws the frame into the output. Everything is encoded and submitted within this call, as XR demands.
    ///
    /// # Errors
    /// The output is larger than the card can draw.
    pub fn render(&mut self, frame: &Frame, output: &Output<'_>) -> Result<(), Error> {
        if output.width == 0 || output.height == 0 {
            return Ok(());
        }
        self.targets.fit(&self.device, output.width, output.height)?;
        if self.light.is_none() {
            self.set_environment(Environment::Studio)?;
        }
        self.presenter.make(&self.device, &self.layouts, output.format);
        let plan = self.plan(frame, output);
        let has_new_poses = self.poses.send(&self.device, &self.queue, frame);
        if self.arena.send(&self.device, &self.queue) || has_new_poses || self.groups.is_none() {
            self.groups = self.light.as_ref().map(|light| self.frame_groups(light));
        }
        let picture = self.targets.latest().and_then(|target| target.behind.as_ref());
        let picture =
            picture.filter(|_| !plan.layers.is_empty()).map(|picture| picture.create_view(&Default::default()));
        let behind = picture.zip(self.light.as_ref());
        let behind = behind.map(|(picture, light)| self.view_group(light, &picture, self.shadow_map.view()));
        if let Some(groups) = &mut self.groups {
            groups.behind = behind;
        }
        let (Some(target), Some(groups)) = (self.targets.latest(), &self.groups) else { return Ok(()) };
        let grids = self.occlusions.groups(&self.device, &self.layouts, &self.arena, &plan.occlusion);
        let scene = self.scene(groups, &grids);

        let mut encoder = self.device.create_command_encoder(&Default::default());
        if let Some(camera) = plan.shadow_map {
            self.shadow_map.draw(&scene, &mut encoder, (&groups.lamp, camera), &plan.draws);
        }
        self.occlusions.draw(&scene, &mut encoder, &plan.occlusion, &plan.draws);
        self.shadows.draw(&scene, &mut encoder, &plan.shadows, &plan.draws);
        {
            let turn = if plan.layers.is_empty() { Turn::Only } else { Turn::First };
            let mut pass = target.begin(&mut encoder, turn);
            for view in &plan.views {
                view.begin(&mut pass);
                if let Some(sky) = view.sky {
                    self.backdrop.draw(&mut pass, &groups.sky, sky);
                }
                pass.set_bind_group(0, &groups.view, &[view.uniform]);
                scene.draw_surfaces(&mut pass, &plan.draws, Kind::Opaque);
                scene.draw_surfaces(&mut pass, &plan.draws, Kind::Masked);
                self.shadows.lay(&scene, &mut pass, &plan.shadows);
                self.reticle.draw(&scene, &mut pass, plan.reticle);
                if plan.layers.is_empty() {
                    scene.draw_all(&mut pass, plan.draws.iter().filter(|draw| draw.is_layered()));
                }
            }
        }
        for (index, layer) in plan.layers.iter().enumerate() {
            self.behind.draw(&self.device, &self.layouts, &self.arena, &mut encoder, target, &plan.levels);
            let turn = if index + 1 == plan.layers.len() { Turn::Last } else { Turn::Between };
            let mut pass = target.begin(&mut encoder, turn);
            for view in &plan.views {
                view.begin(&mut pass);
                pass.set_bind_group(0, groups.behind.as_ref().unwrap_or(&groups.view), &[view.uniform]);
                let layered = plan.draws.iter().filter(|draw| draw.is_layered());
                scene.draw_all(&mut pass, layered.skip(layer.start).take(layer.len()));
            }
        }
        self.presenter.draw(&scene, &mut encoder, target, output, plan.present);
        self.queue.submit([encoder.finish()]);
        Ok(())
    }

    /// Where everything lies in the arena, and which pipelines draw it.
    fn plan(&mut self, frame: &Frame, output: &Output<'_>) -> Plan {
        let all = frame.opaque.iter().chain(&frame.blended);
        let draws: Vec<_> = all.filter_map(|draw| self.planned_draw(draw, frame)).collect();
        let layers = layers(&draws, frame.background == Background::Room);
        let levels = match self.targets.latest_mut() {
            Some(target) if !layers.is_empty() => self.behind.plan(&self.device, &mut self.arena, target),
            _ => Vec::new(),
        };
        let lamps = Lamps::new(frame, self.light.as_ref());
        let had_map = self.shadow_map.view().is_some();
        let camera = lamps.shadow.map(|(_, camera)| camera);
        let stale_camera = camera.filter(|camera| self.shadow_map.plan(&self.device, frame, *camera));
        if self.shadow_map.view().is_some() != had_map {
            self.groups = None;
        }
        let light = self.light.as_ref();
        let view_uniform = |clip_from_world, eye| view_uniform(frame, light, &lamps, clip_from_world, eye);
        let shown = self.sky.as_ref().or(light).filter(|_| frame.background == Background::Environment);
        let sky_uniform = |clip, eye| shown.map(|light| backdrop::uniform(frame, light, clip, eye));
        let arena = &mut self.arena;
        let views = frame.views.iter().filter_map(|view| planned_view(view, output, arena, view_uniform, sky_uniform));
        let views = views.collect();
        let shadow_view = |clip_from_world| view_uniform(clip_from_world, Vec3::ZERO);
        let shadows = self.shadows.plan(&self.device, &mut self.arena, &frame.shadows, shadow_view);
        let wanted = (&*frame.occlusions, self.content, frame.light.rotation_rad);
        let occlusion = self.occlusions.plan((&self.device, &self.layouts), &mut self.arena, wanted, view_uniform);
        Plan {
            views,
            draws,
            layers,
            levels,
            shadows,
            shadow_map: stale_camera.map(|camera| self.arena.push(&view_uniform(camera.clip_from_world, Vec3::ZERO))),
            occlusion,
            reticle: frame.reticle.map(|reticle| self.arena.push(&reticle_uniform(&reticle))),
            present: self.arena.push(&present_uniform(frame, output)),
        }
    }

    fn planned_draw(&mut self, draw: &Draw, frame: &Frame) -> Option<Planned> {
        let model = self.models.get(draw.model)?;
        let stretch = model.geometry.stretch(draw.mesh, draw.primitive)?;
        let material = model.material(draw.material)?;
        let keys = material.keys(stretch.topology, (draw.world_from_node.matrix3.determinant() < 0.0) != draw.mirrored);
        let others = [shadow_key(stretch.topology), shadow_map_key(stretch.topology)];
        let occluder = frame.occlusions.first().map(|_| occluder_key(stretch.topology));
        for key in keys.into_iter().flatten().chain(others).chain(occluder) {
            // Made with the model; made here only for a place that mirrors it.
            self.pipelines.make(&self.device, &self.layouts, key);
        }
        let uniform = self.shapes.get(draw.model)?.uniform(draw, frame.joints.len());
        Some(Planned {
            model: draw.model,
            material: draw.material,
            item: draw.item,
            kind: material.kind,
            stretch,
            keys,
            uniform: self.arena.push(&uniform),
            copies: draw.instances.map_or(1, |copies| copies.count),
        })
    }

    fn frame_groups(&self, light: &Light) -> Groups {
        let Self { device, layouts, arena, .. } = self;
        let clear = &self.pictures.clear;
        let shown = self.sky.as_ref().unwrap_or(light);
        Groups {
            view: self.view_group(light, clear, self.shadow_map.view()),
            behind: None,
            lamp: self.view_group(light, clear, None),
            sky: backdrop::Backdrop::group(device, layouts, arena, shown, &self.light_sampler),
            draws: self.draw_groups(),
        }
    }

    /// Group 2, by model.
    fn draw_groups(&self) -> Shelf<ModelId, wgpu::BindGroup> {
        let poses = self.poses.view();
        let mut groups = Shelf::default();
        for id in self.models.keys() {
            let Some(shapes) = self.shapes.get(id) else { continue };
            let resources = [
                self.arena.binding::<uniforms::Draw>(),
                wgpu::BindingResource::TextureView(&shapes.view),
                wgpu::BindingResource::TextureView(&poses),
            ];
            groups.insert(id, bind(&self.device, &self.layouts.draw, &resources));
        }
        groups
    }

    /// Everything drawn in a view reads it. `shadow_map` is absent while it is drawn, and where there is none.
    fn view_group(
        &self,
        light: &Light,
        behind: &wgpu::TextureView,
        shadow_map: Option<&wgpu::TextureView>,
    ) -> wgpu::BindGroup {
        let (texture, sampler) = (wgpu::BindingResource::TextureView, wgpu::BindingResource::Sampler);
        let (no_shadow, shadow_sampler) = &self.no_shadow;
        let resources = [
            self.arena.binding::<uniforms::View>(),
            texture(&light.specular),
            texture(&light.diffuse),
            texture(&light.reflected_share),
            sampler(&self.light_sampler),
            texture(behind),
            sampler(&self.behind.sampler),
            texture(shadow_map.unwrap_or(no_shadow)),
            sampler(shadow_sampler),
        ];
        bind(&self.device, &self.layouts.view, &resources)
    }

    fn scene<'a>(&'a self, groups: &'a Groups, grids: &'a [(Option<u32>, u32, wgpu::BindGroup)]) -> Scene<'a> {
        Scene {
            device: &self.device,
            layouts: &self.layouts,
            arena: &self.arena,
            view: &groups.view,
            draws: &groups.draws,
            grids,
            models: &self.models,
            pipelines: &self.pipelines,
        }
    }
}

/// Bind groups that live as long as the arena's buffer and the light.
pub(super) struct Groups {
    view: wgpu::BindGroup,
    /// The same with the picture behind glass, in frames that have one.
    behind: Option<wgpu::BindGroup>,
    /// The same without the shadow map, which is being drawn.
    lamp: wgpu::BindGroup,
    sky: wgpu::BindGroup,
    draws: Shelf<ModelId, wgpu::BindGroup>,
}

struct Plan {
    views: Vec<PlannedView>,
    draws: Vec<Planned>,
    /// Stretches of the layered draws, each over a new picture of what lies behind; none in a frame without glass.
    layers: Vec<Range<usize>>,
    /// Where the levels of that picture lie in the arena.
    levels: Vec<u32>,
    shadows: Vec<PlannedShadow>,
    /// The shadow map must be drawn: where its camera lies in the arena.
    shadow_map: Option<u32>,
    occlusion: PlannedOcclusion,
    reticle: Option<u32>,
    present: u32,
}

struct PlannedView {
    viewport: [u32; 4],
    uniform: u32,
    /// Where the backdrop's uniform lies, where there is one.
    sky: Option<u32>,
}

/// One primitive, ready to be drawn.
pub(super) struct Planned {
    pub model: ModelId,
    pub material: Option<usize>,
    pub item: u32,
    pub kind: Kind,
    pub stretch: Stretch,
    pub keys: [Option<SurfaceKey>; 2],
    pub uniform: u32,
    /// How many of it are drawn.
    pub copies: u32,
}

impl Planned {
    /// Drawn in the frame's order, over everything solid.
    fn is_layered(&self) -> bool {
        matches!(self.kind, Kind::Blended | Kind::Transmissive)
    }
}

/// Which layered draws may share a picture of what lies behind them. In a room glass is transparent and needs none.
fn layers(draws: &[Planned], is_room: bool) -> Vec<Range<usize>> {
    let layered = draws.iter().filter(|draw| draw.is_layered());
    let has_glass = draws.iter().any(|draw| draw.kind == Kind::Transmissive);
    (has_glass && !is_room).then(|| 0..layered.count()).into_iter().collect()
}

impl PlannedView {
    fn begin(&self, pass: &mut wgpu::RenderPass<'_>) {
        let [x, y, width, height] = self.viewport;
        pass.set_viewport(x as f32, y as f32, width as f32, height as f32, 0.0, 1.0);
        pass.set_scissor_rect(x, y, width, height);
    }
}

impl Scene<'_> {
    /// All surfaces of one kind, in the frame's order.
    fn draw_surfaces(&self, pass: &mut wgpu::RenderPass<'_>, draws: &[Planned], kind: Kind) {
        self.draw_all(pass, draws.iter().filter(|draw| draw.kind == kind));
    }

    fn grid_of(&self, item: u32) -> Option<&(Option<u32>, u32, wgpu::BindGroup)> {
        self.grids.iter().find(|grid| grid.0 == Some(item)).or(self.grids.first())
    }

    fn draw_all<'a>(&self, pass: &mut wgpu::RenderPass<'_>, draws: impl Iterator<Item = &'a Planned>) {
        for draw in draws {
            let Some(model) = self.models.get(draw.model) else { continue };
            let Some(material) = model.material(draw.material) else { continue };
            for pipeline in draw.keys.iter().flatten().filter_map(|&key| self.pipelines.get(key)) {
                pass.set_pipeline(pipeline);
                pass.set_bind_group(1, &material.group, &[]);
                if let Some((_, offset, grid)) = self.grid_of(draw.item) {
                    pass.set_bind_group(3, grid, &[*offset]);
                }
                self.draw_shape(pass, model, draw);
            }
        }
    }
}

impl Scene<'_> {
    /// The shape alone; pipeline, view and material must be set.
    pub(super) fn draw_shape(&self, pass: &mut wgpu::RenderPass<'_>, model: &GpuModel, draw: &Planned) {
        let Some(group) = self.draws.get(draw.model) else { return };
        pass.set_bind_group(2, group, &[draw.uniform]);
        draw.stretch.draw(pass, &model.geometry, draw.copies);
    }
}

/// `None` for a viewport that is empty or not on the output: an emulated headset's second eye, for one.
fn planned_view(
    view: &View,
    output: &Output<'_>,
    arena: &mut Arena,
    view_uniform: impl Fn(Mat4, Vec3) -> uniforms::View,
    sky_uniform: impl Fn(Mat4, Vec3) -> Option<uniforms::Sky>,
) -> Option<PlannedView> {
    let [x, y, width, height] = view.viewport;
    let fits =
        |start: u32, length: u32, whole: u32| length > 0 && start.checked_add(length).is_some_and(|end| end <= whole);
    if !fits(x, width, output.width) || !fits(y, height, output.height) {
        return None;
    }
    let clip_from_world = view.clip_from_view * Mat4::from(view.world_from_view.inverse());
    let eye = view.world_from_view.translation.into();
    // Half the viewport on the whole picture, and its middle; clip space's Y goes up.
    let half = [width as f32 / output.width as f32 * 0.5, height as f32 / output.height as f32 * 0.5];
    let corner = [x as f32 / output.width as f32, y as f32 / output.height as f32];
    let picture_from_clip = [corner[0] + half[0], corner[1] + half[1], half[0], -half[1]];
    let uniform = uniforms::View { picture_from_clip, ..view_uniform(clip_from_world, eye) };
    Some(PlannedView {
        viewport: view.viewport,
        uniform: arena.push(&uniform),
        sky: sky_uniform(clip_from_world, eye).map(|sky| arena.push(&sky)),
    })
}

fn view_uniform(
    frame: &Frame,
    light: Option<&Light>,
    lamps: &Lamps,
    clip_from_world: Mat4,
    eye: Vec3,
) -> uniforms::View {
    let (sine, cosine) = frame.light.rotation_rad.sin_cos();
    let scale = light.map_or(1.0, |light| light.scale);
    let (shadowed, shadow) = lamps.shadow.unzip();
    let shadow = shadow.unwrap_or_default();
    uniforms::View {
        clip_from_world: clip_from_world.to_cols_array_2d(),
        eye: eye.to_array(),
        light_intensity: frame.light.intensity * scale,
        last_level: LAST_LEVEL as f32,
        see_through: f32::from(u8::from(frame.background == Background::Room)),
        light_rotation: [cosine, sine],
        picture_from_clip: [0.5, 0.5, 0.5, -0.5],
        shadow_from_world: shadow.clip_from_world.to_cols_array_2d(),
        lamps: lamps.uniforms,
        lamp_count: lamps.count,
        shadowed: shadowed.unwrap_or(u32::MAX),
        shadow_texel: shadow.texel,
        shadow_blur: shadow.blur,
    }
}

fn reticle_uniform(reticle: &Reticle) -> Quad {
    let world_from_quad = Mat4::from(reticle.world_from_reticle) * Mat4::from_scale(Vec3::splat(reticle.radius));
    Quad { world_from_quad: world_from_quad.to_cols_array_2d(), color: reticle.color.extend(1.0).to_array() }
}

fn present_uniform(frame: &Frame, output: &Output<'_>) -> Present {
    Present {
        exposure: frame.exposure,
        tone_mapping: match frame.tone_mapping {
            ToneMapping::None => 0,
            ToneMapping::Neutral => 1,
            ToneMapping::Agx => 2,
            ToneMapping::Aces => 3,
        },
        alpha_mode: match output.alpha {
            Alpha::Premultiplied => present::PREMULTIPLIED,
            Alpha::Straight => present::STRAIGHT,
            Alpha::Opaque => present::OPAQUE,
        },
        flip_y: u32::from(output.flip_y),
        target_encodes: u32::from(output.format.is_srgb()),
    }
}
