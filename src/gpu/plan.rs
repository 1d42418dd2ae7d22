//! What a frame draws, before anything is drawn: where everything lies in the arena, and which pipelines draw it.

use crate::{
    gpu::{
        Gpu, Output, backdrop,
        bindings::Arena,
        environment::Light,
        feed::PlannedFeed,
        geometry::Stretch,
        lamps::Lamps,
        models::{occluder_key, shadow_key, shadow_map_key},
        occlusion::{GridGroup, PlannedOcclusion},
        peel::{self, Cameras, Layers},
        pipelines::{Kind, SurfaceKey},
        present,
        room::Room,
        shadow::PlannedShadow,
        uniforms,
    },
    math::{Aabb, Mat4, Vec3},
    scene::frame::{Background, Draw, Frame, ModelId, View},
};

/// Where everything of a frame lies in the arena; the next frame uses the lists again.
#[derive(Default)]
pub(super) struct Plan {
    pub views: Vec<PlannedView>,
    pub draws: Vec<Planned>,
    /// Of every layer of the frame, whether something in it crosses.
    pub layers: Vec<bool>,
    /// Where the levels of the picture behind glass lie.
    pub levels: Vec<u32>,
    pub shadows: Vec<PlannedShadow>,
    /// The shadow map must be drawn: where its camera lies.
    pub shadow_map: Option<u32>,
    pub occlusion: PlannedOcclusion,
    pub grids: Vec<GridGroup>,
    pub feed: Option<PlannedFeed>,
    /// How far away the room's things are, where that is known.
    pub room_depth: Option<wgpu::TextureView>,
    /// Where each view's uniform of it lies.
    pub room_uniforms: Vec<u32>,
    /// The reticle and the cursors.
    pub rings: Vec<u32>,
    /// The words before the shopper.
    pub caption: Option<u32>,
    pub present: u32,
}

impl Plan {
    /// What is added to anew; the rest is put in its place as a whole.
    fn clear(&mut self) {
        self.views.clear();
        self.draws.clear();
        self.layers.clear();
        self.levels.clear();
        self.room_uniforms.clear();
        self.rings.clear();
    }
}

pub(super) struct PlannedView {
    pub viewport: [u32; 4],
    pub uniform: u32,
    /// The cameras of what crosses, in frames that have such.
    pub layers: Option<Cameras>,
    /// Where the backdrop's uniform lies, where there is one.
    pub sky: Option<u32>,
    /// Where the room's uniform lies, where its depth is known.
    pub room: Option<u32>,
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
    pub fn is_glass(&self, layer: usize) -> bool {
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
    pub fn look(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        view: &wgpu::BindGroup,
        room: Option<&(wgpu::BindGroup, &Room)>,
    ) {
        match room.zip(self.room) {
            Some(((group, _), uniform)) => pass.set_bind_group(0, group, &[self.uniform, uniform]),
            None => pass.set_bind_group(0, view, &[self.uniform]),
        }
    }
}

impl Gpu {
    /// Where everything lies in the arena, and which pipelines draw it.
    pub(super) fn plan(&mut self, frame: &Frame, output: &Output<'_>, plan: &mut Plan) {
        plan.clear();
        plan.room_depth =
            if frame.room_depths.is_empty() { None } else { self.plan_room(frame, &mut plan.room_uniforms) };
        let in_room = plan.room_depth.is_some();
        let solid = frame.opaque.iter().map(|draw| (draw, None));
        let layered = frame.layers.iter().enumerate().flat_map(|(index, layer)| {
            let draws = frame.blended.get(layer.draws.clone()).unwrap_or_default();
            draws.iter().map(move |draw| (draw, Some(index)))
        });
        let draws = solid.chain(layered);
        plan.draws.extend(draws.filter_map(|(draw, layer)| self.planned_draw(draw, layer, frame, in_room)));
        plan.layers.extend(frame.layers.iter().map(|layer| layer.crossing.is_some()));
        if let Some(target) = self.targets.latest_mut().filter(|_| frame.layers.len() > 1) {
            self.behind.plan(&self.device, &mut self.arena, target, &mut plan.levels);
        }
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
        if shown.is_some() {
            self.backdrop.get_or_insert_with(|| backdrop::Backdrop::new(&self.device, &self.layouts));
        }
        let sky_uniform = |clip, eye| shown.map(|light| backdrop::uniform(frame, light, clip, eye));
        let arena = &mut self.arena;
        for (index, view) in frame.views.iter().enumerate() {
            let room = plan.room_uniforms.get(index).copied().filter(|_| in_room);
            let planned = planned_view(view, output, arena, crossing, (view_uniform, sky_uniform));
            plan.views.extend(planned.map(|planned| PlannedView { room, ..planned }));
        }
        let shadow_view = |clip_from_world| view_uniform(clip_from_world, Vec3::ZERO);
        self.shadows.plan(&self.device, arena, &frame.shadows, shadow_view, &mut plan.shadows);
        let card = (&self.device, &self.layouts);
        self.occlusions.plan(card, arena, (frame, self.content), view_uniform, &mut plan.occlusion);
        plan.shadow_map = stale_camera.map(|camera| arena.push(&view_uniform(camera.clip_from_world, Vec3::ZERO)));
        plan.present = arena.push(&present::uniform(frame, output));
        if frame.reticle.is_some() || !frame.cursors.is_empty() {
            self.plan_rings(frame, &mut plan.rings);
        }
        plan.caption = frame.caption.and_then(|place| self.plan_caption(place));
        plan.feed = frame.feed.is_some().then(|| self.plan_feed(frame)).flatten();
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
    let (scale, last_level) = light.map_or((1.0, 0.0), |light| (light.scale, light.last_level));
    let (shadowed, shadow) = lamps.shadow.unzip();
    let shadow = shadow.unwrap_or_default();
    uniforms::View {
        clip_from_world: clip_from_world.to_cols_array_2d(),
        eye: eye.to_array(),
        light_intensity: frame.light.intensity * scale,
        last_level,
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
