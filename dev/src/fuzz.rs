//! `cargo dev fuzz`: the reader against files that libFuzzer damages. Needs a nightly compiler; nothing else does.

use crate::arguments::Arguments;
use crate::tool::Tool;
use crate::{Failure, bench, files};
use std::path::Path;

const FOLDER: &str = "fuzz";
const TARGET: &str = "x86_64-unknown-linux-gnu";
/// Larger files teach the fuzzer little and slow it down.
const LARGEST_SEED: u64 = 96 << 10;
/// What cargo-fuzz passes too, less the address sanitizer: the reader has no unsafe code for it to watch.
const COVERAGE: &str = "--cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                        -Cllvm-args=-sanitizer-coverage-trace-compares";

pub fn run(words: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::read(words, &[], &["--minutes"])?;
    arguments.words(0)?;
    let minutes: f32 = match arguments.value("--minutes") {
        Some(text) => text.parse().map_err(|_| format!("--minutes {text}: a number is wanted."))?,
        None => 20.0,
    };
    let seeds = seed()?;
    println!("  {seeds} seeds; {minutes} minutes");
    build()?;
    let program = format!("target/{TARGET}/release/import");
    let seconds = (minutes * 60.0).round().max(1.0);
    let status = Tool::new(&program, "see the file it names in fuzz/artifacts, and mend the reader.")
        .inside(FOLDER)
        .arguments([
            "corpus/import",
            "-artifact_prefix=artifacts/",
            "-rss_limit_mb=2048",
            "-timeout=10",
            "-print_final_stats=1",
        ])
        .arguments([format!("-max_total_time={seconds}"), format!("-max_len={}", LARGEST_SEED * 2)])
        .each_line(|_, line| println!("{line}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("a file was found that the reader does not survive: see fuzz/artifacts.".into())
    }
}

fn build() -> Result<(), Failure> {
    let advice = "install a nightly compiler with `rustup toolchain install nightly`, or mend what it says.";
    Tool::new("rustup", advice)
        .inside(FOLDER)
        .environment("RUSTFLAGS", COVERAGE)
        .arguments(["run", "nightly", "cargo", "build", "--quiet", "--release", "--target", TARGET])
        .quiet()
        .map(|_| ())
}

/// Small shared models, the small files that larger ones name, and our own products' light go into the corpus.
fn seed() -> Result<usize, Failure> {
    let corpus = Path::new(FOLDER).join("corpus/import");
    for folder in [corpus.as_path(), &Path::new(FOLDER).join("artifacts")] {
        std::fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    let shared = bench::shared().map(|shared| files::below(&shared.join("models"))).unwrap_or_default();
    let small = |path: &Path| std::fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST_SEED);
    let is_model = |path: &Path| path.extension().is_some_and(|ending| ending == "glb" || ending == "gltf");
    let mut count = 0;
    for (index, path) in shared.iter().filter(|path| is_model(path) && small(path)).enumerate() {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        files::write(&corpus.join(format!("seed-{index}.{ending}")), &files::read(path)?)?;
        count += 1;
    }
    let light = b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 8\n\x02\x02\x00\x08\x88\x80\x88\x80\x88\x80\x88\x81\x02\x02\x00\x08\x88\x80\x88\x80\x88\x80\x88\x81";
    files::write(&corpus.join("seed-light.hdr"), light)?;
    Ok(count + 1)
}
