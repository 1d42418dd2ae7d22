//! Files: the root of the tree, lists, fingerprints of contents, and folders that hold exactly what they should.

use crate::Failure;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

/// Where everything between the sources and `dist` lies, from the root.
pub const WORK: &str = "target/dev";

/// From here on every path is seen from the root of the tree.
pub fn enter_root() -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::env::set_current_dir(&root).map_err(|error| format!("cannot enter {}: {error}", root.display()))
}

/// Every file below `folder`, sorted; nothing when there is no such folder.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The name of `path` as seen from `folder`, with forward slashes.
pub fn name_below(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    fs::write(path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// A folder to be: the name of each file in it, and where its contents lie now.
pub type Contents = BTreeMap<String, PathBuf>;

/// Makes `folder` hold exactly `contents`: equal files are left alone, others written, strangers removed.
pub fn mirror(folder: &Path, contents: &Contents) -> Result<(), Failure> {
    for (name, source) in contents {
        let to = folder.join(name);
        let bytes = read(source)?;
        if fs::read(&to).ok().as_ref() != Some(&bytes) {
            write(&to, &bytes)?;
        }
    }
    for path in below(folder) {
        if !contents.contains_key(&name_below(folder, &path)) {
            fs::remove_file(&path).map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// A number that changes when any input of a step changes.
#[derive(Default)]
pub struct Fingerprint {
    hasher: DefaultHasher,
}

impl Fingerprint {
    /// Begins with the step's own source text: a changed step runs again.
    pub fn of_step(source: &str) -> Self {
        Self::default().with_text(source)
    }

    pub fn with_text(mut self, text: &str) -> Self {
        text.hash(&mut self.hasher);
        self
    }

    pub fn with_bytes(mut self, bytes: &[u8]) -> Self {
        bytes.hash(&mut self.hasher);
        self
    }

    /// The names and contents of `paths`; a missing file counts as such.
    pub fn with_files<Name: AsRef<Path>>(mut self, paths: impl IntoIterator<Item = Name>) -> Self {
        let sorted: BTreeSet<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_owned()).collect();
        for path in sorted {
            path.hash(&mut self.hasher);
            fs::read(&path).ok().hash(&mut self.hasher);
        }
        self
    }

    pub fn finish(self) -> String {
        format!("{:016x}", self.hasher.finish())
    }
}

/// The note of what a step last worked on.
pub struct Stamp {
    path: PathBuf,
    fingerprint: String,
}

impl Stamp {
    pub fn new(step: &str, fingerprint: Fingerprint) -> Self {
        Self { path: Path::new(WORK).join("stamps").join(step), fingerprint: fingerprint.finish() }
    }

    /// Whether the step's last success had the same inputs and its `outputs` are still there.
    pub fn is_current<Name: AsRef<Path>>(&self, outputs: impl IntoIterator<Item = Name>) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|last| last == self.fingerprint)
            && outputs.into_iter().all(|output| output.as_ref().exists())
    }

    /// The step has succeeded.
    pub fn set(&self) -> Result<(), Failure> {
        write(&self.path, self.fingerprint.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{Contents, Fingerprint, below, mirror, name_below, write};
    use std::fs;
    use std::path::PathBuf;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("vitrine-dev-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_mirror_holds_exactly_its_contents() {
        let folder = scratch("mirror");
        write(&folder.join("from/a"), b"new").unwrap();
        write(&folder.join("to/x/a"), b"old").unwrap();
        write(&folder.join("to/stranger"), b"?").unwrap();
        let contents: Contents = [("x/a".to_owned(), folder.join("from/a"))].into();
        mirror(&folder.join("to"), &contents).unwrap();
        let names: Vec<_> = below(&folder.join("to")).iter().map(|path| name_below(&folder.join("to"), path)).collect();
        assert_eq!(names, ["x/a"]);
        assert_eq!(fs::read(folder.join("to/x/a")).unwrap(), b"new");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_fingerprint_sees_contents_and_absence() {
        let folder = scratch("fingerprint");
        let print = || Fingerprint::of_step("step").with_files([folder.join("a")]).finish();
        let absent = print();
        write(&folder.join("a"), b"").unwrap();
        let empty = print();
        write(&folder.join("a"), b"1").unwrap();
        let one = print();
        assert!(absent != empty && empty != one);
        assert_eq!(one, print());
        fs::remove_dir_all(folder).unwrap();
    }
}
