//! The device's layer with the way into it.

use super::Way;
use super::bridge::{Bridge, PROBE};
use super::context_state::ContextState;
#[cfg(feature = "webgl")]
use super::direct::Direct;
use super::object;
use super::xr_sys::{XrSession, XrWebGlLayer};
use crate::scene::frame::Frame;
use crate::web::stage::Stage;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{HtmlCanvasElement, WebGl2RenderingContext};

/// Nearer than this nothing is drawn, in metres: a phone held over a table is nearer than the usual 0.1.
const NEAR_M: f64 = 0.03;
/// Farther than this nothing is drawn, in metres: products stand within 10.
const FAR_M: f64 = 60.0;

/// A layer and how pictures get into it.
pub(super) enum Layer {
    /// Through the viewer's canvas.
    Bridge(Bridge),
    /// From wgpu straight into it.
    #[cfg(feature = "webgl")]
    Direct(Direct),
}

impl Layer {
    /// Makes the layer and hands it to the session; it is there from the next picture on.
    ///
    /// # Errors
    /// What the last way that was tried threw.
    pub async fn open(session: &XrSession, canvas: &HtmlCanvasElement, way: Way) -> Result<Self, JsValue> {
        let layer = match way {
            Way::Bridge => Bridge::open(session, canvas).await.map(Self::Bridge),
            Way::Direct => Self::direct(session, canvas).await,
            Way::Auto => match Bridge::open(session, canvas).await {
                Ok(bridge) => Ok(Self::Bridge(bridge)),
                Err(_) => Self::direct(session, canvas).await,
            },
        }?;
        session.update_render_state(&object([
            ("baseLayer", layer.xr().unchecked_ref()),
            ("depthNear", &NEAR_M.into()),
            ("depthFar", &FAR_M.into()),
        ]))?;
        Ok(layer)
    }

    /// As the device knows it.
    pub fn xr(&self) -> &XrWebGlLayer {
        match self {
            Self::Bridge(bridge) => bridge.layer(),
            #[cfg(feature = "webgl")]
            Self::Direct(direct) => direct.layer(),
        }
    }

    /// Works in the layer's context. On the direct way that is wgpu's as well, which finds it again as it was.
    pub fn lend<T>(&self, work: impl FnOnce(&WebGl2RenderingContext) -> T) -> T {
        let gl = self.context();
        let found = (!matches!(self, Self::Bridge(_))).then(|| ContextState::of(gl));
        let done = work(gl);
        if let Some(found) = found {
            found.put_back(gl);
        }
        done
    }

    /// The layer's context, whoever draws with it.
    pub fn context(&self) -> &WebGl2RenderingContext {
        match self {
            Self::Bridge(bridge) => bridge.gl(),
            #[cfg(feature = "webgl")]
            Self::Direct(direct) => direct.context(),
        }
    }

    /// Sends a known colour through and looks whether it arrives. Before the first picture of a session, in its callback.
    pub fn is_proved(&self, stage: &mut Stage) -> bool {
        match self {
            Self::Bridge(bridge) => {
                stage.resize_px(self.size_px());
                stage.fill(PROBE.map(|byte| f64::from(byte) / 255.0)) && bridge.arrives(&stage.canvas)
            }
            // wgpu's own errors are all there is to see here.
            #[cfg(feature = "webgl")]
            Self::Direct(_) => true,
        }
    }

    /// Draws a picture. Only in the session's callback. False when this way is at its end.
    pub fn draw(&mut self, stage: &mut Stage, frame: &Frame) -> bool {
        let size_px = self.size_px();
        match self {
            Self::Bridge(bridge) => {
                stage.resize_px(size_px);
                // A canvas that gives no picture now gives the next one.
                !bridge.is_lost() && (!stage.draw(frame) || bridge.carry(&stage.canvas).is_ok())
            }
            #[cfg(feature = "webgl")]
            Self::Direct(direct) => direct.draw(stage, frame).is_ok(),
        }
    }

    fn size_px(&self) -> [u32; 2] {
        [self.xr().framebuffer_width(), self.xr().framebuffer_height()]
    }

    #[cfg(feature = "webgl")]
    async fn direct(session: &XrSession, canvas: &HtmlCanvasElement) -> Result<Self, JsValue> {
        Direct::open(session, canvas).await.map(Self::Direct)
    }

    #[cfg(not(feature = "webgl"))]
    async fn direct(_: &XrSession, _: &HtmlCanvasElement) -> Result<Self, JsValue> {
        Err("This build draws with WebGPU, which has no direct way into the device's layer.".into())
    }
}
