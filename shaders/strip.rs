//! Build script: the shaders without comments and indentation, for `src/gpu/shaders.rs`. What shops download has short names as
//! well; everywhere else, and in builds for developers, names stay, so that errors can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, error::Error, fs, path::Path};
use words::{pieces, rename, short};

mod words;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=shaders");
    let out = env::var("OUT_DIR")?;
    let mut shaders = BTreeMap::new();
    for entry in fs::read_dir("shaders")? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "wgsl") {
            shaders.insert(path.file_name().unwrap_or_default().to_owned(), strip(&fs::read_to_string(&path)?));
        }
    }
    let is_for_shops =
        env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" && env::var("CARGO_FEATURE_CONSOLE_PANICS").is_err();
    let texts: Vec<String> = shaders.values().cloned().collect();
    let texts = if is_for_shops { shortened(&texts) } else { texts };
    for (name, text) in shaders.keys().zip(texts) {
        fs::write(Path::new(&out).join(name), text)?;
    }
    Ok(())
}

/// Line breaks stay, so that an error in the browser's console names something short.
fn strip(shader: &str) -> String {
    let lines = shader.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).fold(String::new(), |text, line| text + line + "\n")
}

/// The same shaders with short names, on one line each.
pub fn shortened(shaders: &[String]) -> Vec<String> {
    let mut words = Words::default();
    shaders.iter().for_each(|shader| words.add(shader));
    let names = words.short_names();
    shaders.iter().map(|shader| tighten(&rename(shader, &names))).collect()
}

fn is_word(piece: &str) -> bool {
    piece.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
}

/// Words that the shaders use, by what they are.
#[derive(Default)]
struct Words<'a> {
    counts: BTreeMap<&'a str, usize>,
    /// Functions and types of ours.
    callable: BTreeSet<&'a str>,
    /// Constants, variables, parameters and members of ours.
    values: BTreeSet<&'a str>,
    /// What is called anywhere.
    called: BTreeSet<&'a str>,
    /// Entry points, overrides, and what attributes say.
    outside: BTreeSet<&'a str>,
}

impl<'a> Words<'a> {
    fn add(&mut self, shader: &'a str) {
        let pieces: Vec<&str> = pieces(shader).collect();
        let (mut in_attribute, mut is_entry) = (false, false);
        for (index, word) in pieces.iter().enumerate() {
            let piece = |offset: usize| pieces.get(index.wrapping_sub(offset)).copied().unwrap_or_default();
            let (before, behind) = (piece(1), pieces.get(index + 1).copied().unwrap_or_default());
            if !is_word(word) {
                in_attribute &= !word.contains(')');
                continue;
            }
            *self.counts.entry(word).or_default() += 1;
            if in_attribute || before.ends_with('@') {
                self.outside.insert(word);
                is_entry |= ["vertex", "fragment"].contains(word);
                in_attribute |= behind.starts_with('(');
                continue;
            }
            // `var<private> name` has its keyword farther away.
            let is_variable =
                before.ends_with("> ") && pieces[..index].iter().rev().take(8).any(|piece| *piece == "var");
            match piece(2) {
                "fn" if before == " " && std::mem::take(&mut is_entry) => _ = self.outside.insert(word),
                "override" if before == " " => _ = self.outside.insert(word),
                "fn" | "struct" | "alias" if before == " " => _ = self.callable.insert(word),
                "let" | "const" | "var" if before == " " => _ = self.values.insert(word),
                _ if is_variable || behind.starts_with(':') => _ = self.values.insert(word),
                _ if behind.starts_with(['(', '<']) => _ = self.called.insert(word),
                _ => {}
            }
        }
    }

    /// A short name for every name of ours, the most frequent first. What means something outside stays, and what is a name
    /// of the language somewhere: a function of its own, or a swizzle.
    fn short_names(&self) -> BTreeMap<String, String> {
        let is_swizzle = |word: &str| word.len() <= 4 && word.chars().all(|letter| "xyzwrgba".contains(letter));
        let is_language = |word: &str| self.called.contains(word) && !self.callable.contains(word);
        let is_ours =
            |word: &&str| !self.outside.contains(word) && !is_swizzle(word) && !is_language(word) && *word != "default";
        let mut ours: Vec<&str> = self.callable.union(&self.values).copied().filter(is_ours).collect();
        ours.sort_by_key(|word| std::cmp::Reverse(self.counts.get(word)));
        let is_free = |name: &String| {
            let name = name.as_str();
            !["as", "do", "fn", "if", "of"].contains(&name) && (!self.counts.contains_key(name) || ours.contains(&name))
        };
        let fresh = (0..).map(short).filter(is_free);
        ours.iter().map(|word| (*word).to_owned()).zip(fresh).collect()
    }
}

/// Without line breaks and the spaces beside brackets and commas. Those beside operators stay: `a - -b` is not `a--b`.
fn tighten(shader: &str) -> String {
    let mut tight: String = shader.replace('\n', " ");
    for mark in [",", ";", ":", "{", "}", "(", ")", "=", "+", "*"] {
        tight = tight.replace(&format!(" {mark}"), mark).replace(&format!("{mark} "), mark);
    }
    tight
}
