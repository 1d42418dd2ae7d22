//! Short names between a wasm file and its glue: what wasm-bindgen calls `__wbg_setFormat_0123456789abcdef` is written in
//! both, and nobody reads either.

use std::collections::HashMap;
use wasm_bindgen_cli_support::Output;

/// Gives every import a short name; the answer is how the glue must say it, old name to new.
pub fn shorten(output: &mut Output) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for (index, import) in output.wasm_mut().imports.iter_mut().enumerate() {
        let name = short(index);
        names.insert(std::mem::replace(&mut import.name, name.clone()), name);
    }
    names
}

/// A script with the new names. They are keys of one object there, so no name of the script's own is in the way.
pub fn rewrite(script: &str, names: &HashMap<String, String>) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let mut rewritten = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_part) {
        let (between, word) = rest.split_at(start);
        let (word, behind) = word.split_at(word.find(|letter| !is_part(letter)).unwrap_or(word.len()));
        rewritten += between;
        rewritten += names.get(word).map_or(word, String::as_str);
        rest = behind;
    }
    rewritten + rest
}

/// a, b, … Z, aa, ba, …
pub fn short(mut index: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[index % LETTERS.len()]));
        if index < LETTERS.len() {
            return name;
        }
        index = index / LETTERS.len() - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{rewrite, short};
    use std::collections::{HashMap, HashSet};

    #[test]
    fn no_two_names_are_alike() {
        let names: HashSet<String> = (0..5000).map(short).collect();
        assert_eq!(names.len(), 5000);
        assert!(names.contains("a") && names.contains("Z") && names.contains("aa"));
    }

    #[test]
    fn whole_words_are_renamed_and_nothing_else() {
        let names = HashMap::from([("__wbg_new_1".to_owned(), "b".to_owned())]);
        let script = "{ __wbg_new_1: f(__wbg_new_12, $__wbg_new_1), \u{e9} }";
        assert_eq!(rewrite(script, &names), "{ b: f(__wbg_new_12, $__wbg_new_1), \u{e9} }");
    }
}
