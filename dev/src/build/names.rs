//! Short names between a wasm file and its glue: what wasm-bindgen calls `__wbg_setFormat_0123456789abcdef` is written in
//! both, and nobody reads either.

use std::collections::BTreeMap;
use wasm_bindgen_cli_support::Output;
pub use words::{rename, short};

#[path = "../../../shaders/words.rs"]
mod words;

/// Gives every import a short name; the answer is how the glue must say it, old name to new. They are keys of one object there,
/// so no name of the script's own is in the way.
pub fn shorten(output: &mut Output) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (index, import) in output.wasm_mut().imports.iter_mut().enumerate() {
        let name = short(index);
        names.insert(std::mem::replace(&mut import.name, name.clone()), name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{rename, short};
    use std::collections::{BTreeMap, HashSet};

    #[test]
    fn no_two_names_are_alike() {
        let names: HashSet<String> = (0..5000).map(short).collect();
        assert_eq!(names.len(), 5000);
        assert!(names.contains("a") && names.contains("Z") && names.contains("aa"));
    }

    #[test]
    fn whole_words_are_renamed_and_nothing_else() {
        let names = BTreeMap::from([("__wbg_new_1".to_owned(), "b".to_owned())]);
        let script = "{ __wbg_new_1: f(__wbg_new_12, $__wbg_new_1), \u{e9} }";
        assert_eq!(rename(script, &names), "{ b: f(__wbg_new_12, $__wbg_new_1), \u{e9} }");
    }
}
