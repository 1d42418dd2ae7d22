//! What every file must come through, whatever its bytes: for the tests' own damage and for the fuzzer's.

use super::sound;
use vitrine::import::{self, Files};
use vitrine::{scene::Item, scene::frame::ModelId};

/// Reads a file in every way that a viewer does, and panics when a promise is broken. True when a model came out.
pub fn survive(file: &[u8]) -> bool {
    if file.starts_with(b"#?") {
        return import::radiance::read_hdr(file).is_ok();
    }
    let _ = import::extensions(file);
    let names = import::needs(file).unwrap_or_default();
    // The file's own end stands for every other file: bytes that damage reaches.
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
            assert!(item.parts().len() < 10_000_000);
            true
        }
        Err(error) => {
            assert!(!error.message().is_empty() && error.message().len() < 2000);
            false
        }
    }
}
