//! Bytes to [`Model`]: the only place that knows glTF. Never fetches, never panics.

use crate::model::Model;
use std::collections::HashMap;

/// The other files a product names, in file order, as written (percent-decoding and resolving are the caller's).
///
/// # Errors
/// The same as [`read`] for a container or JSON that cannot be understood at all.
pub fn needs(_file: &[u8]) -> Result<Vec<String>, Error> {
    Ok(Vec::new())
}

/// Reads a .glb or .gltf. `others` holds the files of [`needs`] by the same names; a missing picture is a warning,
/// a missing buffer an error.
///
/// # Errors
/// Says what is wrong, where in the file, and what the shop can do about it.
pub fn read(_file: &[u8], _others: &HashMap<String, Vec<u8>>) -> Result<Import, Error> {
    Err(Error { code: "not-gltf", message: "nothing reads files yet".into() })
}

/// A product and what was left out of it.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// What is drawn.
    pub model: Model,
    /// What is not drawn as the file says, one sentence each, for the shop's developer.
    pub warnings: Vec<String>,
}

/// Why a file gives no product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Stable, for programs: `not-gltf`, `truncated`, `unsupported-extension`, `missing-file`, `invalid-gltf`, `too-large`.
    pub code: &'static str,
    /// For people: what is wrong, where, and what to do.
    pub message: String,
}
