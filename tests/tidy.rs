//! Keeps the tree in the shape that `src/lib.rs` draws: arrows between modules, lengths, first lines, what is absent.
//!
//! Every complaint says what to do. A new module of `src` needs a row in [`arrows::LAYERS`].

#[path = "tidy/arrows.rs"]
mod arrows;
#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/files.rs"]
mod files;

use code::{Code, Language};
use files::{TextFile, text_files};
use std::path::Path;

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 70;

/// What is wrong in one place.
struct Complaint {
    /// Counted from 1; 0 means the whole file.
    line: usize,
    /// What is wrong and what to do.
    text: String,
}

impl Complaint {
    fn new(line: usize, text: impl Into<String>) -> Self {
        Self { line, text: text.into() }
    }
}

/// Fails with all complaints at once, each with its place.
fn check(look: impl Fn(&TextFile) -> Vec<Complaint>) {
    let files = text_files();
    assert!(files.len() > 20, "only {} files found: the walk through the tree is broken", files.len());
    let mut lines = Vec::new();
    for file in &files {
        for complaint in look(file) {
            lines.push(format!("{}:{}: {}", file.name, complaint.line, complaint.text));
        }
    }
    assert!(lines.is_empty(), "{} complaints\n{}", lines.len(), lines.join("\n"));
}

fn is_rust(file: &TextFile) -> bool {
    file.name.ends_with(".rs")
}

/// Scripts and shaders of ours.
fn is_other_code(file: &TextFile) -> bool {
    [".wgsl", ".ts", ".mjs"].iter().any(|ending| file.name.ends_with(ending))
}

#[test]
fn modules_look_only_downward() {
    let crates = arrows::direct_crates(&files::read("Cargo.toml"));
    assert!(crates.contains("glam") && crates.contains("web_sys"), "Cargo.toml is read wrongly: {crates:?}");
    check(|file| match file.name.strip_prefix("src/") {
        Some(name) if is_rust(file) => arrows::complaints(name, &Code::of(&file.text, Language::Rust), &crates),
        _ => Vec::new(),
    });
}

#[test]
fn every_file_says_first_what_it_is_for() {
    check(|file| {
        let first = file.text.lines().next().unwrap_or_default();
        if is_rust(file) && first.strip_prefix("//! ").is_none_or(|words| words.len() < 10) {
            return vec![Complaint::new(1, "the first line says with `//! ` what the file is for: add it")];
        }
        if is_other_code(file) && !["//", "/*"].iter().any(|begin| first.starts_with(begin)) {
            return vec![Complaint::new(1, "the first line is a comment that says what the file is for: add it")];
        }
        Vec::new()
    });
}

#[test]
fn files_and_functions_can_be_read_in_one_go() {
    check(|file| {
        let mut found = Vec::new();
        let lines = file.text.lines().count();
        if (is_rust(file) || is_other_code(file)) && lines > FILE_LINES {
            found.push(Complaint::new(0, format!("{lines} lines, {FILE_LINES} are allowed: split it by its nouns")));
        }
        if is_rust(file) || file.name.ends_with(".wgsl") {
            for function in Code::of(&file.text, Language::Rust).functions() {
                if function.lines > FUNCTION_LINES {
                    let text = format!(
                        "`{}` has {} lines, {FUNCTION_LINES} are allowed: give its steps names of their own",
                        function.name, function.lines
                    );
                    found.push(Complaint::new(function.line, text));
                }
            }
        }
        found
    });
}

#[test]
fn the_library_never_gives_up() {
    let calls = [
        (".unwrap()", "return an error that says what is wrong"),
        (".expect(", "return an error that says what is wrong"),
        ("panic!(", "return an error; a panic takes the page's viewer with it"),
        ("todo!(", "do it, or leave the way to it out"),
        ("unimplemented!(", "do it, or leave the way to it out"),
    ];
    check(|file| {
        if !file.name.starts_with("src/") || !is_rust(file) || files::is_test(&file.name) {
            return Vec::new();
        }
        let code = Code::of(&file.text, Language::Rust).without_tests();
        let mut found = Vec::new();
        for (call, advice) in calls {
            found.extend(code.lines_with(call).map(|line| Complaint::new(line, format!("`{call}`: {advice}"))));
        }
        found
    });
}

#[test]
fn only_one_file_is_unsafe() {
    let mut unsafe_files = Vec::new();
    for file in text_files().iter().filter(|file| file.name.starts_with("src/") && is_rust(file)) {
        if Code::of(&file.text, Language::Rust).words().any(|(_, word)| word == "unsafe") {
            unsafe_files.push(file.name.clone());
        }
    }
    let is_allowed = unsafe_files.len() <= 1 && unsafe_files.iter().all(|name| name.starts_with("src/web/"));
    assert!(is_allowed, "`unsafe` stands in {unsafe_files:?}: only one file, in src/web, wraps the XR frame buffer");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    check(|file| {
        let is_ours = is_rust(file) || is_other_code(file) || file.name.ends_with(".toml");
        let lines =
            file.text.lines().enumerate().filter(|(_, line)| is_ours && marks.iter().any(|mark| line.contains(mark)));
        lines.map(|(at, _)| Complaint::new(at + 1, "a note for later: do it now, or say what is so and why")).collect()
    });
}

#[test]
fn no_file_knows_a_machine_or_a_registry() {
    check(|file| {
        let mut found = Vec::new();
        for (at, line) in file.text.lines().enumerate() {
            if let Some(path) = files::machine_path(line) {
                let text = format!("`{path}` exists on one machine only: use a path seen from the tree");
                found.push(Complaint::new(at + 1, text));
            }
            if let Some(host) = files::registry(&file.name, line) {
                let text =
                    format!("`{host}` names a package registry: leave its address to each machine's own settings");
                found.push(Complaint::new(at + 1, text));
            }
        }
        found
    });
}

#[test]
fn every_asset_has_a_note_of_origin() {
    let lacking = files::assets_without_origin(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(
        lacking.is_empty(),
        "no note of origin (source, author, licence) for {lacking:?}: name each in a README.md or ORIGIN.md of its folder, \
         or put a .txt of its name beside it"
    );
}
