//! The sun of a panorama as a light of its own: a few pixels can hold three quarters of an outdoor scene's light, more
//! than half floats store and finer than any prefiltered cube shows.

use crate::math::Vec3;
use std::f32::consts::PI;

/// A light so far away that it comes from one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sun {
    /// Unit length, as the panorama lies: +X its middle, +Y up.
    pub direction: Vec3,
    /// The light on a surface that faces it (irradiance); a surface of albedo 1 sends this over pi.
    pub light: Vec3,
}

/// A sun is this many times brighter than the mean; the brightest lamps of studios are half as bright.
const BRIGHTER_THAN_MEAN: f32 = 250.0;
/// What stays where the sun was, in means.
const LEFT: f32 = 20.0;
/// How far from the brightest pixel the sun may reach, in radians.
const REACH: f32 = 0.06;

impl Sun {
    /// Takes the sun out of the picture; `None` when there is none.
    pub fn take_from(pixels: &mut [[f32; 3]], width: usize) -> Option<Self> {
        let place = Place { width, height: pixels.len() / width.max(1) };
        let strength = |pixel: &[f32; 3]| (pixel[0] + pixel[1] + pixel[2]) / 3.0;
        let (brightest, peak) = pixels.iter().map(strength).enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        let whole: f32 =
            pixels.iter().enumerate().map(|(index, pixel)| strength(pixel) * place.solid_angle(index)).sum();
        let mean = whole / (4.0 * PI);
        if mean <= 0.0 || peak < mean * BRIGHTER_THAN_MEAN {
            return None;
        }
        let center = place.direction(brightest);
        let (mut light, mut direction) = (Vec3::ZERO, Vec3::ZERO);
        for (index, pixel) in pixels.iter_mut().enumerate() {
            let toward = place.direction(index);
            let brightness = strength(pixel);
            if brightness <= mean * LEFT || toward.dot(center) < REACH.cos() {
                continue;
            }
            let left = Vec3::from_array(*pixel) * (mean * LEFT / brightness);
            let taken = (Vec3::from_array(*pixel) - left) * place.solid_angle(index);
            light += taken;
            direction += toward * taken.element_sum();
            *pixel = left.to_array();
        }
        Some(Self { direction: direction.normalize_or(center), light })
    }
}

/// Pixels of an equirectangular picture as directions.
struct Place {
    width: usize,
    height: usize,
}

impl Place {
    /// From straight up, in radians.
    fn polar(&self, index: usize) -> f32 {
        ((index / self.width) as f32 + 0.5) / self.height as f32 * PI
    }

    fn direction(&self, index: usize) -> Vec3 {
        let around = ((index % self.width) as f32 + 0.5) / self.width as f32 * 2.0 * PI - PI;
        let (sine, cosine) = self.polar(index).sin_cos();
        Vec3::new(sine * around.cos(), cosine, sine * around.sin())
    }

    /// In steradians.
    fn solid_angle(&self, index: usize) -> f32 {
        (PI / self.height as f32) * (2.0 * PI / self.width as f32) * self.polar(index).sin()
    }
}

#[cfg(test)]
mod tests {
    use super::Sun;
    use crate::math::Vec3;

    #[test]
    fn the_sun_is_found_and_taken_out() {
        let mut pixels = vec![[1.0; 3]; 64 * 32];
        pixels[16 * 64 + 32] = [50_000.0, 40_000.0, 30_000.0];
        let sun = Sun::take_from(&mut pixels, 64).expect("there is one");
        assert!(sun.direction.dot(Vec3::X) > 0.99, "{}", sun.direction);
        assert!((sun.light.x / sun.light.z - 5.0 / 3.0).abs() < 0.01);
        assert!(pixels.iter().flatten().all(|&part| part < 1000.0));
    }

    #[test]
    fn lamps_and_darkness_are_no_suns() {
        let mut studio = vec![[0.5; 3]; 64 * 32];
        studio[10 * 64 + 5..10 * 64 + 20].fill([60.0; 3]);
        assert_eq!(Sun::take_from(&mut studio, 64), None);
        assert_eq!(Sun::take_from(&mut [[0.0; 3]; 8], 4), None);
        assert_eq!(Sun::take_from(&mut [], 0), None);
    }
}
