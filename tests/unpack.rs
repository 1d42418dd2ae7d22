//! Packed files and their plain twins: what decoders give is what stands in the plain file, and what they cannot read
//! is told, not suffered.

#![cfg(feature = "unpack")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[path = "unpack/draco.rs"]
mod draco;
#[path = "unpack/meshopt.rs"]
mod meshopt;
#[path = "unpack/pictures.rs"]
mod pictures;
#[path = "unpack/tangents.rs"]
mod tangents;

#[allow(dead_code)] // every test file uses its part of it
#[path = "support/glb.rs"]
mod glb;
#[path = "support/ktx2.rs"]
mod ktx2;

use std::path::Path;
use vitrine::import::Files;
use vitrine::import::{self, Error, Import, Unpacked};
use vitrine::unpack;

/// Reads a file as the command does: jobs first, then the file with what became of them.
fn read(file: &[u8], others: &Files) -> Result<Import, Error> {
    let mut unpacked = Unpacked::default();
    for packed in import::packed(file, others)? {
        let plain = unpack::run(&packed.job).map_err(|reason| packed.failed(&reason))?;
        unpacked.insert(packed.view, plain);
    }
    import::read_unpacked(file, others, &unpacked)
}

/// A model of the test data; none, spoken, where the data is absent.
fn shared(name: &str) -> Option<Import> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|folder| folder.join("shared/models").join(name)).find(|path| path.is_file());
    let Some(path) = found else {
        println!("SKIPPED: no shared/models/{name} beside the checkout");
        return None;
    };
    let (file, others) = load(&path);
    Some(read(&file, &others).unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// The file and those that it needs.
fn load(path: &Path) -> (Vec<u8>, Files) {
    let file = std::fs::read(path).unwrap();
    let others = import::needs(&file).unwrap().into_iter();
    let others = others.map(|name| (name.clone(), std::fs::read(path.with_file_name(name)).unwrap())).collect();
    (file, others)
}
