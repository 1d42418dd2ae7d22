//! WebXR as the browser offers it, declared here: web-sys lacks hit tests and the DOM overlay, and hides the rest
//! behind a compiler flag that every user of the crate would have to set.
//!
//! All members are looked up by name on the object (no global class is needed), so an emulated device works too.
//! Names follow <https://www.w3.org/TR/webxr/>, <https://www.w3.org/TR/webxr-hit-test-1/> and
//! <https://www.w3.org/TR/webxr-dom-overlays-1/>. `catch` stands wherever the specification lets a call throw.

#![allow(missing_docs, reason = "one line per member of the specification, by the same name")]

use js_sys::{Array, Float32Array, Function, Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Event, EventTarget, WebGl2RenderingContext, WebGlFramebuffer};

#[wasm_bindgen]
extern "C" {
    pub type Navigator;
    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    pub static NAVIGATOR: Navigator;
    #[wasm_bindgen(method, getter)]
    pub fn xr(this: &Navigator) -> Option<XrSystem>;

    #[derive(Clone, Debug)]
    pub type XrSystem;
    #[wasm_bindgen(method, catch, js_name = requestSession)]
    pub fn request_session(this: &XrSystem, mode: &str, init: &Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub type XrSession;
    #[wasm_bindgen(method, getter, js_name = visibilityState)]
    pub fn visibility_state(this: &XrSession) -> Option<String>;
    #[wasm_bindgen(method, catch, js_name = updateRenderState)]
    pub fn update_render_state(this: &XrSession, state: &Object) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestReferenceSpace)]
    pub fn request_reference_space(this: &XrSession, kind: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestAnimationFrame)]
    pub fn request_animation_frame(this: &XrSession, callback: &Function) -> Result<u32, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub fn end(this: &XrSession) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestHitTestSource)]
    pub fn request_hit_test_source(this: &XrSession, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestHitTestSourceForTransientInput)]
    pub fn request_hit_test_source_for_transient_input(this: &XrSession, options: &Object) -> Result<Promise, JsValue>;

    #[derive(Clone, Debug)]
    pub type XrFrame;
    #[wasm_bindgen(method, catch, js_name = getViewerPose)]
    pub fn viewer_pose(this: &XrFrame, space: &XrReferenceSpace) -> Result<Option<XrViewerPose>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getPose)]
    pub fn pose(this: &XrFrame, space: &XrSpace, base: &XrReferenceSpace) -> Result<Option<XrPose>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getHitTestResults)]
    pub fn hit_test_results(this: &XrFrame, source: &XrHitTestSource) -> Result<Array, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getHitTestResultsForTransientInput)]
    pub fn transient_hit_test_results(this: &XrFrame, source: &XrHitTestSource) -> Result<Array, JsValue>;

    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub type XrSpace;
    #[wasm_bindgen(extends = XrSpace, extends = EventTarget)]
    #[derive(Clone, Debug)]
    pub type XrReferenceSpace;

    #[derive(Clone, Debug)]
    pub type XrPose;
    #[wasm_bindgen(method, getter)]
    pub fn transform(this: &XrPose) -> XrRigidTransform;

    #[wasm_bindgen(extends = XrPose)]
    #[derive(Clone, Debug)]
    pub type XrViewerPose;
    #[wasm_bindgen(method, getter)]
    pub fn views(this: &XrViewerPose) -> Array;

    #[derive(Clone, Debug)]
    pub type XrView;
    #[wasm_bindgen(method, getter, js_name = projectionMatrix)]
    pub fn projection_matrix(this: &XrView) -> Float32Array;
    #[wasm_bindgen(method, getter)]
    pub fn transform(this: &XrView) -> XrRigidTransform;

    #[derive(Clone, Debug)]
    pub type XrRigidTransform;
    #[wasm_bindgen(method, getter)]
    pub fn position(this: &XrRigidTransform) -> DomPoint;
    #[wasm_bindgen(method, getter)]
    pub fn orientation(this: &XrRigidTransform) -> DomPoint;

    #[derive(Clone, Debug)]
    pub type DomPoint;
    #[wasm_bindgen(method, getter)]
    pub fn x(this: &DomPoint) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn y(this: &DomPoint) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn z(this: &DomPoint) -> f64;
    #[wasm_bindgen(method, getter)]
    pub fn w(this: &DomPoint) -> f64;

    #[derive(Clone, Debug)]
    pub type XrHitTestSource;
    #[derive(Clone, Debug)]
    pub type XrHitTestResult;
    #[wasm_bindgen(method, catch, js_name = getPose)]
    pub fn pose(this: &XrHitTestResult, base: &XrReferenceSpace) -> Result<Option<XrPose>, JsValue>;
    #[derive(Clone, Debug)]
    pub type XrTransientInputHitTestResult;
    #[wasm_bindgen(method, getter, js_name = inputSource)]
    pub fn input_source(this: &XrTransientInputHitTestResult) -> XrInputSource;
    #[wasm_bindgen(method, getter)]
    pub fn results(this: &XrTransientInputHitTestResult) -> Array;

    #[derive(Clone, Debug, PartialEq)]
    pub type XrInputSource;
    #[wasm_bindgen(method, getter, js_name = targetRaySpace)]
    pub fn target_ray_space(this: &XrInputSource) -> XrSpace;

    #[wasm_bindgen(extends = Event)]
    #[derive(Clone, Debug)]
    pub type XrInputSourceEvent;
    #[wasm_bindgen(method, getter)]
    pub fn frame(this: &XrInputSourceEvent) -> XrFrame;
    #[wasm_bindgen(method, getter, js_name = inputSource)]
    pub fn input_source(this: &XrInputSourceEvent) -> XrInputSource;

    #[wasm_bindgen(extends = Event)]
    #[derive(Clone, Debug)]
    pub type XrReferenceSpaceEvent;
    #[wasm_bindgen(method, getter)]
    pub fn transform(this: &XrReferenceSpaceEvent) -> Option<XrRigidTransform>;

    #[wasm_bindgen(js_name = XRWebGLLayer)]
    #[derive(Clone, Debug)]
    pub type XrWebGlLayer;
    #[wasm_bindgen(constructor, catch, js_class = "XRWebGLLayer")]
    pub fn new(session: &XrSession, gl: &WebGl2RenderingContext, init: &Object) -> Result<XrWebGlLayer, JsValue>;
    #[wasm_bindgen(method, getter)]
    pub fn framebuffer(this: &XrWebGlLayer) -> Option<WebGlFramebuffer>;
    #[wasm_bindgen(method, getter, js_name = framebufferWidth)]
    pub fn framebuffer_width(this: &XrWebGlLayer) -> u32;
    #[wasm_bindgen(method, getter, js_name = framebufferHeight)]
    pub fn framebuffer_height(this: &XrWebGlLayer) -> u32;
    #[wasm_bindgen(method, catch, js_name = getViewport)]
    pub fn viewport(this: &XrWebGlLayer, view: &XrView) -> Result<Option<XrViewport>, JsValue>;

    #[derive(Clone, Debug)]
    pub type XrViewport;
    #[wasm_bindgen(method, getter)]
    pub fn x(this: &XrViewport) -> i32;
    #[wasm_bindgen(method, getter)]
    pub fn y(this: &XrViewport) -> i32;
    #[wasm_bindgen(method, getter)]
    pub fn width(this: &XrViewport) -> i32;
    #[wasm_bindgen(method, getter)]
    pub fn height(this: &XrViewport) -> i32;

    /// A WebGL2 context seen as something a device can show (WebXR's extension of it).
    #[derive(Clone, Debug)]
    pub type XrCompatible;
    #[wasm_bindgen(method, catch, js_name = makeXRCompatible)]
    pub fn make_xr_compatible(this: &XrCompatible) -> Result<Promise, JsValue>;
}
