//! The scripts of `www`, bundled by esbuild: the element, the pages, and the glue of both wasm builds.
//!
//! Entries are `www/vitrine-view.ts`, every `*.worker.ts`, and each script that a page of `www` names. The modules that
//! import the glue lie directly in `www` and say `import("./vitrine_webgpu.js")`: the glue stays a file of its own.

use super::Kind;
use super::wasm::{self, Module};
use crate::Failure;
use crate::files::{self, Contents, Fingerprint, Stamp};
use crate::progress::Done;
use crate::tool::Tool;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const WWW: &str = "www";
const ELEMENT: &str = "vitrine-view";

pub fn need_element() -> Result<(), Failure> {
    let path = format!("{WWW}/{ELEMENT}.ts");
    if Path::new(&path).is_file() {
        return Ok(());
    }
    Err(format!("{path} is missing: it is the element, and everything is bundled from it."))
}

pub fn build(kind: Kind) -> Result<Done, Failure> {
    let stamp = Stamp::new(
        &format!("bundle-{}", kind.name()),
        Fingerprint::of_step(include_str!("bundle.rs"))
            .with_files(files::below(Path::new(WWW)))
            .with_files(Module::ALL.map(|module| wasm::glue_folder(kind).join(module.glue())))
            .with_files(["tsconfig.json", "package-lock.json"]),
    );
    if stamp.is_current([element_folder(kind), pages_folder(kind), glue_folder(kind)]) {
        return Ok(Done::Unchanged);
    }
    let mut element = vec![format!("{ELEMENT}.ts")];
    element.extend(sources().into_iter().filter(|name| name.ends_with(".worker.ts")));
    bundle(kind, &element_folder(kind), &element, &glue_names())?;
    let pages: Vec<String> = page_scripts()?.into_iter().filter(|name| !element.contains(name)).collect();
    bundle(kind, &pages_folder(kind), &pages, &[format!("{ELEMENT}.js")])?;
    bundle_glue(kind)?;
    stamp.set()?;
    Ok(Done::Fresh)
}

/// The bundled scripts of one kind, by the names under which they are served.
pub struct Outputs {
    pub element: Contents,
    pub pages: Contents,
    /// Glue and wasm.
    pub wasm: Contents,
    /// esbuild's account of the element's files.
    pub element_account: Value,
}

impl Outputs {
    pub fn of(kind: Kind) -> Result<Self, Failure> {
        let account = files::read(&element_folder(kind).join(ACCOUNT))?;
        let mut wasm = contents(&glue_folder(kind));
        wasm.extend(Module::files().map(|name| (name.clone(), wasm::folder(kind).join(name))));
        Ok(Self {
            element: contents(&element_folder(kind)),
            pages: contents(&pages_folder(kind)),
            wasm,
            element_account: serde_json::from_slice(&account).map_err(|error| format!("esbuild's account: {error}"))?,
        })
    }
}

/// The name of esbuild's account in each of its output folders; never served.
const ACCOUNT: &str = "account.json";

fn contents(folder: &Path) -> Contents {
    let named = files::below(folder).into_iter().map(|path| (files::name_below(folder, &path), path));
    named.filter(|(name, _)| name != ACCOUNT).collect()
}

fn element_folder(kind: Kind) -> PathBuf {
    kind.folder("element")
}

fn pages_folder(kind: Kind) -> PathBuf {
    kind.folder("pages")
}

fn glue_folder(kind: Kind) -> PathBuf {
    kind.folder("glue-bundled")
}

fn glue_names() -> Vec<String> {
    Module::ALL.map(Module::glue).into()
}

/// One run of esbuild over `entries` (in `www`), into an empty `folder`; `external` modules stay where they are.
fn bundle(kind: Kind, folder: &Path, entries: &[String], external: &[String]) -> Result<(), Failure> {
    files::mirror(folder, &Contents::new())?;
    files::write(&folder.join(ACCOUNT), b"{}")?;
    if entries.is_empty() {
        return Ok(());
    }
    let folder = absolute(folder)?;
    esbuild(kind)
        .inside(WWW)
        .arguments(entries)
        .arguments(external.iter().map(|name| format!("--external:./{name}")))
        .arguments(["--splitting", "--outbase=.", "--chunk-names=[name]-[hash]"])
        .arguments(["--loader:.css=text", "--loader:.svg=text", "--loader:.html=text"])
        .arguments([format!("--outdir={}", folder.display()), format!("--metafile={}", folder.join(ACCOUNT).display())])
        .quiet()
        .map(|_| ())
}

fn bundle_glue(kind: Kind) -> Result<(), Failure> {
    let from = wasm::glue_folder(kind);
    let to = glue_folder(kind);
    files::mirror(&to, &Contents::new())?;
    let entries = Module::ALL.map(|module| from.join(module.glue()));
    esbuild(kind).arguments(entries).arguments([format!("--outdir={}", to.display())]).quiet().map(|_| ())
}

fn esbuild(kind: Kind) -> Tool {
    let tool = Tool::npm("esbuild", "mend what it says about the scripts of www.").arguments([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--legal-comments=none",
        "--charset=utf8",
        "--log-level=warning",
        "--color=false",
    ]);
    match kind {
        Kind::Release => tool.arguments(["--minify"]),
        Kind::Fast => tool.arguments(["--sourcemap"]),
    }
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn sources() -> Vec<String> {
    files::below(Path::new(WWW)).iter().map(|path| files::name_below(Path::new(WWW), path)).collect()
}

/// The sources of the scripts that the pages name, as seen from `www`.
fn page_scripts() -> Result<BTreeSet<String>, Failure> {
    let mut scripts = BTreeSet::new();
    for page in sources().into_iter().filter(|name| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(&files::read(&Path::new(WWW).join(&page))?).into_owned();
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for script in script_addresses(&html) {
            let Some(source) = source_of(folder, script) else { continue };
            if Path::new(WWW).join(&source).is_file() {
                scripts.insert(source);
            }
        }
    }
    Ok(scripts)
}

/// What stands in `src` of each `<script>`.
fn script_addresses(html: &str) -> Vec<&str> {
    let tags = html.split("<script").skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| tag.split("src=\"").nth(1)?.split('"').next()).collect()
}

/// `./shop.js` on a page in `kiosk` comes from `kiosk/shop.ts`; an address of another server from nothing of ours.
fn source_of(folder: &str, address: &str) -> Option<String> {
    if address.contains("://") {
        return None;
    }
    let path = address.strip_suffix(".js")?;
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    Some(format!("{}.ts", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::{script_addresses, source_of};

    #[test]
    fn finds_the_scripts_of_a_page() {
        let html = r#"<script type="module" src="./shop.js"></script><script>let a = "src";</script>
            <script src="vitrine-view.js" type="module"></script>"#;
        assert_eq!(script_addresses(html), ["./shop.js", "vitrine-view.js"]);
    }

    #[test]
    fn finds_the_source_of_a_script() {
        assert_eq!(source_of("", "./shop.js").as_deref(), Some("shop.ts"));
        assert_eq!(source_of("kiosk", "../vitrine-view.js").as_deref(), Some("vitrine-view.ts"));
        assert_eq!(source_of("kiosk", "loop.js").as_deref(), Some("kiosk/loop.ts"));
        assert_eq!(source_of("kiosk", "/shop.js").as_deref(), Some("shop.ts"));
        assert_eq!(source_of("", "https://example.com/a.js"), None);
    }
}
