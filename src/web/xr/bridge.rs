//! The bridge into the device's layer: a small WebGL2 context of its own takes the viewer's canvas, as it was drawn
//! within the same callback, and draws it over the whole layer.
//!
//! Chosen before drawing into the layer with wgpu because it works for WebGPU too, and because the context is ours
//! alone: what the device gives as textures (camera picture, depth) can be used here.

use super::object;
use super::xr_sys::{XrCompatible, XrSession, XrWebGlLayer};
use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlProgram, WebGlTexture, WebGlVertexArrayObject};

/// One triangle over everything. A canvas has its first row at the top, a frame buffer at the bottom.
pub(super) const VERTEX: &str = "#version 300 es
out vec2 place;
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  place = vec2(corner.x, -corner.y) * 0.5 + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}";

const FRAGMENT: &str = "#version 300 es
precision mediump float;
uniform sampler2D picture;
in vec2 place;
out vec4 color;
void main() { color = texture(picture, place); }";

/// What is sent over to see whether it arrives: colour already multiplied with alpha, as bytes.
pub(super) const PROBE: [u8; 4] = [51, 102, 26, 128];
/// How far off a byte may arrive.
const PROBE_TOLERANCE: u8 = 3;

/// The way from the viewer's canvas into the layer.
pub(super) struct Bridge {
    gl: Gl,
    layer: XrWebGlLayer,
    texture: WebGlTexture,
    program: WebGlProgram,
    vertices: WebGlVertexArrayObject,
}

impl Bridge {
    /// Makes the context and the layer. `beside` is any canvas of the page; it only tells which page.
    ///
    /// # Errors
    /// Whatever the browser throws: no further context, no layer for it.
    pub async fn open(session: &XrSession, beside: &HtmlCanvasElement) -> Result<Self, JsValue> {
        let gl = context(beside)?;
        if let Ok(promise) = gl.unchecked_ref::<XrCompatible>().make_xr_compatible() {
            // Some refuse this and give the layer all the same; the layer decides.
            let _ = JsFuture::from(promise).await;
        }
        let layer = XrWebGlLayer::new(session, &gl, &layer_init())?;
        let nothing = || JsValue::from_str("The bridge's WebGL2 context gives no objects.");
        let program = program(&gl, VERTEX, FRAGMENT)?;
        let texture = gl.create_texture().ok_or_else(nothing)?;
        let vertices = gl.create_vertex_array().ok_or_else(nothing)?;
        Ok(Self { gl, layer, texture, program, vertices })
    }

    /// The layer pictures go to.
    pub fn layer(&self) -> &XrWebGlLayer {
        &self.layer
    }

    /// The context, which is ours alone.
    pub fn gl(&self) -> &Gl {
        &self.gl
    }

    /// Where the context draws; it tells when the card is lost.
    pub fn canvas(&self) -> Option<HtmlCanvasElement> {
        self.gl.canvas().map(|canvas| canvas.unchecked_into())
    }

    /// True once the context has lost its card; nothing comes over any more.
    pub fn is_lost(&self) -> bool {
        self.gl.is_context_lost()
    }

    /// Draws the canvas over the whole layer. Only within the session's callback, after the canvas was drawn.
    ///
    /// # Errors
    /// The browser does not hand the canvas over.
    pub fn carry(&self, canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
        let gl = &self.gl;
        gl.active_texture(Gl::TEXTURE0);
        gl.bind_texture(Gl::TEXTURE_2D, Some(&self.texture));
        // Canvases hold colours multiplied with alpha, and so does the layer: asked otherwise, the browser would divide.
        gl.pixel_storei(Gl::UNPACK_PREMULTIPLY_ALPHA_WEBGL, 1);
        let (level, format) = (0, Gl::RGBA);
        gl.tex_image_2d_with_u32_and_u32_and_html_canvas_element(
            Gl::TEXTURE_2D,
            level,
            format as i32,
            format,
            Gl::UNSIGNED_BYTE,
            canvas,
        )?;
        // The sizes are the same; nothing is between pixels.
        for (name, value) in [
            (Gl::TEXTURE_MIN_FILTER, Gl::NEAREST),
            (Gl::TEXTURE_MAG_FILTER, Gl::NEAREST),
            (Gl::TEXTURE_WRAP_S, Gl::CLAMP_TO_EDGE),
            (Gl::TEXTURE_WRAP_T, Gl::CLAMP_TO_EDGE),
        ] {
            gl.tex_parameteri(Gl::TEXTURE_2D, name, value as i32);
        }
        self.cover_layer();
        Ok(())
    }

    /// Carries a canvas that is all [`PROBE`] and looks whether it has arrived.
    pub fn arrives(&self, canvas: &HtmlCanvasElement) -> bool {
        let gl = &self.gl;
        while !matches!(gl.get_error(), Gl::NO_ERROR | Gl::CONTEXT_LOST_WEBGL) {}
        if self.carry(canvas).is_err() || gl.get_error() != Gl::NO_ERROR {
            return false;
        }
        let [x, y] = [self.layer.framebuffer_width() / 2, self.layer.framebuffer_height() / 2];
        match self.read(x, y) {
            Some(pixel) => is_probe(pixel),
            // Some drivers do not let the layer be read; then the texture one step before it has to do.
            None => self.read_texture(x, y).is_some_and(is_probe),
        }
    }

    fn cover_layer(&self) {
        let gl = &self.gl;
        gl.bind_framebuffer(Gl::FRAMEBUFFER, self.layer.framebuffer().as_ref());
        let [width, height] = [self.layer.framebuffer_width(), self.layer.framebuffer_height()];
        gl.viewport(0, 0, width as i32, height as i32);
        for state in [Gl::BLEND, Gl::SCISSOR_TEST, Gl::DEPTH_TEST, Gl::STENCIL_TEST, Gl::CULL_FACE, Gl::DITHER] {
            gl.disable(state);
        }
        gl.use_program(Some(&self.program));
        gl.bind_vertex_array(Some(&self.vertices));
        gl.draw_arrays(Gl::TRIANGLES, 0, 3);
    }

    /// One pixel of the bound frame buffer; `None` when the driver refuses.
    fn read(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        let mut pixel = [0; 4];
        let (gl, format, kind) = (&self.gl, Gl::RGBA, Gl::UNSIGNED_BYTE);
        gl.read_pixels_with_opt_u8_array(x as i32, y as i32, 1, 1, format, kind, Some(&mut pixel)).ok()?;
        (gl.get_error() == Gl::NO_ERROR).then_some(pixel)
    }

    fn read_texture(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        let gl = &self.gl;
        let framebuffer = gl.create_framebuffer();
        gl.bind_framebuffer(Gl::FRAMEBUFFER, framebuffer.as_ref());
        let attachment = Gl::COLOR_ATTACHMENT0;
        gl.framebuffer_texture_2d(Gl::FRAMEBUFFER, attachment, Gl::TEXTURE_2D, Some(&self.texture), 0);
        let pixel = self.read(x, y);
        gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
        gl.delete_framebuffer(framebuffer.as_ref());
        pixel
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        // Browsers allow few contexts, and one that is merely forgotten counts until the garbage is collected.
        if let Ok(Some(extension)) = self.gl.get_extension("WEBGL_lose_context")
            && let Ok(lose) = Reflect::get(&extension, &"loseContext".into())
        {
            let _ = lose.unchecked_ref::<js_sys::Function>().call0(&extension);
        }
    }
}

/// Alpha for the camera picture to shine through. No own smoothing, depth or stencil: what arrives is finished.
pub(super) fn layer_init() -> js_sys::Object {
    let (yes, no) = (JsValue::TRUE, JsValue::FALSE);
    object([("alpha", &yes), ("antialias", &no), ("depth", &no), ("stencil", &no)])
}

fn context(beside: &HtmlCanvasElement) -> Result<Gl, JsValue> {
    let document = beside.owner_document().ok_or("The viewer's canvas is in no document.")?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    let (yes, no) = (JsValue::TRUE, JsValue::FALSE);
    let attributes = object([
        ("xrCompatible", &yes),
        ("alpha", &yes),
        ("premultipliedAlpha", &yes),
        ("antialias", &no),
        ("depth", &no),
        ("stencil", &no),
    ]);
    let context = canvas.get_context_with_context_options("webgl2", &attributes)?;
    Ok(context.ok_or("The browser gives no WebGL2 context for the bridge.")?.unchecked_into())
}

/// Two shaders as a program.
pub(super) fn program(gl: &Gl, vertex: &str, fragment: &str) -> Result<WebGlProgram, JsValue> {
    let program = gl.create_program().ok_or("The bridge's WebGL2 context gives no program.")?;
    for (kind, source) in [(Gl::VERTEX_SHADER, vertex), (Gl::FRAGMENT_SHADER, fragment)] {
        let shader = gl.create_shader(kind).ok_or("The bridge's WebGL2 context gives no shader.")?;
        gl.shader_source(&shader, source);
        gl.compile_shader(&shader);
        gl.attach_shader(&program, &shader);
    }
    gl.link_program(&program);
    if gl.get_program_parameter(&program, Gl::LINK_STATUS).is_truthy() {
        return Ok(program);
    }
    Err(gl.get_program_info_log(&program).unwrap_or_default().into())
}

fn is_probe(pixel: [u8; 4]) -> bool {
    pixel.iter().zip(PROBE).all(|(actual, expected)| actual.abs_diff(expected) <= PROBE_TOLERANCE)
}
