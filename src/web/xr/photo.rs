//! What the shopper sees, as a picture of this device: the camera's where the browser lends it (Raw Camera Access Module),
//! the products over it. It is made here and handed to nobody but the page.

use super::context_state::ContextState;
use super::member::{call, construct, get};
use super::object;
use super::offscreen::Offscreen;
use super::xr_sys::{XrSession, XrView, XrWebGlLayer};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{WebGl2RenderingContext as Gl, WebGlFramebuffer};

/// With the bridge's triangle: what is read back from it has its first row at the top, as pictures have.
const FRAGMENT: &str = "#version 300 es
precision mediump float;
uniform sampler2D picture;
in vec2 place;
out vec4 color;
void main() { color = vec4(texture(picture, place).rgb, 1.0); }";

/// Takes the picture that was just drawn into the layer, as one eye sees it. Only within the session's callback. `gl` is
/// the layer's context, which may be somebody else's: it is left as it was found.
///
/// # Errors
/// The layer cannot be read.
pub(super) fn shoot(session: &XrSession, gl: &Gl, layer: &XrWebGlLayer, view: &XrView) -> Result<Object, JsValue> {
    let viewport = layer.viewport(view)?.ok_or("The view has no place in the layer.")?;
    let [x, y, width, height] = [viewport.x(), viewport.y(), viewport.width(), viewport.height()];
    let found = ContextState::of(gl);
    let products = read(gl, layer.framebuffer().as_ref(), [x, y, width, height]);
    let camera = camera_picture(session, gl, view, [width, height]);
    found.put_back(gl);
    let pixels = over(&products?, camera.as_deref().ok(), width as usize);
    Ok(object([
        ("width", &width.into()),
        ("height", &height.into()),
        ("pixels", &Uint8Array::from(pixels.as_slice())),
        ("hasCamera", &camera.is_ok().into()),
    ]))
}

/// The camera's picture as this view shows it, four bytes a pixel, rows from the top.
fn camera_picture(session: &XrSession, gl: &Gl, view: &XrView, [width, height]: [i32; 2]) -> Result<Vec<u8>, JsValue> {
    let camera = get(view, "camera");
    if !camera.is_object() {
        return Err("The browser does not lend the camera's picture.".into());
    }
    let binding = construct("XRWebGLBinding", &[session, gl])?;
    let picture = call(&binding, "getCameraImage", &[&camera])?;
    if !picture.is_object() {
        return Err("The camera has no picture.".into());
    }
    let mut offscreen = Offscreen::open(gl, FRAGMENT)?;
    offscreen.fit(gl, [width, height])?;
    gl.use_program(Some(&offscreen.program));
    gl.bind_texture(Gl::TEXTURE_2D, Some(picture.unchecked_ref()));
    offscreen.draw(gl);
    let pixels = read(gl, Some(&offscreen.framebuffer), [0, 0, width, height]);
    offscreen.free(gl)?;
    pixels
}

/// Pixels of a frame buffer, four bytes each, the lowest row first.
fn read(gl: &Gl, framebuffer: Option<&WebGlFramebuffer>, [x, y, width, height]: [i32; 4]) -> Result<Vec<u8>, JsValue> {
    gl.bind_framebuffer(Gl::FRAMEBUFFER, framebuffer);
    while !matches!(gl.get_error(), Gl::NO_ERROR | Gl::CONTEXT_LOST_WEBGL) {}
    let mut pixels = vec![0; 4 * (width * height) as usize];
    let (format, kind) = (Gl::RGBA, Gl::UNSIGNED_BYTE);
    gl.read_pixels_with_opt_u8_array(x, y, width, height, format, kind, Some(&mut pixels))?;
    if gl.get_error() == Gl::NO_ERROR { Ok(pixels) } else { Err("The device does not let its picture be read.".into()) }
}

/// The products, multiplied with their alpha and with the lowest row first, over the camera's picture or over white; rows
/// from the top, opaque.
fn over(products: &[u8], camera: Option<&[u8]>, width: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(products.len());
    for (row, line) in products.chunks_exact(4 * width).rev().enumerate() {
        for (column, product) in line.as_chunks::<4>().0.iter().enumerate() {
            let place = 4 * (row * width + column);
            for channel in 0..3 {
                let behind = camera.and_then(|camera| camera.get(place + channel)).copied().unwrap_or(255);
                let through = (u16::from(behind) * u16::from(255 - product[3]) + 127) / 255;
                pixels.push(product[channel].saturating_add(through as u8));
            }
            pixels.push(255);
        }
    }
    pixels
}
