//! Sets up what a fresh machine lacks: the wasm target, the npm packages, a browser, a software graphics card.

use crate::Failure;
use crate::build::Kind;
use crate::files::{Fingerprint, Stamp};
use crate::progress::Done;
use crate::tool::Tool;
use std::path::PathBuf;

const WASM: &str = "wasm32-unknown-unknown";

/// Rust's standard library for the browser: as it comes, and for release builds its source too.
pub fn wasm_target(kind: Kind) -> Result<Done, Failure> {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let print = |what: &[&str]| {
        let tool =
            Tool::new(&rustc, "install Rust with rustup, from rustup.rs.").arguments(["--print"]).arguments(what);
        tool.quiet().map(|path| PathBuf::from(path.trim()))
    };
    let mut done = Done::Unchanged;
    if !print(&["target-libdir", "--target", WASM])?.is_dir() {
        rustup(["target", "add", WASM])?;
        done = Done::Fresh;
    }
    let source = print(&["sysroot"])?.join("lib/rustlib/src/rust/library/Cargo.lock");
    if kind == Kind::Release && !source.is_file() {
        rustup(["component", "add", "rust-src"])?;
        done = Done::Fresh;
    }
    Ok(done)
}

fn rustup(words: [&str; 3]) -> Result<(), Failure> {
    let advice = "install Rust with rustup, or add the target wasm32-unknown-unknown and the component rust-src by your own means.";
    Tool::new("rustup", advice).arguments(words).quiet().map(|_| ())
}

/// The packages that `package-lock.json` names.
pub fn npm_packages() -> Result<Done, Failure> {
    let stamp = Stamp::new("npm", Fingerprint::default().with_files(["package.json", "package-lock.json"]));
    if stamp.is_current(["node_modules/.package-lock.json"]) {
        return Ok(Done::Unchanged);
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    Tool::new(npm, "install Node.js 20 or newer with npm, and look whether the network is there.")
        .arguments(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .quiet()?;
    stamp.set()?;
    Ok(Done::Fresh)
}

/// The browser for `tests/web`: `CHROMIUM`, or one that is installed, or Debian's.
pub fn chromium() -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        let path = PathBuf::from(named);
        let found = path.is_file().then_some(path.clone());
        return found.ok_or_else(|| format!("CHROMIUM names {}, where there is no file.", path.display()));
    }
    let installed = || ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path);
    if let Some(path) = installed() {
        return Ok(path);
    }
    install_debian_package("chromium")?;
    installed().ok_or_else(|| NO_BROWSER.into())
}

const NO_BROWSER: &str = "there is no Chromium to test in: install chromium or google-chrome, or let the variable \
                          CHROMIUM name the program.";

/// A graphics card made of software, for pictures on machines without one. The answer says whether there is one now.
pub fn software_vulkan() -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(()); // Metal and Direct3D bring their own.
    }
    let folders = ["/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let is_there =
        || folders.iter().any(|folder| std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()));
    if is_there() {
        return Ok(());
    }
    install_debian_package("mesa-vulkan-drivers")
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn install_debian_package(package: &'static str) -> Result<(), Failure> {
    if on_path("apt-get").is_none() || !is_root() {
        return Err(format!("{package} is missing; install it with your system's package manager."));
    }
    println!("  installing {package} with apt-get …");
    for words in [&["update"][..], &["install", "--yes", "--no-install-recommends", package]] {
        Tool::new("apt-get", "install the package by hand.")
            .arguments(words)
            .environment("DEBIAN_FRONTEND", "noninteractive")
            .quiet()?;
    }
    Ok(())
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
