//! How textures and uniforms reach the shaders: the few layouts all passes share, and what is bound where nothing is.

use crate::model::MOST_TEXTURES;
use std::cell::RefCell;
use wgpu::{BindGroupLayoutEntry, BindingType, ShaderStages, TextureSampleType, TextureViewDimension};

/// The layouts of all bind groups.
pub(super) struct Layouts {
    /// `view.wgsl`, group 0.
    pub view: wgpu::BindGroupLayout,
    /// `material.wgsl`, group 1.
    pub material: wgpu::BindGroupLayout,
    /// `surface.wgsl`, group 2.
    pub draw: wgpu::BindGroupLayout,
    /// `grid.wgsl`, group 3.
    pub grid: wgpu::BindGroupLayout,
    /// A uniform, a texture and its sampler: mip, blur and occlusion (group 0), quads (group 1).
    pub picture: wgpu::BindGroupLayout,
    /// `environment.wgsl`, group 0.
    pub bake: wgpu::BindGroupLayout,
    /// `backdrop.wgsl`, group 0.
    pub sky: wgpu::BindGroupLayout,
    /// `present.wgsl`, group 0.
    pub present: wgpu::BindGroupLayout,
}

impl Layouts {
    pub fn new(device: &wgpu::Device) -> Self {
        let layout = |label, entries: &[BindGroupLayoutEntry]| {
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
        };
        let material: Vec<_> = std::iter::once(uniform(0, false))
            .chain((0..MOST_TEXTURES as u32).flat_map(|unit| [flat(1 + 2 * unit, true), sampler(2 + 2 * unit)]))
            .collect();
        Self {
            view: layout("view", &view_entries()),
            material: layout("material", &material),
            draw: layout("draw", &[uniform(0, true), fetched(1), fetched(2)]),
            grid: layout("grid", &[uniform(0, true), texture(1, TextureViewDimension::D2Array, true), sampler(2)]),
            picture: layout("picture", &[uniform(0, true), flat(1, true), sampler(2)]),
            bake: layout("bake", &[uniform(0, true), flat(1, true), cube(2), sampler(3)]),
            sky: layout("sky", &[uniform(0, true), flat(1, true), cube(2), sampler(3)]),
            present: layout("present", &[uniform(0, true), flat(1, false)]),
        }
    }
}

/// `view.wgsl` with `room.wgsl`, group 0.
pub(super) fn room_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let mut entries = view_entries().to_vec();
    entries.push(uniform(9, true));
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some("room"), entries: &entries })
}

fn view_entries() -> [BindGroupLayoutEntry; 9] {
    [uniform(0, true), cube(1), cube(2), flat(3, true), sampler(4), flat(5, true), sampler(6), depth(7), comparison(8)]
}

/// Uniforms of one frame, gathered and sent to the card in one go; and the bind groups of a frame, which read them.
pub(super) struct Arena {
    pub buffer: wgpu::Buffer,
    bytes: Vec<u8>,
    step: usize,
    kept: RefCell<Vec<Kept>>,
}

/// A bind group that the next frame may need again.
struct Kept {
    layout: wgpu::BindGroupLayout,
    bound: Vec<Bound>,
    group: wgpu::BindGroup,
    is_used: bool,
}

/// What a bind group binds at one place.
enum Bound {
    /// So many bytes of the arena.
    Uniform(Option<wgpu::BufferSize>),
    View(wgpu::TextureView),
    Sampler(wgpu::Sampler),
}

impl Arena {
    pub fn new(device: &wgpu::Device) -> Self {
        let step = (device.limits().min_uniform_buffer_offset_alignment as usize).max(64);
        Self { buffer: arena_buffer(device, 64 * step), bytes: Vec::new(), step, kept: RefCell::default() }
    }

    /// Adds one struct; the answer is its dynamic offset.
    pub fn push<T: bytemuck::Pod>(&mut self, uniform: &T) -> u32 {
        let offset = self.bytes.len();
        self.bytes.extend_from_slice(bytemuck::bytes_of(uniform));
        self.bytes.resize(self.bytes.len().next_multiple_of(self.step), 0);
        offset as u32
    }

    /// Sends everything pushed and starts afresh; bind groups that the last frame did not need are let go. True when the buffer is another one, so that bind groups must be new.
    pub fn send(&mut self, device: &wgpu::Device, queue: &wgpu::Queue) -> bool {
        // A binding of a whole struct at the last offset must not reach beyond the buffer.
        let needed = (self.bytes.len() + 1024).next_power_of_two();
        let grown = self.buffer.size() < needed as u64;
        if grown {
            self.buffer = arena_buffer(device, needed);
        }
        queue.write_buffer(&self.buffer, 0, &self.bytes);
        self.bytes.clear();
        self.kept.get_mut().retain_mut(|kept| std::mem::take(&mut kept.is_used) && !grown);
        grown
    }

    /// A bind group of resources at bindings 0, 1, 2 ...: the last frame's where it is the same. Buffers among them are this
    /// arena's.
    pub fn bind(
        &self,
        device: &wgpu::Device,
        layout: &wgpu::BindGroupLayout,
        resources: &[wgpu::BindingResource<'_>],
    ) -> wgpu::BindGroup {
        let kept = &mut *self.kept.borrow_mut();
        let is_same = |kept: &&mut Kept| {
            kept.layout == *layout && kept.bound.iter().zip(resources).all(|(bound, resource)| bound.is(resource))
        };
        if let Some(kept) = kept.iter_mut().find(is_same) {
            kept.is_used = true;
            return kept.group.clone();
        }
        let group = bind(device, layout, resources);
        let bound = resources.iter().filter_map(Bound::of).collect();
        kept.push(Kept { layout: layout.clone(), bound, group: group.clone(), is_used: true });
        group
    }

    /// The binding of a struct at a dynamic offset.
    pub fn binding<T>(&self) -> wgpu::BindingResource<'_> {
        let size = wgpu::BufferSize::new((size_of::<T>() as u64).next_multiple_of(16));
        wgpu::BindingResource::Buffer(wgpu::BufferBinding { buffer: &self.buffer, offset: 0, size })
    }
}

impl Bound {
    fn of(resource: &wgpu::BindingResource<'_>) -> Option<Self> {
        match resource {
            wgpu::BindingResource::Buffer(uniform) => Some(Self::Uniform(uniform.size)),
            wgpu::BindingResource::TextureView(view) => Some(Self::View((*view).clone())),
            wgpu::BindingResource::Sampler(sampler) => Some(Self::Sampler((*sampler).clone())),
            // Nothing else is in any layout.
            _ => None,
        }
    }

    fn is(&self, resource: &wgpu::BindingResource<'_>) -> bool {
        match (self, resource) {
            (Self::Uniform(size), wgpu::BindingResource::Buffer(uniform)) => *size == uniform.size,
            (Self::View(view), wgpu::BindingResource::TextureView(other)) => view == *other,
            (Self::Sampler(sampler), wgpu::BindingResource::Sampler(other)) => sampler == *other,
            _ => false,
        }
    }
}

fn arena_buffer(device: &wgpu::Device, size: usize) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("arena"),
        size: size as u64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

/// A bind group of resources at bindings 0, 1, 2 ...
pub(super) fn bind(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    resources: &[wgpu::BindingResource<'_>],
) -> wgpu::BindGroup {
    let entries: Vec<_> = (0..)
        .zip(resources)
        .map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource: resource.clone() })
        .collect();
    device.create_bind_group(&wgpu::BindGroupDescriptor { label: None, layout, entries: &entries })
}

fn entry(binding: u32, ty: BindingType) -> BindGroupLayoutEntry {
    BindGroupLayoutEntry { binding, visibility: ShaderStages::VERTEX_FRAGMENT, ty, count: None }
}

fn uniform(binding: u32, has_dynamic_offset: bool) -> BindGroupLayoutEntry {
    let ty = wgpu::BufferBindingType::Uniform;
    entry(binding, BindingType::Buffer { ty, has_dynamic_offset, min_binding_size: None })
}

fn texture(binding: u32, view_dimension: TextureViewDimension, filterable: bool) -> BindGroupLayoutEntry {
    let sample_type = TextureSampleType::Float { filterable };
    let entry = entry(binding, BindingType::Texture { sample_type, view_dimension, multisampled: false });
    BindGroupLayoutEntry { visibility: ShaderStages::FRAGMENT, ..entry }
}

fn flat(binding: u32, filterable: bool) -> BindGroupLayoutEntry {
    texture(binding, TextureViewDimension::D2, filterable)
}

/// A texture that the vertex stage reads by texel.
fn fetched(binding: u32) -> BindGroupLayoutEntry {
    BindGroupLayoutEntry { visibility: ShaderStages::VERTEX, ..flat(binding, false) }
}

fn depth(binding: u32) -> BindGroupLayoutEntry {
    let sample_type = TextureSampleType::Depth;
    let view_dimension = TextureViewDimension::D2;
    let entry = entry(binding, BindingType::Texture { sample_type, view_dimension, multisampled: false });
    BindGroupLayoutEntry { visibility: ShaderStages::FRAGMENT, ..entry }
}

fn comparison(binding: u32) -> BindGroupLayoutEntry {
    let entry = entry(binding, BindingType::Sampler(wgpu::SamplerBindingType::Comparison));
    BindGroupLayoutEntry { visibility: ShaderStages::FRAGMENT, ..entry }
}

fn cube(binding: u32) -> BindGroupLayoutEntry {
    texture(binding, TextureViewDimension::Cube, true)
}

fn sampler(binding: u32) -> BindGroupLayoutEntry {
    let entry = entry(binding, BindingType::Sampler(wgpu::SamplerBindingType::Filtering));
    BindGroupLayoutEntry { visibility: ShaderStages::FRAGMENT, ..entry }
}
