//! One wasm build: cargo, then wasm-bindgen (JavaScript glue), then for shoppers wasm-opt.

use super::Kind;
use crate::Failure;
use crate::files::{self, Fingerprint, Stamp, WORK};
use crate::progress::Done;
use crate::tool::Tool;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// How the graphics card is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graphics {
    /// The small build, for browsers with WebGPU.
    WebGpu,
    /// The large one, for all others.
    WebGl,
}

impl Graphics {
    /// Both, the preferred one first.
    pub const ALL: [Self; 2] = [Self::WebGpu, Self::WebGl];

    /// The root crate's feature.
    pub fn feature(self) -> &'static str {
        match self {
            Self::WebGpu => "webgpu",
            Self::WebGl => "webgl",
        }
    }

    /// The file with the glue, beside which the wasm lies.
    pub fn glue(self) -> String {
        format!("vitrine_{}.js", self.feature())
    }

    pub fn wasm(self) -> String {
        format!("vitrine_{}_bg.wasm", self.feature())
    }
}

/// Where the finished .wasm files of a kind lie.
pub fn folder(kind: Kind) -> PathBuf {
    kind.folder("wasm")
}

/// Where the glue as wasm-bindgen wrote it lies: `www` is bundled against it.
pub fn glue_folder(kind: Kind) -> PathBuf {
    kind.folder("glue")
}

/// Where TypeScript finds what the glue exports; the same for both kinds.
pub fn types_folder() -> PathBuf {
    Path::new(WORK).join("glue-types")
}

pub fn build(graphics: Graphics, kind: Kind) -> Result<Done, Failure> {
    let compiled = compile(graphics, kind)?;
    let glued = bind(graphics, kind, &compiled)?;
    let optimised = optimise(graphics, kind)?;
    Ok(if glued == Done::Fresh { glued } else { optimised })
}

/// Asks cargo every time: it knows best what has changed. Each build has its own target folder, as both would write the
/// same file name and cargo would not notice.
fn compile(graphics: Graphics, kind: Kind) -> Result<PathBuf, Failure> {
    let profile = if kind == Kind::Release { "wasm" } else { "wasm-fast" };
    let target = format!("target/{}", graphics.feature());
    Tool::cargo("mend what the compiler says.")
        .arguments(["build", "--package", "vitrine", "--lib", "--target", "wasm32-unknown-unknown"])
        .arguments(["--no-default-features", "--features", graphics.feature(), "--profile", profile])
        .arguments(["--target-dir", &target])
        .quiet()?;
    Ok(Path::new(&target).join("wasm32-unknown-unknown").join(profile).join("vitrine.wasm"))
}

fn bind(graphics: Graphics, kind: Kind, compiled: &Path) -> Result<Done, Failure> {
    let folder = glue_folder(kind);
    let name = format!("vitrine_{}", graphics.feature());
    let types = format!("{name}.d.ts");
    let stamp = Stamp::new(
        &format!("bind-{}-{}", graphics.feature(), kind.name()),
        Fingerprint::of_step(include_str!("wasm.rs")).with_files([compiled]),
    );
    let outputs = [folder.join(graphics.glue()), folder.join(graphics.wasm()), types_folder().join(&types)];
    if stamp.is_current(&outputs) {
        return Ok(Done::Unchanged);
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name(&name)
        .typescript(true)
        .omit_default_module_path(false)
        .reset_state_function(true);
    let result = bindgen.web(true).and_then(|bindgen| bindgen.generate(&folder));
    result.map_err(|error| format!("wasm-bindgen failed on {}: {error:#}", compiled.display()))?;
    files::write(&types_folder().join(&types), &files::read(&folder.join(&types))?)?;
    stamp.set()?;
    Ok(Done::Fresh)
}

/// Browsers refuse a file that uses what they lack, so what may be used is named; never `--all-features`.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

fn optimise(graphics: Graphics, kind: Kind) -> Result<Done, Failure> {
    let from = glue_folder(kind).join(graphics.wasm());
    let to = folder(kind).join(graphics.wasm());
    let stamp = Stamp::new(
        &format!("optimise-{}-{}", graphics.feature(), kind.name()),
        Fingerprint::of_step(include_str!("wasm.rs")).with_files([from.as_path(), Path::new("package-lock.json")]),
    );
    if stamp.is_current([&to]) {
        return Ok(Done::Unchanged);
    }
    files::write(&to, &files::read(&from)?)?;
    if kind == Kind::Release {
        Tool::npm("wasm-opt", "see what it says; a feature it does not allow is named in dev/src/build/wasm.rs.")
            .arguments([&from, Path::new("-o"), &to])
            .arguments(WASM_FEATURES)
            .arguments(["-Oz"])
            .quiet()?;
    }
    stamp.set()?;
    Ok(Done::Fresh)
}
