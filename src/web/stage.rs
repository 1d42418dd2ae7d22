//! A canvas with its graphics card: opened once, drawn on every frame, given back at the end.

use super::request::words_of;
use crate::gpu::{Alpha, Gpu, Output};
use crate::scene::frame::Frame;
use wasm_bindgen::JsValue;
use web_sys::HtmlCanvasElement;

/// A canvas that can be drawn on.
pub struct Stage {
    /// As the element gave it.
    pub canvas: HtmlCanvasElement,
    /// The card's side of it.
    pub gpu: Gpu,
    /// For what must be made on the same card.
    pub device: wgpu::Device,
    surface: wgpu::Surface<'static>,
    config: wgpu::SurfaceConfiguration,
}

/// Why a canvas cannot be drawn on.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Stable: `no-adapter`, `no-device`, `no-canvas`.
    pub code: &'static str,
    /// For people.
    pub message: String,
}

impl Fault {
    /// As the `Error` the page catches.
    pub fn to_js(&self) -> JsValue {
        let error = js_sys::Error::new(&self.message);
        error.set_name(self.code);
        error.into()
    }
}

impl Stage {
    /// Opens the card of this build on a canvas.
    ///
    /// # Errors
    /// Says which step failed and what the shopper can do.
    pub async fn open(canvas: HtmlCanvasElement) -> Result<Self, Fault> {
        prepare(&canvas)?;
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = wgpu::Backends::BROWSER_WEBGPU | wgpu::Backends::GL;
        let instance = wgpu::Instance::new(descriptor);
        let surface = instance
            .create_surface(wgpu::SurfaceTarget::Canvas(canvas.clone()))
            .map_err(|error| Fault { code: "no-canvas", message: format!("The canvas cannot be drawn on: {error}") })?;
        let adapter = instance
            .request_adapter(&wgpu::RequestAdapterOptions {
                compatible_surface: Some(&surface),
                ..wgpu::RequestAdapterOptions::default()
            })
            .await
            .map_err(|error| Fault {
                code: "no-adapter",
                message: format!("This browser offers no graphics card: {error}"),
            })?;
        let (device, queue) = open_device(&adapter).await?;
        let config = configuration(&canvas, &surface, &adapter);
        surface.configure(&device, &config);
        let gpu = Gpu::new(device.clone(), queue);
        Ok(Self { canvas, gpu, device, surface, config })
    }

    /// Gives the canvas this many pixels.
    pub fn resize_px(&mut self, [width, height]: [u32; 2]) {
        let most = self.gpu.max_picture_size();
        let (width, height) = (width.clamp(1, most), height.clamp(1, most));
        if (self.config.width, self.config.height) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
            (self.config.width, self.config.height) = (width, height);
            self.surface.configure(&self.device, &self.config);
        }
    }

    /// The canvas's pixels.
    pub fn size_px(&self) -> [u32; 2] {
        [self.config.width, self.config.height]
    }

    /// What the canvas's pixels are.
    pub fn format(&self) -> wgpu::TextureFormat {
        self.config.format
    }

    /// Draws and shows a frame. False when the canvas gave no picture to draw on; the next frame may.
    pub fn draw(&mut self, frame: &Frame) -> bool {
        let Some(texture) = self.next_texture() else { return false };
        let view = texture.texture.create_view(&wgpu::TextureViewDescriptor::default());
        let output = Output {
            view: &view,
            format: self.config.format,
            width: self.config.width,
            height: self.config.height,
            flip_y: false,
            alpha: Alpha::Premultiplied,
        };
        let rendered = self.gpu.render(frame, &output);
        self.gpu.queue().present(texture);
        if let Err(problem) = &rendered {
            web_sys::console::error_1(&problem.message.as_str().into());
        }
        rendered.is_ok()
    }

    /// Shows nothing but one colour: red, green, blue, alpha as the canvas holds them. False as in [`Self::draw`].
    pub fn fill(&mut self, [r, g, b, a]: [f64; 4]) -> bool {
        let Some(texture) = self.next_texture() else { return false };
        let view = texture.texture.create_view(&wgpu::TextureViewDescriptor::default());
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let load = wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a });
        drop(encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
            })],
            ..wgpu::RenderPassDescriptor::default()
        }));
        self.gpu.queue().submit([encoder.finish()]);
        self.gpu.queue().present(texture);
        true
    }

    fn next_texture(&self) -> Option<wgpu::SurfaceTexture> {
        match self.surface.get_current_texture() {
            wgpu::CurrentSurfaceTexture::Success(texture) | wgpu::CurrentSurfaceTexture::Suboptimal(texture) => {
                Some(texture)
            }
            _ => {
                self.surface.configure(&self.device, &self.config);
                None
            }
        }
    }
}

/// On WebGL2 the context is made before wgpu asks for it, so that it can be an XR layer's: a canvas has one context, and
/// the attributes of the first call stay.
fn prepare(canvas: &HtmlCanvasElement) -> Result<(), Fault> {
    if !cfg!(feature = "webgl") {
        return Ok(());
    }
    let attributes = js_sys::Object::new();
    for (name, value) in
        [("alpha", true), ("antialias", false), ("depth", false), ("stencil", false), ("xrCompatible", true)]
    {
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&attributes, &name.into(), &value.into());
    }
    match canvas.get_context_with_context_options("webgl2", &attributes) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => {
            Err(Fault { code: "no-adapter", message: "This browser has no WebGL2, or it is switched off.".to_owned() })
        }
        Err(error) => Err(Fault { code: "no-adapter", message: words_of(&error) }),
    }
}

async fn open_device(adapter: &wgpu::Adapter) -> Result<(wgpu::Device, wgpu::Queue), Fault> {
    let descriptor = crate::gpu::device_descriptor(adapter)
        .map_err(|problem| Fault { code: "no-adapter", message: problem.message })?;
    adapter
        .request_device(&descriptor)
        .await
        .map_err(|error| Fault { code: "no-device", message: format!("The graphics card does not answer: {error}") })
}

fn configuration(
    canvas: &HtmlCanvasElement,
    surface: &wgpu::Surface<'static>,
    adapter: &wgpu::Adapter,
) -> wgpu::SurfaceConfiguration {
    let formats = surface.get_capabilities(adapter).formats;
    // The present pass encodes sRGB itself, alike on both builds.
    let plain = formats.iter().copied().find(|format| !format.is_srgb());
    wgpu::SurfaceConfiguration {
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
        format: plain.or(formats.first().copied()).unwrap_or(wgpu::TextureFormat::Bgra8Unorm),
        width: canvas.width().max(1),
        height: canvas.height().max(1),
        present_mode: wgpu::PresentMode::Fifo,
        desired_maximum_frame_latency: 2,
        // WebGL2 lists only Opaque but blends as its context says, which is premultiplied too.
        alpha_mode: if cfg!(feature = "webgl") {
            wgpu::CompositeAlphaMode::Auto
        } else {
            wgpu::CompositeAlphaMode::PreMultiplied
        },
        color_space: Default::default(),
        view_formats: Vec::new(),
    }
}
