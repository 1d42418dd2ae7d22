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
    /// Its half width, in radians.
    pub radius: f32,
    /// Its brightest pixel's direction, and the mean of red, green and blue that is left there and around. The sky is
    /// drawn with the sun, so the pixels stay; only the baked light is cut off here.
    pub center: Vec3,
    pub limit: f32,
    /// Cosine of how far from there the sun may reach.
    pub reach_cosine: f32,
}

/// A sun is this many times brighter than the mean; the brightest lamps of studios are half as bright.
const BRIGHTER_THAN_MEAN: f32 = 250.0;
/// What stays where the sun was, in means.
const LEFT: f32 = 20.0;
/// How far from the brightest pixel the sun may reach, in radians.
const REACH: f32 = 0.06;
/// The real sun has 0.0047 radians, and lenses make it wider. Something brighter than a quarter of the peak that is
/// wider than this is a lamp or a window: its shape would be missed, so it stays in the picture.
const WIDEST: f32 = 0.025;

/// A first look at all pixels, which can be spread over several calls.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Survey {
    seen: usize,
    brightest: usize,
    peak: f32,
    /// Of one channel.
    largest: f32,
    /// Mean radiance times 4 pi.
    whole: f32,
}

impl Survey {
    /// Looks at the next whole rows.
    pub fn look(&mut self, rows: &[[f32; 3]], place: Place) {
        for row in rows.chunks_exact(place.width) {
            let mut sum = 0.0;
            for (column, pixel) in row.iter().enumerate() {
                let brightness = strength(pixel);
                if !brightness.is_finite() {
                    continue;
                }
                sum += brightness;
                if brightness > self.peak {
                    (self.peak, self.brightest) = (brightness, self.seen + column);
                }
                self.largest = pixel.iter().copied().fold(self.largest, f32::max);
            }
            self.whole += sum * place.solid_angle(self.seen);
            self.seen += place.width;
        }
    }

    /// The largest number in the picture.
    pub fn largest(&self) -> f32 {
        self.largest
    }

    /// The sun of the picture that was looked at; `None` when it has none.
    pub fn sun(&self, pixels: &[[f32; 3]], place: Place) -> Option<Sun> {
        let mean = self.whole / (4.0 * PI);
        if mean <= 0.0 || self.peak < mean * BRIGHTER_THAN_MEAN {
            return None;
        }
        let center = place.direction(self.brightest);
        let limit = mean * LEFT;
        // Between pixels the card mixes, so that one of a coarse picture is seen from one and a half away.
        let reach = REACH.max(1.6 * PI / place.height as f32);
        let (mut light, mut direction, mut bright_angle) = (Vec3::ZERO, Vec3::ZERO, 0.0);
        // Rows that are near enough; the arc between two rows is the shortest way between them.
        let near_rows = (2.0 * reach / PI * place.height as f32) as usize + 1;
        let middle = self.brightest / place.width;
        let rows = middle.saturating_sub(near_rows)..(middle + near_rows + 1).min(place.height);
        for index in rows.start * place.width..rows.end * place.width {
            let Some(pixel) = pixels.get(index) else { continue };
            let brightness = strength(pixel);
            let solid_angle = place.solid_angle(index);
            if !brightness.is_finite() || brightness <= limit {
                continue;
            }
            let toward = place.direction(index);
            let cosine = toward.dot(center);
            if brightness > self.peak * 0.25 && cosine > (2.0 * reach).cos() {
                bright_angle += solid_angle;
            }
            if cosine >= reach.cos() {
                let taken = Vec3::from_array(*pixel) * ((1.0 - limit / brightness) * solid_angle);
                light += taken;
                direction += toward * taken.element_sum();
            }
        }
        // A coarse picture's sun is as wide as its pixel.
        let one_pixel = 4.0 * place.solid_angle(self.brightest);
        let radius = (bright_angle / PI).sqrt();
        let is_small = bright_angle <= (PI * WIDEST * WIDEST).max(one_pixel);
        is_small.then(|| Sun {
            direction: direction.normalize_or(center),
            light,
            radius,
            center,
            limit,
            reach_cosine: reach.cos(),
        })
    }
}

fn strength(pixel: &[f32; 3]) -> f32 {
    (pixel[0] + pixel[1] + pixel[2]) / 3.0
}

/// Pixels of an equirectangular picture as directions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub width: usize,
    pub height: usize,
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
    use super::{PI, Place, Sun, Survey, strength};
    use crate::math::Vec3;

    const PLACE: Place = Place { width: 512, height: 256 };

    fn sun_of(pixels: &[[f32; 3]], place: Place) -> Option<Sun> {
        let mut survey = Survey::default();
        // In two goes, as a page does it.
        let (first, second) = pixels.split_at(pixels.len() / 2 / place.width * place.width);
        survey.look(first, place);
        survey.look(second, place);
        survey.sun(pixels, place)
    }

    /// The light of all pixels from the sphere, times their solid angle: before, and after the sun is cut off.
    fn energy(pixels: &[[f32; 3]], place: Place, sun: Option<&Sun>) -> Vec3 {
        let mut sum = Vec3::ZERO;
        for (index, pixel) in pixels.iter().enumerate() {
            let mut light = Vec3::from_array(*pixel);
            if let Some(sun) = sun
                && place.direction(index).dot(sun.center) >= sun.reach_cosine
            {
                light *= (sun.limit / strength(pixel)).min(1.0);
            }
            sum += light * place.solid_angle(index);
        }
        sum
    }

    /// A dim sky with discs: direction, half width in radians, radiance.
    fn sky_with(discs: &[(Vec3, f32, f32)]) -> Vec<[f32; 3]> {
        let radiance = |index: usize| {
            let toward = PLACE.direction(index);
            let hit = discs.iter().find(|(center, radius, _)| toward.dot(center.normalize()) >= radius.cos());
            hit.map_or([0.4, 0.5, 0.7], |(_, _, light)| [*light, light * 0.9, light * 0.8])
        };
        (0..PLACE.width * PLACE.height).map(radiance).collect()
    }

    #[test]
    fn a_sun_is_found_wherever_it_stands_and_no_light_is_lost() {
        for toward in
            [Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y, Vec3::new(0.3, 0.5, -0.8), Vec3::new(-1.0, 0.4, 0.001)]
        {
            let pixels = sky_with(&[(toward, 0.02, 60_000.0)]);
            let sun = sun_of(&pixels, PLACE).unwrap_or_else(|| panic!("no sun at {toward}"));
            assert!(sun.direction.dot(toward.normalize()) > 0.9999, "{} instead of {toward}", sun.direction);
            assert!((0.015..0.025).contains(&sun.radius), "{} wide at {toward}", sun.radius);
            let (before, after) = (energy(&pixels, PLACE, None), energy(&pixels, PLACE, Some(&sun)) + sun.light);
            assert!(((after - before) / before).abs().max_element() < 1e-3, "{after} instead of {before} at {toward}");
            assert!(sun.light.x > 0.5 * before.x, "most of it is the sun's");
        }
    }

    #[test]
    fn of_two_suns_the_brighter_is_taken_and_the_other_stays() {
        let pixels = sky_with(&[(Vec3::X, 0.02, 60_000.0), (Vec3::new(0.0, 1.0, 1.0), 0.02, 30_000.0)]);
        let sun = sun_of(&pixels, PLACE).expect("there is one");
        assert!(sun.direction.dot(Vec3::X) > 0.999);
        let (before, after) = (energy(&pixels, PLACE, None), energy(&pixels, PLACE, Some(&sun)) + sun.light);
        assert!(((after - before) / before).abs().max_element() < 1e-3, "{after} instead of {before}");
    }

    #[test]
    fn windows_lamps_and_darkness_are_no_suns() {
        // 300 times the mean, but as wide as a hand at arm's length.
        assert_eq!(sun_of(&sky_with(&[(Vec3::X, 0.05, 50_000.0)]), PLACE), None);
        assert_eq!(sun_of(&sky_with(&[(Vec3::X, 0.02, 60.0)]), PLACE), None);
        assert_eq!(sun_of(&[[0.0; 3]; 8], Place { width: 4, height: 2 }), None);
        assert_eq!(sun_of(&[], Place { width: 1, height: 0 }), None);
    }

    #[test]
    fn one_pixel_of_a_coarse_picture_may_be_a_sun() {
        let mut pixels = vec![[1.0; 3]; 64 * 32];
        pixels[16 * 64 + 32] = [50_000.0, 40_000.0, 30_000.0];
        let sun = sun_of(&pixels, Place { width: 64, height: 32 }).expect("there is one");
        assert!(sun.direction.dot(Vec3::X) > 0.99, "{}", sun.direction);
        assert!((sun.light.x / sun.light.z - 5.0 / 3.0).abs() < 0.01);
        assert!((sun.radius - (PI / 32.0) / PI.sqrt()).abs() < 0.01, "{}", sun.radius);
    }
}
