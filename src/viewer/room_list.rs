//! What else the shopper brings along into the room: products beside the element's own, each loaded once, however many
//! items show it. The page names items by numbers of its own choice, and hears `room-item` of each. On the page they are
//! not seen.

use super::effect::{Effect, Notice};
use super::load::Load;
use super::pictures::PictureRoom;
use super::{Viewer, dimensions};
use crate::ar::{self, ItemId, Placement};
use crate::math::{Affine3A, Pose, Quat, Vec3};
use crate::scene::Item;
use crate::scene::frame::ModelId;
use serde_json::{Map, Value, json};

/// More items than these nobody overlooks, and no phone draws.
const MOST_ITEMS: usize = 24;
/// Numbers of drawn items have this bit in the room, so that nothing on the card is taken for the page's own item.
const IN_ROOM: u32 = 1 << 31;
/// So much of what waits for a place is not there: it is seen through.
const GHOSTLY: f32 = 0.4;
/// What people measure by rule is right to this much, in metres.
const BY_RULE_M: f32 = 0.005;

/// Products, and the items that show them.
#[derive(Debug, Default)]
pub struct RoomList {
    products: Vec<Product>,
    items: Vec<Listed>,
    /// What the page was last told of the items of a session.
    told: Vec<Told>,
}

/// What the page knows of one item of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Told {
    id: ItemId,
    is_ghost: bool,
    is_selected: bool,
    problem: Option<ar::Problem>,
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
    /// The page's number for it; the element's own product has another, [`ItemId::FIRST`].
    id: u32,
    /// Which product, by its load; [`OWN`] for one more of the element's own.
    generation: u32,
    /// The chosen look, by name.
    variant: Option<String>,
    /// Where it belongs; `None` where its product says so.
    placement: Option<Placement>,
    /// Where it stands, when the page says so.
    place: Option<Pose>,
}

/// No load has this number: the product is the element's own.
const OWN: u32 = 0;

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
        // Read as any value: what it takes to complain of another kind of value would be the first picture's to download.
        let detail: Value = serde_json::from_slice(detail.as_bytes()).unwrap_or_default();
        let detail = detail.as_object().cloned().unwrap_or_default();
        let done = match name {
            "show-lines" => Some(self.show_lines(detail.get("shown").and_then(Value::as_bool).unwrap_or(false))),
            "save-layout" => self.save_layout(detail.get("anchors").and_then(Value::as_bool).unwrap_or(false)),
            "forget-anchors" => self.forget_anchors(&detail),
            "restore-layout" => self.restore_layout(&detail),
            "doorway" => self.doorway(&detail),
            _ => number(&detail, "id").and_then(|id| match name {
                "add-item" => self.add_item(id, &detail),
                "remove-item" => Some(self.remove_item(id)),
                "item-variant" => Some(self.dress_item(id, text(&detail, "variant"))),
                "select-item" => Some(self.room_event(ar::Event::SelectItem(Some(ItemId(id))))),
                "duplicate-item" => self.duplicate_item(id, number(&detail, "new_id")?),
                _ => None,
            }),
        };
        done.unwrap_or_else(|| vec![Notice::warning("verb", format!("There is no verb {name} with such a detail."))])
    }

    /// A session begins: everything that is here comes along.
    pub(super) fn bring_list(&mut self) -> Vec<Effect> {
        let ids: Vec<u32> = self.room_list.items.iter().map(|item| item.id).collect();
        ids.into_iter().flat_map(|id| self.bring_item(id)).collect()
    }

    /// One more item; its product is loaded unless it is here already.
    fn add_item(&mut self, id: u32, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let place = detail.get("place").and_then(pose);
        if id == ItemId::FIRST.0 {
            return Some(self.bring_own(place));
        }
        let url = text(detail, "src")?;
        if self.room_list.items.len() >= MOST_ITEMS {
            return Some(vec![too_many(id)]);
        }
        let placement = text(detail, "placement").and_then(|word| Placement::from_word(&word));
        let mut effects = self.remove_item(id);
        let known = self.room_list.named(&url);
        let generation = known.unwrap_or_else(|| self.next_generation());
        self.room_list.items.push(Listed { id, generation, variant: text(detail, "variant"), placement, place });
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

    /// One more of the same, beside it.
    fn duplicate_item(&mut self, id: u32, new_id: u32) -> Option<Vec<Effect>> {
        if self.room_list.items.len() >= MOST_ITEMS {
            return Some(vec![too_many(new_id)]);
        }
        let original = self.room_list.items.iter().find(|item| item.id == id).cloned();
        let copy = original.or_else(|| (id == ItemId::FIRST.0).then(|| self.one_more_of_own()))?;
        self.room_list.items.push(Listed { id: new_id, place: None, ..copy });
        let mut effects = self.room_event(ar::Event::DuplicateItem { id: ItemId(id), new_id: ItemId(new_id) });
        effects.extend(self.ready_notice(new_id));
        Some(effects)
    }

    fn one_more_of_own(&self) -> Listed {
        let (variant, placement) = (self.settings.variant_name.clone(), self.settings.ar_placement);
        Listed { id: OWN, generation: OWN, variant, placement, place: None }
    }

    /// One item less; a product that no item shows any more is given back.
    fn remove_item(&mut self, id: u32) -> Vec<Effect> {
        let mut effects = self.room_event(ar::Event::RemoveItem(ItemId(id)));
        let Some(at) = self.room_list.items.iter().position(|item| item.id == id) else { return effects };
        let generation = self.room_list.items.remove(at).generation;
        if generation != OWN && self.room_list.items_of(generation).is_empty() {
            effects.extend(self.drop_product(generation));
        }
        effects
    }

    /// The element's own product comes back into a session that it was removed from.
    fn bring_own(&mut self, pose: Option<Pose>) -> Vec<Effect> {
        let Some(item) = self.scene.items.first() else { return Vec::new() };
        let (bounds, placement) = (item.bounds, self.placement(self.settings.ar_placement, Some(item)));
        self.room_event(ar::Event::AddItem { id: ItemId::FIRST, bounds, placement, pose })
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
        self.is_stale = true;
        self.ready_notice(id).into_iter().collect()
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

    /// The product of an item is here: the page hears of it, and a session gets it.
    fn item_ready(&mut self, id: u32) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.ready_notice(id).into_iter().collect();
        effects.extend(self.bring_item(id));
        effects
    }

    /// What the page hears of an item whose product is here, and nothing before.
    fn ready_notice(&self, id: u32) -> Option<Effect> {
        let listed = self.room_list.items.iter().find(|item| item.id == id)?;
        let item = self.at_rest(listed)?;
        let model = self.models.get(item.model)?;
        let variants: Vec<&str> = model.variants.iter().map(|variant| variant.name.as_str()).collect();
        let detail = json!({
            "id": id, "status": "ready", "variants": variants, "variant": listed.variant, "dimensions": dimensions(item),
        });
        Some(Notice::effect("room-item", detail))
    }

    /// Into the session, if one runs and its product is here.
    fn bring_item(&mut self, id: u32) -> Vec<Effect> {
        let Some(listed) = self.room_list.items.iter().find(|item| item.id == id) else { return Vec::new() };
        let Some(item) = self.at_rest(listed) else { return Vec::new() };
        let (bounds, pose) = (item.bounds, listed.place);
        let placement = self.placement(listed.placement, Some(item));
        self.room_event(ar::Event::AddItem { id: ItemId(id), bounds, placement, pose })
    }

    /// Where an item belongs: as the page says, else as its own file says, else on the floor.
    pub(super) fn placement(&self, said: Option<Placement>, item: Option<&Item>) -> Placement {
        let file = || item.and_then(|item| Placement::from_word(self.models.get(item.model)?.placement.as_deref()?));
        said.or_else(file).unwrap_or_default()
    }

    fn at_rest(&self, listed: &Listed) -> Option<&Item> {
        match listed.generation {
            OWN => self.scene.items.first(),
            generation => self.room_list.product(generation)?.at_rest.as_ref(),
        }
    }

    /// What is drawn of an item of the room, at its place.
    pub(super) fn room_item(&self, placed: &ar::RoomItem) -> Option<Item> {
        let mut item = if placed.id == ItemId::FIRST {
            self.scene.items.first()?.clone()
        } else {
            let listed = self.room_list.items.iter().find(|item| item.id == placed.id.0)?;
            let mut item = self.at_rest(listed)?.clone();
            let model = self.models.get(item.model)?;
            let is_chosen = |name: &String| model.variants.iter().position(|variant| variant.name == *name);
            item.variant = listed.variant.as_ref().and_then(is_chosen);
            item
        };
        item.number = drawn_as(placed.id);
        item.grounded = placed.surface.is_level();
        item.faded = if placed.is_ghost && !self.is_showroom { GHOSTLY } else { 0.0 };
        item.visible = true;
        item.world_from_item = placed.pose.to_affine() * Affine3A::from_scale(Vec3::splat(placed.scale));
        Some(item)
    }

    /// What the page does not know yet of the items of the session.
    pub(super) fn news_of_items(&mut self) -> Option<Effect> {
        let now = self.room.items().iter().map(|item| Told {
            id: item.id,
            is_ghost: item.is_ghost,
            is_selected: item.is_selected,
            problem: item.problem,
        });
        if now.clone().eq(self.room_list.told.iter().copied()) {
            return None;
        }
        self.room_list.told = now.collect();
        let items: Vec<Value> = self.room_list.told.iter().copied().map(Told::to_json).collect();
        Some(Notice::effect("room-items", json!({ "items": items })))
    }

    /// Puts things where a layout has them: that of a kept room, or of a link.
    fn restore_layout(&mut self, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let text = detail.get("layout")?.as_str()?;
        let known = detail.get("ids")?.as_object()?;
        let read = if text.starts_with('{') { ar::Layout::parse(text) } else { ar::Layout::parse_link(text) };
        let mut layout = match read {
            Ok(layout) => layout,
            Err(problem) => {
                return Some(vec![Notice::warning("room", problem), Notice::effect("room-unread", json!({}))]);
            }
        };
        let id = |item: &ar::LayoutItem| number(known, &item.name).map(ItemId);
        layout.items.retain(|item| id(item).is_some());
        let ids = layout.items.iter().filter_map(id).collect();
        Some(self.room_event(ar::Event::RestoreLayout { layout, ids }))
    }

    /// Whether the selected product, else the element's own, gets through a doorway whose size was written.
    fn doorway(&self, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let metres = |key: &str| detail.get(key).and_then(Value::as_f64).map(|metres| metres as f32);
        let (width_m, height_m) = (metres("width_m")?, metres("height_m")?);
        let selected = self.room.items().iter().find(|item| item.is_selected);
        let size = match selected {
            Some(placed) => self.room_item(placed)?.bounds.size() * placed.scale,
            None => self.scene.items.first()?.bounds.size(),
        };
        let door = ar::Doorway { width_m, height_m, uncertainty_m: BY_RULE_M };
        let answer = ar::carry(size, &[door])?.words(self.settings.ar.unit);
        Some(vec![Notice::effect("room-fits", json!({ "answer": answer }))])
    }

    /// The page's own storage no longer names these anchors.
    fn forget_anchors(&mut self, detail: &Map<String, Value>) -> Option<Vec<Effect>> {
        let handles = detail.get("handles")?.as_array()?;
        let handles = handles.iter().filter_map(|handle| handle.as_str().map(str::to_owned)).collect();
        Some(self.room_event(ar::Event::ForgetAnchors { handles }))
    }

    /// What stands where, by the page's numbers.
    fn save_layout(&mut self, keeps_anchors: bool) -> Option<Vec<Effect>> {
        let names = self.room.items().iter().filter(|item| !item.is_ghost);
        let names = names.map(|item| (item.id, item.id.0.to_string())).collect();
        self.room.is_presenting().then(|| self.room_event(ar::Event::SaveLayout { names, keeps_anchors }))
    }
}

impl Told {
    fn to_json(self) -> Value {
        let problem = self.problem.map_or("", ar::Problem::text);
        json!({ "id": self.id.0, "placed": !self.is_ghost, "selected": self.is_selected, "problem": problem })
    }
}

fn too_many(id: u32) -> Effect {
    failed(id, "too-many", &format!("There are {MOST_ITEMS} things in the room already. Remove one first."))
}

/// The number of the drawn item.
pub fn drawn_as(id: ItemId) -> u32 {
    IN_ROOM | id.0
}

/// A place as `room` answers it.
fn pose(value: &Value) -> Option<Pose> {
    let numbers = |key: &str| -> Option<Vec<f32>> {
        let list = value.get(key)?.as_array()?;
        list.iter().map(|number| number.as_f64().map(|number| number as f32)).collect()
    };
    let position = <[f32; 3]>::try_from(numbers("position")?).ok()?;
    let orientation = <[f32; 4]>::try_from(numbers("orientation")?).ok()?;
    Some(Pose { position: position.into(), orientation: Quat::from_array(orientation) })
}

fn number(detail: &Map<String, Value>, key: &str) -> Option<u32> {
    let number = detail.get(key).and_then(Value::as_u64)?;
    u32::try_from(number).ok().filter(|number| *number < IN_ROOM)
}

fn failed(id: u32, code: &str, message: &str) -> Effect {
    Notice::effect("room-item", json!({ "id": id, "status": "failed", "code": code, "message": message }))
}

fn text(detail: &Map<String, Value>, key: &str) -> Option<String> {
    detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}
