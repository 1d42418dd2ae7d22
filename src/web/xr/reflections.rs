//! What mirrors would show of the room (WebXR Lighting Estimation, "getReflectionCubeMap"): drawn small by the layer's own
//! context when the device has news, handed to the processor once the card has done it, and waited for by no picture.

use super::layer::Layer;
use super::listener::Listener;
use super::member::{call, construct, get};
use super::offscreen::Offscreen;
use super::space::pose_of;
use super::xr_sys::{XrFrame, XrReferenceSpace, XrSession};
use crate::ar::{Event, Reflections};
use crate::math::{Mat3, Quat, Vec3};
use js_sys::{Array, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::WebGl2RenderingContext as Gl;

/// One face above the other, each pixel with an exponent in place of alpha: light is brighter than bytes are, and not every
/// context can draw into floats. Cubes larger than ours are looked into several times a texel.
const FRAGMENT: &str = "#version 300 es
precision highp float;
uniform samplerCube cube;
uniform mat3 probe_from_world;
out vec4 color;
vec3 toward(int face, vec2 p) {
  if (face == 0) return vec3(1.0, -p.y, -p.x);
  if (face == 1) return vec3(-1.0, -p.y, p.x);
  if (face == 2) return vec3(p.x, 1.0, p.y);
  if (face == 3) return vec3(p.x, -1.0, -p.y);
  if (face == 4) return vec3(p.x, -p.y, 1.0);
  return vec3(-p.x, -p.y, -1.0);
}
void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  int looks = clamp(textureSize(cube, 0).x / 16, 1, 4);
  vec3 light = vec3(0.0);
  for (int look = 0; look < looks * looks; look += 1) {
    vec2 off = (vec2(look % looks, look / looks) + 0.5) / float(looks);
    vec2 place = (vec2(texel.x, texel.y % 16) + off) / 8.0 - 1.0;
    light += texture(cube, probe_from_world * toward(texel.y / 16, place)).rgb;
  }
  light = clamp(light / float(looks * looks), 0.0, 60000.0);
  float exponent = ceil(log2(max(max(light.r, light.g), max(light.b, 1e-9))));
  color = vec4(light / exp2(exponent), (exponent + 128.0) / 255.0);
}";

const SIDE: i32 = Reflections::SIDE as i32;
const BYTES: usize = 4 * Reflections::COUNT;
/// The device is asked no more often than this, in milliseconds: mirrors follow it slowly anyway.
const PAUSE_MS: f64 = 1000.0;

/// The reflections of one session.
pub(super) struct RoomMirror {
    probe: JsValue,
    /// The device has told of news that were not asked for yet.
    has_news: Rc<Cell<bool>>,
    _listener: Listener,
    asked_ms: f64,
    /// Made for the layer's context when there is something to read.
    reader: Option<Reader>,
    /// What the card is still busy with.
    fence: JsValue,
    bytes: Vec<u8>,
}

/// What reads a cube, in one context.
struct Reader {
    gl: Gl,
    binding: JsValue,
    offscreen: Offscreen,
    /// Where the card leaves the pixels.
    buffer: JsValue,
}

impl RoomMirror {
    /// For the probe of the session's light; `None` where it tells no news.
    pub fn of(probe: JsValue) -> Option<Self> {
        let has_news = Rc::new(Cell::new(false));
        let heard = has_news.clone();
        let listener = Listener::on(probe.unchecked_ref(), "reflectionchange", move |_| heard.set(true)).ok()?;
        let (asked_ms, fence) = (f64::NEG_INFINITY, JsValue::NULL);
        Some(Self { probe, has_news, _listener: listener, asked_ms, reader: None, fence, bytes: vec![0; BYTES] })
    }

    /// One step, after a picture and in its callback: the light all around, when the device has told and the card has handed it
    /// over. The layer's context is left as it was where it is not ours alone.
    pub fn go_on(
        &mut self,
        session: &XrSession,
        frame: &XrFrame,
        space: &XrReferenceSpace,
        layer: &Layer,
        now_ms: f64,
    ) -> Option<Event> {
        let gl = layer.context();
        if self.reader.as_ref().is_some_and(|reader| reader.gl != *gl) {
            // The way into the layer has changed; the news were lost with the other context.
            (self.reader, self.fence) = (None, JsValue::NULL);
            self.has_news.set(true);
        }
        if self.fence.is_object() {
            return self.take();
        }
        if !self.has_news.get() || now_ms - self.asked_ms < PAUSE_MS {
            return None;
        }
        self.has_news.set(false);
        self.asked_ms = now_ms;
        let probe_from_world = world_from_probe(&self.probe, frame, space).inverse();
        let asked = layer.lend(|gl| {
            if self.reader.is_none() {
                self.reader = Reader::open(session, gl).ok();
            }
            self.reader.as_ref()?.draw(&self.probe, probe_from_world).ok()
        });
        self.fence = asked.unwrap_or(JsValue::NULL);
        None
    }

    /// What the card was asked for, once it is there.
    fn take(&mut self) -> Option<Event> {
        let reader = self.reader.as_ref()?;
        let state = call(&reader.gl, "getSyncParameter", &[&self.fence, &Gl::SYNC_STATUS.into()]).ok()?;
        if state.as_f64() != Some(f64::from(Gl::SIGNALED)) {
            return None;
        }
        // It throws on nothing that was made here.
        let _ = call(&reader.gl, "deleteSync", &[&self.fence]);
        self.fence = JsValue::NULL;
        reader.read(&mut self.bytes).ok()?;
        Some(Event::Reflections(Reflections { texels: self.bytes.as_chunks().0.iter().map(light_of).collect() }))
    }
}

impl Reader {
    fn open(session: &XrSession, gl: &Gl) -> Result<Self, JsValue> {
        let mut offscreen = Offscreen::open(gl, FRAGMENT)?;
        offscreen.fit(gl, [SIDE, 6 * SIDE])?;
        let reader = Self {
            gl: gl.clone(),
            binding: construct("XRWebGLBinding", &[session, gl])?,
            offscreen,
            buffer: call(gl, "createBuffer", &[])?,
        };
        reader.with_buffer(|kind| {
            call(gl, "bufferData", &[kind, &(BYTES as u32).into(), &Gl::STREAM_READ.into()]).map(drop)
        })?;
        Ok(reader)
    }

    /// Draws the cube of this moment small and lets the card copy it; gives the fence behind which it is there.
    fn draw(&self, probe: &JsValue, probe_from_world: Quat) -> Result<JsValue, JsValue> {
        let Self { gl, offscreen, .. } = self;
        let cube = call(&self.binding, "getReflectionCubeMap", &[probe])?;
        if !cube.is_object() {
            return Ok(JsValue::NULL);
        }
        gl.active_texture(Gl::TEXTURE0);
        let found = call(gl, "getParameter", &[&Gl::TEXTURE_BINDING_CUBE_MAP.into()])?;
        gl.bind_texture(Gl::TEXTURE_CUBE_MAP, Some(cube.unchecked_ref()));
        for name in [Gl::TEXTURE_MIN_FILTER, Gl::TEXTURE_MAG_FILTER] {
            gl.tex_parameteri(Gl::TEXTURE_CUBE_MAP, name, Gl::LINEAR as i32);
        }
        gl.use_program(Some(&offscreen.program));
        let place = call(gl, "getUniformLocation", &[&offscreen.program, &"probe_from_world".into()])?;
        let columns: Array = Mat3::from_quat(probe_from_world).to_cols_array().into_iter().map(JsValue::from).collect();
        call(gl, "uniformMatrix3fv", &[&place, &JsValue::FALSE, &columns])?;
        offscreen.draw(gl);
        let copied = self.with_buffer(|_| {
            let [zero, width, height] = [0, SIDE, 6 * SIDE].map(JsValue::from);
            let [format, kind] = [Gl::RGBA, Gl::UNSIGNED_BYTE].map(JsValue::from);
            call(gl, "readPixels", &[&zero, &zero, &width, &height, &format, &kind, &zero]).map(drop)
        });
        gl.bind_framebuffer(Gl::FRAMEBUFFER, None);
        call(gl, "bindTexture", &[&Gl::TEXTURE_CUBE_MAP.into(), &found])?;
        copied?;
        call(gl, "fenceSync", &[&Gl::SYNC_GPU_COMMANDS_COMPLETE.into(), &0.into()])
    }

    fn read(&self, bytes: &mut [u8]) -> Result<(), JsValue> {
        let pixels: Uint8Array = construct("Uint8Array", &[&(BYTES as u32).into()])?.unchecked_into();
        self.with_buffer(|kind| call(&self.gl, "getBufferSubData", &[kind, &0.into(), &pixels]).map(drop))?;
        pixels.copy_to(bytes);
        Ok(())
    }

    /// With our buffer where pixels go, and afterwards whatever was there.
    fn with_buffer(&self, work: impl FnOnce(&JsValue) -> Result<(), JsValue>) -> Result<(), JsValue> {
        let kind = JsValue::from(Gl::PIXEL_PACK_BUFFER);
        let found = call(&self.gl, "getParameter", &[&Gl::PIXEL_PACK_BUFFER_BINDING.into()])?;
        call(&self.gl, "bindBuffer", &[&kind, &self.buffer])?;
        let done = work(&kind);
        call(&self.gl, "bindBuffer", &[&kind, &found])?;
        done
    }
}

/// How the probe's axes lie in the room; as the room's where the device does not say.
pub(super) fn world_from_probe(probe: &JsValue, frame: &XrFrame, space: &XrReferenceSpace) -> Quat {
    let probe_space = get(probe, "probeSpace");
    let pose = probe_space.is_object().then(|| frame.pose(probe_space.unchecked_ref(), space).ok().flatten());
    pose.flatten().map_or(Quat::IDENTITY, |pose| pose_of(&pose.transform()).orientation)
}

/// Three shares of a power of two.
fn light_of([red, green, blue, exponent]: &[u8; 4]) -> Vec3 {
    let unit = (f32::from(*exponent) - 128.0).exp2() / 255.0;
    Vec3::new(f32::from(*red), f32::from(*green), f32::from(*blue)) * unit
}
