//! The room's depth (WebXR Depth Sensing): read on the processor where the device offers that, else taken from the device's
//! texture by the layer's context. Given up when it takes longer than a picture has time for.

use super::depth_texture::DepthTexture;
use super::layer::Layer;
use super::member::{call, get, now_ms, number};
use super::xr_sys::{XrFrame, XrSession, XrView};
use crate::math::{Mat4, Vec4};
use crate::scene::frame::{RoomDepth, View};
use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};

/// Reading the depth of one picture may take so long, in milliseconds: a quarter of what a picture at 60 Hz has.
const LONGEST_MS: f64 = 4.0;
/// So many of the last [`JUDGED`] pictures may take longer.
const SLOW_ALLOWED: u32 = 45;
/// Pictures that are judged together.
const JUDGED: u32 = 60;

/// The depth of one session.
pub(super) struct Depth {
    source: Source,
    bytes: Vec<u8>,
    /// Pictures of depth that are not in use.
    spare: Vec<Vec<u16>>,
    judged: u32,
    slow: u32,
}

/// Where the device has it.
enum Source {
    /// It has none, or it was given up.
    None,
    /// In memory.
    Processor,
    /// In a texture of the layer's context.
    Texture(Option<DepthTexture>),
}

/// What became of the depth with one picture.
pub(super) enum Judgement {
    /// It goes on.
    Fine,
    /// It was given up just now.
    TooSlow,
}

impl Depth {
    /// As the session was granted it.
    pub fn of(session: &XrSession) -> Self {
        let source = match get(session, "depthUsage").as_string().as_deref() {
            Some("cpu-optimized") => Source::Processor,
            Some("gpu-optimized") => Source::Texture(None),
            _ => Source::None,
        };
        Self { source, bytes: Vec::new(), spare: Vec::new(), judged: 0, slow: 0 }
    }

    /// Adds the depth for all these views, or for none of them. The layer's context is left as it was where it is not ours alone.
    pub fn read(
        &mut self,
        session: &XrSession,
        frame: &XrFrame,
        views: &[(XrView, View)],
        layer: &Layer,
        depths: &mut Vec<RoomDepth>,
    ) -> Judgement {
        if matches!(self.source, Source::None) {
            return Judgement::Fine;
        }
        let started_ms = now_ms();
        for (xr_view, view) in views {
            match self.read_view(session, frame, xr_view, view, layer) {
                Some(depth) => depths.push(depth),
                None => {
                    self.give_back(depths);
                    break;
                }
            }
        }
        self.judge(now_ms() - started_ms)
    }

    /// Takes back what [`Self::read`] gave, so that the next picture needs no memory of its own.
    pub fn give_back(&mut self, depths: &mut Vec<RoomDepth>) {
        self.spare.extend(depths.drain(..).map(|depth| depth.millimetres));
    }

    fn read_view(
        &mut self,
        session: &XrSession,
        frame: &XrFrame,
        xr_view: &XrView,
        view: &View,
        layer: &Layer,
    ) -> Option<RoomDepth> {
        let mut millimetres = self.spare.pop().unwrap_or_default();
        millimetres.clear();
        let info = match &mut self.source {
            Source::None => return None,
            Source::Processor => {
                let info = call(frame, "getDepthInformation", &[xr_view]).ok()?;
                let size = size_of(&info)?;
                read_memory(&info, size, &mut self.bytes, &mut millimetres)?;
                info
            }
            Source::Texture(texture) => {
                if texture.is_none() {
                    *texture = DepthTexture::open(session, layer.context()).ok();
                }
                let texture = texture.as_mut()?;
                layer.lend(|gl| texture.read(gl, xr_view, &mut self.bytes, &mut millimetres))?
            }
        };
        let size = size_of(&info)?;
        let columns: Float32Array = get(&get(&info, "normDepthBufferFromNormView"), "matrix").dyn_into().ok()?;
        let mut matrix = [0.0; 16];
        (columns.length() == 16).then(|| columns.copy_to(&mut matrix))?;
        let clip_from_world = view.clip_from_view * Mat4::from(view.world_from_view.inverse());
        let depth_from_world = Mat4::from_cols_array(&matrix) * PLACE_FROM_CLIP * clip_from_world;
        Some(RoomDepth { size, millimetres, depth_from_world })
    }

    /// One slow picture is nothing; three quarters of them are.
    fn judge(&mut self, spent_ms: f64) -> Judgement {
        self.judged += 1;
        self.slow += u32::from(spent_ms > LONGEST_MS);
        if self.judged < JUDGED {
            return Judgement::Fine;
        }
        let is_too_slow = self.slow > SLOW_ALLOWED;
        (self.judged, self.slow) = (0, 0);
        if !is_too_slow {
            return Judgement::Fine;
        }
        self.source = Source::None;
        Judgement::TooSlow
    }
}

/// Columns and rows.
pub(super) fn size_of(info: &JsValue) -> Option<[u32; 2]> {
    let side = |name| number(info, name).map(|side| side as u32).filter(|side| (1..=4096).contains(side));
    Some([side("width")?, side("height")?])
}

/// `XRCPUDepthInformation`: 16 or 32 bits a pixel, told apart by how many bytes there are.
fn read_memory(info: &JsValue, [width, height]: [u32; 2], bytes: &mut Vec<u8>, to: &mut Vec<u16>) -> Option<()> {
    let data = Uint8Array::new(&get(info, "data"));
    let count = (width * height) as usize;
    let millimetres_per_unit = number(info, "rawValueToMeters")? * 1000.0;
    bytes.resize(data.length() as usize, 0);
    data.copy_to(bytes);
    if bytes.len() == 2 * count {
        let raw = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
        to.extend(raw.map(|raw| (f32::from(raw) * millimetres_per_unit) as u16));
    } else if bytes.len() == 4 * count {
        let raw = bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four));
        // What is no number becomes 0: not known.
        to.extend(raw.map(|raw| (raw * millimetres_per_unit) as u16));
    } else {
        return None;
    }
    Some(())
}

/// Clip space to WebXR's normalized view coordinates: 0..1 from the upper left corner.
const PLACE_FROM_CLIP: Mat4 = Mat4::from_cols(
    Vec4::new(0.5, 0.0, 0.0, 0.0),
    Vec4::new(0.0, -0.5, 0.0, 0.0),
    Vec4::new(0.0, 0.0, 0.0, 0.0),
    Vec4::new(0.5, 0.5, 0.0, 1.0),
);
