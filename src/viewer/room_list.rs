//! What else the shopper brings along into the room: products beside the element's own, each loaded once, however many
//! items show it. The page names items by numbers of its own choice, and hears `room-item` of each. On the page they are
//! not seen.

use super::effect::{Effect, Notice};
use super::load::Load;
use super::pictures::PictureRoom;
use super::{Viewer, dimensions};
use crate::ar::Placement;
use crate::scene::Item;
use crate::scene::frame::ModelId;
use serde_json::{Map, Value, json};

/// More items than these nobody overlooks, and no phone draws.
const MOST_ITEMS: usize = 24;
/// Numbers of drawn items have this bit in the room, so that nothing on the card is taken for the page's own item.
const IN_ROOM: u32 = 1 << 31;

/// Products, and the items that show them.
#[derive(Debug, Default)]
pub struct RoomList {
    products: Vec<Product>,
    items: Vec<Listed>,
}

/// A product beside the element's own.
#[derive(Debug)]
struct Product {
    load: Load,
    /// At rest, once it can be shown.
    at_rest: Option<Item>,
}

/// One item of the list.
#[derive(Clone, Debug)]
struct Listed {
    /// The page's number for it.
    id: u32,
    /// Which product, by its load.
    generation: u32,
    /// The chosen look, by name.
    variant: Option<String>,
    /// Where it belongs; `None` where its product says so.
    placement: Option<Placement>,
}

impl RoomList {
    /// All loads, to find the one that an answer belongs to.
    pub fn loads(&mut self) -> impl Iterator<Item = &mut Load> {
        self.products.iter_mut().map(|product| &mut product.load)
    }

    /// A product of the list has this model.
    pub fn has_model(&self, id: ModelId) -> bool {
        self.products.iter().any(|product| product.load.generation == id.0)
    }

    fn product(&self, generation: u32) -> Option<&Product> {
        self.products.iter().find(|product| product.load.generation == generation)
    }

    fn named(&self, url: &str) -> Option<u32> {
        let product = self.products.iter().find(|product| product.load.url() == url);
        product.map(|product| product.load.generation)
    }

    /// The items of one product, by number.
    fn items_of(&self, generation: u32) -> Vec<u32> {
        self.items.iter().filter(|item| item.generation == generation).map(|item| item.id).collect()
    }
}

impl Viewer {
    /// Changes the list; the page sees to it that the code for rooms is there.
    #[inline(never)] // in the browser it comes later than the rest
    pub(super) fn room_list_verb(&mut self, name: &str, detail: &str) -> Vec<Effect> {
        let detail = serde_json::from_slice::<Map<String, Value>>(detail.as_bytes()).unwrap_or_default();
        let id = detail.get("id").and_then(Value::as_u64).and_then(|id| u32::try_from(id).ok());
        let done = id.filter(|id| *id < IN_ROOM).and_then(|id| match name {
            "add-item" => self.add_item(id, &detail),
            "remove-item" => Some(self.remove_item(id)),
            "item-variant" => Some(self.dress_item(id, text(&detail, "variant"))),
            _ => None,
        });
        done.unwrap_or_else(|| vec![Notice::warning("verb", format!("There is no verb {name} with such a detail."))])
    }

    /// One more item; its product is loaded unless it is here already.
    fn add_item(&mut self, id: u32, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let url = text(detail, "src")?;
        if self.room_list.items.len() >= MOST_ITEMS {
            let message = format!("There are {MOST_ITEMS} things in the room already. Remove one first.");
            return Some(vec![failed(id, "too-many", &message)]);
        }
        let placement = text(detail, "placement").and_then(|word| Placement::from_word(&word));
        let mut effects = self.remove_item(id);
        let known = self.room_list.named(&url);
        let generation = known.unwrap_or_else(|| self.next_generation());
        self.room_list.items.push(Listed { id, generation, variant: text(detail, "variant"), placement });
        if known.is_some() {
            effects.extend(self.item_ready(id));
            return Some(effects);
        }
        let mut load = Load::default();
        // What the card has is for all of them together.
        let share = self.room_list.products.len() as f32 + 2.0;
        load.room = PictureRoom { bytes: self.load.room.bytes / share, ..self.load.room };
        let begun = load.start(generation, &url, self.settings.with_credentials);
        self.room_list.products.push(Product { load, at_rest: None });
        effects.extend(begun.into_iter().filter(|effect| !matches!(effect, Effect::Notify(_))));
        Some(effects)
    }

    /// One item less; a product that no item shows any more is given back.
    fn remove_item(&mut self, id: u32) -> Vec<Effect> {
        let Some(at) = self.room_list.items.iter().position(|item| item.id == id) else { return Vec::new() };
        let generation = self.room_list.items.remove(at).generation;
        if self.room_list.items_of(generation).is_empty() { self.drop_product(generation) } else { Vec::new() }
    }

    fn drop_product(&mut self, generation: u32) -> Vec<Effect> {
        self.room_list.products.retain(|product| product.load.generation != generation);
        let mut effects = vec![Effect::AbortFetches { generation }];
        if self.models.remove(ModelId(generation)) {
            effects.push(Effect::Drop(ModelId(generation)));
        }
        effects
    }

    /// Another look of one item.
    fn dress_item(&mut self, id: u32, variant: Option<String>) -> Vec<Effect> {
        let Some(item) = self.room_list.items.iter_mut().find(|item| item.id == id) else { return Vec::new() };
        item.variant = variant;
        self.item_ready(id)
    }

    /// Carries on with the load of a product of the list.
    #[inline(never)] // in the browser it comes later than the rest
    pub(super) fn follow_room_load(
        &mut self,
        generation: u32,
        effects: Vec<Effect>,
        shown: Option<ModelId>,
        has_failed: bool,
    ) -> Vec<Effect> {
        let items = self.room_list.items_of(generation);
        let mut told = Vec::new();
        for effect in effects {
            match effect {
                // The page's own words are about the element's own product.
                Effect::Notify(Notice { name: "progress", .. }) => {}
                Effect::Notify(Notice { name: "error", detail }) => {
                    let part = |key: &str| detail.get(key).and_then(Value::as_str).unwrap_or_default();
                    told.extend(items.iter().map(|id| failed(*id, part("code"), part("message"))));
                }
                effect => told.push(effect),
            }
        }
        if has_failed {
            self.room_list.items.retain(|item| item.generation != generation);
            told.extend(self.drop_product(generation));
        }
        if let Some(model) = shown.and_then(|id| self.models.get(id)) {
            let item = Item::new(generation, ModelId(generation), model);
            let mut products = self.room_list.products.iter_mut();
            if let Some(product) = products.find(|product| product.load.generation == generation) {
                product.at_rest = Some(item);
            }
            told.extend(items.into_iter().flat_map(|id| self.item_ready(id)));
        }
        told
    }

    /// What the page hears of an item whose product is here, and nothing before.
    fn item_ready(&mut self, id: u32) -> Vec<Effect> {
        let Some(listed) = self.room_list.items.iter().find(|item| item.id == id) else { return Vec::new() };
        let product = self.room_list.product(listed.generation);
        let Some(at_rest) = product.and_then(|product| product.at_rest.as_ref()) else { return Vec::new() };
        let model = self.models.get(at_rest.model);
        let variants: Vec<&str> =
            model.map_or(Vec::new(), |model| model.variants.iter().map(|variant| variant.name.as_str()).collect());
        let detail = json!({
            "id": id, "status": "ready", "variants": variants, "variant": listed.variant, "dimensions": dimensions(at_rest),
        });
        vec![Notice::effect("room-item", detail)]
    }
}

fn failed(id: u32, code: &str, message: &str) -> Effect {
    Notice::effect("room-item", json!({ "id": id, "status": "failed", "code": code, "message": message }))
}

fn text(detail: &Map<String, Value>, key: &str) -> Option<String> {
    detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}
