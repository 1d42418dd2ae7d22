//! KTX2 pictures of Basis Universal, by `basisu`, to what the card reads as it is. Each build has one target: their
//! tables are large.

use super::push_words;
use basisu::{DecodeFlags, Error, TargetFormat, Transcoder};

/// The longest side that is read at all, and the most bytes of an answer: a head of a few bytes can promise any size.
const LONGEST_SIDE: u32 = 16_384;
const MOST_BYTES: u64 = 512 << 20;

/// The levels no longer than the side that is wanted, the smallest at least.
#[cfg(any(feature = "basis-bc7", feature = "basis-astc", feature = "basis-etc2"))]
pub fn unpack(target: TargetFormat, parameters: &[u32], bytes: &[u8]) -> Result<Vec<u8>, String> {
    let picture = open(bytes)?;
    let levels = picture.level_count();
    let (width, height) = picture.base_dimensions();
    let fits = |level: &u32| (width.max(height) >> level) <= longest_wanted(parameters);
    let first = (0..levels).find(fits).unwrap_or(levels - 1);
    // One byte a pixel, a third more for the smaller levels.
    check_bytes(u64::from(width >> first) * u64::from(height >> first) * 4 / 3)?;
    let levels: Result<Vec<Vec<u8>>, Error> =
        (first..levels).map(|level| picture.transcode(level, target, DecodeFlags::NONE)).collect();
    Ok(answer([(width >> first).max(1), (height >> first).max(1)], &levels.map_err(words)?))
}

/// Only the finest level that fits; the card makes the smaller ones. One that is too long is halved.
#[cfg(feature = "basis-rgba")]
pub fn unpack_rgba(parameters: &[u32], bytes: &[u8]) -> Result<Vec<u8>, String> {
    let picture = open(bytes)?;
    let longest = longest_wanted(parameters);
    let (width, height) = picture.base_dimensions();
    let fits = |level: &u32| (width.max(height) >> level) <= longest;
    let level = (0..picture.level_count()).find(fits).unwrap_or(picture.level_count() - 1);
    let mut size = [(width >> level).max(1), (height >> level).max(1)];
    check_bytes(u64::from(size[0]) * u64::from(size[1]) * 4)?;
    let mut pixels = picture.transcode(level, TargetFormat::Rgba32, DecodeFlags::NONE).map_err(words)?;
    while size[0].max(size[1]) > longest {
        (size, pixels) = halve(size, &pixels);
    }
    Ok(answer(size, &[pixels]))
}

fn open(bytes: &[u8]) -> Result<Transcoder<'_>, String> {
    let picture = Transcoder::new(bytes).map_err(words)?;
    let (width, height) = picture.base_dimensions();
    if picture.layer_count() > 1 || picture.face_count() > 1 || picture.is_video() {
        return Err("it is no single picture".to_owned());
    }
    if width.min(height) == 0 || width.max(height) > LONGEST_SIDE || !(1..=15).contains(&picture.level_count()) {
        return Err(format!("its {width} by {height} pixels are not between 1 and {LONGEST_SIDE} on a side"));
    }
    Ok(picture)
}

fn longest_wanted(parameters: &[u32]) -> u32 {
    parameters.first().copied().unwrap_or(LONGEST_SIDE).max(1)
}

fn check_bytes(bytes: u64) -> Result<(), String> {
    if bytes > MOST_BYTES { Err(format!("it unpacks to more than {} MiB", MOST_BYTES >> 20)) } else { Ok(()) }
}

fn answer([width, height]: [u32; 2], levels: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(levels.iter().map(|level| level.len() + 4).sum::<usize>() + 12);
    push_words(&mut bytes, [width, height, levels.len() as u32]);
    push_words(&mut bytes, levels.iter().map(|level| level.len() as u32));
    levels.iter().for_each(|level| bytes.extend_from_slice(level));
    bytes
}

/// Half the size by the mean of two by two pixels.
#[cfg(feature = "basis-rgba")]
fn halve([width, height]: [u32; 2], pixels: &[u8]) -> ([u32; 2], Vec<u8>) {
    let half = [(width / 2).max(1), (height / 2).max(1)];
    let at = |x: u32, y: u32, channel: u32| {
        let (x, y) = (x.min(width - 1), y.min(height - 1));
        u32::from(pixels.get(((y * width + x) * 4 + channel) as usize).copied().unwrap_or(0))
    };
    let mean = |x: u32, y: u32, channel: u32| {
        let (x, y) = (x * 2, y * 2);
        (at(x, y, channel) + at(x + 1, y, channel) + at(x, y + 1, channel) + at(x + 1, y + 1, channel) + 2) / 4
    };
    let pixels = (0..half[1])
        .flat_map(|y| (0..half[0]).flat_map(move |x| (0..4).map(move |channel| (x, y, channel))))
        .map(|(x, y, channel)| mean(x, y, channel) as u8)
        .collect();
    (half, pixels)
}

fn words(error: Error) -> String {
    let what = match error {
        Error::Truncated => "is cut off",
        Error::InvalidData => "is not Basis Universal, or broken",
        _ => "is of a kind that is not read, or broken",
    };
    format!("its KTX2 data {what}")
}
