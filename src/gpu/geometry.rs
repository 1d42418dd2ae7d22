//! Shapes on the card: one vertex format for everything, so that materials need few pipelines.

use crate::{
    gpu::Error,
    model::{Mesh, Primitive, Topology},
};
use bytemuck::{Pod, Zeroable};
use wgpu::util::DeviceExt as _;

/// `Vertex` of `surface.wgsl`. Streams a file lacks are filled: tangents with 0, colours with white.
#[repr(C)]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct Vertex {
    /// Metres, in the node's space.
    pub position: [f32; 3],
    /// Unit length as signed 16-bit parts; all 0 for points and lines without normals.
    pub normal: [i16; 4],
    /// Unit length; the last part is the bitangent's sign, 0 without tangents.
    pub tangent: [i16; 4],
    /// First coordinate set.
    pub uv_0: [f32; 2],
    /// Second coordinate set.
    pub uv_1: [f32; 2],
    /// Linear, straight alpha, as unsigned 16-bit parts.
    pub color: [u16; 4],
}

impl Vertex {
    /// How shaders read it.
    pub const ATTRIBUTES: [wgpu::VertexAttribute; 6] = wgpu::vertex_attr_array![
        0 => Float32x3, 1 => Snorm16x4, 2 => Snorm16x4, 3 => Float32x2, 4 => Float32x2, 5 => Unorm16x4
    ];
}

/// All shapes of a model, in two buffers.
pub(super) struct Geometry {
    pub vertices: wgpu::Buffer,
    pub indices: wgpu::Buffer,
    meshes: Vec<Vec<Stretch>>,
}

/// Where one primitive lies in the buffers.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub vertex_offset: u64,
    pub index_offset: u64,
    pub index_format: wgpu::IndexFormat,
    pub index_count: u32,
    pub topology: Topology,
}

impl Geometry {
    pub fn new(device: &wgpu::Device, meshes: &[Mesh]) -> Result<Self, Error> {
        let mut vertices: Vec<u8> = Vec::new();
        let mut indices: Vec<u8> = Vec::new();
        let largest = device.limits().max_buffer_size;
        let mut stretches = Vec::with_capacity(meshes.len());
        for mesh in meshes {
            let mut of_mesh = Vec::with_capacity(mesh.primitives.len());
            for primitive in &mesh.primitives {
                of_mesh.push(append(primitive, &mut vertices, &mut indices));
                if vertices.len().max(indices.len()) as u64 > largest {
                    return Err(too_large(largest));
                }
            }
            stretches.push(of_mesh);
        }
        let buffer = |label, contents: &mut Vec<u8>, usage| {
            contents.resize(contents.len().max(16), 0);
            device.create_buffer_init(&wgpu::util::BufferInitDescriptor { label: Some(label), contents, usage })
        };
        Ok(Self {
            vertices: buffer("vertices", &mut vertices, wgpu::BufferUsages::VERTEX),
            indices: buffer("indices", &mut indices, wgpu::BufferUsages::INDEX),
            meshes: stretches,
        })
    }

    pub fn stretch(&self, mesh: usize, primitive: usize) -> Option<Stretch> {
        self.meshes.get(mesh)?.get(primitive).copied().filter(|stretch| stretch.index_count > 0)
    }

    pub fn bytes(&self) -> u64 {
        self.vertices.size() + self.indices.size()
    }
}

impl Stretch {
    /// Draws so many copies; everything else must be set. The vertex stage counts vertices from the stretch's own first.
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>, geometry: &Geometry, copies: u32) {
        pass.set_vertex_buffer(0, geometry.vertices.slice(self.vertex_offset..));
        pass.set_index_buffer(geometry.indices.slice(self.index_offset..), self.index_format);
        pass.draw_indexed(0..self.index_count, 0, 0..copies);
    }
}

pub(super) fn too_large(largest: u64) -> Error {
    Error::new(
        "model-too-large",
        format!(
            "The model's geometry needs more than the {} MB this graphics card takes in one buffer. Reduce its \
             number of vertices.",
            largest / 1_000_000
        ),
    )
}

fn append(primitive: &Primitive, vertices: &mut Vec<u8>, indices: &mut Vec<u8>) -> Stretch {
    let (vertex_offset, index_offset) = (vertices.len() as u64, indices.len() as u64);
    for index in 0..primitive.positions.len() {
        vertices.extend_from_slice(bytemuck::bytes_of(&vertex(primitive, index)));
    }
    // WebGL2 reads the largest index as "start anew", so it must stay unused.
    let is_small = primitive.positions.len() < usize::from(u16::MAX);
    if is_small {
        indices.extend(primitive.indices.iter().flat_map(|&index| (index as u16).to_le_bytes()));
        indices.resize(indices.len().next_multiple_of(4), 0);
    } else {
        indices.extend_from_slice(bytemuck::cast_slice(&primitive.indices));
    }
    Stretch {
        vertex_offset,
        index_offset,
        index_format: if is_small { wgpu::IndexFormat::Uint16 } else { wgpu::IndexFormat::Uint32 },
        index_count: primitive.indices.len() as u32,
        topology: primitive.topology,
    }
}

fn vertex(primitive: &Primitive, index: usize) -> Vertex {
    let part = |value: f32| (value.clamp(-1.0, 1.0) * 32767.0).round() as i16;
    let share = |value: f32| (value.clamp(0.0, 1.0) * 65535.0).round() as u16;
    let normal = primitive.normals.get(index).copied().unwrap_or_default();
    let tangent = primitive.tangents.get(index).copied().unwrap_or_default();
    let uv = |set: &[crate::math::Vec2]| set.get(index).copied().unwrap_or_default().to_array();
    let [uv_0, uv_1] = &primitive.uvs;
    Vertex {
        position: primitive.positions.get(index).copied().unwrap_or_default().to_array(),
        normal: normal.extend(0.0).to_array().map(part),
        tangent: tangent.to_array().map(part),
        uv_0: uv(uv_0),
        uv_1: uv(uv_1),
        color: primitive.colors.get(index).map_or([u16::MAX; 4], |color| color.to_array().map(share)),
    }
}
