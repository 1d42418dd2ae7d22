//! `dist/npm`: what `npm publish` would send.

use super::bundle::Outputs;
use super::{Kind, elements, types};
use crate::Failure;
use crate::files::{self, Contents, WORK};
use std::path::Path;

const FOLDER: &str = "dist/npm";
/// The package's front page and its licences: those that are there.
const COMPANIONS: [&str; 3] = ["README.md", "LICENSE-APACHE", "LICENSE-MIT"];

pub fn assemble(kind: Kind) -> Result<(), Failure> {
    let outputs = Outputs::of(kind)?;
    let mut contents: Contents = outputs.element;
    contents.extend(outputs.wasm);
    if kind == Kind::Release {
        contents.extend(types::of_element()?);
    }
    let companions = COMPANIONS.into_iter().filter(|path| Path::new(path).is_file());
    contents.extend(companions.map(|path| (path.to_owned(), path.into())));
    contents.insert("custom-elements.json".to_owned(), elements::build()?);
    let description = Path::new(WORK).join(kind.name()).join("package.json");
    files::write(&description, describe(&contents).as_bytes())?;
    contents.insert("package.json".to_owned(), description);
    files::mirror(Path::new(FOLDER), &contents)
}

/// Written by hand, not as a map: the order counts, `types` must stand first for TypeScript to find it.
fn describe(contents: &Contents) -> String {
    let names: Vec<String> = contents.keys().map(|name| format!("    \"{name}\"")).collect();
    // Loading any of the scripts may define the element, so none may be dropped by a bundler.
    format!(
        r#"{{
  "name": "vitrine",
  "version": "{version}",
  "description": "Products in the shopper's room, at true size, reserved in the store round the corner",
  "license": "MIT OR Apache-2.0",
  "type": "module",
  "exports": {{
    ".": {{ "types": "./vitrine-view.d.ts", "default": "./vitrine-view.js" }},
    "./vitrine-view.js": {{ "types": "./vitrine-view.d.ts", "default": "./vitrine-view.js" }},
    "./*.wasm": "./*.wasm",
    "./custom-elements.json": "./custom-elements.json",
    "./package.json": "./package.json"
  }},
  "types": "./vitrine-view.d.ts",
  "customElements": "custom-elements.json",
  "sideEffects": ["./*.js"],
  "files": [
{files}
  ]
}}
"#,
        version = env!("CARGO_PKG_VERSION"),
        files = names.join(",\n"),
    )
}

#[cfg(test)]
mod tests {
    use super::{Contents, describe};

    #[test]
    fn the_description_is_json_with_types_first() {
        let names = ["custom-elements.json", "vitrine-view.js"];
        let contents: Contents = names.iter().map(|name| ((*name).to_owned(), "x".into())).collect();
        let text = describe(&contents);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["files"].as_array().unwrap().len(), names.len());
        assert_eq!(value["customElements"], names[0]);
        assert!(text.find("\"types\"") < text.find("\"default\""));
    }
}
