//! Depth that the device has only as a texture (WebXR Depth Sensing, "gpu-optimized"): drawn as bytes by the layer's own
//! context and read back from there. wgpu's context cannot take the texture itself: of textures that others have made its
//! WebGL2 backend knows none. So both ways read in the same manner, and the direct way leaves the context as it was.

use super::depth::size_of;
use super::member::{call, construct, get, number};
use super::offscreen::Offscreen;
use super::xr_sys::{XrSession, XrView};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::WebGl2RenderingContext as Gl;

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
    offscreen: Offscreen,
}

impl DepthTexture {
    /// # Errors
    /// The browser has no binding for the context, or the context gives no objects.
    pub fn open(session: &XrSession, gl: &Gl) -> Result<Self, JsValue> {
        Ok(Self { binding: construct("XRWebGLBinding", &[session, gl])?, offscreen: Offscreen::open(gl, FRAGMENT)? })
    }

    /// Adds one view's millimetres to `to`, rows from the top; gives the device's own words about them.
    pub fn read(&mut self, gl: &Gl, view: &XrView, bytes: &mut Vec<u8>, to: &mut Vec<u16>) -> Option<JsValue> {
        let info = call(&self.binding, "getDepthInformation", &[view]).ok()?;
        let size = size_of(&info)?;
        let texture = get(&info, "texture");
        let is_array = get(&info, "textureType") == JsValue::from_str("texture-array");
        let [width, height] = size.map(|side| side as i32);
        self.offscreen.fit(gl, [width, height]).ok()?;
        gl.use_program(Some(&self.offscreen.program));
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
            let place = call(gl, "getUniformLocation", &[&self.offscreen.program, &name.into()]).ok()?;
            call(gl, kind, &[&place, &value.into()]).ok()?;
        }
        self.offscreen.draw(gl);
        bytes.resize(4 * (width * height) as usize, 0);
        let (format, kind) = (Gl::RGBA, Gl::UNSIGNED_BYTE);
        gl.read_pixels_with_opt_u8_array(0, 0, width, height, format, kind, Some(bytes)).ok()?;
        gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
        to.extend(bytes.as_chunks::<4>().0.iter().map(|[low, high, ..]| u16::from_le_bytes([*low, *high])));
        Some(info)
    }
}
