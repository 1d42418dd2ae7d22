//! The same chance at every run.

use vitrine::math::Vec3;

/// A stream of chance (SplitMix64).
pub struct Random(u64);

impl Random {
    /// Another seed, another stream.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Every value between is as likely.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * ((self.next() >> 40) as f32 / (1u64 << 24) as f32)
    }

    /// Gauss's bell of standard deviation 1.
    pub fn normal(&mut self) -> f32 {
        let radius = (-2.0 * self.between(1e-7, 1.0).ln()).sqrt();
        radius * (std::f32::consts::TAU * self.between(0.0, 1.0)).cos()
    }

    /// Three of them.
    pub fn normal3(&mut self) -> Vec3 {
        Vec3::new(self.normal(), self.normal(), self.normal())
    }
}

/// A smooth field of displacements: waves of chance (random Fourier features), with one standard deviation of 1.
pub struct Field {
    waves: Vec<(Vec3, f32, Vec3)>,
}

impl Field {
    /// Changes over about `length` of the places it is asked for.
    pub fn new(random: &mut Random, length: f32) -> Self {
        const WAVES: usize = 24;
        let amount = (2.0 / WAVES as f32).sqrt();
        let wave =
            |_| (random.normal3() / length, random.between(0.0, std::f32::consts::TAU), random.normal3() * amount);
        Self { waves: (0..WAVES).map(wave).collect() }
    }

    /// The displacement at a place.
    pub fn at(&self, place: Vec3) -> Vec3 {
        self.waves.iter().map(|(frequency, phase, way)| *way * (frequency.dot(place) + phase).sin()).sum()
    }
}
