//! Which module of `src` may name which: the map of `src/lib.rs` as a table.

use super::Complaint;
use super::code::Code;
use std::collections::BTreeSet;

/// What a module may name.
pub struct Layer {
    pub module: &'static str,
    /// Modules of ours, besides itself.
    pub ours: &'static [&'static str],
    /// Crates besides `std`.
    pub outside: &'static [&'static str],
    /// Whether it may ask for the time, files, threads or the machine.
    pub world: bool,
}

const fn pure(module: &'static str, ours: &'static [&'static str], outside: &'static [&'static str]) -> Layer {
    Layer { module, ours, outside, world: false }
}

/// From the ground up; nothing looks upward.
pub const LAYERS: [Layer; 16] = [
    pure("math", &[], &["glam"]),
    pure("color", &["math"], &["glam"]),
    pure("decimal", &[], &[]),
    pure("model", &["math", "color"], &["glam"]),
    pure("shelf", &[], &[]),
    pure("unpack", &[], &["draco_oxide_core", "draco_oxide_decoder", "meshoptimizer_rs", "bevy_mikktspace", "basisu"]),
    pure("import", &["unpack", "shelf", "model", "math", "color"], &["glam", "serde_json"]),
    pure("export", &["model", "math", "color"], &["glam", "serde_json"]),
    pure("scene", &["shelf", "model", "math", "color"], &["glam"]),
    pure("ar", &["decimal", "math", "color"], &["glam", "serde_json"]),
    pure("tryon", &["decimal", "model", "math", "color"], &["glam"]),
    pure("store", &[], &["serde_json", "qrcodegen"]),
    pure(
        "viewer",
        &["tryon", "ar", "scene", "export", "import", "unpack", "shelf", "model", "math", "color"],
        &["glam", "serde_json"],
    ),
    // Of `scene` the finished Frame only; see `complaints`.
    pure("gpu", &["scene", "shelf", "model", "math", "color"], &["glam", "wgpu", "bytemuck"]),
    Layer {
        module: "web",
        ours: &[
            "gpu", "viewer", "store", "shelf", "tryon", "ar", "scene", "export", "import", "unpack", "model", "math",
            "color",
        ],
        outside: &[
            "glam",
            "serde_json",
            "wgpu",
            "wgpu_hal",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "js_sys",
            "web_sys",
            "glow",
        ],
        world: false,
    },
    // The native command uses the library as any program does.
    Layer {
        module: "bin",
        ours: &[],
        outside: &["glam", "serde_json", "wgpu", "image", "re_rav1d", "pollster"],
        world: true,
    },
];

/// Parts of `std` that make the same input give another output, or that no browser has.
const WORLD: [&str; 6] = ["env", "fs", "net", "process", "thread", "time"];

/// The crates that `Cargo.toml` names outside its `dev-dependencies`, as they are written in code.
pub fn direct_crates(manifest: &str) -> BTreeSet<String> {
    let mut crates = BTreeSet::new();
    let mut is_inside = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            is_inside =
                section.ends_with("dependencies") && section != "dev-dependencies" && !section.starts_with("workspace");
            // `[target.'…'.dependencies.web-sys]`
            if let Some((_, name)) = section.rsplit_once("dependencies.") {
                crates.insert(name.replace('-', "_"));
            }
        } else if is_inside && let Some((name, _)) = line.split_once('=') {
            let name = name.trim().trim_end_matches(".workspace");
            if !name.starts_with('#') && !name.is_empty() {
                crates.insert(name.replace('-', "_"));
            }
        }
    }
    crates
}

/// What `code`, the file `name` of `src`, names although it may not.
pub fn complaints(name: &str, code: &Code, crates: &BTreeSet<String>) -> Vec<Complaint> {
    let module = name.split(['/', '.']).next().unwrap_or_default();
    if module == "lib" || super::files::is_test(name) {
        return Vec::new();
    }
    let Some(layer) = LAYERS.iter().find(|layer| layer.module == module) else {
        let text = format!("the map does not know `{module}`: give it a row in tests/tidy/arrows.rs and in src/lib.rs");
        return vec![Complaint::new(0, text)];
    };
    let code = code.without_tests();
    let words: Vec<(usize, &str)> = code.words().collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        found.extend(complaint_at(layer, &words, at, crates));
    }
    found
}

fn complaint_at(layer: &Layer, words: &[(usize, &str)], at: usize, crates: &BTreeSet<String>) -> Vec<Complaint> {
    let word = |at: usize| words.get(at).map_or("", |(_, word)| *word);
    let is_path_start = word(at.wrapping_sub(1)) != "::" && word(at + 1) == "::";
    let line = words[at].0;
    let module = layer.module;
    let may_not = |what: String, advice: &str| Complaint::new(line, format!("`{module}` may not use {what}: {advice}"));
    match word(at) {
        // In the command `crate` is the command itself: what it takes from the library it names `vitrine`.
        "crate" if is_path_start && module != "bin" => names_behind(words, at + 1)
            .into_iter()
            .filter(|(name, next)| match *name {
                name if name == module => false,
                "scene" if module == "gpu" => !names_behind(words, *next).iter().all(|(name, _)| *name == "frame"),
                name => !layer.ours.contains(&name),
            })
            .map(|(name, _)| {
                may_not(format!("`crate::{name}`"), "arrows go down only; pass plain values, or move the code")
            })
            .collect(),
        "std" | "core" if is_path_start && !layer.world => names_behind(words, at + 1)
            .into_iter()
            .filter(|(name, next)| WORLD.contains(name) && !(*name == "time" && is_duration(words, *next)))
            .map(|(name, _)| may_not(format!("`std::{name}`"), "take it in as an event or an argument"))
            .collect(),
        "super" if is_path_start && word(at + 2) == "super" => {
            vec![may_not("`super::super`".into(), "say `crate::…`, which shows where it is")]
        }
        "*" if word(at.wrapping_sub(1)) == "::" && word(at.wrapping_sub(2)) != "prelude" => {
            vec![may_not("`::*`".into(), "name what you use")]
        }
        name if (is_path_start || is_used_whole(words, at))
            && crates.contains(name)
            && !layer.outside.contains(&name) =>
        {
            vec![may_not(format!("the crate `{name}`"), "the table in tests/tidy/arrows.rs says which layer has it")]
        }
        _ => Vec::new(),
    }
}

/// A length of time is a plain value; only clocks are not.
fn is_duration(words: &[(usize, &str)], at: usize) -> bool {
    let names = names_behind(words, at);
    !names.is_empty() && names.iter().all(|(name, _)| *name == "Duration")
}

fn is_used_whole(words: &[(usize, &str)], at: usize) -> bool {
    at > 0 && words[at - 1].1 == "use"
}

/// The names that follow a path at its `::`: one, or those at the top of its braces; each with the place behind it.
fn names_behind<'a>(words: &[(usize, &'a str)], at: usize) -> Vec<(&'a str, usize)> {
    let word = |at: usize| words.get(at).map_or("", |(_, word)| *word);
    if word(at) != "::" {
        return Vec::new();
    }
    if word(at + 1) != "{" {
        return words.get(at + 1).map(|(_, name)| (*name, at + 2)).into_iter().collect();
    }
    let mut names = Vec::new();
    let mut depth = 0usize;
    for (next, (_, name)) in words.iter().enumerate().skip(at + 1) {
        match *name {
            "{" => depth += 1,
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            name if depth == 1 && ["{", ","].contains(&word(next - 1)) => names.push((name, next + 1)),
            _ => {}
        }
    }
    names
}

#[test]
fn an_arrow_that_goes_up_is_seen() {
    use super::code::Language;
    let crates = direct_crates(
        "[dependencies]\nglam = 1\nwgpu = 2\n[dev-dependencies]\nimage = 3\n[target.'x'.dependencies.web-sys]\n",
    );
    assert_eq!(crates.iter().map(String::as_str).collect::<Vec<_>>(), ["glam", "web_sys", "wgpu"]);
    let count = |name: &str, text: &str| complaints(name, &Code::of(text, Language::Rust), &crates).len();
    for (name, text, expected) in [
        ("scene/frame.rs", "use crate::{math::Aabb, model, gpu::Gpu};", 1),
        ("scene/frame.rs", "fn a() -> crate::web::View { glam::Vec3::X }", 1),
        ("scene/frame.rs", "use wgpu; use std::{fmt, time::Instant};", 2),
        ("scene/frame.rs", "use std::time::Duration; use glam::*; use super::super::ar;", 2),
        ("scene/frame.rs", "#[cfg(test)] mod tests { use crate::gpu; }", 0),
        ("gpu/mod.rs", "use crate::scene::frame::{Draw, Frame}; use crate::scene::{frame, camera};", 1),
        ("math.rs", "pub use glam::{Vec2, Vec3};", 0),
        ("news.rs", "", 1),
    ] {
        assert_eq!(count(name, text), expected, "{name}: {text}");
    }
}
