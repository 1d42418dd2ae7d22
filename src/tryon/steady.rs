//! A pose without tremble and without lag: tracking that trusts its own motion at rest and the picture in motion.
//!
//! Each of three groups (where in the picture, how far away, how turned) is followed by an alpha-beta filter: a Kalman filter of
//! constant velocity in its steady state, whose gains follow from one number, the tracking index (Kalata 1984, The Tracking
//! Index). At rest the index is small and the noise averages out; surprise, the innovation in standard deviations of the noise,
//! raises it within two pictures. Constant motion has no lag, and the velocity carries the pose on to the picture that is drawn.

use crate::math::{Pose, Quat, Vec3};

/// The least tracking index, at rest: across the picture and turned; and along the line of sight, where trembling is largest and
/// motion seen least.
const LEAST: f32 = 4e-4;
const LEAST_DEPTH: f32 = 1.2e-4;
/// The greatest: the picture is believed as it is.
const GREATEST: f32 = 8.0;
/// Surprise above this is motion. One number alone surprises more often than two or three together.
const CALM: f32 = 3.0;
const CALM_DEPTH: f32 = 4.0;
/// The most that one picture raises the index, and what each calm one leaves of it.
const RISE: f32 = 12.0;
const FALL: f32 = 0.75;
/// A pose is never carried on for longer, in milliseconds.
const LONGEST_AHEAD_MS: f64 = 70.0;
/// After a longer gap the new pose stands for itself, in milliseconds.
const LONGEST_GAP_MS: f64 = 400.0;

/// How much a pose trembles from picture to picture, one standard deviation of each group's components.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tremble {
    /// Across the picture, as a slope.
    pub slope: f32,
    /// Along the line of sight, as a share of the distance.
    pub depth: f32,
    /// In radians.
    pub turn: f32,
}

/// A followed pose.
#[derive(Clone, Debug)]
pub(super) struct Steady {
    time_ms: f64,
    /// Slope x and y, then nothing; the logarithm of the depth, then nothing.
    slope: Followed,
    depth: Followed,
    orientation: Quat,
    /// The turn's motion; its value stays zero.
    turn: Followed,
}

/// Up to three numbers that belong together, with their motion.
#[derive(Clone, Copy, Debug)]
struct Followed {
    value: Vec3,
    per_second: Vec3,
    /// The noise's standard deviation.
    noise: f32,
    dimensions: f32,
    /// Mean square of what was not expected, in shares of what noise alone gives.
    surprise: f32,
    index: f32,
    least: f32,
    calm: f32,
    /// The innovation before.
    before: Vec3,
}

impl Followed {
    fn new(value: Vec3, noise: f32, dimensions: f32) -> Self {
        let (least, calm) = if dimensions > 1.0 { (LEAST, CALM) } else { (LEAST_DEPTH, CALM_DEPTH) };
        Self {
            value,
            per_second: Vec3::ZERO,
            noise,
            dimensions,
            surprise: 1.0,
            index: least,
            least,
            calm,
            before: Vec3::ZERO,
        }
    }

    /// Takes what the picture says more than was expected, `seconds` after the picture before; gives the part of it that counts.
    fn take(&mut self, innovation: Vec3, seconds: f32) -> Vec3 {
        // A filter that follows the picture closely is surprised by its own noise as well: by 1 / (1 - alpha).
        let kept = root(self.index) * root(self.index);
        let squared = innovation.length_squared() / (self.noise * self.noise * self.dimensions);
        let squared = (squared * kept.max(0.02)).min(100.0);
        self.surprise += (squared - self.surprise) * if squared > self.surprise { 0.5 } else { 0.3 };
        // Motion surprises in one direction again and again, noise now here and now there. Trackers differ: noise is learned.
        let again = innovation.dot(self.before) > 0.0;
        self.before = innovation;
        if self.surprise <= self.calm {
            self.index = (self.index * FALL).max(self.least);
            self.noise *= 1.0 + 0.01 * (squared - 1.0).clamp(-1.0, 1.0);
        } else if again {
            let rise = 1.5 * self.surprise / self.calm;
            self.index = (self.index * (rise * rise).min(RISE)).min(GREATEST);
        } else {
            self.noise *= 1.03;
        }
        let root = root(self.index);
        let (alpha, beta) = (1.0 - root * root, 2.0 * (1.0 + root * root) - 4.0 * root);
        self.per_second += innovation * (beta / seconds);
        innovation * alpha
    }
}

/// The root of what an alpha-beta filter of that tracking index keeps of what it expected.
fn root(index: f32) -> f32 {
    (4.0 + index - (8.0 * index + index * index).sqrt()) * 0.25
}

impl Steady {
    /// Stands still at a pose in front of the camera.
    pub fn new(pose: Pose, tremble: Tremble, time_ms: f64) -> Self {
        let (slope, depth) = parts(pose);
        Self {
            time_ms,
            slope: Followed::new(slope, tremble.slope, 2.0),
            depth: Followed::new(depth, tremble.depth, 1.0),
            orientation: pose.orientation,
            turn: Followed::new(Vec3::ZERO, tremble.turn, 3.0),
        }
    }

    /// Takes the pose of a picture. A pose from before the last one is dropped; one after a long gap stands for itself.
    pub fn follow(&mut self, pose: Pose, tremble: Tremble, time_ms: f64) {
        let gap_ms = time_ms - self.time_ms;
        if gap_ms <= 0.5 {
            return;
        }
        if gap_ms > LONGEST_GAP_MS {
            *self = Self::new(pose, tremble, time_ms);
            return;
        }
        let seconds = (gap_ms * 1e-3) as f32;
        self.keep_noise_near(tremble);
        let (slope, depth) = parts(pose);
        for (followed, seen) in [(&mut self.slope, slope), (&mut self.depth, depth)] {
            let expected = followed.value + followed.per_second * seconds;
            followed.value = expected + followed.take(seen - expected, seconds);
        }
        let expected = Quat::from_scaled_axis(self.turn.per_second * seconds) * self.orientation;
        let mut surprise = pose.orientation * expected.conjugate();
        if surprise.w < 0.0 {
            surprise = -surprise;
        }
        let step = self.turn.take(surprise.to_scaled_axis(), seconds);
        self.orientation = (Quat::from_scaled_axis(step) * expected).normalize();
        self.time_ms = time_ms;
    }

    /// The pose at a moment: carried on from the last picture, for a short while.
    pub fn at(&self, now_ms: f64) -> Pose {
        let ahead = ((now_ms - self.time_ms).clamp(-LONGEST_AHEAD_MS, LONGEST_AHEAD_MS) * 1e-3) as f32;
        let slope = self.slope.value + self.slope.per_second * ahead;
        let depth = (self.depth.value.x + self.depth.per_second.x * ahead).exp();
        let orientation = Quat::from_scaled_axis(self.turn.per_second * ahead) * self.orientation;
        Pose { position: Vec3::new(slope.x, slope.y, -1.0) * depth, orientation: orientation.normalize() }
    }

    /// When the last picture was taken.
    pub fn time_ms(&self) -> f64 {
        self.time_ms
    }

    fn keep_noise_near(&mut self, tremble: Tremble) {
        let Tremble { slope, depth, turn } = tremble;
        for (followed, usual) in [(&mut self.slope, slope), (&mut self.depth, depth), (&mut self.turn, turn)] {
            followed.noise = followed.noise.clamp(0.25 * usual, 4.0 * usual);
        }
    }
}

/// Where in the picture, and the logarithm of how far away.
fn parts(pose: Pose) -> (Vec3, Vec3) {
    let depth = (-pose.position.z).max(1e-4);
    (Vec3::new(pose.position.x / depth, pose.position.y / depth, 0.0), Vec3::X * depth.ln())
}
