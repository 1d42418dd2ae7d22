//! A session told as a script of plain numbers, with its clock, and the comparisons that go with it.

use vitrine::ar::{Analytics, Effect, Event, Hint, Mode, Placement, Plane, Room};
use vitrine::math::{Aabb, Pose, Quat, Ray, Vec2, Vec3};

/// Eye height of all shoppers here, in metres.
pub const EYE_M: f32 = 1.5;

/// A session with its clock: 60 pictures a second.
pub struct Script {
    pub room: Room,
    pub now_ms: f64,
    pub viewer: Pose,
    pub effects: Vec<Effect>,
}

impl Script {
    /// An armchair, 0.8 m wide, 0.9 m high, 0.7 m deep, its origin beside it: the box must count, not the origin.
    pub fn start(placement: Placement) -> Self {
        let bounds = Aabb { min: Vec3::new(0.1, 0.2, -0.3), max: Vec3::new(0.9, 1.1, 0.4) };
        Self::start_with(bounds, placement, true)
    }

    pub fn start_with(bounds: Aabb, placement: Placement, reduced_motion: bool) -> Self {
        let mut script = Self::before();
        script.tell(Event::Started { bounds, placement, mode: Mode::Ar, reduced_motion });
        script
    }

    /// Over the camera picture or in a showroom, without gliding.
    pub fn start_in(mode: Mode, bounds: Aabb, placement: Placement) -> Self {
        let mut script = Self::before();
        script.tell(Event::Started { bounds, placement, mode, reduced_motion: true });
        script
    }

    fn before() -> Self {
        Self { room: Room::default(), now_ms: 1000.0, viewer: standing_at(0.0, 0.0), effects: vec![] }
    }

    /// What the page must hear, without what the shop may count; `effects` has all of it.
    pub fn tell(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = self.room.update(event);
        self.effects.extend(effects.iter().cloned());
        self.check_numbers();
        effects.retain(|effect| !matches!(effect, Effect::Analytics(_)));
        effects
    }

    /// One picture with these hits.
    pub fn frame(&mut self, hits: &[Pose]) -> Vec<Effect> {
        self.now_ms += 1000.0 / 60.0;
        self.tell(Event::Frame { now_ms: self.now_ms, world_from_viewer: Some(self.viewer), hits: hits.to_vec() })
    }

    pub fn frames(&mut self, count: usize, hits: &[Pose]) {
        for _ in 0..count {
            self.frame(hits);
        }
    }

    pub fn lost_frame(&mut self) -> Vec<Effect> {
        self.now_ms += 1000.0 / 60.0;
        self.tell(Event::Frame { now_ms: self.now_ms, world_from_viewer: None, hits: vec![] })
    }

    /// Placed on the floor two metres ahead.
    pub fn placed() -> Self {
        let mut script = Self::start(Placement::Floor);
        script.frame(&[floor(0.0, 0.0, -2.0)]);
        script.tap();
        script
    }

    pub fn tap(&mut self) {
        let ray = looking_at(self.viewer.position, Vec3::new(0.0, 0.0, -2.0));
        self.tell(Event::PressStart { id: 7, ray });
        self.tell(Event::PressEnd { id: 7 });
    }

    pub fn press(&mut self, id: u32, target: Vec3) {
        let ray = looking_at(self.viewer.position, target);
        self.tell(Event::PressStart { id, ray });
    }

    pub fn draw_to(&mut self, id: u32, target: Vec3) {
        self.draw_to_over(id, target, &[]);
    }

    /// Draws what lies under `grabbed`, a point that is seen on its box, by this much.
    pub fn drag(&mut self, id: u32, grabbed: Vec3, by: Vec3) {
        // The first 2 cm only tell that this is a drag and not a tap.
        let begin = by.normalize_or_zero() * 0.02;
        self.press(id, grabbed);
        self.draw_to(id, grabbed + begin);
        self.draw_to(id, grabbed + begin + by);
    }

    pub fn draw_to_over(&mut self, id: u32, target: Vec3, hits: &[Pose]) {
        let ray = looking_at(self.viewer.position, target);
        self.tell(Event::PressMove { id, ray, hits: hits.to_vec() });
    }

    /// Where the middle of the armchair's underside is.
    pub fn foot(&self) -> Vec3 {
        self.room.item_pose().expect("placed").to_affine().transform_point3(Vec3::new(0.5, 0.2, 0.05))
    }

    /// Which way the product's front looks, in degrees from +Z toward +X.
    pub fn yaw_degrees(&self) -> f32 {
        let front = self.room.item_pose().expect("placed").orientation * Vec3::Z;
        front.x.atan2(front.z).to_degrees()
    }

    /// What the shop may count.
    pub fn counted(&self) -> impl Iterator<Item = Analytics> {
        self.effects.iter().filter_map(|effect| match effect {
            Effect::Analytics(entry) => Some(*entry),
            _ => None,
        })
    }

    pub fn last_hint(&self) -> Hint {
        let last = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Hint(hint) => Some(*hint),
            _ => None,
        });
        last.expect("a hint was given")
    }

    /// Whatever came in, what comes out are numbers, upright and unscaled.
    fn check_numbers(&self) {
        let shown = [self.room.item_pose(), self.room.preview_pose(), self.room.support().map(|(_, pose)| pose)];
        let reticle = self.room.reticle().map(|reticle| reticle.world_from_reticle);
        for pose in shown.into_iter().chain([reticle]).flatten() {
            assert!(pose.position.is_finite() && pose.orientation.is_finite(), "{pose:?}");
            assert!((pose.orientation.length() - 1.0).abs() < 1e-4, "{pose:?}");
        }
        for item in self.room.items() {
            let numbers = [item.pose.position, item.support.position, Vec3::splat(item.scale)];
            assert!(numbers.iter().all(|numbers| numbers.is_finite()), "{item:?}");
            assert!((item.pose.orientation * Vec3::Y).distance(Vec3::Y) < 1e-4, "{item:?}");
            assert!((0.1..=10.0).contains(&item.scale), "{item:?}");
        }
        for line in self.room.lines() {
            assert!(line.from.is_finite() && line.to.is_finite() && line.length_m.is_finite(), "{line:?}");
        }
        for measurement in self.room.measurements() {
            assert!(measurement.length_m.is_finite() && measurement.uncertainty_m > 0.0, "{measurement:?}");
        }
        for pose in shown.into_iter().take(2).flatten() {
            assert!((pose.orientation * Vec3::Y).distance(Vec3::Y) < 1e-4, "products stand upright: {pose:?}");
        }
    }
}

/// Looking along -Z.
pub fn standing_at(x: f32, z: f32) -> Pose {
    Pose { position: Vec3::new(x, EYE_M, z), orientation: Quat::IDENTITY }
}

pub fn floor(x: f32, y: f32, z: f32) -> Pose {
    Pose { position: Vec3::new(x, y, z), orientation: Quat::from_rotation_y(1.0) }
}

/// A surface whose normal is `degrees` off upright, toward +Z.
pub fn tilted(degrees: f32) -> Pose {
    Pose { position: Vec3::new(0.0, 0.0, -2.0), orientation: Quat::from_rotation_x(degrees.to_radians()) }
}

/// A wall at z = -3 that looks at the shopper.
pub fn wall(x: f32, y: f32) -> Pose {
    Pose { position: Vec3::new(x, y, -3.0), orientation: Quat::from_rotation_x(90f32.to_radians()) }
}

/// A rectangle of so many metres along the plane's own x and z.
pub fn plane(id: u32, position: Vec3, orientation: Quat, width: f32, depth: f32, label: Option<&str>) -> Plane {
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    let polygon = corners.map(|(x, z)| Vec2::new(x * width, z * depth) * 0.5).to_vec();
    let world_from_plane = Pose { position, orientation };
    Plane { id, world_from_plane, polygon, orientation: None, label: label.map(str::to_owned) }
}

pub fn looking_at(from: Vec3, to: Vec3) -> Ray {
    Ray { origin: from, direction: (to - from).normalize() }
}

#[track_caller]
pub fn near(actual: Vec3, expected: Vec3) {
    assert!(actual.distance(expected) < 2e-3, "{actual} is not {expected}");
}

#[track_caller]
pub fn near_degrees(actual: f32, expected: f32) {
    let off = (actual - expected + 180.0).rem_euclid(360.0) - 180.0;
    assert!(off.abs() < 0.1, "{actual} degrees are not {expected}");
}
