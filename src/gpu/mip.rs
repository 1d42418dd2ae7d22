//! Pictures on the card: uploaded, halved down to one texel, and sampled as the file says.

use crate::{
    gpu::{
        Error, Picture,
        bindings::{Arena, Layouts, bind},
        pipelines::Recipe,
        shaders, target,
        uniforms::Mip,
    },
    model::{Filter, MipFilter, Sampler, Wrap},
};

/// How a picture's numbers are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// sRGB: base colour and emissive.
    Color,
    /// Linear: normals, roughness, metalness, occlusion.
    Data,
}

/// A picture on the card.
pub(super) struct Uploaded {
    pub view: wgpu::TextureView,
    pub bytes: u64,
}

/// Makes textures, their mip chains and their samplers.
pub(super) struct Pictures {
    color: wgpu::RenderPipeline,
    data: wgpu::RenderPipeline,
    arena: Arena,
    /// For absent textures, too.
    pub linear: wgpu::Sampler,
    samplers: Vec<(Sampler, wgpu::Sampler)>,
    /// What is bound where a picture is absent or still on its way.
    pub white: wgpu::TextureView,
    /// Nothing at all.
    pub clear: wgpu::TextureView,
}

impl Pictures {
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue, layouts: &Layouts) -> Self {
        let module = shaders::MIP.module(device);
        let pipeline = |fragment, format| {
            Recipe::fullscreen(&shaders::MIP, &module, fragment, &[&layouts.picture], format).make(device)
        };
        Self {
            color: pipeline("color", wgpu::TextureFormat::Rgba8UnormSrgb),
            data: pipeline("data", wgpu::TextureFormat::Rgba8Unorm),
            arena: Arena::new(device),
            linear: sampler(device, Sampler { wrap_u: Wrap::Clamp, wrap_v: Wrap::Clamp, ..Default::default() }, 1),
            samplers: Vec::new(),
            white: one_texel(device, queue, [255, 255, 255, 255]),
            clear: one_texel(device, queue, [0; 4]),
        }
    }

    /// The sampler of a texture, made once.
    pub fn sampler(&mut self, device: &wgpu::Device, wanted: Sampler) -> wgpu::Sampler {
        if let Some((_, made)) = self.samplers.iter().find(|(made, _)| *made == wanted) {
            return made.clone();
        }
        let made = sampler(device, wanted, 8);
        self.samplers.push((wanted, made.clone()));
        made
    }

    /// The picture with its whole mip chain.
    pub fn upload(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layouts: &Layouts,
        picture: &Picture<'_>,
        meaning: Meaning,
    ) -> Result<Uploaded, Error> {
        let [width, height] = checked_size(device, picture)?;
        if let Picture::Packed { format, levels, .. } = picture {
            return Ok(upload_packed(device, queue, (*format, levels), [width, height], meaning));
        }
        let texture = blank(device, [width, height], meaning);
        write(queue, &texture, picture);
        Ok(self.complete(device, queue, layouts, &texture, meaning))
    }

    /// Fills the smaller levels from the first one.
    pub fn complete(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layouts: &Layouts,
        texture: &wgpu::Texture,
        meaning: Meaning,
    ) -> Uploaded {
        self.halve(device, queue, layouts, texture, meaning);
        let bytes = u64::from(texture.width()) * u64::from(texture.height()) * 4 * 4 / 3;
        Uploaded { view: texture.create_view(&Default::default()), bytes }
    }

    fn halve(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layouts: &Layouts,
        texture: &wgpu::Texture,
        meaning: Meaning,
    ) {
        let levels = texture.mip_level_count();
        let size = |level: u32| [(texture.width() >> level).max(1), (texture.height() >> level).max(1)];
        let offsets: Vec<u32> = (1..levels)
            .map(|level| self.arena.push(&Mip { texel: size(level).map(|side| 1.0 / side as f32) }))
            .collect();
        self.arena.send(device, queue);
        let view = |level| {
            texture.create_view(&wgpu::TextureViewDescriptor {
                base_mip_level: level,
                mip_level_count: Some(1),
                ..Default::default()
            })
        };
        let mut encoder = device.create_command_encoder(&Default::default());
        for (level, offset) in (1..levels).zip(offsets) {
            let finer = view(level - 1);
            let group = bind(
                device,
                &layouts.picture,
                &[
                    self.arena.binding::<Mip>(),
                    wgpu::BindingResource::TextureView(&finer),
                    wgpu::BindingResource::Sampler(&self.linear),
                ],
            );
            let mut pass = target::begin_plain(&mut encoder, "mip", &view(level));
            pass.set_pipeline(if meaning == Meaning::Color { &self.color } else { &self.data });
            pass.set_bind_group(0, &group, &[offset]);
            pass.draw(0..3, 0..1);
        }
        queue.submit([encoder.finish()]);
    }
}

/// A texture with room for every level.
pub(super) fn blank(device: &wgpu::Device, [width, height]: [u32; 2], meaning: Meaning) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some("picture"),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 32 - width.max(height).leading_zeros(),
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: match meaning {
            Meaning::Color => wgpu::TextureFormat::Rgba8UnormSrgb,
            Meaning::Data => wgpu::TextureFormat::Rgba8Unorm,
        },
        usage: wgpu::TextureUsages::TEXTURE_BINDING
            | wgpu::TextureUsages::COPY_DST
            | wgpu::TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    })
}

/// The levels as they are: what is packed cannot be drawn into.
fn upload_packed(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    (format, levels): (wgpu::TextureFormat, &[&[u8]]),
    [width, height]: [u32; 2],
    meaning: Meaning,
) -> Uploaded {
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("packed picture"),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: levels.len() as u32,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: if meaning == Meaning::Color { format.add_srgb_suffix() } else { format },
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    for (mip_level, bytes) in (0..).zip(levels) {
        // In whole blocks of four by four pixels, sixteen bytes each.
        let [columns, rows] = [width, height].map(|side| (side >> mip_level).max(1).div_ceil(4));
        queue.write_texture(
            wgpu::TexelCopyTextureInfo { mip_level, ..texture.as_image_copy() },
            bytes,
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(columns * 16), rows_per_image: None },
            wgpu::Extent3d { width: columns * 4, height: rows * 4, depth_or_array_layers: 1 },
        );
    }
    let bytes = levels.iter().map(|bytes| bytes.len() as u64).sum();
    Uploaded { view: texture.create_view(&Default::default()), bytes }
}

pub(super) fn checked_size(device: &wgpu::Device, picture: &Picture<'_>) -> Result<[u32; 2], Error> {
    let [width, height] = picture.size();
    let most = device.limits().max_texture_dimension_2d;
    if width == 0 || height == 0 {
        return Err(Error::new("picture-empty", format!("A picture of {width} x {height} pixels shows nothing.")));
    }
    if width.max(height) > most {
        let message = format!(
            "A picture of {width} x {height} pixels is more than the {most} on a side this graphics card takes. Scale \
             it down."
        );
        return Err(Error::new("picture-too-large", message));
    }
    let bytes = match picture {
        Picture::Rgba8 { pixels, .. } => pixels.len(),
        Picture::Packed { levels, .. } => return check_levels(levels, [width, height]),
        #[cfg(target_arch = "wasm32")]
        Picture::External { .. } => return Ok([width, height]),
    };
    let needed = width as usize * height as usize * 4;
    if bytes != needed {
        let message = format!(
            "A picture of {width} x {height} pixels has {bytes} bytes instead of {needed}. It must be RGBA, a byte each."
        );
        return Err(Error::new("picture-broken", message));
    }
    Ok([width, height])
}

fn check_levels(levels: &[&[u8]], [width, height]: [u32; 2]) -> Result<[u32; 2], Error> {
    let blocks = |side: u32, level: usize| (side >> level).max(1).div_ceil(4) as usize;
    let is_whole = |(level, bytes): (usize, &&[u8])| bytes.len() == blocks(width, level) * blocks(height, level) * 16;
    let most = 32 - width.max(height).leading_zeros() as usize;
    let fits = width % 4 == 0 && height % 4 == 0 && (1..=most).contains(&levels.len());
    if fits && levels.iter().enumerate().all(is_whole) {
        return Ok([width, height]);
    }
    let message = format!("A packed picture of {width} x {height} pixels does not consist of whole blocks.");
    Err(Error::new("picture-broken", message))
}

pub(super) fn write(queue: &wgpu::Queue, texture: &wgpu::Texture, picture: &Picture<'_>) {
    match picture {
        Picture::Rgba8 { width, pixels, .. } => queue.write_texture(
            texture.as_image_copy(),
            pixels,
            wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(width * 4), rows_per_image: None },
            texture.size(),
        ),
        Picture::Packed { .. } => {}
        #[cfg(target_arch = "wasm32")]
        Picture::External { source, .. } => queue.copy_external_image_to_texture(
            source,
            wgpu::CopyExternalImageDestInfo {
                texture,
                mip_level: 0,
                origin: wgpu::Origin3d::ZERO,
                aspect: wgpu::TextureAspect::All,
                color_space: wgpu::PredefinedColorSpace::Srgb,
                premultiplied_alpha: false,
            },
            texture.size(),
        ),
    }
}

fn one_texel(device: &wgpu::Device, queue: &wgpu::Queue, texel: [u8; 4]) -> wgpu::TextureView {
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("stand-in"),
        size: wgpu::Extent3d { width: 1, height: 1, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8Unorm,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    write(queue, &texture, &Picture::Rgba8 { width: 1, height: 1, pixels: &texel });
    texture.create_view(&Default::default())
}

/// A sampler as the file says. Where everything is linear, slanted surfaces are read with `anisotropy` looks.
pub(super) fn sampler(device: &wgpu::Device, wanted: Sampler, anisotropy: u16) -> wgpu::Sampler {
    let wrap = |wrap| match wrap {
        Wrap::Repeat => wgpu::AddressMode::Repeat,
        Wrap::Mirror => wgpu::AddressMode::MirrorRepeat,
        Wrap::Clamp => wgpu::AddressMode::ClampToEdge,
    };
    let filter = |filter| if filter == Filter::Nearest { wgpu::FilterMode::Nearest } else { wgpu::FilterMode::Linear };
    let is_linear =
        wanted.magnify == Filter::Linear && wanted.minify == Filter::Linear && wanted.mip == MipFilter::Linear;
    device.create_sampler(&wgpu::SamplerDescriptor {
        address_mode_u: wrap(wanted.wrap_u),
        address_mode_v: wrap(wanted.wrap_v),
        mag_filter: filter(wanted.magnify),
        min_filter: filter(wanted.minify),
        mipmap_filter: if wanted.mip == MipFilter::Linear {
            wgpu::MipmapFilterMode::Linear
        } else {
            wgpu::MipmapFilterMode::Nearest
        },
        // Below one half the nearest level is always the full picture.
        lod_max_clamp: if wanted.mip == MipFilter::None { 0.25 } else { 32.0 },
        anisotropy_clamp: if is_linear { anisotropy } else { 1 },
        ..Default::default()
    })
}
