//! A picture of our own in the layer's context, which one triangle fills and which is read back: how textures that the device
//! lends become numbers.

use super::bridge::{VERTEX, program};
use super::context_state::{SWITCHES, without_samplers};
use super::member::call;
use wasm_bindgen::JsValue;
use web_sys::{WebGl2RenderingContext as Gl, WebGlFramebuffer, WebGlProgram, WebGlTexture, WebGlVertexArrayObject};

/// Four bytes a pixel, and what draws them.
pub(super) struct Offscreen {
    pub program: WebGlProgram,
    pub framebuffer: WebGlFramebuffer,
    vertices: WebGlVertexArrayObject,
    target: WebGlTexture,
    size: [i32; 2],
}

impl Offscreen {
    /// With the bridge's triangle; the picture has no size yet.
    ///
    /// # Errors
    /// The context gives no objects, or does not take the shader.
    pub fn open(gl: &Gl, fragment: &str) -> Result<Self, JsValue> {
        let nothing = || JsValue::from_str("The context gives no objects for a picture that is read back.");
        Ok(Self {
            program: program(gl, VERTEX, fragment)?,
            framebuffer: gl.create_framebuffer().ok_or_else(nothing)?,
            vertices: gl.create_vertex_array().ok_or_else(nothing)?,
            target: gl.create_texture().ok_or_else(nothing)?,
            size: [0; 2],
        })
    }

    /// Gives it this size, in pixels. Changes the first texture unit and the frame buffer.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn fit(&mut self, gl: &Gl, size: [i32; 2]) -> Result<(), JsValue> {
        if self.size == size {
            return Ok(());
        }
        // A texture keeps its size for good.
        if self.size != [0; 2]
            && let Some(fresh) = gl.create_texture()
        {
            self.target = fresh;
        }
        self.size = size;
        gl.active_texture(Gl::TEXTURE0);
        gl.bind_texture(Gl::TEXTURE_2D, Some(&self.target));
        let [kind, levels, format] = [Gl::TEXTURE_2D, 1, Gl::RGBA8].map(JsValue::from);
        let [width, height] = size.map(JsValue::from);
        call(gl, "texStorage2D", &[&kind, &levels, &format, &width, &height])?;
        gl.bind_framebuffer(Gl::FRAMEBUFFER, Some(&self.framebuffer));
        gl.framebuffer_texture_2d(Gl::FRAMEBUFFER, Gl::COLOR_ATTACHMENT0, Gl::TEXTURE_2D, Some(&self.target), 0);
        Ok(())
    }

    /// Fills it, and leaves it bound to be read. The program must be in use with what it reads.
    pub fn draw(&self, gl: &Gl) {
        let [width, height] = self.size;
        gl.bind_framebuffer(Gl::FRAMEBUFFER, Some(&self.framebuffer));
        gl.viewport(0, 0, width, height);
        SWITCHES.into_iter().for_each(|state| gl.disable(state));
        without_samplers(gl);
        gl.bind_vertex_array(Some(&self.vertices));
        gl.draw_arrays(Gl::TRIANGLES, 0, 3);
    }

    /// Frees all of it.
    ///
    /// # Errors
    /// The context takes none of it.
    pub fn free(self, gl: &Gl) -> Result<(), JsValue> {
        for (name, made) in [
            ("deleteProgram", self.program.as_ref()),
            ("deleteVertexArray", self.vertices.as_ref()),
            ("deleteTexture", self.target.as_ref()),
            ("deleteFramebuffer", self.framebuffer.as_ref()),
        ] {
            call(gl, name, &[made])?;
        }
        Ok(())
    }
}
