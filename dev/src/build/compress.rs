//! Brotli and gzip copies beside the files of the shop, so that no server has to make them for each shopper.

use crate::Failure;
use crate::files::{self, Fingerprint, WORK};
use crate::progress::Done;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What shrinks. Pictures and .glb files with pictures inside are compressed already.
const SHRINKS: [&str; 7] = ["css", "html", "js", "json", "svg", "txt", "wasm"];
/// Brotli: best and slowest; a window of 4 MiB, the most that every client must accept.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_BITS: u32 = 22;

/// Puts `NAME.br` and `NAME.gz` beside every file of `folder` that shrinks.
pub fn beside(folder: &Path) -> Result<Done, Failure> {
    let mut used = BTreeSet::new();
    let mut done = Done::Unchanged;
    // The emulated phone is for this machine only: nothing travels. The trackers are others' files, 30 MB of them: minutes.
    let is_ours = |path: &PathBuf| !["emulator", "mediapipe"].iter().any(|other| path.starts_with(folder.join(other)));
    for path in files::below(folder).into_iter().filter(is_ours) {
        if !path.extension().is_some_and(|end| SHRINKS.iter().any(|other| end == *other)) {
            continue;
        }
        for ending in ["br", "gz"] {
            let (kept, was_there) = kept(&path, ending)?;
            if !was_there {
                done = Done::Fresh;
            }
            files::write(&PathBuf::from(format!("{}.{ending}", path.display())), &files::read(&kept)?)?;
            used.insert(kept);
        }
    }
    for path in files::below(&store()).into_iter().filter(|path| !used.contains(path)) {
        std::fs::remove_file(&path).map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
    }
    Ok(done)
}

/// How many bytes `path` is for a client that knows brotli.
pub fn brotli_size(path: &Path) -> Result<usize, Failure> {
    Ok(files::read(&kept(path, "br")?.0)?.len())
}

/// Compressed copies are kept by the fingerprint of what they were made from: brotli at its best takes seconds.
fn store() -> PathBuf {
    Path::new(WORK).join("compressed")
}

/// The kept copy of `path`, made now where there is none; and whether there was one.
fn kept(path: &Path, ending: &str) -> Result<(PathBuf, bool), Failure> {
    let bytes = files::read(path)?;
    let fingerprint = Fingerprint::of_step(include_str!("compress.rs")).with_bytes(&bytes).finish();
    let kept = store().join(format!("{fingerprint}.{ending}"));
    if kept.is_file() {
        return Ok((kept, true));
    }
    let compressed = if ending == "br" { brotli(&bytes) } else { gzip(&bytes) };
    files::write(&kept, &compressed.map_err(|error| format!("cannot compress {}: {error}", path.display()))?)?;
    Ok((kept, false))
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::{brotli, gzip};
    use std::io::Read as _;

    #[test]
    fn both_copies_unpack_to_the_same() {
        let bytes: Vec<u8> = (0..100_000u32).flat_map(|number| (number / 7).to_le_bytes()).collect();
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&brotli(&bytes).unwrap()[..], 4096).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
        unpacked.clear();
        flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
    }
}
