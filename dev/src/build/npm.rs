//! `dist/npm`: what `npm publish` would send.

use super::bundle::Outputs;
use super::{Kind, types};
use crate::Failure;
use crate::files::{self, Contents, WORK};
use serde_json::{Value, json};
use std::path::Path;

const FOLDER: &str = "dist/npm";
/// The package's front page, its licences, and the element's description for editors: those that are there.
const COMPANIONS: [(&str, &str); 4] = [
    ("README.md", "README.md"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("custom-elements.json", "www/custom-elements.json"),
];

pub fn assemble(kind: Kind) -> Result<(), Failure> {
    let outputs = Outputs::of(kind)?;
    let mut contents: Contents = outputs.element;
    contents.extend(outputs.wasm);
    if kind == Kind::Release {
        contents.extend(types::of_element()?);
    }
    let companions = COMPANIONS.into_iter().filter(|(_, path)| Path::new(path).is_file());
    contents.extend(companions.map(|(name, path)| (name.to_owned(), path.into())));
    let description = Path::new(WORK).join(kind.name()).join("package.json");
    files::write(&description, format!("{:#}\n", describe(&contents)).as_bytes())?;
    contents.insert("package.json".to_owned(), description);
    files::mirror(Path::new(FOLDER), &contents)
}

fn describe(contents: &Contents) -> Value {
    let mut description = json!({
        "name": "vitrine",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Products in the shopper's room, at true size, reserved in the store round the corner",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "exports": {
            ".": { "types": "./vitrine-view.d.ts", "default": "./vitrine-view.js" },
            "./vitrine-view.js": { "types": "./vitrine-view.d.ts", "default": "./vitrine-view.js" },
            "./*.wasm": "./*.wasm",
            "./package.json": "./package.json",
        },
        "types": "./vitrine-view.d.ts",
        // Loading any of the scripts may define the element.
        "sideEffects": ["./*.js"],
        "files": contents.keys().collect::<Vec<_>>(),
    });
    if contents.contains_key("custom-elements.json") {
        description["customElements"] = json!("custom-elements.json");
        description["exports"]["./custom-elements.json"] = json!("./custom-elements.json");
    }
    description
}
