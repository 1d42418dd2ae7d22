//! Draws a [`crate::scene::frame::Frame`] with wgpu. Knows models and frames; nothing of files, pages or shops.
//!
//! [`Gpu`] is all there is: models and their pictures go up, light is set, frames are drawn. `plan.rs` says what a frame
//! draws, `render.rs` is one line per pass; a pass, its shader and its test share one name. Everything runs on WebGL2: no
//! compute, no storage buffers.

mod backdrop;
#[cfg(target_arch = "wasm32")]
mod bands;
mod behind;
mod bindings;
mod caption;
mod card;
mod environment;
mod feed;
mod geometry;
mod grid;
mod lamps;
mod materials;
mod mip;
mod models;
mod occlusion;
mod panorama;
mod peel;
#[cfg(not(target_arch = "wasm32"))]
mod picture;
mod pipelines;
mod plan;
mod present;
mod render;
mod reticle;
mod room;
mod room_light;
mod room_mirror;
pub mod shaders;
mod shadow;
mod shadow_map;
mod shapes;
mod sun;
mod target;
pub mod uniforms;

pub use card::device_descriptor;
#[cfg(not(target_arch = "wasm32"))]
pub use card::native;
pub use environment::Environment;
pub use panorama::Upload;

use crate::{
    model::{Material, Model, Texture},
    scene::frame::ModelId,
    shelf::Shelf,
};

/// The graphics card and everything of ours on it.
pub struct Gpu {
    device: wgpu::Device,
    queue: wgpu::Queue,
    layouts: bindings::Layouts,
    arena: bindings::Arena,
    groups: Option<render::Groups>,
    pictures: mip::Pictures,
    pipelines: pipelines::SurfacePipelines,
    models: render::Models,
    /// What moves and repeats in them.
    shapes: Shelf<ModelId, shapes::Shapes>,
    poses: shapes::Poses,
    light: Option<environment::Light>,
    sky: Option<environment::Light>,
    light_sampler: wgpu::Sampler,
    targets: target::Targets,
    behind: behind::Behind,
    shadows: shadow::Shadows,
    shadow_map: shadow_map::ShadowMap,
    no_shadow: (wgpu::TextureView, wgpu::Sampler),
    occlusions: occlusion::Occlusions,
    /// Counts what changes the light around items: light, models, materials, pictures.
    content: u64,
    /// Made with the first sky: in the browser its shader comes later than the rest.
    backdrop: Option<backdrop::Backdrop>,
    /// A camera's picture, once one came.
    feed: Option<Box<feed::CameraFeed>>,
    /// Once a frame has had one.
    reticle: Option<reticle::ReticleRing>,
    caption: Option<caption::Caption>,
    /// There once a device has told a room's depth.
    room: Option<room::Room>,
    /// There while a room lights the products.
    room_light: Option<room_light::RoomLight>,
    presenter: present::Presenter,
    /// The last frame's, for its memory.
    last_plan: plan::Plan,
    longest_side: u32,
}

/// A decoded picture, straight alpha, colours as the file has them.
#[derive(Clone, Debug)]
pub enum Picture<'a> {
    /// Rows from the top, four bytes a pixel.
    Rgba8 {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// `width * height * 4` bytes.
        pixels: &'a [u8],
    },
    /// Blocks of a format that the device has, with smaller levels.
    Packed {
        /// Its linear version.
        format: wgpu::TextureFormat,
        /// In pixels, a multiple of four.
        width: u32,
        /// In pixels, a multiple of four.
        height: u32,
        /// The largest first; each half as wide and high as the one before.
        levels: Vec<&'a [u8]>,
    },
    /// A picture the browser holds, made with `premultiplyAlpha: "none"` and `colorSpaceConversion: "none"`.
    #[cfg(target_arch = "wasm32")]
    External {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// Origin 0, not flipped: WebGL2 knows nothing else.
        source: &'a wgpu::CopyExternalImageSourceInfo,
    },
}

impl Picture<'_> {
    fn size(&self) -> [u32; 2] {
        match *self {
            Self::Rgba8 { width, height, .. } | Self::Packed { width, height, .. } => [width, height],
            #[cfg(target_arch = "wasm32")]
            Self::External { width, height, .. } => [width, height],
        }
    }
}

/// Where a frame goes.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// A colour target, one sample a pixel.
    pub view: &'a wgpu::TextureView,
    /// Its format. Formats that encode sRGB by themselves get linear numbers.
    pub format: wgpu::TextureFormat,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Upside down, for targets whose first row is the lowest.
    pub flip_y: bool,
    /// What the alpha channel means there.
    pub alpha: Alpha,
}

/// What an output's alpha channel means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alpha {
    /// Colours are multiplied with it after encoding: canvases and XR layers.
    Premultiplied,
    /// Colours are whole: picture files.
    Straight,
    /// There is none; what would be transparent is black.
    Opaque,
}

/// Why the card refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Stable, for programs: `no-gpu`, `gpu-too-weak`, `model-too-large`, `picture-too-large`, `picture-empty`,
    /// `picture-broken`, `environment-broken`, `gpu-lost`.
    pub code: &'static str,
    /// For people: what is wrong and what to do.
    pub message: String,
}

impl Error {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl Gpu {
    /// Makes the passes. The device should come from a descriptor of [`device_descriptor`].
    pub fn new(device: wgpu::Device, queue: wgpu::Queue) -> Self {
        let layouts = bindings::Layouts::new(&device);
        let pictures = mip::Pictures::new(&device, &queue, &layouts);
        // One sampler for cubes, table and panorama; around the horizon the panorama goes on.
        let light_sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            address_mode_u: wgpu::AddressMode::Repeat,
            ..Default::default()
        });
        Self {
            arena: bindings::Arena::new(&device),
            groups: None,
            pipelines: pipelines::SurfacePipelines::new(&device),
            models: render::Models::default(),
            shapes: Shelf::default(),
            poses: shapes::Poses::new(&device),
            light: None,
            sky: None,
            light_sampler,
            targets: target::Targets::default(),
            behind: behind::Behind::new(&device, &layouts, pictures.linear.clone()),
            occlusions: occlusion::Occlusions::new(&device, pictures.linear.clone()),
            content: 0,
            shadows: shadow::Shadows::new(&device, &layouts, pictures.linear.clone()),
            shadow_map: shadow_map::ShadowMap::default(),
            no_shadow: shadow_map::ShadowMap::nothing(&device),
            backdrop: None,
            feed: None,
            reticle: None,
            caption: None,
            presenter: present::Presenter::new(&device),
            room: None,
            room_light: None,
            last_plan: plan::Plan::default(),
            // Asked once: in a browser every answer is put together of dozens of calls.
            longest_side: device.limits().max_texture_dimension_2d,
            layouts,
            pictures,
            device,
            queue,
        }
    }

    /// The device everything lives on.
    pub fn device(&self) -> &wgpu::Device {
        &self.device
    }

    /// Its queue.
    pub fn queue(&self) -> &wgpu::Queue {
        &self.queue
    }

    /// The longest side of a picture the card takes, in pixels.
    pub fn max_picture_size(&self) -> u32 {
        self.longest_side
    }

    /// Takes a model: geometry, materials with plain stand-ins for their pictures, and the pipelines they need. A model
    /// with the same id is replaced.
    ///
    /// # Errors
    /// The geometry does not fit into one buffer of the card.
    pub fn upload_model(&mut self, id: ModelId, model: &Model) -> Result<(), Error> {
        self.shadow_map.forget();
        let Self { device, queue, layouts, pictures, pipelines, .. } = self;
        let card = models::Card { device, queue, layouts };
        self.content += 1;
        let gpu_model = models::GpuModel::new(&card, pictures, pipelines, model)?;
        self.shapes.insert(id, shapes::Shapes::new(device, queue, model)?);
        self.models.insert(id, gpu_model);
        self.groups = None;
        Ok(())
    }

    /// Takes a decoded picture of a model (`image` indexes [`Model::images`]), makes its mip chain and binds it wherever
    /// the model uses it. Pictures of models that are gone, and pictures nothing uses, are ignored.
    ///
    /// # Errors
    /// The picture is empty, broken, or larger than the card takes.
    pub fn upload_picture(&mut self, id: ModelId, image: usize, picture: Picture<'_>) -> Result<(), Error> {
        self.shadow_map.forget();
        let Self { device, queue, layouts, pictures, .. } = self;
        let Some(model) = self.models.get_mut(id) else { return Ok(()) };
        self.content += 1;
        model.upload_picture(&models::Card { device, queue, layouts }, pictures, image, &picture)
    }

    /// Makes one material of a model (`index` counts [`Model::materials`]) another one, in place: colours, factors and
    /// textures. The answer names the images that it reads and that must be uploaded first, or again because they are
    /// now read in another way; until then it is drawn without them. Materials that do not exist are ignored.
    pub fn update_material(&mut self, id: ModelId, index: usize, material: &Material) -> Vec<usize> {
        self.shadow_map.forget();
        let Self { device, queue, layouts, pictures, .. } = self;
        let Some(model) = self.models.get_mut(id) else { return Vec::new() };
        self.content += 1;
        model.set_material(&models::Card { device, queue, layouts }, pictures, index, material)
    }

    /// Adds a texture to a model, for slots of [`Self::update_material`]; its image may be one the model has not had so
    /// far, to be uploaded next. The answer is its index, `None` when the model is gone.
    pub fn add_texture(&mut self, id: ModelId, texture: Texture) -> Option<usize> {
        self.models.get_mut(id).map(|model| model.add_texture(texture))
    }

    /// Frees everything of a model.
    pub fn drop_model(&mut self, id: ModelId) {
        self.models.remove(id);
        self.shapes.remove(id);
        self.groups = None;
    }

    /// Bakes the surroundings to light. Without it the first frame bakes the studio.
    ///
    /// # Errors
    /// The panorama has no pixels, not as many as its size says, or more on a side than the card takes.
    pub fn set_environment(&mut self, environment: Environment<'_>) -> Result<(), Error> {
        self.room_light = None;
        self.light = Some(environment::Light::bake(&self.device, &self.queue, &self.layouts, environment)?);
        self.groups = None;
        self.content += 1;
        Ok(())
    }

    /// Draws other surroundings than those that light, where a frame wants any; `None` draws those that light.
    ///
    /// # Errors
    /// Those of [`Self::set_environment`].
    pub fn set_sky(&mut self, sky: Option<Environment<'_>>) -> Result<(), Error> {
        let bake = |sky| environment::Light::bake(&self.device, &self.queue, &self.layouts, sky);
        self.sky = sky.map(bake).transpose()?;
        self.groups = None;
        Ok(())
    }

    /// The last frame wants more than was done in it: draw again, and it will be better.
    pub fn is_busy(&self) -> bool {
        self.occlusions.is_busy()
    }

    /// About how many bytes of ours the card holds: models, light, targets and shadows.
    pub fn memory_bytes(&self) -> u64 {
        let models: u64 = self.models.values().map(models::GpuModel::bytes).sum();
        let light: u64 = self.light.iter().chain(&self.sky).map(|light| light.bytes).sum();
        let shapes: u64 = self.shapes.values().map(|shapes| shapes.bytes).sum();
        models
            + shapes
            + light
            + self.targets.bytes()
            + self.shadows.bytes()
            + self.shadow_map.bytes()
            + self.occlusions.bytes()
    }
}
