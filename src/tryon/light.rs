//! Light for the products from the camera's picture, within the bound that keeps the shop's colours.

use super::event::PictureLight;
use crate::color::luminance;
use crate::math::Vec3;

/// How far the light's colour goes from white at most, per channel: more and a product is another product.
const TINT: f32 = 0.12;
/// The least and the greatest exposure.
const INTENSITY: (f32, f32) = (0.55, 1.35);
/// The luminance of a picture whose products are lit as in the shop.
const USUAL: f32 = 0.18;
/// Below this luminance nothing can be seen.
const DARK: f32 = 0.004;
/// Skin under white light, linear, brought to luminance 1: the middle of many tones; tones differ in brightness more than in hue.
const SKIN: Vec3 = Vec3::new(1.42, 0.91, 0.68);
/// How much of the way to what a new picture says is gone: about half a second at ten pictures a second.
const SHARE: f32 = 0.2;

/// Light for the products, read from the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LightHint {
    /// Multiplies the light's colour, linear; near white, so the shop's colours survive.
    pub color: Vec3,
    /// Multiplies the exposure.
    pub intensity: f32,
    /// Towards the light, in camera space; its length says how much comes from there: 0 from all around .. 1.
    pub direction: Vec3,
}

/// The light as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Light {
    hint: Option<LightHint>,
    is_dark: bool,
}

impl Light {
    /// Takes what the page read from a picture; what is no light is dropped.
    pub fn take(&mut self, picture: PictureLight) {
        let is_light = |color: Vec3| color.is_finite() && color.min_element() >= 0.0 && color.max_element() <= 64.0;
        if !is_light(picture.mean) {
            return;
        }
        let face = picture.face.filter(|quarters| quarters.iter().all(|quarter| is_light(*quarter)));
        self.is_dark = luminance(picture.mean) < DARK;
        let now = read(picture.mean, face);
        let Some(hint) = &mut self.hint else {
            self.hint = Some(now);
            return;
        };
        hint.color = hint.color.lerp(now.color, SHARE);
        hint.intensity += SHARE * (now.intensity - hint.intensity);
        hint.direction = hint.direction.lerp(now.direction, SHARE);
    }

    /// What the products are lit by.
    pub fn hint(&self) -> Option<LightHint> {
        self.hint
    }

    /// Nothing can be seen in the picture.
    pub fn is_dark(&self) -> bool {
        self.is_dark
    }
}

fn read(mean: Vec3, face: Option<[Vec3; 4]>) -> LightHint {
    // A camera exposes for its picture: half of what it says, as a photographer would.
    let intensity = (luminance(mean).max(1e-4) / USUAL).sqrt().clamp(INTENSITY.0, INTENSITY.1);
    let Some(quarters) = face else {
        return LightHint { color: bounded(mean, 0.3), intensity, direction: Vec3::new(0.0, 0.3, 0.3) };
    };
    let [upper_left, upper_right, lower_left, lower_right] = quarters.map(luminance);
    let all = (upper_left + upper_right + lower_left + lower_right).max(1e-4);
    let right = (upper_right + lower_right - upper_left - lower_left) / all;
    let up = (upper_left + upper_right - lower_left - lower_right) / all;
    // A face is about a ball: half as bright on one side means light from that side.
    let aside = (crate::math::Vec2::new(right, up) * 1.6).clamp_length_max(0.9);
    let skin = quarters.iter().sum::<Vec3>() * 0.25;
    LightHint { color: bounded(skin / SKIN, 0.6), intensity, direction: aside.extend(0.35).clamp_length_max(1.0) }
}

/// A light's colour at luminance 1, that share of the way from white, within the bound.
fn bounded(color: Vec3, share: f32) -> Vec3 {
    let luminance = luminance(color);
    if luminance < 1e-4 {
        return Vec3::ONE;
    }
    let tint = (color / luminance - 1.0) * share;
    Vec3::ONE + tint.clamp(Vec3::splat(-TINT), Vec3::splat(TINT))
}
