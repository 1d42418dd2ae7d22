//! One frame, one line per pass.

use crate::{
    gpu::{
        Error, Gpu, Output, backdrop,
        bindings::{Arena, bind},
        environment::{Environment, LAST_LEVEL, Light},
        feed::PlannedFeed,
        geometry::Stretch,
        lamps::Lamps,
        models::{GpuModel, occluder_key, shadow_key, shadow_map_key},
        occlusion::PlannedOcclusion,
        peel::{self, Cameras, Layers},
        pipelines::{Kind, SurfaceKey},
        present, reticle,
        room::Room,
        shadow::{PlannedShadow, Scene},
        target::Turn,
        uniforms,
    },
    math::{Aabb, Mat4, Vec3},
    scene::frame::{Background, Draw, Frame, ModelId, View},
    shelf::Shelf,
};

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
        if frame.harmonics.is_some() || self.room_light.is_some() {
            self.light_room(frame.harmonics);
        }
        self.presenter.make(&self.device, &self.layouts, output.format);
        let plan = self.plan(frame, output);
        let has_new_poses = self.poses.send(&self.device, &self.queue, frame);
        if self.arena.send(&self.device, &self.queue) || has_new_poses || self.groups.is_none() {
            self.groups = self.light.as_ref().map(|light| self.frame_groups(light));
        }
        let seen = self.light.as_ref().map(|light| self.seen_behind(light, &plan));
        if let (Some(groups), Some(seen)) = (&mut self.groups, seen) {
            (groups.behind, groups.layers) = seen;
        }
        let room = plan.room_depth.as_ref().and_then(|depth| self.room_group(depth));
        let (Some(target), Some(groups)) = (self.targets.latest(), &self.groups) else { return Ok(()) };
        let grids = self.occlusions.groups(&self.device, &self.layouts, &self.arena, &plan.occlusion);
        let scene = self.scene(groups, &grids);
        let mut encoder = self.device.create_command_encoder(&Default::default());
        self.draw_shadows(&scene, &mut encoder, &plan);
        for (index, is_crossing) in plan.layers.iter().copied().enumerate() {
            let draws = plan.draws.iter().filter(move |draw| draw.layer == Some(index));
            if index > 0 {
                let copy = self.feed.as_ref().filter(|_| plan.feed.is_some()).map(|feed| &feed.copy);
                let card = (&self.device, &self.layouts, &self.arena);
                self.behind.draw(copy, card, &mut encoder, target, &plan.levels);
            }
            let crossing = groups.layers.as_ref().zip(target.layers.as_ref()).filter(|_| is_crossing);
            if let Some((pictures, layers)) = crossing {
                let veils: Vec<_> = draws.clone().filter(|draw| !draw.is_glass(index)).collect();
                let copy = |encoder: &mut _, from| self.behind.copy(&scene, encoder, layers.pictures(), from);
                layers.find(&scene, &mut encoder, (pictures, &copy), &plan.views, &veils);
            }
            let mut pass = target.begin(&mut encoder, Turn::of(index, plan.layers.len()));
            for view in &plan.views {
                view.begin(&mut pass);
                if index == 0 {
                    self.draw_solids(&scene, &mut pass, (&plan, view, groups), room.as_ref());
                }
                // What crosses reads its own pictures where the room's depth would be, and is not hidden by the room.
                let room = room.as_ref().filter(|_| !is_crossing);
                view.look(&mut pass, groups.behind.as_ref().unwrap_or(&groups.view), room);
                let Some((pictures, cameras)) = groups.layers.as_ref().zip(view.layers).filter(|_| is_crossing) else {
                    scene.draw_all(&mut pass, draws.clone());
                    continue;
                };
                scene.draw_all(&mut pass, draws.clone().filter(|draw| draw.is_glass(index)));
                for camera in cameras.into_iter().rev() {
                    pass.set_bind_group(0, &pictures[0], &[camera]);
                    scene.draw_all(&mut pass, draws.clone().filter(|draw| !draw.is_glass(index)));
                }
            }
            if index + 1 == plan.layers.len() {
                self.finish(&mut pass, &plan, groups);
            }
            target.end(&mut pass);
        }
        self.show(&scene, &mut encoder, target, output, (plan.feed.as_ref(), plan.present));
        self.queue.submit([encoder.finish()]);
        Ok(())
    }

    /// What comes over the products.
    fn finish(&self, pass: &mut wgpu::RenderPass<'_>, plan: &Plan, groups: &Groups) {
        let Some(feed) = &plan.feed else { return };
        for view in &plan.views {
            view.begin(pass);
            pass.set_bind_group(0, &groups.view, &[view.uniform]);
            self.end_feed(pass, feed);
        }
    }

    /// What a lamp sees, what hides light, and what lies on the floor.
    fn draw_shadows(&self, scene: &Scene<'_>, encoder: &mut wgpu::CommandEncoder, plan: &Plan) {
        if let (Some(camera), Some(groups)) = (plan.shadow_map, &self.groups) {
            self.shadow_map.draw(scene, encoder, (&groups.lamp, camera), &plan.draws);
        }
        self.occlusions.draw(scene, encoder, &plan.occlusion, &plan.draws);
        self.shadows.draw(scene, encoder, &plan.shadows, &plan.draws);
    }

    /// Sky, solid parts, and what lies on the floor.
    fn draw_solids(
        &self,
        scene: &Scene<'_>,
        pass: &mut wgpu::RenderPass<'_>,
        (plan, view, groups): (&Plan, &PlannedView, &Groups),
        room: Option<&(wgpu::BindGroup, &Room)>,
    ) {
        if let Some(sky) = view.sky {
            self.backdrop.draw(pass, &groups.sky, sky);
        }
        if let Some(feed) = &plan.feed {
            pass.set_bind_group(0, &groups.view, &[view.uniform]);
            self.begin_feed(pass, feed);
        }
        view.look(pass, &groups.view, room);
        scene.draw_surfaces(pass, &plan.draws, Kind::Opaque);
        scene.draw_surfaces(pass, &plan.draws, Kind::Masked);
        self.shadows.lay(scene, pass, &plan.shadows, room.map(|room| &room.1.floor));
        self.reticle.draw(scene, pass, &plan.rings, room.map(|room| &room.1.reticle));
    }

    /// Where everything lies in the arena, and which pipelines draw it.
    fn plan(&mut self, frame: &Frame, output: &Output<'_>) -> Plan {
        let room = if frame.room_depths.is_empty() { None } else { self.plan_room(frame) };
        let (room_uniforms, room_depth) = room.map(|room| (room.uniforms, room.depth)).unzip();
        let in_room = room_depth.is_some();
        let solid = frame.opaque.iter().map(|draw| (draw, None));
        let layered = frame.layers.iter().enumerate().flat_map(|(index, layer)| {
            let draws = frame.blended.get(layer.draws.clone()).unwrap_or_default();
            draws.iter().map(move |draw| (draw, Some(index)))
        });
        let draws = solid.chain(layered);
        let draws = draws.filter_map(|(draw, layer)| self.planned_draw(draw, layer, frame, in_room)).collect();
        let levels = match self.targets.latest_mut() {
            Some(target) if frame.layers.len() > 1 => self.behind.plan(&self.device, &mut self.arena, target),
            _ => Vec::new(),
        };
        let crossing = frame.layers.iter().filter_map(|layer| layer.crossing).reduce(Aabb::union);
        if let Some(target) = self.targets.latest_mut().filter(|_| crossing.is_some()) {
            target.layers.get_or_insert_with(|| Layers::new(&self.device, target.size));
        }
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
        let uniforms = (view_uniform, sky_uniform);
        let room_uniform = |index| room_uniforms.as_ref().and_then(|uniforms: &Vec<u32>| uniforms.get(index)).copied();
        let views = frame.views.iter().enumerate().filter_map(|(index, view)| {
            let planned = planned_view(view, output, arena, crossing, uniforms)?;
            Some(PlannedView { room: room_uniform(index), ..planned })
        });
        let views = views.collect();
        let shadow_view = |clip_from_world| view_uniform(clip_from_world, Vec3::ZERO);
        let shadows = self.shadows.plan(&self.device, &mut self.arena, &frame.shadows, shadow_view);
        let card = (&self.device, &self.layouts);
        let occlusion = self.occlusions.plan(card, &mut self.arena, (frame, self.content), view_uniform);
        Plan {
            views,
            draws,
            layers: frame.layers.iter().map(|layer| layer.crossing.is_some()).collect(),
            levels,
            shadows,
            shadow_map: stale_camera.map(|camera| self.arena.push(&view_uniform(camera.clip_from_world, Vec3::ZERO))),
            occlusion,
            feed: frame.feed.is_some().then(|| self.plan_feed(frame)).flatten(),
            room_depth,
            rings: frame
                .reticle
                .iter()
                .chain(&frame.cursors)
                .map(|ring| self.arena.push(&reticle::uniform(ring)))
                .collect(),
            present: self.arena.push(&present::uniform(frame, output)),
        }
    }

    fn planned_draw(&mut self, draw: &Draw, layer: Option<usize>, frame: &Frame, in_room: bool) -> Option<Planned> {
        let model = self.models.get(draw.model)?;
        let stretch = model.geometry.stretch(draw.mesh, draw.primitive)?;
        let material = model.material(draw.material)?;
        let mirrored = (draw.world_from_node.matrix3.determinant() < 0.0) != draw.mirrored;
        let keys = material.keys(stretch.topology, mirrored);
        let is_crossing = layer.and_then(|index| frame.layers.get(index)?.crossing).is_some();
        let keys = keys.map(|key| key.map(|key| SurfaceKey { in_room: in_room && !is_crossing, ..key }));
        let others = [shadow_key(stretch.topology), shadow_map_key(stretch.topology)];
        let occluder = frame.occlusions.first().map(|_| occluder_key(stretch.topology));
        let peels = keys.into_iter().flatten().filter(|_| is_crossing).map(peel::key_of);
        for key in keys.into_iter().flatten().chain(others).chain(occluder).chain(peels) {
            // Made with the model; made here only for a place that mirrors it.
            self.pipelines.make(&self.device, &self.layouts, key);
        }
        let uniform = self.shapes.get(draw.model)?.uniform(draw, frame.joints.len());
        Some(Planned {
            model: draw.model,
            material: draw.material,
            item: draw.item,
            layer,
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
            layers: None,
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

    /// The view's bind group with the picture behind glass, and with each picture of the peel pass, in frames with such.
    fn seen_behind(&self, light: &Light, plan: &Plan) -> (Option<wgpu::BindGroup>, Option<[wgpu::BindGroup; 2]>) {
        let Some(target) = self.targets.latest() else { return (None, None) };
        let group = |picture: &wgpu::TextureView| self.view_group(light, picture, self.shadow_map.view());
        let behind = target.behind.as_ref().filter(|_| plan.layers.len() > 1);
        let layers = target.layers.as_ref().filter(|_| plan.layers.contains(&true));
        (
            behind.map(|picture| group(&picture.create_view(&Default::default()))),
            layers.map(|layers| layers.pictures().each_ref().map(group)),
        )
    }

    /// Everything drawn in a view reads it. `shadow_map` is absent while it is drawn, and where there is none.
    fn view_group(
        &self,
        light: &Light,
        behind: &wgpu::TextureView,
        shadow_map: Option<&wgpu::TextureView>,
    ) -> wgpu::BindGroup {
        bind(&self.device, &self.layouts.view, &self.view_resources(light, behind, shadow_map))
    }

    /// Bindings 0 to 8 of group 0.
    pub(super) fn view_resources<'a>(
        &'a self,
        light: &'a Light,
        behind: &'a wgpu::TextureView,
        shadow_map: Option<&'a wgpu::TextureView>,
    ) -> [wgpu::BindingResource<'a>; 9] {
        let (texture, sampler) = (wgpu::BindingResource::TextureView, wgpu::BindingResource::Sampler);
        let (no_shadow, shadow_sampler) = &self.no_shadow;
        [
            self.arena.binding::<uniforms::View>(),
            texture(&light.specular),
            texture(&light.diffuse),
            texture(&light.reflected_share),
            sampler(&self.light_sampler),
            texture(behind),
            sampler(&self.behind.sampler),
            texture(shadow_map.unwrap_or(no_shadow)),
            sampler(shadow_sampler),
        ]
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
    /// The same with each picture of the peel pass, in frames where surfaces cross.
    layers: Option<[wgpu::BindGroup; 2]>,
    /// The same without the shadow map, which is being drawn.
    lamp: wgpu::BindGroup,
    sky: wgpu::BindGroup,
    draws: Shelf<ModelId, wgpu::BindGroup>,
}

struct Plan {
    views: Vec<PlannedView>,
    draws: Vec<Planned>,
    /// Of every layer of the frame, whether something in it crosses.
    layers: Vec<bool>,
    /// Where the levels of that picture lie in the arena.
    levels: Vec<u32>,
    shadows: Vec<PlannedShadow>,
    /// The shadow map must be drawn: where its camera lies in the arena.
    shadow_map: Option<u32>,
    occlusion: PlannedOcclusion,
    feed: Option<PlannedFeed>,
    /// How far away the room's things are, where that is known.
    room_depth: Option<wgpu::TextureView>,
    /// The reticle and the cursors.
    rings: Vec<u32>,
    present: u32,
}

pub(super) struct PlannedView {
    viewport: [u32; 4],
    uniform: u32,
    /// The cameras of what crosses, in frames that have such.
    pub layers: Option<Cameras>,
    /// Where the backdrop's uniform lies, where there is one.
    sky: Option<u32>,
    /// Where the room's uniform lies, where its depth is known.
    room: Option<u32>,
}

/// One primitive, ready to be drawn.
pub(super) struct Planned {
    pub model: ModelId,
    pub material: Option<usize>,
    pub item: u32,
    /// Which of the frame's layers it is in; `None` for what is solid.
    pub layer: Option<usize>,
    pub kind: Kind,
    pub stretch: Stretch,
    pub keys: [Option<SurfaceKey>; 2],
    pub uniform: u32,
    /// How many of it are drawn.
    pub copies: u32,
}

impl Planned {
    /// Drawn over a picture of what lies behind: in a room glass is a veil like others, and is in the first layer.
    fn is_glass(&self, layer: usize) -> bool {
        layer > 0 && self.kind == Kind::Transmissive
    }
}

impl PlannedView {
    pub fn begin(&self, pass: &mut wgpu::RenderPass<'_>) {
        let [x, y, width, height] = self.viewport;
        pass.set_viewport(x as f32, y as f32, width as f32, height as f32, 0.0, 1.0);
        pass.set_scissor_rect(x, y, width, height);
    }

    /// Sets group 0: with the depth of the room's things where it is known.
    fn look(&self, pass: &mut wgpu::RenderPass<'_>, view: &wgpu::BindGroup, room: Option<&(wgpu::BindGroup, &Room)>) {
        match room.zip(self.room) {
            Some(((group, _), uniform)) => pass.set_bind_group(0, group, &[self.uniform, uniform]),
            None => pass.set_bind_group(0, view, &[self.uniform]),
        }
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
    crossing: Option<Aabb>,
    (view_uniform, sky_uniform): (impl Fn(Mat4, Vec3) -> uniforms::View, impl Fn(Mat4, Vec3) -> Option<uniforms::Sky>),
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
        layers: crossing.map(|bounds| peel::cameras(arena, uniform, bounds)),
        sky: sky_uniform(clip_from_world, eye).map(|sky| arena.push(&sky)),
        room: None,
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
        layer: -1.0,
        first_step: 0.0,
        steps_per_metre: 0.0,
        padding: 0.0,
    }
}
