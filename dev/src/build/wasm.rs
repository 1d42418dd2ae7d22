//! One wasm build: cargo, then wasm-bindgen (JavaScript glue), then for shoppers wasm-opt.

use super::{Kind, names, split, texts};
use crate::Failure;
use crate::files::{self, Fingerprint, Stamp, WORK};
use crate::progress::Done;
use crate::tool::Tool;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// One wasm file: the same crate with one feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// Draws, for browsers with WebGPU: small.
    WebGpu,
    /// Draws, for all others: large.
    WebGl,
    /// The store's side, loaded when a shopper asks for it.
    Store,
    /// Decoders, each loaded when a model needs it.
    Draco,
    Meshopt,
    Tangents,
    BasisRgba,
    BasisBc7,
    BasisAstc,
    BasisEtc2,
}

impl Module {
    /// All of them, the one most shoppers get first.
    pub const ALL: [Self; 10] = [
        Self::WebGpu,
        Self::WebGl,
        Self::Store,
        Self::Draco,
        Self::Meshopt,
        Self::Tangents,
        Self::BasisRgba,
        Self::BasisBc7,
        Self::BasisAstc,
        Self::BasisEtc2,
    ];

    /// Those that unpack.
    pub fn decoders() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().skip(3)
    }

    /// Its name in a line of progress.
    pub fn title(self) -> String {
        match self {
            Self::WebGpu => "wasm for WebGPU".into(),
            Self::WebGl => "wasm for WebGL2".into(),
            Self::Store => "wasm for the store".into(),
            decoder => format!("wasm to unpack {}", decoder.feature()),
        }
    }

    /// The root crate's feature.
    pub fn feature(self) -> &'static str {
        match self {
            Self::WebGpu => "webgpu",
            Self::WebGl => "webgl",
            Self::Store => "store",
            Self::Draco => "draco",
            Self::Meshopt => "meshopt",
            Self::Tangents => "tangents",
            Self::BasisRgba => "basis-rgba",
            Self::BasisBc7 => "basis-bc7",
            Self::BasisAstc => "basis-astc",
            Self::BasisEtc2 => "basis-etc2",
        }
    }

    /// The file with the glue, beside which the wasm lies.
    pub fn glue(self) -> String {
        format!("vitrine_{}.js", self.feature())
    }

    pub fn wasm(self) -> String {
        format!("vitrine_{}_bg.wasm", self.feature())
    }

    /// The file with what the first picture does without, of those that draw.
    pub fn later(self) -> Option<String> {
        matches!(self, Self::WebGpu | Self::WebGl).then(|| format!("vitrine_{}_later.wasm", self.feature()))
    }

    /// All wasm files.
    pub fn files() -> impl Iterator<Item = String> {
        Self::ALL.into_iter().flat_map(|module| [Some(module.wasm()), module.later()]).flatten()
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

pub fn build(module: Module, kind: Kind) -> Result<Done, Failure> {
    let compiled = compile(module, kind)?;
    let glued = bind(module, kind, &compiled)?;
    let optimised = optimise(module, kind)?;
    Ok(if glued == Done::Fresh { glued } else { optimised })
}

/// A module that draws, quickly built, with an allocator that counts (dev/frame) and all names, whole in one file: for the bench
/// of a room's pictures, never for a shop.
pub fn counted(module: Module, folder: &Path) -> Result<Done, Failure> {
    let package = "vitrine-frame";
    Tool::cargo("mend what the compiler says.")
        .arguments(["build", "--quiet", "--package", package, "--target", "wasm32-unknown-unknown"])
        .arguments(["--features", module.feature(), "--profile", profile(Kind::Fast)])
        .arguments([Path::new("--target-dir"), &target_folder(module)])
        .quiet()?;
    let compiled = output_folder(module, Kind::Fast).join("vitrine_frame.wasm");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&compiled).out_name(&format!("vitrine_{}", module.feature())).typescript(false);
    let bound = bindgen.omit_default_module_path(false).web(true).and_then(|bindgen| bindgen.generate(folder));
    bound.map_err(|error| format!("wasm-bindgen failed on {}: {error:#}", compiled.display()))?;
    Ok(Done::Fresh)
}

/// The standard library, compiled with the crate and for size: what nobody calls is left out before it is linked.
const SMALL_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
/// A defect of ours stops the module either way; its words and the code that prints them stay at home (`--fast` builds
/// have them). These switches are not stable yet, hence the bootstrap variable: the source itself uses none of them.
const SMALL_CODE: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

/// [`LATER`] goes by names, so every kind of build names its functions in the same way.
const ONE_WAY_OF_NAMING: &str = "-Csymbol-mangling-version=v0";

/// A decoder that asks for more than a gigabyte has met hostile data: it falls, and the page lives on.
const LITTLE_MEMORY: &str = "-Clink-arg=--max-memory=1073741824";

/// The compiler's switches for a release build of one module.
fn small_code(module: Module) -> String {
    match module {
        // naga writes its GLSL by way of `Debug`, so there it has to stay.
        Module::WebGl => SMALL_CODE.to_owned(),
        Module::WebGpu | Module::Store => format!("{SMALL_CODE} -Zfmt-debug=none"),
        _ => format!("{SMALL_CODE} -Zfmt-debug=none {LITTLE_MEMORY}"),
    }
}

/// Each build has its own target folder, as both would write the same file name and cargo would not notice. Decoders share one,
/// and with it what they are made from: each is bound before the next is compiled.
fn target_folder(module: Module) -> PathBuf {
    Path::new("target").join(match module {
        Module::WebGpu | Module::WebGl | Module::Store => module.feature(),
        _ => "decoders",
    })
}

/// Where cargo leaves a module and what it was made from.
pub fn output_folder(module: Module, kind: Kind) -> PathBuf {
    target_folder(module).join("wasm32-unknown-unknown").join(profile(kind))
}

fn profile(kind: Kind) -> &'static str {
    if kind == Kind::Release { "wasm" } else { "wasm-fast" }
}

/// Asks cargo every time: it knows best what has changed.
fn compile(module: Module, kind: Kind) -> Result<PathBuf, Failure> {
    let features = match kind {
        Kind::Release => module.feature().to_owned(),
        // A developer waits for one module with all decoders, under each one's name.
        Kind::Fast if Module::decoders().any(|decoder| decoder == module) => "unpack,console-panics".to_owned(),
        Kind::Fast => format!("{},console-panics", module.feature()),
    };
    let mut cargo = Tool::cargo("mend what the compiler says.")
        .arguments(["rustc", "--package", "vitrine", "--lib", "--target", "wasm32-unknown-unknown"])
        .arguments(["--no-default-features", "--features", &features, "--profile", profile(kind)])
        .arguments([Path::new("--target-dir"), &target_folder(module)]);
    if kind == Kind::Release {
        cargo =
            cargo.arguments(SMALL_STD).environment("RUSTFLAGS", small_code(module)).environment("RUSTC_BOOTSTRAP", "1");
    }
    cargo.arguments(["--", ONE_WAY_OF_NAMING]).quiet()?;
    Ok(output_folder(module, kind).join("vitrine.wasm"))
}

fn bind(module: Module, kind: Kind, compiled: &Path) -> Result<Done, Failure> {
    let folder = glue_folder(kind);
    let name = format!("vitrine_{}", module.feature());
    let types = format!("{name}.d.ts");
    let stamp = Stamp::new(
        &format!("bind-{}-{}", module.feature(), kind.name()),
        Fingerprint::of_step(concat!(include_str!("wasm.rs"), include_str!("names.rs"))).with_files([compiled]),
    );
    let outputs = [folder.join(module.glue()), folder.join(module.wasm()), types_folder().join(&types)];
    if stamp.is_current(&outputs) {
        return Ok(Done::Unchanged);
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(&name).typescript(true).omit_default_module_path(false);
    let generate = |bindgen: &mut Bindgen| {
        let mut output = bindgen.web(true)?.generate_output()?;
        let names = names::shorten(&mut output);
        output.emit(&folder).map(|()| names)
    };
    let names =
        generate(&mut bindgen).map_err(|error| format!("wasm-bindgen failed on {}: {error:#}", compiled.display()))?;
    let glue = folder.join(module.glue());
    let script = String::from_utf8_lossy(&files::read(&glue)?).into_owned();
    files::write(&glue, names::rename(&script, &names).as_bytes())?;
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

/// Small after compression, which is not small before: a function that is not merged into its only caller looks more like
/// others, and so do functions of one name beside each other. (Measured on the WebGPU module: 5 % less than `-Oz` alone.)
const FOR_BROTLI: [&str; 6] = [
    "-Oz",
    "--one-caller-inline-max-function-size=20",
    "--skip-pass=local-cse",
    // The first kilobyte is the deep end of the stack, which nobody points into.
    "--low-memory-unused",
    "--remove-unused-names",
    "--reorder-functions-by-name",
];

/// Functions that come later, by what their names contain: a room session, which the page asks for when a device has rooms;
/// panoramas, which the viewer asks for when an attribute names one; the product's parts, the light it takes from itself and the
/// order within veils that cross, which the page asks for once the product is drawn; and the mirror.
const LATER: &[&str] = &[
    "vitrine::web::xr::session::",
    "vitrine::web::xr::start",
    "vitrine::web::xr::carry_out",
    "vitrine::web::xr::photo",
    "vitrine::web::xr::anchors::",
    "vitrine::web::xr::senses::",
    "vitrine::web::effects::update_material",
    "vitrine::web::effects::upload_lent",
    "vitrine::web::effects::upload_caption",
    "<vitrine::ar::room::Room>::update",
    "<vitrine::viewer::Viewer>::in_room",
    "<vitrine::viewer::Viewer>::room_frame",
    "<vitrine::viewer::Viewer>::room_places",
    "<vitrine::viewer::Viewer>::room_list_verb",
    "<vitrine::viewer::Viewer>::room_lines",
    "<vitrine::viewer::Viewer>::follow_room_load",
    "vitrine::viewer::verbs::room_verb",
    "vitrine::web::surroundings::take",
    "vitrine::web::surroundings::Taker",
    "vitrine::gpu::panorama::begin",
    "vitrine::gpu::environment::panorama_module",
    "<vitrine::gpu::panorama::Upload>::advance",
    "<vitrine::viewer::Viewer>::change_scene",
    "<vitrine::viewer::Viewer>::show_scene",
    "<vitrine::viewer::Viewer>::part_query",
    "<vitrine::viewer::Viewer>::change_part",
    "<vitrine::gpu::Gpu>::plan_room",
    "<vitrine::gpu::Gpu>::room_group",
    "<vitrine::gpu::Gpu>::light_room",
    "<vitrine::gpu::Gpu>::plan_rings",
    "<vitrine::gpu::reticle::ReticleRing>::draw",
    "<vitrine::gpu::occlusion::Occlusions>::go_on",
    "<vitrine::gpu::occlusion::Occlusions>::plan_done",
    "<vitrine::gpu::occlusion::PlannedPiece>::draw",
    "<vitrine::gpu::peel::Layers>::new",
    "<vitrine::gpu::peel::Layers>::find",
    "vitrine::gpu::peel::cameras",
    "vitrine::scene::layers::crossing",
    "vitrine::scene::item::copied",
    "vitrine::web::mirror::take",
    "<vitrine::viewer::Viewer>::mirror_",
    "<vitrine::viewer::Viewer>::open_mirror",
    "<vitrine::tryon::mirror::Mirror>",
    "<vitrine::gpu::Gpu>::take_caption",
    "<vitrine::gpu::Gpu>::plan_caption",
    "<vitrine::gpu::Gpu>::draw_caption",
    "<vitrine::gpu::Gpu>::plan_feed",
    "<vitrine::gpu::Gpu>::begin_feed",
    "<vitrine::gpu::Gpu>::end_feed",
    "<vitrine::gpu::Gpu>::present_feed",
];

/// As often as it still finds something, which takes twice as long, where every byte counts.
fn thoroughness(module: Module) -> &'static [&'static str] {
    if module == Module::WebGpu { &["--converge"] } else { &[] }
}

fn optimise(module: Module, kind: Kind) -> Result<Done, Failure> {
    let whole = glue_folder(kind).join(module.wasm());
    let mut files = vec![module.wasm()];
    files.extend(module.later());
    let outputs: Vec<PathBuf> = files.iter().map(|name| folder(kind).join(name)).collect();
    let stamp = Stamp::new(
        &format!("optimise-{}-{}", module.feature(), kind.name()),
        Fingerprint::of_step(concat!(include_str!("wasm.rs"), include_str!("split.rs"), include_str!("texts.rs")))
            .with_files([whole.as_path(), Path::new("package-lock.json")]),
    );
    if stamp.is_current(&outputs) {
        return Ok(Done::Unchanged);
    }
    let bytes = files::read(&whole)?;
    let parts = if module.later().is_some() {
        let halves = split::split(&bytes, LATER, &texts::later(module, kind)?)?;
        vec![halves.first, halves.second]
    } else {
        vec![bytes]
    };
    for (part, output) in parts.iter().zip(&outputs) {
        files::write(output, part)?;
        if kind == Kind::Release {
            Tool::npm("wasm-opt", "see what it says; a feature it does not allow is named in dev/src/build/wasm.rs.")
                .arguments([output, Path::new("-o"), output])
                .arguments(WASM_FEATURES)
                .arguments(FOR_BROTLI)
                .arguments(thoroughness(module))
                .quiet()?;
        }
    }
    stamp.set()?;
    Ok(Done::Fresh)
}
