//! The path of a product file: fetch, name the others, fetch them, read, decode pictures, show. One load at a time;
//! answers of an older load are dropped here and nowhere else.

use super::effect::{Effect, Notice};
use super::event::{FetchError, File};
use crate::import::{self, Import};
use crate::scene::frame::ModelId;
use std::collections::{HashMap, HashSet};

/// The load in progress, or the last one.
#[derive(Debug, Default)]
pub struct Load {
    /// Answers carry it; another number is an older load's.
    pub generation: u32,
    url: String,
    with_credentials: bool,
    stage: Stage,
    warnings: Vec<String>,
}

#[derive(Debug, Default)]
enum Stage {
    /// Nothing to do, or it failed.
    #[default]
    Idle,
    /// The product's own file is on its way.
    Product,
    /// The files it names are on their way.
    Others { product: Vec<u8>, missing: HashSet<String>, others: HashMap<String, Vec<u8>> },
    /// The pictures are being decoded.
    Pictures { model: ModelId, waiting: HashSet<usize>, total: usize },
    /// Everything is on the card; the next picture shows it.
    Ready,
}

/// What a step of the load leads to.
#[derive(Debug, Default)]
pub struct Step {
    /// To be carried out.
    pub effects: Vec<Effect>,
    /// The product, read; it is to be kept under this id.
    pub model: Option<(ModelId, Import)>,
    /// This model can be shown now.
    pub shown: Option<ModelId>,
    /// The load ended without a product.
    pub failed: bool,
}

impl Load {
    /// Starts over with another address; `generation` is a number never used before.
    pub fn start(&mut self, generation: u32, url: &str, with_credentials: bool) -> Vec<Effect> {
        let old = self.generation;
        *self = Self { generation, url: url.to_owned(), with_credentials, stage: Stage::Product, warnings: Vec::new() };
        vec![Effect::AbortFetches { generation: old }, progress(0.0), self.fetch(File::Product, url, None)]
    }

    /// Forgets the load; its answers will be dropped.
    pub fn stop(&mut self, generation: u32) -> Vec<Effect> {
        let old = self.generation;
        *self = Self { generation, ..Self::default() };
        vec![Effect::AbortFetches { generation: old }]
    }

    /// The address of the product.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What was left out of the product, in sentences.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// More of a file has come.
    pub fn received(&self, generation: u32, bytes: f64, total_bytes: Option<f64>) -> Vec<Effect> {
        match (&self.stage, total_bytes) {
            (Stage::Product, Some(total)) if generation == self.generation && total > 0.0 => {
                vec![progress(0.8 * (bytes / total).clamp(0.0, 1.0))]
            }
            _ => Vec::new(),
        }
    }

    /// A file has come, or will not.
    pub fn fetched(&mut self, generation: u32, file: File, answer: Result<Vec<u8>, FetchError>) -> Step {
        if generation != self.generation {
            return Step::default();
        }
        match (std::mem::take(&mut self.stage), file) {
            (Stage::Product, File::Product) => match answer {
                Ok(bytes) => self.product_came(bytes),
                Err(error) => self.fail(&fetch_error(&error, &self.url)),
            },
            (Stage::Others { product, mut missing, mut others }, File::Other(name)) => {
                missing.remove(&name);
                match answer {
                    Ok(bytes) => {
                        others.insert(name, bytes);
                    }
                    Err(error) => self.warnings.push(fetch_error(&error, &name).1),
                }
                self.others_came(product, missing, others)
            }
            (stage, _) => {
                self.stage = stage;
                Step::default()
            }
        }
    }

    /// A picture is on the card, or could not be decoded: the product is then drawn without it.
    pub fn picture_ready(&mut self, generation: u32, image: usize, problem: Option<String>) -> Step {
        let Stage::Pictures { model, waiting, total } = &mut self.stage else { return Step::default() };
        if generation != self.generation || !waiting.remove(&image) {
            return Step::default();
        }
        let model = *model;
        let share = 1.0 - waiting.len() as f64 / *total as f64;
        let done = waiting.is_empty();
        let mut step = Step { effects: vec![progress(0.8 + 0.15 * share)], ..Step::default() };
        if let Some(problem) = problem {
            let sentence = format!("Picture {image} cannot be decoded ({problem}); the product is shown without it.");
            step.effects.push(Notice::warning("picture", sentence.clone()));
            self.warnings.push(sentence);
        }
        if done {
            self.stage = Stage::Ready;
            step.shown = Some(model);
        }
        step
    }

    /// The card refused the product.
    pub fn refused(&mut self, generation: u32, message: &str) -> Step {
        if generation != self.generation {
            return Step::default();
        }
        self.fail(&("card-refused", format!("The graphics card cannot take this product: {message}")))
    }

    /// The first picture with the product is on the screen. True once per load.
    pub fn first_drawn(&mut self) -> bool {
        let ready = matches!(self.stage, Stage::Ready);
        if ready {
            self.stage = Stage::Idle;
        }
        ready
    }

    fn product_came(&mut self, product: Vec<u8>) -> Step {
        let names = match import::needs(&product) {
            Ok(names) => names,
            Err(error) => return self.fail(&(error.code, error.message)),
        };
        let effects: Vec<Effect> =
            names.iter().map(|name| self.fetch(File::Other(name.clone()), name, Some(self.url.clone()))).collect();
        let mut step = self.others_came(product, names.into_iter().collect(), HashMap::new());
        step.effects.splice(0..0, effects);
        step
    }

    fn others_came(&mut self, product: Vec<u8>, missing: HashSet<String>, others: HashMap<String, Vec<u8>>) -> Step {
        if !missing.is_empty() {
            self.stage = Stage::Others { product, missing, others };
            return Step::default();
        }
        match import::read(&product, &others) {
            Ok(import) => self.product_read(import),
            Err(error) => self.fail(&(error.code, error.message)),
        }
    }

    fn product_read(&mut self, import: Import) -> Step {
        let model = ModelId(self.generation);
        let generation = self.generation;
        self.warnings.extend(import.warnings.iter().cloned());
        let waiting: HashSet<usize> = (0..import.model.images.len()).collect();
        let mut effects = vec![progress(0.8), Effect::Upload { generation, model }];
        // In file order, so that the same product asks in the same order.
        effects.extend((0..waiting.len()).map(|image| Effect::UploadPicture { generation, model, image }));
        let mut step = Step { effects, model: Some((model, import)), ..Step::default() };
        if waiting.is_empty() {
            self.stage = Stage::Ready;
            step.shown = Some(model);
        } else {
            self.stage = Stage::Pictures { model, total: waiting.len(), waiting };
        }
        step
    }

    fn fail(&mut self, (code, message): &(&'static str, String)) -> Step {
        self.stage = Stage::Idle;
        Step {
            effects: vec![Effect::AbortFetches { generation: self.generation }, Notice::error(code, message.clone())],
            failed: true,
            ..Step::default()
        }
    }

    fn fetch(&self, file: File, url: &str, base: Option<String>) -> Effect {
        let (generation, with_credentials) = (self.generation, self.with_credentials);
        Effect::Fetch { generation, file, url: url.to_owned(), base, with_credentials }
    }
}

/// How far the load is, 0..1.
pub fn progress(total: f64) -> Effect {
    Notice::effect("progress", serde_json::json!({ "totalProgress": total, "reason": "load" }))
}

/// The stable code and the words for a file that did not come.
pub fn fetch_error(error: &FetchError, name: &str) -> (&'static str, String) {
    match error {
        FetchError::Status(404 | 410) => {
            ("model-not-found", format!("The server has no such file. Check the address: {name}"))
        }
        FetchError::Status(status) => {
            ("network", format!("The server answered {status}. Try again later, or check the address: {name}"))
        }
        FetchError::Network(reason) => {
            ("network", format!("The file could not be fetched ({reason}). Check the connection and try again: {name}"))
        }
    }
}
