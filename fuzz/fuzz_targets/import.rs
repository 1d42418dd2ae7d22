//! Any bytes: never a panic, never much memory, and a model that was read keeps every promise. `cargo dev fuzz` runs it.

#![no_main]
#![allow(clippy::unwrap_used)] // `sound` fails by panicking

mod damage;
#[path = "../../tests/import/sound.rs"]
mod sound;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use vitrine::import::Files;
use vitrine::{import, scene::Item, scene::frame::ModelId};

fuzz_target!(|file: &[u8]| {
    if file.starts_with(b"#?") {
        let _ = import::radiance::read_hdr(file);
        return;
    }
    let _ = import::extensions(file);
    let names = import::needs(file).unwrap_or_default();
    // The file's own end stands for every other file: bytes that the fuzzer can change.
    let tail = file.get(file.len() / 2..).unwrap_or_default();
    let others: Files = names.into_iter().take(8).map(|name| (name, tail.to_vec())).collect();
    // What decoders answer comes from the file too.
    let mut unpacked = import::Unpacked::default();
    for packed in import::packed(file, &others).unwrap_or_default() {
        unpacked.insert(packed.view, tail.to_vec());
    }
    match import::read_unpacked(file, &others, &unpacked) {
        Ok(import) => {
            sound::check(&import.model);
            assert!(import.warnings.iter().all(|warning| warning.len() < 2000));
            let item = Item::new(1, ModelId(1), &import.model);
            assert!(item.parts.len() < 10_000_000);
        }
        Err(error) => assert!(!error.message.is_empty() && error.message.len() < 2000),
    }
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
