//! TypeScript: checks `www`, and writes the declarations that the npm package carries.

use crate::Failure;
use crate::files::{self, Contents, Fingerprint, Stamp, WORK};
use crate::progress::Done;
use crate::tool::Tool;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where the declarations of all of `www` lie.
fn folder() -> PathBuf {
    Path::new(WORK).join("types")
}

/// Needs the glue's own declarations, so it comes after the wasm builds.
pub fn build() -> Result<Done, Failure> {
    let sources =
        files::below(Path::new("www")).into_iter().filter(|path| path.extension().is_some_and(|end| end == "ts"));
    let stamp = Stamp::new(
        "types",
        Fingerprint::of_step(include_str!("types.rs"))
            .with_files(sources)
            .with_files(files::below(&super::wasm::types_folder()))
            .with_files(["tsconfig.json", "package-lock.json"]),
    );
    if stamp.is_current([folder().join("vitrine-view.d.ts")]) {
        return Ok(Done::Unchanged);
    }
    files::mirror(&folder(), &Contents::new())?;
    let to = folder().display().to_string();
    typescript().arguments(["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", &to]).quiet()?;
    stamp.set()?;
    Ok(Done::Fresh)
}

/// The same check without writing anything.
pub fn check() -> Result<(), Failure> {
    typescript().quiet().map(|_| ())
}

fn typescript() -> Tool {
    Tool::npm("tsc", "mend what it says about the scripts of www.").arguments([
        "--project",
        "tsconfig.json",
        "--pretty",
        "false",
    ])
}

/// The element's declarations and all that they lean on, by name.
pub fn of_element() -> Result<Contents, Failure> {
    let mut found = Contents::new();
    let mut open = BTreeSet::from(["vitrine-view.d.ts".to_owned()]);
    while let Some(name) = open.pop_first() {
        let path =
            [folder().join(&name), super::wasm::types_folder().join(&name)].into_iter().find(|path| path.is_file());
        let path = path.ok_or_else(|| format!("the declarations lean on {name}, which tsc did not write."))?;
        let text = String::from_utf8_lossy(&files::read(&path)?).into_owned();
        found.insert(name, path);
        open.extend(neighbours(&text).into_iter().filter(|name| !found.contains_key(name)));
    }
    Ok(found)
}

/// The modules beside this one that its declarations name: `./attributes.js` is declared in `attributes.d.ts`.
fn neighbours(text: &str) -> Vec<String> {
    let quoted = text.split(['"', '\'']).filter_map(|part| part.strip_prefix("./")?.strip_suffix(".js"));
    quoted.map(|name| format!("{name}.d.ts")).collect()
}

#[cfg(test)]
mod tests {
    use super::neighbours;

    #[test]
    fn finds_what_declarations_lean_on() {
        let text = "import type { Fit } from './fit.js';\nexport { a } from \"./b.js\";\nlet c: import(\"./d.js\").D;";
        assert_eq!(neighbours(text), ["fit.d.ts", "b.d.ts", "d.d.ts"]);
    }
}
