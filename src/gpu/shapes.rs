//! What the vertex stage fetches beside vertices, as texels: of a model, once, its joints, morph targets and copies; of
//! a frame, joint matrices and morph weights. Textures, because WebGL2 has neither storage buffers nor uniforms of such
//! sizes; fetched by number, so that all shapes share one vertex format and their pipelines.

use crate::{
    gpu::{Error, geometry::too_large, uniforms},
    math::{Affine3A, Mat4, Vec3},
    model::{Model, Primitive},
    scene::frame::{Draw, Frame},
};
use wgpu::util::DeviceExt as _;

/// Texels in a row; `surface.wgsl` has the same number. Every card has textures of twice the width.
const WIDTH: usize = 1024;
/// Texels of a matrix: its rows.
const MATRIX: u32 = 3;

/// One model's texels.
pub(super) struct Shapes {
    pub view: wgpu::TextureView,
    pub bytes: u64,
    primitives: Vec<Vec<Shape>>,
    /// By node that has copies: the first texel.
    copies: Vec<(usize, u32)>,
}

/// Where one primitive's texels lie: for every vertex its joints and their weights, set by set, then its morph targets.
#[derive(Clone, Copy, Default)]
struct Shape {
    first: u32,
    /// Texels of a vertex.
    size: u32,
    joint_sets: u32,
    /// Texels of a target: positions, then normals, then tangents, as far as any target has them.
    streams: u32,
}

impl Shapes {
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue, model: &Model) -> Result<Self, Error> {
        let most = device.limits().max_texture_dimension_2d as usize * WIDTH;
        let mut texels: Vec<[f32; 4]> = Vec::new();
        let (mut primitives, mut copies) = (Vec::new(), Vec::new());
        let fits = |texels: usize| if texels <= most { Ok(()) } else { Err(too_large(most as u64 * 16)) };
        for mesh in &model.meshes {
            let mut of_mesh = Vec::new();
            for primitive in &mesh.primitives {
                let shape = shape_of(primitive, texels.len());
                fits((shape.size as usize).saturating_mul(primitive.positions.len()).saturating_add(texels.len()))?;
                if shape.size > 0 {
                    (0..primitive.positions.len()).for_each(|vertex| append(primitive, shape, vertex, &mut texels));
                }
                of_mesh.push(shape);
            }
            primitives.push(of_mesh);
        }
        for (index, node) in model.nodes.iter().enumerate().filter(|(_, node)| !node.instances.is_empty()) {
            copies.push((index, texels.len() as u32));
            fits(node.instances.len().saturating_mul(MATRIX as usize).saturating_add(texels.len()))?;
            texels.extend(node.instances.iter().flat_map(|&place| rows(place)));
        }
        let size = fill_rows(&mut texels);
        let texture = device.create_texture_with_data(
            queue,
            &descriptor("shapes", size),
            Default::default(),
            bytemuck::cast_slice(&texels),
        );
        let bytes = texels.len() as u64 * 16;
        Ok(Self { view: texture.create_view(&Default::default()), bytes, primitives, copies })
    }

    /// What the vertex stage is told of a draw; `joints` is how many the frame has.
    pub fn uniform(&self, draw: &Draw, joints: usize) -> uniforms::Draw {
        let shape = self.primitives.get(draw.mesh).and_then(|mesh| mesh.get(draw.primitive)).copied();
        let shape = shape.unwrap_or_default();
        let [first_weight, weight_count] = draw.morph_weights;
        let copies = draw.instances.and_then(|copies| {
            let (_, first) = self.copies.iter().find(|(node, _)| *node == copies.node)?;
            Some(first + copies.first * MATRIX)
        });
        uniforms::Draw {
            world_from_node: Mat4::from(draw.world_from_node).to_cols_array_2d(),
            first_shape: shape.first,
            shape_size: shape.size,
            joint_sets: if draw.first_joint.is_some() { shape.joint_sets } else { 0 },
            first_joint: draw.first_joint.unwrap_or(0) * MATRIX,
            first_target: shape.joint_sets * 2,
            target_size: shape.streams,
            first_weight: joints as u32 * MATRIX + first_weight,
            weight_count: if shape.streams > 0 { weight_count } else { 0 },
            first_copy: copies.unwrap_or(0),
            has_copies: u32::from(copies.is_some()),
            faded: draw.faded,
            padding: 0,
        }
    }
}

/// One frame's texels: joint matrices, then morph weights.
pub(super) struct Poses {
    texture: wgpu::Texture,
    texels: Vec<[f32; 4]>,
    sent: Vec<[f32; 4]>,
}

impl Poses {
    pub fn new(device: &wgpu::Device) -> Self {
        Self { texture: device.create_texture(&descriptor("poses", [1, 1])), texels: Vec::new(), sent: Vec::new() }
    }

    /// Sends what is new. True when the texture is another one, so that bind groups must be new.
    pub fn send(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, frame: &Frame) -> bool {
        self.texels.clear();
        self.texels.extend(frame.joints.iter().flat_map(|&joint| rows(joint)));
        self.texels.extend(frame.morph_weights.iter().map(|morph| [morph.target as f32, morph.weight, 0.0, 0.0]));
        if self.texels.is_empty() || self.texels == self.sent {
            return false;
        }
        self.sent.clone_from(&self.texels);
        let [width, height] = fill_rows(&mut self.texels);
        let has_grown = self.texture.width() < width || self.texture.height() < height;
        if has_grown {
            self.texture = device.create_texture(&descriptor("poses", [width, height]));
        }
        let layout = wgpu::TexelCopyBufferLayout { bytes_per_row: Some(width * 16), ..Default::default() };
        let size = wgpu::Extent3d { width, height, depth_or_array_layers: 1 };
        queue.write_texture(self.texture.as_image_copy(), bytemuck::cast_slice(&self.texels), layout, size);
        has_grown
    }

    pub fn view(&self) -> wgpu::TextureView {
        self.texture.create_view(&Default::default())
    }
}

fn shape_of(primitive: &Primitive, first: usize) -> Shape {
    let has = |stream: fn(&crate::model::MorphTarget) -> &Vec<Vec3>| {
        primitive.targets.iter().any(|target| !stream(target).is_empty())
    };
    let streams = match () {
        () if primitive.targets.is_empty() => 0,
        () if has(|target| &target.tangents) => 3,
        () if has(|target| &target.normals) => 2,
        () => 1,
    };
    let joint_sets = primitive.joint_sets.len() as u32;
    Shape { first: first as u32, size: joint_sets * 2 + primitive.targets.len() as u32 * streams, joint_sets, streams }
}

fn append(primitive: &Primitive, shape: Shape, vertex: usize, texels: &mut Vec<[f32; 4]>) {
    for set in &primitive.joint_sets {
        texels.push(set.joints.get(vertex).copied().unwrap_or_default().map(f32::from));
        texels.push(set.weights.get(vertex).copied().unwrap_or_default().to_array());
    }
    for target in &primitive.targets {
        for stream in [&target.positions, &target.normals, &target.tangents].into_iter().take(shape.streams as usize) {
            texels.push(stream.get(vertex).copied().unwrap_or_default().extend(0.0).to_array());
        }
    }
}

fn rows(matrix: Affine3A) -> [[f32; 4]; 3] {
    let [x, y, z] = [matrix.matrix3.x_axis, matrix.matrix3.y_axis, matrix.matrix3.z_axis];
    let t = matrix.translation;
    [[x.x, y.x, z.x, t.x], [x.y, y.y, z.y, t.y], [x.z, y.z, z.z, t.z]]
}

/// Fills the last row; the answer is the texture's size.
fn fill_rows(texels: &mut Vec<[f32; 4]>) -> [u32; 2] {
    let width = if texels.len() <= 1 { 1 } else { WIDTH };
    texels.resize(texels.len().next_multiple_of(width).max(1), [0.0; 4]);
    [width as u32, (texels.len() / width) as u32]
}

fn descriptor(label: &'static str, [width, height]: [u32; 2]) -> wgpu::TextureDescriptor<'static> {
    wgpu::TextureDescriptor {
        label: Some(label),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba32Float,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    }
}
