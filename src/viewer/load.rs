//! The path of a product file: fetch, name the others, fetch them, unpack, read, decode pictures, show. One load for each
//! product; whose an answer is, and whether anybody still waits for it, [`super::Viewer`] finds by its generation.

use super::effect::{Effect, Notice};
use super::event::{FetchError, File};
use super::pictures::{self, PictureRoom, Pictures};
use crate::import::tangents::{self, WithoutTangents};
use crate::import::{self, Import, Packed, Unpacked};
use crate::scene::frame::ModelId;
use crate::unpack::Job;

/// The load of one product in progress, or the last one.
#[derive(Debug, Default)]
pub struct Load {
    /// Answers carry it; another number is an older load's.
    pub generation: u32,
    /// What the card has for pictures.
    pub room: PictureRoom,
    url: String,
    with_credentials: bool,
    stage: Stage,
    /// Pictures, by image, whose files are still on their way: the product does not wait for them to be read.
    late: Vec<(usize, String)>,
    warnings: Vec<String>,
    /// The product has been on the screen.
    is_drawn: bool,
}

#[derive(Debug, Default)]
enum Stage {
    /// Nothing to do, or it failed.
    #[default]
    Idle,
    /// The product's own file is on its way.
    Product,
    /// The files it names are on their way.
    Others { missing: Vec<String>, files: Files },
    /// Decoders are at work.
    Unpacking { waiting: usize, jobs: Vec<Packed>, unpacked: Unpacked, files: Files },
    /// Tangents are being made.
    Finishing { waiting: usize, places: Vec<WithoutTangents>, import: Box<Import> },
    /// The pictures are being decoded.
    Pictures(Pictures),
    /// Everything is on the card; the next picture shows it.
    Ready,
}

/// What has come.
#[derive(Debug, Default)]
struct Files {
    product: Vec<u8>,
    others: import::Files,
}

/// What a step of the load leads to.
#[derive(Debug, Default)]
pub struct Step {
    /// The product, read; it is to be kept under this id.
    pub model: Option<(ModelId, Import)>,
    /// Bytes of pictures of a model that is kept already, by image.
    pub pictures: Vec<(ModelId, usize, Vec<u8>)>,
    /// To be carried out after that.
    pub effects: Vec<Effect>,
    /// This model can be shown now.
    pub shown: Option<ModelId>,
    /// The load ended without a product.
    pub failed: bool,
}

impl Load {
    /// Starts over with another address; `generation` is a number never used before.
    pub fn start(&mut self, generation: u32, url: &str, with_credentials: bool) -> Vec<Effect> {
        let mut effects = self.stop(generation);
        (self.url, self.with_credentials, self.stage) = (url.to_owned(), with_credentials, Stage::Product);
        effects.extend([progress(0.0), self.fetch(File::Product, url, None)]);
        effects
    }

    /// Forgets the load; its answers will be dropped.
    pub fn stop(&mut self, generation: u32) -> Vec<Effect> {
        let old = std::mem::replace(self, Self { generation, room: self.room, ..Self::default() });
        vec![Effect::AbortFetches { generation: old.generation }]
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
    pub fn received(&mut self, bytes: f64, total_bytes: Option<f64>) -> Step {
        let effects = match (&self.stage, total_bytes) {
            (Stage::Product, Some(total)) if total > 0.0 => vec![progress(0.8 * (bytes / total).clamp(0.0, 1.0))],
            _ => Vec::new(),
        };
        Step { effects, ..Step::default() }
    }

    /// A file has come, or will not.
    pub fn fetched(&mut self, file: File, answer: Result<Vec<u8>, FetchError>) -> Step {
        match (std::mem::take(&mut self.stage), file) {
            (Stage::Product, File::Product) => match answer {
                Ok(bytes) => self.product_came(bytes),
                Err(error) => {
                    let (code, message) = fetch_error(&error, &self.url);
                    self.fail(code, &message)
                }
            },
            (stage, File::Other(name)) => {
                self.stage = stage;
                self.other_came(name, answer)
            }
            (stage, _) => {
                self.stage = stage;
                Step::default()
            }
        }
    }

    /// A decoder is done.
    pub fn unpacked(&mut self, index: usize, answer: Result<Vec<u8>, String>) -> Step {
        match &mut self.stage {
            Stage::Unpacking { waiting, jobs, unpacked, .. } => {
                let Some(packed) = jobs.get(index) else { return Step::default() };
                match answer {
                    Ok(plain) => unpacked.insert(packed.view, plain),
                    Err(reason) => {
                        let error = packed.failed(&reason);
                        return self.fail(error.code(), error.message());
                    }
                }
                *waiting -= 1;
            }
            Stage::Finishing { waiting, places, import } => {
                let place = places.get(index);
                let made = answer
                    .is_ok_and(|answer| place.is_some_and(|place| tangents::take(&mut import.model, place, &answer)));
                if !made {
                    let sentence = "Tangents could not be made: normal maps may look slightly wrong at seams.";
                    import.warnings.push(sentence.to_owned());
                }
                *waiting -= 1;
            }
            _ => {}
        }
        self.go_on()
    }

    /// A picture is on the card, or could not be decoded: the product is then drawn without it.
    pub fn picture_ready(&mut self, image: usize, problem: Option<String>) -> Step {
        let Stage::Pictures(pictures) = &mut self.stage else { return Step::default() };
        if !pictures.is_ready(image) {
            return Step::default();
        }
        let mut step = Step { effects: vec![progress(0.8 + 0.15 * pictures.share())], ..Step::default() };
        if let Some(problem) = problem {
            let sentence = format!("Picture {image} cannot be decoded ({problem}); the product is shown without it.");
            step.effects.push(Notice::warning("picture", sentence.clone()));
            self.warnings.push(sentence);
        }
        step.shown = pictures.take_shown();
        if pictures.are_done() {
            self.stage = Stage::Ready;
        }
        step
    }

    /// The card refused the product.
    pub fn refused(&mut self, message: &str) -> Step {
        self.fail("card-refused", &format!("The graphics card cannot take this product: {message}"))
    }

    /// A picture of the scene is on the screen: whether the product is new on it, and whether it is now there with
    /// everything. Each true once per load.
    pub fn drawn(&mut self) -> [bool; 2] {
        let is_complete = matches!(self.stage, Stage::Ready);
        let is_shown = is_complete || matches!(&self.stage, Stage::Pictures(pictures) if pictures.is_shown());
        if is_complete {
            self.stage = Stage::Idle;
        }
        let is_new = is_shown && !self.is_drawn;
        self.is_drawn |= is_shown;
        [is_new, is_complete]
    }

    fn product_came(&mut self, product: Vec<u8>) -> Step {
        let import::Needs { buffers: mut missing, pictures: late } = match import::needs_by_kind(&product) {
            Ok(found) => found,
            Err(error) => return self.fail(error.code(), error.message()),
        };
        let mut names = missing.clone();
        for (_, name) in &late {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        missing.dedup();
        let fetch = |name: &String| self.fetch(File::Other(name.clone()), name, Some(self.url.clone()));
        let effects: Vec<Effect> = names.iter().map(fetch).collect();
        self.late = late;
        self.stage = Stage::Others { missing, files: Files { product, ..Files::default() } };
        let mut step = self.go_on();
        step.effects.splice(0..0, effects);
        step
    }

    fn other_came(&mut self, name: String, answer: Result<Vec<u8>, FetchError>) -> Step {
        let mut images: Vec<usize> =
            self.late.iter().filter(|(_, other)| *other == name).map(|(image, _)| *image).collect();
        self.late.retain(|(_, other)| *other != name);
        let problem = answer.as_ref().err().map(|error| fetch_error(error, &name).1);
        let problem = problem.map(|words| match images.first() {
            Some(image) => format!("images/{image}: the picture is missing. {words}"),
            None => words,
        });
        self.warnings.extend(problem.clone());
        let bytes = answer.unwrap_or_default();
        let mut step = Step::default();
        match &mut self.stage {
            Stage::Others { missing, files } => {
                missing.retain(|other| *other != name);
                if problem.is_none() {
                    files.others.insert(name, bytes);
                }
                return self.go_on();
            }
            Stage::Unpacking { files, .. } => files.others.insert(name, bytes),
            Stage::Finishing { import, .. } => {
                for image in images {
                    import::fill_picture(&mut import.model, image, bytes.clone());
                }
            }
            Stage::Pictures(pictures) => {
                let model = pictures.model;
                if problem.is_some() {
                    images.retain(|image| pictures.is_ready(*image));
                    step.shown = pictures.take_shown();
                    if pictures.are_done() {
                        self.stage = Stage::Ready;
                    }
                    return step;
                }
                let longest_side = pictures.longest_side;
                for image in images {
                    step.pictures.push((model, image, bytes.clone()));
                    let generation = self.generation;
                    step.effects.push(Effect::UploadPicture { generation, model, image, longest_side });
                }
            }
            _ => {}
        }
        step
    }

    /// Takes the next step when nothing is waited for any more.
    fn go_on(&mut self) -> Step {
        match std::mem::take(&mut self.stage) {
            Stage::Others { missing, files } if missing.is_empty() => self.unpack(files),
            Stage::Unpacking { waiting: 0, unpacked, files, .. } => self.read(files, &unpacked),
            Stage::Finishing { waiting: 0, import, .. } => self.product_read(*import),
            stage => {
                self.stage = stage;
                Step::default()
            }
        }
    }

    fn unpack(&mut self, mut files: Files) -> Step {
        // An empty file stands for a picture that comes later.
        for (_, name) in &self.late {
            files.others.insert(name.clone(), Vec::new());
        }
        let mut jobs = match import::packed(&files.product, &files.others) {
            Ok(jobs) => jobs,
            Err(error) => return self.fail(error.code(), error.message()),
        };
        let effects = self.ask(jobs.iter_mut().map(|packed| &mut packed.job));
        self.stage = Stage::Unpacking { waiting: jobs.len(), jobs, unpacked: Unpacked::default(), files };
        let mut step = self.go_on();
        step.effects.splice(0..0, effects);
        step
    }

    fn read(&mut self, files: Files, unpacked: &Unpacked) -> Step {
        let import = match import::read_unpacked(&files.product, &files.others, unpacked) {
            Ok(import) => import,
            Err(error) => return self.fail(error.code(), error.message()),
        };
        let mut places = tangents::needed(&import.model);
        let effects = self.ask(places.iter_mut().map(|place| &mut place.job));
        self.stage = Stage::Finishing { waiting: places.len(), places, import: Box::new(import) };
        let mut step = self.go_on();
        step.effects.splice(0..0, effects);
        step
    }

    /// Sends jobs away; what comes back needs only their number.
    fn ask<'a>(&self, jobs: impl Iterator<Item = &'a mut Job>) -> Vec<Effect> {
        let generation = self.generation;
        let take = |job: &mut Job| Job {
            decoder: job.decoder,
            parameters: std::mem::take(&mut job.parameters),
            bytes: std::mem::take(&mut job.bytes),
        };
        jobs.enumerate().map(|(index, job)| Effect::Unpack { generation, index, job: take(job) }).collect()
    }

    fn product_read(&mut self, import: Import) -> Step {
        let (model, generation) = (ModelId(self.generation), self.generation);
        let late: Vec<usize> = self.late.iter().map(|(image, _)| *image).collect();
        let plan = pictures::plan(model, &import.model, &late, self.room);
        self.warnings.extend(import.warnings.iter().cloned().chain(plan.warning));
        let longest_side = plan.pictures.longest_side;
        let mut effects = vec![progress(0.8), Effect::Upload { generation, model }];
        let upload = |image| Effect::UploadPicture { generation, model, image, longest_side };
        effects.extend(plan.order.into_iter().map(upload));
        let mut pictures = plan.pictures;
        let shown = pictures.take_shown();
        self.stage = if pictures.are_done() { Stage::Ready } else { Stage::Pictures(pictures) };
        Step { effects, model: Some((model, import)), shown, ..Step::default() }
    }

    fn fail(&mut self, code: &'static str, message: &str) -> Step {
        self.stage = Stage::Idle;
        Step {
            effects: vec![Effect::AbortFetches { generation: self.generation }, Notice::error(code, message)],
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
