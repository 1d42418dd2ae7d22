//! `cargo dev bench`: how good the pictures and the try-on are, and what a picture of a room costs, in numbers.

mod ball;
mod fidelity;
mod frame;
mod measure;
mod sheet;
mod tryon;

use crate::Failure;
use crate::arguments::Arguments;
use std::path::PathBuf;

pub fn run(words: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::read(words, &["--json"], &[])?;
    match arguments.words(1)?.first().map(String::as_str) {
        Some("fidelity") => fidelity::run(arguments.has("--json")),
        Some("frame") => frame::run(arguments.has("--json")),
        Some("tryon") => tryon::run(arguments.has("--json")),
        Some(other) => Err(format!("there is no bench called `{other}`. There are: fidelity, tryon, frame.")),
        None => Err("say which bench. There are: fidelity, tryon, frame.".into()),
    }
}

/// The folder of test data that is too large for the tree: `shared`, beside or above the checkout.
pub fn shared() -> Option<PathBuf> {
    let root = std::env::current_dir().ok()?;
    root.ancestors().map(|folder| folder.join("shared")).find(|folder| folder.join("fidelity").is_dir())
}
