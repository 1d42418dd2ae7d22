//! What is to be seen now: items, camera and light; [`Scene::frame`] turns them into a plain draw list.

mod collect;
mod curve;
pub mod frame;
mod framing;
mod item;
mod lamps;
mod layers;
mod orbit;
mod pick;
mod player;
mod pose;
mod spring;

pub use framing::framing_distance;
pub use item::{Item, Part};
pub use orbit::{Limits, Orbit, OrbitCamera};
pub use pick::Hit;
pub use player::{Beat, Player, Repeat};
pub use pose::{NodePose, Pose};
pub use spring::Spring;

use crate::math::{Affine3A, Vec2, Vec3};
use crate::model::Model;
use crate::shelf::Shelf;
use collect::collect;
use frame::{Background, Frame, Ground, Light, ModelId, Occlusion, Rest, Reticle, Shadow, Sky, ToneMapping, View};
use layers::{Footprint, Layered};

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
    /// How blurred the surroundings are drawn: 0 sharp .. 1 nothing but colours.
    pub sky_blur: f32,
    /// How high over the floor they were taken, in metres; 0 draws them infinitely far.
    pub sky_height: f32,
    /// 0 no shadow .. 1 black.
    pub shadow_intensity: f32,
    /// 0 crisp .. 1 very soft.
    pub shadow_softness: f32,
    /// Items hide light from themselves and throw some onto themselves.
    pub occlusion: bool,
    /// Veils that reach into each other are found, to be sorted at every pixel; otherwise whole parts are sorted.
    pub crossing: bool,
}

/// Memory that making a frame needs for the moment, kept for the next one.
#[derive(Debug, Default)]
pub struct Scratch {
    layered: Vec<Layered>,
    footprints: Vec<Footprint>,
    veils: Vec<usize>,
    /// The skins of one item, with the number of their first joint.
    skins: Vec<(usize, u32)>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            exposure: 1.0,
            tone_mapping: ToneMapping::Neutral,
            light: Light::default(),
            background: Background::Transparent,
            sky_blur: 0.0,
            sky_height: 0.0,
            shadow_intensity: 0.0,
            shadow_softness: 1.0,
            occlusion: false,
            crossing: true,
        }
    }
}

impl Scene {
    /// The draw list for these views. The same scene gives the same list, to the letter.
    pub fn frame(&self, models: &Shelf<ModelId, Model>, views: &[View]) -> Frame {
        let mut frame = Frame::default();
        self.frame_into(models, views, &mut frame, &mut Scratch::default());
        frame
    }

    /// The same in place of another frame, whose memory is used again: drawn over and over, it needs no more.
    pub fn frame_into(&self, models: &Shelf<ModelId, Model>, views: &[View], frame: &mut Frame, scratch: &mut Scratch) {
        frame.clear();
        frame.views.extend_from_slice(views);
        frame.light = self.look.light;
        frame.exposure = self.look.exposure;
        frame.tone_mapping = self.look.tone_mapping;
        frame.background = self.look.background;
        frame.sky = Sky { blur: self.look.sky_blur, ground: self.ground() };
        frame.reticle = self.reticle;
        frame.shadows.extend(self.items.iter().filter_map(|item| self.shadow_of(item)));
        frame.occlusions.extend(self.items.iter().filter_map(|item| self.occlusion_of(item)));
        for item in self.items.iter().filter(|item| item.visible) {
            if let Some(model) = models.get(item.model) {
                collect(item, model, frame, scratch);
                lamps::collect(item, model, &mut frame.lamps);
                frame.bounds = frame.bounds.union(item.bounds.transformed(item.world_from_item));
                if frame.background == Background::Room {
                    frame.rests.extend(rest_of(item));
                }
            }
        }
        layers::sort(scratch, views.first(), self.look, &mut frame.layers);
        lamps::strongest_first(&mut frame.lamps, frame.bounds.center());
        frame.blended.extend(scratch.layered.drain(..).map(|part| part.draw));
    }

    /// The floor the surroundings lie on: the lowest point of the products.
    fn ground(&self) -> Option<Ground> {
        let height = self.look.sky_height;
        let shown = || self.items.iter().filter(|item| item.visible && !item.bounds.is_empty());
        let floor_y =
            shown().map(|item| item.world_from_item.translation.y + item.bounds.min.y).reduce(f32::min).unwrap_or(0.0);
        let largest = shown().map(|item| item.bounds.size().length()).fold(0.0, f32::max);
        // The ground ends where a few degrees of the picture are left; a large product stands well inside.
        let radius = (height * 10.0).max(largest * 4.0);
        (height > 0.0).then_some(Ground { floor: Vec3::new(0.0, floor_y, 0.0), height, radius })
    }

    /// None for what is not seen or has no shape.
    fn occlusion_of(&self, item: &Item) -> Option<Occlusion> {
        let is_wanted = self.look.occlusion && item.visible && !item.bounds.is_empty();
        is_wanted.then(|| Occlusion {
            item: item.number,
            world_from_item: item.world_from_item,
            bounds: item.bounds,
            version: shadow_version(item, 0.0),
        })
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
            lean: Vec2::ZERO,
            intensity,
            softness: self.look.shadow_softness,
            version: shadow_version(item, self.look.shadow_softness),
        })
    }
}

/// How far around an item the surface it rests on is seen beside it, in metres.
const REST_MARGIN_M: f32 = 0.5;

/// What an item in a room touches: the floor with its foot, or the wall with its back.
fn rest_of(item: &Item) -> Option<Rest> {
    let (center, size) = (item.bounds.center(), item.bounds.size());
    let (place, normal) = if item.grounded {
        (Vec3::new(center.x, item.bounds.min.y, center.z), Vec3::Y)
    } else {
        (Vec3::new(center.x, center.y, item.bounds.min.z), Vec3::Z)
    };
    let normal = item.world_from_item.transform_vector3(normal).try_normalize()?;
    let place = item.world_from_item.transform_point3(place);
    Some(Rest { place, normal, radius: size.length() * 0.5 + REST_MARGIN_M }).filter(|_| !item.bounds.is_empty())
}

/// Changes when the shape seen from the floor does. The place does not matter: the shadow moves with its item.
fn shadow_version(item: &Item, softness: f32) -> u64 {
    let look = item.variant.map_or(0, |variant| variant as u64 + 1);
    let shape = u64::from(item.model.0) << 40 | (look & 0xff) << 32 | u64::from(softness.to_bits());
    // Spread over all bits, so that a change of the pose never looks like a change of something else.
    shape ^ u64::from(item.pose_version).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
