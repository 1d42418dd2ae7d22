//! A product as plain data: what a file means once its format is gone. Lengths in metres, Y up, colours linear.

mod material;
mod mesh;
mod node;
mod panorama;
mod texture;
mod variant;

pub use material::{AlphaMode, Material, TextureSlot, UvTransform};
pub use mesh::{Mesh, Primitive, Topology, VariantMaterial};
pub use node::Node;
pub use panorama::Panorama;
pub use texture::{Filter, Image, MipFilter, Sampler, Texture, Wrap};
pub use variant::Variant;

use crate::math::{Aabb, Affine3A};

/// One product. Every index in it points at something that exists: [`crate::import::read`] guarantees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The parts, in file order.
    pub nodes: Vec<Node>,
    /// The nodes at the top of the shown scene.
    pub roots: Vec<usize>,
    /// Shapes, named by nodes.
    pub meshes: Vec<Mesh>,
    /// Surfaces, named by primitives.
    pub materials: Vec<Material>,
    /// Pictures with their sampling, named by materials.
    pub textures: Vec<Texture>,
    /// Encoded pictures, named by textures.
    pub images: Vec<Image>,
    /// The looks a shopper can choose from (KHR_materials_variants).
    pub variants: Vec<Variant>,
}

impl Model {
    /// Visits every node of the shown scene, parents first, with its transform.
    pub fn walk(&self, mut visit: impl FnMut(usize, &Node, Affine3A)) {
        let mut open: Vec<(usize, Affine3A)> =
            self.roots.iter().rev().map(|&root| (root, Affine3A::IDENTITY)).collect();
        while let Some((index, model_from_parent)) = open.pop() {
            let Some(node) = self.nodes.get(index) else { continue };
            let model_from_node = model_from_parent * node.parent_from_node;
            visit(index, node, model_from_node);
            open.extend(node.children.iter().rev().map(|&child| (child, model_from_node)));
        }
    }

    /// The box around the shown scene, in the model's own space; empty when nothing is shown.
    pub fn bounds(&self) -> Aabb {
        let mut bounds = Aabb::EMPTY;
        self.walk(|_, node, model_from_node| {
            let Some(mesh) = node.mesh.and_then(|mesh| self.meshes.get(mesh)) else { return };
            for primitive in &mesh.primitives {
                bounds = bounds.union(Aabb::around(
                    primitive.positions.iter().map(|&point| model_from_node.transform_point3(point)),
                ));
            }
        });
        bounds
    }

    /// How many triangles one picture of the shown scene draws.
    pub fn triangle_count(&self) -> usize {
        let mut count = 0;
        self.walk(|_, node, _| {
            let Some(mesh) = node.mesh.and_then(|mesh| self.meshes.get(mesh)) else { return };
            count += mesh.primitives.iter().map(Primitive::triangle_count).sum::<usize>();
        });
        count
    }
}
