//! Files instead of a network: an address is a path, and a product's other files lie beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};
use vitrine::viewer::{FetchError, File};

/// What the page would fetch.
pub fn fetch(file: &File, url: &str, base: Option<&str>) -> Result<Vec<u8>, FetchError> {
    let path = match (file, base.and_then(|base| Path::new(base).parent())) {
        (File::Other(_), Some(folder)) => beside(folder, url),
        _ => PathBuf::from(url),
    };
    fs::read(&path).map_err(|error| FetchError::Network(format!("{}: {error}", path.display())))
}

/// A name as a product writes it. Some exporters forget to escape it, so what is there as written goes first.
fn beside(folder: &Path, name: &str) -> PathBuf {
    let as_written = folder.join(name);
    if as_written.is_file() { as_written } else { folder.join(percent_decoded(name)) }
}

/// glTF writes a blank in a file name as `%20`.
fn percent_decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, after @ ..] = rest {
        let code = match (first, after) {
            (b'%', [high, low, ..]) => char::from(*high).to_digit(16).zip(char::from(*low).to_digit(16)),
            _ => None,
        };
        bytes.push(code.map_or(*first, |(high, low)| (high * 16 + low) as u8));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn names_are_unescaped_once() {
        assert_eq!(percent_decoded("a%20b%C3%A9.png"), "a bé.png");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%2520"), "%20");
        assert_eq!(percent_decoded("%zz%4"), "%zz%4");
    }
}
