//! AVIF pictures to plain ones: the file's parts, the AV1 picture in each, their colours. In a browser the browser does it.

mod color;
mod container;

use crate::Failure;
use color::{Coding, Planes};
use re_rav1d::{Decoder, Picture, Settings};

pub use container::is_avif;

/// Larger pictures are refused before memory is asked for, in pixels.
const MOST_PIXELS: u32 = 1 << 28;

/// Width, height and straight RGBA, rows from the top. As with the browser's `colorSpaceConversion: "none"` the colours are
/// those that were written.
///
/// # Errors
/// Says what is wrong with the picture, to go on a sentence.
pub fn decode(file: &[u8]) -> Result<(u32, u32, Vec<u8>), Failure> {
    let parts = container::read(file)?;
    let color = av1(parts.color)?;
    let alpha = parts.alpha.map(av1).transpose()?;
    let size = (color.width(), color.height());
    if alpha.as_ref().is_some_and(|alpha| (alpha.width(), alpha.height()) != size) {
        return Err("its transparency has another size than its colours".into());
    }
    let coding = parts.coding.map_or_else(|| Coding::of(&color), Coding::of_nclx)?;
    let color = Planes::of(&color, coding)?;
    let alpha = alpha.map(|alpha| Planes::of(&alpha, Coding::of(&alpha)?)).transpose()?;
    let (width, height) = size;
    let mut pixels = Vec::with_capacity(4 * width as usize * height as usize);
    for y in 0..height {
        for x in 0..width {
            let opacity = alpha.as_ref().map_or(1.0, |alpha| alpha.luma(x, y));
            pixels.extend(color.rgb(x, y).into_iter().chain([opacity]).map(|value| (value * 255.0).round() as u8));
        }
    }
    Ok((width, height, pixels))
}

/// The one picture of an AV1 stream.
fn av1(stream: Vec<u8>) -> Result<Picture, Failure> {
    let failed = |error: re_rav1d::Error| format!("its AV1 data is broken ({error})");
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(MOST_PIXELS);
    let mut decoder = Decoder::with_settings(&settings).map_err(failed)?;
    match decoder.send_data(stream, None, None, None) {
        Err(error) if !error.is_again() => return Err(failed(error)),
        _ => {}
    }
    loop {
        match (decoder.get_picture(), decoder.send_pending_data()) {
            (Ok(picture), _) => return Ok(picture),
            // There is more data, and room for it now.
            (Err(error), Err(more)) if error.is_again() && more.is_again() => {}
            (Err(error), _) => return Err(failed(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    const ALPHA: &[u8] = include_bytes!("../../../../tests/avif/alpha_420.avif");
    const DEEP: &[u8] = include_bytes!("../../../../tests/avif/limited_bt2020_420_12bit.avif");
    const IDENTITY: &[u8] = include_bytes!("../../../../tests/avif/identity_444_10bit.avif");
    const QUARTERS: [[u8; 3]; 4] = [[200, 40, 30], [40, 160, 60], [30, 60, 180], [220, 200, 180]];

    /// Far from the quarters' edges, where chroma is shared.
    fn middles(file: &[u8]) -> [[u8; 4]; 4] {
        let (width, height, pixels) = decode(file).unwrap();
        assert_eq!((width, height, pixels.len()), (16, 16, 4 * 256));
        [(3, 3), (12, 3), (3, 12), (12, 12)].map(|(x, y)| *pixels[4 * (y * 16 + x)..].first_chunk().unwrap())
    }

    #[test]
    fn every_coding_gives_the_same_colours() {
        for (file, opacity, tolerance) in [(ALPHA, 64, 2), (DEEP, 255, 2), (IDENTITY, 255, 0)] {
            for (index, (found, [red, green, blue])) in middles(file).into_iter().zip(QUARTERS).enumerate() {
                let wanted = [red, green, blue, if index == 3 { opacity } else { 255 }];
                assert!(
                    found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= tolerance),
                    "{found:?} is not {wanted:?}"
                );
            }
        }
    }

    #[test]
    fn half_as_many_chroma_samples_blend_over_an_edge() {
        let (_, _, pixels) = decode(ALPHA).unwrap();
        // What libavif makes of the two pixels at the edge of red and green.
        for (x, wanted) in [(7, [153, 64, 32]), (8, [86, 137, 60])] {
            let found = &pixels[4 * (3 * 16 + x)..][..3];
            assert!(found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 4), "{found:?} is not {wanted:?}");
        }
    }

    #[test]
    fn a_broken_file_is_told() {
        for end in [0, 20, 60, 150, ALPHA.len() - 1] {
            let told = decode(&ALPHA[..end]).err().unwrap_or_default();
            assert!(told.contains("broken"), "{end}: {told}");
        }
        let mut grid = ALPHA.to_vec();
        let at = grid.windows(4).position(|kind| kind == b"av01").unwrap();
        grid[at..at + 4].copy_from_slice(b"grid");
        assert!(decode(&grid).unwrap_err().contains("tiles"));
        // Every byte of the container wrong once: a word or a picture, and an end.
        for at in 0..ALPHA.len() {
            let mut file = ALPHA.to_vec();
            file[at] ^= 0xA5;
            let _ = decode(&file);
        }
    }
}
