//! The product's parts and materials as the page sees and changes them. What the file said is kept, to go back to.

use super::effect::Effect;
use super::{Viewer, surface, value};
use crate::math::{Ray, Vec2, Vec3};
use crate::model::{Image, Material, Model, Role, Texture, TextureSlot, UvTransform};
use crate::scene::frame::ModelId;
use crate::shelf::Shelf;
use serde_json::{Map, Value, json};

/// What the page has made of the shown product.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Nodes that the page hides.
    hidden: Vec<usize>,
    /// Changed materials as the file has them.
    materials: Shelf<usize, Material>,
    /// Pictures from this index on are the page's.
    file_images: usize,
}

impl Changes {
    /// None so far.
    pub fn of(model: &Model) -> Self {
        Self { file_images: model.images.len(), ..Self::default() }
    }
}

impl Viewer {
    /// Answers a question about parts; `www/element/product-model.ts` has the shapes of the answers.
    #[inline(never)] // it comes with the second half
    pub(super) fn part_query(&self, question: &str) -> Option<Value> {
        let mut words = question.split(' ');
        let kind = words.next()?;
        let mut next = || value::number(words.next()?).ok();
        let item = self.scene.items.first()?;
        let model = self.models.get(item.model)?;
        match kind {
            "parts" => Some(listing(model)),
            "scenes" => Some(model.scenes.iter().map(|scene| scene.name.as_str()).collect()),
            "node" => {
                let index = next()? as usize;
                Some(json!({ "visible": !self.changes.hidden.contains(&index), "shown": item.is_node_shown(index) }))
            }
            "material" => {
                let material = model.materials.get(next()? as usize)?;
                let textures = textures_of(model, material, self.changes.file_images);
                Some(json!({ "numbers": surface::read(material), "textures": textures }))
            }
            "pick" => self.pick_query(Vec2::new(next()?, next()?)),
            _ => None,
        }
    }

    /// Changes a part, if the verb is one that does; `None` for other verbs and bad details.
    #[inline(never)] // it comes with the second half
    pub(super) fn change_part(&mut self, verb: &str, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let effects = match verb {
            "node" => self.show_node(index_of(detail, "node")?, detail.get("visible")?.as_bool()?),
            "material" => self.change_material(detail),
            "texture" => self.change_texture(detail),
            "reset-parts" => self.reset_parts(index_of(detail, "material")),
            "update-framing" => self.update_framing(),
            _ => None,
        };
        self.is_stale |= effects.is_some();
        effects
    }

    fn show_node(&mut self, node: usize, is_visible: bool) -> Option<Vec<Effect>> {
        let item = self.scene.items.first_mut()?;
        self.models.get(item.model)?.nodes.get(node)?;
        item.set_node_visible(node, is_visible);
        self.changes.hidden.retain(|hidden| *hidden != node);
        if !is_visible {
            self.changes.hidden.push(node);
        }
        Some(Vec::new())
    }

    fn change_material(&mut self, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let index = index_of(detail, "material")?;
        let (name, values) = (detail.get("name")?.as_str()?, detail.get("value")?.as_array()?);
        let mut material = self.shown_model_mut()?.1.materials.get(index)?.clone();
        surface::write(&mut material, name, values)?;
        self.put_material(index, material)
    }

    fn change_texture(&mut self, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let index = index_of(detail, "material")?;
        let role = Role::of_gltf(detail.get("role")?.as_str()?)?;
        let file_images = self.changes.file_images;
        let (id, model) = self.shown_model_mut()?;
        let mut material = model.materials.get(index)?.clone();
        let before = material.texture(role);
        let place = before.unwrap_or(TextureSlot { texture: 0, uv_set: 0, texture_from_uv: UvTransform::IDENTITY });
        let (mut made, mut lent) = (None, None);
        let texture = match (index_of(detail, "texture"), detail.get("key").and_then(Value::as_str)) {
            (Some(texture), _) => Some(texture).filter(|texture| *texture < model.textures.len()),
            (None, Some(key)) => {
                let sampler =
                    before.and_then(|slot| model.textures.get(slot.texture)).copied().unwrap_or_default().sampler;
                let texture = Texture { image: lent_image(model, file_images, key, (index, role)), sampler };
                lent = Some(Effect::UploadLent { model: id, image: texture.image });
                let known = model.textures.iter().position(|known| *known == texture);
                Some(known.unwrap_or_else(|| {
                    model.textures.push(texture);
                    made = Some(Effect::AddTexture { model: id, texture });
                    model.textures.len() - 1
                }))
            }
            _ => None,
        };
        surface::set_slot(&mut material, role, texture.map(|texture| TextureSlot { texture, ..place }));
        let updated = self.put_material(index, material)?;
        Some(made.into_iter().chain(updated).chain(lent).collect())
    }

    /// Makes one material another; keeps the file's.
    fn put_material(&mut self, index: usize, material: Material) -> Option<Vec<Effect>> {
        let (model, shown) = self.shown_model_mut()?;
        let old = std::mem::replace(shown.materials.get_mut(index)?, material);
        if self.changes.materials.get(index).is_none() {
            self.changes.materials.insert(index, old);
        }
        Some(vec![Effect::UpdateMaterial { model, material: index }])
    }

    /// One material, or everything, as the file has it.
    fn reset_parts(&mut self, only: Option<usize>) -> Option<Vec<Effect>> {
        let changed: Vec<usize> =
            self.changes.materials.keys().filter(|index| only.is_none_or(|only| only == *index)).collect();
        let mut effects = Vec::new();
        for index in changed {
            let Some(material) = self.changes.materials.get(index).cloned() else { continue };
            effects.extend(self.put_material(index, material).into_iter().flatten());
            self.changes.materials.remove(index);
        }
        if only.is_none() {
            for node in std::mem::take(&mut self.changes.hidden) {
                self.show_node(node, true);
            }
        }
        Some(effects)
    }

    /// Measures what is shown now, and frames that.
    fn update_framing(&mut self) -> Option<Vec<Effect>> {
        let item = self.scene.items.first_mut()?;
        item.measure_shown(self.models.get(item.model)?);
        self.camera.reframe(item.bounds, &self.settings);
        Some(Vec::new())
    }

    fn shown_model_mut(&mut self) -> Option<(ModelId, &mut Model)> {
        let id = self.scene.items.first()?.model;
        Some((id, self.models.get_mut(id)?))
    }

    /// What is under a point of the page's canvas, in CSS pixels; nothing while the room is shown instead.
    fn pick_query(&self, point_css: Vec2) -> Option<Value> {
        let item = self.scene.items.first().filter(|_| !self.room.is_presenting())?;
        let model = self.models.get(item.model)?;
        let view = self.camera.view(self.size_px());
        let item_from_view = item.world_from_item.inverse() * view.world_from_view;
        let share = point_css / self.size_css;
        let on_lens = Vec3::new(share.x * 2.0 - 1.0, 1.0 - share.y * 2.0, 0.5);
        let towards = view.clip_from_view.inverse().project_point3(on_lens);
        let ray = Ray {
            origin: item_from_view.translation.into(),
            direction: item_from_view.transform_vector3(towards).normalize_or_zero(),
        };
        let hit = item.pick(model, ray)?;
        let part = item.parts().get(hit.part)?;
        let primitive = model.meshes.get(part.mesh)?.primitives.get(part.primitive)?;
        Some(json!({
            "node": part.node,
            "material": primitive.material_under(item.variant),
            "position": hit.position.to_array(),
            "normal": hit.normal.to_array(),
            "uv": hit.uv.map(|uv| uv.to_array()),
            "distance": hit.distance,
        }))
    }
}

fn index_of(detail: &Map<String, Value>, key: &str) -> Option<usize> {
    detail.get(key).and_then(Value::as_u64).map(|index| index as usize)
}

/// All nodes, materials and textures by name.
fn listing(model: &Model) -> Value {
    let mut parents = vec![-1; model.nodes.len()];
    for (index, node) in model.nodes.iter().enumerate() {
        for &child in &node.children {
            if let Some(parent) = parents.get_mut(child) {
                *parent = index as i32;
            }
        }
    }
    let nodes = model.nodes.iter().zip(parents).map(|(node, parent)| json!([node.name, parent, node.mesh.is_some()]));
    let images = model.textures.iter().filter_map(|texture| model.images.get(texture.image));
    json!({
        "nodes": nodes.collect::<Vec<_>>(),
        "materials": model.materials.iter().map(|material| material.name.as_str()).collect::<Vec<_>>(),
        "textures": images.map(|image| json!([image.name, image.media_type])).collect::<Vec<_>>(),
    })
}

/// The texture of each role: its index, the key of a picture that the page lent, or null.
fn textures_of(model: &Model, material: &Material, file_images: usize) -> Value {
    let texture_of = |slot: Option<TextureSlot>| {
        let texture = slot?.texture;
        let image = model.textures.get(texture)?.image;
        let lent = model.images.get(image).filter(|_| image >= file_images);
        Some(lent.map_or(json!(texture), |image| json!(image.name)))
    };
    let mut textures = Map::new();
    for role in Role::ALL {
        textures.insert(role.gltf_name().to_owned(), texture_of(material.texture(role)).unwrap_or_default());
    }
    textures.into()
}

/// The place of a picture of the page's among the model's: its own, one that nobody reads any more, or a new one. What
/// `place` (a material and a role) reads now, it will not.
fn lent_image(model: &mut Model, file_images: usize, key: &str, place: (usize, Role)) -> usize {
    let image_of = |slot: TextureSlot| Some(model.textures.get(slot.texture)?.image);
    let is_read = |image: usize| {
        model.materials.iter().enumerate().any(|(index, material)| {
            let reads = |role| (index, role) != place && material.texture(role).and_then(image_of) == Some(image);
            Role::ALL.into_iter().any(reads)
        })
    };
    let lent = || model.images.iter().enumerate().skip(file_images);
    let found = lent().find(|(_, image)| image.name == key).or_else(|| lent().find(|(index, _)| !is_read(*index)));
    let index = found.map_or(model.images.len(), |(index, _)| index);
    let image = Image { name: key.to_owned(), ..Image::default() };
    match model.images.get_mut(index) {
        Some(place) => *place = image,
        None => model.images.push(image),
    }
    index
}
