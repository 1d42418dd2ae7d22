//! How earrings hang: pendulums that gravity draws down, the head's motion swings, and the cheek stops.
//!
//! A thing whose mass is even along its length swings about its end like a point at two thirds of it, so small swings take
//! 2π √(2 length / 3 g). The lobe's motion comes as jerks between pictures; what follows is stepped finely (semi-implicit
//! Euler), so that a slow device sees the same swing in fewer pictures.

use super::head::Head;
use super::{Kind, Side, Worn, place};
use crate::math::{Pose, Vec3};

const GRAVITY: f32 = 9.81;
/// Where the swinging point is on the thing's length.
const POINT_AT: f32 = 2.0 / 3.0;
/// The damping ratio: air and the hook leave a third of a swing after two of them.
const DAMPING: f32 = 0.09;
/// One step, in seconds.
const STEP_S: f32 = 0.002;
/// It never swings higher: the cosine of 75 degrees. Trackers jump where heads do not.
const HIGHEST: f32 = 0.26;
/// After a longer pause it hangs still, in milliseconds.
const LONGEST_PAUSE_MS: f64 = 1000.0;
/// The cheek lies so far inward of the lobe, in metres of the mean face.
const CHEEK_M: f32 = 0.006;
/// Shorter things are studs, in metres: they sit fast, and no step would be fine enough.
const SHORTEST_M: f32 = 0.004;

/// Where something hangs, and how freely.
#[derive(Clone, Copy, Debug)]
struct Hook {
    /// In camera space.
    at: Vec3,
    /// Away from the head, of length 1.
    outward: Vec3,
    /// From the hook to the thing's lowest point, in metres.
    length_m: f32,
    /// So far its lowest point comes towards the head, in shares of its length: 0 .. 1.
    inward: f32,
}

/// A thing on its hook.
#[derive(Clone, Copy, Debug)]
struct Pendulum {
    hook: Vec3,
    hook_speed: Vec3,
    /// From the hook to the lowest point, of length 1.
    arm: Vec3,
    /// The swinging point's, seen from the hook, in metres per second.
    speed: Vec3,
    time_ms: f64,
}

impl Pendulum {
    fn at_rest(hook: Hook, time_ms: f64) -> Self {
        let mut still = Self { hook: hook.at, hook_speed: Vec3::ZERO, arm: Vec3::NEG_Y, speed: Vec3::ZERO, time_ms };
        still.stop_at_cheek(hook);
        still
    }

    /// Swings on until a moment at which the hook is there.
    fn follow(&mut self, hook: Hook, now_ms: f64) {
        let seconds = ((now_ms - self.time_ms) * 1e-3) as f32;
        let point_m = hook.length_m * POINT_AT;
        let hook_speed = (hook.at - self.hook) / seconds;
        // What hangs stays behind when its hook is jerked away.
        self.speed = self.across(self.speed - (hook_speed - self.hook_speed));
        let climb_m = point_m * (-self.arm.y - HIGHEST).max(0.0);
        self.speed = self.speed.clamp_length_max((2.0 * GRAVITY * climb_m).sqrt());
        (self.hook, self.hook_speed, self.time_ms) = (hook.at, hook_speed, now_ms);
        let steps = (seconds / STEP_S).ceil();
        let step_s = seconds / steps;
        let loss = 2.0 * DAMPING * (GRAVITY / point_m).sqrt();
        for _ in 0..steps as u32 {
            let pull = Vec3::NEG_Y * GRAVITY - self.speed * loss;
            self.speed += self.across(pull) * step_s;
            self.arm = (self.arm + self.speed * (step_s / point_m)).normalize_or(Vec3::NEG_Y);
            self.speed = self.across(self.speed);
            self.stop_at_cheek(hook);
        }
    }

    /// The part of a motion that turns the arm.
    fn across(&self, motion: Vec3) -> Vec3 {
        motion - self.arm * motion.dot(self.arm)
    }

    /// It falls against the cheek as a bag of sand does, and never comes through.
    fn stop_at_cheek(&mut self, hook: Hook) {
        let out = self.arm.dot(hook.outward);
        let Some(along) = (self.arm - hook.outward * out).try_normalize().filter(|_| out < -hook.inward) else {
            return;
        };
        self.arm = along * (1.0 - hook.inward * hook.inward).sqrt() - hook.outward * hook.inward;
        let toward = self.speed.dot(hook.outward).min(0.0);
        self.speed -= hook.outward * toward;
        self.speed = self.across(self.speed);
    }
}

/// The pair that is worn.
#[derive(Clone, Debug, Default)]
pub(super) struct Earrings {
    left: Option<Pendulum>,
    right: Option<Pendulum>,
}

impl Earrings {
    /// A picture is about to be drawn; `camera_from_head` is `None` while nobody is there.
    pub fn tick(&mut self, wear: &[Worn], head: Option<(&Head, Pose)>, now_ms: f64, reduced_motion: bool) {
        let worn = wear.iter().find(|worn| worn.kind == Kind::Earring);
        for (side, pendulum) in [(Side::Left, &mut self.left), (Side::Right, &mut self.right)] {
            let Some((worn, (head, pose))) = worn.zip(head) else {
                *pendulum = None;
                continue;
            };
            let hook = hook(worn, side, head, pose);
            let is_free = |before: &&mut Pendulum| {
                let pause_ms = now_ms - before.time_ms;
                !reduced_motion && hook.length_m > SHORTEST_M && pause_ms < LONGEST_PAUSE_MS
            };
            match pendulum.as_mut().filter(is_free) {
                Some(before) if now_ms > before.time_ms => before.follow(hook, now_ms),
                Some(_) => {}
                None => *pendulum = Some(Pendulum::at_rest(hook, now_ms)),
            }
        }
    }

    /// The way from the hook down, in camera space, of length 1.
    pub fn arm(&self, side: Side) -> Vec3 {
        let pendulum = if side == Side::Left { &self.left } else { &self.right };
        pendulum.map_or(Vec3::NEG_Y, |pendulum| pendulum.arm)
    }
}

fn hook(worn: &Worn, side: Side, head: &Head, camera_from_head: Pose) -> Hook {
    let outward = camera_from_head.orientation * (Vec3::X * side.sign());
    let length_m = (-worn.bounds.min.y).max(1e-4);
    let gap_m = CHEEK_M * head.ruler.scale() + worn.bounds.min.x;
    let inward = (gap_m.max(0.0) / length_m).min(1.0);
    Hook { at: place::lobe(side, head, camera_from_head), outward, length_m, inward }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Hook = Hook { at: Vec3::ZERO, outward: Vec3::X, length_m: 0.06, inward: 1.0 };

    /// Lifted a little to the front, the moments at which it comes back through the lowest point, in seconds.
    fn passes(hook: Hook, every_ms: f64) -> Vec<f64> {
        let mut pendulum = Pendulum::at_rest(hook, 0.0);
        pendulum.arm = Vec3::new(0.0, -1.0, 0.1).normalize_or_zero();
        let mut passes = Vec::new();
        let mut now_ms = 0.0;
        while now_ms < 2000.0 {
            let before = pendulum.arm.z;
            now_ms += every_ms;
            pendulum.follow(hook, now_ms);
            if before < 0.0 && pendulum.arm.z >= 0.0 {
                let late = f64::from(pendulum.arm.z / (pendulum.arm.z - before));
                passes.push((now_ms - late * every_ms) * 1e-3);
            }
        }
        passes
    }

    #[test]
    fn a_swing_takes_as_long_as_a_rod_of_that_length_does() {
        for length_m in [0.015, 0.03, 0.06, 0.1] {
            let hook = Hook { length_m, ..LONG };
            let known_s = std::f64::consts::TAU * f64::from(2.0 * length_m / (3.0 * GRAVITY)).sqrt();
            // Damping of ratio d makes it slower by the root of 1 - d².
            let known_s = known_s / f64::from(1.0 - DAMPING * DAMPING).sqrt();
            for every_ms in [4.0, 1000.0 / 60.0] {
                let passes = passes(hook, every_ms);
                let took_s = (passes[3] - passes[0]) / 3.0;
                assert!((took_s / known_s - 1.0).abs() < 0.02, "{length_m} m: {took_s} s instead of {known_s} s");
            }
        }
    }

    #[test]
    fn it_comes_to_rest_and_is_the_same_in_few_pictures() {
        let after = |every_ms: f64, count: u32| {
            let mut pendulum = Pendulum::at_rest(LONG, 0.0);
            pendulum.arm = Vec3::new(0.3, -1.0, 0.2).normalize_or_zero();
            (1..=count).for_each(|picture| pendulum.follow(LONG, f64::from(picture) * every_ms));
            pendulum.arm
        };
        assert!(after(10.0, 20).distance(after(100.0, 2)) < 1e-3);
        assert!(after(10.0, 500).distance(Vec3::NEG_Y) < 1e-3, "{}", after(10.0, 500));
    }

    #[test]
    fn however_it_is_jerked_it_neither_comes_through_the_cheek_nor_over_the_top() {
        let mut hook = Hook { inward: 0.1, ..LONG };
        let mut pendulum = Pendulum::at_rest(hook, 0.0);
        let mut lowest_out = f32::MAX;
        for picture in 1..600_u32 {
            // Up to half a metre from one picture to the next, as when a tracker takes somebody for somebody else.
            let jump = if picture % 40 == 0 { 0.5 } else { 0.02 };
            let turn = picture as f32 * 2.4;
            hook.at += Vec3::new(turn.cos(), 0.3 * turn.sin(), turn.sin()) * jump;
            pendulum.follow(hook, f64::from(picture) * 33.0);
            lowest_out = lowest_out.min(pendulum.arm.dot(hook.outward));
            assert!(pendulum.arm.is_finite() && pendulum.arm.y < 0.0, "{}", pendulum.arm);
        }
        assert!(lowest_out > -0.1 - 1e-4, "it came {lowest_out} inward");
        assert!(lowest_out < -0.09, "it was never stopped: {lowest_out}");
    }

    #[test]
    fn beside_a_cheek_that_leans_over_it_lies_on_the_skin() {
        let outward = Vec3::new(0.9, -0.43, 0.0).normalize_or_zero();
        let hook = Hook { outward: -outward, inward: 0.1, ..LONG };
        let mut pendulum = Pendulum::at_rest(hook, 0.0);
        (1..200_u32).for_each(|picture| pendulum.follow(hook, f64::from(picture) * 16.0));
        assert!((pendulum.arm.dot(hook.outward) + 0.1).abs() < 1e-3, "{}", pendulum.arm);
        assert!(pendulum.speed.length() < 0.01);
    }
}
