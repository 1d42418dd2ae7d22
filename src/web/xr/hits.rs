//! Surfaces of the room: straight ahead, and under each finger.

use super::object;
use super::space::add_hits;
use super::xr_sys::{
    XrFrame, XrHitTestSource, XrInputSource, XrReferenceSpace, XrSession, XrTransientInputHitTestResult,
};
use crate::math::{Pose, Quat, Ray, Vec3};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Where the session looks for surfaces; each source is `None` where the device has none.
pub(super) struct Hits {
    ahead: Option<XrHitTestSource>,
    touch: Option<XrHitTestSource>,
    /// The reference space has the floor at height 0.
    knows_floor: bool,
}

/// A floor that was not seen but is known is believed as far as a room goes, in metres.
const KNOWN_FLOOR_REACH_M: f32 = 8.0;

impl Hits {
    /// Asks for the sources.
    pub async fn open(session: &XrSession, knows_floor: bool) -> Self {
        Self { ahead: ahead(session).await.ok(), touch: touch(session).await.ok(), knows_floor }
    }

    /// Adds the surfaces straight ahead of the viewer, nearest first.
    pub fn ahead(&self, frame: &XrFrame, space: &XrReferenceSpace, viewer: Option<Pose>, hits: &mut Vec<Pose>) {
        match (&self.ahead, viewer) {
            (Some(source), _) => {
                if let Ok(results) = frame.hit_test_results(source) {
                    add_hits(&results, space, hits);
                }
            }
            (None, Some(viewer)) if self.knows_floor => hits.extend(known_floor(viewer)),
            _ => {}
        }
    }

    /// What the device sees under the fingers on the screen in this picture.
    pub fn touched(&self, frame: &XrFrame) -> Option<Array> {
        frame.transient_hit_test_results(self.touch.as_ref()?).ok()
    }
}

/// Adds the surfaces along the ray of one of the fingers, nearest first.
pub(super) fn add_touched(touched: &Array, finger: &XrInputSource, space: &XrReferenceSpace, hits: &mut Vec<Pose>) {
    let mut results = touched.iter().map(|result| result.unchecked_into::<XrTransientInputHitTestResult>());
    if let Some(result) = results.find(|result| result.input_source() == *finger) {
        add_hits(&result.results(), space, hits);
    }
}

async fn ahead(session: &XrSession) -> Result<XrHitTestSource, JsValue> {
    let viewer = wait(session.request_reference_space("viewer")).await?;
    Ok(wait(session.request_hit_test_source(&object([("space", &viewer)]))).await?.unchecked_into())
}

async fn touch(session: &XrSession) -> Result<XrHitTestSource, JsValue> {
    let options = object([("profile", &"generic-touchscreen".into())]);
    Ok(wait(session.request_hit_test_source_for_transient_input(&options)).await?.unchecked_into())
}

/// The outcome of a call that may throw or reject.
async fn wait(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

/// Where the view meets the floor of the reference space, on devices without hit tests.
fn known_floor(viewer: Pose) -> Option<Pose> {
    let ahead = Ray { origin: viewer.position, direction: viewer.orientation * Vec3::NEG_Z };
    let position = ahead.meets_plane(Vec3::ZERO, Vec3::Y)?;
    (position.distance(viewer.position) < KNOWN_FLOOR_REACH_M).then_some(Pose { position, orientation: Quat::IDENTITY })
}
