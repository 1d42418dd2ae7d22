//! `custom-elements.json`: the element's description for editors, written by `dev/elements.mjs` from the attribute table
//! and the sources, so that it cannot fall behind them. The analyzers there are do not run code: they would not see the
//! attributes, which come from a table.

use crate::Failure;
use crate::files::{self, WORK};
use crate::tool::Tool;
use std::path::{Path, PathBuf};

/// The table, events, the element, and where it has the rest of its members from.
const SOURCES: [&str; 5] =
    ["www/attributes.ts", "www/events.ts", "www/vitrine-view.ts", "www/viewing-element.ts", "www/element/animation.ts"];

/// Writes the description, and says where.
pub fn build() -> Result<PathBuf, Failure> {
    let folder = Path::new(WORK).join("elements");
    let table = folder.join("attributes.mjs");
    Tool::npm("esbuild", "mend what it says about www/attributes.ts.")
        .arguments(["www/attributes.ts", "--bundle", "--format=esm", "--log-level=warning"])
        .arguments([format!("--outfile={}", table.display())])
        .quiet()?;
    let description = Tool::new("node", "mend what it says about the sources of the element.")
        .arguments([Path::new("dev/elements.mjs"), &table])
        .arguments(SOURCES)
        .quiet()?;
    let path = folder.join("custom-elements.json");
    files::write(&path, description.as_bytes())?;
    Ok(path)
}
