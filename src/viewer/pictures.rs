//! The pictures of a product on their way to the card: which come first, how large they may be, and when the product
//! can be seen.
//!
//! A product is shown before its last picture: without normal map, roughness and occlusion it is matt and smooth, but it
//! has its colours and its shape. Without any other picture it would be white, black or glow, so it waits for these.

use crate::import;
use crate::model::{Image, Material, Model, Role};
use crate::scene::frame::ModelId;

/// What the card has for pictures.
#[derive(Clone, Copy, Debug)]
pub struct PictureRoom {
    /// Pixels; no picture may have a longer side.
    pub longest_side: u32,
    /// For all pictures of a product together, smaller levels included.
    pub bytes: f32,
}

impl Default for PictureRoom {
    fn default() -> Self {
        Self { longest_side: u32::MAX, bytes: f32::INFINITY }
    }
}

/// Pictures that are not on the card yet.
#[derive(Debug)]
pub struct Pictures {
    /// Whose.
    pub model: ModelId,
    /// Pixels; longer sides are shrunk to it.
    pub longest_side: u32,
    /// By image: without those marked true the product is not shown.
    waiting: Vec<(usize, bool)>,
    total: usize,
    is_shown: bool,
}

impl Pictures {
    /// A picture is no longer waited for. False when it was not.
    pub fn is_ready(&mut self, image: usize) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|(other, _)| *other != image);
        self.waiting.len() < before
    }

    /// 0..1.
    pub fn share(&self) -> f64 {
        1.0 - self.waiting.len() as f64 / self.total.max(1) as f64
    }

    /// The model, once, when it can be shown.
    pub fn take_shown(&mut self) -> Option<ModelId> {
        let is_new = !self.is_shown && self.waiting.iter().all(|(_, is_needed)| !is_needed);
        self.is_shown |= is_new;
        is_new.then_some(self.model)
    }

    /// The model was given out to be shown.
    pub fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// Nothing is waited for.
    pub fn are_done(&self) -> bool {
        self.waiting.is_empty()
    }
}

/// How a model's pictures go to the card.
pub struct Plan {
    /// All of them.
    pub pictures: Pictures,
    /// Those whose bytes are here: what the product waits for first, and small ones before large ones.
    pub order: Vec<usize>,
    /// What the shop's developer should know.
    pub warning: Option<String>,
}

/// Plans for a model; `late` are images whose bytes are still on their way.
pub fn plan(model_id: ModelId, model: &Model, late: &[usize], room: PictureRoom) -> Plan {
    let is_here = |index: usize| model.images.get(index).is_some_and(|image| !image.bytes.is_empty());
    let all = (0..model.images.len()).filter(|index| is_here(*index) || late.contains(index));
    let waiting: Vec<(usize, bool)> = all.map(|image| (image, is_needed(model, image))).collect();
    let mut order: Vec<usize> = waiting.iter().map(|(image, _)| *image).filter(|image| is_here(*image)).collect();
    let bytes = |index: usize| model.images.get(index).map_or(0, |image| image.bytes.len());
    order.sort_by_key(|&image| (!waiting.contains(&(image, true)), bytes(image)));
    let (longest_side, warning) = fit(&model.images, room);
    let total = waiting.len();
    let pictures = Pictures { model: model_id, longest_side, waiting, total, is_shown: false };
    Plan { pictures, order, warning }
}

/// True for all but what a plain stand-in replaces well.
fn is_needed(model: &Model, image: usize) -> bool {
    let shows = |slot: &crate::model::TextureSlot| {
        model.textures.get(slot.texture).is_some_and(|texture| texture.image == image)
    };
    let refines = |material: &Material| {
        [Role::Normal, Role::MetallicRoughness, Role::Occlusion].map(|role| material.texture(role))
    };
    // Counted, because one picture may be in slots of both kinds.
    let count = |material: &Material| {
        let all = material.texture_slots().filter(shows).count();
        all.saturating_sub(refines(material).iter().flatten().filter(|slot| shows(slot)).count())
    };
    model.materials.iter().any(|material| count(material) > 0)
}

/// The longest side with which all pictures fit into the card's room.
fn fit(images: &[Image], room: PictureRoom) -> (u32, Option<String>) {
    let sizes: Vec<([u32; 2], f32)> = images.iter().filter_map(|image| import::picture_size(&image.bytes)).collect();
    let needed = |longest: u32| -> f32 {
        let bytes = |&([width, height], texel): &([u32; 2], f32)| {
            let shrink = (longest as f32 / width.max(height) as f32).min(1.0);
            width as f32 * height as f32 * shrink * shrink * texel * 4.0 / 3.0
        };
        sizes.iter().map(bytes).sum()
    };
    let largest = sizes.iter().map(|([width, height], _)| *width.max(height)).max().unwrap_or(0);
    let mut longest = room.longest_side.min(largest.max(256));
    while longest > 256 && needed(longest) > room.bytes {
        longest /= 2;
    }
    if longest >= largest {
        return (room.longest_side, None);
    }
    let (wanted, has) = ((needed(largest) / 1e6) as u32, (room.bytes.min(1e12) / 1e6) as u32);
    let warning = format!(
        "The pictures are drawn with at most {longest} pixels on a side: in full size they take {wanted} MB of the \
         graphics card, and this device has {has} MB and {} pixels for them.",
        room.longest_side
    );
    (longest, Some(warning))
}
