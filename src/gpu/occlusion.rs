//! The occlusion pass: the light that reaches the places around an item, less what the item itself hides and with what
//! it throws back, baked into a grid of cells piece by piece and kept until something changes.
//!
//! A grid does not depend on how finely a product is tessellated, costs a frame nine looks into a texture, and knows
//! from where light is missing, which a single number of occlusion does not.

use crate::{
    gpu::{
        bindings::{Arena, Layouts},
        grid::{DIRECTIONS, Grid, clip_along, direction, texels_from_clip},
        models::occluder_key,
        pipelines::{Kind, Recipe},
        plan::Planned,
        shaders,
        shadow::Scene,
        target, uniforms,
    },
    math::{Mat4, Quat, Vec3},
    scene::frame::{Background, Frame, Occlusion},
};

pub(super) const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;
/// Pictures of the item are this wide and high, in texels; four by two of them lie in one texture.
const PICTURE: u32 = 128;
/// Directions of one step.
const STEP: usize = 8;
/// A step adds its light to the grid in bands, so that no frame waits for all cells.
const BANDS: usize = 8;
/// The pieces of a step: a picture for each direction, then the bands.
const PIECES: usize = STEP + BANDS;
/// What of nearness counts as the same: half floats near 1 are this fine.
const BIAS: f32 = 0.002;
/// Light that comes from directions nearer to each other than this is the same light: 5 degrees, as half the cosine.
const ALIKE: f32 = 0.999;

/// The grids and what bakes them.
pub(super) struct Occlusions {
    /// The step and the ray; made when first needed.
    pipelines: Option<[wgpu::RenderPipeline; 2]>,
    sampler: wgpu::Sampler,
    /// Stands in where there is no grid.
    nothing: wgpu::TextureView,
    bakes: Vec<Bake>,
    /// Item, shape and content of the last frame: what changes from frame to frame, as a product does whose pictures are
    /// coming, is not baked, and no first picture waits for it.
    seen: Vec<(u32, u64, u64)>,
    /// Pictures in memory wait for whole bakes; a page's frames do a piece each.
    pub at_once: bool,
}

/// One grid, done or on its way. An item has two while new light takes the place of old.
struct Bake {
    wish: Wish,
    grid: Grid,
    light: wgpu::Texture,
    /// All layers of it.
    view: wgpu::TextureView,
    /// The pictures of the item and their depths, until it is done.
    pictures: Option<[wgpu::TextureView; 2]>,
    pieces_done: usize,
}

/// What a grid depends on.
#[derive(Clone, Copy, PartialEq)]
struct Wish {
    item: u32,
    /// Of its shape.
    version: u64,
    /// Of everything else on the card.
    content: u64,
    item_from_light: Quat,
}

/// One piece of a bake.
pub(super) struct PlannedPiece {
    item: u32,
    pictures: [wgpu::TextureView; 2],
    light: wgpu::Texture,
    /// The first of its kind: what the texture held before is gone.
    is_first: bool,
    work: Work,
    /// Of the picture's camera, or of the step.
    uniform: u32,
}

/// What a piece draws.
#[derive(Clone, Copy)]
enum Work {
    /// The item and the light, along one of the step's directions.
    Picture(u32),
    /// The light that comes past the item along all of them, in one band of the grid.
    Band(u32),
}

/// What a frame does about occlusion.
#[derive(Default)]
pub(super) struct PlannedOcclusion {
    pieces: Vec<PlannedPiece>,
    /// By item; where its uniform lies, and its light. The first one is for items without a grid.
    grids: Vec<(Option<u32>, u32, wgpu::TextureView)>,
}

/// A grid's bind group: of which item (the first one is for items without a grid), and where its uniform lies.
pub(super) type GridGroup = (Option<u32>, u32, wgpu::BindGroup);

impl Occlusions {
    pub fn new(device: &wgpu::Device, sampler: wgpu::Sampler) -> Self {
        Self {
            pipelines: None,
            sampler,
            nothing: array(&texture(device, FORMAT, [1, 1, 3])),
            bakes: Vec::new(),
            seen: Vec::new(),
            at_once: false,
        }
    }

    /// What is to be done for these items: in a page's frame one piece, in a picture's everything, in a room nothing, where
    /// every frame counts. What is there by then is shown there, too.
    pub fn plan(
        &mut self,
        card: (&wgpu::Device, &Layouts),
        arena: &mut Arena,
        (frame, content): (&Frame, u64),
        view_uniform: impl Fn(Mat4, Vec3) -> uniforms::View,
        planned: &mut PlannedOcclusion,
    ) {
        let occlusions = &*frame.occlusions;
        self.bakes.retain(|bake| occlusions.iter().any(|occlusion| bake.is_of(occlusion)));
        // Most of this code comes after the first picture: without a wish it is not there to be called.
        let is_idle = occlusions.is_empty() || frame.background == Background::Room;
        planned.pieces = if is_idle { Vec::new() } else { self.go_on(card, arena, (frame, content), &view_uniform) };
        self.seen.clear();
        self.seen.extend(occlusions.iter().map(|occlusion| (occlusion.item, occlusion.version, content)));
        planned.grids.clear();
        self.plan_grids(arena, occlusions, &mut planned.grids);
    }

    /// Begins bakes, and does the pieces of this frame.
    #[inline(never)] // it comes with the second half
    fn go_on(
        &mut self,
        (device, layouts): (&wgpu::Device, &Layouts),
        arena: &mut Arena,
        (frame, content): (&Frame, u64),
        view_uniform: &dyn Fn(Mat4, Vec3) -> uniforms::View,
    ) -> Vec<PlannedPiece> {
        let mut pieces = Vec::new();
        for occlusion in &frame.occlusions {
            let (_, world_from_item, _) = occlusion.world_from_item.to_scale_rotation_translation();
            let item_from_light = world_from_item.inverse() * Quat::from_rotation_y(frame.light.rotation_rad);
            let wish = Wish { item: occlusion.item, version: occlusion.version, content, item_from_light };
            let is_still = self.at_once || self.seen.contains(&(wish.item, wish.version, content));
            if is_still && !self.bakes.iter().any(|bake| bake.wish.is_met_by(&wish)) {
                if self.pipelines.is_none() {
                    self.pipelines = Some(pipelines(device, layouts));
                    if !self.at_once {
                        // The compiler's work is enough for one frame.
                        return pieces;
                    }
                }
                // An older bake that is not done never will be.
                self.bakes.retain(|bake| bake.wish.item != wish.item || bake.is_done());
                self.bakes.push(Bake::new(device, wish, Grid::around(occlusion.bounds)));
            }
            let open = self.bakes.iter_mut().find(|bake| bake.wish.item == wish.item && !bake.is_done());
            if let Some(bake) = open {
                while !bake.is_done() && (self.at_once || pieces.is_empty()) {
                    pieces.extend(bake.piece(arena, occlusion, view_uniform));
                }
                if bake.is_done() {
                    self.bakes.retain(|bake| bake.wish.item != wish.item || bake.wish.is_met_by(&wish));
                }
            }
        }
        pieces
    }

    /// Every item's grid, or the one that is none.
    fn plan_grids(
        &self,
        arena: &mut Arena,
        occlusions: &[Occlusion],
        grids: &mut Vec<(Option<u32>, u32, wgpu::TextureView)>,
    ) {
        let none = uniforms::Grid { cell_from_world: [[0.0; 4]; 4], counts: [0.0; 3], per_row: 0.0 };
        grids.push((None, arena.push(&none), self.nothing.clone()));
        if !self.bakes.is_empty() {
            self.plan_done(arena, occlusions, grids);
        }
    }

    /// The grids of those that are found already.
    #[inline(never)] // as those that go on
    fn plan_done(
        &self,
        arena: &mut Arena,
        occlusions: &[Occlusion],
        grids: &mut Vec<(Option<u32>, u32, wgpu::TextureView)>,
    ) {
        for occlusion in occlusions {
            let done = self.bakes.iter().find(|bake| bake.is_of(occlusion) && bake.is_done());
            let Some(bake) = done else { continue };
            let uniform = arena.push(&bake.grid.uniform(occlusion.world_from_item));
            grids.push((Some(occlusion.item), uniform, bake.view.clone()));
        }
    }

    /// The items wait for pieces that later frames do.
    pub fn is_busy(&self) -> bool {
        self.seen.iter().any(|&(item, ..)| !self.bakes.iter().any(|bake| bake.wish.item == item && bake.is_done()))
            || self.bakes.iter().any(|bake| !bake.is_done())
    }

    /// Draws what was planned.
    pub fn draw(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        planned: &PlannedOcclusion,
        draws: &[Planned],
    ) {
        let Some(pipelines) = &self.pipelines else { return };
        for piece in &planned.pieces {
            piece.draw(scene, encoder, (pipelines, &self.sampler), draws);
        }
    }

    /// The bind groups of a frame's grids, with their offsets.
    pub fn bind(
        &self,
        (device, layouts, arena): (&wgpu::Device, &Layouts, &Arena),
        planned: &PlannedOcclusion,
        groups: &mut Vec<GridGroup>,
    ) {
        let group = |light: &wgpu::TextureView| {
            let resources = [
                arena.binding::<uniforms::Grid>(),
                wgpu::BindingResource::TextureView(light),
                wgpu::BindingResource::Sampler(&self.sampler),
            ];
            arena.bind(device, &layouts.grid, &resources)
        };
        groups.clear();
        groups.extend(planned.grids.iter().map(|(item, offset, light)| (*item, *offset, group(light))));
    }

    pub fn bytes(&self) -> u64 {
        let texels = |texture: &wgpu::Texture| u64::from(texture.width()) * u64::from(texture.height()) * 3;
        self.bakes.iter().map(|bake| texels(&bake.light) * 8).sum()
    }
}

fn pipelines(device: &wgpu::Device, layouts: &Layouts) -> [wgpu::RenderPipeline; 2] {
    let module = shaders::OCCLUSION.module(device);
    let groups = [&layouts.picture];
    let step = Recipe::fullscreen(&shaders::OCCLUSION, &module, "occlusion_step", &groups, FORMAT);
    let step = Recipe { blend: Some(ADD), targets: 3, ..step }.make(device);
    let module = shaders::RAY.module(device);
    let groups = [&layouts.view];
    let ray = Recipe::fullscreen(&shaders::RAY, &module, "ray", &groups, FORMAT);
    [step, Recipe { depth_write: Some(false), ..ray }.make(device)]
}

const ADD: wgpu::BlendState = {
    let add = wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::One,
        dst_factor: wgpu::BlendFactor::One,
        operation: wgpu::BlendOperation::Add,
    };
    wgpu::BlendState { color: add, alpha: add }
};

impl Wish {
    fn is_met_by(&self, other: &Self) -> bool {
        let is_alike = self.item_from_light.dot(other.item_from_light).abs() > ALIKE;
        Self { item_from_light: other.item_from_light, ..*self } == *other && is_alike
    }
}

impl Bake {
    fn new(device: &wgpu::Device, wish: Wish, grid: Grid) -> Self {
        let [width, height] = grid.texels();
        let size = [4 * PICTURE, 2 * PICTURE + 2, 1];
        let picture = |format| texture(device, format, size).create_view(&Default::default());
        let light = texture(device, FORMAT, [width, height, 3]);
        let view = array(&light);
        let pictures = Some([picture(FORMAT), picture(target::DEPTH)]);
        Self { wish, grid, light, view, pictures, pieces_done: 0 }
    }

    /// Of the item as it is now; a grid of another shape would show shadows of what has moved away.
    fn is_of(&self, occlusion: &Occlusion) -> bool {
        self.wish.item == occlusion.item && self.wish.version == occlusion.version
    }

    fn is_done(&self) -> bool {
        self.pieces_done == DIRECTIONS / STEP * PIECES
    }

    fn piece(
        &mut self,
        arena: &mut Arena,
        occlusion: &Occlusion,
        view_uniform: &dyn Fn(Mat4, Vec3) -> uniforms::View,
    ) -> Option<PlannedPiece> {
        let pictures = self.pictures.clone()?;
        let (step, piece) = (self.pieces_done / PIECES, self.pieces_done % PIECES);
        let directions = std::array::from_fn(|index| direction(step * STEP + index));
        let (work, is_first, uniform) = match directions.get(piece) {
            Some(&toward) => {
                let item_from_world = Mat4::from(occlusion.world_from_item.inverse());
                let clip_from_world = clip_along(toward, occlusion.bounds) * item_from_world;
                let toward = occlusion.world_from_item.transform_vector3(toward).normalize_or_zero();
                let camera = arena.push(&view_uniform(clip_from_world, toward));
                (Work::Picture(piece as u32), piece == 0, camera)
            }
            None => {
                let step_uniform = self.grid.step_uniform(rows(directions, occlusion), BIAS);
                let band = piece - STEP;
                (Work::Band(band as u32), step == 0 && band == 0, arena.push(&step_uniform))
            }
        };
        self.pieces_done += 1;
        if self.is_done() {
            self.pictures = None;
        }
        Some(PlannedPiece { item: self.wish.item, pictures, light: self.light.clone(), is_first, work, uniform })
    }
}

/// From a place in the item to texels and nearness in the picture of each direction.
fn rows(directions: [Vec3; STEP], occlusion: &Occlusion) -> [[f32; 4]; 3 * STEP] {
    let mut rows = [[0.0; 4]; 3 * STEP];
    for (rows, toward) in rows.as_chunks_mut::<3>().0.iter_mut().zip(directions) {
        let texels_from_item = texels_from_clip() * clip_along(toward, occlusion.bounds);
        *rows = [0, 1, 2].map(|row| texels_from_item.row(row).to_array());
    }
    rows
}

impl PlannedPiece {
    #[inline(never)] // it comes with the second half
    fn draw(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        ([step_pipeline, ray_pipeline], sampler): (&[wgpu::RenderPipeline; 2], &wgpu::Sampler),
        draws: &[Planned],
    ) {
        match self.work {
            Work::Picture(place) => self.draw_picture(scene, encoder, (ray_pipeline, place), draws),
            Work::Band(band) => self.draw_band(scene, encoder, (step_pipeline, sampler), band),
        }
    }

    /// What light along one direction meets first, and how much light that is.
    fn draw_picture(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        (ray_pipeline, place): (&wgpu::RenderPipeline, u32),
        draws: &[Planned],
    ) {
        let mut pass = self.begin_pictures(encoder);
        pass.set_bind_group(0, scene.view, &[self.uniform]);
        pass.set_viewport(place as f32, (2 * PICTURE) as f32, 1.0, 2.0, 0.0, 1.0);
        pass.set_pipeline(ray_pipeline);
        pass.draw(0..3, 0..1);
        let [x, y] = [place % 4 * PICTURE, place / 4 * PICTURE].map(|texel| texel as f32);
        pass.set_viewport(x, y, PICTURE as f32, PICTURE as f32, 0.0, 1.0);
        // Glass and veils let light through.
        let solid = draws.iter().filter(|draw| matches!(draw.kind, Kind::Opaque | Kind::Masked));
        for draw in solid.filter(|draw| draw.item == self.item) {
            scene.draw_with(&mut pass, draw, occluder_key(draw.stretch.topology));
        }
    }

    /// The light that comes past the item.
    fn draw_band(
        &self,
        scene: &Scene<'_>,
        encoder: &mut wgpu::CommandEncoder,
        (step_pipeline, sampler): (&wgpu::RenderPipeline, &wgpu::Sampler),
        band: u32,
    ) {
        let [pictures, _] = &self.pictures;
        let resources = [
            scene.arena.binding::<uniforms::Occlusion>(),
            wgpu::BindingResource::TextureView(pictures),
            wgpu::BindingResource::Sampler(sampler),
        ];
        let group = scene.arena.bind(scene.device, &scene.layouts.picture, &resources);
        let [begin, end] = [band, band + 1].map(|band| self.light.height() * band / BANDS as u32);
        let mut pass = self.begin_light(encoder);
        pass.set_scissor_rect(0, begin, self.light.width(), end - begin);
        pass.set_pipeline(step_pipeline);
        pass.set_bind_group(0, &group, &[self.uniform]);
        pass.draw(0..3, 0..1);
    }

    fn begin_pictures<'a>(&self, encoder: &'a mut wgpu::CommandEncoder) -> wgpu::RenderPass<'a> {
        let [color, depth] = &self.pictures;
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("occluder"),
            color_attachments: &[attachment(color, self.is_first)],
            // No picture looks at another one's depths.
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: depth,
                depth_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(1.0), store: wgpu::StoreOp::Discard }),
                stencil_ops: None,
            }),
            ..Default::default()
        })
    }

    fn begin_light<'a>(&self, encoder: &'a mut wgpu::CommandEncoder) -> wgpu::RenderPass<'a> {
        let layers = [0, 1, 2].map(|layer| {
            self.light.create_view(&wgpu::TextureViewDescriptor {
                dimension: Some(wgpu::TextureViewDimension::D2),
                base_array_layer: layer,
                array_layer_count: Some(1),
                ..Default::default()
            })
        });
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("occlusion"),
            color_attachments: &layers.each_ref().map(|view| attachment(view, self.is_first)),
            ..Default::default()
        })
    }
}

fn attachment(view: &wgpu::TextureView, is_cleared: bool) -> Option<wgpu::RenderPassColorAttachment<'_>> {
    let load = if is_cleared { wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT) } else { wgpu::LoadOp::Load };
    let ops = wgpu::Operations { load, store: wgpu::StoreOp::Store };
    Some(wgpu::RenderPassColorAttachment { view, depth_slice: None, resolve_target: None, ops })
}

fn array(texture: &wgpu::Texture) -> wgpu::TextureView {
    let dimension = Some(wgpu::TextureViewDimension::D2Array);
    texture.create_view(&wgpu::TextureViewDescriptor { dimension, ..Default::default() })
}

fn texture(device: &wgpu::Device, format: wgpu::TextureFormat, [width, height, layers]: [u32; 3]) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("occlusion"),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: layers },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    })
}
