//! The viewer of the page with files for a network and no screen: the one path on which a product is loaded here.

use crate::{Failure, decoder, disk, picture};
use std::{collections::BTreeMap, path::Path};
use vitrine::{
    gpu::{self, Alpha, Environment, Gpu, Picture},
    import::radiance,
    math::{Aabb, Vec2},
    model::{Image, Model},
    scene::{
        Item,
        frame::{Background, ModelId, View},
    },
    viewer::{Effect, Event, Notice, Panorama, Viewer},
};

/// Where products are shown, one after the other.
pub struct Stage {
    viewer: Viewer,
    /// Without a card products are only read.
    gpu: Option<Gpu>,
    now_ms: f64,
    /// About the product on the stage; everything is forgotten when the next one comes.
    pub heard: Heard,
}

/// What was said about one product.
#[derive(Default)]
pub struct Heard {
    /// The first thing that kept the product from being shown: stable code and words.
    pub failure: Option<(String, String)>,
    /// Stable code and words, in the order they came, each once.
    pub warnings: Vec<(String, String)>,
    /// Width and height of the decoded pictures, by their index in the model.
    pub picture_sizes: BTreeMap<usize, [u32; 2]>,
    /// Pictures that could not be decoded, by the same index.
    pub broken_pictures: BTreeMap<usize, String>,
    model: Option<ModelId>,
}

/// From where the stage is drawn.
pub struct Shot {
    pub size_px: [u32; 2],
    /// The page's own camera when `None`.
    pub view: Option<View>,
    pub background: Background,
    /// Lamps that the product brings along give no light.
    pub without_lamps: bool,
}

impl Stage {
    /// With a graphics card; one made of software will do.
    pub fn with_card() -> Result<Self, Failure> {
        let gpu = pollster::block_on(gpu::native()).map_err(|error| error.to_string())?;
        Ok(Self::new(Some(gpu)))
    }

    /// Products are read and their pictures decoded, but nothing can be drawn.
    pub fn without_card() -> Self {
        Self::new(None)
    }

    fn new(gpu: Option<Gpu>) -> Self {
        let mut stage = Self { viewer: Viewer::default(), gpu, now_ms: 0.0, heard: Heard::default() };
        stage.update(Event::Visible(true));
        stage
    }

    /// Sets an attribute of the element.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.update(Event::Set { name: name.to_owned(), value: value.map(str::to_owned) });
    }

    /// Loads a product under these attributes and waits until everything about it is known.
    pub fn show(&mut self, product: &Path, attributes: &[(&str, Option<String>)]) -> Result<(), Failure> {
        self.heard = Heard::default();
        for (name, value) in attributes {
            self.set(name, value.as_deref());
        }
        self.set("src", Some(&product.display().to_string()));
        // The page would draw now, and hear what the load had to say.
        self.update(Event::Drawn);
        match &self.heard.failure {
            Some((_, message)) => Err(format!("{}: {message}", product.display())),
            None => Ok(()),
        }
    }

    /// The product on the stage.
    pub fn model(&self) -> Option<&Model> {
        self.heard.model.and_then(|id| self.viewer.model(id))
    }

    /// The box around it, in metres.
    pub fn bounds(&self) -> Aabb {
        let item = self.heard.model.and_then(|id| Some(Item::new(0, id, self.viewer.model(id)?)));
        item.map_or(Aabb::EMPTY, |item| item.bounds)
    }

    /// The picture: straight alpha, rows from the top, four bytes a pixel.
    pub fn draw(&mut self, shot: &Shot) -> Result<Vec<u8>, Failure> {
        let [width, height] = shot.size_px;
        self.update(Event::Resized { size_css: Vec2::new(width as f32, height as f32), pixel_ratio: 1.0 });
        // A first tick starts the clock; after the second everything that moves has come to rest.
        for _ in 0..2 {
            self.now_ms += 60_000.0;
            self.update(Event::Tick { now_ms: self.now_ms });
        }
        let view = shot.view.unwrap_or_else(|| self.viewer.page_view(shot.size_px));
        let mut frame = self.viewer.frame(&[view]);
        if shot.background != Background::Transparent {
            frame.background = shot.background;
        }
        if shot.without_lamps {
            frame.lamps.clear();
        }
        let Some(gpu) = &mut self.gpu else { return Err("this stage has no graphics card.".into()) };
        gpu.render_to_pixels(&frame, width, height, Alpha::Straight).map_err(|error| error.to_string())
    }

    /// Tells the viewer, and does what it asks for until it asks no more.
    fn update(&mut self, event: Event) {
        let mut open = vec![event];
        while let Some(event) = open.pop() {
            for effect in self.viewer.update(event) {
                open.extend(self.answer(effect));
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Fetch { generation, file, url, base, .. } => {
                let answer = disk::fetch(&file, &url, base.as_deref());
                Some(Event::Fetched { generation, file, answer })
            }
            Effect::Upload { generation, model } => {
                self.heard.model = Some(model);
                let gpu = self.gpu.as_mut()?;
                let refused = self.viewer.model(model).and_then(|plain| gpu.upload_model(model, plain).err());
                refused.map(|problem| Event::CardRefused { generation, message: problem.message })
            }
            Effect::Unpack { generation, index, job } => {
                Some(Event::Unpacked { generation, index, answer: decoder::run(job) })
            }
            Effect::UploadPicture { generation, model, image, .. } => {
                let problem = self.upload_picture(model, image).err();
                if let Some(problem) = &problem {
                    self.heard.broken_pictures.insert(image, problem.clone());
                }
                Some(Event::PictureReady { generation, image, problem })
            }
            Effect::Surround { generation, role, file } => {
                let outcome = self.surround(role, file);
                Some(Event::PanoramaReady { generation, role, outcome })
            }
            Effect::DropSky => {
                // Without a panorama there is nothing that can be wrong.
                let _ = self.gpu.as_mut().map(|gpu| gpu.set_sky(None));
                None
            }
            Effect::Drop(model) => {
                if let Some(gpu) = &mut self.gpu {
                    gpu.drop_model(model);
                }
                None
            }
            Effect::Notify(notice) => self.hear(&notice),
            // There is no store, no room and no time here.
            _ => None,
        }
    }

    fn upload_picture(&mut self, id: ModelId, index: usize) -> Result<(), Failure> {
        let found = self.viewer.model(id).and_then(|model| model.images.get(index));
        // Pictures that could not be had have been warned of.
        let Some(image) = found.filter(|image| !image.bytes.is_empty()) else { return Ok(()) };
        let longest = self.gpu.as_ref().map_or(u32::MAX, Gpu::max_picture_size);
        let picture::Decoded { written_size, width, height, pixels } = picture::decode(image, longest)?;
        self.heard.picture_sizes.insert(index, written_size);
        let Some(gpu) = &mut self.gpu else { return Ok(()) };
        let picture = Picture::Rgba8 { width, height, pixels: &pixels };
        gpu.upload_picture(id, index, picture).map_err(|error| error.to_string())
    }

    /// Surroundings by what the file is, not by its name. The answer says what was done to them.
    fn surround(&mut self, role: Panorama, file: Option<Vec<u8>>) -> Result<Option<String>, Failure> {
        let Some(file) = file else { return self.take(role, Environment::Studio).map(|()| None) };
        let widest = self.gpu.as_ref().map_or(u32::MAX, |gpu| gpu.widest_panorama(role != Panorama::Light));
        if radiance::is_hdr(&file) {
            let mut reader = radiance::Reader::new(&file, widest).map_err(|error| error.message().to_owned())?;
            while !reader.step(usize::MAX).map_err(|error| error.message().to_owned())? {}
            let warning = reader.warning();
            return self.take(role, Environment::Panorama(&reader.finish())).map(|()| warning);
        }
        let picture = picture::decode(&Image { bytes: file, ..Default::default() }, widest)?;
        let [width, height] = [picture.width, picture.height];
        let warning =
            (picture.written_size != [width, height]).then(|| radiance::shrunk(picture.written_size, [width, height]));
        let picture = Picture::Rgba8 { width, height, pixels: &picture.pixels };
        self.take(role, Environment::Picture(picture)).map(|()| warning)
    }

    fn take(&mut self, role: Panorama, environment: Environment<'_>) -> Result<(), Failure> {
        let Some(gpu) = &mut self.gpu else { return Ok(()) };
        let taken = match role {
            Panorama::Sky => gpu.set_sky(Some(environment)),
            Panorama::Light | Panorama::LightAndSky => gpu.set_environment(environment),
        };
        taken.map_err(|error| error.message)
    }

    fn hear(&mut self, notice: &Notice) -> Option<Event> {
        let text = |key: &str| notice.detail[key].as_str().unwrap_or_default().to_owned();
        match notice.name {
            "error" => {
                self.heard.failure.get_or_insert_with(|| (text("code"), text("message")));
            }
            "warning" => self.heard.warn(text("code"), text("message")),
            "load" => {
                for warning in notice.detail["warnings"].as_array().into_iter().flatten() {
                    self.heard.warn("product".to_owned(), warning.as_str().unwrap_or_default().to_owned());
                }
            }
            _ => {}
        }
        None
    }
}

impl Heard {
    fn warn(&mut self, code: String, message: String) {
        if self.warnings.iter().all(|(_, known)| *known != message) {
            self.warnings.push((code, message));
        }
    }

    /// Says the warnings on the error output.
    pub fn print_warnings(&self, about: &str) {
        for (_, message) in &self.warnings {
            eprintln!("vitrine: {about}: {message}");
        }
    }
}
