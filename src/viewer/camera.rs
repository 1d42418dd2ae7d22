//! The page's camera as the attributes and the shopper's hands move it.

use super::hands::Gesture;
use super::settings::Settings;
use super::value::{self, Auto, Distance, OrbitValue};
use crate::math::{Aabb, Vec2, Vec3, tangent, wrap_turn};
use crate::scene::frame::View;
use crate::scene::{Limits, Orbit, OrbitCamera, framing_distance};
use std::f32::consts::PI;

/// model-viewer's default place of the camera.
const DEFAULT_PHI_RAD: f32 = 75.0 * PI / 180.0;
const DEFAULT_SHARE: f32 = 1.05;
const DEFAULT_FIELD_OF_VIEW_RAD: f32 = 30.0 * PI / 180.0;
/// The closest and farthest a shopper gets without limits of the page, in shares of the framing distance.
const NEAREST_SHARE: f32 = 0.3;
const FARTHEST_SHARE: f32 = 2.0;

/// The camera, and what it frames.
#[derive(Clone, Debug)]
pub struct PageCamera {
    camera: OrbitCamera,
    bounds: Aabb,
    aspect: f32,
    /// How far the shopper has turned the product against the camera, in radians (auto-rotate).
    pub turntable: f32,
    /// Where the next product is looked at from instead of the place that the attributes say.
    kept: Option<Look>,
}

/// A place of the camera, to come back to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Where it stands.
    pub orbit: Orbit,
    /// What it looks at, in metres.
    pub target: Vec3,
    /// How far the product is turned, in radians.
    pub turntable: f32,
}

impl Default for PageCamera {
    fn default() -> Self {
        let orbit = Orbit { theta: 0.0, phi: DEFAULT_PHI_RAD, radius: 1.0 };
        Self {
            camera: OrbitCamera::new(orbit, Vec3::ZERO, DEFAULT_FIELD_OF_VIEW_RAD),
            bounds: Aabb::EMPTY,
            aspect: 1.0,
            turntable: 0.0,
            kept: None,
        }
    }
}

impl PageCamera {
    /// Frames another product, at once: from where the attributes say, or once from a kept place.
    pub fn frame_product(&mut self, bounds: Aabb, settings: &Settings) {
        self.turntable = 0.0;
        self.reframe(bounds, settings);
        if let Some(kept) = self.kept.take() {
            self.turntable = kept.turntable;
            self.camera.set_target(kept.target);
            self.camera.set_goal(kept.orbit);
        }
        self.camera.jump_to_goal();
    }

    /// The product has other bounds now: goes to where the attributes say, softly.
    pub fn reframe(&mut self, bounds: Aabb, settings: &Settings) {
        self.bounds = bounds;
        self.follow(settings);
    }

    /// The next product is looked at from here. Home stays where the attributes say.
    pub fn keep(&mut self, look: Look) {
        self.kept = Some(look);
    }

    /// Is where it is going at once.
    pub fn jump_to_goal(&mut self) {
        self.camera.jump_to_goal();
    }

    /// Follows changed attributes, softly.
    pub fn follow(&mut self, settings: &Settings) {
        self.camera.decay_seconds = if settings.reduced_motion { 0.0 } else { settings.interpolation_decay_ms * 0.001 };
        self.limit(settings);
        self.camera.set_field_of_view(settings.field_of_view.unwrap_or(DEFAULT_FIELD_OF_VIEW_RAD));
        self.camera.set_target(value::target_or(settings.camera_target, self.bounds.center()));
        let framing = self.framing_m(settings);
        self.camera.set_goal(orbit_or(settings.camera_orbit, framing, home(framing)));
    }

    /// The canvas has another shape. Keeps the product as large in it as it was.
    pub fn reshape(&mut self, size_css: Vec2, settings: &Settings) {
        let before = self.framing_m(settings);
        self.aspect = size_css.x.max(1.0) / size_css.y.max(1.0);
        let after = self.framing_m(settings);
        self.limit(settings);
        let goal = self.camera.goal();
        if before > 0.0 && after > 0.0 && before != after {
            self.camera.set_goal(Orbit { radius: goal.radius * after / before, ..goal });
            self.camera.jump_to_goal();
        }
    }

    /// Moves as the hands ask. Returns true when that changed anything.
    pub fn gesture(&mut self, gesture: Gesture, settings: &Settings) -> bool {
        let before = (self.camera.goal(), self.camera.target_goal());
        let turn = gesture.turn * settings.orbit_sensitivity;
        let zoom = if settings.disable_zoom { 0.0 } else { gesture.zoom * settings.zoom_sensitivity };
        let goal = before.0;
        self.camera.set_goal(Orbit {
            theta: goal.theta + turn.x,
            phi: goal.phi + turn.y,
            radius: goal.radius * zoom.exp(),
        });
        if !settings.disable_pan && gesture.shift != Vec2::ZERO {
            self.shift(gesture.shift * settings.pan_sensitivity);
        }
        before != (self.camera.goal(), self.camera.target_goal())
    }

    /// Turns the table by `seconds` of rotation.
    pub fn rotate_table(&mut self, seconds: f32, settings: &Settings) {
        self.turntable = wrap_turn(self.turntable + seconds * settings.rotation_per_second);
    }

    /// Moves on. Returns true while anything moves.
    pub fn step(&mut self, seconds: f32) -> bool {
        self.camera.step(seconds)
    }

    /// Nothing moves any more.
    pub fn is_at_rest(&self) -> bool {
        self.camera.is_at_rest()
    }

    /// Where it stands now.
    pub fn orbit(&self) -> Orbit {
        self.camera.orbit()
    }

    /// Where it is going.
    pub fn goal(&self) -> Orbit {
        self.camera.goal()
    }

    /// What it looks at, in metres.
    pub fn target(&self) -> Vec3 {
        self.camera.target()
    }

    /// Vertical, in radians.
    pub fn field_of_view(&self) -> f32 {
        self.camera.field_of_view()
    }

    /// The one view of the page.
    pub fn view(&self, size_px: [u32; 2]) -> View {
        let [width, height] = size_px.map(|pixels| pixels.max(1));
        let reach = self.bounds.size().length() * 0.5 + self.camera.target().distance(self.bounds.center());
        View {
            viewport: [0, 0, width, height],
            world_from_view: self.camera.world_from_view(),
            clip_from_view: self.camera.clip_from_view(width as f32 / height as f32, reach.max(0.005)),
        }
    }

    /// Shifts the target within the product's box, so that nobody loses it.
    fn shift(&mut self, shift: Vec2) {
        let visible_height = 2.0 * self.camera.goal().radius * tangent(self.camera.field_of_view() * 0.5);
        let turn = self.camera.world_from_view().matrix3;
        let moved = turn * Vec3::new(shift.x, shift.y, 0.0) * visible_height;
        let target = self.camera.target_goal() - moved;
        if !self.bounds.is_empty() {
            self.camera.set_target(target.clamp(self.bounds.min, self.bounds.max));
        }
    }

    fn limit(&mut self, settings: &Settings) {
        let framing = self.framing_m(settings);
        let fresh = Limits::default();
        let [narrow, wide] = fresh.field_of_view;
        let nearest = Orbit { radius: framing * NEAREST_SHARE, ..fresh.min };
        let farthest = Orbit { radius: (framing * FARTHEST_SHARE).max(0.01), ..fresh.max };
        // A page that puts the camera farther away than that has said how far it may go.
        let placed = settings.camera_orbit.radius.map_or(0.0, |distance| distance.metres(framing));
        self.camera.limits = Limits {
            min: orbit_or(settings.min_camera_orbit, framing, nearest),
            max: orbit_or(
                settings.max_camera_orbit,
                framing,
                Orbit { radius: farthest.radius.max(placed), ..farthest },
            ),
            field_of_view: [settings.min_field_of_view.unwrap_or(narrow), settings.max_field_of_view.unwrap_or(wide)],
        };
    }

    /// From how far the product fills the picture.
    fn framing_m(&self, settings: &Settings) -> f32 {
        let vertical = tangent(settings.field_of_view.unwrap_or(DEFAULT_FIELD_OF_VIEW_RAD) * 0.5);
        framing_distance(self.bounds, Vec2::new(vertical * self.aspect, vertical))
    }
}

fn home(framing_m: f32) -> Orbit {
    Orbit { theta: 0.0, phi: DEFAULT_PHI_RAD, radius: framing_m * DEFAULT_SHARE }
}

/// Fills what is `auto` from another orbit.
fn orbit_or(value: OrbitValue, framing_m: f32, fallback: Orbit) -> Orbit {
    let metres = |radius: Auto<Distance>| radius.map(|distance| distance.metres(framing_m));
    Orbit {
        theta: value.theta.unwrap_or(fallback.theta),
        phi: value.phi.unwrap_or(fallback.phi),
        radius: metres(value.radius).unwrap_or(fallback.radius),
    }
}
