//! Models built by code.

use std::f32::consts::{PI, TAU};
use vitrine::{
    math::{Affine3A, Vec2, Vec3, Vec4},
    model::{Image, Material, Mesh, Model, Node, Primitive, Texture},
};

/// A ball of this radius around the origin; u runs around, v from pole to pole.
pub fn ball(radius: f32) -> Primitive {
    const RINGS: u32 = 32;
    const SPOKES: u32 = 64;
    let mut ball = Primitive::default();
    for ring in 0..=RINGS {
        for spoke in 0..=SPOKES {
            let (u, v) = (spoke as f32 / SPOKES as f32, ring as f32 / RINGS as f32);
            let (around, down) = (u * TAU, v * PI);
            let normal = Vec3::new(down.sin() * around.sin(), down.cos(), down.sin() * around.cos());
            ball.positions.push(normal * radius);
            ball.normals.push(normal);
            ball.tangents.push(Vec3::new(around.cos(), 0.0, -around.sin()).extend(1.0));
            ball.uvs[0].push(Vec2::new(u, v));
        }
    }
    let row = SPOKES + 1;
    for ring in 0..RINGS {
        for spoke in 0..SPOKES {
            let a = ring * row + spoke;
            ball.indices.extend([a, a + row, a + 1, a + 1, a + row, a + row + 1]);
        }
    }
    ball
}

/// A square of this half side facing +Z, u to the right, v down.
pub fn card(half: f32) -> Primitive {
    let corners = [[-1.0, 1.0], [-1.0, -1.0], [1.0, 1.0], [1.0, -1.0]];
    Primitive {
        positions: corners.map(|[x, y]| Vec3::new(x * half, y * half, 0.0)).to_vec(),
        normals: vec![Vec3::Z; 4],
        uvs: [corners.map(|[x, y]| Vec2::new(x * 0.5 + 0.5, 0.5 - y * 0.5)).to_vec(), Vec::new()],
        indices: vec![0, 1, 2, 2, 1, 3],
        ..Default::default()
    }
}

/// Adds a part with a material of its own.
pub fn add(model: &mut Model, primitive: Primitive, material: Material, model_from_node: Affine3A) {
    let primitive = Primitive { material: Some(model.materials.len()), ..primitive };
    model.materials.push(material);
    model.roots.push(model.nodes.len());
    model.nodes.push(Node { parent_from_node: model_from_node, mesh: Some(model.meshes.len()), ..Default::default() });
    model.meshes.push(Mesh { name: String::new(), primitives: vec![primitive], weights: Vec::new() });
}

/// One part alone.
pub fn alone(primitive: Primitive, material: Material) -> Model {
    let mut model = Model::default();
    add(&mut model, primitive, material, Affine3A::IDENTITY);
    model
}

/// Adds a texture with an image of its own, to be uploaded by the test; the answer is its index.
pub fn add_texture(model: &mut Model) -> usize {
    model.images.push(Image::default());
    model.textures.push(Texture { image: model.images.len() - 1, ..Default::default() });
    model.textures.len() - 1
}

/// A matt surface of one colour.
pub fn matt(red: f32, green: f32, blue: f32) -> Material {
    Material { base_color: Vec4::new(red, green, blue, 1.0), metallic: 0.0, roughness: 1.0, ..Default::default() }
}
