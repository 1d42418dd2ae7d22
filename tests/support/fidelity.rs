//! The measure of the glTF render-fidelity tests.

use image::RgbaImage;

/// Weights of red, green, blue in Y, I and Q.
const YIQ: [[f64; 3]; 3] = [
    [0.298_895_31, 0.586_622_47, 0.114_482_23],
    [0.595_977_99, -0.274_176_10, -0.321_801_89],
    [0.211_470_17, -0.522_617_11, 0.311_146_94],
];

/// Distance over the pixels that either picture covers, both laid over mid grey; lower is closer.
pub fn decibels(reference: &RgbaImage, candidate: &RgbaImage) -> f64 {
    let covered = reference.pixels().zip(candidate.pixels()).filter(|(a, b)| a[3] > 0 || b[3] > 0);
    let (sum, count) = covered.fold((0.0, 0.0), |(sum, count), (a, b)| {
        let (a, b) = (over_grey(a.0), over_grey(b.0));
        let along = |axis: [f64; 3]| (0..3).map(|part| axis[part] * (a[part] - b[part])).sum::<f64>();
        let [y, i, q] = YIQ.map(along);
        let delta = 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q;
        (sum + delta * delta, count + 1.0)
    });
    10.0 * ((sum / count).sqrt() / 35215.0).max(1e-9).log10()
}

fn over_grey(pixel: [u8; 4]) -> [f64; 3] {
    let alpha = f64::from(pixel[3]) / 255.0;
    [0, 1, 2].map(|part| f64::from(pixel[part]) * alpha + 128.0 * (1.0 - alpha))
}
