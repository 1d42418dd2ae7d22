//! `cargo dev size`: what a shopper downloads before the first frame, as brotli sends it, against the limits.

use crate::Failure;
use crate::arguments::Arguments;
use crate::build::{self, Emulator, Kind, Module, Outputs, compress};
use crate::progress::Progress;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ELEMENT: &str = "vitrine-view.js";

/// The most bytes before the first frame. model-viewer 4.4, the measure of the field, has 235 kB.
fn limit(module: Module) -> usize {
    match module {
        Module::WebGpu => 200_000,
        Module::WebGl => 720_000,
        // Never before the first frame.
        _ => usize::MAX,
    }
}

/// Bytes after brotli 11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Size {
    wasm: usize,
    scripts: usize,
}

impl Size {
    fn total(self) -> usize {
        self.wasm + self.scripts
    }
}

pub fn run(words: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::read(words, &["--json"], &[])?;
    arguments.words(0)?;
    build::build(Kind::Release, Emulator::Without, &mut Progress::new(build::steps(Kind::Release)))?;
    let (webgpu, webgl) = (measure(Module::WebGpu)?, measure(Module::WebGl)?);
    let result = report(webgpu, webgl);
    let later = later()?;
    if arguments.has("--json") {
        println!("{}", json!({ "webgpu": as_json(webgpu), "webgl2": as_json(webgl), "later": later }));
    }
    result
}

/// Prints both sizes of the shop as built last; an error when one is over its limit.
pub fn check() -> Result<(), Failure> {
    report(measure(Module::WebGpu)?, measure(Module::WebGl)?)
}

fn report(webgpu: Size, webgl: Size) -> Result<(), Failure> {
    println!("download before the first frame, bytes after brotli 11:");
    let mut over = Vec::new();
    for (name, module, size) in [("WebGPU", Module::WebGpu, webgpu), ("WebGL2", Module::WebGl, webgl)] {
        let (total, limit) = (size.total(), limit(module));
        println!("  {name}   wasm {:>7}   scripts {:>6}   together {total:>7} of {limit}", size.wasm, size.scripts);
        if total > limit {
            over.push(format!("{name} is {} bytes over its limit of {limit}", total - limit));
        }
    }
    if over.is_empty() {
        Ok(())
    } else {
        Err(format!("{}: make it smaller, or load later what can wait.", over.join("; ")))
    }
}

/// Prints what rooms and panoramas take, and each decoder, wasm and glue together; the answer is by name.
fn later() -> Result<Value, Failure> {
    let outputs = Outputs::of(Kind::Release)?;
    let mut sizes = serde_json::Map::new();
    println!("more on need (a room or a panorama; a model that is packed):");
    let draws =
        [Module::WebGpu, Module::WebGl].map(|module| (format!("{}-later", module.feature()), vec![module.later()]));
    let decoders = Module::decoders()
        .map(|decoder| (decoder.feature().to_owned(), vec![Some(decoder.wasm()), Some(decoder.glue())]));
    for (name, files) in draws.into_iter().chain(decoders) {
        let files = files.iter().flatten().filter_map(|name| outputs.wasm.get(name));
        let size: usize = files.map(|path| compress::brotli_size(path)).sum::<Result<usize, Failure>>()?;
        println!("  {name:<12} {size:>7}");
        sizes.insert(name, json!(size));
    }
    Ok(Value::Object(sizes))
}

fn as_json(size: Size) -> Value {
    json!({ "wasm_br": size.wasm, "js_br": size.scripts, "total_br": size.total() })
}

fn measure(module: Module) -> Result<Size, Failure> {
    let outputs = Outputs::of(Kind::Release)?;
    let file = |name: &str| -> Result<usize, Failure> {
        let path = outputs.wasm.get(name).or_else(|| outputs.element.get(name));
        compress::brotli_size(path.ok_or_else(|| format!("{name} is missing from the build."))?)
    };
    let mut scripts = file(&module.glue())?;
    for name in before_first_frame(&outputs.element_account, ELEMENT, &module.glue())? {
        scripts += file(&name)?;
    }
    Ok(Size { wasm: file(&module.wasm())?, scripts })
}

/// One output of esbuild: what it imports, and whether at once or later.
struct Imports {
    at_once: Vec<String>,
    later: Vec<String>,
}

/// The scripts that must be there before the glue can start: `entry`, what it imports at once, and where the glue is
/// imported by a script that comes later, that script and all on the way to it.
fn before_first_frame(account: &Value, entry: &str, glue: &str) -> Result<BTreeSet<String>, Failure> {
    let imports = imports(account);
    let mut seen = BTreeSet::new();
    // Breadth first over "later" imports: the first group that names the glue is on the shortest way to it.
    let mut open = vec![at_once(&imports, &BTreeSet::from([entry.to_owned()]))];
    while !open.is_empty() {
        let mut next = Vec::new();
        for group in open {
            let later: Vec<&String> =
                group.iter().filter_map(|name| imports.get(name)).flat_map(|all| &all.later).collect();
            if later.iter().any(|name| *name == glue) {
                return Ok(group);
            }
            for name in later {
                if seen.insert(name.clone()) && imports.contains_key(name) {
                    let mut wider = group.clone();
                    wider.insert(name.clone());
                    next.push(at_once(&imports, &wider));
                }
            }
        }
        open = next;
    }
    Err(format!("no script on the way from {entry} says import(\"./{glue}\"): nothing would ever be drawn."))
}

/// `names` and all that they import at once, and these in turn.
fn at_once(imports: &BTreeMap<String, Imports>, names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = names.clone();
    let mut open: Vec<&String> = names.iter().collect();
    while let Some(name) = open.pop() {
        for other in imports.get(name).into_iter().flat_map(|all| &all.at_once) {
            if imports.contains_key(other) && found.insert(other.clone()) {
                open.push(other);
            }
        }
    }
    found
}

/// esbuild's outputs by file name. A glue that is imported at once counts as met later: it ends the way all the same.
fn imports(account: &Value) -> BTreeMap<String, Imports> {
    let outputs = account["outputs"].as_object().into_iter().flatten();
    let read = |output: &Value| {
        let mut imports = Imports { at_once: Vec::new(), later: Vec::new() };
        for import in output["imports"].as_array().into_iter().flatten() {
            let Some(name) = import["path"].as_str().map(file_name) else { continue };
            let is_ours = import["external"].as_bool() != Some(true);
            let at_once = import["kind"] == "import-statement" && is_ours;
            if at_once { imports.at_once.push(name) } else { imports.later.push(name) }
        }
        imports
    };
    outputs.map(|(path, output)| (file_name(path), read(output))).collect()
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::before_first_frame;
    use serde_json::{Value, json};

    fn account() -> Value {
        let now = |path: &str| json!({ "path": path, "kind": "import-statement" });
        let later = |path: &str| json!({ "path": path, "kind": "dynamic-import" });
        let glue = json!({ "path": "./gpu.js", "kind": "dynamic-import", "external": true });
        json!({ "outputs": {
            "../out/view.js": { "imports": [now("../out/base.js"), later("../out/store.js"), later("../out/loader.js")] },
            "../out/base.js": { "imports": [] },
            "../out/store.js": { "imports": [now("../out/base.js")] },
            "../out/loader.js": { "imports": [now("../out/words.js"), glue] },
            "../out/words.js": { "imports": [] },
        } })
    }

    #[test]
    fn counts_what_is_on_the_way_to_the_glue_and_no_more() {
        let found = before_first_frame(&account(), "view.js", "gpu.js").unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["base.js", "loader.js", "view.js", "words.js"]);
    }

    #[test]
    fn says_when_nothing_loads_the_glue() {
        assert!(before_first_frame(&account(), "view.js", "gl.js").unwrap_err().contains("gl.js"));
    }
}
