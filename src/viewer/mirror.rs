//! The product on the shopper: what the camera and the tracker say in, the camera's picture with the product worn in it out.
//!
//! Nothing of it is there until the mirror opens: in the browser its code comes later, so `update` does not lead to it.

use super::effect::{Effect, Notice};
use super::{Viewer, sizes};
use crate::math::{Affine3A, Mat4, Vec3};
use crate::scene::frame::{Body, Feed, Frame, View};
use crate::scene::{Item, Scene};
use crate::tryon::{self, Finger, Kind, Mirror, Placed, ProductSize, Side, Worn};
use serde_json::{Value, json};

/// Between them lies everything that is worn.
const NEAR_M: f32 = 0.04;
const FAR_M: f32 = 6.0;
/// Where the studio's key light stands about the vertical, seen from the product: 0 is towards the camera.
const KEY_LIGHT_RAD: f32 = -std::f32::consts::FRAC_PI_4;

/// The mirror while it is open.
#[derive(Debug, Default)]
pub(super) struct OpenMirror {
    mirror: Mirror,
    kind: Option<Kind>,
    finger: Finger,
    /// What the shop offers.
    sizes: Vec<ProductSize>,
}

impl Viewer {
    /// The shopper opens the mirror, or the product is another one now. Nothing while there is no product, or no word for
    /// how it is worn.
    #[inline(never)]
    pub fn open_mirror(&mut self, kind: Option<Kind>, hand: Side, finger: Finger) -> Vec<Effect> {
        let Some(item) = self.scene.items.first() else { return Vec::new() };
        let Some(model) = self.models.get(item.model) else { return Vec::new() };
        let Some(worn) = Worn::of_model(item.number, model, item.bounds, kind) else { return Vec::new() };
        let (wear, reduced_motion) = (vec![Worn { hand, finger, ..worn }], self.settings.reduced_motion);
        let open = self.mirror.get_or_insert_default();
        (open.kind, open.finger) = (Some(worn.kind), finger);
        self.mirror_event(tryon::Event::Opened { wear, reduced_motion })
    }

    /// Something happened in front of the mirror; nothing while it is closed.
    #[inline(never)]
    pub fn mirror_event(&mut self, event: tryon::Event) -> Vec<Effect> {
        let Some(open) = &mut self.mirror else { return Vec::new() };
        let is_last = event == tryon::Event::Closed;
        let effects = open.mirror.update(event);
        if is_last {
            self.mirror = None;
            self.show_scene();
        }
        self.is_stale = true;
        effects.into_iter().filter_map(told).collect()
    }

    /// The sizes that the product comes in, as the attribute `try-on-sizes` says them.
    #[inline(never)]
    pub fn mirror_sizes(&mut self, text: &str) -> Vec<Effect> {
        let Some(open) = &mut self.mirror else { return Vec::new() };
        match sizes::read(text, open.kind, open.finger) {
            Ok(sizes) => open.sizes = sizes,
            Err(problem) => {
                open.sizes.clear();
                return vec![Notice::warning(
                    "attribute",
                    format!("The attribute try-on-sizes is left out: {problem}."),
                )];
            }
        }
        Vec::new()
    }

    /// The draw list in the mirror: the product where it is worn, in front of the camera's picture.
    #[inline(never)]
    pub(super) fn mirror_frame(&self, open: &OpenMirror, views: &[View]) -> Frame {
        let mirror = &open.mirror;
        let mut scene = self.scene.clone();
        scene.items = worn_items(&self.scene, &mirror.worn());
        scene.look.shadow_intensity = 0.0;
        scene.look.background = Default::default();
        let mut feed = Feed { body: body(mirror), ..Default::default() };
        if let Some(light) = mirror.light() {
            scene.look.exposure *= light.intensity;
            feed.tint = light.color;
            // A light from all around turns nothing.
            let toward = light.direction * Vec3::new(1.0, 0.0, 1.0);
            if toward.length() > 0.2 {
                scene.look.light.rotation_rad = KEY_LIGHT_RAD - toward.x.atan2(toward.z);
            }
        }
        let (Some(camera), [view, ..]) = (mirror.view(), views) else { return scene.frame(&self.models, views) };
        // The picture fills the canvas; what does not fit is cut off on both sides.
        let [_, _, width, height] = view.viewport.map(|side| side as f32);
        let wider = camera.aspect() / (width / height);
        let fill = if wider > 1.0 { [wider, 1.0] } else { [1.0, 1.0 / wider] };
        feed.picture_from_clip = [0.5, 0.5, 0.5 / fill[0], -0.5 / fill[1]];
        let clip_from_view =
            Mat4::from_scale(Vec3::new(fill[0], fill[1], 1.0)) * camera.clip_from_camera(NEAR_M, FAR_M);
        let view = View { viewport: view.viewport, world_from_view: Affine3A::IDENTITY, clip_from_view };
        Frame { feed: Some(feed), ..scene.frame(&self.models, &[view]) }
    }

    /// What is known of the shopper, for the page's own panel; nothing of it leaves the page.
    #[inline(never)]
    pub(super) fn mirror_query(&self, open: &OpenMirror) -> Value {
        let mirror = &open.mirror;
        let worn = mirror.worn();
        let place = |placed: &Placed| {
            json!({
                "position": placed.pose.position.to_array(), "orientation": placed.pose.orientation.to_array(),
                "scale": placed.scale, "opacity": placed.opacity,
            })
        };
        json!({
            "status": mirror.status().as_str(),
            "view": mirror.view().map(|view| json!({
                "size": view.size_px, "verticalFieldOfView": view.vertical_fov_rad, "mirrored": view.mirrored,
            })),
            "worn": worn.iter().map(place).collect::<Vec<_>>(),
            "measures": measures(mirror),
            "fit": mirror.fit(&open.sizes).map(|fit| json!({
                "best": fit.best, "verdict": fit.verdict.as_str(), "words": fit.words,
                "each": fit.each.iter().map(|verdict| verdict.as_str()).collect::<Vec<_>>(),
            })),
        })
    }
}

/// One item for each place; all others are not seen.
fn worn_items(scene: &Scene, worn: &[Placed]) -> Vec<Item> {
    let mut items = Vec::new();
    for (number, placed) in (1..).zip(worn.iter().filter(|placed| placed.opacity > 0.5)) {
        let Some(item) = scene.items.iter().find(|item| item.number == placed.product) else { continue };
        let world_from_item = placed.pose.to_affine() * Affine3A::from_scale(Vec3::splat(placed.scale));
        let mut item = item.clone();
        (item.number, item.world_from_item) = (number, world_from_item);
        (item.visible, item.grounded) = (true, false);
        items.push(item);
    }
    items
}

/// The body as the camera sees it, in one piece.
fn body(mirror: &Mirror) -> Body {
    let mut body = Body::default();
    for occluder in mirror.occluders() {
        let first = body.positions.len();
        let mesh = occluder.mesh;
        let place = occluder.camera_from_mesh;
        body.positions.extend(mesh.positions.iter().map(|&position| place.transform_point3(position)));
        body.edges.resize(body.positions.len(), Vec3::ZERO);
        for triangle in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|corner| first + triangle.get(corner).map_or(0, |&index| index as usize));
            let [Some(a), Some(b), Some(c)] = corners.map(|corner| body.positions.get(corner).copied()) else {
                continue;
            };
            // As long as the triangle is large: larger ones say more.
            let normal = (b - a).cross(c - a);
            corners.iter().for_each(|&corner| body.edges[corner] += normal);
            body.indices.extend(corners.map(|corner| corner as u32));
        }
        for edge in &mut body.edges[first..] {
            *edge = edge.normalize_or_zero() * occluder.soft_edge_m;
        }
    }
    body
}

fn told(effect: tryon::Effect) -> Option<Effect> {
    match effect {
        tryon::Effect::Status(status) => Some(Notice::effect("mirror", json!({ "status": status.as_str() }))),
        tryon::Effect::Measures => Some(Notice::effect("mirror", json!({ "measured": true }))),
        tryon::Effect::OccluderShapes => None,
    }
}

fn measures(mirror: &Mirror) -> Value {
    let length = |length: tryon::Length| json!({ "mm": length.mm, "plusMinus": length.plus_minus_mm });
    let known = mirror.measures();
    json!({
        "face": known.face.map(|face| json!({
            "pupilDistance": length(face.pupil_distance), "width": length(face.face_width),
            "bridge": length(face.nose_bridge), "temple": length(face.temple), "head": length(face.head_circumference),
        })),
        "hand": known.hand.map(|hand| json!({
            "wristWidth": length(hand.wrist_width), "wrist": length(hand.wrist_circumference),
            "fingers": hand.finger_widths.map(length),
        })),
    })
}
