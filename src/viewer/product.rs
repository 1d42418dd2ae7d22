//! The product on show: what follows when its file or its look changes.

use super::effect::{Effect, Notice};
use super::load::{Load, Step};
use super::parts::Changes;
use super::{Viewer, dimensions};
use crate::import::{self, Import};
use crate::math::Affine3A;
use crate::model::Model;
use crate::scene::frame::{Background, ModelId};
use crate::scene::{Item, Player};
use serde_json::json;

impl Viewer {
    /// The address changed: load it, or show nothing. The old product stays until the new one is there.
    pub(super) fn change_source(&mut self) -> Vec<Effect> {
        let generation = self.next_generation();
        match self.settings.src.clone() {
            Some(url) => self.load.start(generation, &url, self.settings.with_credentials),
            None => {
                let mut effects = self.load.stop(generation);
                self.scene.items.clear();
                effects.extend(self.forget_models_but(None));
                effects
            }
        }
    }

    /// Carries on with the load whose answer came. Answers that nobody waits for any more are dropped here and nowhere
    /// else.
    pub(super) fn step_load(&mut self, generation: u32, step: impl FnOnce(&mut Load) -> Step) -> Vec<Effect> {
        let load =
            std::iter::once(&mut self.load).chain(self.room_list.loads()).find(|load| load.generation == generation);
        match load.map(step) {
            Some(step) => self.follow_load(generation, step),
            None => Vec::new(),
        }
    }

    fn follow_load(&mut self, generation: u32, step: Step) -> Vec<Effect> {
        if let Some((id, Import { mut model, .. })) = step.model {
            if generation == self.load.generation {
                model.show_scene(self.settings.scene_name.as_deref());
            }
            self.models.insert(id, model);
        }
        for (id, image, bytes) in step.pictures {
            if let Some(model) = self.models.get_mut(id) {
                import::fill_picture(model, image, bytes);
            }
        }
        if generation != self.load.generation {
            return self.follow_room_load(generation, step.effects, step.shown, step.failed);
        }
        let mut effects = step.effects;
        if step.failed {
            let shown = self.scene.items.first().map(|item| item.model);
            effects.extend(self.forget_models_but(shown));
        }
        if let Some(id) = step.shown {
            effects.extend(self.put_on_show(id));
        }
        effects
    }

    fn put_on_show(&mut self, id: ModelId) -> Vec<Effect> {
        let Some(model) = self.models.get(id) else { return Vec::new() };
        let item = Item::new(id.0, id, model);
        self.changes = Changes::of(model);
        let bounds = item.bounds;
        self.player = Player::new(model);
        self.scene.items = vec![item];
        self.camera.frame_product(bounds, &self.settings);
        self.place_item_on_page();
        self.is_stale = true;
        let mut effects = self.forget_models_but(Some(id));
        effects.extend(self.change_variant());
        effects.extend(self.change_animation());
        effects.extend(self.scene_named());
        effects
    }

    /// The page names a scene, or there is a product to which the name applies. The first half of the code shows a product
    /// that comes in its scene; other scenes have to wait for the second one.
    pub(super) fn scene_named(&mut self) -> Vec<Effect> {
        if self.is_half { Vec::new() } else { self.change_scene() }
    }

    /// The chosen scene; the file's own choice where there is none of that name.
    #[inline(never)] // it comes with the second half
    fn change_scene(&mut self) -> Vec<Effect> {
        self.show_scene();
        let item = self.scene.items.first();
        let (Some(model), Some(name)) = (item.and_then(|item| self.models.get(item.model)), &self.settings.scene_name)
        else {
            return Vec::new();
        };
        let names: Vec<&str> = model.scenes.iter().map(|scene| scene.name.as_str()).collect();
        if names.contains(&name.as_str()) {
            return Vec::new();
        }
        let message = format!("The product has no scene \"{name}\". It has: {}.", names.join(", "));
        vec![Notice::warning("scene", message)]
    }

    /// Shows the chosen scene, framed as another product would be. In a room and in the mirror, whose places are those of
    /// what was brought along, it waits until the shopper is back.
    #[inline(never)] // it comes with the second half
    pub(super) fn show_scene(&mut self) {
        if self.room.is_presenting() || self.mirror.is_some() {
            return;
        }
        let Some(item) = self.scene.items.first_mut() else { return };
        let Some(model) = self.models.get_mut(item.model) else { return };
        if model.show_scene(self.settings.scene_name.as_deref()) {
            item.show_scene(model);
            self.camera.frame_product(item.bounds, &self.settings);
            self.place_item_on_page();
            self.is_stale = true;
        }
    }

    /// What the page is told when the product is on the screen.
    pub(super) fn loaded_notice(&self) -> Effect {
        let item = self.scene.items.first();
        let model = item.and_then(|item| self.models.get(item.model));
        Notice::effect(
            "load",
            json!({
                "url": self.load.url(),
                "variants": self.variant_names(),
                "dimensions": item.map(dimensions),
                "triangles": model.map_or(0, Model::triangle_count),
                "warnings": self.load.warnings(),
            }),
        )
    }

    /// The looks the product offers.
    pub(super) fn variant_names(&self) -> Vec<&str> {
        let model = self.scene.items.first().and_then(|item| self.models.get(item.model));
        model.map_or(Vec::new(), |model| model.variants.iter().map(|variant| variant.name.as_str()).collect())
    }

    /// Shows the chosen look; the product's own where there is none of that name.
    pub(super) fn change_variant(&mut self) -> Vec<Effect> {
        let Some(item) = self.scene.items.first_mut() else { return Vec::new() };
        let Some(model) = self.models.get(item.model) else { return Vec::new() };
        let name = self.settings.variant_name.as_deref().filter(|name| *name != "default");
        let chosen = name.and_then(|name| model.variants.iter().position(|variant| variant.name == name));
        let mut effects = Vec::new();
        if let (Some(name), None) = (name, chosen) {
            let offered: Vec<&str> = model.variants.iter().map(|variant| variant.name.as_str()).collect();
            let message = format!("The product has no variant \"{name}\". It offers: {}.", offered.join(", "));
            effects.push(Notice::warning("variant", message));
        }
        if item.variant != chosen {
            item.variant = chosen;
            self.is_stale = true;
            effects.push(Notice::effect("variant-applied", json!({ "variant": chosen.and(name) })));
        }
        effects
    }

    /// Light and tone as the attributes say.
    pub(super) fn apply_look(&mut self) {
        let look = &mut self.scene.look;
        look.exposure = self.settings.exposure;
        look.tone_mapping = self.settings.tone_mapping;
        look.occlusion = self.settings.ambient_occlusion && !self.is_half;
        look.crossing = !self.is_half;
        look.shadow_intensity = self.settings.shadow_intensity;
        look.shadow_softness = self.settings.shadow_softness;
        look.light.rotation_rad = self.settings.environment_rotation_rad;
        look.sky_blur = self.settings.skybox_blur;
        look.sky_height = self.settings.skybox_height;
        look.background = if self.surroundings.draws_sky() { Background::Environment } else { Background::Transparent };
        self.is_stale = true;
    }

    /// The turntable turns the product, not the camera, so that the light stays where it is.
    pub(super) fn place_item_on_page(&mut self) {
        let angle = self.camera.turntable;
        for item in &mut self.scene.items {
            item.world_from_item = Affine3A::from_rotation_y(angle);
        }
    }

    /// Frees every model of the page but one.
    fn forget_models_but(&mut self, kept: Option<ModelId>) -> Vec<Effect> {
        let is_old = |id: &ModelId| Some(*id) != kept && !self.room_list.has_model(*id);
        let old: Vec<ModelId> = self.models.keys().filter(is_old).collect();
        for id in &old {
            self.models.remove(*id);
        }
        old.into_iter().map(Effect::Drop).collect()
    }
}
