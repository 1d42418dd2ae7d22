//! A number that follows its goal smoothly: a critically damped spring, so it never overshoots.

/// A value on its way to a goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spring {
    /// Where it is.
    pub value: f32,
    /// Where it goes.
    pub goal: f32,
    velocity: f32,
}

impl Spring {
    /// At rest at `value`.
    pub fn at(value: f32) -> Self {
        Self { value, goal: value, velocity: 0.0 }
    }

    /// Is at the goal at once.
    pub fn jump(&mut self, value: f32) {
        *self = Self::at(value);
    }

    /// Moves by `seconds`; `decay_seconds` is how long it takes to lose most of the way (0 jumps). `tolerance` is the
    /// distance that nobody can see: within it the value is set to the goal. Returns true while it moves.
    pub fn step(&mut self, seconds: f32, decay_seconds: f32, tolerance: f32) -> bool {
        let offset = self.value - self.goal;
        if (offset.abs() <= tolerance && self.velocity.abs() * decay_seconds <= tolerance) || decay_seconds <= 0.0 {
            let moved = offset != 0.0;
            self.jump(self.goal);
            return moved;
        }
        // The exact solution of x'' = -2wx' - w²x over the step: stable for any step length.
        let omega = 1.0 / decay_seconds;
        let slope = self.velocity + omega * offset;
        let fade = (-omega * seconds).exp();
        self.value = self.goal + (offset + slope * seconds) * fade;
        self.velocity = (self.velocity - omega * slope * seconds) * fade;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Spring;

    #[test]
    fn arrives_without_overshoot_at_any_step() {
        for step in [0.001, 0.016, 0.25, 5.0] {
            let mut spring = Spring::at(0.0);
            spring.goal = 1.0;
            let mut steps = 0;
            while spring.step(step, 0.05, 1e-4) {
                assert!((0.0..=1.0).contains(&spring.value), "{} at step {step}", spring.value);
                steps += 1;
                assert!(steps < 10_000, "never arrives");
            }
            assert_eq!(spring.value, 1.0);
        }
    }
}
