//! The light and the sky around the product: which panoramas the attributes ask for, and which are there.

use super::Viewer;
use super::effect::{Effect, Notice, Panorama};
use super::event::{FetchError, File};
use super::load;
use super::settings::Settings;
use serde_json::json;

/// The address that stands for the built-in studio.
const STUDIO: &str = "neutral";

/// What lights and what is drawn. An empty address is none.
#[derive(Debug, Default)]
pub struct Surroundings {
    light: Panel,
    sky: Panel,
}

/// One of the two.
#[derive(Debug, Default)]
struct Panel {
    /// What the attributes ask for: address, and what for.
    wanted: Option<(String, Panorama)>,
    /// Answers carry it; another number is an older load's.
    generation: u32,
    /// What is on the card: it stays until something else has come.
    shown: Option<Panorama>,
}

impl Surroundings {
    /// There is a sky to draw.
    pub fn draws_sky(&self) -> bool {
        let lights_too = matches!(self.light.wanted, Some((_, Panorama::LightAndSky)));
        self.sky.shown.is_some() || (lights_too && self.light.shown == Some(Panorama::LightAndSky))
    }

    fn panel(&mut self, role: Panorama) -> &mut Panel {
        if role == Panorama::Sky { &mut self.sky } else { &mut self.light }
    }
}

/// As model-viewer has it: without an `environment-image` the sky lights too.
fn wishes(settings: &Settings) -> [Option<(String, Panorama)>; 2] {
    let is_studio = |url: &&str| *url != STUDIO && *url != "legacy";
    let light = settings.environment_image.as_deref().or(settings.skybox_image.as_deref());
    match (light, settings.skybox_image.as_deref()) {
        (light, None) => [light.filter(is_studio).map(|url| (url.to_owned(), Panorama::Light)), None],
        (Some(light), Some(sky)) if light != sky => {
            let light = Some(light).filter(is_studio).map(|url| (url.to_owned(), Panorama::Light));
            [light, Some((sky.to_owned(), Panorama::Sky))]
        }
        (_, Some(sky)) => [Some((sky.to_owned(), Panorama::LightAndSky)), None],
    }
}

impl Viewer {
    /// Other surroundings: fetch them, or use the built-in studio.
    pub(super) fn change_surroundings(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (wanted, role) in wishes(&self.settings).into_iter().zip([Panorama::Light, Panorama::Sky]) {
            let generation = self.next_generation();
            let panel = self.surroundings.panel(role);
            if panel.wanted == wanted {
                continue;
            }
            effects.push(Effect::AbortFetches { generation: panel.generation });
            panel.generation = generation;
            panel.wanted = wanted.clone();
            effects.push(match (wanted, role) {
                (Some((url, role)), _) if url != STUDIO => Effect::Fetch {
                    generation,
                    file: File::Panorama(role),
                    url,
                    base: None,
                    with_credentials: self.settings.with_credentials,
                },
                (None, Panorama::Sky) => {
                    panel.shown = None;
                    Effect::DropSky
                }
                (wanted, role) => {
                    let role = wanted.map_or(role, |(_, role)| role);
                    Effect::Surround { generation, role, file: None }
                }
            });
        }
        self.apply_look();
        effects
    }

    /// A file of surroundings came, or did not: then the old ones stay.
    pub(super) fn panorama_came(
        &mut self,
        generation: u32,
        role: Panorama,
        answer: Result<Vec<u8>, FetchError>,
    ) -> Vec<Effect> {
        match answer {
            Ok(file) => vec![Effect::Surround { generation, role, file: Some(file) }],
            Err(error) => {
                let panel = self.surroundings.panel(role);
                let name = panel.wanted.as_ref().map_or("", |(url, _)| url);
                let problem = load::fetch_error(&error, name).1;
                self.panorama_ready(generation, role, Err(problem))
            }
        }
    }

    /// Somebody still waits for these surroundings.
    pub fn awaits_panorama(&self, generation: u32, role: Panorama) -> bool {
        let panel = if role == Panorama::Sky { &self.surroundings.sky } else { &self.surroundings.light };
        panel.generation == generation
    }

    /// Surroundings are on the card, or cannot be used.
    pub(super) fn panorama_ready(
        &mut self,
        generation: u32,
        role: Panorama,
        outcome: Result<Option<String>, String>,
    ) -> Vec<Effect> {
        let panel = self.surroundings.panel(role);
        if generation != panel.generation {
            return Vec::new();
        }
        let warning = match outcome {
            Ok(word) => {
                panel.shown = Some(role);
                word
            }
            Err(problem) => {
                return vec![Notice::warning("environment", format!("The surroundings stay as they were: {problem}"))];
            }
        };
        self.apply_look();
        let mut effects: Vec<Effect> = warning.into_iter().map(|word| Notice::warning("environment", word)).collect();
        effects.push(Notice::effect("environment-change", json!({})));
        effects
    }
}
