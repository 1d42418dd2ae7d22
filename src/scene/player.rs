//! Plays animations: which one, where in it, how often, and softly from one to the next. Time comes in as seconds.

use super::pose::Pose;
use crate::model::{Animation, Model};

/// Motions that fade into one another at the same time; older ones are dropped.
const MOST_LAYERS: usize = 4;

/// What plays on one product.
#[derive(Clone, Debug)]
pub struct Player {
    /// The newest last; each covers those before it by its share.
    layers: Vec<Layer>,
    /// Nothing goes on.
    pub is_paused: bool,
    /// Multiplies time; below 0 it runs backwards.
    pub time_scale: f32,
    rest: Pose,
    scratch: Pose,
}

/// How often an animation plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeat {
    /// How many times; `None` without end.
    pub times: Option<u32>,
    /// Every second time backwards.
    pub pingpong: bool,
}

/// What happened while time went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// It starts over, for the time of this number.
    Loop(u32),
    /// It has played as often as it should.
    Finished,
}

#[derive(Clone, Copy, Debug)]
struct Layer {
    animation: usize,
    duration_s: f32,
    /// Since the present time through began, in playing direction, 0..duration.
    cursor_s: f32,
    /// How many times through are over.
    done: u32,
    /// It has played as often as it should.
    is_over: bool,
    repeat: Repeat,
    /// 0 not seen yet .. 1 alone.
    share: f32,
    /// How long it takes until it is alone.
    fade_s: f32,
}

impl Default for Player {
    fn default() -> Self {
        Self::new(&Model::default())
    }
}

impl Player {
    /// Nothing plays yet.
    pub fn new(model: &Model) -> Self {
        let rest = Pose::rest(model);
        Self { layers: Vec::new(), is_paused: true, time_scale: 1.0, scratch: rest.clone(), rest }
    }

    /// The animation that plays or is paused, by its index.
    pub fn animation(&self) -> Option<usize> {
        self.layers.last().map(|layer| layer.animation)
    }

    /// Where in the animation it is, in seconds from the animation's start.
    pub fn time_s(&self) -> f32 {
        self.layers.last().map_or(0.0, Layer::time_s)
    }

    /// How long the animation is, in seconds.
    pub fn duration_s(&self) -> f32 {
        self.layers.last().map_or(0.0, |layer| layer.duration_s)
    }

    /// Time would change the pose.
    pub fn moves(&self) -> bool {
        let goes_on = |layer: &Layer| layer.share < 1.0 || (layer.duration_s > 0.0 && self.time_scale != 0.0);
        !self.is_paused && self.layers.last().is_some_and(goes_on)
    }

    /// Takes another animation from its start, or the same one with another number of times. The one before fades out
    /// over `fade_s`.
    pub fn choose(&mut self, index: usize, animation: &Animation, repeat: Repeat, fade_s: f32) {
        let start_s = if self.time_scale < 0.0 { animation.duration_s } else { 0.0 };
        if let Some(layer) = self.layers.last_mut().filter(|layer| layer.animation == index) {
            (layer.repeat, layer.done) = (repeat, 0);
            if std::mem::take(&mut layer.is_over) {
                layer.cursor_s = start_s;
            }
            return;
        }
        let is_first = self.layers.is_empty() || fade_s <= 0.0;
        if is_first {
            self.layers.clear();
        }
        if self.layers.len() >= MOST_LAYERS {
            self.layers.remove(0);
        }
        self.layers.push(Layer {
            animation: index,
            duration_s: animation.duration_s,
            cursor_s: start_s,
            done: 0,
            is_over: false,
            repeat,
            share: if is_first { 1.0 } else { 0.0 },
            fade_s,
        });
    }

    /// Goes to a moment of the animation.
    pub fn seek(&mut self, time_s: f32) {
        if let Some(layer) = self.layers.last_mut() {
            layer.cursor_s = time_s.clamp(0.0, layer.duration_s);
            (layer.done, layer.is_over) = (0, false);
        }
    }

    /// Lets time go on. Says what the page should hear of.
    pub fn step(&mut self, seconds: f32) -> Option<Beat> {
        if !self.moves() {
            return None;
        }
        let count = self.layers.len();
        let mut beat = None;
        for (index, layer) in self.layers.iter_mut().enumerate() {
            let heard = layer.step(seconds * self.time_scale);
            if index + 1 == count {
                beat = heard;
            }
            layer.share = (layer.share + seconds / layer.fade_s.max(1e-6)).min(1.0);
        }
        // What is wholly covered is over.
        let alone = self.layers.iter().rposition(|layer| layer.share >= 1.0).unwrap_or(0);
        self.layers.drain(..alone);
        self.is_paused |= beat == Some(Beat::Finished);
        beat
    }

    /// Brings a product of this model to where the animations are.
    pub fn pose(&mut self, model: &Model, pose: &mut Pose) {
        pose.copy(&self.rest);
        for (index, layer) in self.layers.iter().enumerate() {
            let Some(animation) = model.animations.get(layer.animation) else { continue };
            if index == 0 {
                pose.apply(animation, layer.time_s());
            } else {
                self.scratch.copy(&self.rest);
                self.scratch.apply(animation, layer.time_s());
                pose.mix(&self.scratch, layer.share);
            }
        }
    }
}

impl Layer {
    fn time_s(&self) -> f32 {
        let is_backwards = self.repeat.pingpong && self.done % 2 == 1;
        if is_backwards { self.duration_s - self.cursor_s } else { self.cursor_s }
    }

    fn step(&mut self, seconds: f32) -> Option<Beat> {
        if self.duration_s <= 0.0 {
            return None;
        }
        let ahead = self.cursor_s + seconds;
        let over = (ahead / self.duration_s).floor();
        // Its end is still part of it: only what lies behind starts over.
        if over == 0.0 || ahead == self.duration_s {
            self.cursor_s = ahead;
            return None;
        }
        let done = self.done.saturating_add(over.abs() as u32);
        if self.repeat.times.is_some_and(|times| done >= times) {
            self.done = self.repeat.times.unwrap_or(1).saturating_sub(1);
            self.cursor_s = if over > 0.0 { self.duration_s } else { 0.0 };
            self.is_over = true;
            return Some(Beat::Finished);
        }
        self.done = done;
        self.cursor_s = (ahead - over * self.duration_s).clamp(0.0, self.duration_s);
        Some(Beat::Loop(done))
    }
}

#[cfg(test)]
mod tests {
    use super::{Beat, Player, Repeat};
    use crate::model::{Animation, Model};

    fn player(times: Option<u32>, pingpong: bool) -> Player {
        let mut player = Player::new(&Model::default());
        let animation = Animation { duration_s: 2.0, ..Animation::default() };
        player.choose(0, &animation, Repeat { times, pingpong }, 0.0);
        player.is_paused = false;
        player
    }

    #[test]
    fn loops_start_over_and_tell() {
        let mut player = player(None, false);
        assert_eq!((player.step(1.5), player.time_s()), (None, 1.5));
        assert_eq!((player.step(1.0), player.time_s()), (Some(Beat::Loop(1)), 0.5));
        assert_eq!((player.step(4.0), player.time_s()), (Some(Beat::Loop(3)), 0.5));
        player.time_scale = -1.0;
        assert_eq!((player.step(1.0), player.time_s()), (Some(Beat::Loop(4)), 1.5));
    }

    #[test]
    fn a_number_of_times_ends_at_the_end() {
        let mut player = player(Some(2), false);
        assert_eq!(player.step(3.0), Some(Beat::Loop(1)));
        assert_eq!((player.step(3.0), player.time_s()), (Some(Beat::Finished), 2.0));
        assert!(player.is_paused && !player.moves() && player.step(1.0).is_none());
        // Asked again, it starts anew.
        player.choose(0, &Animation { duration_s: 2.0, ..Animation::default() }, Repeat::default(), 0.0);
        assert_eq!(player.time_s(), 0.0);
    }

    #[test]
    fn pingpong_comes_back() {
        let mut player = player(Some(2), true);
        player.step(1.5);
        assert_eq!((player.step(1.0), player.time_s()), (Some(Beat::Loop(1)), 1.5));
        assert_eq!((player.step(9.0), player.time_s()), (Some(Beat::Finished), 0.0));
    }

    #[test]
    fn seeking_stays_within() {
        let mut player = player(None, false);
        player.seek(9.0);
        assert_eq!(player.time_s(), 2.0);
        player.seek(-1.0);
        assert_eq!(player.time_s(), 0.0);
    }

    #[test]
    fn the_old_one_fades_out_and_is_gone() {
        let mut player = player(None, false);
        let other = Animation { duration_s: 5.0, ..Animation::default() };
        player.choose(1, &other, Repeat::default(), 0.5);
        assert_eq!((player.animation(), player.layers.len(), player.layers[1].share), (Some(1), 2, 0.0));
        player.step(0.25);
        assert_eq!((player.layers[0].cursor_s, player.layers[1].share), (0.25, 0.5), "both go on");
        player.step(0.25);
        assert_eq!((player.layers.len(), player.time_s()), (1, 0.5));
    }
}
