//! What the reader makes of files: every rule of glTF by a file built for it, every way to be broken, and the opinion
//! of another reader on files from elsewhere.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)] // a test fails by panicking

#[path = "import/broken.rs"]
mod broken;
#[path = "import/broken_types.rs"]
mod broken_types;
#[path = "import/fuzz.rs"]
mod fuzz;
#[path = "support/glb.rs"]
mod glb;
#[path = "import/lamps.rs"]
mod lamps;
#[path = "import/light.rs"]
mod light;
#[path = "import/lobes.rs"]
mod lobes;
#[path = "import/looks.rs"]
mod looks;
#[path = "import/motion.rs"]
mod motion;
#[path = "import/oracle.rs"]
mod oracle;
#[path = "import/packaging.rs"]
mod packaging;
#[path = "import/rich.rs"]
mod rich;
#[path = "import/shapes.rs"]
mod shapes;
#[path = "import/sound.rs"]
mod sound;
#[path = "import/survive.rs"]
mod survive;
#[path = "import/uv_sets.rs"]
mod uv_sets;

use glb::Glb;
use std::path::{Path, PathBuf};
use vitrine::import::Files;
use vitrine::import::{self, Import};
use vitrine::model::{Material, Primitive};

/// Reads a file that needs no others and must be right.
fn read(glb: &Glb) -> Import {
    read_with(glb, &Files::default())
}

/// Reads a file that must be right, and checks what every model promises.
fn read_with(glb: &Glb, others: &Files) -> Import {
    let import = import::read(&glb.to_bytes(), others).unwrap_or_else(|error| panic!("{error}\n{:#}", glb.json));
    sound::check(&import.model);
    import
}

/// The first primitive of a file that must be right and give no warning.
fn read_primitive(glb: &Glb) -> Primitive {
    let mut import = read(glb);
    assert_eq!(import.warnings, Vec::<String>::new(), "{:#}", glb.json);
    import.model.meshes.remove(0).primitives.remove(0)
}

/// The first material of a file that must be right and give no warning.
fn read_material(glb: &Glb) -> Material {
    let mut import = read(glb);
    assert_eq!(import.warnings, Vec::<String>::new(), "{:#}", glb.json);
    import.model.materials.remove(0)
}

/// A folder of test data that is too large for the tree: it lies in `shared`, beside or above the checkout.
fn shared(name: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let folder = above.map(|folder| folder.join("shared").join(name)).find(|folder| folder.is_dir());
    if folder.is_none() {
        println!("SKIPPED: no folder shared/{name} beside the checkout");
    }
    folder
}
