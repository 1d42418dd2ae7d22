//! The camera on the page: it circles a target, follows its goal softly and keeps within limits.

use super::Spring;
use crate::math::{Affine3A, Mat4, Quat, Vec3};
use std::f32::consts::{FRAC_PI_8, PI};

/// Where the camera stands, as the `camera-orbit` attribute says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Orbit {
    /// About Y in radians; 0 looks from +Z, positive from +X.
    pub theta: f32,
    /// From straight above (0) to straight below (pi), in radians.
    pub phi: f32,
    /// Distance from the target in metres.
    pub radius: f32,
}

/// How far the shopper can go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The smallest of each.
    pub min: Orbit,
    /// The largest of each.
    pub max: Orbit,
    /// Vertical field of view in radians: smallest and largest.
    pub field_of_view: [f32; 2],
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            min: Orbit { theta: f32::NEG_INFINITY, phi: FRAC_PI_8, radius: 0.0 },
            max: Orbit { theta: f32::INFINITY, phi: PI - FRAC_PI_8, radius: f32::INFINITY },
            field_of_view: [12.0_f32.to_radians(), 75.0_f32.to_radians()],
        }
    }
}

/// The camera: every number a spring.
#[derive(Clone, Debug, PartialEq)]
pub struct OrbitCamera {
    theta: Spring,
    phi: Spring,
    /// The logarithm of the distance, so that zooming feels even.
    log_radius: Spring,
    target: [Spring; 3],
    field_of_view: Spring,
    /// How far the shopper can go.
    pub limits: Limits,
    /// How long a motion takes to fade, in seconds.
    pub decay_seconds: f32,
}

impl OrbitCamera {
    /// At rest.
    pub fn new(orbit: Orbit, target: Vec3, field_of_view_rad: f32) -> Self {
        Self {
            theta: Spring::at(orbit.theta),
            phi: Spring::at(orbit.phi),
            log_radius: Spring::at(orbit.radius.max(1e-4).ln()),
            target: target.to_array().map(Spring::at),
            field_of_view: Spring::at(field_of_view_rad),
            limits: Limits::default(),
            decay_seconds: 0.05,
        }
    }

    /// Where it stands now.
    pub fn orbit(&self) -> Orbit {
        Orbit { theta: self.theta.value, phi: self.phi.value, radius: self.log_radius.value.exp() }
    }

    /// Where it is going.
    pub fn goal(&self) -> Orbit {
        Orbit { theta: self.theta.goal, phi: self.phi.goal, radius: self.log_radius.goal.exp() }
    }

    /// What it looks at now, in metres.
    pub fn target(&self) -> Vec3 {
        Vec3::from_array(self.target.map(|spring| spring.value))
    }

    /// What it is going to look at.
    pub fn target_goal(&self) -> Vec3 {
        Vec3::from_array(self.target.map(|spring| spring.goal))
    }

    /// Vertical, in radians.
    pub fn field_of_view(&self) -> f32 {
        self.field_of_view.value
    }

    /// Goes there, within the limits.
    pub fn set_goal(&mut self, orbit: Orbit) {
        let Limits { min, max, .. } = self.limits;
        let within = |value: f32, low: f32, high: f32, old: f32| {
            if value.is_finite() { value.max(low).min(high.max(low)) } else { old }
        };
        self.theta.goal = within(orbit.theta, min.theta, max.theta, self.theta.goal);
        self.phi.goal = within(orbit.phi, min.phi, max.phi, self.phi.goal);
        self.log_radius.goal =
            within(orbit.radius.max(1e-4), min.radius.max(1e-4), max.radius, self.goal().radius).ln();
    }

    /// Looks there.
    pub fn set_target(&mut self, target: Vec3) {
        if target.is_finite() {
            for (spring, goal) in self.target.iter_mut().zip(target.to_array()) {
                spring.goal = goal;
            }
        }
    }

    /// Opens or narrows the view, within the limits.
    pub fn set_field_of_view(&mut self, radians: f32) {
        let [low, high] = self.limits.field_of_view;
        if radians.is_finite() {
            self.field_of_view.goal = radians.max(low).min(high.max(low));
        }
    }

    /// Is at its goal at once.
    pub fn jump_to_goal(&mut self) {
        for spring in self.springs() {
            spring.jump(spring.goal);
        }
    }

    /// Moves by `seconds`. Returns true while anything moves.
    pub fn step(&mut self, seconds: f32) -> bool {
        let decay = self.decay_seconds;
        // A thousandth of a radian and of the distance: well under a pixel.
        let tolerance = 2e-4;
        let reach = self.log_radius.value.exp() * tolerance;
        let mut moves = false;
        for (index, spring) in self.springs().into_iter().enumerate() {
            let tolerance = if index >= 4 { reach } else { tolerance };
            moves |= spring.step(seconds, decay, tolerance);
        }
        moves
    }

    /// Every number is at its goal.
    pub fn is_at_rest(&self) -> bool {
        let [x, y, z] = &self.target;
        let springs = [&self.theta, &self.phi, &self.log_radius, &self.field_of_view, x, y, z];
        springs.into_iter().all(|spring| spring.value == spring.goal)
    }

    fn springs(&mut self) -> [&mut Spring; 7] {
        let [x, y, z] = &mut self.target;
        [&mut self.theta, &mut self.phi, &mut self.log_radius, &mut self.field_of_view, x, y, z]
    }

    /// The camera's place; it looks along its -Z.
    pub fn world_from_view(&self) -> Affine3A {
        let orbit = self.orbit();
        let turn = Quat::from_rotation_y(orbit.theta) * Quat::from_rotation_x(orbit.phi - PI * 0.5);
        Affine3A::from_rotation_translation(turn, self.target() + turn * Vec3::Z * orbit.radius)
    }

    /// Right-handed projection with depth 0..1; near and far enclose a sphere of `reach` metres around the target.
    pub fn clip_from_view(&self, aspect: f32, reach: f32) -> Mat4 {
        let radius = self.orbit().radius;
        let far = (radius + reach * 2.0).max(0.01);
        let near = (radius - reach * 1.5).max(far * 0.002);
        glam::camera::rh::proj::directx::perspective(self.field_of_view(), aspect.max(1e-3), near, far)
    }
}

#[cfg(test)]
mod tests {
    use super::{Orbit, OrbitCamera};
    use crate::math::Vec3;
    use std::f32::consts::FRAC_PI_2;

    #[test]
    fn looks_at_its_target_from_the_right_side() {
        let front = OrbitCamera::new(Orbit { theta: 0.0, phi: FRAC_PI_2, radius: 2.0 }, Vec3::Y, 0.5);
        let eye = front.world_from_view().transform_point3(Vec3::ZERO);
        assert!(eye.distance(Vec3::new(0.0, 1.0, 2.0)) < 1e-5, "{eye}");
        let side = OrbitCamera::new(Orbit { theta: FRAC_PI_2, phi: FRAC_PI_2, radius: 2.0 }, Vec3::Y, 0.5);
        let eye = side.world_from_view().transform_point3(Vec3::ZERO);
        assert!(eye.distance(Vec3::new(2.0, 1.0, 0.0)) < 1e-5, "{eye}");
        let above = OrbitCamera::new(Orbit { theta: 0.0, phi: 0.5, radius: 2.0 }, Vec3::ZERO, 0.5);
        assert!(above.world_from_view().transform_point3(Vec3::ZERO).y > 1.0);
    }

    #[test]
    fn keeps_within_its_limits_and_refuses_broken_numbers() {
        let mut camera = OrbitCamera::new(Orbit { theta: 0.0, phi: 1.0, radius: 2.0 }, Vec3::ZERO, 0.5);
        camera.limits.max.radius = 3.0;
        camera.set_goal(Orbit { theta: f32::NAN, phi: 9.0, radius: f32::INFINITY });
        let goal = camera.goal();
        assert_eq!(goal.theta, 0.0);
        assert!(goal.phi < 2.8 && (goal.radius - 2.0).abs() < 1e-4, "{goal:?}");
        camera.set_goal(Orbit { theta: 0.0, phi: 1.0, radius: 99.0 });
        assert!((camera.goal().radius - 3.0).abs() < 1e-4);
    }
}
