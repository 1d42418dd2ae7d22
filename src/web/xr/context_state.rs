//! What of somebody else's WebGL2 context is changed here, as it was found: the context of the direct way is wgpu's, which
//! sets most of this for each of its passes, but not all of it.

use super::member::call;
use js_sys::Float32Array;
use wasm_bindgen::JsValue;
use web_sys::WebGl2RenderingContext as Gl;

/// The switches that drawing one plain triangle turns off.
pub(super) const SWITCHES: [u32; 6] =
    [Gl::BLEND, Gl::SCISSOR_TEST, Gl::DEPTH_TEST, Gl::STENCIL_TEST, Gl::CULL_FACE, Gl::DITHER];

/// What was bound and set: frame buffers, vertices, program, viewport, switches, and the first two texture units.
pub(super) struct ContextState {
    framebuffers: [JsValue; 2],
    vertices: JsValue,
    program: JsValue,
    viewport: [f32; 4],
    switches: [bool; SWITCHES.len()],
    unit: JsValue,
    units: [Unit; 2],
}

struct Unit {
    texture: JsValue,
    array: JsValue,
    sampler: JsValue,
}

impl ContextState {
    /// Takes note of it.
    pub fn of(gl: &Gl) -> Self {
        let value = |name: u32| call(gl, "getParameter", &[&name.into()]).unwrap_or(JsValue::NULL);
        let unit = value(Gl::ACTIVE_TEXTURE);
        let units = [Gl::TEXTURE0, Gl::TEXTURE1].map(|unit| {
            gl.active_texture(unit);
            let [texture, array] = [Gl::TEXTURE_BINDING_2D, Gl::TEXTURE_BINDING_2D_ARRAY].map(value);
            Unit { texture, array, sampler: value(Gl::SAMPLER_BINDING) }
        });
        let mut viewport = [0.0; 4];
        let told = Float32Array::new(&value(Gl::VIEWPORT));
        if told.length() == 4 {
            told.copy_to(&mut viewport);
        }
        Self {
            framebuffers: [value(Gl::DRAW_FRAMEBUFFER_BINDING), value(Gl::READ_FRAMEBUFFER_BINDING)],
            vertices: value(Gl::VERTEX_ARRAY_BINDING),
            program: value(Gl::CURRENT_PROGRAM),
            viewport,
            switches: SWITCHES.map(|name| call(gl, "isEnabled", &[&name.into()]).is_ok_and(|on| on.is_truthy())),
            unit,
            units,
        }
    }

    /// Makes it so again.
    pub fn put_back(&self, gl: &Gl) {
        // These only throw on what is no number or object of this context.
        let put = |name: &str, arguments: &[&JsValue]| drop(call(gl, name, arguments));
        let [draw, read] = &self.framebuffers;
        put("bindFramebuffer", &[&Gl::DRAW_FRAMEBUFFER.into(), draw]);
        put("bindFramebuffer", &[&Gl::READ_FRAMEBUFFER.into(), read]);
        put("bindVertexArray", &[&self.vertices]);
        put("useProgram", &[&self.program]);
        for (number, unit) in (0..).zip(&self.units) {
            gl.active_texture(Gl::TEXTURE0 + number);
            put("bindTexture", &[&Gl::TEXTURE_2D.into(), &unit.texture]);
            put("bindTexture", &[&Gl::TEXTURE_2D_ARRAY.into(), &unit.array]);
            put("bindSampler", &[&number.into(), &unit.sampler]);
        }
        put("activeTexture", &[&self.unit]);
        let [x, y, width, height] = self.viewport.map(|value| value as i32);
        gl.viewport(x, y, width, height);
        for (name, was_on) in SWITCHES.into_iter().zip(self.switches) {
            put(if was_on { "enable" } else { "disable" }, &[&name.into()]);
        }
    }
}

/// Frees the first two texture units of samplers: one for smaller levels would find none, and see black.
pub(super) fn without_samplers(gl: &Gl) {
    for unit in [0, 1] {
        // It throws on numbers of units that there are not.
        let _ = call(gl, "bindSampler", &[&unit.into(), &JsValue::NULL]);
    }
}
