//! One product at one place: its parts laid out flat, each following its node's place in the pose.

use super::frame::ModelId;
use super::pose::Pose;
use crate::math::{Aabb, Affine3A, Vec3};
use crate::model::{Model, Primitive, deformed_positions};
use std::rc::Rc;

/// One product at one place. A copy shares what the product is and how it stands, until one of both changes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Names it for as long as it is in the scene.
    pub number: u32,
    /// Which model.
    pub model: ModelId,
    /// The model's bounds in its own space: at rest without parts that the file hides, or as last measured.
    pub bounds: Aabb,
    /// Its place; no scale but 1 in the room.
    pub world_from_item: Affine3A,
    /// Index of the chosen look.
    pub variant: Option<usize>,
    /// It is drawn at all.
    pub visible: bool,
    /// It stands on something that takes a shadow.
    pub grounded: bool,
    /// 0 whole .. 1 nothing of it: what lies behind the page shines through.
    pub faded: f32,
    /// What copies share.
    body: Rc<Body>,
    /// Changes whenever the pose or what is hidden does.
    pub(super) pose_version: u32,
}

/// What an item consists of, and how it stands.
#[derive(Clone, Debug, PartialEq)]
struct Body {
    /// Every primitive of the model's shown scene.
    parts: Vec<Part>,
    /// How it stands.
    pose: Pose,
    /// By node of the model: what follows from the pose.
    nodes: Vec<Placed>,
    /// The nodes, parents first, those of the shown scene before all others.
    order: Vec<Step>,
}

/// One primitive of one node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Index into the model's nodes.
    pub node: usize,
    /// Index into the model's meshes.
    pub mesh: usize,
    /// Index into the mesh's primitives.
    pub primitive: usize,
    /// The box around it as last measured, in its node's space; of a skinned part, in the product's space.
    pub bounds: Aabb,
    /// Which of the node's copies these are: the first one's number and how many. `None` for a part that is drawn once.
    pub instances: Option<[u32; 2]>,
    /// These copies turn left into right.
    pub mirrored: bool,
}

/// Where a node is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Placed {
    item_from_node: Affine3A,
    /// Its place in its parent where the file has a matrix; else the pose says it.
    fixed: Option<Affine3A>,
    /// The page hides it and its children.
    is_hidden: bool,
    /// It is drawn, and so is everything above it.
    is_shown: bool,
}

/// "This node comes now."
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    node: usize,
    parent: Option<usize>,
    is_in_scene: bool,
}

impl Item {
    /// A product at the origin, at rest, in its own look.
    pub fn new(number: u32, id: ModelId, model: &Model) -> Self {
        let placed = |fixed| Placed { item_from_node: Affine3A::IDENTITY, fixed, is_hidden: false, is_shown: false };
        let fixed = |node: &crate::model::Node| node.rest.is_none().then_some(node.parent_from_node);
        let mut item = Self {
            number,
            model: id,
            bounds: Aabb::EMPTY,
            world_from_item: Affine3A::IDENTITY,
            variant: None,
            visible: true,
            grounded: true,
            faded: 0.0,
            body: Rc::new(Body {
                parts: Vec::new(),
                pose: Pose::rest(model),
                nodes: model.nodes.iter().map(|node| placed(fixed(node))).collect(),
                order: Vec::new(),
            }),
            pose_version: 0,
        };
        item.show_scene(model);
        item
    }

    /// Takes the parts of the model's shown scene, which is another one now. How it stands and what is hidden stays.
    pub fn show_scene(&mut self, model: &Model) {
        self.change(|body| {
            body.order = order_of(model);
            body.parts.clear();
        });
        self.settle();
        self.bounds = Aabb::EMPTY;
        self.add_parts(model);
    }

    /// Every primitive of the model's shown scene.
    pub fn parts(&self) -> &[Part] {
        &self.body.parts
    }

    /// How it stands.
    pub fn pose(&self) -> &Pose {
        &self.body.pose
    }

    /// Changes how it stands.
    pub fn set_pose(&mut self, change: impl FnOnce(&mut Pose)) {
        self.change(|body| change(&mut body.pose));
        self.settle();
    }

    /// Shows or hides a node and its children. A node that the file or an animation hides stays hidden.
    pub fn set_node_visible(&mut self, node: usize, is_visible: bool) {
        self.change(|body| {
            if let Some(node) = body.nodes.get_mut(node) {
                node.is_hidden = !is_visible;
            }
        });
        self.settle();
    }

    /// A node is drawn: neither it nor anything above it is hidden.
    pub fn is_node_shown(&self, node: usize) -> bool {
        self.body.nodes.get(node).is_some_and(|node| node.is_shown)
    }

    /// A node's place in the product.
    pub fn item_from_node(&self, node: usize) -> Affine3A {
        self.body.nodes.get(node).map_or(Affine3A::IDENTITY, |node| node.item_from_node)
    }

    /// Where the joints of a node's skin carry its mesh, `item_from_mesh`; none for a node without a skin.
    pub fn joints_of(&self, model: &Model, node: usize) -> impl Iterator<Item = Affine3A> {
        let skin = model.nodes.get(node).and_then(|node| model.skins.get(node.skin?));
        let joints = skin.into_iter().flat_map(|skin| &skin.joints);
        joints.map(|joint| self.item_from_node(joint.node) * joint.joint_from_mesh)
    }

    /// The places at which a part is drawn, in the product: one, or one for each of its copies. [`Self::positions_of`]
    /// are to be carried by each of them.
    pub fn places_of(&self, model: &Model, part: &Part) -> Vec<Affine3A> {
        let Some(node) = model.nodes.get(part.node) else { return Vec::new() };
        let place = if is_skinned(model, part) { Affine3A::IDENTITY } else { self.item_from_node(part.node) };
        let Some([first, count]) = part.instances else { return vec![place] };
        let copies = node.instances.iter().skip(first as usize).take(count as usize);
        copies.map(|&instance| place * instance).collect()
    }

    /// The positions of a part's vertices as morph targets and joints leave them.
    pub fn positions_of(&self, model: &Model, part: &Part) -> Vec<Vec3> {
        let Some(primitive) = primitive_of(model, part) else { return Vec::new() };
        let is_skinned = is_skinned(model, part);
        let joints: Vec<Affine3A> = self.joints_of(model, part.node).filter(|_| is_skinned).collect();
        deformed_positions(primitive, self.body.pose.weights_of(part.node), &joints).collect()
    }

    /// Measures what is shown now, in the pose that it has now.
    pub fn measure_shown(&mut self, model: &Model) {
        self.bounds = Aabb::EMPTY;
        let mut parts = Vec::new();
        self.change(|body| parts = std::mem::take(&mut body.parts));
        parts.iter_mut().for_each(|part| self.measure(model, part));
        self.change(|body| body.parts = parts);
    }

    /// Changes the body; one that copies share is copied first.
    fn change(&mut self, change: impl FnOnce(&mut Body)) {
        if Rc::get_mut(&mut self.body).is_none() {
            self.body = copied(&self.body);
        }
        if let Some(body) = Rc::get_mut(&mut self.body) {
            change(body);
        }
    }

    /// Brings every node to where the pose has it.
    fn settle(&mut self) {
        self.change(|Body { pose, nodes, order, .. }| {
            for step in order.iter() {
                let above = step.parent.and_then(|parent| nodes.get(parent)).copied();
                let (Some(node), Some(pose)) = (nodes.get_mut(step.node), pose.nodes.get(step.node)) else {
                    continue;
                };
                let parent_from_node = node.fixed.unwrap_or_else(|| pose.place.to_affine());
                let (item_from_parent, is_above_shown) = above
                    .map_or((Affine3A::IDENTITY, step.is_in_scene), |above| (above.item_from_node, above.is_shown));
                node.item_from_node = item_from_parent * parent_from_node;
                node.is_shown = is_above_shown && pose.visible && !node.is_hidden;
            }
        });
        self.pose_version = self.pose_version.wrapping_add(1);
    }

    fn add_parts(&mut self, model: &Model) {
        let steps: Vec<Step> = self.body.order.iter().filter(|step| step.is_in_scene).copied().collect();
        for Step { node: index, .. } in steps {
            let Some(node) = model.nodes.get(index) else { continue };
            let Some((mesh, shape)) = node.mesh.and_then(|mesh| Some((mesh, model.meshes.get(mesh)?))) else {
                continue;
            };
            for primitive in 0..shape.primitives.len() {
                for (instances, mirrored) in copies_of(&node.instances).into_iter().flatten() {
                    let mut part = Part { node: index, mesh, primitive, bounds: Aabb::EMPTY, instances, mirrored };
                    self.measure(model, &mut part);
                    self.change(|body| body.parts.push(part));
                }
            }
        }
    }

    /// Finds the box around the part, and makes room for it in the bounds.
    fn measure(&mut self, model: &Model, part: &mut Part) {
        let points = self.positions_of(model, part);
        let bounds = Aabb::around(points.iter().copied());
        part.bounds = bounds;
        if !self.is_node_shown(part.node) {
            return;
        }
        let places = self.places_of(model, part);
        // Very many copies are measured by their boxes, which are a little too large.
        let is_few = points.len().saturating_mul(places.len()) <= 1 << 21;
        for place in places {
            let seen = match is_few {
                true => Aabb::around(points.iter().map(|&point| place.transform_point3(point))),
                false => bounds.transformed(place),
            };
            self.bounds = self.bounds.union(seen);
        }
    }
}

#[inline(never)] // in the browser it comes later than the rest: on the page nothing is copied
fn copied(body: &Body) -> Rc<Body> {
    Rc::new(body.clone())
}

/// Joints carry it: its node has a skin and its vertices hang on joints.
pub(super) fn is_skinned(model: &Model, part: &Part) -> bool {
    let has_skin = model.nodes.get(part.node).is_some_and(|node| node.skin.is_some());
    has_skin && primitive_of(model, part).is_some_and(|primitive| !primitive.joint_sets.is_empty())
}

pub(super) fn primitive_of<'a>(model: &'a Model, part: &Part) -> Option<&'a Primitive> {
    model.meshes.get(part.mesh)?.primitives.get(part.primitive)
}

/// The copies of a node in groups that one draw can show, each with whether it mirrors.
fn copies_of(instances: &[Affine3A]) -> [Option<(Option<[u32; 2]>, bool)>; 2] {
    let upright = instances.partition_point(|instance| instance.matrix3.determinant() >= 0.0) as u32;
    let mirrored = instances.len() as u32 - upright;
    match (upright, mirrored) {
        (0, 0) => [Some((None, false)), None],
        _ => [
            (upright > 0).then_some((Some([0, upright]), false)),
            (mirrored > 0).then_some((Some([upright, mirrored]), true)),
        ],
    }
}

/// All nodes, parents first: those of the shown scene as [`Model::walk`] visits them, then the others, on which joints
/// may hang.
fn order_of(model: &Model) -> Vec<Step> {
    let mut has_parent = vec![false; model.nodes.len()];
    for &child in model.nodes.iter().flat_map(|node| &node.children) {
        if let Some(flag) = has_parent.get_mut(child) {
            *flag = true;
        }
    }
    let others = (0..model.nodes.len()).filter(|root| !has_parent.get(*root).is_some_and(|flag| *flag));
    let others = others.filter(|root| !model.roots.contains(root)).map(|root| (root, false));
    let tops: Vec<(usize, bool)> = model.roots.iter().map(|&root| (root, true)).chain(others).collect();
    let mut order = Vec::with_capacity(model.nodes.len());
    let step = |node, parent, is_in_scene| Step { node, parent, is_in_scene };
    let mut open: Vec<Step> = tops.into_iter().rev().map(|(root, is_in_scene)| step(root, None, is_in_scene)).collect();
    while let Some(next) = open.pop() {
        let Some(node) = model.nodes.get(next.node) else { continue };
        order.push(next);
        open.extend(node.children.iter().rev().map(|&child| step(child, Some(next.node), next.is_in_scene)));
    }
    order
}
