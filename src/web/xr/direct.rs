//! The direct way: wgpu's WebGL2 backend draws into the frame buffer of the device's layer.
//!
//! The only file with unsafe code: wgpu's public interface cannot name a frame buffer that the browser made.

#![allow(unsafe_code, reason = "wraps the layer's frame buffer as a texture of the device that shares its context")]

use super::bridge::layer_init;
use super::xr_sys::{XrCompatible, XrSession, XrWebGlLayer};
use crate::gpu::{self, Alpha, Output};
use crate::scene::frame::Frame;
use crate::web::stage::Stage;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlCanvasElement, WebGl2RenderingContext, WebGlFramebuffer};
use wgpu::hal::gles;

/// The layer holds encoded colours, and no hardware encodes into it: a format with sRGB in its name would change
/// nothing but what the present pass believes.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// The layer of wgpu's own context.
pub(super) struct Direct {
    context: WebGl2RenderingContext,
    layer: XrWebGlLayer,
    wrapped: Option<Wrapped>,
}

/// The layer's frame buffer as wgpu knows it.
struct Wrapped {
    /// `None` is the context's own.
    framebuffer: Option<WebGlFramebuffer>,
    size: [u32; 2],
    view: wgpu::TextureView,
}

impl Direct {
    /// Makes the layer on the context that wgpu has on this canvas.
    ///
    /// # Errors
    /// The canvas has no WebGL2 context, or the device takes no layer from it.
    pub async fn open(session: &XrSession, canvas: &HtmlCanvasElement) -> Result<Self, JsValue> {
        // The second call for the same kind of context gives the first one's.
        let context = canvas.get_context("webgl2")?.ok_or("The viewer does not draw with WebGL2.")?;
        let context: WebGl2RenderingContext = context.unchecked_into();
        if let Ok(promise) = context.unchecked_ref::<XrCompatible>().make_xr_compatible() {
            let _ = JsFuture::from(promise).await;
        }
        let layer = XrWebGlLayer::new(session, &context, &layer_init())?;
        Ok(Self { context, layer, wrapped: None })
    }

    /// The layer pictures go to.
    pub fn layer(&self) -> &XrWebGlLayer {
        &self.layer
    }

    /// wgpu's context: whoever uses it leaves it as it was.
    pub fn context(&self) -> &WebGl2RenderingContext {
        &self.context
    }

    /// Draws a picture. The stage must be the one on the canvas that [`Direct::open`] was given.
    ///
    /// # Errors
    /// What the card says.
    pub fn draw(&mut self, stage: &mut Stage, frame: &Frame) -> Result<(), gpu::Error> {
        let [width, height] = [self.layer.framebuffer_width(), self.layer.framebuffer_height()];
        let view = self.view(&stage.device, [width, height]);
        // wgpu turns its pictures upside down for WebGL and turns them back when it shows a canvas. Nobody shows this.
        let flip_y = true;
        stage.gpu.render(frame, &Output { view, format: FORMAT, width, height, flip_y, alpha: Alpha::Premultiplied })
    }

    fn view(&mut self, device: &wgpu::Device, size: [u32; 2]) -> &wgpu::TextureView {
        let framebuffer = self.layer.framebuffer();
        // Wrapped anew only when the browser gives another: each wrapping is an entry in wgpu's books.
        let kept = self.wrapped.take().filter(|kept| kept.framebuffer == framebuffer && kept.size == size);
        &self.wrapped.insert(kept.unwrap_or_else(|| Wrapped::new(device, framebuffer, size))).view
    }
}

impl Wrapped {
    fn new(device: &wgpu::Device, framebuffer: Option<WebGlFramebuffer>, size: [u32; 2]) -> Self {
        let [width, height] = size;
        let inner = match &framebuffer {
            Some(framebuffer) => gles::TextureInner::ExternalFramebuffer { inner: framebuffer.clone() },
            None => gles::TextureInner::DefaultRenderbuffer,
        };
        let texture = gles::Texture {
            inner,
            mip_level_count: 1,
            array_layer_count: 1,
            format: FORMAT,
            format_desc: gles::TextureFormatDesc {
                internal: WebGl2RenderingContext::RGBA8,
                external: WebGl2RenderingContext::RGBA,
                data_type: WebGl2RenderingContext::UNSIGNED_BYTE,
            },
            copy_size: wgpu::hal::CopyExtent { width, height, depth: 1 },
            drop_guard: None,
        };
        let descriptor = wgpu::TextureDescriptor {
            label: Some("xr layer"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT,
            view_formats: &[],
        };
        // SAFETY: the frame buffer belongs to this device's context (see `open`), the descriptor says its real size and
        // format, it is only ever a render target, and the browser has cleared it. The browser, not wgpu, frees it:
        // dropping an external frame buffer does nothing.
        let texture = unsafe {
            device.create_texture_from_hal::<gles::Api>(texture, &descriptor, wgpu::TextureUses::COLOR_TARGET)
        };
        Self { framebuffer, size, view: texture.create_view(&wgpu::TextureViewDescriptor::default()) }
    }
}
