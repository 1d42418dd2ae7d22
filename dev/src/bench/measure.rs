//! The measure of the glTF render-fidelity tests: how far two pictures are apart, and how far their silhouettes agree.

use image::RgbaImage;

/// Weights of red, green, blue in Y, I and Q.
const YIQ: [[f64; 3]; 3] = [
    [0.298_895_31, 0.586_622_47, 0.114_482_23],
    [0.595_977_99, -0.274_176_10, -0.321_801_89],
    [0.211_470_17, -0.522_617_11, 0.311_146_94],
];
/// The largest difference there is, between black and white.
const LARGEST: f64 = 35_215.0;

/// How near a picture is to the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// Over the pixels that either picture covers, both laid over mid grey; lower is closer.
    pub decibels: f64,
    /// Intersection over union of where the pictures are more than half opaque, 0..1.
    pub overlap: f64,
}

/// Measures. A candidate of another size is brought to that of the reference.
pub fn distance(reference: &RgbaImage, candidate: &RgbaImage) -> Distance {
    let (width, height) = reference.dimensions();
    if candidate.dimensions() != (width, height) {
        let resized = image::imageops::resize(candidate, width, height, image::imageops::FilterType::Lanczos3);
        return distance(reference, &resized);
    }
    let (mut sum, mut covered, mut both, mut either) = (0.0, 0.0_f64, 0, 0);
    for (a, b) in reference.pixels().zip(candidate.pixels()) {
        if a[3] > 0 || b[3] > 0 {
            sum += delta(a.0, b.0).powi(2);
            covered += 1.0;
        }
        let (in_a, in_b) = (a[3] > 127, b[3] > 127);
        both += u32::from(in_a && in_b);
        either += u32::from(in_a || in_b);
    }
    let rms = (sum / covered.max(1.0)).sqrt() / LARGEST;
    let overlap = if either == 0 { 1.0 } else { f64::from(both) / f64::from(either) };
    Distance { decibels: 10.0 * rms.max(1e-9).log10(), overlap }
}

/// The middle value; of an even number, between the two middle ones.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(middle)) {
        (1, Some(value)) => *value,
        (0, Some(upper)) => (sorted[middle - 1] + upper) / 2.0,
        _ => f64::NAN,
    }
}

fn delta(a: [u8; 4], b: [u8; 4]) -> f64 {
    let (a, b) = (over_grey(a), over_grey(b));
    let [y, i, q] = YIQ.map(|axis| (0..3).map(|part| axis[part] * (a[part] - b[part])).sum::<f64>());
    0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q
}

fn over_grey(pixel: [u8; 4]) -> [f64; 3] {
    let alpha = f64::from(pixel[3]) / 255.0;
    [0, 1, 2].map(|part| f64::from(pixel[part]) * alpha + 128.0 * (1.0 - alpha))
}
