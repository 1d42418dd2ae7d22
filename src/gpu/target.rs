//! What is drawn into before the screen: linear light, four samples a pixel, and its resolved picture.

use crate::gpu::{Error, behind::Picture, peel::Layers};

/// Linear light, premultiplied.
pub(super) const COLOR: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;
pub(super) const DEPTH: wgpu::TextureFormat = wgpu::TextureFormat::Depth32Float;
pub(super) const SAMPLES: u32 = 4;
/// Several elements of a page take turns on one card: this many sizes are kept.
const KEPT: usize = 3;

/// One size of target.
pub(super) struct Target {
    pub size: [u32; 2],
    color: wgpu::TextureView,
    depth: wgpu::TextureView,
    /// What `present` reads.
    pub resolved: wgpu::TextureView,
    /// What lies behind glass, with its levels; made by the first frame that needs it.
    pub behind: Option<Picture>,
    /// Where crossing surfaces lie; made by the first frame that has some.
    pub layers: Option<Layers>,
}

/// Targets by size, the latest used last.
#[derive(Default)]
pub(super) struct Targets {
    kept: Vec<Target>,
}

impl Targets {
    /// Makes the target of this size the latest; `most` is the longest side that the card draws.
    pub fn fit(&mut self, device: &wgpu::Device, [width, height]: [u32; 2], most: u32) -> Result<(), Error> {
        if width.max(height) > most {
            let message = format!(
                "A picture of {width} x {height} pixels is wanted, and this graphics card draws at most {most} on a \
                 side. Ask for a smaller one."
            );
            return Err(Error::new("picture-too-large", message));
        }
        match self.kept.iter().position(|target| target.size == [width, height]) {
            Some(index) => self.kept[index..].rotate_left(1),
            None => {
                if self.kept.len() == KEPT {
                    self.kept.remove(0);
                }
                self.kept.push(Target::new(device, width, height));
            }
        }
        Ok(())
    }

    pub fn latest(&self) -> Option<&Target> {
        self.kept.last()
    }

    pub fn latest_mut(&mut self) -> Option<&mut Target> {
        self.kept.last_mut()
    }

    pub fn bytes(&self) -> u64 {
        let pixel = |target: &Target| {
            let behind = if target.behind.is_some() { 8 * 4 / 3 } else { 0 };
            let layers = if target.layers.is_some() { 2 * 8 + 4 } else { 0 };
            u64::from(SAMPLES) * (8 + 4) + 8 + behind + layers
        };
        self.kept.iter().map(|target| u64::from(target.size[0]) * u64::from(target.size[1]) * pixel(target)).sum()
    }
}

impl Target {
    fn new(device: &wgpu::Device, width: u32, height: u32) -> Self {
        let texture = |label, format, sample_count, usage| {
            let texture = device.create_texture(&wgpu::TextureDescriptor {
                label: Some(label),
                size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
                mip_level_count: 1,
                sample_count,
                dimension: wgpu::TextureDimension::D2,
                format,
                usage,
                view_formats: &[],
            });
            texture.create_view(&Default::default())
        };
        // Multisampled textures may be nothing but attachments: WebGL2 makes render buffers of them.
        let attachment = wgpu::TextureUsages::RENDER_ATTACHMENT;
        Self {
            size: [width, height],
            color: texture("target color", COLOR, SAMPLES, attachment),
            depth: texture("target depth", DEPTH, SAMPLES, attachment),
            resolved: texture("target resolved", COLOR, 1, attachment | wgpu::TextureUsages::TEXTURE_BINDING),
            behind: None,
            layers: None,
        }
    }

    /// Begins a pass that the scene is drawn in. The first one starts from nothing at all: black, transparent, far; a
    /// later one goes on with what was drawn.
    pub fn begin<'a>(&self, encoder: &'a mut wgpu::CommandEncoder, turn: Turn) -> wgpu::RenderPass<'a> {
        let is_first = matches!(turn, Turn::Only | Turn::First);
        let store = if matches!(turn, Turn::Only | Turn::Last) { wgpu::StoreOp::Discard } else { wgpu::StoreOp::Store };
        let color = if is_first { wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT) } else { wgpu::LoadOp::Load };
        let depth = if is_first { wgpu::LoadOp::Clear(1.0) } else { wgpu::LoadOp::Load };
        encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("scene"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &self.color,
                depth_slice: None,
                resolve_target: Some(&self.resolved),
                ops: wgpu::Operations { load: color, store },
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &self.depth,
                depth_ops: Some(wgpu::Operations { load: depth, store }),
                stencil_ops: None,
            }),
            ..Default::default()
        })
    }

    /// Last in a pass that [`Self::begin`] began: on WebGL2 only what lies within the last scissor rectangle is resolved,
    /// and of two eyes the first one's picture would be lost.
    pub fn end(&self, pass: &mut wgpu::RenderPass<'_>) {
        pass.set_scissor_rect(0, 0, self.size[0], self.size[1]);
    }
}

/// Which of a frame's scene passes it is: glass needs more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Only,
    First,
    Between,
    Last,
}

impl Turn {
    /// That of one of so many passes.
    pub fn of(index: usize, count: usize) -> Self {
        match (index == 0, index + 1 == count) {
            (true, true) => Self::Only,
            (true, false) => Self::First,
            (false, true) => Self::Last,
            (false, false) => Self::Between,
        }
    }
}

/// Begins a pass over a plain target, cleared to nothing.
pub(super) fn begin_plain<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    view: &wgpu::TextureView,
) -> wgpu::RenderPass<'a> {
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT), store: wgpu::StoreOp::Store },
        })],
        ..Default::default()
    })
}
