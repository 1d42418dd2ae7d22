//! The room pass: what the room's own things hide, by the device's depth. Surfaces, shadows and reticle are drawn by
//! programs of their own then, which are made when the first depth comes. No first picture needs any of this.

use crate::{
    gpu::{Gpu, bindings, shaders, shadow::lying, uniforms},
    math::{Mat4, Vec3},
    scene::frame::{Frame, Rest, RoomDepth},
};

/// What draws behind the room's things, and their depth on the card.
pub(super) struct Room {
    pub layout: wgpu::BindGroupLayout,
    pub surfaces: wgpu::ShaderModule,
    pub floor: wgpu::RenderPipeline,
    pub reticle: wgpu::RenderPipeline,
    /// The depth of all views, once some came.
    depth: Option<(wgpu::Texture, wgpu::TextureView)>,
}

/// Two bytes of a distance.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rg8Unorm;

impl Room {
    fn new(device: &wgpu::Device, layouts: &bindings::Layouts) -> Self {
        let layout = bindings::room_layout(device);
        let groups = [&layout, &layouts.picture];
        let floor = lying(device, &groups, &shaders::ROOM_FLOOR, "lying_in_room");
        let reticle = lying(device, &groups, &shaders::ROOM_RETICLE, "lying_in_room");
        Self { surfaces: shaders::ROOM_SURFACE.module(device), floor, reticle, layout, depth: None }
    }

    /// A texture of this size, the old one when it fits.
    fn depth(&mut self, device: &wgpu::Device, [width, height]: [u32; 2]) -> &(wgpu::Texture, wgpu::TextureView) {
        let kept = self.depth.take().filter(|(kept, _)| [kept.width(), kept.height()] == [width, height]);
        self.depth.insert(kept.unwrap_or_else(|| {
            let texture = device.create_texture(&wgpu::TextureDescriptor {
                label: Some("room depth"),
                size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                format: FORMAT,
                usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                view_formats: &[],
            });
            let view = texture.create_view(&Default::default());
            (texture, view)
        }))
    }
}

impl Gpu {
    /// Sends the frame's depth to the card, and adds where each view's uniform lies in the arena; `None` when it is not one sound
    /// picture for each view.
    #[inline(never)] // in the browser it comes later than the rest
    pub(super) fn plan_room(&mut self, frame: &Frame, uniforms: &mut Vec<u32>) -> Option<wgpu::TextureView> {
        let size = texture_size(frame, self.max_picture_size())?;
        let Self { device, queue, layouts, room, pipelines, arena, .. } = self;
        let room = room.get_or_insert_with(|| Room::new(device, layouts));
        pipelines.enter_room(&room.layout, &room.surfaces);
        let (texture, view) = room.depth(device, size);
        let mut first_row = 0;
        for depth in &frame.room_depths {
            write(queue, texture, first_row, depth);
            uniforms.push(arena.push(&uniform(depth, first_row, &frame.rests)));
            first_row += depth.size[1];
        }
        Some(view.clone())
    }

    /// Group 0 of everything that is drawn behind the room's things, and what draws it.
    #[inline(never)] // as above
    pub(super) fn room_group(&self, depth: &wgpu::TextureView) -> Option<(wgpu::BindGroup, &Room)> {
        let (room, light) = self.room.as_ref().zip(self.light.as_ref())?;
        let [a, b, c, d, e, f, g, h, i] = self.view_resources(light, depth, self.shadow_map.view());
        let resources = [a, b, c, d, e, f, g, h, i, self.arena.binding::<uniforms::Room>()];
        Some((self.arena.bind(&self.device, &room.layout, &resources), room))
    }
}

/// Pictures of one width, one under the other.
fn texture_size(frame: &Frame, most: u32) -> Option<[u32; 2]> {
    let width = frame.room_depths.first()?.size[0];
    let is_sound = |depth: &RoomDepth| {
        let [columns, rows] = depth.size;
        columns == width && rows > 0 && u64::from(columns) * u64::from(rows) == depth.millimetres.len() as u64
    };
    let height = frame.room_depths.iter().try_fold(0u32, |height, depth| height.checked_add(depth.size[1]))?;
    let fits = (1..=most).contains(&width) && height <= most && frame.room_depths.len() == frame.views.len();
    (fits && frame.room_depths.iter().all(is_sound)).then_some([width, height])
}

fn write(queue: &wgpu::Queue, texture: &wgpu::Texture, first_row: u32, depth: &RoomDepth) {
    let [width, height] = depth.size;
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            texture,
            mip_level: 0,
            origin: wgpu::Origin3d { x: 0, y: first_row, z: 0 },
            aspect: wgpu::TextureAspect::All,
        },
        // Every platform there is a browser for puts the lower byte first, as the shader reads them.
        bytemuck::cast_slice(&depth.millimetres),
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(2 * width), rows_per_image: None },
        wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
    );
}

fn uniform(depth: &RoomDepth, first_row: u32, rests: &[Rest]) -> uniforms::Room {
    let size = depth.size.map(|side| side as f32);
    let texels = Mat4::from_scale(Vec3::new(size[0], size[1], 1.0));
    let mut uniform = uniforms::Room {
        depth_from_world: (texels * depth.depth_from_world).to_cols_array_2d(),
        depth_size: size,
        first_row: first_row as f32,
        ..Default::default()
    };
    for (place, rest) in uniform.rests.iter_mut().zip(rests) {
        *place = uniforms::Rest {
            place: rest.place.to_array(),
            radius: rest.radius,
            up: rest.normal.to_array(),
            ..Default::default()
        };
        uniform.rest_count += 1;
    }
    uniform
}
