//! WebXR's transforms, matrices and hits as our own numbers.

use super::xr_sys::XrWebGlLayer;
use super::xr_sys::{XrFrame, XrHitTestResult, XrReferenceSpace, XrRigidTransform, XrSpace, XrView, XrViewerPose};
use crate::math::{Mat4, Pose, Quat, Ray, Vec3, Vec4};
use crate::scene::frame::View;
use js_sys::Array;
use wasm_bindgen::JsCast as _;

/// A transform as a pose.
pub(super) fn pose_of(transform: &XrRigidTransform) -> Pose {
    let (position, orientation) = (transform.position(), transform.orientation());
    Pose {
        position: Vec3::new(position.x() as f32, position.y() as f32, position.z() as f32),
        orientation: Quat::from_xyzw(
            orientation.x() as f32,
            orientation.y() as f32,
            orientation.z() as f32,
            orientation.w() as f32,
        ),
    }
}

/// Where a target ray space points; it looks along its -Z.
pub(super) fn ray_of(frame: &XrFrame, target_ray: &XrSpace, space: &XrReferenceSpace) -> Option<Ray> {
    let pose = pose_of(&frame.pose(target_ray, space).ok()??.transform());
    Some(Ray { origin: pose.position, direction: pose.orientation * Vec3::NEG_Z })
}

/// Adds hit test results as world_from_hit, nearest first as the browser gives them.
pub(super) fn add_hits(results: &Array, space: &XrReferenceSpace, hits: &mut Vec<Pose>) {
    let pose = |result: XrHitTestResult| Some(pose_of(&result.pose(space).ok()??.transform()));
    hits.extend(results.iter().filter_map(|result| pose(result.unchecked_into())));
}

/// Adds the views a picture needs. Views without area are left out: a phone seen through a headset's two eyes has one.
pub(super) fn add_views(viewer: &XrViewerPose, layer: &XrWebGlLayer, to: &mut Vec<(XrView, View)>) {
    let views = viewer.views();
    let views = views.iter().map(|view| view.unchecked_into::<XrView>());
    to.extend(views.filter_map(|view| view_of(&view, layer).map(|plain| (view, plain))));
}

fn view_of(view: &XrView, layer: &XrWebGlLayer) -> Option<View> {
    let viewport = layer.viewport(view).ok()??;
    let [x, y, width, height] = [viewport.x(), viewport.y(), viewport.width(), viewport.height()];
    // WebXR counts from the lower left corner, a View from the upper left.
    let y = i64::from(layer.framebuffer_height()) - i64::from(y) - i64::from(height);
    let viewport =
        [u32::try_from(x).ok()?, u32::try_from(y).ok()?, u32::try_from(width).ok()?, u32::try_from(height).ok()?];
    if viewport[2] == 0 || viewport[3] == 0 {
        return None;
    }
    let mut columns = [0.0; 16];
    let projection = view.projection_matrix();
    (projection.length() == 16).then(|| projection.copy_to(&mut columns))?;
    Some(View {
        viewport,
        world_from_view: pose_of(&view.transform()).to_affine(),
        clip_from_view: UNIT_DEPTH_FROM_GL_DEPTH * Mat4::from_cols_array(&columns),
    })
}

/// WebXR projects to a depth of -1..1, ours is 0..1.
const UNIT_DEPTH_FROM_GL_DEPTH: Mat4 = Mat4::from_cols(
    Vec4::new(1.0, 0.0, 0.0, 0.0),
    Vec4::new(0.0, 1.0, 0.0, 0.0),
    Vec4::new(0.0, 0.0, 0.5, 0.0),
    Vec4::new(0.0, 0.0, 0.5, 1.0),
);
