//! The files of the tree, and what must not stand in any of them.

use std::fs;
use std::path::{Path, PathBuf};

/// A file that is text.
pub struct TextFile {
    /// Seen from the root, with forward slashes.
    pub name: String,
    pub text: String,
}

/// Made by programs, or somebody else's.
const NOT_OURS: [&str; 4] = [".git", "dist", "node_modules", "target"];

/// Every text file of the tree.
pub fn text_files() -> Vec<TextFile> {
    let root = root();
    let named = below(root).into_iter().filter_map(|path| {
        let text = fs::read_to_string(&path).ok()?;
        Some(TextFile { name: name_below(root, &path), text })
    });
    named.collect()
}

/// The text of one file, seen from the root.
pub fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Whether the file is part of the tests only.
pub fn is_test(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| !NOT_OURS.iter().any(|name| entry.file_name() == *name)) {
        let path = entry.path();
        if path.is_dir() { found.extend(below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn name_below(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A path on somebody's disk that `line` names.
pub fn machine_path(line: &str) -> Option<&str> {
    // Written in two halves, as this file is looked at as well.
    let homes = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("/wo", "rk/"),
        concat!("C:\\Us", "ers\\"),
    ];
    for home in homes {
        for (at, _) in line.match_indices(home) {
            // `https://example.com/home/` and `a/work/b` are other things.
            let before = line[..at].chars().next_back();
            let is_start = before.is_none_or(|letter| !(letter.is_alphanumeric() || "._-/})*".contains(letter)));
            let rest = &line[at..];
            let end = rest.find([' ', '"', '\'', '`', ')', '>']).unwrap_or(rest.len());
            if is_start {
                return Some(&rest[..end]);
            }
        }
    }
    None
}

/// The address of a package registry that `line` of the file `name` fixes.
pub fn registry<'a>(name: &str, line: &'a str) -> Option<&'a str> {
    let line = line.trim();
    let is_fixed = match name {
        "package-lock.json" => line.starts_with(concat!("\"reso", "lved\"")),
        "Cargo.lock" => line.starts_with("source = ") && line != CRATES_IO,
        _ => HOSTS.iter().any(|host| line.contains(host)),
    };
    is_fixed.then_some(line)
}

/// What cargo writes everywhere, whatever mirror it used.
const CRATES_IO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
const HOSTS: [&str; 4] = [
    concat!("registry.npm", "js.org"),
    concat!("index.crates", ".io"),
    concat!("sparse+", "http"),
    concat!("npm", "mirror"),
];

/// Files below `assets` that no note speaks of.
pub fn assets_without_origin(root: &Path) -> Vec<String> {
    let assets = below(&root.join("assets")).into_iter().filter(|path| !is_note(path));
    assets.filter(|path| !has_note(path)).map(|path| name_below(root, &path)).collect()
}

fn is_note(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "txt" || end == "md")
}

/// A note of its own, or a note of its folder that has its name or its kind (`*.webp`).
fn has_note(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let kind = format!("*.{}", path.extension().unwrap_or_default().to_string_lossy());
    let own = [path.with_extension("txt"), path.with_file_name(format!("{name}.txt"))];
    let shared = ["README.md", "ORIGIN.md", "README.txt", "ORIGIN.txt"].map(|note| path.with_file_name(note));
    let says = |note: &PathBuf| fs::read_to_string(note).is_ok_and(|text| text.contains(&name) || text.contains(&kind));
    own.iter().any(|note| note.is_file()) || shared.iter().any(says)
}

#[test]
fn a_path_of_one_machine_is_told_from_an_address() {
    let home = concat!("/ho", "me/");
    assert_eq!(machine_path(&format!("run \"{home}ann/vitrine\" now")), Some(format!("{home}ann/vitrine").as_str()));
    assert_eq!(machine_path(&format!("https://example.com{home}page")), None);
}

#[test]
fn a_fixed_registry_is_seen() {
    assert!(registry("package-lock.json", concat!("  \"reso", "lved\": \"https://x\"")).is_some());
    assert!(registry("Cargo.lock", "source = \"registry+https://mirror.example\"").is_some());
    assert!(registry("Cargo.lock", CRATES_IO).is_none());
}

#[test]
fn a_note_may_speak_of_one_file_or_of_a_kind() {
    let root = std::env::temp_dir().join(format!("vitrine-tidy-{}", std::process::id()));
    let write = |name: &str, text: &str| {
        let path = root.join("assets").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("a/chair.glb", "");
    write("a/chair.txt", "ours");
    write("b/x.webp", "");
    write("b/y.png", "");
    write("b/README.md", "All *.webp are drawn by us.");
    let lacking = assets_without_origin(&root);
    fs::remove_dir_all(&root).unwrap();
    assert_eq!(lacking, ["assets/b/y.png"]);
}
