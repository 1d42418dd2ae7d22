//! The native command: `vitrine poster` draws a product as the page would show it.

use std::{
    fmt::Display,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};
use vitrine::{
    gpu::{self, Alpha, Environment, Gpu, Picture},
    math::Vec2,
    model::{Image, Panorama},
    scene::frame::ModelId,
    viewer::{Effect, Event, FetchError, File, Notice, Viewer},
};

const USAGE: &str = "usage: vitrine poster FILE.glb OUT.png [--size N] [--orbit \"30deg 75deg 105%\"] [--variant NAME] \
                     [--environment FILE.hdr] [--exposure X] [--shadow X]\n\
                     Draws the product as <vitrine-view> shows it, transparent where there is nothing, N by N pixels \
                     (1024 when not said).";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("vitrine: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), String> {
    let mut arguments = arguments.into_iter();
    match arguments.next().as_deref() {
        Some("poster") => poster(&Poster::read(arguments)?),
        Some("--help" | "-h" | "help") => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("`{}` is not a command\n{USAGE}", other.unwrap_or_default())),
    }
}

/// What to draw.
struct Poster {
    product: PathBuf,
    picture: PathBuf,
    size: u32,
    /// Attributes as on the element.
    attributes: Vec<(&'static str, String)>,
}

impl Poster {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut files = Vec::new();
        let mut size = 1024;
        let mut attributes = vec![("shadow-intensity", "1".to_owned())];
        while let Some(argument) = arguments.next() {
            let Some(option) = argument.strip_prefix("--") else {
                files.push(PathBuf::from(argument));
                continue;
            };
            let value = arguments.next().ok_or_else(|| format!("--{option} wants a value\n{USAGE}"))?;
            match option {
                "size" => size = value.parse().map_err(|_| format!("--size {value}: a number of pixels is wanted"))?,
                "orbit" => attributes.push(("camera-orbit", value)),
                "variant" => attributes.push(("variant-name", value)),
                "environment" => attributes.push(("environment-image", value)),
                "exposure" => attributes.push(("exposure", value)),
                "shadow" => attributes.push(("shadow-intensity", value)),
                _ => return Err(format!("--{option} is not an option\n{USAGE}")),
            }
        }
        let [product, picture] =
            <[PathBuf; 2]>::try_from(files).map_err(|_| format!("two files are wanted\n{USAGE}"))?;
        attributes.push(("src", product.display().to_string()));
        Ok(Self { product, picture, size, attributes })
    }
}

fn poster(poster: &Poster) -> Result<(), String> {
    let gpu = pollster::block_on(gpu::native()).map_err(words)?;
    let mut stage = Stage { viewer: Viewer::default(), gpu, failure: None };
    let resized = Event::Resized { size_css: Vec2::splat(poster.size as f32), pixel_ratio: 1.0 };
    stage.update(resized);
    stage.update(Event::Visible(true));
    for (name, value) in &poster.attributes {
        stage.update(Event::Set { name: (*name).to_owned(), value: Some(value.clone()) });
    }
    // A first tick starts the clock; after the second everything that moves has come to rest.
    for now_ms in [0.0, 60_000.0] {
        stage.update(Event::Tick { now_ms });
    }
    if let Some(message) = stage.failure {
        return Err(format!("{}: {message}", poster.product.display()));
    }
    let size_px = [poster.size; 2];
    let frame = stage.viewer.frame(&[stage.viewer.page_view(size_px)]);
    let pixels = stage.gpu.render_to_pixels(&frame, poster.size, poster.size, Alpha::Straight).map_err(words)?;
    image::save_buffer(&poster.picture, &pixels, poster.size, poster.size, image::ColorType::Rgba8)
        .map_err(|error| format!("{}: {error}", poster.picture.display()))
}

/// The viewer of the page, with files for a network and no screen.
struct Stage {
    viewer: Viewer,
    gpu: Gpu,
    /// The first thing that kept the product from being shown.
    failure: Option<String>,
}

impl Stage {
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
                let answer = fetch(&file, &url, base.as_deref());
                Some(Event::Fetched { generation, file, answer })
            }
            Effect::Upload { generation, model } => {
                let refused = self.viewer.model(model).and_then(|plain| self.gpu.upload_model(model, plain).err());
                refused.map(|problem| Event::CardRefused { generation, message: problem.message })
            }
            Effect::UploadPicture { generation, model, image } => {
                let problem = self.upload_picture(model, image).err();
                Some(Event::PictureReady { generation, image, problem })
            }
            Effect::LightBy(panorama) => self.light_by(panorama.as_ref()),
            Effect::Drop(model) => {
                self.gpu.drop_model(model);
                None
            }
            Effect::Notify(notice) => self.hear(&notice),
            // There is no store, no room and no time here.
            _ => None,
        }
    }

    fn upload_picture(&mut self, id: ModelId, index: usize) -> Result<(), String> {
        let found = self.viewer.model(id).and_then(|model| model.images.get(index));
        let Some(image) = found else { return Ok(()) };
        let (width, height, pixels) = decode(image, self.gpu.max_picture_size())?;
        self.gpu.upload_picture(id, index, Picture::Rgba8 { width, height, pixels: &pixels }).map_err(words)
    }

    fn light_by(&mut self, panorama: Option<&Panorama>) -> Option<Event> {
        let environment = panorama.map_or(Environment::Studio, Environment::Panorama);
        if let Err(problem) = self.gpu.set_environment(environment) {
            self.failure.get_or_insert(problem.message);
        }
        None
    }

    fn hear(&mut self, notice: &Notice) -> Option<Event> {
        let message = notice.detail["message"].as_str().unwrap_or_default();
        match notice.name {
            "error" => {
                self.failure.get_or_insert_with(|| message.to_owned());
            }
            "warning" => eprintln!("vitrine: {message}"),
            _ => {}
        }
        None
    }
}

/// Files named by a product lie beside it.
fn fetch(file: &File, url: &str, base: Option<&str>) -> Result<Vec<u8>, FetchError> {
    let path = match (file, base.and_then(|base| Path::new(base).parent())) {
        (File::Other(_), Some(folder)) => folder.join(percent_decoded(url)),
        _ => PathBuf::from(url),
    };
    fs::read(&path).map_err(|error| FetchError::Network(format!("{}: {error}", path.display())))
}

/// glTF writes a blank in a file name as `%20`.
fn percent_decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, after @ ..] = rest {
        let code = match (first, after) {
            (b'%', [high, low, ..]) => char::from(*high).to_digit(16).zip(char::from(*low).to_digit(16)),
            _ => None,
        };
        bytes.push(code.map_or(*first, |(high, low)| (high * 16 + low) as u8));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The picture's size and RGBA bytes, no side longer than `longest` pixels.
fn decode(image: &Image, longest: u32) -> Result<(u32, u32, Vec<u8>), String> {
    let failed = |error: image::ImageError| format!("picture `{}`: {error}", image.name);
    let mut picture = image::load_from_memory(&image.bytes).map_err(failed)?;
    if picture.width().max(picture.height()) > longest {
        picture = picture.resize(longest, longest, image::imageops::FilterType::Triangle);
    }
    let picture = picture.into_rgba8();
    Ok((picture.width(), picture.height(), picture.into_raw()))
}

fn words(error: impl Display) -> String {
    error.to_string()
}
