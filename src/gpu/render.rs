//! One frame, one line per pass.

use crate::{
    gpu::{
        Error, Gpu, Output, backdrop,
        bindings::bind,
        environment::{Environment, Light},
        models::GpuModel,
        occlusion::GridGroup,
        pipelines::Kind,
        plan::{Plan, Planned, PlannedView},
        room::Room,
        shadow::Scene,
        target::Turn,
        uniforms,
    },
    scene::frame::{Frame, ModelId},
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
        self.targets.fit(&self.device, [output.width, output.height], self.longest_side)?;
        if self.light.is_none() {
            self.set_environment(Environment::Studio)?;
        }
        if frame.harmonics.is_some() || self.room_light.is_some() {
            self.light_room(frame);
        }
        self.presenter.make(&self.device, &self.layouts, output.format);
        let mut plan = std::mem::take(&mut self.last_plan);
        self.plan(frame, output, &mut plan);
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
        let card = (&self.device, &self.layouts, &self.arena);
        self.occlusions.bind(card, &plan.occlusion, &mut plan.grids);
        let scene = self.scene(groups, &plan.grids);
        let mut encoder = self.device.create_command_encoder(&Default::default());
        self.draw_shadows(&scene, &mut encoder, &plan);
        for (index, is_crossing) in plan.layers.iter().copied().enumerate() {
            let draws = plan.draws.iter().filter(move |draw| draw.layer == Some(index));
            if index > 0 {
                let copy = self.feed.as_ref().filter(|_| plan.feed.is_some()).map(|feed| &feed.copy);
                self.behind.draw(copy, card, &mut encoder, target, &plan.levels);
            }
            let crossing = groups.layers.as_ref().zip(target.layers.as_ref()).filter(|_| is_crossing);
            if let Some((pictures, layers)) = crossing {
                let veils = draws.clone().filter(|draw| !draw.is_glass(index));
                let copy = |encoder: &mut _, from| self.behind.copy(&scene, encoder, layers.pictures(), from);
                layers.find(&scene, &mut encoder, (pictures, &copy), &plan.views, veils);
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
                self.finish(&scene, &mut pass, &plan);
            }
            target.end(&mut pass);
        }
        self.show(&scene, &mut encoder, target, output, (plan.feed.as_ref(), plan.present));
        self.queue.submit([encoder.finish()]);
        self.last_plan = plan;
        Ok(())
    }

    /// What comes over the products.
    fn finish(&self, scene: &Scene<'_>, pass: &mut wgpu::RenderPass<'_>, plan: &Plan) {
        if let Some(feed) = &plan.feed {
            for view in &plan.views {
                view.begin(pass);
                pass.set_bind_group(0, scene.view, &[view.uniform]);
                self.end_feed(pass, feed);
            }
        }
        if let Some(caption) = plan.caption {
            self.draw_caption(scene, pass, (caption, &plan.views));
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
        if let Some((backdrop, sky)) = self.backdrop.as_ref().zip(view.sky) {
            backdrop.draw(pass, &groups.sky, sky);
        }
        if let Some(feed) = &plan.feed {
            pass.set_bind_group(0, &groups.view, &[view.uniform]);
            self.begin_feed(pass, feed);
        }
        view.look(pass, &groups.view, room);
        scene.draw_surfaces(pass, &plan.draws, Kind::Opaque);
        scene.draw_surfaces(pass, &plan.draws, Kind::Masked);
        self.shadows.lay(scene, pass, &plan.shadows, room.map(|room| &room.1.floor));
        if let Some(reticle) = self.reticle.as_ref().filter(|_| !plan.rings.is_empty()) {
            reticle.draw(scene, pass, &plan.rings, room.map(|room| &room.1.reticle));
        }
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
        (behind.map(|picture| group(&picture.view)), layers.map(|layers| layers.pictures().each_ref().map(group)))
    }

    /// Everything drawn in a view reads it. `shadow_map` is absent while it is drawn, and where there is none.
    fn view_group(
        &self,
        light: &Light,
        behind: &wgpu::TextureView,
        shadow_map: Option<&wgpu::TextureView>,
    ) -> wgpu::BindGroup {
        self.arena.bind(&self.device, &self.layouts.view, &self.view_resources(light, behind, shadow_map))
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

    fn scene<'a>(&'a self, groups: &'a Groups, grids: &'a [GridGroup]) -> Scene<'a> {
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

impl Scene<'_> {
    /// All surfaces of one kind, in the frame's order.
    fn draw_surfaces(&self, pass: &mut wgpu::RenderPass<'_>, draws: &[Planned], kind: Kind) {
        self.draw_all(pass, draws.iter().filter(|draw| draw.kind == kind));
    }

    fn grid_of(&self, item: u32) -> Option<&GridGroup> {
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
