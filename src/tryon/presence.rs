//! Whether somebody is there: products come and go softly, and one missed picture means nothing.

/// A tracker may miss somebody in pictures of so long a time, in milliseconds, before he counts as gone, and in one answer however
/// slow it is, unless that takes so long that somebody else may have come.
const PATIENCE_MS: f64 = 250.0;
const PATIENCE: f64 = 1.5;
const LONGEST_PATIENCE_MS: f64 = 2500.0;
/// A tracker that has not answered for so long, in milliseconds, and for so many times as long as it took for its last answer, sees
/// nobody: on a slow device each answer takes its time.
const SILENCE_MS: f64 = 4000.0;
const SILENCE: f64 = 3.0;
/// How long products take to come, and to go, in milliseconds.
const COMING_MS: f64 = 160.0;
const GOING_MS: f64 = 220.0;

/// Somebody's coming and going.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Presence {
    seen_ms: Option<f64>,
    /// The picture of the tracker's last answer, whoever was in it, and when the answer came.
    answered_ms: Option<f64>,
    arrived_ms: f64,
    /// How long it looked at that picture, or how long after the one before it was taken: whichever is longer.
    pace_ms: f64,
    now_ms: Option<f64>,
    opacity: f32,
}

impl Presence {
    /// A picture of that time shows him.
    pub fn seen(&mut self, time_ms: f64) {
        self.seen_ms = Some(time_ms);
    }

    /// The tracker has looked at a picture of that time.
    pub fn answered(&mut self, time_ms: f64) {
        self.arrived_ms = self.now_ms.unwrap_or(time_ms).max(time_ms);
        let since_last_ms = self.answered_ms.map_or(0.0, |last| time_ms - last);
        self.pace_ms = since_last_ms.max(self.arrived_ms - time_ms);
        self.answered_ms = Some(time_ms);
    }

    /// Somebody else is meant from now on, before the same tracker.
    pub fn forget(&mut self) {
        (self.seen_ms, self.opacity) = (None, 0.0);
    }

    /// A picture is about to be drawn.
    pub fn tick(&mut self, now_ms: f64, reduced_motion: bool) {
        let elapsed_ms = self.now_ms.map_or(0.0, |before| (now_ms - before).clamp(0.0, 100.0));
        self.now_ms = Some(now_ms);
        let (to, takes_ms) = if self.is_there(now_ms) { (1.0, COMING_MS) } else { (0.0, GOING_MS) };
        let step = if reduced_motion { 1.0 } else { (elapsed_ms / takes_ms) as f32 };
        self.opacity += (to - self.opacity).clamp(-step, step);
    }

    /// Seen in the last answer, or missed for a moment only.
    pub fn is_there(&self, now_ms: f64) -> bool {
        let is_silent = now_ms - self.arrived_ms > self.silence_ms(SILENCE_MS);
        let missed_ms = |seen: f64| self.answered_ms.map_or(0.0, |answered| answered - seen);
        let patience_ms = (PATIENCE * self.pace_ms).clamp(PATIENCE_MS, LONGEST_PATIENCE_MS);
        self.seen_ms.is_some_and(|seen| missed_ms(seen) < patience_ms && !is_silent)
    }

    /// Whether he has been away for so long at that time, in milliseconds, that somebody else may have come; a tracker that took
    /// its time has only not looked.
    pub fn is_long_gone(&self, time_ms: f64, after_ms: f64) -> bool {
        self.seen_ms.is_some_and(|seen| time_ms - seen > self.silence_ms(after_ms))
    }

    /// At least so long, and long enough for a tracker that is as slow as it was last.
    fn silence_ms(&self, least_ms: f64) -> f64 {
        least_ms.max(SILENCE * self.pace_ms)
    }

    /// 0 gone .. 1 there.
    pub fn opacity(&self) -> f32 {
        self.opacity
    }

    /// Has been there at any time.
    pub fn ever(&self) -> bool {
        self.seen_ms.is_some()
    }
}
