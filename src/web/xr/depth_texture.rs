//! Depth that the device has only as a texture (WebXR Depth Sensing, "gpu-optimized"): drawn as bytes by the layer's own
//! context and read back from there. wgpu's context cannot take the texture itself: of textures that others have made its
//! WebGL2 backend knows none. So both ways read in the same manner, and the direct way leaves the context as it was.

use super::bridge::program;
use super::context_state::{SWITCHES, without_samplers};
use super::depth::size_of;
use super::member::{call, construct, get, number};
use super::xr_sys::{XrSession, XrView};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{WebGl2RenderingContext as Gl, WebGlFramebuffer, WebGlProgram, WebGlTexture, WebGlVertexArrayObject};

const VERTEX: &str = "#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}";

/// `near` above 0: the texture holds 1 - near / metres, as headsets have it. Its first row is the lowest, ours the highest.
const FRAGMENT: &str = "#version 300 es
precision highp float;
uniform highp sampler2DArray pictures;
uniform highp sampler2D picture;
uniform int layer;
uniform float scale;
uniform float near;
out vec4 color;
void main() {
  ivec2 place = ivec2(gl_FragCoord.xy);
  int rows = layer < 0 ? textureSize(picture, 0).y : textureSize(pictures, 0).y;
  place.y = rows - 1 - place.y;
  vec4 raw = layer < 0 ? texelFetch(picture, place, 0) : texelFetch(pictures, ivec3(place, layer), 0);
  float metres = near > 0.0 ? (raw.r > 0.0 ? near / max(1.0 - raw.r, 1e-4) : 0.0) : raw.r * scale;
  float millimetres = floor(clamp(metres * 1000.0, 0.0, 65535.0));
  color = vec4(mod(millimetres, 256.0), floor(millimetres / 256.0), 0.0, 255.0) / 255.0;
}";

/// What reads the texture.
pub(super) struct DepthTexture {
    binding: JsValue,
    program: WebGlProgram,
    vertices: WebGlVertexArrayObject,
    framebuffer: WebGlFramebuffer,
    target: WebGlTexture,
    size: [u32; 2],
}

impl DepthTexture {
    /// # Errors
    /// The browser has no binding for the context, or the context gives no objects.
    pub fn open(session: &XrSession, gl: &Gl) -> Result<Self, JsValue> {
        let nothing = || JsValue::from_str("The context gives no objects for the room's depth.");
        Ok(Self {
            binding: construct("XRWebGLBinding", &[session, gl])?,
            program: program(gl, VERTEX, FRAGMENT)?,
            vertices: gl.create_vertex_array().ok_or_else(nothing)?,
            framebuffer: gl.create_framebuffer().ok_or_else(nothing)?,
            target: gl.create_texture().ok_or_else(nothing)?,
            size: [0; 2],
        })
    }

    /// Adds one view's millimetres to `to`, rows from the top; gives the device's own words about them.
    pub fn read(&mut self, gl: &Gl, view: &XrView, bytes: &mut Vec<u8>, to: &mut Vec<u16>) -> Option<JsValue> {
        let info = call(&self.binding, "getDepthInformation", &[view]).ok()?;
        let size = size_of(&info)?;
        let texture = get(&info, "texture");
        let is_array = get(&info, "textureType") == JsValue::from_str("texture-array");
        self.fit(gl, size);
        let [width, height] = size.map(|side| side as i32);
        gl.use_program(Some(&self.program));
        // Two kinds of sampler may not look at one unit, whether or not both are read.
        let (unit, kind) = if is_array { (1, Gl::TEXTURE_2D_ARRAY) } else { (0, Gl::TEXTURE_2D) };
        gl.active_texture(Gl::TEXTURE0 + unit);
        gl.bind_texture(kind, Some(texture.unchecked_ref()));
        for name in [Gl::TEXTURE_MIN_FILTER, Gl::TEXTURE_MAG_FILTER] {
            gl.tex_parameteri(kind, name, Gl::NEAREST as i32);
        }
        let layer = if is_array { number(&info, "imageIndex").unwrap_or(0.0) } else { -1.0 };
        for (kind, name, value) in [
            ("uniform1i", "picture", 0.0),
            ("uniform1i", "pictures", 1.0),
            ("uniform1i", "layer", layer),
            ("uniform1f", "scale", number(&info, "rawValueToMeters")?),
            ("uniform1f", "near", number(&info, "depthNear").unwrap_or(0.0)),
        ] {
            let place = call(gl, "getUniformLocation", &[&self.program, &name.into()]).ok()?;
            call(gl, kind, &[&place, &value.into()]).ok()?;
        }
        gl.bind_framebuffer(Gl::FRAMEBUFFER, Some(&self.framebuffer));
        gl.viewport(0, 0, width, height);
        SWITCHES.into_iter().for_each(|state| gl.disable(state));
        without_samplers(gl);
        gl.bind_vertex_array(Some(&self.vertices));
        gl.draw_arrays(Gl::TRIANGLES, 0, 3);
        bytes.resize(4 * (width * height) as usize, 0);
        let (format, kind) = (Gl::RGBA, Gl::UNSIGNED_BYTE);
        gl.read_pixels_with_opt_u8_array(0, 0, width, height, format, kind, Some(bytes)).ok()?;
        gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
        to.extend(bytes.as_chunks::<4>().0.iter().map(|[low, high, ..]| u16::from_le_bytes([*low, *high])));
        Some(info)
    }

    fn fit(&mut self, gl: &Gl, size: [u32; 2]) {
        if self.size == size {
            return;
        }
        // A texture keeps its size for good.
        if self.size != [0; 2]
            && let Some(fresh) = gl.create_texture()
        {
            self.target = fresh;
        }
        self.size = size;
        let [width, height] = size.map(|side| side as i32);
        gl.active_texture(Gl::TEXTURE0);
        gl.bind_texture(Gl::TEXTURE_2D, Some(&self.target));
        let [kind, levels, format] = [Gl::TEXTURE_2D, 1, Gl::RGBA8].map(JsValue::from);
        // It fails only without memory; then there is no depth.
        let _ = call(gl, "texStorage2D", &[&kind, &levels, &format, &width.into(), &height.into()]);
        gl.bind_framebuffer(Gl::FRAMEBUFFER, Some(&self.framebuffer));
        gl.framebuffer_texture_2d(Gl::FRAMEBUFFER, Gl::COLOR_ATTACHMENT0, Gl::TEXTURE_2D, Some(&self.target), 0);
    }
}
