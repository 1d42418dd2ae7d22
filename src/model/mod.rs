//! A product as plain data: what a file means once its format is gone. Lengths in metres, Y up, colours linear.

mod animated;
mod animation;
mod deform;
mod lamp;
mod lobes;
mod material;
mod mesh;
mod morph;
mod node;
mod panorama;
mod role;
mod skin;
mod surface;
mod texture;
mod variant;

pub use animated::{AnimatedProperty, Property};
pub use animation::{Animation, Channel, Curve, Interpolation, Target};
pub use deform::deformed_positions;
pub use lamp::{Lamp, LampKind};
pub use lobes::{Anisotropy, Clearcoat, DiffuseTransmission, Iridescence, Sheen, Specular, Transmission, Volume};
pub use material::{AlphaMode, MOST_TEXTURES, Material, TextureSlot, UvTransform};
pub use mesh::{Mesh, Primitive, Topology, VariantMaterial};
pub use morph::MorphTarget;
pub use node::{NamedScene, Node, Trs};
pub use panorama::Panorama;
pub use role::Role;
pub use skin::{Joint, JointSet, Skin};
pub use surface::NUMBERS;
pub use texture::{Filter, Image, MipFilter, Sampler, Texture, Wrap};
pub use variant::Variant;

use crate::math::Affine3A;

/// So many lamps light one picture, the sun of the surroundings among them.
pub const MOST_LAMPS: usize = 8;

/// One product. Every index in it points at something that exists: [`crate::import::read`] guarantees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The parts, in file order.
    pub nodes: Vec<Node>,
    /// The nodes at the top of the shown scene.
    pub roots: Vec<usize>,
    /// All scenes of the file; `roots` are the shown one's.
    pub scenes: Vec<NamedScene>,
    /// Index of the scene that the file shows by itself.
    pub default_scene: usize,
    /// Shapes, named by nodes.
    pub meshes: Vec<Mesh>,
    /// Sets of joints, named by nodes.
    pub skins: Vec<Skin>,
    /// Lights of its own, named by nodes.
    pub lamps: Vec<Lamp>,
    /// Motions, in file order.
    pub animations: Vec<Animation>,
    /// What animations move besides nodes.
    pub animated: Vec<AnimatedProperty>,
    /// Surfaces, named by primitives.
    pub materials: Vec<Material>,
    /// Pictures with their sampling, named by materials.
    pub textures: Vec<Texture>,
    /// Encoded pictures, named by textures.
    pub images: Vec<Image>,
    /// The looks a shopper can choose from (KHR_materials_variants).
    pub variants: Vec<Variant>,
    /// Where it belongs in a room, in the file's own word (`extras.vitrine.placement`).
    pub placement: Option<String>,
}

impl Model {
    /// Shows the scene of this name, or the file's own choice where there is none. False when it is shown already.
    pub fn show_scene(&mut self, name: Option<&str>) -> bool {
        let named = self.scenes.iter().find(|scene| Some(scene.name.as_str()) == name);
        let Some(scene) = named.or(self.scenes.get(self.default_scene)) else { return false };
        let is_other = self.roots != scene.roots;
        self.roots.clone_from(&scene.roots);
        is_other
    }

    /// Visits every node of the shown scene, parents first, with its transform. One way for all visitors, as code is downloaded.
    pub fn walk(&self, visit: &mut dyn FnMut(usize, &Node, Affine3A)) {
        let mut open: Vec<(usize, Affine3A)> =
            self.roots.iter().rev().map(|&root| (root, Affine3A::IDENTITY)).collect();
        while let Some((index, model_from_parent)) = open.pop() {
            let Some(node) = self.nodes.get(index) else { continue };
            let model_from_node = model_from_parent * node.parent_from_node;
            visit(index, node, model_from_node);
            open.extend(node.children.iter().rev().map(|&child| (child, model_from_node)));
        }
    }

    /// How many triangles one picture of the shown scene draws when nothing is hidden.
    pub fn triangle_count(&self) -> usize {
        let mut count = 0;
        self.walk(&mut |_, node, _| {
            let Some(mesh) = node.mesh.and_then(|mesh| self.meshes.get(mesh)) else { return };
            let once: usize = mesh.primitives.iter().map(Primitive::triangle_count).sum();
            count += once * node.instances.len().max(1);
        });
        count
    }
}
