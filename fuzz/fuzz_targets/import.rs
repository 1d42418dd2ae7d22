//! Any bytes: never a panic, never much memory, and a model that was read keeps every promise. `cargo dev fuzz` runs it.

#![no_main]
#![allow(clippy::unwrap_used)] // `sound` fails by panicking

mod damage;
#[path = "../../tests/import/sound.rs"]
mod sound;

#[path = "../../tests/import/survive.rs"]
mod survive;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|file: &[u8]| {
    survive::survive(file);
});

fuzz_mutator!(|data: &mut [u8], size: usize, limit: usize, seed: u32| {
    match damage::rewritten(data.get(..size).unwrap_or_default(), seed) {
        Some(file) if file.len() <= limit.min(data.len()) => {
            data[..file.len()].copy_from_slice(&file);
            file.len()
        }
        // Not glTF, or its turn for plain damage.
        _ => fuzzer_mutate(data, size, limit),
    }
});
