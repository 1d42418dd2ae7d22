//! Words of a source text and short names for them: for the shaders, and for what stands between a wasm file and its glue.

use std::collections::BTreeMap;

/// Words, and what stands between them. A number with its suffix is one piece too.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|letter| is_part(letter) != is_part(first)).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

/// The same text with the words of `names`, old name to new, renamed.
pub fn rename(text: &str, names: &BTreeMap<String, String>) -> String {
    pieces(text).map(|piece| names.get(piece).map_or(piece, String::as_str)).collect()
}

/// a, b, … Z, aa, ba, …
pub fn short(index: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let last = char::from(LETTERS[index % LETTERS.len()]);
    let rest = (index / LETTERS.len()).checked_sub(1);
    rest.map(short).unwrap_or_default() + &last.to_string()
}
