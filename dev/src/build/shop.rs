//! `dist/shop`: the pages of `www`, the element, the demo products, and on this machine an emulated phone.

use super::bundle::Outputs;
use super::{Emulator, Kind, SHOP};
use crate::Failure;
use crate::files::{self, Contents};
use crate::progress::Done;
use std::path::Path;

/// Sources and notes that no browser asks for.
const NOT_SERVED: [&str; 4] = ["ts", "md", "txt", "rs"];

pub fn assemble(kind: Kind, emulator: Emulator) -> Result<Done, Failure> {
    let outputs = Outputs::of(kind)?;
    let mut contents = Contents::new();
    // `assets/products/chair.glb` is served as `/products/chair.glb`.
    for folder in ["www", "assets"] {
        contents.extend(served(Path::new(folder)));
    }
    contents.extend(outputs.pages);
    contents.extend(outputs.element);
    contents.extend(outputs.wasm);
    contents.extend(trackers());
    if emulator == Emulator::With {
        contents.extend(emulated_phone());
    }
    files::mirror(Path::new(SHOP), &contents)?;
    Ok(Done::Fresh)
}

fn served(folder: &Path) -> Contents {
    let is_served = |path: &Path| !path.extension().is_some_and(|end| NOT_SERVED.iter().any(|other| end == *other));
    let paths = files::below(folder).into_iter().filter(|path| is_served(path));
    paths.map(|path| (files::name_below(folder, &path), path)).collect()
}

/// The packages that find faces and hands with models of their own, as a shop that offers try-on keeps them.
fn trackers() -> Contents {
    let from = Path::new("node_modules/@mediapipe");
    let is_served = |name: &str| !name.ends_with(".md") && !name.ends_with(".json") && !name.ends_with(".d.ts");
    let files = ["face_mesh", "hands"].into_iter().flat_map(|package| files::below(&from.join(package)));
    let named = files.map(|path| (files::name_below(from, &path), path));
    named.filter(|(name, _)| is_served(name)).map(|(name, path)| (format!("mediapipe/{name}"), path)).collect()
}

/// A phone (IWER) and rooms (SEM) made of script, under `/emulator/`: only on a developer's machine, never published.
fn emulated_phone() -> Contents {
    let scripts = [("iwer.min.js", "iwer/build/iwer.min.js"), ("iwer-sem.min.js", "@iwer/sem/build/iwer-sem.min.js")];
    let mut contents: Contents = scripts
        .into_iter()
        .map(|(name, path)| (format!("emulator/{name}"), Path::new("node_modules").join(path)))
        .collect();
    let rooms = Path::new("node_modules/@iwer/sem/captures");
    let named =
        files::below(rooms).into_iter().map(|path| (format!("emulator/{}", files::name_below(rooms, &path)), path));
    contents.extend(named);
    contents
}
