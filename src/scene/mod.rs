//! What is to be seen now: items, camera and light; [`Scene::frame`] turns them into a plain draw list.

pub mod frame;
mod framing;
mod orbit;
mod spring;

pub use framing::framing_distance;
pub use orbit::{Limits, Orbit, OrbitCamera};
pub use spring::Spring;

use crate::math::{Aabb, Affine3A, Vec2, Vec3};
use crate::model::{AlphaMode, Model};
use frame::{Background, Draw, Frame, Light, ModelId, Reticle, Shadow, ToneMapping, View};
use std::collections::BTreeMap;

/// Everything that decides the picture, except from where it is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The products, each at its place.
    pub items: Vec<Item>,
    /// Light and tone.
    pub look: Look,
    /// Where a tap would place an item.
    pub reticle: Option<Reticle>,
}

/// One product at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Names it for as long as it is in the scene.
    pub number: u32,
    /// Which model.
    pub model: ModelId,
    /// The model's bounds in its own space.
    pub bounds: Aabb,
    /// Its place; no scale but 1 in the room.
    pub world_from_item: Affine3A,
    /// Index of the chosen look.
    pub variant: Option<usize>,
    /// Parts of it are drawn at all.
    pub visible: bool,
    /// Stands on something that takes a shadow.
    pub grounded: bool,
}

/// Light and tone of the whole picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Multiplies all light; 1 leaves it.
    pub exposure: f32,
    /// From linear light to the screen.
    pub tone_mapping: ToneMapping,
    /// The light from all around.
    pub light: Light,
    /// Behind everything.
    pub background: Background,
    /// 0 no shadow .. 1 black.
    pub shadow_intensity: f32,
    /// 0 crisp .. 1 very soft.
    pub shadow_softness: f32,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            exposure: 1.0,
            tone_mapping: ToneMapping::Neutral,
            light: Light { rotation_rad: 0.0, intensity: 1.0 },
            background: Background::Transparent,
            shadow_intensity: 0.0,
            shadow_softness: 1.0,
        }
    }
}

impl Scene {
    /// The draw list for these views. The same scene gives the same list, to the letter.
    pub fn frame(&self, models: &BTreeMap<ModelId, Model>, views: &[View]) -> Frame {
        let mut opaque = Vec::new();
        let mut blended = Vec::new();
        for item in self.items.iter().filter(|item| item.visible) {
            if let Some(model) = models.get(&item.model) {
                collect(item, model, &mut opaque, &mut blended);
            }
        }
        if let Some(view) = views.first() {
            sort_far_first(&mut blended, models, view.world_from_view.translation.into());
        }
        Frame {
            views: views.to_vec(),
            light: self.look.light,
            exposure: self.look.exposure,
            tone_mapping: self.look.tone_mapping,
            background: self.look.background,
            shadows: self.items.iter().filter_map(|item| self.shadow_of(item)).collect(),
            opaque,
            blended,
            reticle: self.reticle,
        }
    }

    /// The soft shadow under one item; none without a floor, an intensity or a shape.
    fn shadow_of(&self, item: &Item) -> Option<Shadow> {
        let intensity = self.look.shadow_intensity;
        if intensity <= 0.0 || !item.visible || !item.grounded || item.bounds.is_empty() {
            return None;
        }
        let size = item.bounds.size();
        let spread = size.max_element().max(0.01);
        let margin = spread * (0.06 + 0.2 * self.look.shadow_softness);
        let foot = Vec3::new(item.bounds.center().x, item.bounds.min.y, item.bounds.center().z);
        Some(Shadow {
            item: item.number,
            world_from_shadow: item.world_from_item * Affine3A::from_translation(foot),
            half_size: Vec2::new(size.x, size.z) * 0.5 + margin,
            reach: size.y.min(spread * 0.5).max(0.005),
            intensity,
            softness: self.look.shadow_softness,
            version: shadow_version(item, self.look.shadow_softness),
        })
    }
}

/// Changes when the shape seen from the floor does. The place does not matter: the shadow moves with its item.
fn shadow_version(item: &Item, softness: f32) -> u64 {
    let look = item.variant.map_or(0, |variant| variant as u64 + 1);
    u64::from(item.model.0) << 40 | (look & 0xff) << 32 | u64::from(softness.to_bits())
}

/// Adds an item's visible primitives to the two lists.
fn collect(item: &Item, model: &Model, opaque: &mut Vec<Draw>, blended: &mut Vec<Draw>) {
    model.walk(|_, node, model_from_node| {
        let Some((index, mesh)) = node.mesh.and_then(|index| Some((index, model.meshes.get(index)?))) else { return };
        for (primitive_index, primitive) in mesh.primitives.iter().enumerate() {
            let material = primitive.material_under(item.variant);
            let draw = Draw {
                model: item.model,
                mesh: index,
                primitive: primitive_index,
                material,
                world_from_node: item.world_from_item * model_from_node,
                item: item.number,
            };
            let alpha_mode = material.and_then(|index| model.materials.get(index)).map(|material| material.alpha_mode);
            match alpha_mode {
                Some(AlphaMode::Blend) => blended.push(draw),
                _ => opaque.push(draw),
            }
        }
    });
}

/// Far ones first, by the middle of each primitive; equal distances keep their order.
fn sort_far_first(draws: &mut [Draw], models: &BTreeMap<ModelId, Model>, eye: Vec3) {
    let distance = |draw: &Draw| {
        let primitive = models
            .get(&draw.model)
            .and_then(|model| model.meshes.get(draw.mesh))
            .and_then(|mesh| mesh.primitives.get(draw.primitive));
        let center = primitive.map_or(Vec3::ZERO, |primitive| Aabb::around(primitive.positions.iter().copied()).center());
        draw.world_from_node.transform_point3(center).distance_squared(eye)
    };
    draws.sort_by_cached_key(|draw| std::cmp::Reverse(FarFirst(distance(draw))));
}

/// Orders distances totally, so that a broken number cannot break the sort.
#[derive(PartialEq)]
struct FarFirst(f32);

impl Eq for FarFirst {}

impl PartialOrd for FarFirst {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FarFirst {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
