//! Texts that only later code reads, for the second file of a split module: shaders of passes that the first picture does without,
//! and sentences.

use super::Kind;
use super::wasm::{self, Module};
use crate::Failure;
use crate::files;
use std::path::{Path, PathBuf};

/// Shaders of panoramas, of rooms, of the mirror, of a product's own light and of crossing veils; not those that are compiled
/// with the first picture's.
const SHADERS: [&str; 14] = [
    "panorama",
    "backdrop",
    "occluder",
    "peel",
    "occlusion",
    "ray",
    "reticle",
    "caption",
    "room",
    "room_lying",
    "room_surface",
    "camera_picture",
    "feed",
    "feed_present",
];

/// Sources whose sentences nothing says before.
const SPEAKERS: [&str; 5] = ["src/ar", "src/tryon", "src/viewer/sizes.rs", "src/import/radiance.rs", "src/web/xr"];

/// A shorter one may stand in first code, too, and is kept once for both.
const SHORTEST: usize = 16;

/// All of them, as they stand in the compiled module.
pub fn later(module: Module, kind: Kind) -> Result<Vec<Vec<u8>>, Failure> {
    let mut texts = shaders(&wasm::output_folder(module, kind).join("build"))?;
    for source in SPEAKERS.iter().flat_map(|speaker| sources(Path::new(speaker))) {
        texts.extend(sentences(&String::from_utf8_lossy(&files::read(&source)?)));
    }
    Ok(texts)
}

/// As the build script has stripped them; it may have run several times in folders of different names.
fn shaders(scripts: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let mut texts = Vec::new();
    for name in SHADERS {
        let file = PathBuf::from(format!("out/{name}.wgsl"));
        let found = files::below(scripts).into_iter().filter(|path| path.ends_with(&file));
        let mut found = found.map(|path| files::read(&path)).collect::<Result<Vec<_>, _>>()?;
        if found.is_empty() {
            return Err(format!("there is no shader {name} below {}.", scripts.display()));
        }
        texts.append(&mut found);
    }
    Ok(texts)
}

fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() { vec![path.to_owned()] } else { files::below(path) }
}

/// The plain text literals of a source: those with escapes, and those that `format!` takes apart, stay where they are.
fn sentences(source: &str) -> Vec<Vec<u8>> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let literals = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_plain = |text: &&str| text.len() >= SHORTEST && !text.contains(['\\', '{', '}']);
    literals.filter(is_plain).map(|text| text.as_bytes().to_vec()).collect()
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn sentences_are_the_long_plain_literals() {
        let source = "let a = \"a sentence of its own\"; // \"no\"\n    // \"nothing that is commented\"\n    f(\"short\", \"with a {hole} to be filled\")";
        assert_eq!(sentences(source), [b"a sentence of its own".to_vec()]);
    }
}
