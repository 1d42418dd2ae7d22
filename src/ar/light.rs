//! The light of the shopper's room, filtered over time and bounded so that the products keep their colours.
//!
//! # The bound
//! A room's white differs from the neutral white by at most [`CHROMA`] of its brightness in each channel, in every
//! direction and at every moment: the light of all directions has one tint. So the shop's red may become darker or
//! brighter with the room, and a little warmer or cooler, but its channels keep their proportions within that share.
//! Brightness stays within [`DIMMEST`] to [`BRIGHTEST`] of the page's. What mirrors show has a bound of its own: `reflections.rs`.

use super::motion::glide;
use crate::color::luminance;
use crate::math::{Mat3, Quat, Vec3};

/// What the device makes of the light, as WebXR's lighting estimation tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LightEstimate {
    /// From the scene toward the main light, in the reference space.
    pub direction: Vec3,
    /// The main light's colour and strength, linear.
    pub intensity: Vec3,
    /// Light from all around, linear: 9 coefficients of spherical harmonics in the order of WebXR.
    pub harmonics: [Vec3; 9],
}

impl LightEstimate {
    /// The same light, told in the axes of the reference space.
    pub fn turned(self, world_from_probe: Quat) -> Self {
        let turn = Mat3::from_quat(world_from_probe);
        Self { direction: turn * self.direction, harmonics: turned(&self.harmonics, turn), ..self }
    }
}

/// Harmonics of light that is turned: those of the first order are a vector, those of the second a symmetric matrix without trace,
/// whose product with a direction from both sides they are.
fn turned(harmonics: &[Vec3; 9], turn: Mat3) -> [Vec3; 9] {
    let mut turned = *harmonics;
    for channel in 0..3 {
        let [_, y, z, x, xy, yz, zz, xz, xx_yy] = harmonics.map(|color| color[channel]);
        let first = turn * Vec3::new(x, y, z);
        // The factors of the real harmonics: xy, yz and xz; 3z² - 1; x² - y².
        let [sides, pole, waist] = [1.092_548_4 * 0.5, 0.315_391_57, 0.546_274_2];
        let second = Mat3::from_cols(
            Vec3::new(waist * xx_yy - pole * zz, sides * xy, sides * xz),
            Vec3::new(sides * xy, -waist * xx_yy - pole * zz, sides * yz),
            Vec3::new(sides * xz, sides * yz, 2.0 * pole * zz),
        );
        let Mat3 { x_axis, y_axis, z_axis } = turn * second * turn.transpose();
        let rest = [
            first.y,
            first.z,
            first.x,
            x_axis.y / sides,
            y_axis.z / sides,
            z_axis.z / (2.0 * pole),
            x_axis.z / sides,
            (x_axis.x - y_axis.y) / (2.0 * waist),
        ];
        turned.iter_mut().skip(1).zip(rest).for_each(|(color, value)| color[channel] = value);
    }
    turned
}

/// The light that falls on the products. 1 is the white of the page's neutral studio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomLight {
    /// Toward the main light; unit length, never from below.
    pub direction: Vec3,
    /// The main light's colour and strength, linear.
    pub intensity: Vec3,
    /// Light from all around, linear: as in [`LightEstimate`]. Never darker than a fifth of its mean in any direction.
    pub harmonics: [Vec3; 9],
}

/// How far a channel of the room's white may be from its brightness, as a share.
pub const CHROMA: f32 = 0.08;
/// The mean of the light from all around, at least.
pub const DIMMEST: f32 = 0.35;
/// And at most.
pub const BRIGHTEST: f32 = 1.5;
/// The main light's strength, at most.
pub const STRONGEST: f32 = 3.0;
/// How quickly the light follows the device, in milliseconds.
const FOLLOW_MS: f32 = 600.0;
/// The main light's least height, as the sine of its angle: 15 degrees.
const LOWEST: f32 = 0.259;
/// The first spherical harmonic, 1 / (2 √π).
const Y00: f32 = 0.282_094_8;
/// The root of the sum of the squares of the other eight, in any direction: √(8 / 4π).
const Y_REST: f32 = 0.797_884_6;
/// A direction may be this much darker than the mean, as a share.
const DARKEST: f32 = 0.8;
/// A device that says more is mistaken.
const MOST: f32 = 1.0e4;

impl RoomLight {
    /// The page's own: white from all around, a white sun above.
    pub const NEUTRAL: Self = {
        let mut harmonics = [Vec3::ZERO; 9];
        harmonics[0] = Vec3::splat(1.0 / Y00);
        Self { direction: Vec3::Y, intensity: Vec3::ONE, harmonics }
    };

    /// What an estimate means for products; `None` for numbers that are none.
    pub fn bounded(estimate: &LightEstimate) -> Option<Self> {
        let LightEstimate { direction, intensity, harmonics } = *estimate;
        let is_sound = |color: &Vec3| color.is_finite() && color.abs().max_element() < MOST;
        if !is_sound(&intensity) || !harmonics.iter().all(is_sound) {
            return None;
        }
        let white = tint(harmonics[0].max(Vec3::ZERO) + intensity.max(Vec3::ZERO), CHROMA);
        let told = luminance(harmonics[0]) * Y00;
        let mean = told.clamp(DIMMEST, BRIGHTEST);
        let gain = if told > 1e-6 { mean / told } else { 0.0 };
        let rest = harmonics.map(|color| luminance(color) * gain);
        let spread = rest.iter().skip(1).map(|value| value * value).sum::<f32>().sqrt() * Y_REST;
        let calm = if spread > DARKEST * mean { DARKEST * mean / spread } else { 1.0 };
        let mut bounded = rest.map(|value| white * (value * calm));
        bounded[0] = white * (mean / Y00);
        let intensity = white * luminance(intensity).clamp(0.0, STRONGEST);
        Some(Self { direction: from_above(direction.try_normalize()?), intensity, harmonics: bounded })
    }

    fn toward(self, goal: Self, share: f32) -> Self {
        let mut harmonics = self.harmonics;
        for (now, goal) in harmonics.iter_mut().zip(goal.harmonics) {
            *now = now.lerp(goal, share);
        }
        let direction = self.direction.lerp(goal.direction, share);
        Self {
            direction: direction.try_normalize().map_or(goal.direction, from_above),
            intensity: self.intensity.lerp(goal.intensity, share),
            harmonics,
        }
    }
}

/// Follows the device's estimates without jumps.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LightFilter {
    goal: Option<RoomLight>,
    shown: Option<RoomLight>,
}

impl LightFilter {
    /// Takes an estimate. The first finds the page's own light, from which it goes on.
    pub fn take(&mut self, estimate: &LightEstimate) {
        self.goal = RoomLight::bounded(estimate).or(self.goal);
        self.shown = self.shown.or(self.goal.map(|_| RoomLight::NEUTRAL));
    }

    /// Takes one picture.
    pub fn frame(&mut self, elapsed_ms: f32) {
        if let (Some(shown), Some(goal)) = (&mut self.shown, self.goal) {
            *shown = shown.toward(goal, glide(elapsed_ms, FOLLOW_MS));
        }
    }

    /// The light now.
    pub fn shown(&self) -> Option<RoomLight> {
        self.shown
    }
}

/// A colour's tint at brightness 1; each channel within `bound` of it.
pub(super) fn tint(color: Vec3, bound: f32) -> Vec3 {
    let brightness = luminance(color);
    if brightness < 1e-6 {
        return Vec3::ONE;
    }
    let off = color / brightness - Vec3::ONE;
    let most = off.abs().max_element();
    Vec3::ONE + off * if most > bound { bound / most } else { 1.0 }
}

fn from_above(direction: Vec3) -> Vec3 {
    if direction.y >= LOWEST {
        return direction;
    }
    let level = Vec3::new(direction.x, 0.0, direction.z).normalize_or(Vec3::Z);
    level * (1.0 - LOWEST * LOWEST).sqrt() + Vec3::Y * LOWEST
}
