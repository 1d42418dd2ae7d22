//! `cargo dev build`: from the sources to `dist/npm` (for shops' developers) and `dist/shop` (the demo).

mod bundle;
pub mod compress;
mod elements;
mod names;
mod npm;
mod shop;
mod split;
mod texts;
mod types;
mod wasm;

pub use bundle::Outputs;
pub use types::check as check_types;
pub use wasm::{Module, counted};

use crate::Failure;
use crate::arguments::Arguments;
use crate::files::WORK;
use crate::progress::{Progress, Step};
use crate::setup;
use std::path::{Path, PathBuf};

/// For whom a build is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For shoppers: small to download, slow to make.
    Release,
    /// For the developer who waits for it.
    Fast,
}

impl Kind {
    pub fn from_fast(fast: bool) -> Self {
        if fast { Self::Fast } else { Self::Release }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Fast => "fast",
        }
    }

    /// A folder for this kind's intermediate files; the two kinds do not disturb each other.
    fn folder(self, name: &str) -> PathBuf {
        Path::new(WORK).join(self.name()).join(name)
    }
}

/// What is put beside the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emulator {
    /// Nothing: this shop can be put on a server.
    Without,
    /// An emulated phone in a synthetic room, for this machine.
    With,
}

/// The folder with the demo shop.
pub const SHOP: &str = "dist/shop";

pub fn run(words: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::read(words, &["--fast"], &[])?;
    arguments.words(0)?;
    let kind = Kind::from_fast(arguments.has("--fast"));
    build(kind, Emulator::Without, &mut Progress::new(steps(kind)))?;
    println!("the npm package is in dist/npm, the demo shop in {SHOP}");
    Ok(())
}

/// How many lines of progress [`build`] writes.
pub fn steps(kind: Kind) -> usize {
    wasm::Module::decoders().count() + if kind == Kind::Release { 9 } else { 7 }
}

/// Does all of it, and skips each step whose inputs are those of last time.
pub fn build(kind: Kind, emulator: Emulator, progress: &mut Progress) -> Result<(), Failure> {
    bundle::need_element()?;
    progress.step("wasm target", || setup::wasm_target(kind))?;
    progress.step("npm packages", setup::npm_packages)?;
    // Decoders share a target folder, so they stay in a row.
    let row = |modules: Vec<wasm::Module>| -> Vec<Step<'_>> {
        let step = |module: wasm::Module| -> Step<'_> { (module.title(), Box::new(move || wasm::build(module, kind))) };
        modules.into_iter().map(step).collect()
    };
    let others = vec![wasm::Module::WebGl, wasm::Module::WebGpu, wasm::Module::Store];
    progress.side_by_side(vec![row(others), row(wasm::Module::decoders().collect())])?;
    progress.step("scripts", || bundle::build(kind))?;
    if kind == Kind::Release {
        progress.step("types", types::build)?;
    }
    progress.step("npm package and shop", || {
        npm::assemble(kind)?;
        shop::assemble(kind, emulator)
    })?;
    if kind == Kind::Release {
        progress.step("compressed copies", || compress::beside(Path::new(SHOP)))?;
    }
    Ok(())
}
