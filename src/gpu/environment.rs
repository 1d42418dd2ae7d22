//! The environment pass: surroundings become light, once, when they change.

use crate::{
    gpu::{
        Error, Picture,
        bindings::{Arena, Layouts, bind},
        panorama::{self, Upload, Uploaded},
        pipelines::Recipe,
        shaders,
        sun::Sun,
        target,
        uniforms::Bake,
    },
    model::Panorama,
};

/// Where the light comes from.
#[derive(Debug)]
pub enum Environment<'a> {
    /// A neutral studio with soft boxes, made of numbers.
    Studio,
    /// Measured light all around.
    Panorama(&'a Panorama),
    /// The same, already on the card: [`Upload::step`] said that it is whole.
    Uploaded(Upload),
    /// A picture all around, sRGB as a JPEG or PNG has it.
    Picture(Picture<'a>),
}

/// Surroundings as light.
#[derive(Clone)]
pub(super) struct Light {
    pub specular: wgpu::TextureView,
    /// The level of it that holds roughness 1.
    pub last_level: f32,
    pub diffuse: wgpu::TextureView,
    pub reflected_share: wgpu::TextureView,
    /// The picture itself, with its sun; one texel for the studio.
    pub panorama: wgpu::TextureView,
    pub is_studio: bool,
    /// Brings stored light back to what it was: very bright pictures are stored darker.
    pub scale: f32,
    /// The sun in the picture, if there is one.
    pub sun: Option<Sun>,
    pub bytes: u64,
}

const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;
/// Faces of the mirror-sharp cube, in texels.
const SHARP_SIZE: u32 = 256;
/// Directions looked into for each specular level after the first. Wide lobes are small pictures and can afford more.
const SAMPLES: [u32; 5] = [64, 128, 256, 512, 512];
/// The level of roughness 1.
pub(super) const LAST_LEVEL: u32 = SAMPLES.len() as u32;
const DIFFUSE_SIZE: u32 = 16;
/// The level of the source that the diffuse cube sums up: faces of 16 texels.
const DIFFUSE_SOURCE_LEVEL: u32 = 4;
const TABLE_SIZE: u32 = 64;
const TABLE_SAMPLES: u32 = 512;

impl Light {
    /// Draws everything; the card does it in one submission.
    pub fn bake(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layouts: &Layouts,
        environment: Environment<'_>,
    ) -> Result<Self, Error> {
        let is_studio = matches!(environment, Environment::Studio);
        let Uploaded { picture, scale, sun } = uploaded(device, queue, environment)?;
        let source = cube(device, SHARP_SIZE, SHARP_SIZE.ilog2() + 1);
        let specular = cube(device, SHARP_SIZE, LAST_LEVEL + 1);
        let diffuse = cube(device, DIFFUSE_SIZE, 1);
        let table = texture(device, TABLE_SIZE, 1, 1);
        let panorama = picture.create_view(&Default::default());
        let (module, first) = if is_studio {
            (shaders::ENVIRONMENT.module(device), "from_studio")
        } else {
            (panorama_module(device), "from_panorama")
        };
        let mut bakery = Bakery::new(device, layouts, module, &panorama);
        let sharp = Bake { source_size: SHARP_SIZE as f32, ..intake(&picture, scale, sun) };
        bakery.plan(first, None, &source, 0, sharp);
        // The same again, read from the cube: four looks at one place cost less than as many into the panorama.
        let same = Bake { source_size: 1e9, ..sharp };
        bakery.plan("halve", Some((&source, Some(0))), &specular, 0, same);
        for level in 1..source.mip_level_count() {
            let finer = Bake { source_size: (SHARP_SIZE >> (level - 1)) as f32, ..sharp };
            bakery.plan("halve", Some((&source, Some(level - 1))), &source, level, finer);
        }
        for (level, sample_count) in (1..).zip(SAMPLES) {
            // Closer to each other near the mirror, where a little roughness is seen most: `reflection.wgsl` knows it.
            let share = level as f32 / LAST_LEVEL as f32;
            let roughness = share * share.sqrt();
            let bake = Bake { sample_count, roughness, ..sharp };
            bakery.plan("specular", Some((&source, None)), &specular, level, bake);
        }
        let level = DIFFUSE_SOURCE_LEVEL;
        let bake = Bake { source_size: (SHARP_SIZE >> level) as f32, source_level: level as f32, ..sharp };
        bakery.plan("diffuse", Some((&source, None)), &diffuse, 0, bake);
        let bake = Bake { source_size: TABLE_SIZE as f32, sample_count: TABLE_SAMPLES, ..sharp };
        bakery.plan("reflected_share", None, &table, 0, bake);
        bakery.draw(queue);
        let cubes = [&specular, &diffuse].map(|cube| u64::from(cube.width()).pow(2) * 6 * 8 * 4 / 3);
        Ok(Self {
            specular: cube_view(&specular, None),
            last_level: LAST_LEVEL as f32,
            diffuse: cube_view(&diffuse, None),
            reflected_share: table.create_view(&Default::default()),
            panorama,
            is_studio,
            scale,
            sun,
            bytes: cubes.iter().sum::<u64>() + u64::from(picture.width()) * u64::from(picture.height()) * 4,
        })
    }
}

fn uploaded(device: &wgpu::Device, queue: &wgpu::Queue, environment: Environment<'_>) -> Result<Uploaded, Error> {
    match environment {
        Environment::Studio => Ok(panorama::nothing(device)),
        Environment::Picture(picture) => panorama::take(device, queue, &picture),
        Environment::Uploaded(upload) => upload.done.ok_or_else(|| {
            Error::new("environment-broken", "The panorama is not whole. Go on with it until it says that it is.")
        }),
        Environment::Panorama(panorama) => {
            let mut upload = panorama::begin(device, panorama)?;
            while !upload.advance(device, queue, panorama, usize::MAX) {}
            uploaded(device, queue, Environment::Uploaded(upload))
        }
    }
}

/// How the panorama is read: each of its pixels at least once, and without its sun.
fn intake(picture: &wgpu::Texture, scale: f32, sun: Option<Sun>) -> Bake {
    let pixels_per_texel = picture.width() as f32 / (4.0 * SHARP_SIZE as f32);
    let looks = (pixels_per_texel.ceil() as u32).max(4);
    match sun {
        Some(sun) => Bake {
            looks,
            sun_center: sun.center.to_array(),
            sun_limit: sun.limit / scale,
            sun_cosine: sun.reach_cosine,
            ..Default::default()
        },
        None => Bake { looks, sun_cosine: 2.0, ..Default::default() },
    }
}

/// On its own, as it comes later: a page's first picture is lit by the studio.
#[inline(never)]
fn panorama_module(device: &wgpu::Device) -> wgpu::ShaderModule {
    shaders::PANORAMA.module(device)
}

/// Draws faces of levels of cubes, in the order they were planned.
struct Bakery<'a> {
    device: &'a wgpu::Device,
    layouts: &'a Layouts,
    module: wgpu::ShaderModule,
    pipelines: Vec<(&'static str, wgpu::RenderPipeline)>,
    arena: Arena,
    sampler: wgpu::Sampler,
    panorama: &'a wgpu::TextureView,
    nothing: wgpu::TextureView,
    steps: Vec<Step>,
}

struct Step {
    fragment: &'static str,
    source: wgpu::TextureView,
    face: wgpu::TextureView,
    offset: u32,
}

impl<'a> Bakery<'a> {
    fn new(
        device: &'a wgpu::Device,
        layouts: &'a Layouts,
        module: wgpu::ShaderModule,
        panorama: &'a wgpu::TextureView,
    ) -> Self {
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            // Around the horizon the picture goes on; above the zenith there is nothing.
            address_mode_u: wgpu::AddressMode::Repeat,
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            // Between two levels the nearer one: half the reads, and within 0.4 % of the mean as near to the exact light.
            mipmap_filter: wgpu::MipmapFilterMode::Nearest,
            ..Default::default()
        });
        Self {
            device,
            layouts,
            module,
            pipelines: Vec::new(),
            arena: Arena::new(device),
            sampler,
            panorama,
            nothing: cube_view(&cube(device, 1, 1), None),
            steps: Vec::new(),
        }
    }

    /// All faces of one level of `to`. `from` is the cube to read, whole or one level of it.
    fn plan(
        &mut self,
        fragment: &'static str,
        from: Option<(&wgpu::Texture, Option<u32>)>,
        to: &wgpu::Texture,
        level: u32,
        bake: Bake,
    ) {
        if !self.pipelines.iter().any(|(made, _)| *made == fragment) {
            let groups = [&self.layouts.bake];
            let recipe = Recipe::fullscreen(&shaders::ENVIRONMENT, &self.module, fragment, &groups, FORMAT);
            self.pipelines.push((fragment, recipe.make(self.device)));
        }
        for face in 0..to.depth_or_array_layers() {
            let target = to.create_view(&wgpu::TextureViewDescriptor {
                dimension: Some(wgpu::TextureViewDimension::D2),
                base_mip_level: level,
                mip_level_count: Some(1),
                base_array_layer: face,
                array_layer_count: Some(1),
                ..Default::default()
            });
            let source = from.map_or_else(|| self.nothing.clone(), |(cube, level)| cube_view(cube, level));
            let offset = self.arena.push(&Bake { face, ..bake });
            self.steps.push(Step { fragment, source, face: target, offset });
        }
    }

    fn draw(&mut self, queue: &wgpu::Queue) {
        self.arena.send(self.device, queue);
        let mut encoder = self.device.create_command_encoder(&Default::default());
        for step in &self.steps {
            let Some((_, pipeline)) = self.pipelines.iter().find(|(made, _)| *made == step.fragment) else { continue };
            let group = bind(
                self.device,
                &self.layouts.bake,
                &[
                    self.arena.binding::<Bake>(),
                    wgpu::BindingResource::TextureView(self.panorama),
                    wgpu::BindingResource::TextureView(&step.source),
                    wgpu::BindingResource::Sampler(&self.sampler),
                ],
            );
            let mut pass = target::begin_plain(&mut encoder, "environment", &step.face);
            pass.set_pipeline(pipeline);
            pass.set_bind_group(0, &group, &[step.offset]);
            pass.draw(0..3, 0..1);
        }
        queue.submit([encoder.finish()]);
    }
}

fn texture(device: &wgpu::Device, size: u32, layers: u32, levels: u32) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("light"),
        size: wgpu::Extent3d { width: size, height: size, depth_or_array_layers: layers },
        mip_level_count: levels,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: FORMAT,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    })
}

fn cube(device: &wgpu::Device, size: u32, levels: u32) -> wgpu::Texture {
    texture(device, size, 6, levels)
}

fn cube_view(cube: &wgpu::Texture, level: Option<u32>) -> wgpu::TextureView {
    cube.create_view(&wgpu::TextureViewDescriptor {
        dimension: Some(wgpu::TextureViewDimension::Cube),
        base_mip_level: level.unwrap_or(0),
        mip_level_count: level.map(|_| 1),
        ..Default::default()
    })
}
